"""What the rows of attendance say against each other or against the policy, grouped: one warning for each kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from csctl.core.people.roster import row_place
from csctl.core.working_time.corrections import VerdictStanding, unread_remark, verdict_parts
from csctl.core.working_time.day_faults import lateness, leave_said, leaving_early
from csctl.core.working_time.days import Day
from csctl.core.working_time.marks import Row, place_key
from csctl.core.working_time.rows import punched_otherwise
from csctl.core.working_time.saying import figure_text
from csctl.core.working_time.shifts import hours_differ, named_shift, several_named
from csctl.core.working_time.verdicts import is_known_verdict, is_rest_said, unknown_verdict, verdict_names
from csctl.messages import problem
from csctl.policy.working_time import WorkingTime
from csctl.problems import Problem, shortened
from csctl.words import ABSENT_WORDS, EARLY_WORDS, IN_ORDER, LATE_WORDS, NO_PUNCH, same_word

Names = Mapping[str, str]
"""By agent how somebody is named in what is said."""
SHOWN = 4
LONGEST_MONTH = 31
SUMMED = ("due_days", "worked_days", "absent_days", "late_count", "early_count", "missed_count")


def contradictions(days: Mapping[str, Sequence[Day]], rules: WorkingTime, names: Names) -> list[Problem]:
    """The warnings about rows of days, whoever they are about.

    ``days`` are those of the month, by agent; ``names`` tell how each agent is named.
    """
    every = [day for own in days.values() for day in own]
    single = [day for day in every if not day.sums]
    impossible = [(day.row, _punches(day.row)) for day in single if day.impossible]
    found = _said("attendance-punches-impossible", impossible, names)
    idle = [(day.row, day.row["shift"] or "") for day in single if day.idle]
    found += _said("attendance-second-shift-blank", idle, names)
    words = [day.row for day in single if unknown_verdict(day.row)]
    found += _by_text("attendance-verdict-unknown", [(row, row["result"]) for row in words])
    pending = [(day.row, day.row["result"]) for day in single if day.pending]
    found += _by_text("attendance-verdict-pending", pending)
    remarks = [(day.row, day.row["result"]) for day in single if _is_remarked(day)]
    found += _by_text("attendance-verdict-remark", remarks)
    found += _said("attendance-verdict-differs", [pair for day in single for pair in _verdict(day, rules)], names)
    shifts = [day for day in single if day.due and day.row["shift"]]
    found += _by_text("attendance-shift-hours-differ", list(_other_hours(shifts, rules)))
    several = [(day.row, day.row["shift"]) for day in shifts if several_named(rules.shift, day.row["shift"])]
    found += _by_text("attendance-shifts-several", several)
    sums = [(day.row, _figures(day.row)) for day in every if day.sums and contradicted(day)]
    return found + _said("attendance-sums-contradict", sums, names, dated=False)


def contradicted(day: Day) -> bool:
    """Whether the figures of a row of sums cannot all be right."""
    row = day.row
    if any(row[name] is not None and row[name] < 0 for name in SUMMED):
        return True
    if row["due_days"] is None or row["worked_days"] is None:
        return False
    due, worked, absent = (Fraction(row[name] or 0) for name in SUMMED[:3])
    leave = sum(leave_said(day), Fraction(0))
    # Too much leave without absence is compared with the requests instead; of a half day of leave the other half is
    # often counted as a day worked.
    told = worked + (absent + max(leave - 1, Fraction(0)) if absent else 0)
    return told > due or max(due, worked) > LONGEST_MONTH


def _figures(row: Row) -> str:
    """The figures of SUMMED, in that order, as the message names them."""
    return " / ".join("–" if row[name] is None else figure_text(Fraction(row[name])) for name in SUMMED)


def spoils(day: Day) -> bool:
    """Whether contradicting sums leave open if anybody was absent: more than days worked beyond those due."""
    if not contradicted(day):
        return False
    row = day.row
    beyond = max(row["due_days"] or 0, row["worked_days"] or 0) > LONGEST_MONTH or row["due_days"] == 0
    return beyond or bool(row["absent_days"]) or any(row[name] is not None and row[name] < 0 for name in SUMMED)


def two_files_said(rows: Sequence[Row], names: Names) -> list[Problem]:
    """One warning for each two files with other first and last punches of the same person and day."""
    found: dict[tuple[str, str], list[tuple[Row, str]]] = {}
    for one, other in punched_otherwise(sorted(rows, key=lambda row: (row["date"], place_key(row)))):
        files = (one["source_file"] or "", other["source_file"] or "")
        found.setdefault(files, []).append((other, f"{_punches(one)} ≠ {_punches(other)}"))
    code = "attendance-punches-in-two-files"
    return [said for (first, _), pairs in sorted(found.items()) for said in _said(code, pairs, names, first=first)]


def _verdict(day: Day, rules: WorkingTime) -> Iterable[tuple[Row, str]]:
    """Where the verdict names something else than the punches show."""
    row = day.row
    verdict = same_word(row["result"] or "")
    if (
        not verdict
        or not day.due
        or not day.punched
        or day.explained
        or day.unknown
        or sum(leave_said(day), Fraction(0))
        or any(standing is VerdictStanding.CORRECTED for _, standing in verdict_parts(row["result"]))
    ):
        return
    if day.in_at is None and day.out_at is None:
        if verdict in IN_ORDER or verdict_names(row, LATE_WORDS | EARLY_WORDS):
            yield row, f"{row['result']} ≠ –"
        return
    if day.hours is None or not is_known_verdict(row["result"]) or is_rest_said(row):
        return
    both = day.in_at is not None and day.out_at is not None
    late, early = bool(lateness(day, rules.grace_minutes).times), bool(leaving_early(day).times)
    named = [verdict_names(row, words) for words in (LATE_WORDS, EARLY_WORDS, frozenset(NO_PUNCH))]
    differs = verdict_names(row, ABSENT_WORDS) and both
    if verdict in IN_ORDER:
        # The verdict beside a lone punch is that punch's.
        differs = late or early or (not both and row["in_at"] != row["out_at"])
    elif not verdict_names(row, ABSENT_WORDS):
        differs = (
            (named[0] and day.in_at and not late) or (named[1] and day.out_at and not early) or (named[2] and both)
        )
    if differs:
        yield row, f"{row['result']} ≠ {_punches(row)}"


def _is_remarked(day: Day) -> bool:
    """Whether a fault counts of whose verdict a part is not understood."""
    excused = day.explained or any(leave_said(day))
    return day.due and not excused and unread_remark(day.row["result"])


def _other_hours(days: Iterable[Day], rules: WorkingTime) -> Iterable[tuple[Row, str]]:
    for day in days:
        text = day.row["shift"]
        shift = named_shift(rules.shift, text)
        if shift is not None and hours_differ(text, shift):
            yield day.row, f"{text} ≠ {shift.start}-{shift.end}"


def _said(
    code: str, found: Sequence[tuple[Row, str]], names: Names, *, dated: bool = True, **more: str
) -> list[Problem]:
    """One warning with the first rows, each with its person, day and text, and how many there are."""
    if not found:
        return []
    ordered = sorted(found, key=_by_place)
    texts = [
        f"{_who(row, names)} {row['date']:%m-%d} {text}" if dated else f"{_who(row, names)} {text}"
        for row, text in ordered
    ]
    return [problem(code, row_place(ordered[0][0]), shortened(texts, SHOWN), rows=len(texts), **more)]


def _who(row: Row, names: Names) -> str:
    return names.get(row["agent"], str(row["agent"]))


def _by_place(pair: tuple[Row, str]) -> tuple[str, str, int]:
    return place_key(pair[0])


def _by_text(code: str, found: Sequence[tuple[Row, str]]) -> list[Problem]:
    """One warning with the distinct texts, each with the number of its rows."""
    if not found:
        return []
    counts: dict[str, int] = {}
    ordered = sorted(found, key=_by_place)
    for _, text in ordered:
        counts[text] = counts.get(text, 0) + 1
    texts = [f"{text} ({count})" for text, count in counts.items()]
    return [problem(code, row_place(ordered[0][0]), shortened(texts, 2 * SHOWN), rows=len(ordered))]


def _punches(row: Row) -> str:
    """Both punches as read, with the day where it is another one."""
    known = [row[name] for name in ("in_at", "out_at")]
    return " ".join(
        "–" if at is None else f"{at:%H:%M}" if at.date() == row["date"] else f"{at:%m-%d %H:%M}" for at in known
    )
