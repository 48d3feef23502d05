"""A month missing between closed ones: of whom it could decide is said, and nobody is said to have got better."""

from __future__ import annotations

from dataclasses import replace

from csctl.core.career.gaps import hanging, missing_between, missing_months_warning, still_unknown
from csctl.core.career.kept import KeptInput, kept_since, kept_steps
from csctl.core.career.reviewed import reviewed
from csctl.messages import problem_text
from csctl.month import Month
from csctl.problems import Severity
from tests.core.career.review import people
from tests.core.career.world import World, policy_with

JULY = Month(2026, 7)
BAD, GOOD = 50, 80


def _failed(*unclosed: str, **scores: list[int]) -> World:
    """People by name, the last score that of July; two failed months in a row are a case to talk about."""
    hired = dict.fromkeys(scores, "2020-01-01")
    return World(policy_with("sa"), JULY, scores, "初级", hired=hired, unclosed=unclosed)


def _hanging(world: World) -> list[tuple[str, str]]:
    rows = reviewed(world.assess(), people(world), world.policy)
    return [(one.agent.agent_id, one.verdict.step) for one in hanging(world.given(), rows) if one.verdict.step == "out"]


def test_who_may_have_failed_in_the_missing_month_hangs_on_it() -> None:
    """Failed in May and July: June decides. Whoever passed in July is out of it whatever June was."""
    scores = {"ann": [GOOD, BAD, BAD, BAD], "bob": [GOOD, BAD, BAD, GOOD]}
    assert _hanging(_failed("2026-06", **scores)) == [("ann", "out")]
    assert _hanging(_failed(**scores)) == []


def test_a_month_before_the_first_closed_one_is_not_in_the_middle() -> None:
    """Nobody can miss what was never begun."""
    assert _hanging(_failed("2026-04", "2026-05", "2026-06", ann=[BAD, BAD, BAD, BAD])) == []


def test_what_was_met_before_the_missing_month_did_not_end() -> None:
    """April and May failed, June is missing, July failed: by May, and not known since. With June good it has ended."""
    world = _failed("2026-06", ann=[BAD, BAD, BAD, BAD])
    rows = reviewed(world.assess(), people(world), world.policy)
    found = kept_steps(KeptInput(world.given(), rows, [], kept_since([Month(2026, 4), Month(2026, 5), JULY])))
    (kept,) = still_unknown(found, hanging(world.given(), rows), [Month(2026, 6)])
    assert (kept.month, kept.unknown) == (Month(2026, 5), (Month(2026, 6),))
    assert still_unknown(found, [], [Month(2026, 6)]) == found


def test_the_months_and_the_steps_are_one_warning() -> None:
    """And what is found of the condition names the month."""
    world = _failed("2026-06", ann=[GOOD, BAD, BAD, BAD])
    rows = hanging(world.given(), reviewed(world.assess(), people(world), world.policy))
    (said,) = missing_months_warning(rows, missing_between([one.month for one in world.given().months]))
    assert said.severity is Severity.WARNING
    assert all(one in problem_text(said, "en") for one in ("2026-06", "ann", "[out]"))
    (finding,) = (one for row in rows for one in row.any_of if one.state == "no_data")
    assert "2026-06" in finding.found
    assert missing_months_warning([], [Month(2026, 6)]) == []


def test_with_every_month_there_nothing_hangs() -> None:
    """Months in a row, in any order; none at all."""
    assert missing_between([JULY, Month(2026, 5), Month(2026, 6)]) == ()
    assert missing_between([]) == ()
    world = _failed(ann=[BAD, GOOD])
    assert hanging(replace(world.given(), months=world.given().months), []) == []
