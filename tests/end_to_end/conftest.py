"""Fixtures of the end-to-end proofs."""

from tests.end_to_end.samples import fresh_october, october, sample

__all__ = ["fresh_october", "october", "sample"]
