"""Ratings of two scales in one column, which no full score tells apart, are said; those of one scale are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from csctl.core.measuring.mixed_scales import mixed_scales_said
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import Person, build_identity
from csctl.problems import NOWHERE, Problem
from csctl.store.engines import Engine
from tests.workbench import OCTOBER, D, canonical_rows, frame, policy

ENGINES: tuple[Engine, ...] = ("polars", "pandas")
IDENTITY, _ = build_identity([Person("a1", "a1", (), NOWHERE)], {})
MEAN = '[measure.csat]\nlabel = "Satisfaction"\ntable = "surveys"\nmean = "score"\n'


def _said(
    folder: Path,
    files: Mapping[str, Sequence[str]],
    rules: str = MEAN,
    column: str = "score",
    table: str = "surveys",
    engine: Engine = "polars",
    **others: object,
) -> list[Problem]:
    given = [(file, value) for file, values in files.items() for value in values]
    rows = canonical_rows(table, [{"agent_id": "a1", column: D(value), "source_file": file, **others}
                                  for file, value in given])  # fmt: skip
    return mixed_scales_said(policy(rules), {table: credited(frame(folder, table, rows, engine), IDENTITY)}, OCTOBER)


@pytest.mark.parametrize("engine", ENGINES)
def test_stars_and_points_of_a_hundred_in_one_file_are_said(tmp_path: Path, engine: Engine) -> None:
    """Three of five stars, two of a hundred points: their mean is nothing."""
    (said,) = _said(tmp_path, {"s.csv": ["5", "95", "4", "5", "90"]}, engine=engine)
    assert (said.code, said.place.file, said.place.row) == ("ratings-of-two-scales", "s.csv", 2)
    assert (said.parameters["low"], said.parameters["high"]) == ("3", "2")
    assert said.found == "5 × 2, 4 × 1; 90 × 1, 95 × 1"
    assert said.parameters["measures"] == "Satisfaction (csat)"


def test_two_files_of_a_scale_each_are_said_however_small_one_is(tmp_path: Path) -> None:
    """Two rows of stars beside twenty of points."""
    assert len(_said(tmp_path, {"a.csv": ["95"] * 20, "b.csv": ["5", "4"]})) == 1


@pytest.mark.parametrize(
    "values",
    [["5", "4", "1", "5"], ["95", "60", "100", "0"], ["95", "30", "5", "60", "8"], ["95"] * 20 + ["5"], ["10", "7"]],
)
def test_one_scale_is_not_said(tmp_path: Path, values: list[str]) -> None:
    """A rating between the two, or a single bad one of twenty, speaks for one scale; nothing is of none."""
    assert _said(tmp_path, {"s.csv": values}) == []


def test_full_scores_tell_scales_apart(tmp_path: Path) -> None:
    """Whether the rules bring them to one is said elsewhere."""
    assert _said(tmp_path, {"s.csv": ["5", "95", "5", "95"]}, full_score=D(100)) == []


def test_measures_that_only_count_are_not_about_scales(tmp_path: Path) -> None:
    """The number of answers is the same on any scale."""
    counts = '[measure.answers]\nlabel = "Answers"\ntable = "surveys"\nrows = true\n'
    assert _said(tmp_path, {"s.csv": ["5", "95", "5", "95"]}, counts) == []


def test_ratings_of_contacts_are_looked_at_too(tmp_path: Path) -> None:
    """The table of contacts has no full scores at all."""
    rules = MEAN.replace("surveys", "interactions").replace('"score"', '"satisfaction"')
    assert len(_said(tmp_path, {"c.csv": ["5", "95", "4", "80"]}, rules, "satisfaction", "interactions")) == 1
