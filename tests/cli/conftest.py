"""Fixtures of the proofs of the commands."""

from tests.end_to_end.samples import fresh_october, october, sample

__all__ = ["fresh_october", "october", "sample"]
