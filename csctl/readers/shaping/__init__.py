"""Sheets whose table is no plain list of rows, made one before their columns are read."""
