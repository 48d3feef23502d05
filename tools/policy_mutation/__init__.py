"""Proofs that could fail: change every number and structural word of a shipped policy and see its examples notice."""
