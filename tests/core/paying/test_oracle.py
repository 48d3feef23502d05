"""The program and a second payroll, in fractions and loops, pay the same on plans and months that are drawn."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from csctl.policy.lint import lint_policy
from csctl.policy.model import Policy
from csctl.problems import Place, Severity
from tests.core.paying.oracle.compared import differences
from tests.core.paying.oracle.months import ROWS_GIVEN, drawn_case

FEW = 80
"""Cases of the default run."""
MANY = int(os.environ.get("CSCTL_CASES", "2000"))
"""Cases of the slow proof."""
PARTS = 20


def _agree(numbers: range) -> None:
    for number in numbers:
        _same(number, differences(drawn_case(number)))


def _agree_on_rows(numbers: range, folder: Path) -> None:
    for number in numbers:
        if number % ROWS_GIVEN == 0:
            _same(number, differences(drawn_case(number), folder / str(number)))


def _same(number: int, found: Sequence[str]) -> None:
    assert not found, f"case {number}:\n" + "\n".join(found)


def test_every_line_and_every_total_is_what_a_second_payroll_makes_of_it() -> None:
    """By component and person to the cent; every pool, what is left to later months, and what is said."""
    _agree(range(FEW))


def test_so_it_is_where_the_program_credits_the_rows_itself(tmp_path: Path) -> None:
    """Rows by day instead of figures: to people, to the parts of a month, to cards and to groups."""
    _agree_on_rows(range(FEW), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_they_agree_on_many_more(part: int, tmp_path: Path) -> None:
    """As many as CSCTL_CASES says, in parts that processes share; every tenth of rows too."""
    numbers = range(FEW + MANY * part // PARTS, FEW + MANY * (part + 1) // PARTS)
    _agree(numbers)
    _agree_on_rows(numbers, tmp_path)


def test_the_plans_that_are_drawn_are_plans_that_may_be_used() -> None:
    """None has an error that the linter knows: what they are tried on, somebody could write."""
    for number in range(0, FEW, 4):
        rules = Policy.model_validate(drawn_case(number).plan)
        said = lint_policy(rules, lambda path: Place("policy.toml", column=".".join(map(str, path))))
        assert [one.code for one in said if one.severity is Severity.ERROR] == [], number
