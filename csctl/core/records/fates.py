"""The fate of every row of a file: what it was taken for, and whether it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from csctl.core.records.unread import UnreadRow

TOTALS, REPEATED_HEADER, FOOTER, FILTERED, OUTSIDE, DOUBLE, ELSEWHERE = (
    "totals",
    "headers",
    "footer",
    "filter",
    "outside",
    "double",
    "elsewhere",
)
REASONS = (TOTALS, REPEATED_HEADER, FOOTER, FILTERED, OUTSIDE, DOUBLE, ELSEWHERE)
"""Why a row is left out: sums of others, the header said again, a footer, the source's ``keep``, another month, a
double of a row of the file that counts, the same fact in another file that counts."""

REFUSED = "refused"
"""The fate of a row that cannot be read where it must be."""


@dataclass(frozen=True, slots=True)
class Fates:
    """How many rows of one sheet had which fate; ``sheet`` is "" in a text file.

    ``rows`` are those up to the last that holds anything. ``left_out`` are pairs of a reason and a number, in the order
    of REASONS, without zeros. ``nobody`` are rows of somebody whom the roster does not name, ``not_employed`` rows of
    somebody it names who does not work here in the month: they are in no other number. ``undated``: the rows have no
    day of their own but the month of the file. ``columns`` are the canonical columns that the sheet fills, if only with
    empty cells; nothing is known of them where none is named. ``shared`` rows name several people, each of whom has
    the row: it is in the frames once for each. ``beside``: its source says that its rows are facts of
    their own, whatever other files hold. ``unread`` are those of the refused rows that say whose they are.
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
    undated: bool = False
    columns: tuple[str, ...] = ()
    beside: bool = False
    shared: int = 0
    unread: tuple[UnreadRow, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        """Raises ValueError if the fates are not those of all rows: that is a bug, never a fault of the file."""
        known = self.title + self.header + self.blank + self.counted + self.refused + self.nobody + self.not_employed
        if known + sum(count for _, count in self.left_out) != self.rows:
            raise ValueError(f"{self.file} {self.sheet}: the fates of {self.rows} rows do not add up")

    def out(self, reason: str) -> int:
        """How many rows were left out for this reason."""
        return dict(self.left_out).get(reason, 0)

    def moved(self, reason: str, count: int) -> Fates:
        """With so many rows that counted left out for this reason."""
        counts = dict(self.left_out)
        counts[reason] = counts.get(reason, 0) + count
        left_out = tuple((one, counts[one]) for one in REASONS if counts.get(one))
        return replace(self, counted=self.counted - count, left_out=left_out)

    @property
    def all_left_out(self) -> int:
        """How many rows were left out, for any reason."""
        return sum(count for _, count in self.left_out)


def columns_filled(files: Iterable[Fates]) -> dict[str, frozenset[str]]:
    """By table, the columns that at least one sheet fills; without the tables of which that is not known."""
    by_table: dict[str, list[tuple[str, ...]]] = {}
    for one in files:
        by_table.setdefault(one.table, []).append(one.columns)
    return {table: frozenset().union(*sheets) for table, sheets in by_table.items() if all(sheets)}


def most_refused(fates: Fates) -> bool:
    """Whether more rows could not be read than could: the file is not what it was taken for. A single row is named."""
    read = fates.counted + sum(map(fates.out, (FILTERED, OUTSIDE, DOUBLE, ELSEWHERE)))
    return fates.refused > max(read, 1)
