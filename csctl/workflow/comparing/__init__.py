"""One month of a workspace beside another."""
