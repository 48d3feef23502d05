"""What is proposed of files that nobody has described."""
