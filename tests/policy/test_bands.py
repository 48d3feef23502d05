"""Bands: the linter's proof by probes, compared with trying every value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.policy.lint_bands import lint_bands, unmatched
from csctl.policy.model import Policy
from csctl.policy.parts import Bounds
from csctl.policy.scoring import Band
from csctl.policy.tree import Locate
from csctl.problems import Place, Problem
from tests.policy.small import changed, load_texts


def nowhere(path: tuple[str | int, ...]) -> Place:
    return Place("p.toml", column=".".join(str(part) for part in path))


def policy_with(bands: list[dict[str, object]], own: dict[str, object]) -> Policy:
    indicator = {"id": "x", "label": "x", "measure": "own", "missing": "zero", "bands": bands}
    measure = {"label": "m", "table": "complaints", "rows": True}
    return Policy.model_validate(
        {
            "id": "p",
            "label": "p",
            "version": "1",
            "scale": {f"L{index}": index for index in range(len(bands))},
            "dimension": [{"id": "d", "label": "d", "weight": 100, "indicator": [indicator]}],
            "measure": {"own": {**measure, **own}, "other": {**measure, "unit": "%"}},
        }
    )


def found(policy: Policy, where: Locate = nowhere) -> dict[str, list[Problem]]:
    by_code: dict[str, list[Problem]] = {}
    for problem in lint_bands(policy, where):
        by_code.setdefault(problem.code, []).append(problem)
    return by_code


EDGES = st.sampled_from([Decimal(edge) / 2 for edge in range(9)])


@st.composite
def band_lists(draw: st.DrawFn) -> list[dict[str, object]]:
    bands: list[dict[str, object]] = []
    for index in range(draw(st.integers(1, 5))):
        band: dict[str, object] = {"level": f"L{index}"}
        for key in draw(st.lists(st.sampled_from(["at_least", "above", "at_most", "below", "equals"]), max_size=2)):
            band[key] = draw(EDGES)
        if draw(st.integers(0, 3)) == 0:
            band["measure"] = "other"
        bands.append(band)
    return bands


def winner(bands: list[Band], own: Decimal, other: Decimal | None) -> int | None:
    """The naive evaluation: the first band whose measure has a value that lies in it."""
    for index, band in enumerate(bands):
        value = own if band.measure is None else other
        if value is not None and band.holds(value):
            return index
    return None


FINE = [Decimal(step) / 8 for step in range(-24, 64)]
WHOLE = [Decimal(step) for step in range(10)]


@given(band_lists(), st.booleans())
def test_a_linted_policy_leaves_no_value_without_a_band(bands: list[dict[str, object]], whole: bool) -> None:
    """A gap is reported exactly if some value, the other measure missing, wins no band; such values are shown."""
    policy = policy_with(bands, {"unit": "count"} if whole else {"unit": "%"})
    models = policy.dimension[0].indicator[0].bands
    values = WHOLE if whole else FINE
    homeless = [value for value in values if winner(models, value, None) is None]
    gaps = found(policy).get("policy-band-gap", [])
    assert bool(gaps) == bool(homeless)
    for problem in gaps:
        assert all(winner(models, Decimal(shown), None) is None for shown in str(problem.found).split(", "))


@given(band_lists(), st.booleans())
def test_a_band_is_unreachable_exactly_if_no_values_win_it(bands: list[dict[str, object]], whole: bool) -> None:
    """Tried against all pairs of values, the other measure missing included."""
    policy = policy_with(bands, {"unit": "count"} if whole else {"unit": "%"})
    models = policy.dimension[0].indicator[0].bands
    others = [None, *FINE]
    won = {winner(models, own, other) for own in (WHOLE if whole else FINE) for other in others}
    reported = {problem.found for problem in found(policy).get("policy-band-unreachable", [])}
    assert reported == {band.level for index, band in enumerate(models) if index not in won}


@given(st.lists(st.tuples(EDGES, EDGES, st.sampled_from(["below", "at_most"])), min_size=1, max_size=4))
def test_two_sided_bands_overlap_exactly_if_a_value_lies_in_both(spans: list[tuple[Decimal, Decimal, str]]) -> None:
    """Neighbours that share an edge overlap if both own it."""
    bands = [{"level": f"L{index}", "at_least": low, top: high} for index, (low, high, top) in enumerate(spans)]
    policy = policy_with([dict(band) for band in bands], {"unit": "%"})
    models = policy.dimension[0].indicator[0].bands
    shared = any(
        first.holds(value) and second.holds(value)
        for index, first in enumerate(models)
        for second in models[index + 1 :]
        for value in FINE
    )
    assert ("policy-band-overlap" in found(policy)) == shared


@pytest.mark.parametrize(
    ("bounds", "whole", "missed"),
    [
        ([{"at_least": 90}, {"at_most": 89}], False, ["89.01"]),
        ([{"above": 90}, {"below": 90}], False, ["90"]),
        ([{"at_least": 90}, {"at_least": 0, "below": 90}], False, ["-1"]),
        ([{"at_most": 120}, {"above": 120, "at_most": 300}], False, ["301"]),
        ([{"at_least": Decimal("0.001")}, {"at_most": 0}], False, ["0.0005"]),
        ([{"equals": 0}, {"at_least": 1}], True, []),
        ([{"equals": 0}, {"at_least": 1}], False, ["-1", "0.01"]),
        ([{"equals": 0}, {"at_least": 2}], True, ["1"]),
        ([{}], False, []),
    ],
)
def test_the_values_that_fall_between_bands_are_named(
    bounds: list[dict[str, object]], whole: bool, missed: list[str]
) -> None:
    """A half-open edge leaves nothing out; a closed one that its neighbour does not share does."""
    bands = [Bounds.model_validate(band) for band in bounds]
    assert unmatched(bands, whole) == [Decimal(value) for value in missed]


def test_a_band_on_another_measure_closes_no_gap() -> None:
    """Where the other measure is missing its band does not hold, so the indicator's own bands must cover everything."""
    bands: list[dict[str, object]] = [{"level": "L0", "at_least": 1}, {"level": "L1", "measure": "other"}]
    assert "policy-band-gap" in found(policy_with(bands, {"unit": "%"}))


def test_counts_may_leave_out_what_lies_between_whole_numbers() -> None:
    """0, 1–2 and 3 or more cover every count."""
    bands = """bands = [
        { level = "优秀", at_least = 3 },
        { level = "合格", at_least = 1, at_most = 2 },
        { level = "合格", equals = 0 },
    ]"""
    loaded, problems = load_texts({"own": changed(("linear = { zero = 0, full = 5 }", bands))})
    assert problems == []
    assert loaded is not None
