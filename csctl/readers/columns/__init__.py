"""A sheet as it stands: where its table is, what each column is, and how cells are read."""
