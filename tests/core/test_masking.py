"""Masked staff numbers: each its own, never more than both ends, and nothing to be read off their length."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.people.masking import masked_ids

IDS = st.sets(st.text(alphabet="0123789abZ-*王", max_size=7), max_size=40)


@pytest.mark.parametrize(
    ("agent_id", "mask"),
    [("00127", "00**7"), ("100000000000000001", "10**1"), ("0007", "0**7"), ("007", "0**"), ("07", "**"), ("7", "**")],
)
def test_a_number_shows_its_ends_only(agent_id: str, mask: str) -> None:
    """At most two in front and one behind, and two at least are hidden."""
    assert masked_ids([agent_id], "2026-10") == {agent_id: mask}


def test_numbers_that_look_alike_get_a_letter() -> None:
    """Each a letter; who stands alone has none."""
    masks = masked_ids(["0001", "0011", "0021", "0002"], "2026-10")
    assert {masks[key] for key in ("0001", "0011", "0021")} == {"0**1-a", "0**1-b", "0**1-c"}
    assert masks["0002"] == "0**2"


def test_the_letters_do_not_follow_the_numbers() -> None:
    """Another month draws another order, so that a letter tells nothing about who was hired first."""
    ids = [f"0{middle:02d}1" for middle in range(40)]
    orders = {tuple(sorted(ids, key=masked_ids(ids, month).__getitem__)) for month in ("2026-09", "2026-10")}
    assert len(orders) == 2
    assert tuple(ids) not in orders


def test_many_that_look_alike_get_two_letters() -> None:
    """After z comes aa."""
    masks = masked_ids([f"0{middle:02d}1" for middle in range(28)], "")
    assert {mask.partition("-")[2] for mask in masks.values()} >= {"a", "z", "aa", "ab"}


@given(IDS, st.text(max_size=7))
def test_masks_are_unique_and_the_same_in_any_order(ids: set[str], salt: str) -> None:
    """A mask is a person."""
    masks = masked_ids(sorted(ids), salt)
    assert masks == masked_ids(sorted(ids, reverse=True), salt)
    assert masks.keys() == ids
    assert len(set(masks.values())) == len(ids)


@given(IDS)
def test_a_mask_shows_the_ends_of_its_number_and_hides_two(ids: set[str]) -> None:
    """Whatever is not a star, in front or behind, stands in the number at that very end."""
    for agent_id, mask in masked_ids(ids, "x").items():
        plain = re.sub(r"-[a-z]+$", "", mask)
        shown = max(min(len(agent_id) - 2, 3), 0)
        before, after = (shown + 1) // 2, shown // 2
        assert plain == agent_id[:before] + "**" + agent_id[len(agent_id) - after :]


@given(st.text(alphabet="0123456789", min_size=5, max_size=20), st.text(alphabet="0123456789", max_size=9))
def test_the_length_of_a_number_cannot_be_read(agent_id: str, more: str) -> None:
    """The same ends, the same mask."""
    longer = agent_id[:2] + more + agent_id[2:]
    assert masked_ids([agent_id], "")[agent_id] == masked_ids([longer], "")[longer]
