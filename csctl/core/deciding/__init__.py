"""What was decided about single items of single agents: appeals that were won, and what-ifs."""
