"""Proofs about months after they are closed."""
