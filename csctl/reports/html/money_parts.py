"""The report's parts about money: how pools arose and were shared, and what each pay consists of."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from csctl.core.explaining.nodes import trimmed_number
from csctl.core.people.called import name_and_id
from csctl.core.records.lines import PoolResult
from csctl.messages.units import currency_word
from csctl.money import from_cents
from csctl.policy.model import Policy
from csctl.policy.pay.kinds import PayKind
from csctl.reports.figures import NONE, amount_or_dash
from csctl.reports.html.charts import BarPart, bar, swatch
from csctl.reports.html.elements import Content, Html, element
from csctl.reports.html.tables import MOST_SHOWN, Column, others, section, table
from csctl.reports.view import ReportInput, pay_by_kind
from csctl.reports.waterfall import WaterfallStep, waterfall
from csctl.reports.words import pay_kind_word, report_word


def pools_part(given: ReportInput) -> Html | None:
    """Each pool as a waterfall: the tiers of the scale, the agents' part, the shares."""
    pools = given.result.pools
    if not pools:
        return None
    language = given.language
    drawn = [part for pool in pools for part in _pool(given, pool, several=len(pools) > 1)]
    return section("pool", report_word("pool", language), *drawn, hint=report_word("pool-hint", language))


def _pool(given: ReportInput, pool: PoolResult, *, several: bool) -> list[Html | None]:
    language = given.language
    names = {agent.agent_id: name_and_id(agent) for agent in given.result.agents}
    steps = waterfall(pool, names, language)
    reach = max((abs(edge) for step in steps for edge in (step.start_cents, step.end_cents)), default=0) or 1
    rows = [(step.label, bar([_piece(step, reach)]), amount_or_dash(step.shown_cents)) for step in steps]
    currency = currency_word(given.result.policy.currency, language)
    columns: list[Column] = [
        (report_word("step", language), "name"), ("", "chart"),
        (report_word("amount", language, currency=currency), "num"),
    ]  # fmt: skip
    said = report_word(
        "pool-base", language, label=pool.label, base=amount_or_dash(pool.base_cents), rule=pool.rule or NONE
    )
    return [
        element("h3", pool.label) if several else None,
        element("p", said),
        element("p", report_word("pool-undistributed", language), class_="warn") if pool.undistributed else None,
        table(columns, rows[:MOST_SHOWN]),
        others(columns, rows, language),
    ]


def _piece(step: WaterfallStep, reach: int) -> BarPart:
    """A pool that takes back is drawn from the same edge: its figures tell which way it goes."""
    return BarPart(Fraction(abs(step.start_cents), reach), Fraction(abs(step.end_cents), reach), step.kind, step.label)


def composition_part(given: ReportInput) -> Html | None:
    """What each agent's pay consists of: what is paid to the right of zero, what is taken to the left."""
    language, policy = given.language, given.result.policy
    parts = pay_by_kind(given.result)
    if not parts:
        return None
    kinds = list(next(iter(parts.values())))
    names = {agent.agent_id: name_and_id(agent) for agent in given.result.agents}
    right = max(sum(max(cents, 0) for cents in own.values()) for own in parts.values())
    left = max(sum(max(-cents, 0) for cents in own.values()) for own in parts.values())
    rows: list[list[Content]] = [
        [
            names.get(agent, agent),
            bar(_stack(own, left, right, policy, language)),
            *(amount_or_dash(own[kind]) if own[kind] else NONE for kind in kinds),
            amount_or_dash(sum(own.values())),
        ]
        for agent, own in parts.items()
    ]
    heads: list[Column] = [(report_word("name", language), "name"), ("", "chart")]
    heads += [(element("span", swatch(kind), f" {pay_kind_word(kind, language)}"), "num") for kind in kinds]
    total = report_word("pay", language, currency=currency_word(policy.currency, language))
    sums: list[Content] = [
        report_word("total", language), None,
        *(amount_or_dash(sum(own[kind] for own in parts.values())) for kind in kinds),
        amount_or_dash(sum(sum(own.values()) for own in parts.values())),
    ]  # fmt: skip
    drawn = table([*heads, (total, "num")], [*rows, sums], look="wide totals")
    return section(
        "composition", report_word("composition", language), drawn, hint=report_word("composition-hint", language)
    )


def _stack(own: dict[PayKind, int], left: int, right: int, policy: Policy, language: str) -> Sequence[BarPart]:
    """Pieces side by side: gains from zero on, deductions from zero back."""
    whole = (left + right) or 1
    ends = {True: left, False: left}
    pieces = []
    for kind, cents in own.items():
        if cents:
            start, end = ends[cents > 0], ends[cents > 0] + cents
            amount = f"{trimmed_number(from_cents(cents))} {currency_word(policy.currency, language)}"
            title = f"{pay_kind_word(kind, language)} {amount}"
            pieces.append(BarPart(Fraction(start, whole), Fraction(end, whole), kind, title))
            ends[cents > 0] = end
    return pieces
