"""The fate of every row of a file: what it was taken for, and whether it counts."""

from __future__ import annotations

from dataclasses import dataclass

TOTALS, REPEATED_HEADER, FOOTER, FILTERED, OUTSIDE, DOUBLE = (
    "totals",
    "headers",
    "footer",
    "filter",
    "outside",
    "double",
)
REASONS = (TOTALS, REPEATED_HEADER, FOOTER, FILTERED, OUTSIDE, DOUBLE)
"""Why a row is left out: sums of others, the header said again, a footer, the source's ``keep``, another month, a
double of a row that counts."""

REFUSED = "refused"
"""The fate of a row that cannot be read where it must be."""


@dataclass(frozen=True, slots=True)
class Fates:
    """How many rows of one sheet had which fate; ``sheet`` is "" in a text file.

    ``rows`` are those up to the last that holds anything. ``left_out`` are pairs of a reason and a number, in the order
    of REASONS, without zeros. ``nobody`` are rows of somebody whom the roster does not name, ``not_employed`` rows of
    somebody it names who does not work here in the month: they are in no other number.
    """

    file: str
    sheet: str
    table: str
    rows: int
    title: int = 0
    header: int = 0
    blank: int = 0
    counted: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
    refused: int = 0
    nobody: int = 0
    not_employed: int = 0

    def __post_init__(self) -> None:
        """Raises ValueError if the fates are not those of all rows: that is a bug, never a fault of the file."""
        known = self.title + self.header + self.blank + self.counted + self.refused + self.nobody + self.not_employed
        if known + sum(count for _, count in self.left_out) != self.rows:
            raise ValueError(f"{self.file} {self.sheet}: the fates of {self.rows} rows do not add up")

    def out(self, reason: str) -> int:
        """How many rows were left out for this reason."""
        return dict(self.left_out).get(reason, 0)
