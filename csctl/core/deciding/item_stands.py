"""What one item of one agent is in a computed month: the measured value beside the points, as a decision moves them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from csctl.core.deciding.items import find_item
from csctl.core.explaining.nodes import trimmed_number
from csctl.core.records.lines import ScoreLine
from csctl.core.records.result import MonthResult
from csctl.messages import say
from csctl.messages.units import unit_word
from csctl.money import from_cents
from csctl.policy.model import Policy
from csctl.policy.parts import Composite, Part
from csctl.policy.pay.plan import ENTRIES
from csctl.policy.pay.pool import Pool
from csctl.policy.refs import COMPOSITE_PREFIX, EVENT_PREFIX, references
from csctl.policy.scoring import Adjustment, Indicator
from csctl.policy.walk import entry_named

_USERS: tuple[type[Part], ...] = (Indicator, Adjustment, *ENTRIES, Pool, Composite)
"""What may hang on a measure."""


@dataclass(frozen=True, slots=True)
class ItemStands:
    """``value`` is what was measured, judged or counted; ``comes_to`` the points, level or yuan it makes of it."""

    label: str
    value: str
    comes_to: str


def item_stands(result: MonthResult, agent_id: str, name: str, language: str) -> ItemStands | None:
    """How an item stands; None where it has no line: nothing happened, or somebody has no score."""
    item, _ = find_item(result.policy, name)
    if item is None:
        return None
    if item.kind in ("indicator", "adjustment"):
        own = next((one for one in result.own(agent_id).score_lines if one.line == item.id), None)
        return None if own is None else _of_score(own, language)
    paid = [one for one in result.own(agent_id).pay_lines if one.line.split(".")[0] == item.id]
    if not paid:
        return None
    times = sum((abs(one.quantity) for one in paid), Decimal(0))
    yuan = from_cents(sum(one.amount_cents for one in paid))
    words = unit_word("times", language, times), unit_word("yuan", language)
    return ItemStands(item.label, f"{trimmed_number(times)} {words[0]}", f"{yuan:,.2f} {words[1]}")


def _of_score(line: ScoreLine, language: str) -> ItemStands:
    value = line.text
    if not value:
        unit = unit_word(line.unit, language, line.value)
        value = say("no-value", language) if line.value is None else f"{trimmed_number(line.value)} {unit}".strip()
    points = line.contribution if line.kind == "adjustment" else line.points
    said = f"{trimmed_number(points)} {unit_word('points', language, points)}"
    return ItemStands(line.label, value, f"{said} · {line.band}" if line.band else said)


def hanging_on(policy: Policy, name: str, language: str) -> tuple[str, ...]:
    """What else the policy makes of the measure or event behind an item, in words: awards, fines, other measures.

    What hangs on a composite of the measure hangs on the measure too.
    """
    item, _ = find_item(policy, name)
    space = "score line" if item and item.kind in ("indicator", "adjustment") else "pay line"
    own = entry_named(policy, space, item.id) if item else None
    if own is None:
        return ()
    looked_at = {_figure(ref.to, met.text) for met, ref in references(own)}
    return tuple(dict.fromkeys(_said(part, language) for part in _users(policy, looked_at) if part is not own))


def _figure(kind: str, text: str) -> tuple[str, str]:
    """What a reference is to, by kind and name: a count of events is named as a measure or as the event."""
    return ("measure", EVENT_PREFIX + text) if kind == "event" else (kind, text)


def _users(policy: Policy, figures: set[tuple[str, str]]) -> Iterator[Part]:
    """Every entry of the policy that looks at one of these measures or events, and at the composites that do."""
    own = {figure for figure in figures if figure[0] == "measure"}
    wanted = own | {
        ("measure", COMPOSITE_PREFIX + key)
        for key, one in policy.composite.items()
        if any(("measure", part.measure) in own for part in one.of)
    }
    for met, ref in references(policy):
        if _figure(ref.to, met.text) in wanted:
            yield from next(([owner] for owner in reversed(met.owners) if isinstance(owner, _USERS)), [])


def _said(part: Part, language: str) -> str:
    return say(f"hanging-{type(part).__name__.lower()}", language, label=str(getattr(part, "label", "")))
