"""Forms that the reader does not yet read, or reads as something else without a word.

The generator leaves them out. ``python -m tests.readers.generated.survey --not-yet`` says which of them can go: one
that is read (if it is marked as clean) or at least said belongs no longer here.
"""

from __future__ import annotations

from collections.abc import Mapping

_BY_REASON: Mapping[str, tuple[str, ...]] = {
    "what stands beyond the empty column is left out under a note where it is no table of the same kind": (
        "warp: empty column between",
    ),
    "the comma stays, and the roster tells that nobody has that number": ("id: 1,042",),
}
NOT_YET: Mapping[str, str] = {form: reason for reason, forms in _BY_REASON.items() for form in forms}
"""Form → what becomes of it today."""
