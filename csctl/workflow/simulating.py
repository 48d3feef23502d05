"""What closed months would have cost under another policy, from their sealed inputs; and one agent's next steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from csctl.core.measuring.derived import needs_following_month
from csctl.core.people.called import agent_called
from csctl.core.prepare import history_months
from csctl.core.result import Agent, MonthResult
from csctl.core.simulating.compare import Simulation, compare
from csctl.core.simulating.next_level import Step, next_levels
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.load import Loaded, load_policy
from csctl.policy.model import Policy
from csctl.problems import Problem, errors
from csctl.sheets.simulation_book import simulation_book
from csctl.sheets.steps_book import steps_book
from csctl.store.publish import publish
from csctl.store.shipped import policy_names
from csctl.workflow.closed import Books, open_books
from csctl.workflow.compute import Asked, Computed, compute
from csctl.workflow.material import Material, Piece, compute_of, past_results
from csctl.workflow.months import months_to_read
from csctl.workspace import open_workspace, policy_source


@dataclass(frozen=True, slots=True)
class SimulateAsked:
    """Which policy (a shipped one, or a file of the workspace) on which closed months; "" leaves an end open."""

    folder: Path
    policy: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Simulated:
    """The comparison; ``language`` is the workspace's. ``actual`` is what the policy that held is called."""

    simulation: Simulation
    actual: str
    policy: Policy
    language: str


def simulate(asked: SimulateAsked) -> tuple[Simulated | None, list[Problem]]:
    """Closed months as they were beside the same months under another policy."""
    workspace, problems = open_workspace(asked.folder)
    books, problems = open_books(workspace) if workspace else (None, problems)
    if books is None:
        return None, problems
    months, problems = _months(books, asked)
    folder = books.workspace.folder
    loaded, found = load_policy(asked.policy, lambda name: policy_source(name, folder), policy_names())
    problems += found
    if loaded is None or errors(problems):
        return None, problems
    made, problems = _simulated(books, loaded, months)
    if errors(problems):
        return None, problems
    simulation = compare([(books.effective(one.month), one) for one in made])
    actual = _label(books, months[-1])
    return Simulated(simulation, actual, loaded.policy, books.workspace.config.language), problems


def _label(books: Books, month: Month) -> str:
    """What the policy of a closed month is called."""
    return books.loaded(books.basis(month)).policy.label


def save_simulation(simulated: Simulated, file: Path) -> list[Problem]:
    """Write the comparison as a workbook."""
    names = (simulated.actual, simulated.policy.label)
    content = simulation_book(simulated.simulation, simulated.language, names)
    return publish(file.parent, {file.name: content})


def save_steps(steps: Sequence[Step], agent: Agent, computed: Computed, file: Path) -> list[Problem]:
    """Write an agent's next levels as a workbook."""
    content = steps_book(steps, agent, computed.month, computed.workspace.config.language)
    return publish(file.parent, {file.name: content})


def steps_of(asked: Asked, who: str) -> tuple[list[Step] | None, Agent | None, Computed | None, list[Problem]]:
    """How far an agent is from the next levels, and what each would pay, in the month asked for."""
    computed, problems = compute(asked)
    if computed is None:
        return None, None, None, problems
    agent, problems = agent_called(computed.result.agents, who, computed.month)
    if agent is None:
        return None, None, computed, problems
    return next_levels(computed.given, computed.result, agent.agent_id), agent, computed, []


def _months(books: Books, asked: SimulateAsked) -> tuple[list[Month], list[Problem]]:
    if not books.months:
        return [], [problem("ledger-none")]
    ends = [Month.parse(text) if text else None for text in (asked.first, asked.last)]
    problems = [
        problem("month-malformed", found=text)
        for text, end in zip((asked.first, asked.last), ends, strict=True)
        if text and end is None
    ]
    first, last = ends[0] or books.months[0], ends[1] or books.months[-1]
    months = [month for month in books.months if first <= month <= last]
    if not months and not problems:
        problems = [problem("simulate-no-month", found=f"{first} – {last}", months=", ".join(map(str, books.months)))]
    return months, problems


def _simulated(books: Books, loaded: Loaded, months: list[Month]) -> tuple[list[MonthResult], list[Problem]]:
    """The months under the other policy, each building on those before it as simulated; up to the first that fails."""
    made: dict[Month, MonthResult] = {}
    for month in months:
        material = _under(books, loaded, month)
        past = past_results(material, lambda earlier: made.get(earlier) or books.known(earlier))
        _, made[month] = compute_of(material, month, past)
        problems = errors(made[month].problems)
        if problems:
            return [], [_in_month(problem, month) for problem in problems]
    return list(made.values()), []


def _in_month(problem: Problem, month: Month) -> Problem:
    """A problem of a month's own, which names no file, as one of that month among several."""
    return problem if problem.place.file else replace(problem, place=replace(problem.place, file=str(month)))


def _under(books: Books, loaded: Loaded, month: Month) -> Material:
    """What a closed month is computed from under another policy, which may look at more months than its own did."""
    material, policy = books.material(month), loaded.policy
    history = {*material.history, *history_months(policy, month, books.months)}
    return replace(
        material,
        loaded=loaded,
        rulings=replace(books.rulings(policy), booked=()),
        history=tuple(sorted(history)),
        pieces=(*material.pieces, *_more_pieces(books, policy, month, {one.month for one in material.pieces})),
    )


def _more_pieces(books: Books, policy: Policy, month: Month, there: set[Month | None]) -> list[Piece]:
    """Rows of other closed months that the policy looks at and the month's own did not."""
    following = month.shift(1)
    wanted = dict.fromkeys(months_to_read(policy, [month], set(books.months)), "")
    if following in books.seals and needs_following_month(policy):
        wanted[following] = "interactions"
    return [
        piece
        for one, table in sorted(wanted.items())
        if one not in there
        for piece in books.pieces(books.basis(one))
        if piece.month == one and piece.table in (table or piece.table,)
    ]
