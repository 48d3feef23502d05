"""The plain computation of all months of a case, in the order in which a slip is made."""

from __future__ import annotations

from tests.core.paying.oracle import limited, own, scales, together
from tests.core.paying.oracle.case import Case
from tests.core.paying.oracle.standing import Standing


def worked_out(case: Case) -> list[Standing]:
    """Every month with its lines, each knowing those before it."""
    done: list[Standing] = []
    for given in case.months:
        month = Standing(case, given, list(done))
        for step in (own.base, own.deduction, own.overtime, own.allowance, own.performance):
            step(month)
        scales.of_own_figure(month, "commission")
        scales.of_own_figure(month, "piece")
        for step in (
            together.award,
            own.manual,
            together.pool,
            limited.cap,
            own.fine,
            limited.draw,
            limited.guarantee,
            limited.rounding,
        ):
            step(month)
        done.append(month)
    return done
