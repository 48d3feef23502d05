"""The month's measures week by week, for the meeting on Monday (T1-004)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import narwhals as nw

from csctl.core.coverage.repeats import repeated_counts
from csctl.core.frames.frame import Frame, records
from csctl.core.measuring.measures import compute_measures
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured
from csctl.money import exact, round_half_up
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import UNIT_FACTORS
from csctl.policy.refs import EVENT_PREFIX, named_figures
from csctl.reports.trends import adds_up, of_the_month, terms_behind
from csctl.tables import TABLES, Kind

_TEAM = ""
_MAY_BE_SUMS = ("attendance", "kpis", "targets", "ratings")
"""Tables of which one row may stand for a whole month: their dates then say nothing about weeks."""


@dataclass(frozen=True, slots=True)
class Week:
    """An ISO week, or the part of it that lies in the month; both days included."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class WeeklyFigure:
    """One measure in each week: per agent (by id) and of the whole team; None where there is no figure."""

    name: str
    label: str
    unit: str
    of_agents: Mapping[str, tuple[Decimal | None, ...]]
    of_team: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Weekly:
    """Weeks across. ``left_out`` are labels of measures that cannot be told week by week."""

    weeks: tuple[Week, ...]
    agents: tuple[Agent, ...]
    figures: tuple[WeeklyFigure, ...]
    left_out: tuple[str, ...]


def weeks_of(month: Month) -> list[Week]:
    """The month's weeks, Monday to Sunday; the first and the last may be cut by the month."""
    weeks: dict[str, list[date]] = {}
    for day in month.days():
        year, number, _ = day.isocalendar()
        weeks.setdefault(f"{year}-W{number:02d}", []).append(day)
    return [Week(name, days[0], days[-1]) for name, days in weeks.items()]


def month_of_week(text: str) -> Month | None:
    """The month in which most days of a week such as ``2026-W43`` lie: that of its Thursday. None if it is no week."""
    year, mark, number = text.partition("-W")
    if not mark or not (year + number).isascii() or not (year.isdigit() and number.isdigit()) or len(number) != 2:
        return None
    try:
        return Month.of(date.fromisocalendar(int(year), int(number), 4))
    except ValueError:
        return None


def weekly(
    policy: Policy,
    tables: Mapping[str, Frame],
    agents: Sequence[Agent],
    month: Month,
    weeks: Sequence[Week],
    shared: Collection[str] = (),
) -> Weekly:
    """The measures of each week, counted as those of the month are. ``tables`` are credited; rows of those ``shared``
    may be of several people, and are the team's once.
    """
    undated = {name for name in tables if not _tells_days(name, tables[name], month)}
    known = named_figures(policy)
    asked = [*policy.measure, *(EVENT_PREFIX + name for name in policy.event)]
    told = [name for name in asked if _can_be_told(policy, name, undated)]
    found: list[dict[tuple[str, str], Measured]] = []
    ids = [agent.agent_id for agent in agents]
    for week in weeks:
        frames = {name: _within(name, frame, week) for name, frame in tables.items() if name not in undated}
        measured = compute_measures(policy, frames, ids, month)
        measured += repeated_counts(policy, frames, dict.fromkeys(ids, _TEAM), month, shared)
        found.append({(one.agent_id, one.measure): one for one in measured})
    figured = [_figure(policy, name, ids, found) for name in told]
    shown = tuple(one for one in figured if _worth_a_line(policy, one))
    left_out = [known[name].label for name in known if name not in told]
    return Weekly(tuple(weeks), tuple(agents), shown, tuple(dict.fromkeys(left_out)))


def _worth_a_line(policy: Policy, figure: WeeklyFigure) -> bool:
    """A measure that has a value in some week; a kind of event only if it happened."""
    values = [value for own in figure.of_agents.values() for value in own]
    return any(value is not None if figure.name in policy.measure else bool(value) for value in values)


def _can_be_told(policy: Policy, name: str, undated: set[str]) -> bool:
    if name not in policy.measure:
        return "events" not in undated
    terms = terms_behind(policy, name)
    return all(term.table not in undated and TABLES[term.table].dated and of_the_month(term) for term in terms)


def _tells_days(table: str, frame: Frame, month: Month) -> bool:
    """False for a table whose rows of the month all bear one day, though they may stand for all of it."""
    dated = TABLES[table].dated
    if dated is None or table not in _MAY_BE_SUMS:
        return dated is not None
    own = frame.filter(nw.col("month") == str(month)).select(dated).unique()
    return len(records(own)) > 1


def _within(table: str, frame: Frame, week: Week) -> Frame:
    """The rows of a week's days."""
    dated = TABLES[table].dated or ""
    column = TABLES[table].column(dated)
    if column is not None and column.kind is Kind.MOMENT:
        start, end = datetime.combine(week.first, time()), datetime.combine(week.last + timedelta(days=1), time())
        return frame.filter((nw.col(dated) >= start) & (nw.col(dated) < end))
    return frame.filter((nw.col(dated) >= week.first) & (nw.col(dated) <= week.last))


def _figure(
    policy: Policy, name: str, ids: Sequence[str], weeks: Sequence[Mapping[tuple[str, str], Measured]]
) -> WeeklyFigure:
    about = named_figures(policy)[name]
    of_agents = {key: tuple(week[key, name].value for week in weeks) for key in ids}
    of_team = tuple(_of_team(policy, name, [week[key, name] for key in ids], week.get((_TEAM, name))) for week in weeks)
    return WeeklyFigure(name, about.label, about.unit, of_agents, of_team)


def _of_team(policy: Policy, name: str, measured: Sequence[Measured], again: Measured | None) -> Decimal | None:
    """What adds up is added; a ratio is that of the sums; of anything else there is no figure of the team.

    ``again`` is what rows of several people count more than once in these.
    """
    measure = policy.measure.get(name)
    if measure is None or adds_up(measure):
        known = [one.value for one in measured if one.value is not None]
        return sum(known, -(again.value or Decimal(0)) if again else Decimal(0)) if known else None
    top = [one.numerator for one in measured if one.numerator is not None]
    below = [one.denominator for one in measured if one.denominator is not None]
    if again and again.numerator is not None and again.denominator is not None:
        top, below = [*top, -again.numerator], [*below, -again.denominator]
    if len(top) != len(below) or not sum(below):
        return None
    ratio = sum(map(exact, top), Fraction(0)) / sum(map(exact, below), Fraction(0))
    return round_half_up(ratio * UNIT_FACTORS.get(measure.unit, Fraction(1)), measure.places)
