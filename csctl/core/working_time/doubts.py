"""What a person's attendance leaves open, which figures are missing because of it, and how it is said."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from csctl.core.coverage.holes import people_named
from csctl.core.coverage.marks import INFERRED, OPEN_DAYS
from csctl.core.people.roster import place_of
from csctl.core.result import Agent
from csctl.core.working_time.cover import Cover, Files
from csctl.core.working_time.days import Day, absence, lateness, leave_said
from csctl.core.working_time.marks import Row
from csctl.core.working_time.one_agent import Settled
from csctl.core.working_time.verdicts import unnamed_leave
from csctl.messages import problem
from csctl.policy.working_time import WorkingTime
from csctl.problems import Place, Problem, shortened

LATENESS, ABSENCE = frozenset({"late_count", "early_count"}), frozenset({"absent_days", "absences"})
WHOLE_MONTH = frozenset({"blemishes"})
"""Full attendance: known only where every due day is, and every punch."""
FROM_DAYS = LATENESS | {"missed_punches", "unfixed_punches", "long_meals", "rest_days_taken", "rest_days_unused"}
"""What only the rows of days tell; absence and full attendance besides."""
DAYS_SHOWN = 3
PEOPLE_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Doubts:
    """What one person's attendance leaves open.

    ``unread``: days with a punch that could not be read. ``unnamed``: days on leave of a kind that nothing names.
    ``unjudged``: days with punches of which nobody can say whether they were late. ``uncounted``: sums that do not
    count who was late. ``unexplained``: days that sums neither call worked nor absent nor leave. ``differing``:
    measures that the export counts otherwise than its punches say, with the days and both figures. ``leave``: days of
    leave by the sums and by requests, where they differ.
    """

    agent: Agent
    cover: Cover
    unread: tuple[date, ...] = ()
    unnamed: tuple[date, ...] = ()
    unjudged: tuple[date, ...] = ()
    uncounted: bool = False
    unexplained: Fraction = Fraction(0)
    differing: tuple[tuple[str, str], ...] = ()
    leave: tuple[Fraction, Fraction] | None = None

    @property
    def missing(self) -> frozenset[str]:
        """The measures that nobody knows. What happened on the days that are covered is known up to the last one."""
        found: set[str] = set()
        if self.cover.unknown:
            found |= LATENESS | ABSENCE
        if self.unjudged:
            found |= LATENESS
        if self.uncounted:
            found.add("late_count")
        if self.unexplained:
            found |= ABSENCE
        return frozenset(found | WHOLE_MONTH if found or self.unread or self.unnamed or self.cover.outside else found)

    @property
    def marks(self) -> dict[str, tuple[str, ...]]:
        """By measure, what the figure rests on that no row tells: absence that was inferred, days that stay open."""
        open_days = sorted({*self.cover.unknown, *self.cover.outside, *self.unread, *self.unnamed, *self.unjudged})
        of_days = (f"{OPEN_DAYS}:{_shown(open_days)}",) if open_days else ()
        inferred = (f"{INFERRED}:{_shown(self.cover.absent)}",) if self.cover.absent else ()
        found = dict.fromkeys(FROM_DAYS, of_days) | dict.fromkeys(ABSENCE | WHOLE_MONTH, inferred + of_days)
        return {name: marks for name, marks in found.items() if marks}


def doubts_of(rules: WorkingTime, agent: Agent, days: Sequence[Day], settled: Settled) -> Doubts:
    """What is open about one person. ``days`` are the rows while employed, ``settled`` what became of them."""
    sums = [day for day in days if day.sums]
    return Doubts(
        agent,
        settled.cover,
        unread=_dates(day for day in days if day.unknown),
        unnamed=_dates(day for day in days if day.date in settled.unasked and unnamed_leave(day.row)),
        unjudged=_dates(day for day in days if _unjudged(rules, day)),
        uncounted=any(day.row["late_count"] is None for day in sums),
        unexplained=max((_unexplained(day, settled) for day in sums), default=Fraction(0)),
        differing=tuple(_differing(rules, days)),
        leave=_leave_differs(sums, settled),
    )


def _dates(days: Iterable[Day]) -> tuple[date, ...]:
    return tuple(dict.fromkeys(day.date for day in days))


def _unjudged(rules: WorkingTime, day: Day) -> bool:
    """Rules that know shifts judge lateness by them; a day of no known shift in a file without counts has no judge."""
    timed = bool(rules.shift) and day.came is True and not day.sums and not day.resting
    return timed and day.hours is None and not day.counted


def _unexplained(day: Day, settled: Settled) -> Fraction:
    """Days due less those worked and those on leave, where the sums do not count absence."""
    due, worked = day.row["due_days"], day.row["worked_days"]
    if day.row["absent_days"] is not None or due is None or worked is None:
        return Fraction(0)
    return max(Fraction(0), Fraction(due) - Fraction(worked) - max(_asked(settled), sum(leave_said(day))))


def _asked(settled: Settled) -> Fraction:
    return sum((mark.amount for mark in settled.marks if mark.measure == "leave_days"), Fraction(0))


def _leave_differs(sums: Sequence[Day], settled: Settled) -> tuple[Fraction, Fraction] | None:
    """Days of leave by the sums and as they count: the requests, where there are any."""
    said = sum((sum(leave_said(day)) for day in sums), Fraction(0))
    return (said, _asked(settled)) if said and said != _asked(settled) else None


def _differing(rules: WorkingTime, days: Sequence[Day]) -> Iterable[tuple[str, str]]:
    """Where the export counts and its punches say something else."""
    late = [
        (day, Fraction(day.row["late_count"]), Fraction(lateness(day, rules.grace_minutes).times))
        for day in days
        if day.hours and day.in_at and day.row["late_count"] is not None
    ]
    absent = [
        (day, Fraction(day.row["absent_days"]), absence(day))
        for day in days
        if day.due and day.punched and not day.unknown and day.row["absent_days"] is not None
        if not sum(leave_said(day)) and not day.explained
    ]
    for name, figures in (("late_count", late), ("absent_days", absent)):
        texts = [f"{day.date:%m-%d} {_number(said)} ≠ {_number(own)}" for day, said, own in figures if said != own]
        if texts:
            yield name, " ".join(shortened(texts, DAYS_SHOWN))


def doubts_said(doubts: Sequence[Doubts], files: Files, asked: Collection[str]) -> list[Problem]:
    """One warning for each kind of doubt, naming whom it is about. ``asked`` are the measures that somebody asks for;
    of what is missing and was never asked for nothing is said.
    """
    found = _with_days("attendance-days-unknown", doubts, lambda one: one.cover.unknown)
    found += _with_days("attendance-days-absent", doubts, lambda one: one.cover.absent)
    outside = [one.agent for one in doubts if one.cover.outside]
    if outside:
        first, last = min(files.told), max(files.told)
        found.append(problem("attendance-days-outside", found=people_named(outside), first=first, last=last))
    found += _with_days("attendance-punches-unread", doubts, lambda one: one.unread)
    found += _with_days("attendance-leave-unnamed", doubts, lambda one: one.unnamed)
    if (LATENESS | WHOLE_MONTH) & set(asked):
        found += _with_days("attendance-lateness-unjudged", doubts, lambda one: one.unjudged)
        found += _about("attendance-lateness-uncounted", [_named(one) for one in doubts if one.uncounted])
    if (ABSENCE | WHOLE_MONTH) & set(asked):
        open_sums = [f"{_named(one)}: {_number(one.unexplained)}" for one in doubts if one.unexplained]
        found += _about("attendance-sums-unexplained", open_sums)
    leave = [f"{_named(one)}: {_number(one.leave[0])} ≠ {_number(one.leave[1])}" for one in doubts if one.leave]
    found += _about("attendance-leave-differs", leave)
    for name in ("late_count", "absent_days"):
        texts = [f"{_named(one)}: {text}" for one in doubts for measure, text in one.differing if measure == name]
        found += _about("attendance-counts-differ", texts, name)
    return found


def _about(code: str, texts: Sequence[str], column: str = "") -> list[Problem]:
    return [problem(code, Place(column=column), shortened(texts, PEOPLE_SHOWN))] if texts else []


def _with_days(code: str, doubts: Sequence[Doubts], days: Callable[[Doubts], Sequence[date]]) -> list[Problem]:
    texts = [f"{_named(one)}: {_shown(days(one))}" for one in doubts if days(one)]
    return _about(code, texts)


def _named(one: Doubts) -> str:
    return f"{one.agent.name} {one.agent.agent_id}".strip()


def _shown(days: Sequence[date]) -> str:
    """The first days, and how many there are."""
    texts = [f"{day:%m-%d}" for day in days]
    return " ".join(texts) if len(texts) <= DAYS_SHOWN else f"{' '.join(texts[:DAYS_SHOWN])} … ({len(texts)})"


def _number(value: Fraction) -> str:
    return f"{(Decimal(value.numerator) / Decimal(value.denominator)).normalize():f}"


def several_rows_said(rows: Sequence[Row]) -> list[Problem]:
    """One warning for days of which several rows say different things about one shift."""
    if not rows:
        return []
    texts = [f"{row['agent']} {row['date']:%m-%d}" for row in rows]
    return [problem("attendance-day-several", place_of(rows[0]), shortened(texts, PEOPLE_SHOWN))]
