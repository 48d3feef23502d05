"""Ratings that say themselves of how many points they are: in stars, as parts, in words."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.problems import Severity
from csctl.rating_words import Rated, rating_in
from csctl.readers.mapping.importer import Imported
from tests.readers.spelled import KINDS, read, written

D = Decimal


@pytest.mark.parametrize(
    ("text", "points", "full"),
    [
        ("★★★", 3, 5),
        ("★★★☆☆", 3, 5),
        ("★★☆", 2, 3),
        ("★ ★ ★ ★", 4, 5),
        ("⭐⭐⭐⭐⭐", 5, 5),
        ("⭐️⭐️", 2, 5),
        ("★★★★★★★☆☆☆", 7, 10),
        ("4星", 4, 5),
        ("４ 星", 4, 5),
        ("五星", 5, 5),
        ("3颗星", 3, 5),
        ("五星好评", 5, 5),
        ("4 stars", 4, 5),
        ("1 star", 1, 5),
        ("4/5", 4, 5),
        ("4 / 5", 4, 5),
        ("４／５", 4, 5),
        ("4.5/5", D("4.5"), 5),
        ("0/5", 0, 5),
        ("95/100", 95, 100),
        ("4分/5分", 4, 5),
        ("4 out of 5", 4, 5),
        ("4 Of 5", 4, 5),
        ("4分（满分5分）", 4, 5),
        ("9 (out of 10)", 9, 10),
    ],
)
def test_what_says_its_full_score_is_read_as_points_of_it(text: str, points: Decimal, full: Decimal) -> None:
    """Stars are of five unless hollow ones complete them."""
    assert rating_in(text) == Rated(D(points), D(full))


@pytest.mark.parametrize(
    "text",
    ["4", "", "☆☆☆☆☆", "★★★★½", "★★★★★★", "8星", "10/5", "4/0", "1/2/3", "-4/5", "4/5 good", "5 - Excellent",
     "2026/10", "非常满意(5分)", "五", "star", "80%"],
)  # fmt: skip
def test_what_could_mean_something_else_is_no_rating(text: str) -> None:
    """Hollow stars alone are none or all; more points than there are is a slip; words are for whoever wrote them."""
    assert rating_in(text) is None


@given(st.integers(1, 5), st.integers(0, 5))
def test_a_rating_says_the_same_in_every_form(points: int, more: int) -> None:
    """Facts written in each of the forms are these facts."""
    full = points + more
    forms = [f"{points}/{full}", f"{points} out of {full}", f"{points}分（满分{full}分）"]
    forms += ["★" * points + "☆" * more] if more else []
    assert {rating_in(text) for text in forms} == {Rated(D(points), D(full))}


def _codes(found: Imported) -> list[str]:
    return [one.code for one in found.problems if one.severity is not Severity.NOTE]


def _surveys(
    folder: Path, kind: str, *ratings: object, header: str = "满意度评分", more: tuple[str, ...] = ()
) -> Imported:
    rows: list[list[object]] = [["客服", "提交时间", header, *(["满分"] if more else [])]]
    rows += [["王芳", "2026-10-05", rating, *more[at : at + 1]] for at, rating in enumerate(ratings)]
    return read(written(folder, kind, rows), "surveys")


@pytest.mark.parametrize("kind", KINDS)
def test_scores_of_surveys_are_the_points_and_have_the_full_score_that_all_of_them_name(
    tmp_path: Path, kind: str
) -> None:
    """Nothing is to be looked at."""
    found = _surveys(tmp_path, kind, "4/5", "5/5", "★★★")
    assert (list(found.columns["score"]), list(found.columns["full_score"])) == ([4, 5, 3], [5, 5, 5])
    assert _codes(found) == []


def test_a_full_score_that_only_some_name_is_not_entered(tmp_path: Path) -> None:
    """The plain 4 beside 5/5 is a 4; how many points there are is as open as in any column of plain numbers."""
    found = _surveys(tmp_path, "csv", "4", "5/5")
    assert (list(found.columns["score"]), list(found.columns["full_score"]), _codes(found)) == ([4, 5], [None] * 2, [])


def test_scores_of_several_scales_are_not_read_until_a_column_says_which_is_of_which(tmp_path: Path) -> None:
    """8/10 and 4/5 have no sum; with a full score in each row they do."""
    apart = _surveys(tmp_path, "csv", "8/10", "4/5", "5", "5", "5")
    assert (list(apart.columns["score"]), _codes(apart)) == ([5, 5, 5], ["scores-of-other-scales"])
    told = _surveys(tmp_path, "csv", "8/10", "4/5", more=("10", "5"))
    assert (list(told.columns["score"]), list(told.columns["full_score"]), _codes(told)) == ([8, 4], [10, 5], [])


def test_a_number_above_the_full_score_of_the_others_makes_the_scale_doubtful(tmp_path: Path) -> None:
    """An 8 beside 4/5 is of another scale."""
    assert "scores-of-other-scales" in _codes(_surveys(tmp_path, "csv", "8", "8", "4/5"))


def test_a_cell_that_contradicts_the_full_score_of_its_row_is_not_read(tmp_path: Path) -> None:
    """4/5 in a row of 10 points: which of the two is wrong, nobody knows."""
    found = _surveys(tmp_path, "csv", "4/5", "8/10", "9", more=("10", "10", "10"))
    assert (list(found.columns["score"]), _codes(found)) == ([8, 9], ["scores-of-other-scales"])


def test_what_the_source_says_a_text_stands_for_is_obeyed(tmp_path: Path) -> None:
    """Who calls 4/5 eighty is right."""
    path = written(tmp_path, "csv", [["客服", "提交时间", "评分"], ["王芳", "2026-10-05", "4/5"]])
    found = read(path, "surveys", columns={"score": {"texts": {"4/5": "80"}}})
    assert (list(found.columns["score"]), list(found.columns["full_score"]), _codes(found)) == ([80], [None], [])


@pytest.mark.parametrize("kind", KINDS)
def test_ratings_of_contacts_and_scores_of_quality_and_exams_are_read_alike(tmp_path: Path, kind: str) -> None:
    """A contact has no full score; a reviewed contact and an exam have."""
    contacts = [["会话ID", "客服", "会话开始时间", "满意度"], ["1", "王芳", "2026-10-05 09:00", "★★★★"]]
    found = read(written(tmp_path, kind, [*contacts, ["2", "王芳", "2026-10-05 09:30", "--"]]), "interactions")
    assert (list(found.columns["satisfaction"]), _codes(found)) == ([4, None], [])


@pytest.mark.parametrize(
    ("table", "header", "what"),
    [
        ("quality", ("客服", "日期", "质检项", "质检得分"), "开场白"),
        ("exams", ("姓名", "日期", "考试名称", "成绩"), "上岗"),
    ],
)
def test_items_of_a_review_and_exams_have_the_full_score_that_each_row_names(
    tmp_path: Path, table: str, header: tuple[str, ...], what: str
) -> None:
    """Each may be out of another one; where a row names none, those of several scales are not read."""
    rows = [header, ("王芳", "2026-10-05", what, "3/5"), ("王芳", "2026-10-06", what, "85/100")]
    found = read(written(tmp_path, "csv", rows), table)
    assert (list(found.columns["score"]), list(found.columns["full_score"]), _codes(found)) == ([3, 85], [5, 100], [])
    more = [(f"2026-10-{day:02}", "4") for day in range(7, 10)]
    rows += [("王芳", day, what, score) for day, score in more]
    found = read(written(tmp_path, "csv", rows), table)
    assert [one for one in found.columns["score"] if one is not None] == [4, 4, 4]
    assert "scores-of-other-scales" in _codes(found)


def test_contacts_rated_on_several_scales_have_no_rating(tmp_path: Path) -> None:
    """The contacts themselves count."""
    rows = [["会话ID", "客服", "会话开始时间", "满意度"], ["1", "王芳", "2026-10-05 09:00", "4/5"]]
    found = read(written(tmp_path, "csv", [*rows, ["2", "王芳", "2026-10-05 09:30", "8/10"]]), "interactions")
    assert (list(found.columns["satisfaction"]), _codes(found)) == ([None, None], ["scores-of-other-scales"])
    assert list(found.columns["unreadable"]) == ["satisfaction", "satisfaction"]


@pytest.mark.parametrize("cell", [date(2026, 4, 5), datetime(2026, 4, 5), "4月5日", "5-Apr"])  # noqa: DTZ001
def test_a_day_in_the_place_of_a_rating_is_said_as_what_it_is(tmp_path: Path, cell: object) -> None:
    """A spreadsheet made it of 4/5; what each of these days stands for, nobody can list."""
    found = _surveys(tmp_path, "xlsx", cell, 5, 4)
    assert (list(found.columns["score"]), _codes(found)) == ([5, 4], ["value-rating-as-day"])
