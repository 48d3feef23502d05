"""Who must do what by when, from the exports of the last months and the ledger's open appeals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from csctl.core.checking.expected import Expecting
from csctl.core.frames.frame import Frame
from csctl.core.measuring.derived import with_derived
from csctl.core.people.identity import build_identity
from csctl.core.people.roster import agents_of_month, people_on_roster
from csctl.core.people.workdays import WorkCalendar
from csctl.core.preparing.tables import credited_tables
from csctl.core.records.agent import Agent
from csctl.core.worklist.attendance import leave_forms, missing_punch_todos
from csctl.core.worklist.duties import Duty, duties
from csctl.core.worklist.expected import rows_to_come
from csctl.core.worklist.rows import PeopleIndex, todos_of
from csctl.core.worklist.todos import Todo, days_overdue, distinct_todos, in_turn, wanted
from csctl.messages import problem, say
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import NOWHERE, Problem, errors
from csctl.sheets.tasks_book import tasks_book
from csctl.store.canonical import open_frame, read_rows
from csctl.store.publish import publish
from csctl.tables import TABLES
from csctl.workflow.calling import Calling
from csctl.workflow.inputs.calendars import calendar_of
from csctl.workflow.inputs.gathering import Gathering, errors_of, months_inside
from csctl.workflow.inputs.material import months_read
from csctl.workflow.ledger.closed import Books, open_books
from csctl.workflow.month.compute import Asked
from csctl.workspace import Workspace, months_in_names, open_workspace, workspace_policy

WORKING_TIME = frozenset({"attendance", "leave", "punch_fixes"})


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which of the things to show. ``agent`` is a staff number or a name."""

    agent: str | None = None
    kind: str | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Worklist:
    """What is still to be done on a day, in turn; exports since the month ``since`` were looked at."""

    workspace: Workspace
    on: date
    since: Month
    todos: tuple[Todo, ...]


def worklist(asked: Asked, months_back: int, shown: TaskFilter) -> tuple[Worklist | None, list[Problem]]:
    """The list as of ``asked.today``, from that month's exports and those of ``months_back`` months before it."""
    workspace, problems = open_workspace(asked.folder, asked.language)
    if workspace is None:
        return None, problems
    books, problems = open_books(workspace)
    loaded, found = workspace_policy(workspace)
    if books is None or loaded is None:
        return None, problems + found
    language = workspace.config.language
    wanted_duties = duties(loaded.policy, language)
    needed = {duty.table for duty in wanted_duties} | (WORKING_TIME if loaded.policy.working_time else set())
    needed |= tables_of_checks(loaded.policy)
    looking = _Looking(workspace, asked, months_back, needed)
    if errors(looking.problems):
        return None, looking.problems
    calendar, problems = calendar_of(workspace, loaded.policy)
    if calendar is None:
        return None, problems
    todos = [
        *looking.duties(loaded.policy, wanted_duties),
        *looking.working_time(loaded.policy, books),
        *_appeals(books, looking.people, asked.today, language),
    ]
    todos = [*distinct_todos(todos), *looking.expected(loaded.policy, books, calendar)]
    who, problems = _number(looking, shown.agent)
    if problems:
        return None, problems
    found_todos = wanted(in_turn(todos), who, shown.kind, overdue=shown.overdue)
    return Worklist(workspace, asked.today, looking.since, tuple(found_todos)), looking.problems


def tables_of_checks(policy: Policy) -> set[str]:
    """The tables whose rows a policy expects, and those that say whose turn it is."""
    expecting = [check for check in policy.check if check.expected]
    return {check.table for check in expecting} | {
        check.expected.rota.table for check in expecting if check.expected and check.expected.rota
    }


def save_worklist(found: Worklist, file: Path) -> list[Problem]:
    """Write the list as a workbook; what stood in the way, if anything."""
    config = found.workspace.config
    return publish(file.parent, {file.name: tasks_book(found.todos, found.on, config.name, config.language)})


class _Looking:
    """The rows of the months looked at, and the people of the last month that has a roster."""

    def __init__(self, workspace: Workspace, asked: Asked, months_back: int, tables: set[str]) -> None:
        sources = tuple(one for one in workspace.sources if one.table in tables | {"roster"})
        gathering = Gathering(replace(workspace, sources=sources), asked.progress)
        undated = gathering.undated()
        this = Month.of(asked.today)
        self.since = this.shift(-months_back)
        with_data = months_in_names(gathering.workspace) | months_inside(undated)
        self.months = [one for one in sorted(with_data) if self.since <= one <= this.shift(1)]
        gathering.months(self.months)
        self.on = asked.today
        self.language = workspace.config.language
        self.problems = errors_of(gathering.brought)
        config = workspace.config
        paths = {
            table: [one.path for one in gathering.pieces if one.table == table and one.path] for table in sorted(tables)
        }
        self.frames: Mapping[str, Frame] = {
            table: open_frame(table, found, config.engine, config.spark) for table, found in paths.items() if found
        }
        self.read = months_read(gathering.pieces)
        rosters = {one.month: one.path for one in gathering.pieces if one.table == "roster" and one.path}
        latest = max((month for month in rosters if month is not None), default=None)
        self.roster = read_rows("roster", [path for month, path in rosters.items() if month in (None, latest)])
        identity, found = build_identity(people_on_roster(self.roster), workspace.config.aliases)
        self.problems += errors(found)
        self.people = PeopleIndex(identity, {row["agent_id"]: row["agent_name"] or "" for row in self.roster})

    def duties(self, policy: Policy, wanted_duties: Sequence[Duty]) -> list[Todo]:
        """What every duty asks for."""
        frames = with_derived(policy, self.frames)
        return [
            one
            for duty in wanted_duties
            if duty.table in frames
            for one in todos_of(duty, frames[duty.table], self.people, self.on)
        ]

    def working_time(self, policy: Policy, books: Books) -> list[Todo]:
        """Punches to be mended in months that are not closed, and forms for leave."""
        tables = credited_tables(policy, {name: self.frames[name] for name in WORKING_TIME & set(self.frames)},
                                 self.people.identity)  # fmt: skip
        found = [
            one
            for month in self._open_months(books)
            for one in missing_punch_todos(policy, tables, self.agents(policy, month), month, self.on, self.language)
        ]
        if "leave" in self.frames:
            found += leave_forms(policy, self.frames["leave"], self.people, self.on, self.language)
        return found

    def expected(self, policy: Policy, books: Books, calendar: WorkCalendar) -> list[Todo]:
        """What must be in the rows of months that are not closed, and is in none."""
        if not any(check.expected for check in policy.check):
            return []
        by_agent = {name: frame for name, frame in self.frames.items() if TABLES[name].has_agents}
        frames = {**self.frames, **credited_tables(policy, by_agent, self.people.identity, calendar=calendar)}
        return [
            one
            for month in self._open_months(books)
            for one in rows_to_come(
                policy,
                frames,
                Expecting(self.agents(policy, month), calendar, self.read),
                month,
                self.on,
                self.people.names,
            )
        ]

    def _open_months(self, books: Books) -> list[Month]:
        """Those that have begun and are not closed."""
        return [month for month in self.months if month not in books.seals and month.first <= self.on]

    def agents(self, policy: Policy, month: Month) -> list[Agent]:
        """Who is employed in a month."""
        return agents_of_month(self.roster, month, policy)[0]


def _number(looking: _Looking, who: str | None) -> tuple[str | None, list[Problem]]:
    """The staff number of somebody named by number or name; None for nobody in particular."""
    if who is None:
        return None, []
    number = looking.people.identity.resolve(who, who)
    if number is not None:
        return number, []
    meant = sorted(looking.people.identity.meant_by(who))
    if meant:
        return None, [problem("agent-not-unique", found=who, known=tuple(meant))]
    known = tuple(f"{number} {name}" for number, name in sorted(looking.people.names.items()))
    return None, [problem("agent-not-found", found=who, month=Month.of(looking.on), known=known)]


def _appeals(books: Books, known: PeopleIndex, on: date, language: str) -> list[Todo]:
    """Appeals filed in the ledger and not decided."""
    words, ledger = say("worklist-do-appeal", language), say("worklist-ledger", language)
    calling = Calling(books, on, language)
    return [
        Todo(
            due=one.filed.due,
            overdue_days=days_overdue(one.filed.due, on),
            agent_id=one.filed.agent_id,
            name=known.names.get(one.filed.agent_id, ""),
            kind="appeals",
            what=words,
            about=f"{one.filed.month} · {calling.item(one.filed.item, one.filed.month)}",
            place=replace(NOWHERE, file=ledger, row=one.filed.number),
            rule="",
            step="decided_on",
        )
        for one in books.appeals
        if one.decided is None and one.filed.on <= on
    ]
