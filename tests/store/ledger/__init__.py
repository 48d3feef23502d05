"""The ledger of closed months."""
