"""Weights: points at stake, and where they go when an indicator has no value."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.scoring.weights import declared_weights, weights_without
from csctl.policy.model import Policy
from tests.workbench import policy


def rules(shape: list[tuple[int, list[int | None]]]) -> Policy:
    """A policy of dimensions (weight, weights of its indicators); indicators are named a0, a1, b0 …"""
    text = "[score]\npass_mark = 60\n"
    for name, (weight, own) in zip("abcdef", shape, strict=False):
        text += f'[[dimension]]\nid = "{name}"\nlabel = "{name}"\nweight = {weight}\n'
        for number, points in enumerate(own):
            text += f'[[dimension.indicator]]\nid = "{name}{number}"\nlabel = "x"\nrating = "{name}{number}"\n'
            text += 'missing = "reweight"\n' + (f"weight = {points}\n" if points else "")
    return policy(text)


shapes = st.lists(
    st.tuples(
        st.integers(1, 90),
        st.lists(st.integers(1, 60), min_size=1, max_size=4)
        | st.integers(1, 4).map(lambda count: [None] * count),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


@given(shapes, st.data())
def test_weights_always_sum_to_the_whole(shape: list[tuple[int, list[int | None]]], data: st.DataObject) -> None:
    """Whatever drops out, the rest carries all points; if nothing is left there are no weights at all."""
    policy_ = rules(shape)
    names = [indicator.id for dimension in policy_.dimension for indicator in dimension.indicator]
    dropped = data.draw(st.sets(st.sampled_from(names)))
    weights = weights_without(policy_, dropped)
    assert set(weights) == set(names) - dropped
    assert sum(weights.values()) == (sum(weight for weight, _ in shape) if weights else 0)


@given(shapes, st.data())
def test_the_others_keep_their_proportions(shape: list[tuple[int, list[int | None]]], data: st.DataObject) -> None:
    """Within a dimension all scale alike; other dimensions move only if the whole dimension is gone."""
    policy_ = rules(shape)
    dimension = policy_.dimension[0]
    before = weights_without(policy_, ())
    dropped = data.draw(st.sets(st.sampled_from([one.id for one in dimension.indicator])))
    after = weights_without(policy_, dropped)
    own = declared_weights(dimension)
    kept = [name for name in own if name in after]
    assert len({after[name] / own[name] for name in kept}) <= 1
    if kept:
        others = [name for name in before if name not in own]
        assert [after[name] for name in others] == [before[name] for name in others]


@pytest.mark.parametrize(
    ("dropped", "expected"),
    [
        ("", {"a0": 30, "a1": 10, "b0": 20, "b1": 20, "b2": 20}),
        ("a1", {"a0": 40, "b0": 20, "b1": 20, "b2": 20}),
        ("b0", {"a0": 30, "a1": 10, "b1": 30, "b2": 30}),
        ("b0 b1 b2", {"a0": 75, "a1": 25}),
        ("a0 a1 b2", {"b0": 50, "b1": 50}),
        ("a0 a1 b0 b1 b2", {}),
    ],
)
def test_worked_weights(dropped: str, expected: dict[str, int]) -> None:
    """A dimension of 40 with 30 + 10, and one of 60 in equal parts (A-41)."""
    shape: list[tuple[int, list[int | None]]] = [(40, [30, 10]), (60, [None, None, None])]
    assert weights_without(rules(shape), dropped.split()) == expected


def test_equal_parts_are_exact() -> None:
    """A third of 100 is a third, not 33.33."""
    thirds = dict.fromkeys(["a0", "a1", "a2"], Fraction(100, 3))
    policy_ = rules([(100, [None, None, None])])
    assert weights_without(policy_, ()) == declared_weights(policy_.dimension[0]) == thirds
