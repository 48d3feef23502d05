"""Levels that approved cases bring: from their month on, and never against what the roster knows better."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.career.cases import CaseEvent, EventKind, case_document, cases
from csctl.core.career.changes import LevelChange, changes_of, level_changes, level_to_come, with_levels
from csctl.core.records.agent import Span
from csctl.month import Month
from tests.workbench import agent, policy

MAY, JUNE, JULY, AUGUST = (Month(2026, number) for number in (5, 6, 7, 8))
LEVELS = '[[level]]\nid = "junior"\n[[level]]\nid = "middle"\nlabel = "Middle"\n[[level]]\nid = "senior"\n'
RULES = policy(LEVELS)
UP = LevelChange("ann", "junior", "middle", JULY)
FURTHER = LevelChange("ann", "middle", "senior", AUGUST)
DOWN = LevelChange("ann", "middle", "junior", AUGUST)

WAYS = [
    ("before its month nothing changes", [UP], "junior", JUNE, "junior", []),
    ("from its month on it holds", [UP], "junior", JULY, "middle", ["promotion-level-applied"]),
    ("and later", [UP], "junior", AUGUST, "middle", ["promotion-level-applied"]),
    ("a roster that was mended says so itself", [UP], "middle", JULY, "middle", []),
    ("the latest holds", [UP, FURTHER], "junior", AUGUST, "senior", ["promotion-level-applied"]),
    ("but not before its month", [UP, FURTHER], "junior", JULY, "middle", ["promotion-level-applied"]),
    ("from the level between as well", [UP, FURTHER], "middle", AUGUST, "senior", ["promotion-level-applied"]),
    ("up and down again", [UP, DOWN], "middle", AUGUST, "junior", ["promotion-level-applied"]),
    ("up and down again, roster never touched", [UP, DOWN], "junior", AUGUST, "junior", []),
    ("another level is believed and said", [UP], "senior", JULY, "senior", ["promotion-roster-differs"]),
    ("no level at all is another level", [UP], "", JULY, "", ["promotion-roster-differs"]),
    ("a roster ahead of its month is said", [UP], "middle", JUNE, "middle", ["promotion-roster-early"]),
    ("somebody else's change is nobody's", [replace(UP, agent_id="bob")], "junior", JULY, "junior", []),
]


@pytest.mark.parametrize(
    ("changes", "roster", "month", "level", "said"), [way[1:] for way in WAYS], ids=[w[0] for w in WAYS]
)
def test_a_level_follows_what_was_approved(
    changes: list[LevelChange], roster: str, month: Month, level: str, said: list[str]
) -> None:
    """As worked out by hand for a roster that may or may not have been mended."""
    agents, problems = with_levels([agent("ann", level=roster)], changes, month)
    assert [one.level for one in agents] == [level]
    assert [problem.code for problem in problems] == said


def test_a_third_level_is_named_beside_the_approved_one() -> None:
    """Both levels and the month stand in the warning."""
    _, (problem,) = with_levels([agent("ann", level="senior")], [UP], AUGUST)
    assert problem.parameters == {"found": "ann", "level": "senior", "approved": "middle", "month": "2026-07"}


def test_pay_by_the_roster_does_not_follow_and_says_so() -> None:
    """A warning instead of the note; nothing to say where the roster was mended."""
    _, problems = with_levels([agent("ann", level="junior")], [UP], JULY, pay_by_roster=True)
    assert [(one.code, one.severity.value) for one in problems] == [("promotion-roster-pay", "warning")]
    assert with_levels([agent("ann", level="middle")], [UP], JULY, pay_by_roster=True)[1] == []


def test_everything_but_the_level_stays() -> None:
    """Order and all other fields."""
    people = [agent("bob", level="senior"), agent("ann", level="junior")]
    found, _ = with_levels(people, [UP], JULY)
    assert found == [people[0], replace(people[1], level="middle")]


def event(kind: EventKind, step: str, to_level: str, effective: Month | None = None) -> CaseEvent:
    """A booked event about Ann."""
    return CaseEvent(kind, "ann", step, "junior", to_level, date(2026, 7, 1), "x", "y", JUNE, effective)


def test_only_approved_steps_to_a_level_change_one() -> None:
    """A label counts as its level; a post above the ladder, a dismissal and what is merely recommended do not."""
    events = [
        event("recommended", "up", "Middle"),
        event("approved", "up", "Middle", JULY),
        event("recommended", "out", ""),
        event("approved", "out", "", JULY),
        event("recommended", "post", "head of the desk"),
        event("approved", "post", "head of the desk", JULY),
        event("recommended", "skip", "senior"),
        event("recommended", "taken back", "senior"),
        event("approved", "taken back", "senior", JULY),
        event("withdrawn", "taken back", "senior"),
    ]
    assert level_changes(cases(events)[0], RULES) == [UP]
    assert changes_of(map(case_document, events), RULES) == [UP]


def test_the_level_to_come_counts_changes_still_ahead() -> None:
    """So that nobody is recommended twice from one level."""
    assert level_to_come(agent("ann", level="junior"), [UP, FURTHER]) == "senior"
    assert level_to_come(agent("bob", level="junior"), [UP, FURTHER]) == "junior"


CHANGES = st.lists(
    st.builds(
        LevelChange,
        st.sampled_from(["ann", "bob"]),
        st.sampled_from(["junior", "middle", "senior"]),
        st.sampled_from(["junior", "middle", "senior"]),
        st.sampled_from([MAY, JUNE, JULY, AUGUST]),
    ),
    max_size=5,
).map(lambda found: sorted(found, key=lambda change: change.effective))


@given(CHANGES, st.sampled_from(["junior", "middle", "senior"]))
def test_a_roster_mended_to_the_level_shown_changes_nothing(changes: list[LevelChange], level: str) -> None:
    """Whatever was approved: what a month shows, written on the roster, is what the month shows."""
    (shown,), _ = with_levels([agent("ann", level=level)], changes, AUGUST)
    (again,), said = with_levels([shown], changes, AUGUST)
    assert again.level == shown.level
    assert "promotion-level-applied" not in [one.code for one in said]


@given(CHANGES, st.sampled_from(["junior", "middle", "senior"]), st.sampled_from([MAY, JUNE, JULY]))
def test_what_is_approved_later_leaves_earlier_months_alone(
    changes: list[LevelChange], level: str, month: Month
) -> None:
    """A closed month computed again shows the same levels whatever was approved for later ones."""
    known = [change for change in changes if change.effective <= month]
    now, _ = with_levels([agent("ann", level=level)], changes, month)
    then, _ = with_levels([agent("ann", level=level)], known, month)
    assert now == then


# ---- a day inside a month ------------------------------------------------------------------

MIDDLE_OF_JULY = replace(UP, day=date(JULY.year, 7, 16))


@pytest.mark.parametrize("roster", ["junior", "middle"])
def test_a_change_on_a_day_holds_from_that_day_on(roster: str) -> None:
    """Whether the roster follows or not; in the months around it nothing changes inside."""
    (june, july, august) = (
        with_levels([agent("ann", level=roster if month >= JULY else "junior")], [MIDDLE_OF_JULY], month)[0][0]
        for month in (JULY.shift(-1), JULY, AUGUST)
    )
    assert [(one.since.day, one.until.day, one.level) for one in july.spans] == [(1, 15, "junior"), (16, 31, "middle")]
    assert (june.level, june.spans) == ("junior", ())
    assert (july.level, august.level, august.spans) == ("middle", "middle", ())


def test_a_roster_that_says_its_own_days_is_believed() -> None:
    span = Span(JULY.first, date(JULY.year, 7, 9), "junior", "", "", None, None, None)
    spans = (span, replace(span, since=date(JULY.year, 7, 10), until=JULY.last, level="middle"))
    (found,), _ = with_levels([agent("ann", level="middle", spans=spans)], [MIDDLE_OF_JULY], JULY)
    assert found.spans == spans


def test_a_change_cuts_a_month_that_changes_otherwise_too() -> None:
    """Another group from the 20th: three spans."""
    span = Span(JULY.first, date(JULY.year, 7, 19), "junior", "phone", "", None, None, None)
    spans = (span, replace(span, since=date(JULY.year, 7, 20), until=JULY.last, group="chat"))
    (found,), _ = with_levels([agent("ann", level="junior", group="chat", spans=spans)], [MIDDLE_OF_JULY], JULY)
    assert [(one.since.day, one.level, one.group) for one in found.spans] == [
        (1, "junior", "phone"), (16, "middle", "phone"), (20, "middle", "chat"),
    ]  # fmt: skip


def test_the_day_of_an_approval_is_kept_in_its_document() -> None:
    """And an approval of a whole month is written as it always was."""
    day = date(JULY.year, 7, 16)
    opened = CaseEvent("recommended", "ann", "up", "junior", "middle", JUNE.first, "Eve", "good", MAY)
    approved = replace(opened, kind="approved", effective=JULY, day=day)
    (change,) = changes_of([case_document(opened), case_document(approved)], RULES)
    assert (change.effective, change.day, approved.since) == (JULY, day, "2026-07-16")
    assert "day" not in case_document(replace(approved, day=None))
