"""What csctl keeps and writes: the canonical cache, published files, the lock."""
