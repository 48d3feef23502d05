"""Tables of every shape that the table in the documentation names, written from facts to files of every kind."""
