"""Every fault a policy may have: its code, its line, and what is said about it in both languages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from csctl.messages import problem_fix, problem_text
from tests.policy.small import SMALL, changed, load_good, load_texts


@dataclass(frozen=True)
class Bad:
    """One entry of ``bad_policies.toml``."""

    code: str
    old: str
    new: str
    line: str
    zh: str
    en: str
    above: int = 0

    @property
    def text(self) -> str:
        return changed((self.old, self.new))

    @property
    def row(self) -> int:
        """The line that must be named."""
        lines = self.text.split("\n")
        return max(number for number, line in enumerate(lines, start=1) if self.line in line) - self.above


DATA = Path(__file__).with_name("bad_policies.toml").read_text("utf-8")
ALL_BAD = [Bad(**entry) for entry in tomllib.loads(DATA)["bad"]]


def test_the_small_policy_is_good() -> None:
    """What all bad policies are made from has no fault, not even a warning."""
    assert load_good({"own": SMALL}).findings == ()


@pytest.mark.parametrize("case", ALL_BAD, ids=lambda case: f"{case.code}: {case.new[:30]}")
def test_a_fault_is_refused_with_its_line_and_its_words(case: Bad) -> None:
    """One fault makes one error, which names file and line and says in both languages what to do."""
    loaded, problems = load_texts({"own": case.text})
    assert loaded is None
    assert [(problem.code, problem.place.file) for problem in problems] == [(case.code, "own.toml")]
    assert problems[0].place.row == case.row
    assert case.zh in problem_text(problems[0], "zh") + problem_fix(problems[0], "zh")
    assert case.en in problem_text(problems[0], "en") + problem_fix(problems[0], "en")
