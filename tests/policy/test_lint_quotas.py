"""Quotas of grades as the linter sees them: what cannot be had, and what nobody said."""

from __future__ import annotations

import pytest

from csctl.messages import problem_fix, problem_text
from csctl.problems import Problem
from tests.policy.small import SMALL, changed, line_with, load_texts

PLACES = ("raters = { self = 30, superior = 70 }\n", "raters = { self = 30, superior = 70 }\nquotas = { %s }\n")
THREE = ('label = "A"\nat_least = 80\n', 'label = "A"\nat_least = 80\n%s\n[[grade]]\nlabel = "A-"\nat_least = 70\n%s\n')


def policy(best: str = "", second: str = "", last: str = "", places: str = 'ties = "none", at_least = 1') -> str:
    """The small policy with a third grade, quotas, and how places are given ("" for not at all)."""
    edits = [(THREE[0], THREE[1] % (best, second)), ('[[grade]]\nlabel = "B"\n', f'[[grade]]\nlabel = "B"\n{last}\n')]
    if places:
        edits.append((PLACES[0], PLACES[1] % places))
    return changed(*edits)


def found(text: str) -> list[Problem]:
    """Errors that keep the policy from being loaded, or what the linter says of one that is."""
    loaded, problems = load_texts({"own": text})
    return list(problems) if loaded is None else list(loaded.findings)


def codes(text: str) -> list[str]:
    return [one.code for one in found(text)]


def test_quotas_with_ties_settled_and_places_for_some_are_good() -> None:
    """Nothing is found, nor in a policy that has no quotas."""
    assert codes(policy("quota = 0.2", "quota = 0.5")) == []
    assert codes(SMALL) == []


def test_the_last_grade_cannot_have_a_quota() -> None:
    """There is nothing below it."""
    text = policy("quota = 0.2", last="quota = 0.5")
    (said,) = found(text)
    assert (said.code, said.place.row) == ("policy-quota-on-last", line_with(text, "quota = 0.5"))
    assert "“B”" in problem_text(said, "en")


@pytest.mark.parametrize(("second", "expected"), [("0.4", []), ("0.40001", ["policy-quotas-sum"])])
def test_quotas_may_add_up_to_one_and_no_more(second: str, expected: list[str]) -> None:
    """All places together are for at most everybody."""
    assert codes(policy("quota = 0.6", f"quota = {second}")) == expected


def test_a_sum_above_one_is_shown() -> None:
    """With the sum, and the line of the last quota."""
    text = policy("quota = 0.6", "quota = 0.5")
    (said,) = found(text)
    assert (said.found, said.place.row) == ("1.1", line_with(text, "quota = 0.5"))


def test_a_quota_needs_a_word_on_ties() -> None:
    """Nobody decides for the author what becomes of equal scores."""
    text = policy("quota = 0.2", places="")
    (said,) = found(text)
    assert (said.code, said.place.row) == ("policy-quota-without-rules", line_with(text, "quota = 0.2"))
    assert 'ties = "none"' in problem_fix(said, "zh")


def test_rules_for_places_without_a_quota_do_nothing() -> None:
    """A warning, since whoever wrote them expects something of them."""
    text = policy()
    (said,) = found(text)
    assert (said.code, said.severity.value) == ("policy-quota-rules-unused", "warning")
    assert said.place.row == line_with(text, "quotas = {")


@pytest.mark.parametrize(
    ("places", "quota", "expected"),
    [
        ('ties = "none"', "0.2", ("4", "5")),
        ('ties = "none", from = 4', "0.2", ("4", "5")),
        ('ties = "none", from = 5', "0.2", None),
        ('ties = "none", from = 3', "0.3", ("3", "4")),
        ('ties = "none", from = 4', "0.3", None),
        ('ties = "none", at_least = 1', "0.2", None),
    ],
)
def test_a_grade_that_small_teams_cannot_reach_is_said(
    places: str, quota: str, expected: tuple[str, str] | None
) -> None:
    """A fifth of four is nobody: with so few there is no place, unless no quota holds or there is one in any case."""
    said = found(policy(f"quota = {quota}", places=places))
    if expected is None:
        assert said == []
    else:
        (one,) = said
        assert (one.code, one.severity.value) == ("policy-quota-without-place", "warning")
        assert dict(one.details) == {"people": expected[0], "enough": expected[1]}


@pytest.mark.parametrize("quota", ["0", "1", "-0.1", "1.2"])
def test_a_quota_is_a_share_between_nobody_and_everybody(quota: str) -> None:
    """0 would close the grade and 1 would limit nothing; twenty per cent are 0.2."""
    (code,) = codes(policy(f"quota = {quota}"))
    assert code in ("policy-not-above", "policy-not-below")


@pytest.mark.parametrize("places", ['ties = "some"', "at_least = 1", 'ties = "all", from = 0', 'ties = "all", few = 5'])
def test_rules_for_places_are_checked_key_by_key(places: str) -> None:
    """Ties are all or none, and must be said; from counts people; unknown keys are none."""
    assert len(codes(policy("quota = 0.2", places=places))) == 1
