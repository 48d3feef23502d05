"""A sample that anybody can draw again, spread over agents and channels."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import narwhals as nw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.sampling.draw import Contact, Sample, allocate, contacts_of, draw_sample, equal, proportional
from csctl.problems import Place
from csctl.store.engines import Engine
from tests.workbench import OCTOBER, canonical_rows, frame

BEGUN = datetime(2026, 10, 1, 9)  # noqa: DTZ001 - local time, as in exports
SIZES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 60), min_size=1)


def contact(number: int, agent: str = "01", channel: str = "chat") -> Contact:
    """A contact with a number."""
    place = Place("calls.csv", "", number)
    return Contact(agent, channel, f"{agent}-{channel}-{number}", "", "", BEGUN + timedelta(minutes=number), place)


def many(**counts: int) -> list[Contact]:
    """Contacts by ``agent_channel``."""
    return [contact(n, *name.split("_")) for name, count in counts.items() for n in range(count)]


TEAM = many(a_chat=40, a_phone=10, b_phone=30, c_chat=19, c_phone=1)


def names(sample: Sample) -> list[str]:
    """The numbers of the contacts drawn."""
    return [one.interaction_id for one in sample.contacts]


# ---- how many of whom --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "sizes", "parts"),
    [
        (10, {"a": 50, "b": 30, "c": 20}, {"a": 5, "b": 3, "c": 2}),
        (10, {"a": 96, "b": 3, "c": 1}, {"a": 8, "b": 1, "c": 1}),
        (3, {"a": 98, "b": 1, "c": 1}, {"a": 1, "b": 1, "c": 1}),
        (2, {"a": 98, "b": 1, "c": 1}, {"a": 2, "b": 0, "c": 0}),
        (7, {"a": 5, "b": 5, "c": 5}, {"a": 3, "b": 2, "c": 2}),
        (99, {"a": 5, "b": 1}, {"a": 5, "b": 1}),
        (0, {"a": 5}, {"a": 0}),
    ],
)
def test_places_are_shared_out_by_size(size: int, sizes: dict[str, int], parts: dict[str, int]) -> None:
    """Largest remainders; one for the smallest, where there is room."""
    assert allocate(size, sizes) == parts


@given(st.integers(0, 400), SIZES)
def test_every_place_is_given_and_nobody_gets_more_than_there_is(size: int, sizes: dict[str, int]) -> None:
    """Each stratum has at least one where the size allows, and a larger one never gets less."""
    parts = allocate(size, sizes)
    assert parts.keys() == sizes.keys()
    assert sum(parts.values()) == min(size, sum(sizes.values()))
    assert all(0 <= parts[name] <= sizes[name] for name in sizes)
    assert size < len(sizes) or all(parts.values())
    assert all(parts[one] >= parts[other] for one in sizes for other in sizes if sizes[one] > sizes[other])


@given(st.integers(1, 400), SIZES)
def test_shares_are_proportional_to_less_than_one(size: int, sizes: dict[str, int]) -> None:
    """Between strata that have more than one, within what rounding allows."""
    parts = {name: part for name, part in allocate(size, sizes).items() if part > 1}
    whole, places = sum(sizes[name] for name in parts), sum(parts.values())
    for name, part in parts.items():
        assert abs(part - Fraction(places * sizes[name], whole)) <= len(sizes)
        assert part - Fraction(places * sizes[name], whole) < 1 + Fraction(len(sizes), 2)


def test_agents_share_first_then_each_agents_channels() -> None:
    """Twenty of a hundred: ten, six, four; and of each channel."""
    sample = draw_sample(TEAM, proportional(20), "s", OCTOBER)
    assert sample.population == {"a": 50, "b": 30, "c": 20}
    assert sample.drawn == {"a": 10, "b": 6, "c": 4}
    strata = Counter((one.agent_id, one.channel) for one in sample.contacts)
    assert strata == {("a", "chat"): 8, ("a", "phone"): 2, ("b", "phone"): 6, ("c", "chat"): 3, ("c", "phone"): 1}


def test_the_same_number_of_each_agent_or_all_there_are() -> None:
    """``--per-agent``."""
    assert draw_sample([*TEAM, contact(1, "d")], equal(5), "s", OCTOBER).drawn == {"a": 5, "b": 5, "c": 5, "d": 1}


# ---- which ones --------------------------------------------------------------------------------------------------


def test_the_draw_is_the_order_of_hashes() -> None:
    """Worked out here again, by the recipe: SHA-256 over seed, month and contact."""
    own = many(a_chat=50)
    chances = {one.interaction_id: hashlib.sha256("\x1f".join(("seed", "2026-10", *one.key)).encode()).hexdigest()
               for one in own}  # fmt: skip
    first = sorted(chances, key=lambda name: chances[name])[:7]
    assert sorted(names(draw_sample(own, proportional(7), "seed", OCTOBER))) == sorted(first)


def test_a_draw_of_today_is_a_draw_for_ever() -> None:
    """These very contacts, on any machine and in any version."""
    assert names(draw_sample(TEAM, equal(2), "2026-10 team", OCTOBER)) == [
        "a-chat-6", "a-phone-6", "b-phone-11", "b-phone-18", "c-chat-16", "c-phone-0",
    ]  # fmt: skip


@given(st.randoms(use_true_random=False), st.integers(1, 60))
def test_the_order_of_rows_does_not_matter(chance: random.Random, size: int) -> None:
    """Shuffled rows give the same sample."""
    mixed = TEAM[:]
    chance.shuffle(mixed)
    assert draw_sample(mixed, proportional(size), "s", OCTOBER) == draw_sample(TEAM, proportional(size), "s", OCTOBER)


def test_rows_of_others_do_not_move_an_agents_sample() -> None:
    """With a fixed number each; and a larger sample only adds."""
    alone = names(draw_sample(many(a_chat=40, a_phone=10), equal(6), "s", OCTOBER))
    among = [name for name in names(draw_sample(TEAM, equal(6), "s", OCTOBER)) if name.startswith("a-")]
    assert alone == among
    assert set(alone) < set(names(draw_sample(TEAM, equal(20), "s", OCTOBER)))


def test_another_seed_or_month_draws_others() -> None:
    """So nobody can know next month's sample from this one's."""
    first = names(draw_sample(TEAM, proportional(20), "s", OCTOBER))
    assert first != names(draw_sample(TEAM, proportional(20), "t", OCTOBER))
    assert first != names(draw_sample(TEAM, proportional(20), "s", OCTOBER.shift(1)))


def test_every_contact_has_the_same_chance() -> None:
    """Over a thousand seeds each of twenty contacts is drawn about 250 times (five of twenty); chi squared, df 19."""
    own = many(a_chat=20)
    times = Counter(
        name for seed in range(1000) for name in names(draw_sample(own, proportional(5), str(seed), OCTOBER))
    )
    assert sum(times.values()) == 5000
    assert sum(Fraction((times[one.interaction_id] - 250) ** 2, 250) for one in own) < 37


# ---- from rows ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_contacts_are_what_a_person_answered_this_month_each_once(tmp_path: Path, engine: Engine) -> None:
    """Abandoned calls cannot be reviewed; rows with one number are one contact, the first of them."""
    rows: list[dict[str, Any]] = [
        {"interaction_id": "1", "channel": "chat"},
        {"interaction_id": "1", "channel": "chat", "started_at": BEGUN - timedelta(hours=1)},
        {"interaction_id": "2", "answered": False},
        {"interaction_id": "3", "abandoned": True},
        {"interaction_id": "4", "answered": True, "channel": "phone"},
        {"interaction_id": "5", "month": "2026-09"},
        {"customer_id": "x"},
        {"customer_id": "x"},
        {"customer_id": "y"},
    ]
    plain = canonical_rows("interactions", [{"agent_id": "01", "started_at": BEGUN} | row for row in rows])
    credited = frame(tmp_path, "interactions", plain, engine).with_columns(nw.col("agent_id").alias("agent"))
    found = contacts_of(credited, OCTOBER)
    assert sorted((one.interaction_id or one.customer_id, one.place.row) for one in found) == [
        ("1", 3), ("4", 6), ("x", 8), ("y", 10),
    ]  # fmt: skip
    assert [one.interaction_id for one in contacts_of(credited, OCTOBER, ["phone"])] == ["4"]
