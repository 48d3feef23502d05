"""A file for each component of pay: the lines it makes of a month."""
