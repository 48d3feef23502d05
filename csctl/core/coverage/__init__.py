"""What became of the rows and columns of a file: each row has one fate, each column one reading."""
