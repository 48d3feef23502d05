"""What the placeholders of a performance sheet stand for: one flat dictionary per agent, and the rows that repeat."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from csctl.core.certificates import Earned
from csctl.core.people.cards import card_of
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured, PayLine, Score, ScoreLine, as_frame
from csctl.core.records.result import MonthResult
from csctl.messages import catalogue, say
from csctl.messages.grammar import with_aside
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.sheets.form_fields import LINE_FIELDS, NOT_MEANT, Fields, FormValues
from csctl.sheets.form_lines import line_fields, not_applied
from csctl.sheets.form_notes import notes
from csctl.sheets.form_totals import dimension_fields, has_own_sheet, score_fields
from csctl.sheets.standards import standard_of

INTERVIEW_FIELDS = ("interviewer", "date", "strengths", "gaps", "plan", "comment")
"""Fields of ``{{interview.<field>}}``: what a form collected says of the talk; blank to write by hand without one."""

Interview = Mapping[str, str]
"""What was written down of the talk about the month's result, by field."""


def form_values(result: MonthResult, agent: Agent, language: str, interview: Interview | None = None) -> FormValues:
    """All that a form may show of one agent. A missing figure is said with its reason; other empty fields stay so."""
    own = result.own(agent.agent_id).score_lines
    indicators = {item.id: (part, item) for part in result.policy.dimension for item in part.indicator}
    standards = {key: standard_of(result.policy, item, language) for key, (_, item) in indicators.items()}
    lines = {line.line: line for line in own if line.kind == "indicator"}
    order = {key: index for index, key in enumerate(indicators)}
    shown = sorted(lines.values(), key=lambda line: (order.get(line.line, len(order)), line.line))
    single = _header(result, agent, language)
    single |= score_fields(result, agent, language)
    single |= dimension_fields(result, agent, list(lines.values()))
    card = card_of(result.policy, agent)
    single["sheet.notes"] = notes(result, agent, own, language)
    single |= {f"interview.{name}": (interview or {}).get(name, "") for name in INTERVIEW_FIELDS}
    single |= not_applied(result.policy, language)
    score = result.own(agent.agent_id).score
    kind = {"own_sheet": has_own_sheet(result.policy), "scored": score is not None and score.score is not None}
    for key in [*indicators, *(line.line for line in own if line.line not in indicators)]:
        line = lines.get(key) or next((each for each in own if each.line == key), None)
        on_card = key not in indicators or card.has(key)
        fields = (
            line_fields(line, indicators.get(key), language, standard=standards.get(key, ""), **kind)
            if on_card
            else dict.fromkeys(LINE_FIELDS, NOT_MEANT)
        )
        single |= {f"line.{key}.{name}": value for name, value in fields.items()}
    return FormValues(
        single=single,
        lines=[
            line_fields(line, indicators.get(line.line), language, standard=standards.get(line.line, ""), **kind)
            for line in shown
        ],
        adjustments=[line_fields(line, None, language) for line in own if line.kind != "indicator"],
    )


def certificate_values(result: MonthResult, agent: Agent, earned: Earned, language: str) -> FormValues:
    """All that a certificate may show: what it is for, and who earned it."""
    own: Fields = {
        "certificate.label": earned.rule.label,
        "certificate.text": earned.rule.text,
        "certificate.of": earned.of,
        "certificate.number": earned.number,
        "certificate.day": str(earned.day or ""),
        "certificate.rule": earned.rule.rule,
    }
    return FormValues(_header(result, agent, language) | own, [], [])


NOBODY = Agent("", "", "", "", "", "", None, None, None, None)
"""Whom a template is looked through for: everything that is missing has its word."""


def nothing_of(policy: Policy) -> MonthResult:
    """A month of a policy in which nobody is there and nothing happened."""
    return MonthResult(
        month=Month(2000, 1),
        policy=policy,
        agents=(),
        measures=as_frame([], Measured),
        score_lines=as_frame([], ScoreLine),
        scores=as_frame([], Score),
        pay_lines=as_frame([], PayLine),
        pools=(),
        problems=(),
    )


def _header(result: MonthResult, agent: Agent, language: str) -> Fields:
    policy = result.policy
    fields: Fields = {
        "agent.id": agent.agent_id,
        "agent.name": agent.name,
        "agent.called": with_aside(agent.name, agent.agent_id, language) if agent.name else agent.agent_id,
        "agent.group": agent.group,
        "agent.post": agent.post,
        "agent.level": agent.level,
        "agent.position": _position(agent, language),
        "agent.supervisor": agent.supervisor,
        "agent.contract": agent.contract or say("form.contract-kinds", language),
        "month": str(result.month),
        "policy.label": policy.label,
        "sheet.title": policy.sheet.title or say("form.title", language),
    }
    return fields | _words(language)


def _position(agent: Agent, language: str) -> str:
    """The post, with the level behind it where there is one."""
    return with_aside(agent.post, agent.level, language) if agent.post else agent.level


@cache
def _words(language: str) -> Fields:
    """Fixed words of a form by ``word.<name>``, so that one template serves both languages."""
    codes = [code for code, entry in catalogue().items() if code.startswith("form.") and "{" not in entry[language]]
    return {f"word.{code.removeprefix('form.').replace('-', '_')}": say(code, language) for code in codes}
