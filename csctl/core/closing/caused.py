"""What one cause changes in a closed month, and the month as it holds from then on.

A month is computed twice by one program: without the cause (a decision, a changed file) and with it. What differs is
what the cause does. The month as it was held so far may differ from both, where another program computed it: that
difference is not the cause's and stays what it was. So the month that holds is put together line by line:

- what is the same with and without the cause stays as it was held;
- what the cause changes becomes what it is with the cause; figures of scores that were held otherwise before move by
  as much as the cause moves them;
- money that was held otherwise before stays as a line of its own beside the new one.

Everything that counts is a line: by agent and line, the new month is the held one plus with minus without.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any, TypeVar

from csctl.core.lines import Measured, PayLine, PoolResult, Score, ScoreLine, as_frame, as_records
from csctl.core.paying.base_pay import ONE
from csctl.core.paying.pay import in_slip_order
from csctl.core.result import Agent, MonthResult
from csctl.messages import say
from csctl.money import from_cents

SUMMED = frozenset(
    {"contribution", "self_total", "superior_total", "indicator_total", "adjustment_total", "score"}
)
"""Figures of scores that add up over lines: they must still do so in the month that holds."""
Record = TypeVar("Record", Agent, Measured, ScoreLine, Score)
_Key = tuple[str, str]


def caused(held: MonthResult, without: MonthResult, with_it: MonthResult) -> MonthResult:
    """The month as it holds with the cause. ``held`` is the month so far; the other two are of one program."""
    if same_lines(held, without):
        return with_it

    def frame(table: str, kind: Any, line: str) -> Any:
        three = [as_records(getattr(one, table), kind) for one in (held, without, with_it)]
        return as_frame(_records(*three, key=lambda one: (one.agent_id, getattr(one, line, ""))), kind)

    three_lines = [as_records(one.pay_lines, PayLine) for one in (held, without, with_it)]
    moved = _pools_moved(without.pools, with_it.pools)
    lines = _pay_lines(*three_lines, moved, with_it.policy.language)
    return replace(
        with_it,
        agents=tuple(_records(held.agents, without.agents, with_it.agents, key=lambda one: (one.agent_id, ""))),
        measures=frame("measures", Measured, "measure"),
        score_lines=frame("score_lines", ScoreLine, "line"),
        scores=frame("scores", Score, ""),
        pay_lines=as_frame(in_slip_order(lines), PayLine),
        pools=tuple(
            _whole(held.pools, without.pools, with_it.pools, key=lambda one: one.pool),
        ),
        problems=_unit(held.problems, without.problems, with_it.problems),
        advice=_unit(held.advice, without.advice, with_it.advice),
        findings=_unit(held.findings, without.findings, with_it.findings),
        listings=_unit(held.listings, without.listings, with_it.listings),
    )


def same_lines(one: MonthResult, other: MonthResult) -> bool:
    """Whether two results say the same of everybody, in whatever order."""
    pairs = zip(_tables(one), _tables(other), strict=True)
    return all(mine == theirs or _sorted(mine) == _sorted(theirs) for mine, theirs in pairs)


def _tables(result: MonthResult) -> list[Sequence[Any]]:
    kinds: list[tuple[str, Any]] = [
        ("measures", Measured), ("score_lines", ScoreLine), ("scores", Score), ("pay_lines", PayLine),
    ]  # fmt: skip
    return [result.agents, result.pools, *(as_records(getattr(result, name), kind) for name, kind in kinds)]


def _sorted(records: Iterable[Any]) -> list[Any]:
    return sorted(records, key=repr)


# ---- records: what is the same stays, what changed is new -------------------------------------------------------


def _records(
    held: Iterable[Record], without: Iterable[Record], with_it: Iterable[Record], key: Callable[[Record], _Key]
) -> list[Record]:
    """By key; in the order of ``with_it``, agents together."""
    sides = [_by_key(records, key) for records in (held, without, with_it)]
    made = []
    for name in dict.fromkeys([*sides[2], *sides[0]]):
        three = [side.get(name, []) for side in sides]
        made += _of_key(*three)
    return sorted(made, key=lambda one: one.agent_id)


def _of_key(held: list[Record], without: list[Record], with_it: list[Record]) -> list[Record]:
    if with_it == without:
        return held
    if held == without or not (len(held) == len(without) == len(with_it)):
        return with_it
    return [_merged(*three) for three in zip(held, without, with_it, strict=True)]


def _merged(held: Record, without: Record, with_it: Record) -> Record:
    """Field by field; a sum that was held otherwise before moves by as much as the cause moves it."""
    names = [field.name for field in fields(held)]
    three = (held, without, with_it)
    return replace(held, **{name: _value(name, *(getattr(one, name) for one in three)) for name in names})


def _value(name: str, held: Any, without: Any, with_it: Any) -> Any:
    if with_it == without:
        return held
    figures = name in SUMMED and all(isinstance(one, Decimal) for one in (held, without, with_it))
    return held + with_it - without if figures and held != without else with_it


# ---- money ------------------------------------------------------------------------------------------------------


def _pay_lines(
    held: Sequence[PayLine], without: Sequence[PayLine], with_it: Sequence[PayLine], moved: frozenset[str], language: str
) -> list[PayLine]:
    def key(one: PayLine) -> _Key:
        return one.agent_id, one.line

    sides = [_by_key(lines, key) for lines in (held, without, with_it)]
    made: list[PayLine] = []
    for name in dict.fromkeys([*sides[2], *sides[0], *sides[1]]):
        before, bare, after = (side.get(name, []) for side in sides)
        shared = any(line.basis == "pool" and line.source in moved for line in (*bare, *after))
        same_money = _cents(bare) == _cents(after) and before != bare
        if not shared and (bare == after or same_money):
            made += before
        else:
            made += [*after, *_difference((after or before or bare)[0], _cents(before) - _cents(bare), language)]
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


def _pools_moved(without: Sequence[PoolResult], with_it: Sequence[PoolResult]) -> frozenset[str]:
    """Pools that the cause changes: all shares in them are then those of one computation."""
    before = {pool.pool: pool for pool in without}
    after = {pool.pool: pool for pool in with_it}
    return frozenset(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _cents(lines: Sequence[PayLine]) -> int:
    return sum(line.amount_cents for line in lines)


# ---- wholes -----------------------------------------------------------------------------------------------------

Whole = TypeVar("Whole")


def _whole(
    held: Iterable[Whole], without: Iterable[Whole], with_it: Iterable[Whole], key: Callable[[Whole], Hashable]
) -> list[Whole]:
    """What changed in any way is new as a whole."""
    before, bare, after = ({key(one): one for one in side} for side in (held, without, with_it))
    made = []
    for name in dict.fromkeys([*after, *before]):
        found = before.get(name) if bare.get(name) == after.get(name) else after.get(name)
        made += [found] if found is not None else []
    return made


def _unit(held: tuple[Whole, ...], without: tuple[Whole, ...], with_it: tuple[Whole, ...]) -> tuple[Whole, ...]:
    return held if without == with_it else with_it


def _by_key(records: Iterable[Any], key: Callable[[Any], _Key]) -> dict[_Key, list[Any]]:
    found: dict[_Key, list[Any]] = {}
    for record in records:
        found.setdefault(key(record), []).append(record)
    return found
