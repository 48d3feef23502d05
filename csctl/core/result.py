"""Everything one month came to: what all views are made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from csctl.core.checking.findings import CheckFinding, ListedValue
from csctl.core.coverage.fates import Fates
from csctl.core.law.advice import Advice
from csctl.core.lines import PoolResult
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Problem

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Agent:
    """One line of the roster, for the agents employed in the month."""

    agent_id: str
    name: str
    group: str
    post: str
    level: str
    supervisor: str
    hired_on: date | None
    regular_on: date | None
    left_on: date | None
    base_pay: Decimal | None
    region: str = ""
    contract: str = ""


@dataclass(frozen=True, slots=True)
class MonthResult:
    """The month's lines (frames declared in ``csctl.core.lines``), the people in it and what was assumed.

    ``agents`` are ordered by id. ``pay_lines`` is empty and ``pools`` is () where the policy has no pay.
    ``advice`` are the hints of the law checks: no problems, and never a reason to change a line.
    ``findings`` are the rows that failed a check, overdue ones first; ``listings`` the most frequent values.
    ``coverage`` is what became of every row of the month's files.
    """

    month: Month
    policy: Policy
    agents: tuple[Agent, ...]
    measures: pd.DataFrame
    score_lines: pd.DataFrame
    scores: pd.DataFrame
    pay_lines: pd.DataFrame
    pools: tuple[PoolResult, ...]
    problems: tuple[Problem, ...]
    advice: tuple[Advice, ...] = ()
    findings: tuple[CheckFinding, ...] = ()
    listings: tuple[ListedValue, ...] = ()
    coverage: tuple[Fates, ...] = ()
