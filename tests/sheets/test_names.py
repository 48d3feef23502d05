"""File names for people: safe, short, and never shared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.sheets.names import safe_name, safe_names


@pytest.mark.parametrize(
    ("agent_id", "name", "expected"),
    [
        ("A001", "王小明", "A001_王小明"),
        ("A001", "阿依古丽·买买提", "A001_阿依古丽·买买提"),
        ("../../etc", "pass/wd", "etc_pass-wd"),
        ("-rf", ".bashrc", "rf_bashrc"),
        ("a\\b:c", 'x"<>|?*y', "a-b-c_x-y"),
        ("1\u202e2", "\ufeff\x00\x1b[31m王\u200b", "12_31m王"),
        ("con", "", "con_"),
        ("COM1.x", "", "COM1.x_"),
        ("NUL", "王", "NUL_王"),
        ("007", "", "007"),
        ("", "王", "王"),
        ("///", "...", "732c4e97"),
        ("1" * 99, "王" * 99, "1" * 24 + "_" + "王" * 26),
    ],
)
def test_names_are_made_safe(agent_id: str, name: str, expected: str) -> None:
    """Separators, controls, direction marks, leading dots and dashes, reserved names, length."""
    assert safe_name(agent_id, name) == expected


def test_who_would_share_a_name_gets_a_mark_of_the_id() -> None:
    """Same letters in another case, and accents written in two ways, are one file on some systems."""
    people = [("a1", "Li"), ("A1", "LI"), ("a/2", "x"), ("a:2", "x"), ("b", "é"), ("B", "e\u0301"), ("c", "王")]
    names = safe_names(people)
    assert names["c"] == "c_王"
    assert names["a1"].startswith("a1_Li_")
    assert len({unicodedata.normalize("NFC", name.casefold()) for name in names.values()}) == len(people)
    assert safe_names(reversed(people)) == names


@given(st.dictionaries(st.text(max_size=40), st.text(max_size=40), max_size=8))
def test_any_names_are_usable_and_apart(people: dict[str, str]) -> None:
    """At most 69 characters with a mark, no separator or control, never empty, never the same for two."""
    names = safe_names(people.items())
    assert len({unicodedata.normalize("NFC", name.casefold()) for name in names.values()}) == len(people)
    for name in names.values():
        assert 0 < len(name) <= 60
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert name[0] not in ".-"
        assert name[-1] not in ". "
