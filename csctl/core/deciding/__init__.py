"""What is decided about single items of single agents: appeals, what-ifs, and what hangs on them."""
