"""What differs between two computations of one month: field by field, in money, and in the shares of a pool."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Literal

from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured, PayLine, Score, ScoreLine, as_records
from csctl.core.records.result import MonthResult
from csctl.money import from_cents
from csctl.policy.pay.kinds import PAY_KINDS, PayKind

if TYPE_CHECKING:
    import pandas as pd

Table = Literal["agents", "measures", "score_lines", "scores", "pay_lines"]
ABSENT = "–"
"""How an empty figure is written, so that it differs from an empty text and from no line at all."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one line that changed; ``line`` names the measure, score line or pay line within its table.

    A line that stands on one side only has field "" and there its figure or name, on the other side "".
    Amounts are in yuan (field ``amount``), as in ``run.json``.
    """

    agent_id: str
    table: Table
    line: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PayDelta:
    """One agent × one pay line whose amount changed; 0 on the side that lacks it."""

    agent_id: str
    line: str
    label: str
    kind: PayKind
    old_cents: int
    new_cents: int
    rule: str


@dataclass(frozen=True, slots=True)
class PoolMove:
    """One agent's share in a pool that changed; 0 on the side that gives none."""

    agent_id: str
    pool: str
    label: str
    old_cents: int
    new_cents: int


@dataclass(frozen=True, slots=True)
class _Kind:
    """How the records of a table are told apart, and which field speaks for a whole line."""

    table: Table
    record: Any
    line: str
    figure: str


NOT_COMPARED = frozenset({"marks"})
"""What is said of a line and is no part of it, as problems are."""

_AGENTS = _Kind("agents", Agent, "", "name")
_FRAMES = (
    _Kind("measures", Measured, "measure", "value"),
    _Kind("score_lines", ScoreLine, "line", "contribution"),
    _Kind("scores", Score, "", "score"),
    _Kind("pay_lines", PayLine, "line", "amount_cents"),
)


def differences(old: MonthResult, new: MonthResult) -> list[Difference]:
    """Every field that differs, by table, agent and line; the order of rows does not matter.

    Problems and law hints are not compared: they follow from what is.
    """
    found = list(_of_table(_AGENTS, old.agents, new.agents))
    for kind in _FRAMES:
        before: pd.DataFrame = getattr(old, kind.table)
        after: pd.DataFrame = getattr(new, kind.table)
        found += _of_table(kind, as_records(before, kind.record), as_records(after, kind.record))
    return found


def _of_table(kind: _Kind, old: Iterable[Any], new: Iterable[Any]) -> Iterator[Difference]:
    before, after = _by_key(kind, old), _by_key(kind, new)
    for key in sorted(before.keys() | after.keys()):
        for one, other in zip_longest(before.get(key, ()), after.get(key, ())):
            yield from _of_line(kind, key, one, other)


def _by_key(kind: _Kind, records: Iterable[Any]) -> dict[tuple[str, str], list[Any]]:
    """Records by agent and line; several of one key stand in an order of their own."""
    found: dict[tuple[str, str], list[Any]] = {}
    for record in records:
        line = getattr(record, kind.line) if kind.line else ""
        found.setdefault((record.agent_id, line), []).append(record)
    for several in found.values():
        several.sort(
            key=lambda record: [
                field_text(getattr(record, field.name)) for field in fields(record) if field.name not in NOT_COMPARED
            ]
        )
    return found


def _of_line(kind: _Kind, key: tuple[str, str], old: Any, new: Any) -> Iterator[Difference]:
    if old is None or new is None:
        yield Difference(key[0], kind.table, key[1], "", _figure(kind, old), _figure(kind, new))
        return
    for field in fields(kind.record):
        if field.name in NOT_COMPARED:
            continue
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            name = field.name.removesuffix("_cents")
            yield Difference(key[0], kind.table, key[1], name, _text(field.name, before), _text(field.name, after))


def _figure(kind: _Kind, record: Any) -> str:
    """What a whole line comes to; never empty where there is one."""
    return "" if record is None else _text(kind.figure, getattr(record, kind.figure)) or ABSENT


def _text(field: str, value: Any) -> str:
    return field_text(from_cents(value) if field.endswith("_cents") else value)


def field_text(value: Decimal | date | str | float | bool | None) -> str:
    """A value as text: figures with their places, days as 2026-10-31, an empty figure as a dash."""
    if value is None:
        return ABSENT
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


# ---- money -----------------------------------------------------------------


def pay_deltas(old: MonthResult, new: MonthResult) -> list[PayDelta]:
    """What changed in money, by agent and as on a slip.

    Correction lines are left out on both sides: they belong to other months, and each of those settles its own.
    """
    before, after = _paid(old), _paid(new)
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        one, other = before.get(key, []), after.get(key, [])
        lead = (other or one)[0]
        delta = PayDelta(lead.agent_id, lead.line, lead.label, lead.kind, _cents(one), _cents(other), lead.rule)
        found += [delta] if delta.old_cents != delta.new_cents else []
    return sorted(found, key=lambda delta: (delta.agent_id, PAY_KINDS.index(delta.kind)))


def _paid(result: MonthResult) -> dict[tuple[str, str], list[PayLine]]:
    """The month's own pay lines by agent and line, in their order."""
    found: dict[tuple[str, str], list[PayLine]] = {}
    for line in as_records(result.pay_lines, PayLine):
        if line.kind != "correction":
            found.setdefault((line.agent_id, line.line), []).append(line)
    return found


def _cents(lines: Sequence[PayLine]) -> int:
    return sum(line.amount_cents for line in lines)


def pool_moves(old: MonthResult, new: MonthResult) -> list[PoolMove]:
    """Everybody whose share in a pool moved, pool by pool and by agent."""
    labels = {pool.pool: pool.label for result in (old, new) for pool in result.pools}
    before, after = _shares(old), _shares(new)
    return [
        PoolMove(agent_id, pool, labels[pool], before.get((pool, agent_id), 0), after.get((pool, agent_id), 0))
        for pool, agent_id in sorted(before.keys() | after.keys())
        if before.get((pool, agent_id), 0) != after.get((pool, agent_id), 0)
    ]


def _shares(result: MonthResult) -> dict[tuple[str, str], int]:
    """Cents by pool and agent."""
    found: dict[tuple[str, str], int] = {}
    for pool in result.pools:
        for share in pool.shares:
            key = (pool.pool, share.agent_id)
            found[key] = found.get(key, 0) + share.amount_cents
    return found
