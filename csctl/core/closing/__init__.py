"""Closing a month: what changed, what that means in money, and what to look at before signing."""
