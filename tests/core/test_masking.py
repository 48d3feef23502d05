"""Codes on a notice board: each somebody's, other ones every month, and nothing of a number in them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from csctl.core.people.masking import codes, codes_of
from csctl.core.records.lines import PayLine, as_frame
from tests.sheets.month import PAY_LINES, month_result

IDS = st.sets(st.text(alphabet="0123789abZ-*王", max_size=7), max_size=40)
TEAM = ("6001", "6002", "6003", "6004", "6005", "6006", "6007")


@given(IDS, st.text(max_size=7))
def test_codes_are_unique_and_the_same_in_any_order(ids: set[str], secret: str) -> None:
    """A code is a person."""
    found = codes(sorted(ids), secret)
    assert found == codes(sorted(ids, reverse=True), secret)
    assert found.keys() == ids
    assert len(set(found.values())) == len(ids)


@given(IDS)
def test_a_code_is_letters_without_a_word_or_a_number_in_it(ids: set[str]) -> None:
    """At least four, all of one length; nothing that a spreadsheet takes for a number, and no vowel."""
    found = codes(ids, "x").values()
    assert all(len(one) >= 4 and set(one) <= set("BCDFGHJKLMNPQRSTVWXZ") for one in found)
    assert len({len(one) for one in found}) <= 1


def test_longer_codes_where_short_ones_would_meet() -> None:
    """Of two thousand people some would share four letters."""
    found = codes((f"{at}" for at in range(2000)), "x")
    assert len(set(found.values())) == 2000
    assert {len(one) for one in found.values()} != {4}


def test_the_order_of_codes_is_not_that_of_numbers() -> None:
    """Neither in one month nor in the other, and not the same in both."""
    orders = [tuple(sorted(TEAM, key=codes(TEAM, secret).__getitem__)) for secret in ("a", "b")]
    assert orders[0] != orders[1]
    assert TEAM not in orders


def test_a_code_needs_all_of_the_month_to_be_found_out() -> None:
    """One cent of somebody else makes other codes of the whole team; the same month makes the same."""
    other = [replace(PAY_LINES[0], amount_cents=PAY_LINES[0].amount_cents + 1), *PAY_LINES[1:]]
    made, again, changed = (
        codes_of(month, TEAM)
        for month in (month_result(), month_result(), month_result(pay_lines=as_frame(other, PayLine)))
    )
    assert made == again
    assert set(made.values()).isdisjoint(changed.values())


def test_the_order_of_the_lines_does_not_matter() -> None:
    """A sealed month that is read again has the codes that it had."""
    turned = month_result(pay_lines=as_frame(list(reversed(PAY_LINES)), PayLine))
    assert codes_of(turned, TEAM) == codes_of(month_result(), TEAM)
