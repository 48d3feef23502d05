"""Closed months: sealed, read again, verified, computed again, kept."""
