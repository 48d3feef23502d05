"""A promotion review in words and as data: what the screen shows and what ``--json`` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from csctl.core.career.cases import CaseEvent, StepCase
from csctl.core.career.reviewed import KeptStep, ReviewedMonth, StepReview
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Finding, FindingState
from csctl.messages import say
from csctl.messages.grammar import CLAUSE, joined_parts
from csctl.month import Month
from csctl.problems import Problem
from csctl.reports.run_json import SCHEMA, problems_object

MARKS: Mapping[FindingState, str] = {"met": "✓", "unmet": "✗", "judge": "?", "no_data": "–"}
MISSING_SHOWN = 2
"""So many missing conditions are named in one line; the others are counted."""

Tone = Literal["plain", "strong", "faint", "good", "bad", "open"]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One condition, heading or remark: a mark (may be empty), its text, and how it sounds.

    Each of ``details`` is a line below it, in pieces that are better not broken.
    """

    mark: str
    text: str
    tone: Tone = "plain"
    details: tuple[tuple[str, ...], ...] = ()


def title_line(view: ReviewedMonth, language: str) -> str:
    """Whose review, of which month, from which closed months."""
    first, last = view.months[0], view.months[-1]
    code = "promotion-title-provisional" if view.provisional else "promotion-title"
    return say(code, language, team=view.team, month=view.month, first=first, last=last, count=len(view.months))


def move_text(from_level: str, to_level: str, language: str) -> str:
    """From which level to which; a dismissal leads nowhere."""
    if not to_level:
        return from_level or "–"
    return say("promotion-move", language, from_level=from_level or "–", to_level=to_level)


def row_heading(row: StepReview, language: str, kept: KeptStep | None = None) -> str:
    """Who, from where to where, what kind of step, and the verdict; for what was met before, by which month."""
    verdict = row.verdict
    parts = [
        f"{row.agent.agent_id} {row.agent.name}",
        say(f"promotion-kind-{row.kind}", language),
        move_text(verdict.from_level, verdict.to_level, language),
        verdict_word(row, language, kept),
    ]
    return "  ".join(parts)


def verdict_word(row: StepReview, language: str, kept: KeptStep | None = None) -> str:
    """The verdict; nobody has failed to reach a demotion. ``kept``: as of the end of an earlier month, not any more or
    not known any more.
    """
    if kept is not None:
        return kept_word(kept, language)
    state = row.verdict.state
    avoided = state == "not_yet" and row.verdict.kind != "promotion"
    return say("promotion-verdict-avoided" if avoided else f"promotion-verdict-{state}", language)


def kept_word(kept: KeptStep, language: str) -> str:
    """By which month a step was met, and whether it ended or nobody knows."""
    code = "promotion-verdict-unknown" if kept.unknown else "promotion-verdict-ended"
    return say(code, language, month=kept.month, months=list(map(str, kept.unknown)))


def full_lines(row: StepReview, language: str) -> list[ShownLine]:
    """Every condition of a step, then the alternatives, then the procedure; of a dismissal the whole checklist.

    What comes next is said only where something may come next.
    """
    lines = [_condition(one, row, language) for one in row.all_of]
    if len(row.any_of) > 1:
        lines.append(ShownLine("", say("promotion-any-of", language), "faint"))
    lines += [_condition(one, row, language) for one in row.any_of]
    if row.defence:
        lines.append(ShownLine("", say("promotion-defence", language), "faint"))
    lines += [_condition(one, row, language) for one in row.defence]
    checklist = row.verdict.checklist
    if not row.is_open:
        return lines
    if row.kind == "dismissal":
        lines.append(ShownLine("", say("promotion-before-dismissal", language), "open"))
        lines += [ShownLine("□", item) for item in checklist]
    elif checklist:
        lines.append(ShownLine("", say("promotion-procedure", language, steps=" → ".join(checklist)), "faint"))
    return lines


def _condition(one: Finding, row: StepReview, language: str) -> ShownLine:
    """One condition; what was needed and found only where the mark does not say it all."""
    label = f"{one.label}  [{one.rule}]" if one.rule else one.label
    tones: Mapping[FindingState, Tone] = {"met": "good", "unmet": "bad", "judge": "open", "no_data": "open"}
    judged = one.requirement in row.judged
    details: list[tuple[str, ...]] = []
    if not judged:
        found = say("promotion-found", language, found=one.found)
        details.append(_ended([say("promotion-needed", language, needed=one.needed), found], language))
    if one.evidence:
        first, *rest = one.evidence
        details.append(_ended([say("promotion-evidence", language, evidence=first), *rest], language))
    if one.next and not judged:
        details.append((say("promotion-next", language, next=one.next),))
    return ShownLine(MARKS[one.state], label, tones[one.state], tuple(details))


def _ended(pieces: Sequence[str], language: str) -> tuple[str, ...]:
    """Pieces of one line, each but the last with a mark that ends it."""
    return (*(f"{piece}{CLAUSE[language]}" for piece in pieces[:-1]), pieces[-1])


def short_line(row: StepReview, language: str) -> str:
    """A step that is not reached, in one line: what is missing; on the way down, what would bring it about."""
    heading = f"{row_heading(row, language)}  [{row.verdict.step}]"
    if row.verdict.kind != "promotion":
        warned = [one.next for one in row.missing if one.next and one.state == "unmet"]
        return "  ".join([heading, *warned])
    labels = [one.label for one in row.missing]
    code = "promotion-lacks" if len(labels) <= MISSING_SHOWN else "promotion-lacks-more"
    return f"{heading}  {say(code, language, count=len(labels), labels=labels[:MISSING_SHOWN])}"


def is_calm(row: StepReview) -> bool:
    """Whether nothing brings a step down any nearer: there is no more to say than that it is not the case."""
    warned = any(one.next and one.state == "unmet" for one in row.missing)
    return row.verdict.kind != "promotion" and row.verdict.state == "not_yet" and not warned


def calm_lines(rows: Iterable[StepReview], language: str) -> list[str]:
    """For each step down, of how many people it is not the case."""
    people = Counter((row.kind, row.verdict.step, verdict_word(row, language)) for row in rows)
    return [
        say(
            "promotion-calm", language,
            kind=say(f"promotion-kind-{kind}", language), step=step, count=count, verdict=word,
        )
        for (kind, step, word), count in people.items()
    ]  # fmt: skip


def gap_lines(rows: Iterable[StepReview], language: str) -> list[str]:
    """What data are missing, each said once; with whom it stands is seen in full."""
    found = [one.next for row in rows for one in row.findings if one.state == "no_data" and one.next]
    return [say("promotion-gap", language, what=what) for what in dict.fromkeys(found)]


def idle_line(agent: Agent, language: str) -> str:
    """Somebody to whom no step applies."""
    return f"{agent.agent_id} {agent.name}  {agent.level}  {say('promotion-none-applicable', language)}"


def case_heading(case: StepCase, name: str, language: str, as_of: Month) -> str:
    """Who, from where to where, and how it stands."""
    parts = [
        f"{case.first.agent_id} {name}".strip(),
        move_text(case.first.from_level, case.first.to_level, language),
        say(f"promotion-state-{case.state_in(as_of)}", language),
    ]
    if case.effective:
        parts.append(say("promotion-case-effective", language, month=case.since))
    return "  ".join(parts)


def booked_text(case: StepCase, name: str, language: str) -> str:
    """What was just booked, in one line."""
    last = case.last
    text = say(
        "promotion-booked",
        language,
        name=f"{last.agent_id} {name}".strip(),
        state=say(f"promotion-state-{last.kind}", language),
        move=move_text(last.from_level, last.to_level, language),
        step=last.step,
    )
    if case.effective is None:
        return text
    effective = say("promotion-case-effective", language, month=case.since)
    return joined_parts((text, effective), language)


def review_object(view: ReviewedMonth, problems: Iterable[Problem], language: str, as_of: Month) -> dict[str, Any]:
    """The review as data: every agent before every step, and the cases as they stand in the month ``as_of``."""
    return {
        "schema": SCHEMA,
        "month": str(view.month),
        "closed_months": [] if view.provisional else [str(month) for month in view.months],
        "provisional_months": [str(month) for month in view.months] if view.provisional else [],
        "steps": [_row_object(row) for row in view.rows],
        "kept": [
            {"month": str(one.month), "unknown": list(map(str, one.unknown)), **_row_object(one.row)}
            for one in view.kept
        ],
        "cases": [case_object(case, as_of) for case in view.cases],
        "problems": problems_object(problems, language),
    }


def _kept_object(kept: KeptStep) -> dict[str, Any]:
    return {"month": str(kept.month), "unknown": [str(month) for month in kept.unknown], **_row_object(kept.row)}


def _row_object(row: StepReview) -> dict[str, Any]:
    verdict = row.verdict
    return {
        "agent_id": verdict.agent_id,
        "name": row.agent.name,
        "step": verdict.step,
        "kind": verdict.kind,
        "skips_a_level": row.kind == "skip",
        "from_level": verdict.from_level,
        "to_level": verdict.to_level,
        "verdict": verdict.state,
        "rule": verdict.rule,
        "checklist": list(verdict.checklist),
        "all_of": [_finding_object(one) for one in row.all_of],
        "any_of": [_finding_object(one) for one in row.any_of],
        "defence": [_finding_object(one) for one in row.defence],
    }


def _finding_object(one: Finding) -> dict[str, Any]:
    return {
        "requirement": one.requirement,
        "label": one.label,
        "state": one.state,
        "needed": one.needed,
        "found": one.found,
        "evidence": list(one.evidence),
        "next": one.next,
        "rule": one.rule,
    }


def case_object(case: StepCase, as_of: Month) -> dict[str, Any]:
    """A case as data."""
    return {
        "agent_id": case.first.agent_id,
        "step": case.first.step,
        "from_level": case.first.from_level,
        "to_level": case.first.to_level,
        "state": case.state_in(as_of),
        "effective": case.since or None,
        "events": [_event_object(event) for event in case.events],
    }


def _event_object(event: CaseEvent) -> dict[str, Any]:
    score = event.score
    return {
        "event": event.kind,
        "on": event.on.isoformat(),
        "by": event.by,
        "reason": event.reason,
        "judged_by": str(event.month),
        "effective": event.since or None,
        "despite_unmet": event.despite,
        "score": {"part": score.part, "label": score.label, "points": str(score.points), "full": str(score.full)}
        if score
        else None,
    }
