"""Views of a month as text and data."""
