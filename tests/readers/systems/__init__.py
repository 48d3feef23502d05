"""Exports of known systems made from facts: what is read of them must be the facts again."""
