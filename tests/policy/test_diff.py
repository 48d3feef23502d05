"""What one policy says otherwise than another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import combinations
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.policy.diff import Change, one_line_value, plain_value, policy_changes
from csctl.policy.model import Policy
from csctl.store.shipped import policy_names
from csctl.workspace import policy_source
from tests.drawn import drawn
from tests.policy.small import SMALL, changed, load_good

EDITS = (
    ('version = "1"', 'version = "2"'),
    ('"优秀" = 100', '"优秀" = 100\n"良好" = 85'),
    ("pass_mark = 60", "pass_mark = 65"),
    ('missing = "reweight"', 'missing = "full"'),
    ("at_least = 90", "at_least = 95"),
    ('label = "顶班"', 'label = "主动顶班"'),
    ("points = 5\neach", "points = 3\neach"),
    ('[[level]]\nid = "senior"\n', '[[level]]\nid = "senior"\nlabel = "高级"\n'),
    ("senior = 2500", "senior = 2600"),
    (
        "    { from = 50000, rate = 0.008 },\n",
        "    { from = 60000, rate = 0.008 },\n    { from = 90000, rate = 0.01 },\n",
    ),
    ('[[pay.fine]]\nid = "late"\nlabel = "迟到"\namount = 10\neach = { measure = "late" }\n', ""),
    ("where = { answered = true }\n", ""),
    ("praise = { label", 'extra = { label = "额外工作" }\npraise = { label'),
    ("提成阶梯为示例。", "提成阶梯只是示例。"),
)
"""Edits of the small policy that do not get in each other's way; each is one kind of change."""


Kind = Literal["added", "removed", "changed", "order"]
MIRROR: dict[Kind, Kind] = {"added": "removed", "removed": "added", "changed": "changed", "order": "order"}


@cache
def _policy(*edits: tuple[str, str]) -> Policy:
    return load_good({"own": changed(*edits)}).policy


def _keys(changes: Sequence[Change]) -> list[tuple[str, str]]:
    return [(one.kind, ".".join(one.path)) for one in changes]


def _mirrored(change: Change) -> Change:
    return replace(change, kind=MIRROR[change.kind], old=change.new, new=change.old)


def _as_set(changes: Sequence[Change]) -> set[tuple[object, ...]]:
    return {(one.path, one.kind, repr(one.old), repr(one.new), one.rules) for one in changes}


@pytest.mark.parametrize("name", policy_names())
def test_no_shipped_policy_differs_from_itself(name: str) -> None:
    """Loaded twice, a policy says the same."""
    text = policy_source(name, None)
    assert text is not None
    sources = {one: found.text for one in policy_names() if (found := policy_source(one, None))}
    assert policy_changes(load_good(sources, name).policy, load_good(sources, name).policy) == ()


CHANGED_SETS = st.sets(st.sampled_from(EDITS))


@settings(max_examples=drawn(40))
@given(CHANGED_SETS, CHANGED_SETS)
def test_the_way_back_is_the_way_there_reversed(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> None:
    """What is added one way is removed the other way, and old and new change places."""
    first, second = _policy(*sorted(one)), _policy(*sorted(other))
    assert _as_set([_mirrored(change) for change in policy_changes(first, second)]) == _as_set(
        policy_changes(second, first)
    )


@settings(max_examples=drawn(40))
@given(CHANGED_SETS, CHANGED_SETS)
def test_there_are_changes_if_and_only_if_the_policies_differ(
    one: set[tuple[str, str]], other: set[tuple[str, str]]
) -> None:
    """Nothing is overlooked: no change means equal policies."""
    first, second = _policy(*sorted(one)), _policy(*sorted(other))
    assert (policy_changes(first, second) == ()) == (first == second)


@settings(max_examples=drawn(40))
@given(CHANGED_SETS)
def test_changes_stand_in_the_order_of_the_policy(edits: set[tuple[str, str]]) -> None:
    """Part by part as the policy declares them."""
    parts = list(Policy.model_fields)
    places = [parts.index(change.group) for change in policy_changes(_policy(), _policy(*sorted(edits)))]
    assert places == sorted(places)


def test_independent_edits_add_up() -> None:
    """Two edits at once are the changes of the one and those of the other."""
    alone = {edit: _as_set(policy_changes(_policy(), _policy(edit))) for edit in EDITS}
    for pair in combinations(EDITS[:8], 2):
        assert _as_set(policy_changes(_policy(), _policy(*pair))) == alone[pair[0]] | alone[pair[1]]


def test_each_kind_of_edit_is_one_or_two_changes_at_its_key() -> None:
    """Worked by hand from the edits above."""
    found = {new or old: _keys(policy_changes(_policy(), _policy((old, new)))) for old, new in EDITS}
    assert list(found.values()) == [
        [("changed", "version")],
        [("added", "scale.良好")],
        [("changed", "score.pass_mark")],
        [("changed", "dimension.service.indicator.csat.missing")],
        [("changed", "dimension.service.indicator.csat.bands.优秀.at_least")],
        [("changed", "adjustment.cover.label")],
        [("changed", "adjustment.cover.points")],
        [("added", "level.senior.label")],
        [("changed", "pay.base.amounts.senior")],
        [
            ("removed", "pay.pool.提成.tiers.50000"),
            ("added", "pay.pool.提成.tiers.60000"),
            ("added", "pay.pool.提成.tiers.90000"),
        ],
        [("removed", "pay.fine.late")],
        [("removed", "measure.contacts.where.answered")],
        [("added", "event.extra")],
        [("changed", "assumption.A-1.text")],
    ]


def test_a_change_knows_both_values_and_what_the_entry_is_called() -> None:
    """Values as the models hold them, with the label and the rule of the nearest entry."""
    old = _policy()
    new = _policy(("at_least = 90", "at_least = 95"), ("weight = 40\n", 'weight = 40\nrule = "X-1"\n'))
    edge, rule = policy_changes(old, new)
    assert (edge.old, edge.new, edge.label, edge.rules) == (Decimal(90), Decimal(95), "满意度", ("X-1",))
    assert (rule.path[-1], rule.kind, rule.old, rule.new) == ("rule", "added", None, "X-1")


def test_equal_numbers_are_no_change() -> None:
    """5 and 5.0 say the same, as they do for the fingerprint; what stands at its default may be written or not."""
    same = (("points = 5\neach", "points = 5.0\neach"), ("rows = true\n", 'rows = true\nwindow = "month"\n'))
    assert policy_changes(_policy(), _policy(*same)) == ()


def test_true_and_one_are_two_values() -> None:
    """A test on a flag is another test than one on a number."""
    policy = _policy()
    other = policy.measure["contacts"].model_copy(update={"where": {"answered": Decimal(1)}})
    changed_policy = policy.model_copy(update={"measure": policy.measure | {"contacts": other}})
    assert _keys(policy_changes(policy, changed_policy)) == [("changed", "measure.contacts.where.answered")]


def test_another_order_of_bands_is_a_change_of_its_own() -> None:
    """The first band that holds decides: their order is part of the rule."""
    down = ("linear = { zero = 0, full = 5 }",
            'bands = [ { level = "优秀", at_least = 3 }, { level = "合格", below = 3 } ]')  # fmt: skip
    up = (down[0], 'bands = [ { level = "合格", below = 3 }, { level = "优秀", at_least = 3 } ]')
    (change,) = policy_changes(_policy(down), _policy(up))
    assert (change.kind, change.path[-1]) == ("order", "bands")
    assert (change.old, change.new) == (["优秀", "合格"], ["合格", "优秀"])


def test_entries_named_alike_are_compared_as_a_whole() -> None:
    """Two bands of one level cannot be told apart by name."""
    bands = '{ level = "优秀", at_least = 4 }, { level = "合格", at_least = 2 }, { level = "合格" }'
    twice = ("linear = { zero = 0, full = 5 }", f"bands = [{bands}]")
    other = (twice[0], twice[1].replace("at_least = 2", "at_least = 1"))
    (change,) = policy_changes(_policy(twice), _policy(other))
    assert (change.kind, change.path[-1]) == ("changed", "bands")


def test_a_part_that_only_one_policy_has_is_listed_key_by_key() -> None:
    """A policy without pay and one with pay: every award, fine and pool is named."""
    without = SMALL[: SMALL.index("[pay.base]")] + SMALL[SMALL.index("[measure.csat]") :]
    added = policy_changes(load_good({"own": without.replace('keys = ["pay.pool.tiers"]\n', "")}).policy, _policy())
    keys = {key for kind, key in _keys(added) if kind == "added"}
    assert {"pay.base", "pay.pool.提成", "pay.deduction.leave", "pay.award.champion", "pay.fine.late"} <= keys
    assert {change.kind for change in added} == {"added"}


def test_values_are_shown_as_people_write_them() -> None:
    """An entry by its name, anything else as in TOML, nothing as nothing."""
    policy = _policy()
    assert one_line_value(policy.adjustment[0]) == "顶班"
    assert one_line_value(policy.level[0]) == "junior"
    assert one_line_value(Decimal("0.0080")) == "0.0080"
    assert one_line_value(True) == "true"
    assert one_line_value(None) == ""
    assert plain_value(policy.dimension[0].indicator[0].bands[0]) == {"level": "优秀", "at_least": Decimal(90)}
