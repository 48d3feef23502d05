"""A roster proposed from the people whom files name, where nobody has given one."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO

from csctl.messages import LANGUAGES, say
from csctl.problems import shortened
from csctl.readers.proposing.questions import Choice, Matter, Question
from csctl.readers.proposing.viewing import View
from csctl.tables import TABLES
from csctl.words import fold
from csctl.workflow.adopting.records import NamedPerson, Settled
from csctl.workflow.starting import header_of

ROSTER_STEMS = ("roster", "adopted-roster")
"""How the file of a proposed roster is called: the first that is free."""
ONE, TWO = "one-person", "two-people"
TO_FILL_IN = ("group", "post", "level", "hired_on", "left_on", "base_pay")
"""Columns of a roster that no export tells: they stand there empty."""
COLUMNS = ("number", "name", *TO_FILL_IN, "accounts", "first", "last")


@dataclass(slots=True)
class _Seen:
    """Rows of one number, or of one name without a number; ``files`` are the exports that name it."""

    names: Counter[str] = field(default_factory=Counter)
    days: set[date] = field(default_factory=set)
    files: set[str] = field(default_factory=set)

    def add(self, name: str, day: date | None, files: str) -> None:
        self.names.update([name] if name else [])
        self.days.update([day] if day else [])
        self.files.add(files)


@dataclass(frozen=True, slots=True)
class People:
    """Who stands on the proposed roster; ``same`` are numbers taken for another's by their name (number, other, name);
    ``unknown`` are names of which no file tells the number.
    """

    found: tuple[NamedPerson, ...]
    same: tuple[tuple[str, str, str], ...] = ()
    unknown: tuple[str, ...] = ()


def known_people(settled: Iterable[Settled]) -> frozenset[str]:
    """Folded names and numbers of all people whom files name."""
    return frozenset(fold(text) for number, name, _, _ in _rows(settled) for text in (number, name) if text)


def people_of(settled: Sequence[Settled], *, joined: bool = True) -> People:
    """Everybody with a number, by number; where no file has numbers, everybody by name.

    A name without a number is that person's who alone bears it. Two numbers of one name that no export has both are
    the same person in two systems, as far as files can tell; not unless ``joined``.
    """
    by_number: dict[str, _Seen] = defaultdict(_Seen)
    by_name: dict[str, _Seen] = defaultdict(_Seen)
    for number, name, day, files in _rows(settled):
        (by_number[number] if number else by_name[fold(name)]).add(name, day, files)
    if not by_number:
        by_themselves = (_person("", seen, []) for seen in by_name.values())
        return People(tuple(sorted(by_themselves, key=lambda one: one.name)))
    others = _in_other_systems(by_number) if joined else {}
    found = [_person(number, seen, others.get(number, [])) for number, seen in _joined(by_number, by_name, others)]
    borne = {fold(name) for seen in by_number.values() for name in seen.names} | {fold(one) for one in by_number}
    unknown = [seen.names.most_common(1)[0][0] for name, seen in by_name.items() if name not in borne]
    same = [(number, other, by_number[number].names.most_common(1)[0][0])
            for number, several in others.items() for other in several]  # fmt: skip
    return People(tuple(sorted(found, key=lambda one: one.number)), tuple(sorted(same)), tuple(sorted(unknown)))


def same_question(people: People) -> Question:
    """Whether the numbers of one name are one person's: one question for all of them."""
    pairs = shortened([f"{name}: {number} = {other}" for number, other, name in people.same])
    choices = (Choice(ONE, says="adopt-choice-yes"), Choice(TWO, says="adopt-choice-no"))
    return Question("", Matter.SAME, "", {"pairs": pairs}, choices, ONE)


def _in_other_systems(by_number: dict[str, _Seen]) -> dict[str, list[str]]:
    """By the number that most exports have, others of the same name that stand in no export with it."""
    bearing: dict[str, list[str]] = defaultdict(list)
    for number, seen in by_number.items():
        for name in seen.names:
            bearing[fold(name)].append(number)
    found: dict[str, list[str]] = {}
    for numbers in bearing.values():
        files = [by_number[number].files for number in numbers]
        apart = sum(map(len, files)) == len(set().union(*files))
        if len(numbers) > 1 and apart and not {one for several in found.values() for one in several} & set(numbers):
            first, *rest = sorted(numbers, key=lambda one: (-len(by_number[one].files), one))
            found[first] = rest
    return found


def _joined(
    by_number: dict[str, _Seen], by_name: dict[str, _Seen], others: dict[str, list[str]]
) -> Iterator[tuple[str, _Seen]]:
    """Each person's number with all that was seen of the person."""
    elsewhere = {one for several in others.values() for one in several}
    own = {number: [number, *others.get(number, [])] for number in by_number if number not in elsewhere}
    bearing = Counter(
        fold(name) for numbers in own.values() for name in {n for one in numbers for n in by_number[one].names}
    )
    for number, numbers in own.items():
        seen = _Seen()
        for one in [by_number[each] for each in numbers]:
            seen.names.update(one.names)
            seen.days |= one.days
        for name in list(seen.names):
            if bearing[fold(name)] == 1 and fold(name) in by_name:
                seen.days |= by_name[fold(name)].days
        yield number, seen


def _person(number: str, seen: _Seen, others: Sequence[str]) -> NamedPerson:
    name = seen.names.most_common(1)[0][0] if seen.names else number
    days = sorted(seen.days)
    first, last = (days[0].isoformat(), days[-1].isoformat()) if days else ("", "")
    return NamedPerson(number or name, name, first, last, "、".join(others))


def _rows(settled: Iterable[Settled]) -> Iterator[tuple[str, str, date | None, str]]:
    for one in settled:
        for each in one.views if one.draft else ():
            yield from _of_view(each)


def _of_view(view: View) -> Iterator[tuple[str, str, date | None, str]]:
    """Number, name, day and export of the rows of a file, each once."""
    table = TABLES[view.draft.table]
    for imported in view.imports if table.has_agents else ():
        columns = imported.columns
        days = columns[table.dated] if table.dated else [None] * len(columns["agent_id"])
        for number, name, day in dict.fromkeys(
            (_text(number), _text(name), _day(day))
            for number, name, day in zip(columns["agent_id"], columns["agent_name"], days, strict=True)
        ):
            if number or name:
                yield number, name, day, view.files


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def roster_text(people: Sequence[NamedPerson], language: str, before: str = "") -> str:
    """The proposed roster; of one that is there already every row stays, and only its last day seen is renewed."""
    rows = (
        list(csv.reader(StringIO(before.lstrip("\ufeff")))) if before else [[_head(one, language) for one in COLUMNS]]
    )
    meanings = [_meant(head) for head in rows[0]]
    at = {meant: index for index, meant in enumerate(meanings) if meant}
    known = {row[at["number"]]: row for row in rows[1:] if len(row) == len(rows[0])} if "number" in at else {}
    for one in people:
        row = known.get(one.number)
        if row is None:
            rows.append([str(getattr(one, meant, "")) if meant else "" for meant in meanings])
        elif "last" in at:
            row[at["last"]] = max(row[at["last"]], one.last)
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return "\ufeff" + text.getvalue()


def _head(name: str, language: str) -> str:
    """The header of one of COLUMNS."""
    column = TABLES["roster"].column(name) if name in TO_FILL_IN else None
    return header_of(column, language) if column else say(f"adopt-roster-{name}", language)


def _meant(head: str) -> str:
    """Which of COLUMNS a header is, in whichever language; "" for one of somebody's own."""
    return next((name for name in COLUMNS for language in LANGUAGES if _head(name, language) == head), "")
