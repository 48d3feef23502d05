"""csctl: customer-service scores, sheets, pay and promotion from messy exports and a written policy."""

__version__ = "0.2.0"
