"""Nothing counts twice, and nothing is chosen between two that differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.forms.once import typed_or_returned
from csctl.core.forms.returned import Objection, Said, objections_once, ratings_once, said_once, spot
from csctl.core.scoring.ratings import Rating
from csctl.problems import Place, Severity
from tests.workbench import rating

TYPED = Place("data/2026-10/评分表.xlsx", "评分表", 7)
FORM = Place("forms/2026-10/ratings.csv", "", 3)


def on_form(value: str, place: Place = FORM, **changes: object) -> Rating:
    """A rating of 0002 that came back on a form."""
    return replace(rating("0002", "沟通", value), rater="方静", place=place, **changes)  # type: ignore[arg-type]


def typed(value: str, **changes: object) -> Rating:
    """A rating of 0002 in a typed table."""
    return replace(on_form(value, TYPED), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on_paper", "in_table"), [("优秀", "优秀"), ("26", "26.0"), ("+", "加"), ("-", "－"), ("26.5", " 26.5 ")]
)
def test_the_same_rating_counts_once(on_paper: str, in_table: str) -> None:
    """However it is written; a note says so."""
    kept, problems = typed_or_returned([typed(in_table), on_form(on_paper)])
    assert kept == [typed(in_table)]
    assert [(one.code, one.severity, one.parameters["count"]) for one in problems] == [
        ("forms-typed-as-well", Severity.NOTE, "1")
    ]


def test_two_different_ratings_are_an_error_that_names_both() -> None:
    """Nobody guesses which one holds."""
    _, problems = typed_or_returned([typed("良好"), on_form("优秀")])
    [problem] = problems
    assert (problem.code, problem.severity, problem.place) == ("forms-typed-differs", Severity.ERROR, FORM)
    assert problem.parameters["other"] == "data/2026-10/评分表.xlsx · 评分表!7"
    assert (problem.found, problem.parameters["first"]) == ("优秀", "良好")


def test_the_one_with_a_reason_stays() -> None:
    """A judgement that overrules data is worth nothing without its reason."""
    kept, _ = typed_or_returned([typed("优秀"), on_form("优秀", reason="客户书面表扬")])
    assert [one.reason for one in kept] == ["客户书面表扬"]


def test_a_typed_rating_without_a_name_may_be_the_same_person() -> None:
    """Counting both would rate once by one and once by nobody."""
    kept, _ = typed_or_returned([typed("优秀", rater=""), on_form("优秀")])
    assert len(kept) == 1


def test_another_rater_role_or_item_is_another_rating() -> None:
    """Two superiors are two."""
    ratings = [typed("良好", rater="许静"), typed("良好", role="self"), typed("良好", agent_id="0003"), on_form("优秀")]
    assert typed_or_returned(ratings) == (ratings, [])


@given(st.lists(st.tuples(st.sampled_from(["0002", "0003"]), st.sampled_from(["a", "b"]), st.sampled_from("xy"))))
def test_typed_tables_alone_are_left_as_they_are(rows: list[tuple[str, str, str]]) -> None:
    """Whatever a table says twice is its own affair, as before there were forms."""
    ratings = [rating(who, item, value, place=TYPED) for who, item, value in rows]
    assert typed_or_returned(ratings) == (ratings, [])


def test_a_copy_of_a_form_counts_once() -> None:
    """The same answer in two files."""
    first, second = (
        on_form("优秀"),
        rating("0002", "沟通", "优秀", rater="方静", place=Place("copy.xlsx", "王芳", 6, "E")),
    )
    kept, [problem] = ratings_once([first, second])
    assert kept == [first]
    assert (problem.code, problem.place.file) == ("forms-answers-twice", "copy.xlsx")


def test_two_answers_of_one_rater_are_an_error() -> None:
    """Both cells are named, and neither is taken for the better one."""
    second = rating("0002", "沟通", "良好", rater="方静", place=Place("b.xlsx", "王芳", 6, "E"))
    _, [problem] = ratings_once(
        [rating("0002", "沟通", "优秀", rater="方静", place=Place("a.xlsx", "王芳", 6, "E")), second]
    )
    assert (problem.severity, problem.place, problem.parameters["other"]) == (
        Severity.ERROR, second.place, "a.xlsx · 王芳!E6",
    )  # fmt: skip


def test_who_rates_oneself_needs_no_name() -> None:
    """A self form is the agent's, whatever name stands on it."""
    one = rating("0002", "沟通", "优秀", role="self", rater="王芳")
    other = rating("0002", "沟通", "优秀", role="self", rater="芳芳", place=Place("b.xlsx"))
    assert ratings_once([one, other])[0] == [one]


def test_interviews_and_objections_count_once_too() -> None:
    """By field, and by day and item."""
    text = Said("0002", "方静", "gaps", "语速快", Place("a.xlsx"))
    assert said_once([text, Said("0002", "方静", "gaps", "语速快", Place("b.xlsx"))])[0] == [text]
    row = Objection("0002", date(2026, 11, 3), None, "沟通", "良好", "理由", "录音", Place("a.xlsx"))
    other = Objection("0002", date(2026, 11, 3), None, "沟通", "优秀", "理由", "录音", Place("b.xlsx"))
    assert objections_once([row, row])[0] == [row]
    assert [one.code for one in objections_once([row, other])[1]] == ["forms-answers-differ"]


def test_a_place_is_named_as_spreadsheets_do() -> None:
    """File, sheet and cell, or the row where the column is a header's name."""
    assert spot(Place("a.xlsx", "王芳", 6, "AB")) == "a.xlsx · 王芳!AB6"
    assert spot(Place("a.csv", "", 6, "评分")) == "a.csv · 6"
