"""How a column was decided to be read, and what there is to decide by: the file, the source, the columns beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from csctl.core.coverage.readings import DEFAULT, MAPPING, PROFILE
from csctl.headers import Header
from csctl.month import Month
from csctl.readers.columns.accepted import AcceptedColumn
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.cells import Cells
from csctl.readers.columns.columns import forms_of
from csctl.readers.columns.forms import LOCAL, Forms
from csctl.readers.columns.month_cells import is_whole, names_months
from csctl.readers.columns.profile import Resolved
from csctl.readers.columns.source import Source
from csctl.readers.columns.title_units import NO_TITLE, TitleUnits
from csctl.tables import Kind


@dataclass(frozen=True, slots=True)
class DecidedForms:
    """The forms of a column; what they were decided by; whether a default decided that could be otherwise."""

    forms: Forms
    decided: str = DEFAULT
    doubtful: bool = False
    unit: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file says of all its columns: its month, its epoch, the zone its moments are brought to.

    ``semicolons``: its cells are parted by semicolons, as where the comma is the decimal mark. ``dated``: its rows lie
    in that month, so that days without a year are near it. ``titled`` is what a title says of the units of its figures.
    """

    zone: tzinfo = LOCAL
    month: Month | None = None
    epoch_1904: bool = False
    semicolons: bool = False
    dated: bool = True
    titled: TitleUnits = NO_TITLE

    def forms(self, binding: Binding) -> Forms:
        """How the cells of a column are read as far as its rule and its header say."""
        return forms_of(binding, self.zone, self.month if self.dated else None, self.epoch_1904)


@dataclass(frozen=True)
class SheetFacts:
    """All bound columns of one sheet with these headers, and what the source says of them."""

    source: Source
    columns: Mapping[str, Cells]
    headers: Sequence[Header]
    about: FileFacts
    unscaled: frozenset[Kind] = frozenset({Kind.MONEY})
    """Kinds of figures that have no three decimals as far as anybody knows."""

    def by_rule(self, binding: Binding, key: str) -> str:
        """Whether the mapping or a profile says this of a column; "" if neither."""
        if not getattr(binding.rule, key):
            return ""
        inherited = self.source.inherited if isinstance(self.source, Resolved) else {}
        return PROFILE if key in inherited.get(binding.column.name, ()) else MAPPING

    def accepted(self, binding: Binding) -> AcceptedColumn:
        """What somebody accepted of a column."""
        accepted = self.source.accepted if isinstance(self.source, Resolved) else {}
        return accepted.get(binding.column.name, AcceptedColumn())

    def is_of_months(self, one: Cells) -> bool:
        """Whether the cells of a column of days stand for whole months; a moment is none."""
        is_day = one.binding.column.kind is Kind.DATE
        return is_day and names_months(one.each, self.about.month, digits=True) and all(map(is_whole, one.each))


def decided_by_unit(made: DecidedForms, unit: str, by: str) -> DecidedForms:
    """The unit decides the column, unless its decimal mark is open."""
    return replace(made, forms=replace(made.forms, unit=unit), unit=unit, decided=made.decided if made.doubtful else by)
