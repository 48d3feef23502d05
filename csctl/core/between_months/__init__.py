"""One month beside another: who came and went, whose score and pay moved, by which lines, and what is behind it."""
