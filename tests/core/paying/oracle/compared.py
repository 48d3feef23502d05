"""The program's months beside the plain computation's: every line that is an amount, every pool, what is said."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path

from csctl.core.compute import compute_month
from csctl.core.records.result import MonthResult
from csctl.policy.model import Policy
from tests.core.paying.oracle.case import Case
from tests.core.paying.oracle.given import of_figures, of_rows
from tests.core.paying.oracle.payroll import worked_out
from tests.core.paying.oracle.standing import Standing
from tests.workbench import codes, pay_lines

SAID = {
    "no-base-pay", "no-base-pay-on-roster", "in-lieu-unknown", "in-lieu-beyond", "pay-item-unknown", "pay-item-signed",
    "carried-from-earlier", "below-zero-zero", "below-zero-carry", "below-zero-deduct", "commission-without-target",
    "pool-undistributed", "pay-cut-cap", "pay-cut-budget", "pay-cut-all", "draw-owed", "draw-owed-by-leavers",
}  # fmt: skip
"""What the plain computation knows when to say."""
Amounts = dict[tuple[str, str], object]


def differences(case: Case, folder: Path | None = None) -> list[str]:
    """What the two disagree on, a line each; nothing where they agree. With a ``folder`` for its tables the program is
    given rows, without one figures.
    """
    found = []
    for month, plain in zip(by_program(case, folder), worked_out(case), strict=True):
        theirs, ours = _of_program(month), _of_plain(plain)
        found += [
            f"{month.month} {key}: program {theirs.get(key, 0)}, plainly {ours.get(key, 0)}"
            for key in sorted(theirs.keys() | ours.keys())
            if theirs.get(key, 0) != ours.get(key, 0)
        ]
    return found


def by_program(case: Case, folder: Path | None = None) -> list[MonthResult]:
    """The months as csctl computes them of figures, or of rows."""
    rules, done = Policy.model_validate(case.plan), list[MonthResult]()
    for one in case.months:
        past = tuple(done)
        given = of_rows(rules, case, one, past, folder) if folder else of_figures(rules, case, one, past)
        done.append(compute_month(given))
    return done


def _of_program(month: MonthResult) -> Amounts:
    found: Counter[tuple[str, str]] = Counter()
    left: Amounts = {}
    for line in pay_lines(month):
        if line.basis == "carried":
            left[line.agent_id, line.line] = Fraction(line.quantity)
        name = line.line.rpartition(".")[0] if line.kind in ("fine", "compensation") and "." in line.line else line.line
        found[line.agent_id, name] += line.amount_cents
        found[line.agent_id, "total"] += line.amount_cents
    pools: Amounts = {("pool", one.pool): one.pool_cents for one in month.pools}
    carried: Amounts = {("pool", f"{one.pool} left"): one.carried_cents for one in month.pools}
    said: Amounts = {("said", code): 1 for code in codes(month) if code in SAID}
    return _shown(found | left | pools | carried | said)


def _of_plain(month: Standing) -> Amounts:
    found: Counter[tuple[str, str]] = Counter()
    for line in month.lines:
        found[line.who, line.name] += line.cents
        found[line.who, "total"] += line.cents
    people = {one.agent_id for one in month.people}
    left: Amounts = {(who, f"{name}.carried"): rest for (name, who), rest in month.left.items() if who in people}
    pools: Amounts = {("pool", name): one for name, one in month.pools.items()}
    numbers = {keys["label"]: f"pool{at}" for at, keys in enumerate(month.pay.get("pool", []), 1)}
    carried: Amounts = {
        ("pool", f"{numbers[name]}{f'.{group}' if group else ''} left"): rest * 100
        for (name, group), rest in month.left.items()
        if name in numbers
    }
    return _shown(found | left | pools | carried | {("said", code): 1 for code in month.said})


def _shown(amounts: Amounts) -> Amounts:
    return {key: amount for key, amount in amounts.items() if amount}
