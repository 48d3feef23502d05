"""Appeals: filed against one item of one month, decided, and what a decision moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from csctl.core.closing.differences import PayDelta, PoolMove, pay_deltas, pool_moves
from csctl.core.closing.publishing import not_appealable
from csctl.core.deciding.appeals import Appeal, Decided, Filed, Outcome, decision_due, decisions_of, last_filing_day
from csctl.core.deciding.item_stands import ItemStands, hanging_on, item_stands
from csctl.core.deciding.items import check_decision, find_item, indicator_of
from csctl.core.people.called import agent_called
from csctl.core.records.decision import Decision
from csctl.core.records.result import MonthResult
from csctl.core.scoring.decided import parse_decided_value
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Problem, errors
from csctl.store.ledger.entries import EntryDraft
from csctl.store.seals import document_of
from csctl.workflow.closing.correcting import correction_drafts, first_open
from csctl.workflow.inputs.material import compute_of, past_results
from csctl.workflow.ledger.closed import Books, append_to_ledger, open_books
from csctl.workflow.ledger.recomputing import Again, again_from_seals
from csctl.workflow.ledger.unsealing import DECIDED, FILED
from csctl.workflow.month.compute import Asked, Computed, compute
from csctl.workflow.session import hindered_state, session
from csctl.workspace import open_workspace

AppealingState = Literal["filed", "decided", "declined", "stopped", "busy"]


@dataclass(frozen=True, slots=True)
class FileAsked:
    """Who objects to which item (id or label), why, what it should be ("" if not said), and who files it."""

    asked: Asked
    agent: str
    item: str
    reason: str
    claim: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class DecideAsked:
    """The decision on an appeal. ``value`` "" takes what was claimed."""

    asked: Asked
    number: int
    outcome: Outcome
    value: str
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class AppealMoved:
    """What a decision changes in one month: pay lines, and everybody's shares of pools; ``names`` are the agents'.

    ``old_item`` and ``new_item`` are the item that was appealed, in the appeal's own month.
    """

    month: Month
    closed: bool
    old_score: str
    new_score: str
    deltas: tuple[PayDelta, ...]
    moves: tuple[PoolMove, ...]
    names: Mapping[str, str]
    old_item: ItemStands | None = None
    new_item: ItemStands | None = None


@dataclass(frozen=True, slots=True)
class Appealing:
    """What came of it. ``into`` is the open month that the money of closed months goes into.

    ``collected``: appeals that were filed together, from what came back on forms. ``hanging``: what else the policy
    makes of the data behind the item, which the decision leaves alone.
    """

    state: AppealingState
    appeal: Appeal | None = None
    collected: tuple[Appeal, ...] = ()
    moved: tuple[AppealMoved, ...] = ()
    into: Month | None = None
    problems: tuple[Problem, ...] = ()
    hanging: tuple[str, ...] = ()


Agree = Callable[[Appealing], bool]
"""Shown what a decision would move; whether to book it."""


def list_appeals(asked: Asked) -> tuple[list[Appeal] | None, list[Problem]]:
    """Every appeal by number."""
    workspace, problems = open_workspace(asked.folder)
    books, problems = open_books(workspace) if workspace else (None, problems)
    return (list(books.appeals), []) if books else (None, problems)


def file_appeal(wanted: FileAsked) -> Appealing:
    """Book an appeal, if it is in time and about something that can be decided."""
    return locked(wanted.asked, lambda: _file(wanted))


def decide_appeal(wanted: DecideAsked, agree: Agree) -> Appealing:
    """Book a decision. In an open month it counts from the next run on; a closed one is corrected at once."""
    return locked(wanted.asked, lambda: _decide(wanted, agree))


def locked(asked: Asked, work: Callable[[], Appealing]) -> Appealing:
    """Work done while nobody else works in the workspace."""
    with session(asked.folder) as hindered:
        return Appealing(hindered_state(hindered), problems=hindered) if hindered else work()


def _file(wanted: FileAsked) -> Appealing:
    computed, problems = compute(wanted.asked)
    if computed is None:
        return Appealing("stopped", problems=tuple(problems))
    filed, problems = filed_of(wanted, computed, computed.books.appeals)
    if filed is None:
        return Appealing("stopped", problems=tuple(problems))
    problems = append_to_ledger(computed.books, [filing_draft(filed, wanted.at)])
    return Appealing("stopped" if problems else "filed", Appeal(filed, None), problems=tuple(problems))


def filing_draft(filed: Filed, at: str) -> EntryDraft:
    """An appeal, ready to be booked."""
    return EntryDraft(FILED, filed.month, at, document_of(filed))


def filed_of(wanted: FileAsked, computed: Computed, earlier: Sequence[Appeal]) -> tuple[Filed | None, list[Problem]]:
    """The appeal as it is booked after the ``earlier`` ones; None with everything that speaks against it."""
    policy, month, today = computed.result.policy, computed.month, wanted.asked.today
    agent, problems = agent_called(computed.result.agents, wanted.agent, month)
    item, found = find_item(policy, wanted.item)
    problems += found
    if not wanted.reason.strip():
        problems.append(problem("appeal-without-reason"))
    closed_on = computed.books.closed_at.get(month)
    problems += not_appealable(policy, month)
    last = last_filing_day(policy.appeal, date.fromisoformat(closed_on[:10]) if closed_on else None)
    if last is not None and today > last:
        problems.append(problem("appeal-too-late", found=month, last=last))
    if agent is None or item is None or errors(problems):
        return None, problems
    filed = Filed(
        number=len(earlier) + 1,
        month=str(month),
        agent_id=agent.agent_id,
        item=item.name,
        reason=wanted.reason.strip(),
        claim=wanted.claim.strip(),
        by=wanted.by.strip() or agent.name,
        on=today,
        due=decision_due(policy.appeal, today),
    )
    twice = [one.filed.number for one in earlier if _same(one, filed)]
    return (None, [problem("appeal-filed-already", found=twice[0])]) if twice else (filed, [])


def _same(one: Appeal, filed: Filed) -> bool:
    """Whether an appeal that nobody has decided yet is about the same thing."""
    about = (one.filed.month, one.filed.agent_id, one.filed.item)
    return one.decided is None and about == (filed.month, filed.agent_id, filed.item)


def _decide(wanted: DecideAsked, agree: Agree) -> Appealing:
    workspace, problems = open_workspace(wanted.asked.folder)
    books, problems = open_books(workspace) if workspace else (None, problems)
    if books is None:
        return Appealing("stopped", problems=tuple(problems))
    appeal = next((one for one in books.appeals if one.filed.number == wanted.number), None)
    if appeal is None:
        known = ", ".join(str(one.filed.number) for one in books.appeals) or "–"
        return Appealing("stopped", problems=(problem("appeal-unknown", found=wanted.number, known=known),))
    if appeal.decided is not None:
        found = problem("appeal-decided-already", found=wanted.number, on=appeal.decided.on)
        return Appealing("stopped", appeal, problems=(found,))
    computed, problems = compute(replace(wanted.asked, month=appeal.filed.month))
    if computed is None:
        return Appealing("stopped", appeal, problems=tuple(problems))
    decided, problems = _decided(wanted, appeal, computed)
    if decided is None:
        return Appealing("stopped", appeal, problems=tuple(problems))
    return _book_decision(computed, Appeal(appeal.filed, decided), wanted, agree)


def _decided(wanted: DecideAsked, appeal: Appeal, computed: Computed) -> tuple[Decided | None, list[Problem]]:
    """The decision, checked against the policy of its month."""
    value = "" if wanted.outcome == "rejected" else wanted.value.strip() or appeal.filed.claim
    policy = computed.result.policy
    item, _ = find_item(policy, appeal.filed.item)
    measured = False
    if item is not None and item.kind == "indicator":
        value, measured = parse_decided_value(policy, indicator_of(policy, item.id), value)
    decided = Decided(
        wanted.number, wanted.outcome, value, wanted.reason.strip(), wanted.by.strip(), wanted.asked.today, measured
    )
    problems = [] if decided.by else [problem("appeal-nobody-decides")]
    if not decided.reason:
        problems.append(problem("appeal-decision-without-reason"))
    if wanted.outcome != "rejected":
        if not value:
            problems.append(problem("appeal-without-value", found=appeal.filed.item))
        else:
            [(_, decision)] = decisions_of([Appeal(appeal.filed, decided)])
            problems += check_decision(policy, decision)
    return (None, problems) if problems else (decided, [])


def _book_decision(computed: Computed, appeal: Appeal, wanted: DecideAsked, agree: Agree) -> Appealing:
    books, decided = computed.books, appeal.decided
    if decided is None:
        raise ValueError("an appeal without a decision cannot be booked")
    again, problems = _again(computed, appeal) if computed.closed else ([], [])
    if problems:
        return Appealing("stopped", appeal, problems=tuple(problems))
    into = first_open(books) if again else None
    moved = [_moved_closed(one, appeal) for one in again] or _moved_open(computed, appeal)
    hanging = hanging_on(computed.result.policy, appeal.filed.item, books.workspace.config.language) if moved else ()
    would = Appealing("declined", appeal, moved=tuple(moved), into=into, hanging=hanging)
    if not agree(would):
        return would
    about = (decided.by, decided.reason, decided.number, wanted.at)
    drafts, contents = correction_drafts(again, into, about) if into else ([], {})
    booked = EntryDraft(DECIDED, appeal.filed.month, wanted.at, document_of(decided))
    problems = append_to_ledger(books, [booked, *drafts], contents)
    return replace(would, state="stopped" if problems else "decided", problems=tuple(problems))


def _again(computed: Computed, appeal: Appeal) -> tuple[list[Again], list[Problem]]:
    """The closed months that come out otherwise with the decision: its own, and those that build on it."""
    books = computed.books
    months = [month for month in books.months if month >= appeal.month]
    made, problems = again_from_seals(books, months, _decisions_with(books, appeal))
    return [one for one in made if one.differences], problems


def _moved_open(computed: Computed, appeal: Appeal) -> list[AppealMoved]:
    """What the decision changes in the open month, as far as is known by now."""
    if computed.closed:
        return []
    rulings = replace(computed.material.rulings, decisions=tuple(_decisions_with(computed.books, appeal)))
    material = replace(computed.material, rulings=rulings)
    _, new = compute_of(material, computed.month, past_results(material, computed.books.known))
    return [_moved(computed.result, new, pool_moves(computed.result, new), appeal, closed=False)]


def _decisions_with(books: Books, appeal: Appeal) -> list[tuple[Month, Decision]]:
    """Every decision that is booked, and this one."""
    appeals = [appeal if one.filed.number == appeal.filed.number else one for one in books.appeals]
    return decisions_of(appeals)


def _moved_closed(one: Again, appeal: Appeal) -> AppealMoved:
    return _moved(one.old, one.new, pool_moves(one.without, one.with_it), appeal, closed=True)


def _moved(
    old: MonthResult, new: MonthResult, moves: Sequence[PoolMove], appeal: Appeal, *, closed: bool
) -> AppealMoved:
    about = (appeal.filed.agent_id, appeal.filed.item, new.policy.language)
    own = new.month == appeal.month
    return AppealMoved(
        new.month,
        closed,
        _score(old, appeal.filed.agent_id),
        _score(new, appeal.filed.agent_id),
        tuple(pay_deltas(old, new)),
        tuple(moves),
        {agent.agent_id: agent.name for result in (old, new) for agent in result.agents},
        item_stands(old, *about) if own else None,
        item_stands(new, *about) if own else None,
    )


def _score(result: MonthResult, agent_id: str) -> str:
    found = result.scores.loc[result.scores["agent_id"] == agent_id, "score"].tolist()
    return "–" if not found or found[0] is None else str(found[0])
