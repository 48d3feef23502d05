"""Small faults put into the money core, to see whether the tests notice them: ``python -m tools.mutation``."""
