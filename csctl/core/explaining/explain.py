"""Why is this number what it is? A tree from pay down to the rows of the exports, made from the month's lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from csctl.core.explaining.claim_words import claim_said, pool_rule
from csctl.core.explaining.days_of_line import spans_counted
from csctl.core.explaining.explain_measures import measure_node, measured_by_name
from csctl.core.explaining.next_step import next_band, next_grade
from csctl.core.explaining.nodes import EvidenceOf, Explained, Node, trimmed_number
from csctl.core.people.cards import card_of
from csctl.core.records.lines import PayLine, PoolResult, ScoreLine
from csctl.core.records.marks import marks_beside, marks_text
from csctl.core.records.pay_item import row_of_source
from csctl.core.records.result import MonthResult
from csctl.core.scoring.fields import card_text
from csctl.core.scoring.grades import grade_text
from csctl.core.scoring.ratings import Rating
from csctl.messages.grammar import clauses, joined_parts
from csctl.money import amount_text, from_cents
from csctl.policy.parts import Part
from csctl.policy.pay.plan import ENTRIES
from csctl.policy.pay.pool import Pool
from csctl.policy.refs import figures_named
from csctl.policy.scoring import Indicator
from csctl.policy.walk import entry_named

__all__ = [
    "EvidenceOf",
    "Explained",
    "Node",
    "explanation_tree",
    "find_node",
    "line_ids",
    "measured_by_name",
    "own_line",
    "score_node",
]


PAID = frozenset(kind.__name__.lower() for kind in ENTRIES)
"""Kinds of components by which one may be asked for where a score line has the same id."""


def explanation_tree(given: Explained) -> Node:
    """The whole tree of one agent: pay, its lines, the pool, the score, its lines, their measures, their rows."""
    score = score_node(given)
    lines = given.result.own(given.agent.agent_id).pay_lines
    title = f"{given.agent.name} ({given.agent.agent_id}) · {given.result.month}"
    if given.result.policy.pay is None:
        return Node(title, "", children=(score,))
    total = sum(line.amount_cents for line in lines)
    pay = Node(
        given.words("explain-pay-total"),
        amount_text(total),
        "pay",
        children=tuple(_pay_node(given, line) for line in lines),
    )
    return Node(title, "", children=(pay, score))


def find_node(node: Node, line: str) -> Node | None:
    """The part of the tree with this line id."""
    if node.line == line:
        return node
    return next((found for child in node.children if (found := find_node(child, line)) is not None), None)


def own_line(node: Node, name: str) -> Node | None:
    """The pay or score line of that id or label: what the tree is made of, not the measures and rows below.

    Of several, such as the lines of a fine that doubles, one that holds them all. ``fine.late`` asks for a pay line,
    whatever score line has the id too.
    """
    kind, _, rest = name.partition(".")
    parts = ("pay",) if kind in PAID else ("pay", "score")
    asked = rest if kind in PAID else name
    found = [one for part in parts for one in _lines(node, part) if _goes_by(one, asked)]
    if len(found) < 2 or found[0].line == asked:
        return found[0] if found else None
    return Node(found[0].label, "", asked, found[0].rule, children=tuple(found))


def _goes_by(line: Node, name: str) -> bool:
    return name in (line.line, line.line.split(".")[0], line.label)


def _lines(node: Node, part: str) -> Iterator[Node]:
    """Pay lines or score lines, dimensions passed over."""
    for one in node.children:
        if one.line == part:
            yield from (line for line in one.children if line.line)
            yield from (line for group in one.children if not group.line for line in group.children)


def line_ids(node: Node) -> list[str]:
    """Every line id of the tree, in order."""
    own = [node.line] if node.line else []
    return [*own, *(line for child in node.children for line in line_ids(child))]


def _pay_node(given: Explained, line: PayLine) -> Node:
    children: tuple[Node, ...] = ()
    if line.basis == "pool":
        pool = next(pool for pool in given.result.pools if pool.pool == line.source)
        children = _pool_nodes(given, pool, line)
    elif line.kind != "correction":
        children = _trigger_nodes(given, line)
    note = clauses((_formula(given, line), line.note, marks_text(line.marks, given.language)), given.language)
    return Node(line.label, amount_text(line.amount_cents), line.line, line.rule, note, children=children)


def _formula(given: Explained, line: PayLine) -> str:
    if line.basis != "product" or line.kind == "correction":
        return ""
    text = f"{given.in_unit(line.quantity, line.unit)} × {trimmed_number(line.rate)}"
    if line.divisor != 1:
        text += f" ÷ {trimmed_number(line.divisor)}"
    exactly = Fraction(line.quantity) * Fraction(line.rate) / Fraction(line.divisor)
    rounded = "" if exactly * 100 == line.amount_cents else given.words("explain-rounded")
    return joined_parts([text, rounded], given.language)


def _pool_nodes(given: Explained, pool: PoolResult, line: PayLine) -> tuple[Node, ...]:
    """How the pool arose, and this agent's part of the weights."""
    tiers = tuple(
        Node(
            given.words("explain-tier", low=trimmed_number(from_cents(tier.from_cents))),
            amount_text(tier.amount_cents),
            note=f"{trimmed_number(from_cents(tier.base_cents))} × {trimmed_number(tier.rate)}",
        )
        for tier in pool.tiers
    )
    own = pool.share_on(line)
    rule = pool_rule(given.result.policy, pool)
    weights = sum(share.weight for share in pool.shares)
    return (
        Node(
            given.words("explain-pool"),
            amount_text(pool.pool_cents),
            note=_pool_made_of(given, pool),
            rule=pool.rule,
            children=tiers if _measured(rule) else (),
        ),
        Node(
            given.words("explain-claim"),
            f"{own.weight if own else 0:,} / {weights:,}",
            note=claim_said(given.result.policy, pool, own, given.language) if own else "",
            children=tuple(_measure_nodes(given, line, [rule.measure] if rule is not None and rule.measure else [])),
        ),
    )


def _measured(rule: Pool | None) -> bool:
    return rule is None or rule.of is not None


def _pool_made_of(given: Explained, pool: PoolResult) -> str:
    """The sales and the commission on them, or what was fixed."""
    if pool.per_head is not None:
        return given.words(
            "explain-pool-per-head", per_head=trimmed_number(pool.per_head), heads=pool.heads, due=pool.due
        )
    if not _measured(pool_rule(given.result.policy, pool)):
        return given.words("explain-pool-fixed")
    return given.words(
        "explain-pool-note",
        base=amount_text(pool.base_cents),
        commission=amount_text(pool.commission_cents),
        share=trimmed_number(pool.share),
    )


def _trigger_nodes(given: Explained, line: PayLine) -> tuple[Node, ...]:
    """The measures or events behind what the policy pays or takes on this line; of a one-off amount its row."""
    if line.kind == "manual":
        return (Node(given.words("explain-entered"), "", place=row_of_source(line.source)),) if line.source else ()
    entry = entry_named(given.result.policy, "pay line", line.line.split(".")[0])
    return tuple(_measure_nodes(given, line, figures_named(entry) if entry else ()))


def _measure_nodes(given: Explained, line: PayLine | None, names: Iterable[str]) -> list[Node]:
    """A node for each measure that is there, of the days that a pay line counts."""
    spans = spans_counted(given, line) if line is not None else None
    return [node for name in names if (node := measure_node(given, name, spans))]


def score_node(given: Explained) -> Node:
    """The score, by dimension and adjustment."""
    result = given.result
    own = result.own(given.agent.agent_id)
    score, lines = own.score, own.score_lines
    marks = marks_text(score.marks, given.language) if score is not None else ""
    if score is None or score.score is None:
        known = tuple(replace(_score_line_node(given, line), value="") for line in lines)
        status = given.words(f"status-{score.status}" if score is not None else "no-value")
        return Node(given.words("explain-score"), status, "score", note=marks, children=known)
    dimensions = [
        _group(given, dimension.label, dimension.rule, [line for line in lines if line.dimension == dimension.id])
        for dimension in card_of(result.policy, given.agent).policy.dimension
    ]
    others = [_score_line_node(given, line) for line in lines if not line.dimension]
    grade = grade_text(score, given.language)
    standing = given.words("explain-score-note", grade=grade or "–", rank=score.rank)
    said = (standing, next_grade(given, score), card_text(result.policy, score, given.language), marks)
    note = clauses(said, given.language)
    return Node(
        given.words("explain-score"), str(score.score), "score", _score_rule(result), note, None, (*dimensions, *others)
    )


def _score_rule(result: MonthResult) -> str:
    return result.policy.score.rule if result.policy.score else ""


def _group(given: Explained, label: str, rule: str, lines: Sequence[ScoreLine]) -> Node:
    total = sum((line.contribution for line in lines), Decimal(0))
    return Node(label, str(total), rule=rule, children=tuple(_score_line_node(given, line) for line in lines))


def _score_line_node(given: Explained, line: ScoreLine) -> Node:
    marks = marks_text(marks_beside(line.marks), given.language)
    entry = entry_named(given.result.policy, "score line", line.line)
    note = clauses((_how(given, line), next_band(given, entry, line), line.note, marks), given.language)
    own = [line.source] if line.kind == "indicator" else []
    measures = _measure_nodes(given, None, dict.fromkeys([*own, *(figures_named(entry) if entry else ())]))
    return Node(line.label, _adds(line), line.line, line.rule, note, None, (*measures, *_rating_nodes(given, entry)))


def _adds(line: ScoreLine) -> str:
    """What a line adds to the score; of one that moves the grade, from which to which."""
    if line.kind == "quota":
        return line.text
    return str(line.contribution) if line.kind == "indicator" else f"{line.contribution:+}"


def _how(given: Explained, line: ScoreLine) -> str:
    """Level, points and weight in one phrase."""
    if line.kind != "indicator":
        return ""
    if line.points is None:
        rule = given.words(f"missing-{line.missing}") if line.missing else ""
        return given.words("explain-missing", rule=rule) if rule else given.words("no-value")
    text = given.words(
        "explain-points",
        points=trimmed_number(line.points),
        full=trimmed_number(line.out_of),
        weight=trimmed_number(line.weight),
    )
    parts = [line.band, text]
    if line.self_points is not None:
        parts.append(
            given.words(
                "explain-raters", own=trimmed_number(line.self_points), superior=trimmed_number(line.superior_points)
            )
        )
    if line.missing:
        parts.append(given.words("explain-missing", rule=given.words(f"missing-{line.missing}")))
    return joined_parts(parts, given.language)


def _rating_nodes(given: Explained, indicator: Part | None) -> list[Node]:
    """What raters wrote about an indicator, with where they wrote it."""
    if not isinstance(indicator, Indicator):
        return []
    items = {*indicator.rated_items, indicator.id, indicator.label}
    several = len(indicator.rated_items) > 1

    def title(rating: Rating) -> str:
        who = given.words(f"role-{rating.role}") + (f" {rating.rater}" if rating.rater else "")
        return given.words("explain-item", item=rating.item, who=who) if several else who

    return [
        Node(
            title(rating),
            rating.value,
            note=rating.reason,
            place=rating.place,
        )
        for rating in given.ratings
        if rating.agent_id == given.agent.agent_id and rating.item in items
    ]
