"""Open any file safely: a book of sheets, or a problem in one line."""
