"""What closed months would have cost under another policy, from their sealed inputs; and one agent's next steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from csctl.core.measuring.derived import tables_of_following_month
from csctl.core.people.called import agent_called
from csctl.core.preparing.looking_back import history_months
from csctl.core.records.agent import Agent
from csctl.core.records.result import MonthResult
from csctl.core.simulating.compare import Simulation, compare
from csctl.core.simulating.next_level import NextStep, next_levels
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.load import Loaded, load_policy
from csctl.policy.model import Policy
from csctl.problems import Problem, errors
from csctl.readers.imports import Progress
from csctl.sheets.simulation_book import simulation_book
from csctl.sheets.steps_book import steps_book
from csctl.store.publish import publish
from csctl.store.shipped import policy_names
from csctl.workflow.inputs.material import Material, MaterialPart, compute_of, past_results
from csctl.workflow.inputs.months import months_to_read
from csctl.workflow.ledger.closed import Books, open_books
from csctl.workflow.month.compute import Asked, Computed, compute
from csctl.workflow.simulating.simulated_months import ActualMonths, actual_months
from csctl.workspace import open_workspace, policy_source


@dataclass(frozen=True, slots=True)
class SimulateAsked:
    """Which policy (a shipped one, or a file of the workspace) on which months; "" leaves an end open."""

    folder: Path
    policy: str
    first: str
    last: str
    today: date
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Simulated:
    """The comparison; ``language`` is the workspace's. ``actual`` is what the policy that held is called.

    ``provisional``: no month is closed, and what is compared may still change.
    """

    simulation: Simulation
    actual: str
    policy: Policy
    language: str
    provisional: bool = False


def simulate_months(asked: SimulateAsked) -> tuple[Simulated | None, list[Problem]]:
    """Closed months as they were beside the same months under another policy; open ones where none was ever closed."""
    workspace, problems = open_workspace(asked.folder)
    books, problems = open_books(workspace) if workspace else (None, problems)
    if books is None:
        return None, problems
    actual, problems = actual_months(books, Asked(asked.folder, asked.last or None, asked.today, asked.progress))
    if actual is None:
        return None, problems
    months, problems = _months(actual, asked)
    folder = books.workspace.folder
    loaded, found = load_policy(asked.policy, lambda name: policy_source(name, folder), policy_names())
    problems += found
    if loaded is None or errors(problems):
        return None, problems
    made, problems = _simulated(books, actual, loaded, months)
    if errors(problems):
        return None, problems
    simulation = compare([(actual.result(one.month), one) for one in made])
    language = books.workspace.config.language
    return Simulated(
        simulation, _label(books, actual, months[-1]), loaded.policy, language, actual.provisional
    ), problems


def _label(books: Books, actual: ActualMonths, month: Month) -> str:
    """What the policy of a month is called."""
    return actual.label if actual.provisional else books.loaded(books.basis(month)).policy.label


def save_simulation(simulated: Simulated, file: Path) -> list[Problem]:
    """Write the comparison as a workbook."""
    names = (simulated.actual, simulated.policy.label)
    content = simulation_book(simulated.simulation, simulated.language, names, provisional=simulated.provisional)
    return publish(file.parent, {file.name: content})


def save_steps(steps: Sequence[NextStep], agent: Agent, computed: Computed, file: Path) -> list[Problem]:
    """Write an agent's next levels as a workbook."""
    content = steps_book(steps, agent, computed.month, computed.workspace.config.language)
    return publish(file.parent, {file.name: content})


def agent_next_steps(
    asked: Asked, who: str
) -> tuple[list[NextStep] | None, Agent | None, Computed | None, list[Problem]]:
    """How far an agent is from the next levels, and what each would pay, in the month asked for."""
    computed, problems = compute(asked)
    if computed is None:
        return None, None, None, problems
    agent, problems = agent_called(computed.result.agents, who, computed.month)
    if agent is None:
        return None, None, computed, problems
    return next_levels(computed.given, computed.result, agent.agent_id), agent, computed, []


def _months(actual: ActualMonths, asked: SimulateAsked) -> tuple[list[Month], list[Problem]]:
    ends = [Month.parse(text) if text else None for text in (asked.first, asked.last)]
    problems = [
        problem("month-malformed", found=text)
        for text, end in zip((asked.first, asked.last), ends, strict=True)
        if text and end is None
    ]
    first, last = ends[0] or actual.months[0], ends[1] or actual.months[-1]
    months = [month for month in actual.months if first <= month <= last]
    if not months and not problems:
        known = ", ".join(map(str, actual.months))
        problems = [problem("simulate-no-month", found=f"{first} – {last}", months=known)]
    return months, problems


def _simulated(
    books: Books, actual: ActualMonths, loaded: Loaded, months: list[Month]
) -> tuple[list[MonthResult], list[Problem]]:
    """The months under the other policy, each building on those before it as simulated; up to the first that fails."""
    made: dict[Month, MonthResult] = {}
    for month in months:
        material = _under(books, actual, loaded, month)
        past = past_results(material, lambda earlier: made.get(earlier) or actual.known(earlier))
        _, made[month] = compute_of(material, month, past)
        problems = errors(made[month].problems)
        if problems:
            return [], [_in_month(problem, month) for problem in problems]
    return list(made.values()), []


def _in_month(problem: Problem, month: Month) -> Problem:
    """A problem of a month's own, which names no file, as one of that month among several."""
    return problem if problem.place.file else replace(problem, place=replace(problem.place, file=str(month)))


def _under(books: Books, actual: ActualMonths, loaded: Loaded, month: Month) -> Material:
    """What a month is computed from under another policy, which may look at more months than its own did."""
    material, policy = actual.material(month), loaded.policy
    history = {*material.history, *history_months(policy, month, actual.months)}
    return replace(
        material,
        loaded=loaded,
        rulings=replace(books.rulings(policy), booked=()),
        history=tuple(sorted(history)),
        pieces=(*material.pieces, *_more_pieces(actual, policy, month, material.pieces)),
    )


def _more_pieces(actual: ActualMonths, policy: Policy, month: Month, own: Sequence[MaterialPart]) -> list[MaterialPart]:
    """Rows of other months that the policy looks at and the month's own did not."""
    following = month.shift(1)
    there = {one.month for one in own}
    wanted = [one for one in months_to_read(policy, [month], set(actual.months)) if one not in there]
    pieces = [piece for one in wanted for piece in actual.pieces(one)]
    if following not in actual.months:
        return pieces
    asked = tables_of_following_month(policy) - {one.table for one in own if one.month == following}
    return [*pieces, *(one for one in actual.pieces(following) if one.table in asked and one.month == following)]
