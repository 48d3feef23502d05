"""What must be looked at before a month is closed: moves and sums from some size on, months that are not there."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from csctl.messages import problem
from csctl.month import Month, months_between
from csctl.policy.model import MONTH
from csctl.policy.parts import Number, Part
from csctl.policy.to_write import several_lines, toml_string
from csctl.problems import Problem, shortened


class Limits(Part):
    """The ``[sign_off]`` part of ``csctl.toml``."""

    moved_percent: Number = Field(
        Decimal(20), ge=0, description="a score or a pay that moves by more than so many percent is asked about"
    )
    pool_budget: Number | None = Field(None, ge=0, description="yuan a month that all pools together may pay")
    pay_budget: Number | None = Field(None, ge=0, description="yuan a month that all pay together may cost")
    never: list[Annotated[str, Field(pattern=MONTH)]] = Field(
        default_factory=list,
        description="months without any file, `YYYY-MM`, that are never to be closed: later ones may be",
    )


def missing_before(limits: Limits, last: Month, month: Month, with_data: Collection[Month]) -> list[Month]:
    """The months between two that have no file of any kind, and of which nobody said that this is how it is."""
    between = months_between(last.shift(1), month.shift(-1))
    return [one for one in between if one not in with_data and str(one) not in limits.never]


def missing_months_problem(limits: Limits, month: Month, missing: Collection[Month]) -> Problem:
    """Why a month is not closed over those before it that are not there, and what to write if they never come."""
    never = sorted({*limits.never, *map(str, missing)})
    lines = several_lines(["[sign_off]", f"never = [{', '.join(map(toml_string, never))}]"])
    named = shortened([str(one) for one in sorted(missing)])
    return problem("close-month-missing", found=month, months=named, lines=lines)
