"""What a person's attendance leaves open, and which figures are missing because of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from csctl.core.records.agent import Agent
from csctl.core.records.marks import INFERRED, MISSING, OPEN_DAYS
from csctl.core.working_time.contradictions import spoils
from csctl.core.working_time.cover import Cover
from csctl.core.working_time.day_faults import absence, lateness, leave_said
from csctl.core.working_time.days import Day
from csctl.core.working_time.leave import Doubt
from csctl.core.working_time.minutes import uncounted_minutes
from csctl.core.working_time.one_agent import SettledMonth
from csctl.core.working_time.rows import missing_punches_said, unreadable_punch
from csctl.core.working_time.saying import DAYS_SHOWN, days_text, figure_text
from csctl.core.working_time.verdicts import unnamed_leave
from csctl.policy.working_time import ATTENDANCE_PREFIX, WorkingTime
from csctl.problems import shortened

LATENESS, ABSENCE = frozenset({"late_count", "early_count"}), frozenset({"absent_days", "absences"})
PUNCHES_MISSED = frozenset({"missed_punches", "unfixed_punches"})
LEAVE_MEASURES = frozenset({"leave_days", "statutory_leave_days", "unpaid_leave_days"})
WHOLE_MONTH = frozenset({"blemishes"})
"""Full attendance: known only where every due day is, and every punch."""
REST = frozenset({"rest_days_taken", "rest_days_unused"})
FROM_DAYS = LATENESS | PUNCHES_MISSED | REST | {"long_meals"}
"""What only the rows of days tell; absence and full attendance besides."""
Lacking = tuple[str, str, bool]
"""A file, a column of punches, and whether only the rows of one person lack it there."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """What one person's attendance leaves open.

    ``presumed``: days that count as absence because their rows have a shift and no punches.
    ``unread``: days with a punch that could not be read.
    ``doubtful``: days whose punches, shifts or verdict cannot be, or are not decided.
    ``unnamed``: days on leave of a kind that nothing names.
    ``waiting``: days on which it is open whether leave or a punch fix excuses something, ``least``: measures of which
    only the least is known because of it, so that none at all is not known.
    ``requests``: what is doubtful about requests for leave.
    ``unjudged``: days with punches of which nobody can say whether they were late.
    ``untold``: days of a file that has neither punches nor counts of lateness.
    ``uncounted``: sums that do not count who was late.
    ``minutes``: by count, days (None for sums) with minutes of it that nothing else counts.
    ``unexplained``: days that sums neither call worked nor absent nor leave, ``overfull``: sums that call more days
    worked or leave than were due, ``contradicted``: sums that cannot all be right.
    ``differing``: measures that the export counts otherwise than its punches say, with the days and both figures.
    ``leave``: days of leave by the sums and by requests, where they differ.
    ``one_sided``: by file, the column of punches that it does not have, or that the person's rows alone lack, and the
    measures that nobody knows without it.
    """

    agent: Agent
    cover: Cover
    presumed: tuple[date, ...] = ()
    unread: tuple[date, ...] = ()
    doubtful: tuple[date, ...] = ()
    unnamed: tuple[date, ...] = ()
    waiting: tuple[date, ...] = ()
    least: frozenset[str] = frozenset()
    requests: tuple[Doubt, ...] = ()
    unjudged: tuple[date, ...] = ()
    untold: tuple[date, ...] = ()
    uncounted: bool = False
    minutes: Mapping[str, tuple[date | None, ...]] = field(default_factory=dict)
    unexplained: Fraction = Fraction(0)
    overfull: str = ""
    contradicted: bool = False
    differing: tuple[tuple[str, str], ...] = ()
    leave: tuple[Fraction, Fraction] | None = None
    one_sided: Mapping[Lacking, frozenset[str]] = field(default_factory=dict)

    @property
    def missing(self) -> frozenset[str]:
        """The measures that nobody knows. What happened on the days that are covered is known up to the last one."""
        found: set[str] = set()
        if self.cover.unknown:
            found |= LATENESS | ABSENCE
        if self.unjudged or self.untold:
            found |= LATENESS
        if self.uncounted:
            found.add("late_count")
        if self.unexplained or self.contradicted:
            found |= ABSENCE
        found = found.union(self.minutes, *self.one_sided.values())
        if self.contradicted:
            found |= LATENESS
        open_days = self.unread or self.doubtful or self.unnamed or self.cover.outside or self.least & WHOLE_MONTH
        return frozenset(found | WHOLE_MONTH if found or open_days else found)

    def leaves_open(self, measure: str, value: Decimal | None) -> bool:
        """Whether nobody knows a measure (its full name) that came out as ``value``."""
        name = measure.removeprefix(ATTENDANCE_PREFIX)
        return name in self.missing or (not value and name in self.least)

    @property
    def marks(self) -> dict[str, tuple[str, ...]]:
        """By measure, what the figure rests on that no row tells: absence that was inferred, days that stay open."""
        minutes = [day for own in self.minutes.values() for day in own if day is not None]
        of_rows = (self.unread, self.doubtful, self.unnamed, self.waiting, self.unjudged, self.untold, minutes)
        open_days = sorted({day for own in (self.cover.unknown, self.cover.outside, *of_rows) for day in own})
        of_days = (f"{OPEN_DAYS}:{days_text(open_days)}",) if open_days else ()
        inferred = (f"{INFERRED}:{days_text(self.cover.absent)}",) if self.cover.absent else ()
        found = dict.fromkeys(FROM_DAYS | self.least, of_days) | dict.fromkeys(
            ABSENCE | WHOLE_MONTH, inferred + of_days
        )
        if self.cover.bare:
            rest = sorted({*open_days, *self.cover.bare})
            found |= dict.fromkeys(REST, (f"{OPEN_DAYS}:{days_text(rest)}",))
        known = {name: marks for name, marks in found.items() if marks}
        unknown = frozenset[str]().union(*self.one_sided.values())
        return known | {
            name: (*known.get(name, ()), MISSING) for name in unknown | (WHOLE_MONTH if unknown else frozenset())
        }


def doubts_of(rules: WorkingTime, agent: Agent, days: Sequence[Day], settled: SettledMonth) -> Doubts:
    """What is open about one person. ``days`` are the rows while employed, ``settled`` what became of them."""
    sums = [day for day in days if day.sums]
    return Doubts(
        agent,
        settled.cover,
        presumed=settled.presumed,
        unread=_dates(day for day in days if unreadable_punch(day.row)),
        doubtful=_dates(day for day in days if day.unknown and not unreadable_punch(day.row)),
        unnamed=_dates(day for day in days if day.date in settled.unasked and unnamed_leave(day.row)),
        waiting=tuple(sorted({*settled.waiting, *settled.unanswered})),
        least=_least_known(rules, days, settled),
        requests=settled.doubts,
        unjudged=_dates(day for day in days if _unjudged(rules, day)),
        minutes=uncounted_minutes(day for day in days if not (_unjudged(rules, day) or _untold(day))),
        untold=_dates(day for day in days if _untold(day) and not _unjudged(rules, day)),
        uncounted=any(day.row["late_count"] is None for day in sums),
        unexplained=max((_unexplained(day, settled) for day in sums), default=Fraction(0)),
        overfull=next(filter(None, map(_overfull, sums)), ""),
        contradicted=any(spoils(day) for day in sums),
        differing=tuple(_differing(rules, days)),
        leave=_leave_differs(sums, settled),
        one_sided=_one_sided(days),
    )


def _one_sided(days: Iterable[Day]) -> dict[Lacking, frozenset[str]]:
    """By file and lacking column what its days do not tell: missing punches, and lateness or leaving early, unless the
    file counts them itself.
    """
    found: dict[Lacking, frozenset[str]] = {}
    for day in days:
        if day.lacks and day.came:
            count = count_beside(day.lacks)
            unknown = {count} if day.row[count] is None else set()
            unknown |= PUNCHES_MISSED if missing_punches_said(day.row) is None else set()
            key = (day.row["source_file"] or "", day.lacks, day.lacks_alone)
            found[key] = found.get(key, frozenset()) | unknown
    return {key: unknown for key, unknown in found.items() if unknown}


def count_beside(column: str) -> str:
    """The count that the punches of a column tell as well."""
    return "early_count" if column == "out_at" else "late_count"


def _least_known(rules: WorkingTime, days: Sequence[Day], settled: SettledMonth) -> frozenset[str]:
    found: set[str] = set()
    if settled.waiting:
        found |= ABSENCE | LEAVE_MEASURES | WHOLE_MONTH
    if any(day.came for day in days if day.date in settled.waiting):
        found |= LATENESS | PUNCHES_MISSED
    if settled.unanswered:
        found |= {"unfixed_punches", *(WHOLE_MONTH if rules.missed_punch_spoils else ())}
    return frozenset(found)


def _dates(days: Iterable[Day]) -> tuple[date, ...]:
    return tuple(dict.fromkeys(day.date for day in days))


def _unjudged(rules: WorkingTime, day: Day) -> bool:
    """Rules that know shifts judge lateness by them; a day of no known shift in a file without counts has no judge."""
    timed = bool(rules.shift) and day.came is True and not day.sums and not day.resting
    return timed and day.hours is None and not day.counted


def _untold(day: Day) -> bool:
    """A day on which somebody was due, in a file that neither has punches nor counts who was late."""
    there = not day.sums and not day.resting and not day.explained and day.came is not False and not day.unknown
    return there and (day.due or bool(day.came)) and not day.punched and not day.counted and not sum(leave_said(day))


def _unexplained(day: Day, settled: SettledMonth) -> Fraction:
    """Days due less those worked, absent and on leave."""
    due, worked = day.row["due_days"], day.row["worked_days"]
    if due is None or worked is None:
        return Fraction(0)
    return max(Fraction(0), Fraction(due) - _accounted(day, settled))


def _accounted(day: Day, settled: SettledMonth) -> Fraction:
    """Days that sums call worked, absent or on leave."""
    told = Fraction(day.row["worked_days"] or 0) + Fraction(day.row["absent_days"] or 0)
    return told + max(_asked(settled), sum(leave_said(day), Fraction(0)))


def _overfull(day: Day) -> str:
    """Days worked and days of unpaid or sick leave that are more than those due. Of half days of leave the other half
    is often counted as a day worked: up to a day more is nothing odd.
    """
    due, worked = day.row["due_days"], day.row["worked_days"]
    leave, _ = leave_said(day)
    if due is None or worked is None or not leave or Fraction(worked) + leave <= Fraction(due) + 1:
        return ""
    return f"{figure_text(Fraction(worked))} + {figure_text(leave)} > {figure_text(Fraction(due))}"


def _asked(settled: SettledMonth) -> Fraction:
    return sum((mark.amount for mark in settled.marks if mark.measure == "leave_days"), Fraction(0))


def _leave_differs(sums: Sequence[Day], settled: SettledMonth) -> tuple[Fraction, Fraction] | None:
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
        differ = [(day, said, own) for day, said, own in figures if said != own]
        texts = [f"{day.date:%m-%d} {figure_text(said)} ≠ {figure_text(own)}" for day, said, own in differ]
        if texts:
            yield name, " ".join(shortened(texts, DAYS_SHOWN))
