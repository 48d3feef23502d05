"""What one cause changes in a closed month, and the month as it holds from then on.

A month is computed twice by one program: without the cause (a decision, a changed file) and with it. What differs is
what the cause does. The month as it was held so far may differ from both, where another program computed it: that
difference is not the cause's and stays what it was. So the month that holds is put together line by line:

- what is the same with and without the cause stays as it was held;
- what the cause changes becomes what it is with the cause; sums of scores that were held otherwise before move by as
  much as the cause moves them;
- money that was held otherwise before stays as a line of its own beside the new one.

Everything that counts is a line: by agent and line, the new month is the held one plus with minus without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from csctl.core.paying.amounts import ONE
from csctl.core.paying.pay import in_slip_order
from csctl.core.records.lines import Measured, PayLine, PoolResult, Score, ScoreLine, as_frame, as_records
from csctl.core.records.result import MonthResult
from csctl.messages import say
from csctl.money import from_cents

SUMMED = frozenset({"contribution", "self_total", "superior_total", "indicator_total", "adjustment_total", "score"})
"""Figures of scores that add up over lines: they must still do so in the month that holds."""
_FRAMES: tuple[tuple[str, Any, str], ...] = (
    ("measures", Measured, "measure"), ("score_lines", ScoreLine, "line"), ("scores", Score, ""),
)  # fmt: skip
_Key = tuple[str, str]
_Found = TypeVar("_Found")


class _Three(NamedTuple):
    """The same part of the month as held, without the cause, and with it."""

    held: Any
    without: Any
    with_it: Any

    def each(self, view: Callable[[Any], Any]) -> _Three:
        """A view of all three."""
        return _Three(view(self.held), view(self.without), view(self.with_it))

    @property
    def newest(self) -> Any:
        """The part as a whole: as held, unless the cause changes it."""
        return self.held if self.without == self.with_it else self.with_it


def caused(held: MonthResult, without: MonthResult, with_it: MonthResult) -> MonthResult:
    """The month as it holds with the cause. ``held`` is the month so far; the other two are of one program."""
    if same_lines(held, without):
        return with_it
    months = _Three(held, without, with_it)
    frames: dict[str, Any] = {
        name: as_frame(_records(_lines(months, name, kind), line), kind) for name, kind, line in _FRAMES
    }
    lines = _pay_lines(_lines(months, "pay_lines", PayLine), _pools_moved(without, with_it), with_it.policy.language)
    return replace(
        with_it,
        **frames,
        agents=tuple(_records(months.each(lambda one: one.agents), "")),
        pay_lines=as_frame(in_slip_order(lines), PayLine),
        pools=tuple(_pools(months)),
        problems=months.each(lambda one: one.problems).newest,
        advice=months.each(lambda one: one.advice).newest,
        findings=months.each(lambda one: one.findings).newest,
        listings=months.each(lambda one: one.listings).newest,
    )


def same_lines(one: MonthResult, other: MonthResult) -> bool:
    """Whether two results say the same of everybody, in whatever order."""
    pairs = zip(_tables(one), _tables(other), strict=True)
    return all(mine == theirs or _sorted(mine) == _sorted(theirs) for mine, theirs in pairs)


def _tables(result: MonthResult) -> list[Sequence[Any]]:
    kinds = [(name, kind) for name, kind, _ in _FRAMES] + [("pay_lines", PayLine)]
    return [result.agents, result.pools, *(as_records(getattr(result, name), kind) for name, kind in kinds)]


def _sorted(records: Iterable[Any]) -> list[Any]:
    return sorted(records, key=repr)


def _lines(months: _Three, name: str, kind: Any) -> _Three:
    return months.each(lambda one: as_records(getattr(one, name), kind))


# ---- records: what is the same stays, what changed is new -------------------------------------------------------


def _records(records: _Three, line: str) -> list[Any]:
    """By agent and by the field that tells lines apart; in the order of those with the cause, agents together."""
    sides = records.each(lambda side: _by_key(side, line))
    made: list[Any] = []
    for key in dict.fromkeys([*sides.with_it, *sides.held]):
        made += _of_key(_of(sides, key))
    return sorted(made, key=lambda one: one.agent_id)


def _of(sides: _Three, key: _Key) -> _Three:
    return sides.each(lambda side: side.get(key, []))


def _of_key(three: _Three) -> list[Any]:
    held, without, with_it = three
    merge = with_it != without and held != without and len(held) == len(without) == len(with_it)
    found: list[Any] = [_merged(_Three(*one)) for one in zip(*three, strict=True)] if merge else three.newest
    return found


def _merged(three: _Three) -> Any:
    """Field by field; a sum that was held otherwise before moves by as much as the cause moves it."""
    names = [field.name for field in fields(three.held)]
    return replace(three.held, **{name: _value(name, three.each(attrgetter(name))) for name in names})


def _value(name: str, three: _Three) -> Any:
    held, without, with_it = three
    moved = with_it != without and held != without and name in SUMMED
    return held + with_it - without if moved and all(isinstance(one, Decimal) for one in three) else three.newest


# ---- money ------------------------------------------------------------------------------------------------------


def _pay_lines(lines: _Three, moved: frozenset[str], language: str) -> list[PayLine]:
    sides = lines.each(lambda side: _by_key(side, "line"))
    made: list[PayLine] = []
    for key in dict.fromkeys([*sides.with_it, *sides.held, *sides.without]):
        three = _of(sides, key)
        cents, left = three.each(_cents), three.each(_carried)
        shared = any(line.basis == "pool" and line.source in moved for line in (*three.without, *three.with_it))
        same = cents.without == cents.with_it and left.without == left.with_it
        reworded = same and three.held != three.without
        if not shared and (three.without == three.with_it or reworded):
            made += three.held
        else:
            rest = _difference((three.with_it or three.held or three.without)[0], cents.held - cents.without, language)
            made += [*three.with_it, *rest]
    return made


def _difference(line: PayLine, cents: int, language: str) -> list[PayLine]:
    """What was held more or less than this program computes, as a line beside the one it computes."""
    if not cents:
        return []
    label = say("closing-held-label", language, label=line.label)
    note = say("closing-held-note", language)
    quantity, rate = (-ONE if cents < 0 else ONE), from_cents(abs(cents))
    return [
        replace(
            line, label=label, basis="product", source="", quantity=quantity, unit="", rate=rate, divisor=ONE,
            amount_cents=cents, note=note,
        )
    ]  # fmt: skip


def _pools_moved(without: MonthResult, with_it: MonthResult) -> frozenset[str]:
    """Pools that the cause changes: all shares in them are then those of one computation."""
    before, after = _by_pool(without), _by_pool(with_it)
    return frozenset(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _pools(months: _Three) -> list[PoolResult]:
    """A pool is one whole: as held, or as it is with the cause."""
    sides = months.each(_by_pool)
    names = {**sides.with_it, **sides.held}
    found: list[PoolResult | None] = [_Three(*(side.get(name) for side in sides)).newest for name in names]
    return [pool for pool in found if pool is not None]


def _by_pool(result: MonthResult) -> dict[str, PoolResult]:
    return {pool.pool: pool for pool in result.pools}


def _cents(lines: Sequence[PayLine]) -> int:
    return sum(line.amount_cents for line in lines)


def _carried(lines: Sequence[PayLine]) -> list[Decimal]:
    """What is left to later months: it pays nothing, and decides what they pay."""
    return [line.quantity for line in lines if line.basis == "carried"]


def _by_key(records: Iterable[_Found], line: str) -> dict[_Key, list[_Found]]:
    found: dict[_Key, list[_Found]] = {}
    for record in records:
        named: Any = record
        found.setdefault((named.agent_id, getattr(named, line) if line else ""), []).append(record)
    return found
