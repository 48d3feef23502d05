"""What the placeholders of a performance sheet stand for: one flat dictionary per agent, and the rows that repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from csctl.core.certificates import Earned
from csctl.core.people.cards import card_of
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured, PayLine, Score, ScoreLine, as_frame
from csctl.core.records.marks import SIGN, mark_text, marks_beside, marks_text
from csctl.core.records.result import MonthResult
from csctl.core.scoring.quotas import QUOTA
from csctl.messages import catalogue, say
from csctl.messages.grammar import clauses, listed, with_aside
from csctl.messages.units import unit_word
from csctl.money import from_cents, round_half_up
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.scoring import Dimension, Indicator
from csctl.sheets.standards import standard_of, with_unit
from csctl.sheets.words import missing_word, word
from csctl.words import SELF

NOT_MEANT = "–"
"""Stands where a policy has no such figure: nothing is missing there."""
NOTHING = ""
"""Stands where there is nothing to show; why a figure is missing is said where it would be, and in the notes."""


class Money(Decimal):
    """An amount: with two places and thousands marked, whatever stands around it."""


Value = str | int | Decimal
Fields = dict[str, Value]


@dataclass(frozen=True, slots=True)
class FormValues:
    """``single`` by placeholder; ``lines`` and ``adjustments``: one dictionary per repeated row, by field."""

    single: Fields
    lines: list[Fields]
    adjustments: list[Fields]


LINE_FIELDS = (
    "id", "label", "dimension", "value", "shown", "unit", "n", "level", "points", "out_of", "self", "superior",
    "weight", "contribution", "target", "standard", "rule", "note", "mark", "marks",
)  # fmt: skip
"""Fields of ``{{line.<id>.<field>}}``, ``{{each.<field>}}`` and ``{{each.adjustment.<field>}}``."""


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
    single |= _score(result, agent, language)
    single |= _dimensions(result, agent, list(lines.values()))
    card = card_of(result.policy, agent)
    single["sheet.notes"] = _notes(result, agent, own, language)
    single |= {f"interview.{name}": (interview or {}).get(name, "") for name in INTERVIEW_FIELDS}
    single |= _not_applied(result.policy, language)
    score = result.own(agent.agent_id).score
    kind = {"own_sheet": _has_own_sheet(result.policy), "scored": score is not None and score.score is not None}
    for key in [*indicators, *(line.line for line in own if line.line not in indicators)]:
        line = lines.get(key) or next((each for each in own if each.line == key), None)
        on_card = key not in indicators or card.has(key)
        fields = (
            _line(line, indicators.get(key), language, standard=standards.get(key, ""), **kind)
            if on_card
            else dict.fromkeys(LINE_FIELDS, NOT_MEANT)
        )
        single |= {f"line.{key}.{name}": value for name, value in fields.items()}
    return FormValues(
        single=single,
        lines=[
            _line(line, indicators.get(line.line), language, standard=standards.get(line.line, ""), **kind)
            for line in shown
        ],
        adjustments=[_line(line, None, language) for line in own if line.kind != "indicator"],
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


def _not_applied(policy: Policy, language: str) -> Fields:
    """The fields of the adjustments, and of the floor and the cap, as they stand where they do not apply."""
    labels = {one.id: (one.label, one.rule) for one in policy.adjustment}
    if policy.score is not None:
        edges = {"floor": policy.score.floor, "cap": policy.score.cap}
        given = [name for name, edge in edges.items() if edge is not None]
        labels |= {name: (say(f"score-{name}", policy.language), policy.score.rule) for name in given}
        if policy.score.quotas is not None:
            labels[QUOTA] = (say("score-quota", policy.language), policy.score.quotas.rule)
    fields: Fields = {}
    for key, (label, rule) in labels.items():
        said: Fields = {"id": key, "label": label, "rule": rule, "n": 0, "contribution": 0}
        said |= {"value": 0, "shown": word("none", language), "note": ""}
        fields |= {f"line.{key}.{name}": said.get(name, NOT_MEANT) for name in LINE_FIELDS}
    return fields


def _notes(result: MonthResult, agent: Agent, own: Sequence[ScoreLine], language: str) -> str:
    """What a reader must know beside the figures: who did not rate, what was missing, what was judged by hand or by
    data, which figures stand beside others, what is inferred, and how many rows are behind each figure. Notes of the
    policy itself stand on the lines already.
    """
    score = result.own(agent.agent_id).score
    return clauses((*_on_the_score(result, score, own, language), *_on_lines(result, own, language),
                    *_on_marks(own, language), _rows_behind(own, language)), language)  # fmt: skip


def _on_the_score(result: MonthResult, score: Score | None, own: Iterable[ScoreLine], language: str) -> Iterator[str]:
    """Whose sheet is missing, and what lacks data where there is no score."""
    if score is None:
        return
    if score.status == "thin":
        yield say("form.note-thin", language, labels=tuple(line.label for line in own if line.points is None))
    elif _has_own_sheet(result.policy) and score.self_total is None:
        yield say("form.note-no-self", language)
    said = ("no-sheet-superior", "no-sheet-panel")
    yield from (mark_text(mark, language) for mark in score.marks if mark in said)


def _on_lines(result: MonthResult, own: Iterable[ScoreLine], language: str) -> Iterator[str]:
    """What was missing, judged, or is to be known of a line."""
    standing = {one.id: one.note for part in result.policy.dimension for one in part.indicator}
    for line in own:
        if line.missing:
            yield say("form.note-missing", language, label=line.label, rule=missing_word(line.missing, language))
        elif line.value is not None and line.text:
            yield say("form.note-judged", language, label=line.label, text=line.text, note=line.note)
        elif said := line.note.removeprefix(standing.get(line.line, "")).strip("；; "):
            yield say("form.note-line", language, label=line.label, note=said)


def _on_marks(own: Iterable[ScoreLine], language: str) -> Iterator[str]:
    """What was inferred: each thing once, with the lines that rest on it."""
    labels: dict[str, list[str]] = {}
    for line in own:
        for mark in marks_beside(line.marks):
            labels.setdefault(mark, []).append(line.label)
    for mark, named in labels.items():
        yield say("form.note-line", language, label=listed(named, language), note=mark_text(mark, language))


def _rows_behind(own: Iterable[ScoreLine], language: str) -> str:
    """How many rows each measured figure rests on."""
    known = (line for line in own if line.kind == "indicator" and line.value is not None)
    rows = tuple(f"{line.label} {line.n}" for line in known)
    return say("form.note-rows", language, rows=rows) if rows else ""


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


def _score(result: MonthResult, agent: Agent, language: str) -> Fields:
    """Totals, grade, rank and pay; what there is none of stays empty."""
    score = result.own(agent.agent_id).score
    pay = [line.amount_cents for line in result.own(agent.agent_id).pay_lines]
    fields: dict[str, Value | None] = {
        "score.total": score.score if score else None,
        "score.self": score.self_total if score else None,
        "score.superior": score.superior_total if score else None,
        "score.adjustments": score.adjustment_total if score else None,
        "score.indicators": score.indicator_total if score else None,
        "score.grade": (score.grade or None) if score else None,
        "score.coefficient": score.coefficient if score else None,
        "score.rank": score.rank if score else None,
        "score.card": card_of(result.policy, agent).label or NOT_MEANT,
        "score.mark": (SIGN if score.marks else "") if score else "",
        "score.marks": marks_text(score.marks, language) if score else "",
        "score.formula": formula_in_words(result.policy, language),
        "pay.total": Money(from_cents(sum(pay))) if pay else None,
    }
    if not _has_own_sheet(result.policy):
        fields["score.self"] = NOT_MEANT
    if not result.policy.grade:
        fields["score.grade"] = NOT_MEANT
    if all(grade.coefficient is None for grade in result.policy.grade):
        fields["score.coefficient"] = NOT_MEANT
    return {key: NOTHING if value is None else value for key, value in fields.items()}


def _has_own_sheet(policy: Policy) -> bool:
    """Whether agents rate themselves at all."""
    return bool(policy.score and SELF in policy.score.raters)


def formula_in_words(policy: Policy, language: str) -> str:
    """How the final score is made: ``员工评分合计×30% + 上级评分合计×70% ± 加减分``."""
    raters = policy.score.raters if policy.score else {}
    if set(raters) != {"self", "superior"}:
        return say("form.formula-sum", language)
    parts = " + ".join(say(f"form.formula-{role}", language, percent=f"{raters[role]:f}") for role in sorted(raters))
    return say("form.formula-raters", language, parts=parts)


def _dimensions(result: MonthResult, agent: Agent, lines: list[ScoreLine]) -> Fields:
    """Each dimension's points per rater; they sum to the rater's total where that is their sum."""
    policy = result.policy
    decimals = policy.score_decimals
    score = result.own(agent.agent_id).score
    totals = {"self": score.self_total if score else None, "superior": score.superior_total if score else None}
    fields: Fields = {}
    for part in policy.dimension:
        fields[f"dimension.{part.id}.label"] = part.label
        fields[f"dimension.{part.id}.weight"] = part.weight
    own = {part.id for part in card_of(policy, agent).policy.dimension}
    for role, total in totals.items():
        exact = {part.id: _dimension_points(part, lines, role) for part in policy.dimension if part.id in own}
        for key, points in shown_parts(exact, total, decimals).items():
            fields[f"dimension.{key}.{role}"] = NOTHING if points is None else points
    off = [part.id for part in policy.dimension if part.id not in own]
    return fields | {f"dimension.{key}.{name}": NOT_MEANT for key in off for name in ("weight", *totals)}


def _dimension_points(part: Dimension, lines: Iterable[ScoreLine], role: str) -> Fraction | None:
    """Σ weight × points ÷ out of; None if a line that counts has no points of that rater, or no line counts."""
    total, counted = Fraction(0), False
    for line in lines:
        if line.dimension != part.id or not line.weight:
            continue
        points = line.self_points if role == "self" else line.superior_points
        if points is None or not line.out_of:
            return None
        total, counted = total + Fraction(line.weight) * Fraction(points) / Fraction(line.out_of), True
    return total if counted else None


def shown_parts(
    exact: Mapping[str, Fraction | None], total: Decimal | None, decimals: int
) -> dict[str, Decimal | None]:
    """Parts rounded so that they sum to the shown total: floors, then largest remainders, ties to the lower key.

    Where the total is something else than their sum (a part is missing, a cap), each is rounded half up by itself.
    """
    known = {key: points * 10**decimals for key, points in exact.items() if points is not None}
    floors = {key: points.numerator // points.denominator for key, points in known.items()}
    left = int(total.scaleb(decimals)) - sum(floors.values()) if total is not None else -1
    if 0 <= left <= len(floors):
        by_claim = sorted(floors, key=lambda key: (floors[key] - known[key], key))
        units = {key: floors[key] + (key in by_claim[:left]) for key in floors}
    else:
        units = {key: int(round_half_up(points, 0)) for key, points in known.items()}
    return {key: Decimal(units[key]).scaleb(-decimals) if key in units else None for key in exact}


def _line(
    line: ScoreLine | None,
    declared: tuple[Dimension, Indicator] | None,
    language: str,
    *,
    standard: str = "",
    own_sheet: bool = True,
    scored: bool = True,
) -> Fields:
    """The fields of one line; of an indicator that the agent has no line for, what the policy says of it.

    Of somebody without a score (not ``scored``) nothing is at stake, and a line adds nothing.
    """
    part, indicator = declared or (None, None)
    fields: Fields = {
        "target": indicator.target if indicator else "",
        "standard": standard,
        "note": (line.note if line else "") or (indicator.note if indicator else ""),
        "mark": SIGN if line and line.marks else "",
        "marks": marks_text(line.marks, language) if line else "",
        "dimension": part.label if part else "",
    }
    if line is None:
        fields |= {"id": indicator.id, "label": indicator.label, "rule": indicator.rule} if indicator else {}
        return {name: fields.get(name, NOTHING) for name in LINE_FIELDS}
    value: Value = (line.text or _absent(line, language)) if line.value is None else line.value
    points: dict[str, Value | None] = {"points": line.points, "out_of": line.out_of, "superior": line.superior_points}
    points["self"] = line.self_points if own_sheet else NOT_MEANT
    return fields | {
        "id": line.line,
        "label": line.label,
        "value": value,
        "shown": value if line.value is None else with_unit(line.value, line.unit, language),
        "unit": unit_word(line.unit, language, line.value),
        "n": line.n,
        "level": line.band or (NOTHING if line.points is None else NOT_MEANT),
        "weight": without_zeros(line.weight) if scored else NOTHING,
        "contribution": line.contribution if scored else NOTHING,
        "rule": line.rule,
        **{name: NOTHING if number is None else number for name, number in points.items()},
    }


def without_zeros(number: Decimal) -> Decimal:
    """The same number with no more places than it needs."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _absent(line: ScoreLine, language: str) -> str:
    """缺, and what the missing rule made of it."""
    if not line.missing:
        return word("absent", language)
    return word("absent-because", language, rule=missing_word(line.missing, language))
