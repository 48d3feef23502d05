"""What the attendance of people leaves open, said: one warning for each kind of doubt, naming whom it is about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction

from csctl.core.frames.columns import declared_column
from csctl.core.people.called import name_and_id, people_named
from csctl.core.people.roster import row_place
from csctl.core.working_time.cover import Files
from csctl.core.working_time.doubts import ABSENCE, LATENESS, WHOLE_MONTH, Doubts, Lacking, count_beside
from csctl.core.working_time.marks import Row
from csctl.core.working_time.minutes import MINUTES
from csctl.core.working_time.saying import PEOPLE_SHOWN, days_text, figure_text
from csctl.messages import problem
from csctl.policy.to_write import column_line, several_lines
from csctl.problems import Place, Problem, shortened


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
    if (ABSENCE | WHOLE_MONTH) & set(asked):
        found += _with_days("attendance-blank-absent", doubts, lambda one: one.presumed)
    found += _with_days("attendance-punches-unread", doubts, lambda one: one.unread)
    found += _with_days("attendance-leave-unnamed", doubts, lambda one: one.unnamed)
    found += _one_sided_said(doubts, asked)
    if (LATENESS | WHOLE_MONTH) & set(asked):
        found += _with_days("attendance-lateness-unjudged", doubts, lambda one: one.unjudged)
        found += _with_days("attendance-lateness-untold", doubts, lambda one: one.untold)
        found += _about("attendance-lateness-uncounted", [name_and_id(one.agent) for one in doubts if one.uncounted])
    found += _minutes_said(doubts, asked)
    if (ABSENCE | WHOLE_MONTH) & set(asked):
        open_sums = [f"{name_and_id(one.agent)}: {figure_text(one.unexplained)}" for one in doubts if one.unexplained]
        found += _about("attendance-sums-unexplained", open_sums)
    found += _about("attendance-sums-overfull", _of_each(doubts, lambda one: one.overfull))
    found += _about("attendance-leave-differs", _of_each(doubts, lambda one: _differ(*one.leave) if one.leave else ""))
    for name in ("late_count", "absent_days"):
        texts = [
            f"{name_and_id(one.agent)}: {text}" for one in doubts for measure, text in one.differing if measure == name
        ]
        found += _about("attendance-counts-differ", texts, name)
    return found


def _one_sided_said(doubts: Sequence[Doubts], asked: Collection[str]) -> list[Problem]:
    """One warning for each file, naming the header that its lacking column has elsewhere and what to write."""
    unknown: dict[Lacking, set[str]] = {}
    people: dict[str, list[str]] = {}
    for one in doubts:
        for key, measures in one.one_sided.items():
            unknown.setdefault(key, set()).update(measures | WHOLE_MONTH)
            if key[2] and (measures | WHOLE_MONTH) & set(asked):
                people.setdefault(key[1], []).append(name_and_id(one.agent))
    found = [said for column, own in people.items() for said in _about("attendance-side-blank", own, column)]
    return found + [
        problem(
            "attendance-punches-one-sided",
            Place(file),
            next(iter(declared_column("attendance", column).aliases), column),
            column=column,
            lines=several_lines(column_line(name, {"value": "0"}) for name in ("missed_count", count_beside(column))),
        )
        for (file, column, alone), measures in sorted(unknown.items())
        if measures & set(asked) and not alone
    ]


def _of_each(doubts: Sequence[Doubts], text: Callable[[Doubts], str]) -> list[str]:
    """Everybody of whom there is a text, with it."""
    return [f"{name_and_id(one.agent)}: {said}" for one in doubts if (said := text(one))]


def _differ(one: Fraction, other: Fraction) -> str:
    return f"{figure_text(one)} ≠ {figure_text(other)}"


def _about(code: str, texts: Sequence[str], column: str = "") -> list[Problem]:
    return [problem(code, Place(column=column), shortened(texts, PEOPLE_SHOWN))] if texts else []


def _with_days(code: str, doubts: Sequence[Doubts], days: Callable[[Doubts], Sequence[date]]) -> list[Problem]:
    texts = [f"{name_and_id(one.agent)}: {days_text(days(one))}" for one in doubts if days(one)]
    return _about(code, texts)


def _minutes_said(doubts: Sequence[Doubts], asked: Collection[str]) -> list[Problem]:
    """One warning for each count that minutes stand without, with the column to map."""
    found: list[Problem] = []
    for count in MINUTES:
        texts = [_of_days(one, one.minutes[count]) for one in doubts if count in one.minutes]
        if texts and {count, *WHOLE_MONTH} & set(asked):
            shown = shortened(texts, PEOPLE_SHOWN)
            found.append(problem("attendance-minutes-uncounted", Place(column=count), shown, column=count))
    return found


def _of_days(one: Doubts, days: Sequence[date | None]) -> str:
    """Whom it is about, and which days; nothing more for a month's sums."""
    known = [day for day in days if day is not None]
    return f"{name_and_id(one.agent)}: {days_text(known)}" if known else name_and_id(one.agent)


def several_rows_said(rows: Sequence[Row], names: Mapping[str, str]) -> list[Problem]:
    """One warning for days of which several rows say different things about one shift."""
    if not rows:
        return []
    texts = [f"{names.get(row['agent'], row['agent'])} {row['date']:%m-%d}" for row in rows]
    return [problem("attendance-day-several", row_place(rows[0]), shortened(texts, PEOPLE_SHOWN))]
