"""A policy in words, for people who will not read TOML."""

from __future__ import annotations

from typing import Any

from csctl.core.explaining.describe_pay import pay_tree
from csctl.core.explaining.explain import Node
from csctl.core.explaining.next_step import bounds_text
from csctl.core.scoring.grades import percent_text
from csctl.messages import say
from csctl.messages.grammar import clauses, listed
from csctl.policy.cards import whose_text
from csctl.policy.model import Policy
from csctl.policy.scoring import Dimension, Grade, Indicator, TallyMark
from csctl.policy.whose import Whose


def policy_summary(policy: Policy, language: str) -> dict[str, Any]:
    """Id, name in the language of the reader, version, state, number of indicators, whether a shipped policy pays."""
    return {
        "id": policy.id,
        "label": say(f"shipped-{policy.id}", language),
        "version": policy.version,
        "state": policy.state,
        "indicators": sum(len(dimension.indicator) for dimension in policy.dimension),
        "pay": policy.pay is not None,
    }


def as_tree(policy: Policy) -> Node:
    """The policy as a tree: score, adjustments, grades, ladder, pay, assumptions."""
    words = policy.language
    parts = [_dimension(one, words) for one in policy.dimension]
    adjustments = tuple(Node(one.label, f"{one.points:+}", one.id, one.rule) for one in policy.adjustment)
    grades = tuple(_grade(one, words) for one in policy.grade)
    levels = tuple(Node(one.label or one.id, rule=one.rule, value="") for one in policy.level)
    assumed = tuple(Node(one.text, "", one.id, one.rule, one.kind) for one in policy.assumption)
    groups = [("policy-adjustments", adjustments), ("policy-grades", grades), ("policy-levels", levels)]
    groups.append(("checks-heading", tuple(Node(one.label, "", one.id, one.rule, one.kind) for one in policy.check)))
    parts += [Node(say(code, words), "", children=nodes) for code, nodes in groups if nodes]
    parts += [pay_tree(policy.pay, words)] if policy.pay else []
    parts += [Node(say("policy-assumptions", words), "", children=assumed)] if assumed else []
    return Node(f"{policy.label} ({policy.id} {policy.version})", "", note=policy.state, children=tuple(parts))


def _grade(grade: Grade, language: str) -> Node:
    """A grade from which score on, with its coefficient and the share of people who may have it."""
    coefficient = "" if grade.coefficient is None else f"× {grade.coefficient}"
    quota = "" if grade.quota is None else say("policy-quota", language, share=percent_text(grade.quota))
    from_score = "" if grade.at_least is None else f"≥ {grade.at_least}"
    return Node(grade.label, from_score, rule=grade.rule, note=clauses((coefficient, quota), language))


def _dimension(dimension: Dimension, language: str) -> Node:
    nodes = tuple(_indicator(one, language) for one in dimension.indicator)
    weight, note = str(dimension.weight), _for(dimension.for_, language)
    return Node(dimension.label, weight, dimension.id, dimension.rule, note, children=nodes)


def _for(whose: Whose | None, language: str) -> str:
    """Whom something is for; "" for everybody."""
    return say("policy-for", language, people=whose_text(whose, language)) if whose else ""


def _indicator(indicator: Indicator, language: str) -> Node:
    bands = tuple(Node(band.level, bounds_text(band), note=band.measure or "") for band in indicator.bands)
    described = indicator.tally.mark if indicator.tally else []
    items = [item for item in indicator.rated_items if item not in {mark.item for mark in described}]
    source = indicator.measure or (f"rating: {listed(items, language)}" if items else "+ / −")
    return Node(
        indicator.label,
        indicator.target,
        indicator.id,
        indicator.rule,
        clauses((source, _for(indicator.for_, language)), language),
        children=(*bands, *(_mark(mark, language) for mark in described)),
    )


def _mark(mark: TallyMark, language: str) -> Node:
    """An item with what earns a plus and a minus, or with its question, and for whom it is."""
    sides = [f"+ {mark.plus}" if mark.plus else "", f"− {mark.minus}" if mark.minus else "", mark.question]
    posts = f"[{listed(mark.posts, language)}]" if mark.posts else ""
    return Node(mark.item, "", "", mark.rule, clauses((*sides, posts), language))
