"""In which unit lengths of time and numbers of days are written: by rule, header, moments beside, title or figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import combinations

from csctl.core.coverage.readings import ACCEPTED, COLUMN, DEFAULT, FORMAT, HEADER, TITLE
from csctl.headers import Header
from csctl.readers.columns.cells import Cells
from csctl.readers.columns.columns import parser_for, read_moments, time_unit
from csctl.readers.columns.decided import DecidedForms, SheetFacts, decided_by_unit
from csctl.readers.columns.forms import Forms
from csctl.readers.columns.lengths import DAYS_OF_A_MONTH, bare, is_clock, may_be_hours, parts_of_a_day, unit_beside
from csctl.tables import Kind
from csctl.unit_words import TIME_WORDS, has_dotted_clock

_TYPED = (date, time, timedelta)
_CLOCKED = frozenset({"minutes", "hours"})
_LEAST_BEYOND, _HOURS_A_DAY = 2, 24
_LOOKED_AT = 1000
"""So many rows are enough to prove a unit beside start and end."""
_EXTREMES = ("max", "maximum", "avg", "average", "mean", "最大", "最长", "平均")


@dataclass(frozen=True)
class TimeUnits:
    """The columns of a sheet that may prove each other's unit; ``decide`` says how one of them is read."""

    sheet: SheetFacts
    decide: Callable[[str], DecidedForms]

    def length(self, one: Cells, made: DecidedForms) -> DecidedForms:
        binding, header = one.binding, one.binding.headers[0]
        clock = header.clock
        dotted = bool(clock) and has_dotted_clock(header.text)
        made = replace(made, forms=replace(made.forms, clock=clock, dotted=dotted))
        said = time_unit(Kind.SECONDS, binding.rule.unit or "")
        if said:
            # 3:30 counts what the mapping says, too.
            obeyed = replace(made, forms=replace(made.forms, clock="", dotted=False))
            return decided_by_unit(obeyed if said in _CLOCKED else made, said, self.sheet.by_rule(binding, "unit"))
        word = self._unit_word(header)
        if word:
            return decided_by_unit(made, word, HEADER)
        if clock:
            return replace(made, decided=HEADER, form=_clock_form(clock))
        numbers = [number for cell in one.counts if (number := bare(cell, made.forms)) is not None]
        if not numbers:
            return replace(made, decided=FORMAT if any(isinstance(cell, _TYPED) for cell in one.counts) else COLUMN)
        proven, titled = self._proven_unit(one, made.forms), self.sheet.about.titled.time
        if (proven or titled) and titled in {"", proven or titled}:
            return decided_by_unit(made, proven or titled, TITLE if titled else COLUMN)
        accepted = time_unit(Kind.SECONDS, self.sheet.accepted(binding).unit or "")
        if accepted:
            return decided_by_unit(made, accepted, ACCEPTED)
        if proven:
            # The title says otherwise.
            return replace(decided_by_unit(made, proven, COLUMN), doubtful=True)
        return replace(made, decided=DEFAULT, doubtful=True, unit="seconds")

    def _unit_word(self, header: Header) -> str:
        """The unit a header names. ``min`` beside a column of the same name with ``max`` or ``avg`` is the least."""
        unit = time_unit(Kind.SECONDS, header.unit) or time_unit(Kind.SECONDS, header.of_time)
        if not header.unit and header.key.endswith(("min", "最小")):
            stem = header.key.removesuffix("min").strip()
            others = {other.key for other in self.sheet.headers}
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
        return [name for name, one in self.sheet.columns.items() if one.binding.column.kind is Kind.MOMENT]

    def _moments(self, name: str) -> list[datetime | None]:
        one, forms = self.sheet.columns[name], self.decide(name).forms
        cells = one.cells[:_LOOKED_AT]
        if one.days is not None:
            read = read_moments(cells, one.days[:_LOOKED_AT], one.binding, forms)
        else:
            read = list(map(parser_for(one.binding, forms), cells))
        return [value if isinstance(value, datetime) else None for value in read]

    def days(self, one: Cells, made: DecidedForms) -> DecidedForms:
        """A number of days, which may be written in hours."""
        binding, header = one.binding, one.binding.headers[0]
        if binding.rule.unit:
            return decided_by_unit(made, binding.rule.unit, self.sheet.by_rule(binding, "unit"))
        word = time_unit(Kind.NUMBER, header.unit) or time_unit(Kind.NUMBER, header.of_time)
        if word:
            return decided_by_unit(made, word, HEADER)
        # 时长 alone may be hours as well as days; 天数 is days everywhere, 病假 is where its figures can be days.
        named = header.key.endswith(TIME_WORDS)
        if named and self._more_than_days(one, made.forms):
            return decided_by_unit(made, "hours", COLUMN)
        if named and self.sheet.about.titled.time:
            return decided_by_unit(made, self.sheet.about.titled.time, TITLE)
        accepted = self.sheet.accepted(binding).unit
        if accepted:
            return decided_by_unit(made, accepted, ACCEPTED)
        numbers = [number for cell in one.counts if (number := bare(cell, made.forms)) is not None]
        most = 1 if self._of_days else DAYS_OF_A_MONTH
        open_ = bool(numbers) and (named or may_be_hours(binding.column.name, header.key, numbers, most))
        return replace(made, unit="days", doubtful=made.doubtful or open_)

    def _more_than_days(self, one: Cells, forms: Forms) -> bool:
        """Whether the figures are more than all days from first to last of their rows: then they are hours."""
        if not {"date", "ends_on"} <= self.sheet.columns.keys():
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
        one = self.sheet.columns[name]
        read = map(parser_for(one.binding, self.decide(name).forms), one.cells[:_LOOKED_AT])
        return [value if isinstance(value, date) else None for value in read]

    @cached_property
    def _of_days(self) -> bool:
        """Whether the rows are of single days, several of them; where each person has one row it is of the month."""
        day, agent = (
            self.sheet.columns.get("date"),
            self.sheet.columns.get("agent_id") or self.sheet.columns.get("agent_name"),
        )
        if day is None or self.sheet.is_of_months(day) or (agent and max(agent.counts.values(), default=1) == 1):
            return False
        return len(set(day.counts) - {None}) > 1


def _clock_form(clock: str) -> str:
    return "mm:ss" if clock == "minutes" else "hh:mm"
