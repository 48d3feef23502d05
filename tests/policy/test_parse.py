"""Texts that are too large, too deep or no TOML at all are refused in one line, quickly."""

from __future__ import annotations

import sys
from decimal import Decimal

import pytest

from csctl.policy.parse import LINE_LIMIT, TEXT_LIMIT, parse
from csctl.policy.tree import SourceText
from csctl.problems import Problem


def read(text: str) -> tuple[dict[str, object] | None, list[Problem]]:
    return parse(SourceText("p.toml", text))


def refused(text: str) -> tuple[str, int | None]:
    """Code and line of the one problem."""
    document, problems = read(text)
    assert document is None
    assert len(problems) == 1
    return problems[0].code, problems[0].place.row


def test_numbers_with_a_point_are_exact() -> None:
    """0.1 is one tenth, not the nearest binary fraction."""
    assert read("rate = 0.1")[0] == {"rate": Decimal("0.1")}


def test_a_byte_order_mark_is_cut() -> None:
    """Texts saved by Windows' editor can be read."""
    assert read('\ufeffid = "x"') == ({"id": "x"}, [])


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a = 1\n" + "x" * (LINE_LIMIT + 1), "policy-line-too-long", 2),
        ("#\n" * (TEXT_LIMIT // 2 + 1), "policy-too-large", None),
        ("a = 1\n" + "b." * 40 + "c = 1", "policy-too-deep", 2),
        ("[" + "'b' . " * 40 + "c]", "policy-too-deep", 1),
        ("a = { " + "b." * 40 + "c = 1 }", "policy-too-deep", 1),
        ("a = " + "[" * 30 + "]" * 30, "policy-too-deep", None),
        ("a = " + "[" * 1500 + "]" * 1500, "policy-too-deep", None),
        ("a = " + "{ b = " * 30 + "1" + " }" * 30, "policy-too-deep", None),
        ("a = 1\n\nb = [1,\n2\nc = 3\n", "policy-syntax-unclosed", 5),
        ("a = 'x\nb = 1", "policy-syntax-unclosed", 2),
        ("[a]\nb = 1\n[a]\n", "policy-syntax-twice", 3),
        ("a = { b = 1, b = 2 }", "policy-syntax-twice", 1),
        ("a = 1\n“b” = 2", "policy-syntax", 2),
        ("a = 1\nb = \n", "policy-syntax-no-value", 2),
        ('a = "\x01"', "policy-syntax", 1),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_what_cannot_be_read_is_one_problem(text: str, code: str, line: int | None) -> None:
    """Each kind of refusal has its code, and its line where there is one."""
    assert refused(text) == (code, line)


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    """The interpreter's own limit on digits is a user fault here, not a crash."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(700)
    try:
        assert refused("a = " + "9" * 800)[0] == "policy-number-too-long"
    finally:
        sys.set_int_max_str_digits(before)


def test_the_deepest_text_that_is_allowed_is_read() -> None:
    """The limit refuses nothing that a policy needs."""
    document, problems = read("a = " + "[" * 23 + "]" * 23)
    assert document is not None
    assert problems == []
