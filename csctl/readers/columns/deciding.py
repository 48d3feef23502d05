"""How the cells of each column are read, and what that rests on: mapping, profile, cells, header, column, default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property
from itertools import combinations

from csctl.core.coverage.readings import ACCEPTED, COLUMN, DEFAULT, FORMAT, HEADER, MAPPING, PROFILE, TITLE
from csctl.headers import Header
from csctl.month import Month
from csctl.readers.columns.accepted import AcceptedColumn
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.cells import Cells
from csctl.readers.columns.clocks import without_noughts
from csctl.readers.columns.columns import forms_of, named_days, parser_for, read_moments, time_unit
from csctl.readers.columns.forms import LOCAL, Forms
from csctl.readers.columns.lengths import DAYS_OF_A_MONTH, bare, is_clock, may_be_hours, parts_of_a_day, unit_beside
from csctl.readers.columns.marks import Marks, marks_of, order_of
from csctl.readers.columns.month_cells import is_whole, names_months
from csctl.readers.columns.profile import Resolved
from csctl.readers.columns.source import Source
from csctl.readers.columns.title_units import NO_TITLE, TitleUnits, names_money, names_share
from csctl.readers.columns.values import narrow
from csctl.tables import Kind
from csctl.unit_words import TIME_WORDS, has_dotted_clock

FIGURES = frozenset({Kind.COUNT, Kind.NUMBER, Kind.RATIO, Kind.SECONDS, Kind.MONEY})
_TYPED = (date, time, timedelta)
_CLOCKED = frozenset({"minutes", "hours"})
_LEAST_BEYOND, _HOURS_A_DAY = 2, 24
_LOOKED_AT = 1000
"""So many rows are enough to prove a unit beside start and end."""
POINT, COMMA = "1,234.56", "1.234,56"
_EXTREMES = ("max", "maximum", "avg", "average", "mean", "最大", "最长", "平均")


@dataclass(frozen=True, slots=True)
class Decided:
    """The forms of a column; what they were decided by; whether a default decided that could be otherwise."""

    forms: Forms
    decided: str = DEFAULT
    doubtful: bool = False
    unit: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class _Mark:
    comma: bool
    decided: str
    doubtful: bool = False


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
class Judge:
    """Decides for all bound columns of one sheet with these headers."""

    source: Source
    columns: Mapping[str, Cells]
    headers: Sequence[Header]
    about: FileFacts
    unscaled: frozenset[Kind] = frozenset({Kind.MONEY})
    """Kinds of figures that have no three decimals as far as anybody knows."""
    _made: dict[str, Decided] = field(default_factory=dict, compare=False, repr=False)

    def decide(self, name: str) -> Decided:
        """How the cells of one column are read."""
        if name not in self._made:
            self._made[name] = self._decide(self.columns[name])
        return self._made[name]

    def _decide(self, one: Cells) -> Decided:
        kind, forms = one.binding.column.kind, self.about.forms(one.binding)
        if kind is Kind.SECONDS:
            return self._length(one, self._marked(one, forms))
        if kind in {Kind.DATE, Kind.MOMENT}:
            return self._day(one, forms)
        if kind is Kind.NUMBER and named_days(one.binding.column.name):
            return self._days(one, self._marked(one, forms))
        if kind in FIGURES:
            return self._figure(one, self._marked(one, forms))
        return Decided(forms, self._by_rule(one.binding, "texts") or DEFAULT)

    # -- who says it --------------------------------------------------------------------------------------------

    def _by_rule(self, binding: Binding, key: str) -> str:
        """Whether the mapping or a profile says this of a column; "" if neither."""
        if not getattr(binding.rule, key):
            return ""
        inherited = self.source.inherited if isinstance(self.source, Resolved) else {}
        return PROFILE if key in inherited.get(binding.column.name, ()) else MAPPING

    def _accepted(self, binding: Binding) -> AcceptedColumn:
        accepted = self.source.accepted if isinstance(self.source, Resolved) else {}
        return accepted.get(binding.column.name, AcceptedColumn())

    # -- lengths of time and days -------------------------------------------------------------------------------

    def _length(self, one: Cells, made: Decided) -> Decided:
        binding, header = one.binding, one.binding.headers[0]
        clock = header.clock
        dotted = bool(clock) and has_dotted_clock(header.text)
        made = replace(made, forms=replace(made.forms, clock=clock, dotted=dotted))
        said = time_unit(Kind.SECONDS, binding.rule.unit or "")
        if said:
            # 3:30 counts what the mapping says, too.
            obeyed = replace(made, forms=replace(made.forms, clock="", dotted=False))
            return _in_unit(obeyed if said in _CLOCKED else made, said, self._by_rule(binding, "unit"))
        word = self._unit_word(header)
        if word:
            return _in_unit(made, word, HEADER)
        if clock:
            return replace(made, decided=HEADER, form=_clock_form(clock))
        numbers = [number for cell in one.counts if (number := bare(cell, made.forms)) is not None]
        if not numbers:
            return replace(made, decided=FORMAT if any(isinstance(cell, _TYPED) for cell in one.counts) else COLUMN)
        proven, titled = self._proven_unit(one, made.forms), self.about.titled.time
        if (proven or titled) and titled in {"", proven or titled}:
            return _in_unit(made, proven or titled, TITLE if titled else COLUMN)
        accepted = time_unit(Kind.SECONDS, self._accepted(binding).unit or "")
        if accepted:
            return _in_unit(made, accepted, ACCEPTED)
        if proven:
            # The title says otherwise.
            return replace(_in_unit(made, proven, COLUMN), doubtful=True)
        return replace(made, decided=DEFAULT, doubtful=True, unit="seconds")

    def _unit_word(self, header: Header) -> str:
        """The unit a header names. ``min`` beside a column of the same name with ``max`` or ``avg`` is the least."""
        unit = time_unit(Kind.SECONDS, header.unit) or time_unit(Kind.SECONDS, header.of_time)
        if not header.unit and header.key.endswith(("min", "最小")):
            stem = header.key.removesuffix("min").strip()
            others = {other.key for other in self.headers}
            if others & {f"{stem}{space}{word}" for word in _EXTREMES for space in ("", " ")}:
                return ""
        return unit

    def _proven_unit(self, one: Cells, forms: Forms) -> str:
        numbers = [bare(cell, forms) for cell in one.counts]
        clocks = any(map(is_clock, one.counts))
        if clocks and parts_of_a_day(number for number in numbers if number is not None):
            return "days"
        return unit_beside([bare(cell, forms) for cell in one.cells[:_LOOKED_AT]], self._spans())

    def _spans(self) -> list[list[timedelta | None]]:
        moments = [self._moments(name) for name in self._moment_names()]
        return [
            [abs(end - start) if start and end else None for start, end in zip(starts, ends, strict=True)]
            for starts, ends in combinations(moments, 2)
        ]

    def _moment_names(self) -> list[str]:
        return [name for name, one in self.columns.items() if one.binding.column.kind is Kind.MOMENT]

    def _moments(self, name: str) -> list[datetime | None]:
        one, forms = self.columns[name], self.decide(name).forms
        cells = one.cells[:_LOOKED_AT]
        if one.days is not None:
            read = read_moments(cells, one.days[:_LOOKED_AT], one.binding, forms)
        else:
            read = list(map(parser_for(one.binding, forms), cells))
        return [value if isinstance(value, datetime) else None for value in read]

    def _days(self, one: Cells, made: Decided) -> Decided:
        """A number of days, which may be written in hours."""
        binding, header = one.binding, one.binding.headers[0]
        if binding.rule.unit:
            return _in_unit(made, binding.rule.unit, self._by_rule(binding, "unit"))
        word = time_unit(Kind.NUMBER, header.unit) or time_unit(Kind.NUMBER, header.of_time)
        if word:
            return _in_unit(made, word, HEADER)
        # 时长 alone may be hours as well as days; 天数 is days everywhere, 病假 is where its figures can be days.
        named = header.key.endswith(TIME_WORDS)
        if named and self._more_than_days(one, made.forms):
            return _in_unit(made, "hours", COLUMN)
        if named and self.about.titled.time:
            return _in_unit(made, self.about.titled.time, TITLE)
        accepted = self._accepted(binding).unit
        if accepted:
            return _in_unit(made, accepted, ACCEPTED)
        numbers = [number for cell in one.counts if (number := bare(cell, made.forms)) is not None]
        most = 1 if self._of_days else DAYS_OF_A_MONTH
        open_ = bool(numbers) and (named or may_be_hours(binding.column.name, header.key, numbers, most))
        return replace(made, unit="days", doubtful=made.doubtful or open_)

    def _more_than_days(self, one: Cells, forms: Forms) -> bool:
        """Whether the figures are more than all days from first to last of their rows: then they are hours."""
        if not {"date", "ends_on"} <= self.columns.keys():
            return False
        first, last = (self._read_days(name) for name in ("date", "ends_on"))
        pairs = [
            (number, (end - start).days + 1)
            for cell, start, end in zip(one.cells[:_LOOKED_AT], first, last, strict=True)
            if (number := bare(cell, forms)) is not None and start is not None and end is not None and end >= start
        ]
        beyond = sum(number > days for number, days in pairs)
        return beyond >= _LEAST_BEYOND and all(number <= days * _HOURS_A_DAY for number, days in pairs)

    def _read_days(self, name: str) -> list[date | None]:
        one = self.columns[name]
        read = map(parser_for(one.binding, self.decide(name).forms), one.cells[:_LOOKED_AT])
        return [value if isinstance(value, date) else None for value in read]

    @cached_property
    def _of_days(self) -> bool:
        """Whether the rows are of single days, several of them; where each person has one row it is of the month."""
        day, agent = self.columns.get("date"), self.columns.get("agent_id") or self.columns.get("agent_name")
        if day is None or self._is_of_months(day) or (agent and max(agent.counts.values(), default=1) == 1):
            return False
        return len(set(day.counts) - {None}) > 1

    # -- figures ------------------------------------------------------------------------------------------------

    def _marked(self, one: Cells, forms: Forms) -> Decided:
        """The decimal mark, where cells of this column have any."""
        mark, own = self._mark, self._marks.get(one.binding.column.name) or marks_of(one.counts)
        forms = replace(forms, decimal_comma=mark.comma)
        if not (own.comma or own.dot or own.open_dot or own.open_comma):
            return Decided(forms)
        if mark.decided in {DEFAULT, ACCEPTED} and own.comma != own.dot:
            # The columns of the sheet disagree, or others show nothing: this one is read as it shows itself.
            return Decided(replace(forms, decimal_comma=own.comma), COLUMN, form=COMMA if own.comma else POINT)
        grouped = self._grouped(one, own)
        if grouped:
            return Decided(replace(forms, decimal_comma=grouped == COMMA), COLUMN, form=grouped)
        if self._unlikely(one.binding.column.kind, own, mark):
            return self._three_decimals(one.binding, forms)
        undecided = own.open_dot or (own.open_comma and self.about.semicolons)
        return Decided(forms, mark.decided, mark.doubtful and undecided, form=COMMA if mark.comma else POINT)

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
            return own == Marks(open_comma=True) and kind in self.unscaled | {Kind.SECONDS}
        return own == Marks(open_dot=True) and kind in self.unscaled | {Kind.COUNT}

    def _three_decimals(self, binding: Binding, forms: Forms) -> Decided:
        accepted = self._accepted(binding).mark
        comma = accepted == "," if accepted else forms.decimal_comma
        decided = ACCEPTED if accepted else DEFAULT
        return Decided(replace(forms, decimal_comma=comma), decided, not accepted, form=COMMA if comma else POINT)

    @cached_property
    def _marks(self) -> dict[str, Marks]:
        """What each column of figures shows of the decimal mark."""
        figures = {name: one for name, one in self.columns.items() if one.binding.column.kind in FIGURES}
        return {name: marks_of(one.counts) for name, one in figures.items()}

    @cached_property
    def _mark(self) -> _Mark:
        """The decimal mark of the sheet: all its columns of figures share it."""
        if self.source.decimal:
            inherited = isinstance(self.source, Resolved) and "decimal" in self.source.inherited.get("", ())
            return _Mark(self.source.decimal == ",", PROFILE if inherited else MAPPING)
        found = Marks()
        for one in self._marks.values():
            found |= one
        if found.comma != found.dot:
            return _Mark(found.comma, COLUMN)
        accepted = {self._accepted(one.binding).mark for one in self.columns.values()} - {None}
        if len(accepted) == 1:
            return _Mark(accepted == {","}, ACCEPTED)
        return self._usual_mark()

    def _usual_mark(self) -> _Mark:
        """What is likelier where no figure tells: money has no three decimals, and semicolons go with commas."""
        money = Marks()
        for name, one in self._marks.items():
            if self.columns[name].binding.column.kind in self.unscaled:
                money |= one
        if self.about.semicolons:
            return _Mark(money.open_dot and not money.open_comma, DEFAULT, doubtful=True)
        return _Mark(False, DEFAULT, doubtful=money.open_dot)

    def _figure(self, one: Cells, made: Decided) -> Decided:
        binding, header = one.binding, one.binding.headers[0]
        unit = made.forms.unit
        titled = "" if unit or header.unit else self._titled(binding.column.kind, header)
        if titled:
            return _in_unit(made, titled, TITLE)
        if not unit:
            percent = binding.column.kind is Kind.RATIO and any(
                isinstance(cell, str) and cell.rstrip().endswith(("%", "％")) for cell in one.counts
            )
            return replace(made, unit="%", decided=FORMAT) if percent and made.decided == DEFAULT else made
        by = self._by_rule(binding, "unit") or (HEADER if header.unit else made.decided)
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

    def _day_beside(self, one: Cells) -> Decided | None:
        """How the column is read that holds the days of these moments, where it is a column of its own."""
        own = [
            name
            for name, other in self.columns.items()
            if other.binding.column.kind is Kind.DATE and other.binding.headers[:1] == (one.binding.base,)
        ]
        return self.decide(own[0]) if own else None

    def _is_of_months(self, one: Cells) -> bool:
        """Whether the cells of a column of days stand for whole months; a moment is none."""
        is_day = one.binding.column.kind is Kind.DATE
        return is_day and names_months(one.each, self.about.month, digits=True) and all(map(is_whole, one.each))

    def _day(self, one: Cells, forms: Forms) -> Decided:
        beside = self._day_beside(one) if one.binding.base and not forms.pattern else None
        if beside is not None:
            forms = replace(forms, days=beside.forms)
        if one.binding.base and not forms.pattern and without_noughts(one.each):
            forms = replace(forms, unpadded=True)
        if forms.pattern:
            return Decided(forms, self._by_rule(one.binding, "format") or MAPPING, form=forms.pattern)
        if forms.order:
            return Decided(forms, self._by_rule(one.binding, "format") or MAPPING, form=forms.order)
        if not forms.month_only and self._is_of_months(one):
            return Decided(replace(forms, month_only=True), COLUMN)
        order, met = order_of(one.cells if one.days is None or beside else one.days, forms.near)
        if not met:
            typed = isinstance(next((cell for cell in one.cells if cell is not None), None), _TYPED)
            return Decided(forms, FORMAT if typed else COLUMN)
        if order:
            return Decided(replace(forms, order=order), COLUMN, form=order)
        accepted = self._accepted(one.binding).order
        if accepted:
            return Decided(replace(forms, order=accepted), ACCEPTED, form=accepted)
        return Decided(forms)


def _in_unit(made: Decided, unit: str, by: str) -> Decided:
    """The unit decides the column, unless its decimal mark is open."""
    return replace(made, forms=replace(made.forms, unit=unit), unit=unit, decided=made.decided if made.doubtful else by)


def _clock_form(clock: str) -> str:
    return "mm:ss" if clock == "minutes" else "hh:mm"
