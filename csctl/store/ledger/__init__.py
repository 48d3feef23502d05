"""The ledger: an append-only chain of entries, and the contents they name."""
