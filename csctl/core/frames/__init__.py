"""What a canonical table is to the core: a frame whose columns compare and add up as their kinds say."""
