"""A sheet that sums up the other sheets of its book person by person: of its figures none is a further one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from csctl.headers import Header
from csctl.readers.columns.layout import Layout, Row
from csctl.readers.columns.totals import cell_at, figure_of, half_of_last_place, heads_totals
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.tables import AGENT_NAMES, NUMBERS, Kind, Table
from csctl.words import fold, names_sums

_LEAST_DIGITS = 4
"""Sums of several rows prove it by themselves if together they have so many digits: small counts agree by chance."""
_MOST_WRONG = 4
"""One figure that is no sum is believed to be a slip beside so many that are."""


@dataclass(frozen=True)
class SheetPart:
    """One sheet's table, and under which header each of its columns stands."""

    layout: Layout
    table: Table
    columns: Mapping[str, Header]

    @property
    def name(self) -> str:
        """The sheet's."""
        return self.layout.sheet.name

    @property
    def rows(self) -> Sequence[Row]:
        """All below the header."""
        return self.layout.sheet.rows[self.layout.header_row :]

    def places(self, names: Iterable[str]) -> list[int]:
        """The columns, from 0, of those that are there."""
        return list(dict.fromkeys(self.columns[name].column for name in names if name in self.columns))

    def figures(self) -> dict[str, int]:
        """The columns that may hold figures, by name: none that names people, days or things."""
        kinds = {Kind.DATE, Kind.MOMENT, Kind.ID}
        others = [one.name for one in self.table.columns if one.kind in kinds or one.name in AGENT_NAMES]
        taken = set(self.places(others))
        return {name: header.column for name, header in self.columns.items() if header.column not in taken}


@dataclass
class _Sum:
    """The sum of the figures of one person in one column."""

    total: Decimal = Decimal(0)
    count: int = 0

    def add(self, figure: Decimal) -> None:
        self.total, self.count = self.total + figure, self.count + 1


@dataclass
class _Agreed:
    """How many figures of a sheet are sums or means of others, how many are not; the digits of the sums of several."""

    right: int = 0
    wrong: int = 0
    digits: int = 0
    people: set[str] = field(default_factory=set)


def sums_of_others(parts: Sequence[SheetPart]) -> tuple[SheetPart | None, bool]:
    """The sheet whose figures are those of all others together, and whether they prove it.

    A sheet whose name speaks of sums needs less proof, and is told even where its figures are not those of the others.
    """
    asked = sorted(parts, key=lambda one: not names_sums(one.name))
    for one in asked:
        found = _compared(one, [other for other in parts if other is not one])
        named = names_sums(one.name)
        if named and found.right > found.wrong:
            return one, True
        if found.digits >= _LEAST_DIGITS and found.wrong * _MOST_WRONG <= found.right:
            return one, True
    doubtful = (
        one for one in asked if names_sums(one.name) and _compared(one, [o for o in parts if o is not one]).people
    )
    return next(doubtful, None), False


def _compared(one: SheetPart, others: Sequence[SheetPart]) -> _Agreed:
    """The figures of a sheet beside those of the others, person by person."""
    agreed = _Agreed()
    if one.layout.days or _numbered(one) or len(one.rows) > sum(len(other.rows) for other in others):
        return agreed
    names = [name for name in AGENT_NAMES if all(name in part.columns for part in (one, *others))]
    figures = [name for name in one.figures() if all(name in other.figures() for other in others)]
    own, rest = _sums([one], names, figures), _sums(others, names, figures)
    for (person, figure), value in own.items():
        group = rest.get((person, figure))
        if group is None or not (group.total or value.total):
            continue
        agreed.people.add(person)
        half = half_of_last_place(value.total)
        same = abs(group.total - value.total) <= half
        mean = value.count == 1 and abs(group.total / group.count - value.total) <= half
        agreed.right += same or mean
        agreed.wrong += not (same or mean)
        if same and value.count == 1 < group.count:  # a mean is proof of nothing: everybody may have given a 5
            agreed.digits += len(str(abs(int(value.total))))
    return agreed


def _numbered(one: SheetPart) -> bool:
    """Whether its rows are things with numbers of their own."""
    places = one.places([NUMBERS.get(one.table.name, "")])
    filled = sum(not is_empty(cell_at(row, places[0])) for row in one.rows) if places else 0
    return filled * 2 > len(one.rows)


def _sums(parts: Sequence[SheetPart], names: Sequence[str], figures: Sequence[str]) -> dict[tuple[str, str], _Sum]:
    """By person and column; a row of totals is nobody's."""
    found: dict[tuple[str, str], _Sum] = {}
    for part in parts:
        people, places = part.places(names), part.figures()
        for row in part.rows if people else ():
            cells = [cell_at(row, column) for column in people]
            person = " ".join(fold(cell_as_text(cell)) for cell in cells).strip()
            if not person or any(map(heads_totals, cells)):
                continue
            for name in figures:
                figure = figure_of(cell_at(row, places[name]))
                if figure is not None:
                    found.setdefault((person, name), _Sum()).add(figure)
    return found
