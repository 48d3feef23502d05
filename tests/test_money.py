"""Exact numbers: one rounding, one way to split, and no float that decides."""

from __future__ import annotations

import decimal
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor as floor_of

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.money import amount_text, apportion, exact, from_cents, from_float, round_half_up, round_together, to_cents

D = Decimal
finite = st.decimals(allow_nan=False, allow_infinity=False, min_value=D(-(10**15)), max_value=D(10**15), places=12)
weights = st.dictionaries(st.text("abc0123456789", min_size=1, max_size=3), st.integers(0, 10**6), max_size=12)
real_weights = weights.filter(lambda each: sum(each.values()) > 0)
cents = st.integers(0, 10**20)


def by_decimal_module(value: Decimal, decimals: int) -> Decimal:
    """The standard library's own HALF_UP, with room for every digit."""
    with decimal.localcontext(prec=200):
        return value.quantize(D(1).scaleb(-decimals), ROUND_HALF_UP)


@given(finite, st.integers(0, 8))
def test_rounding_agrees_with_the_decimal_module(value: Decimal, decimals: int) -> None:
    """HALF_UP of a decimal is what an independent implementation gives, with exactly the places asked for."""
    rounded = round_half_up(value, decimals)
    assert rounded == by_decimal_module(value, decimals)
    assert rounded.as_tuple().exponent == -decimals


@given(st.integers(-(10**60), 10**60), st.integers(1, 10**6), st.integers(0, 6))
def test_rounding_a_fraction_is_within_half_a_unit_and_keeps_every_digit(top: int, bottom: int, decimals: int) -> None:
    """However large the number: no precision of any context cuts it short."""
    off = abs(Fraction(top, bottom) - Fraction(round_half_up(Fraction(top, bottom), decimals)))
    assert off * 2 <= Fraction(1, 10**decimals)


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("1.005", 2, "1.01"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.125", 2, "0.13"),
        ("0.135", 2, "0.14"),
        ("-0.004", 2, "0.00"),
        ("89.995", 2, "90.00"),
        ("1e-12", 2, "0.00"),
        ("0.005", 2, "0.01"),
        ("0.009", 2, "0.01"),
        ("0.0049", 2, "0.00"),
        ("-0.005", 2, "-0.01"),
    ],
)
def test_halves_go_away_from_zero(value: str, decimals: int, rounded: str) -> None:
    """As people and spreadsheets round; and nothing rounds to a negative zero."""
    assert str(round_half_up(D(value), decimals)) == rounded


@pytest.mark.parametrize(("value", "rounded"), [(Fraction(1, 3), "0.33"), (Fraction(2, 3), "0.67"), (7, "7.00")])
def test_fractions_and_whole_numbers_round_too(value: Fraction | int, rounded: str) -> None:
    """Every exact kind of number may be rounded."""
    assert str(round_half_up(value, 2)) == rounded


@given(finite)
def test_rounding_mirrors_at_zero(value: Decimal) -> None:
    """A negative amount rounds like its positive twin."""
    assert round_half_up(-value, 2) == -round_half_up(value, 2)


def test_the_precision_of_the_surroundings_does_not_matter() -> None:
    """A caller with a narrow decimal context still gets every digit."""
    with decimal.localcontext(prec=5):
        assert str(round_half_up(D("123456789.125"), 2)) == "123456789.13"
        assert str(from_cents(123456789)) == "1234567.89"
        assert round_together({"a": D("1234567.895")}, 2)["a"].as_tuple().digits == (1, 2, 3, 4, 5, 6, 7, 9, 0)


@pytest.mark.parametrize("value", [0.1, 1.0, float("nan"), float("inf")])
def test_a_float_is_refused(value: float) -> None:
    """Floats never decide: not when made exact, rounded, turned into cents or split by."""
    for refused in (
        lambda: exact(value),  # type: ignore[arg-type]
        lambda: round_half_up(value, 2),  # type: ignore[arg-type]
        lambda: to_cents(value),  # type: ignore[arg-type]
        lambda: apportion(1, {"a": value}),  # type: ignore[dict-item]
        lambda: round_together({"a": value}, 2),  # type: ignore[dict-item]
    ):
        with pytest.raises(TypeError, match="float"):
            refused()


@pytest.mark.parametrize(
    ("measured", "decimals", "shown"),
    [
        (1.005, 2, "1.01"),
        (2.675, 2, "2.68"),
        (1.115, 2, "1.12"),
        (0.285, 2, "0.29"),
        (4.35 * 100, 0, "435"),
        (1.1 + 2.2, 2, "3.30"),
        (0.1 + 0.2, 16, "0.3000000000000000"),
        (8.345, 2, "8.35"),
        (-1.005, 2, "-1.01"),
        (120004.99999999999, 0, "120005"),
    ],
)
def test_a_measured_float_rounds_as_a_spreadsheet_rounds_it(measured: float, decimals: int, shown: str) -> None:
    """Fifteen significant digits, then HALF_UP: what ROUND shows for the same number."""
    assert str(round_half_up(from_float(measured), decimals)) == shown


@given(st.integers(-(10**14), 10**14))
def test_a_price_in_cents_survives_the_way_through_a_float(amount: int) -> None:
    """A float that stands for an amount of cents comes back as that amount."""
    assert round_half_up(from_float(amount / 100), 2) == from_cents(amount)


@given(st.integers(-(10**30), 10**30))
def test_cents_go_to_yuan_and_back(amount: int) -> None:
    """Whole cents are the same amount in yuan with two places."""
    assert to_cents(from_cents(amount)) == amount
    assert from_cents(amount).as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("amount", "text", "change"),
    [(348250, "3,482.50", "+3,482.50"), (-5, "-0.05", "-0.05"), (0, "0.00", "+0.00"), (100, "1.00", "+1.00")],
)
def test_an_amount_is_written_with_two_places_and_as_a_change_with_its_sign(
    amount: int, text: str, change: str
) -> None:
    assert (amount_text(amount), amount_text(amount, signed=True)) == (text, change)


@pytest.mark.parametrize(
    ("yuan", "amount"), [("0.0149", 1), ("0.015", 2), ("-0.0149", -1), ("-0.015", -2), ("12.345", 1235), ("0.0095", 1)]
)
def test_half_a_cent_is_a_cent(yuan: str, amount: int) -> None:
    """An amount between two cents is the nearer one, and the half goes away from zero."""
    assert to_cents(D(yuan)) == amount


# ---- splitting -------------------------------------------------------------


@given(cents, real_weights)
def test_shares_sum_to_the_total(total: int, parts: dict[str, int]) -> None:
    """Nothing is lost and nothing is made."""
    assert sum(apportion(total, parts).values()) == total


@given(cents, real_weights)
def test_no_share_is_a_whole_unit_off(total: int, parts: dict[str, int]) -> None:
    """Each share lies less than one unit from its exact quota, on either side."""
    whole = sum(parts.values())
    for key, share in apportion(total, parts).items():
        assert abs(share - Fraction(total * parts[key], whole)) < 1


@given(cents, real_weights)
def test_a_heavier_weight_never_gets_less_and_equal_ones_differ_by_one(total: int, parts: dict[str, int]) -> None:
    """Order of weights is order of shares; equal weights differ by one unit at most, the lower key first."""
    shares = apportion(total, parts)
    for one in parts:
        for other in parts:
            if parts[one] > parts[other]:
                assert shares[one] >= shares[other]
            if parts[one] == parts[other] and one < other:
                assert 0 <= shares[one] - shares[other] <= 1


@given(cents, real_weights)
def test_no_weight_no_share(total: int, parts: dict[str, int]) -> None:
    """Weight 0 gets nothing, and nobody gets less than nothing."""
    shares = apportion(total, parts)
    assert all(share >= 0 for share in shares.values())
    assert all(shares[key] == 0 for key, weight in parts.items() if weight == 0)


@given(cents, real_weights, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(total: int, parts: dict[str, int], chance: object) -> None:
    """The same weights in any order give the same shares."""
    keys = list(parts)
    chance.shuffle(keys)  # type: ignore[attr-defined]
    assert apportion(total, {key: parts[key] for key in keys}) == apportion(total, parts)


@given(cents, real_weights, st.integers(1, 1000), st.integers(1, 1000))
def test_only_the_proportions_of_the_weights_matter(total: int, parts: dict[str, int], top: int, bottom: int) -> None:
    """Weights times any positive number split the same."""
    scaled = {key: Fraction(weight * top, bottom) for key, weight in parts.items()}
    assert apportion(total, scaled) == apportion(total, parts)


@given(cents, real_weights)
def test_a_clawback_is_the_mirror_image(total: int, parts: dict[str, int]) -> None:
    """A negative total takes from each what the positive one gives."""
    assert apportion(-total, parts) == {key: -share for key, share in apportion(total, parts).items()}


@given(cents, st.integers(1, 10**9))
def test_a_single_claim_gets_everything(total: int, weight: int) -> None:
    """Alone, one gets the whole."""
    assert apportion(total, {"a": weight}) == {"a": total}


@given(st.integers(0, 10**6), real_weights)
def test_growth_takes_no_more_than_one_unit_from_anybody(total: int, parts: dict[str, int]) -> None:
    """No method with quotas is monotone in the total; what may move is one unit."""
    before, after = apportion(total, parts), apportion(total + 1, parts)
    assert all(after[key] >= before[key] - 1 for key in parts)


@given(st.integers(0, 10**6), real_weights, st.data())
def test_a_better_score_never_lowers_the_own_share(total: int, parts: dict[str, int], data: st.DataObject) -> None:
    """Whoever raises the own weight gets at least as much as before."""
    key = data.draw(st.sampled_from(sorted(parts)))
    better = parts | {key: parts[key] + data.draw(st.integers(1, 100))}
    assert apportion(total, better)[key] >= apportion(total, parts)[key]


@given(st.integers(0, 10**6), real_weights)
def test_no_other_split_into_whole_units_is_nearer(total: int, parts: dict[str, int]) -> None:
    """Moving one unit from anyone to anyone else never brings the split nearer to the exact quotas."""
    shares, whole = apportion(total, parts), sum(parts.values())
    off = {key: Fraction(shares[key]) - Fraction(total * parts[key], whole) for key in parts}
    for one in parts:
        for other in parts:
            if one != other:
                moved = abs(off[one] - 1) + abs(off[other] + 1)
                assert moved >= abs(off[one]) + abs(off[other])


@pytest.mark.parametrize(
    ("total", "parts", "shares"),
    [
        (300000, {"a": 95, "b": 85, "c": 60}, {"a": 118750, "b": 106250, "c": 75000}),
        (300000, {"a": 90, "b": 80, "c": 77}, {"a": 109312, "b": 97166, "c": 93522}),
        (3, {"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}, {"a": 1, "b": 1, "c": 1, "d": 0, "e": 0}),
        (1, {"a": 0, "b": 1, "c": 1}, {"a": 0, "b": 1, "c": 0}),
        (7, {"a": 1, "b": 1, "c": 12}, {"a": 1, "b": 0, "c": 6}),
        (3, {"a": 1, "b": 3, "c": 3}, {"a": 1, "b": 1, "c": 1}),
        (4, {"a": 1, "b": 3, "c": 3}, {"a": 0, "b": 2, "c": 2}),
        (0, {"a": 1, "b": 2}, {"a": 0, "b": 0}),
        (0, {"a": 0, "b": 0}, {"a": 0, "b": 0}),
        (0, {}, {}),
        (2**53 + 1, {"a": 1}, {"a": 2**53 + 1}),
        (2**60 + 1, {"a": 1, "b": 1}, {"a": 2**59 + 1, "b": 2**59}),
    ],
)
def test_worked_splits(total: int, parts: dict[str, int], shares: dict[str, int]) -> None:
    """Splits that other methods get wrong, and the two of the golden pool."""
    assert apportion(total, parts) == shares


def test_where_remainders_tie_the_heavier_weight_has_the_unit() -> None:
    """2 over 1 and 3 is 0.5 and 1.5: the one half goes to the three, whatever the keys are called."""
    assert apportion(2, {"a": 1, "b": 3}) == {"a": 0, "b": 2}
    assert apportion(2, {"b": 1, "a": 3}) == {"b": 0, "a": 2}
    assert apportion(-2, {"a": 1, "b": 3}) == {"a": 0, "b": -2}


def test_of_equal_weights_the_lower_key_has_the_unit() -> None:
    """3 over two is 1.5 each."""
    assert apportion(3, {"b": 1, "a": 1}) == {"a": 2, "b": 1}


def test_a_negative_weight_is_refused() -> None:
    """A weight below 0 has no meaning."""
    with pytest.raises(ValueError, match="negative"):
        apportion(10, {"a": 2, "b": -1})


@pytest.mark.parametrize("nobody", [{}, {"a": 0}, {"a": 0, "b": 0}])
@pytest.mark.parametrize("total", [1, -1])
def test_something_for_nobody_is_an_error(total: int, nobody: dict[str, int]) -> None:
    """Money without anyone to take it is never lost in silence."""
    with pytest.raises(ValueError, match="nobody"):
        apportion(total, nobody)


def test_the_weights_are_left_as_they_were() -> None:
    """Splitting changes nothing it was given."""
    parts = {"a": 1, "b": 2}
    apportion(10, parts)
    assert parts == {"a": 1, "b": 2}


# ---- rounding together -----------------------------------------------------

ratios = st.builds(Fraction, st.integers(-(10**6), 10**6), st.integers(1, 999))
many = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), ratios, max_size=10)


@given(many, st.integers(0, 4))
def test_rounded_parts_sum_to_the_rounded_sum(parts: dict[str, Fraction], decimals: int) -> None:
    """What is shown adds up to the exact sum, rounded once."""
    shown = round_together(parts, decimals)
    assert shown.keys() == parts.keys()
    assert sum(shown.values(), D(0)) == round_half_up(sum(parts.values(), Fraction(0)), decimals)


@given(many, st.integers(0, 4))
def test_each_rounded_part_is_next_to_its_exact_value(parts: dict[str, Fraction], decimals: int) -> None:
    """Each is the exact value rounded up or down, and an exact one is left alone."""
    unit = D(1).scaleb(-decimals)
    for key, shown in round_together(parts, decimals).items():
        floor = D(floor_of(parts[key] * 10**decimals)).scaleb(-decimals)
        assert shown in (floor, floor + unit)
        assert shown.as_tuple().exponent == -decimals
        if parts[key] == Fraction(floor):
            assert shown == floor


@given(many, st.randoms(use_true_random=False))
def test_rounding_together_does_not_depend_on_order(parts: dict[str, Fraction], chance: object) -> None:
    """The same parts in any order are shown the same."""
    keys = list(parts)
    chance.shuffle(keys)  # type: ignore[attr-defined]
    assert round_together({key: parts[key] for key in keys}, 2) == round_together(parts, 2)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (["33.333", "33.333", "33.334"], ["33.33", "33.33", "33.34"]),
        (["0.005", "0.005"], ["0.01", "0.00"]),
        (["1.005"], ["1.01"]),
        (["669.764", "376.474"], ["669.77", "376.47"]),
        (["-0.005", "0.005"], ["0.00", "0.00"]),
        (["-0.006", "0.005"], ["-0.01", "0.01"]),
    ],
)
def test_worked_sums(parts: Sequence[str], shown: Sequence[str]) -> None:
    """Where parts rounded one by one would miss their sum by a cent."""
    names = [f"part{number}" for number in range(len(parts))]
    rounded = round_together(dict(zip(names, map(D, parts), strict=True)), 2)
    assert [str(rounded[name]) for name in names] == list(shown)
