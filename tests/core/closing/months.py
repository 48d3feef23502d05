"""Tiny months made by hand: people, amounts by pay line, scores, all under one policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pandas as pd

from csctl.core.closing.corrections import BookedDelta
from csctl.core.closing.differences import PayDelta
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured, PayLine, PoolResult, PoolShare, Score, ScoreLine, TierPart, as_frame
from csctl.core.records.result import MonthResult
from csctl.money import from_cents
from csctl.month import Month
from csctl.policy.pay.kinds import PayKind
from tests.workbench import agent, policy

D = Decimal
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
RULES_TEXT = """
language = "en"
scale = { "good" = 100 }
[score]
pass_mark = 60
raters = { self = 30, superior = 70 }
[[level]]
id = "c1"
label = "C1"
[[level]]
id = "c2"
label = "C2"
[[level]]
id = "lead"
label = "Lead"
scored = false
[[dimension]]
id = "manner"
label = "Manner"
weight = 100
[[dimension.indicator]]
id = "tone"
label = "Tone"
rating = "tone"
missing = "full"
[[grade]]
label = "A"
at_least = 90
[[grade]]
label = "B"
[pay.base]
by = "roster"
[[assumption]]
id = "A-1"
kind = "example"
text = "the pass mark is made up"
[[assumption]]
id = "A-2"
kind = "reading"
text = "one way to read it"
"""
RULES = policy(RULES_TEXT)
KINDS: Mapping[str, PayKind] = {"base": "base", "late": "unworked", "pool1": "bonus", "top": "award", "rude": "fine"}
"""The pay lines of these months and what kind they are."""


def pay_line(agent_id: str, line: str, cents: int, **changes: object) -> PayLine:
    """A line of that amount: a product of 1 or -1 and the amount in yuan."""
    quantity = D(-1) if cents < 0 else D(1)
    made = PayLine(
        agent_id, line, f"label of {line}", KINDS[line], "product", "", quantity, "times", from_cents(abs(cents)), D(1),
        cents, "R-1", "",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def score(agent_id: str, total: str, grade: str = "A", **changes: object) -> Score:
    """A scored agent; ``total`` "" is one without a score."""
    value = D(total) if total else None
    made = Score(agent_id, "scored" if total else "excluded", value, value, value, D(0), value, grade if total else "",
                 None, None, None)  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def score_line(agent_id: str, contribution: str) -> ScoreLine:
    """The one line a score consists of."""
    return ScoreLine(
        agent_id, "tone", "indicator", "manner", "Tone", "rating:tone", None, "good", "", 0, "good", D(100), D(100),
        None, D(100), D(100), D(contribution), "", "", "",
    )  # fmt: skip


def measured(agent_id: str, measure: str, value: str) -> Measured:
    """A figure made of one row."""
    return Measured(agent_id, measure, D(value) if value else None, 1, None, None, "interactions")


def pool(cents: int, shares: Mapping[str, int], **changes: object) -> PoolResult:
    """A pool of one tier, shared as given."""
    parts = tuple(PoolShare(one, D(80), 20, 8000 * 20, amount) for one, amount in shares.items())
    tier = TierPart(0, None, D("0.1"), cents * 10, cents)
    made = PoolResult("pool1", "Commission", "marginal", cents * 10, (tier,), cents, D(1), cents, False, parts, "P-1")
    return replace(made, **changes)  # type: ignore[arg-type]


def pool_line(agent_id: str, cents: int) -> PayLine:
    """The line that pays a share."""
    return pay_line(agent_id, "pool1", cents, basis="pool", source="pool1", label="Commission")


def month(
    of: Month = OCTOBER,
    people: Sequence[Agent | str] = (),
    pay: Mapping[str, Mapping[str, int]] | None = None,
    scores: Mapping[str, str] | None = None,
    **changes: object,
) -> MonthResult:
    """A month of these people: cents by agent and line, scores by agent."""
    points = scores or {}
    agents = [agent(one) if isinstance(one, str) else one for one in people]
    made = MonthResult(
        month=of,
        policy=RULES,
        agents=tuple(agents),
        measures=as_frame([measured(one.agent_id, "contacts", "7") for one in agents], Measured),
        score_lines=as_frame([score_line(one, total) for one, total in points.items() if total], ScoreLine),
        scores=as_frame([score(one, total) for one, total in points.items()], Score),
        pay_lines=lines(pay or {}),
        pools=(),
        problems=(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def lines(pay: Mapping[str, Mapping[str, int]]) -> pd.DataFrame:
    """Pay lines of these amounts as a frame."""
    return as_frame([pay_line(one, line, cents) for one, own in pay.items() for line, cents in own.items()], PayLine)


def booked(deltas: Sequence[PayDelta], of: Month, entry: int, reason: str = "late orders") -> list[BookedDelta]:
    """What was found, as the ledger books it."""
    return [
        BookedDelta(
            of, one.agent_id, f"name of {one.agent_id}", one.line, one.label, one.old_cents, one.new_cents, reason,
            entry, one.rule,
        )
        for one in deltas
    ]  # fmt: skip
