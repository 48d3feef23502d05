"""How the cells of each column are read, and what that rests on: mapping, profile, cells, header, column, default."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from functools import cached_property

from csctl.core.coverage.readings import ACCEPTED, COLUMN, DEFAULT, FORMAT, HEADER, MAPPING, TITLE
from csctl.headers import Header
from csctl.readers.columns.cells import Cells
from csctl.readers.columns.clocks import without_noughts
from csctl.readers.columns.columns import named_days
from csctl.readers.columns.decided import DecidedForms, SheetFacts, decided_by_unit
from csctl.readers.columns.decimal_marks import FIGURES, DecimalMarks
from csctl.readers.columns.forms import Forms
from csctl.readers.columns.marks import order_of
from csctl.readers.columns.time_units import TimeUnits
from csctl.readers.columns.title_units import names_money, names_share
from csctl.tables import Kind

_TYPED = (date, time, timedelta)


@dataclass(frozen=True)
class Judge(SheetFacts):
    """Decides for all bound columns of one sheet."""

    _made: dict[str, DecidedForms] = field(default_factory=dict, compare=False, repr=False)

    def decide(self, name: str) -> DecidedForms:
        """How the cells of one column are read."""
        if name not in self._made:
            self._made[name] = self._decide(self.columns[name])
        return self._made[name]

    def _decide(self, one: Cells) -> DecidedForms:
        kind, forms = one.binding.column.kind, self.about.forms(one.binding)
        if kind is Kind.SECONDS:
            return self._time.length(one, self._decimal.marked(one, forms))
        if kind in {Kind.DATE, Kind.MOMENT}:
            return self._day(one, forms)
        if kind is Kind.NUMBER and named_days(one.binding.column.name):
            return self._time.days(one, self._decimal.marked(one, forms))
        if kind in FIGURES:
            return self._figure(one, self._decimal.marked(one, forms))
        return DecidedForms(forms, self.by_rule(one.binding, "texts") or DEFAULT)

    @cached_property
    def _decimal(self) -> DecimalMarks:
        return DecimalMarks(self)

    @cached_property
    def _time(self) -> TimeUnits:
        return TimeUnits(self, self.decide)

    # -- figures ------------------------------------------------------------------------------------------------

    def _figure(self, one: Cells, made: DecidedForms) -> DecidedForms:
        binding, header = one.binding, one.binding.headers[0]
        unit = made.forms.unit
        titled = "" if unit or header.unit else self._titled(binding.column.kind, header)
        if titled:
            return decided_by_unit(made, titled, TITLE)
        if not unit:
            percent = binding.column.kind is Kind.RATIO and any(
                isinstance(cell, str) and cell.rstrip().endswith(("%", "％")) for cell in one.counts
            )
            return replace(made, unit="%", decided=FORMAT) if percent and made.decided == DEFAULT else made
        by = self.by_rule(binding, "unit") or (HEADER if header.unit else made.decided)
        return replace(made, unit=unit, decided=made.decided if made.doubtful else by)

    def _titled(self, kind: Kind, header: Header) -> str:
        """The unit that a title gives to a column of amounts or of shares."""
        titled = self.about.titled
        # Figures that become metrics; numbers of a canonical column have no unit.
        figure = kind is Kind.NUMBER and kind in self.unscaled
        if kind is Kind.MONEY or (figure and names_money(header)):
            return titled.money
        return titled.share if kind is Kind.RATIO or (figure and names_share(header)) else ""

    # -- days and moments ---------------------------------------------------------------------------------------

    def _day_beside(self, one: Cells) -> DecidedForms | None:
        """How the column is read that holds the days of these moments, where it is a column of its own."""
        own = [
            name
            for name, other in self.columns.items()
            if other.binding.column.kind is Kind.DATE and other.binding.headers[:1] == (one.binding.base,)
        ]
        return self.decide(own[0]) if own else None

    def _day(self, one: Cells, forms: Forms) -> DecidedForms:
        beside = self._day_beside(one) if one.binding.base and not forms.pattern else None
        if beside is not None:
            forms = replace(forms, days=beside.forms)
        if one.binding.base and not forms.pattern and without_noughts(one.each):
            forms = replace(forms, unpadded=True)
        if forms.pattern:
            return DecidedForms(forms, self.by_rule(one.binding, "format") or MAPPING, form=forms.pattern)
        if forms.order:
            return DecidedForms(forms, self.by_rule(one.binding, "format") or MAPPING, form=forms.order)
        if not forms.month_only and self.is_of_months(one):
            return DecidedForms(replace(forms, month_only=True), COLUMN)
        order, met = order_of(one.cells if one.days is None or beside else one.days, forms.near)
        if not met:
            typed = isinstance(next((cell for cell in one.cells if cell is not None), None), _TYPED)
            return DecidedForms(forms, FORMAT if typed else COLUMN)
        if order:
            return DecidedForms(replace(forms, order=order), COLUMN, form=order)
        accepted = self.accepted(one.binding).order
        if accepted:
            return DecidedForms(replace(forms, order=accepted), ACCEPTED, form=accepted)
        return DecidedForms(forms)
