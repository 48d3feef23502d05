"""Months as they are had from Python."""
