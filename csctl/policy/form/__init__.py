"""A policy as a workbook: general settings key by key, and a sheet for each kind of entry, one entry a row."""
