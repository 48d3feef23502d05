"""Places in grades that only a share of the scored people may have: who is left over takes the next grade below.

Scores alone decide, so whoever has more never has a lower grade than whoever has less, in any order of rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from csctl.core.records.lines import Score, ScoreLine
from csctl.core.scoring.adjustments import plain_line
from csctl.core.scoring.grades import grade_reached, percent_text
from csctl.messages import problem, say
from csctl.messages.grammar import clauses
from csctl.money import exact, round_half_up
from csctl.policy.model import Policy
from csctl.policy.scoring import Grade, Quotas
from csctl.problems import Problem, shortened

QUOTA = "quota"
"""The line that says that a quota moved somebody's grade."""


@dataclass(frozen=True, slots=True)
class Round:
    """How the places of one grade were given to those who reached it, by agent with the score.

    ``tied``: the score that several have for whom there is not a place each, None where there is no such score.
    """

    grade: Grade
    quota: Decimal
    scored: int
    places: int
    kept: Mapping[str, Decimal]
    moved: Mapping[str, Decimal]
    tied: Decimal | None

    @property
    def last(self) -> Decimal | None:
        """The lowest score that kept the grade; None if nobody did."""
        return min(self.kept.values(), default=None)

    @property
    def percent(self) -> str:
        """The quota of the grade in percent, as people write it."""
        return percent_text(self.quota)


@dataclass(frozen=True, slots=True)
class PlacedAgent:
    """The scores with the grades that hold, a line for each that was moved, and what there is to say."""

    scores: list[Score]
    lines: list[ScoreLine] = field(default_factory=list)
    said: list[Problem] = field(default_factory=list)


def placed(policy: Policy, scores: Sequence[Score], card: str = "") -> PlacedAgent:
    """The same scores, ranked already, with grades as far as there are places. Who has no score takes no place.

    ``card``: the card whose people alone these are, "" for everybody.
    """
    rules = policy.score.quotas if policy.score else None
    known = {one.agent_id: one.score for one in scores if one.score is not None}
    if rules is None or not known:
        return PlacedAgent(list(scores))
    if len(known) < rules.from_:
        return PlacedAgent(
            list(scores), said=[problem("quota-few-people", found=len(known), least=rules.from_, card=card)]
        )
    rounds, final = _rounds(policy, rules, known)
    moved = [_with_grade(one, final[one.agent_id]) if one.agent_id in final else one for one in scores]
    lines = [_line(policy, rules, one, rounds) for one in moved if one.grade_by_score]
    return PlacedAgent(moved, lines, [one for each in rounds for one in _said(each, card)])


def _rounds(policy: Policy, rules: Quotas, known: Mapping[str, Decimal]) -> tuple[list[Round], dict[str, Grade]]:
    """A round for each grade with a quota, best first; and the grade that everybody has in the end."""
    final = {who: grade for who, score in known.items() if (grade := grade_reached(policy, score))}
    rounds: list[Round] = []
    for grade, below in zip(policy.grade, policy.grade[1:], strict=False):
        if grade.quota is None:
            continue
        reached = {who: known[who] for who, own in final.items() if own is grade}
        rounds.append(_round(grade, rules, grade.quota, reached, len(known)))
        final |= dict.fromkeys(rounds[-1].moved, below)
    return rounds, final


def _round(grade: Grade, rules: Quotas, quota: Decimal, reached: Mapping[str, Decimal], scored: int) -> Round:
    share = exact(quota) * scored
    places = max(share.numerator // share.denominator, rules.at_least)
    ordered = sorted(reached.values(), reverse=True)
    inside, outside = ordered[:places], ordered[places:]
    tied = inside[-1] if inside and outside and inside[-1] == outside[0] else None
    kept = set(inside) if rules.ties == "all" else set(inside) - {tied}
    return Round(
        grade,
        quota,
        scored,
        places,
        {who: score for who, score in reached.items() if score in kept},
        {who: score for who, score in reached.items() if score not in kept},
        tied,
    )


def _with_grade(score: Score, grade: Grade) -> Score:
    if grade.label == score.grade:
        return score
    return replace(score, grade=grade.label, coefficient=grade.coefficient, grade_by_score=score.grade)


def _line(policy: Policy, rules: Quotas, score: Score, rounds: Sequence[Round]) -> ScoreLine:
    """From which grade to which, with how many places each of them had and which score was the last inside."""
    language = policy.language
    own = [one for one in rounds if score.agent_id in one.moved]
    rule = own[0].grade.rule or rules.rule
    nothing = round_half_up(Fraction(0), policy.score_decimals)
    line = plain_line(score.agent_id, QUOTA, "quota", say("score-quota", language), nothing, "", None, rule)
    said = say("quota-rank", language, by_score=score.grade_by_score, rank=score.rank, grade=score.grade)
    note = clauses((said, *(_evidence(one, score, language) for one in own)), language)
    return replace(line, text=f"{score.grade_by_score} → {score.grade}", band=score.grade, note=note)


def _evidence(one: Round, score: Score, language: str) -> str:
    """How many places there were, the last score inside, and whether a tie is why there was none for this one."""
    places = say(
        "quota-places", language, grade=one.grade.label, places=one.places, scored=one.scored, share=one.percent
    )
    last = say("quota-nobody" if one.last is None else "quota-last", language, last=one.last)
    tied = say("quota-tied", language) if one.tied == score.score else ""
    return clauses((places, last, tied), language)


def _said(one: Round, card: str) -> list[Problem]:
    """Who was moved, and that ties made more people of a grade than it has places."""
    label, places, scored, share = one.grade.label, one.places, one.scored, one.percent
    found: list[Problem] = []
    if one.moved:
        people, count = shortened(sorted(one.moved)), len(one.moved)
        found.append(
            problem(
                "quota-moved", found=label, places=places, scored=scored, share=share, count=count, people=people,
                card=card,
            )
        )  # fmt: skip
    if len(one.kept) > one.places:
        found.append(
            problem(
                "quota-exceeded", found=label, places=places, scored=scored, share=share, count=len(one.kept),
                tied=one.tied, card=card,
            )
        )  # fmt: skip
    return found
