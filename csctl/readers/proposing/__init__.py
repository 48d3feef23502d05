"""What a source could say of files that nobody has described yet: proposed by the reader's own understanding."""
