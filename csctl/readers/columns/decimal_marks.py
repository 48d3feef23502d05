"""The decimal mark of a sheet: its columns of figures share it, unless one shows itself that it has another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from csctl.core.coverage.readings import ACCEPTED, COLUMN, DEFAULT, MAPPING, PROFILE
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.cells import Cells
from csctl.readers.columns.decided import DecidedForms, SheetFacts
from csctl.readers.columns.forms import Forms
from csctl.readers.columns.marks import Marks, marks_of
from csctl.readers.columns.profile import Resolved
from csctl.readers.columns.values import narrow
from csctl.tables import Kind

FIGURES = frozenset({Kind.COUNT, Kind.NUMBER, Kind.RATIO, Kind.SECONDS, Kind.MONEY})
POINT, COMMA = "1,234.56", "1.234,56"


@dataclass(frozen=True, slots=True)
class _Mark:
    comma: bool
    decided: str
    doubtful: bool = False


@dataclass(frozen=True)
class DecimalMarks:
    """What the figures of a sheet show of their decimal mark."""

    sheet: SheetFacts

    def marked(self, one: Cells, forms: Forms) -> DecidedForms:
        """The decimal mark, where cells of this column have any."""
        mark, own = self._mark, self._marks.get(one.binding.column.name) or marks_of(one.counts)
        forms = replace(forms, decimal_comma=mark.comma)
        if not (own.comma or own.dot or own.open_dot or own.open_comma):
            return DecidedForms(forms)
        if mark.decided in {DEFAULT, ACCEPTED} and own.comma != own.dot:
            # The columns of the sheet disagree, or others show nothing: this one is read as it shows itself.
            return DecidedForms(replace(forms, decimal_comma=own.comma), COLUMN, form=COMMA if own.comma else POINT)
        grouped = self._grouped(one, own)
        if grouped:
            return DecidedForms(replace(forms, decimal_comma=grouped == COMMA), COLUMN, form=grouped)
        if self._unlikely(one.binding.column.kind, own, mark):
            return self._three_decimals(one.binding, forms)
        undecided = own.open_dot or (own.open_comma and self.sheet.about.semicolons)
        return DecidedForms(forms, mark.decided, mark.doubtful and undecided, form=COMMA if mark.comma else POINT)

    def _grouped(self, one: Cells, own: Marks) -> str:
        """The form of counts that show groups of thousands: they have no decimals, whatever their neighbours show."""
        if one.binding.column.kind is not Kind.COUNT:
            return ""
        if own == Marks(open_comma=True):
            return POINT
        broken = any(isinstance(cell, str) and not narrow(cell).endswith(".000") and "." in cell for cell in one.counts)
        return COMMA if own == Marks(open_dot=True) and broken else ""

    def _unlikely(self, kind: Kind, own: Marks, mark: _Mark) -> bool:
        """Whether all marks of a column would begin three decimals, which its kind has not: they may part thousands."""
        if mark.decided in {MAPPING, PROFILE, ACCEPTED}:
            return False
        if mark.comma:
            return own == Marks(open_comma=True) and kind in self.sheet.unscaled | {Kind.SECONDS}
        return own == Marks(open_dot=True) and kind in self.sheet.unscaled | {Kind.COUNT}

    def _three_decimals(self, binding: Binding, forms: Forms) -> DecidedForms:
        accepted = self.sheet.accepted(binding).mark
        comma = accepted == "," if accepted else forms.decimal_comma
        decided = ACCEPTED if accepted else DEFAULT
        return DecidedForms(replace(forms, decimal_comma=comma), decided, not accepted, form=COMMA if comma else POINT)

    @cached_property
    def _marks(self) -> dict[str, Marks]:
        """What each column of figures shows of the decimal mark."""
        figures = {name: one for name, one in self.sheet.columns.items() if one.binding.column.kind in FIGURES}
        return {name: marks_of(one.counts) for name, one in figures.items()}

    @cached_property
    def _mark(self) -> _Mark:
        """The decimal mark of the sheet: all its columns of figures share it."""
        if self.sheet.source.decimal:
            inherited = isinstance(self.sheet.source, Resolved) and "decimal" in self.sheet.source.inherited.get("", ())
            return _Mark(self.sheet.source.decimal == ",", PROFILE if inherited else MAPPING)
        found = Marks()
        for one in self._marks.values():
            found |= one
        if found.comma != found.dot:
            return _Mark(found.comma, COLUMN)
        accepted = {self.sheet.accepted(one.binding).mark for one in self.sheet.columns.values()} - {None}
        if len(accepted) == 1:
            return _Mark(accepted == {","}, ACCEPTED)
        return self._usual_mark()

    def _usual_mark(self) -> _Mark:
        """What is likelier where no figure tells: money has no three decimals, and semicolons go with commas."""
        money = Marks()
        for name, one in self._marks.items():
            if self.sheet.columns[name].binding.column.kind in self.sheet.unscaled:
                money |= one
        if self.sheet.about.semicolons:
            return _Mark(money.open_dot and not money.open_comma, DEFAULT, doubtful=True)
        return _Mark(False, DEFAULT, doubtful=money.open_dot)
