"""A policy as cells and back is the same policy: the shipped ones, and any with texts and numbers nobody expects."""

from __future__ import annotations

import copy
import tomllib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.messages import LANGUAGES, catalogue
from csctl.policy.form.cells import UnreadableError, from_cell, literal, of_literal, same, to_cell
from csctl.policy.form.filling import fill_policy_form
from csctl.policy.form.layout import entry_sheets, general_keys
from csctl.policy.form.reading import read_policy_sheets
from csctl.policy.form.whole import pages_of, says_all
from csctl.policy.form.words import head_of, heads_of, sheet_or_head_name
from csctl.policy.load import fingerprint
from csctl.store.shipped import blank_policy, policy_names, policy_text

Document = dict[str, Any]
TEXTS = {name: policy_text(name) or "" for name in policy_names()}
TEXTS |= {f"blank {language}": blank_policy(language) for language in LANGUAGES}
AWKWARD = st.sampled_from(
    ["", " ", "# a", '"', "'a'", "[1]", "{ a = 1 }", "yes", "是", "1", "1.50", "95%", "a = b", "a → b", "≥ 3", "第一 x",
     "first x", "a、b", "a, b", "a;b", "a\nb", "event.x", "other", "其他", "\\", "TRUE", "2026-10", "=1+1", "名称"]
) | st.text(max_size=8)  # fmt: skip
NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=3) | st.integers(-1000, 1000)


def document_of(name: str) -> Document:
    return tomllib.loads(TEXTS[name], parse_float=Decimal)


def again(document: Document, language: str) -> Document:
    """The document read from its own cells."""
    found = read_policy_sheets("policy.xlsx", pages_of(fill_policy_form(document, language), language))
    assert found.problems == []
    return found.document


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TEXTS)
def test_every_shipped_policy_is_read_from_its_cells_again(name: str, language: str) -> None:
    """Whatever language its heads are in."""
    document = document_of(name)
    assert fingerprint(again(document, language)) == fingerprint(document)


@pytest.mark.parametrize("name", TEXTS)
def test_cells_of_shipped_policies_are_words_and_seldom_what_a_text_file_would_say(name: str) -> None:
    """Bands, conditions, amounts, tests of columns: a lead can read them. One in five may be what only TOML can say."""
    filled = fill_policy_form(document_of(name), "zh")
    cells = [cell for rows in filled.entries.values() for row in rows for cell in row if cell is not None]
    literals = [cell for cell in cells if isinstance(cell, str) and cell.startswith(("[", "{"))]
    assert len(literals) <= len(cells) / 5
    assert [keys for keys, spec, _ in filled.general if spec.info is None] == []


def leaves(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all texts and numbers."""
    if isinstance(node, dict):
        return [found for key, value in node.items() for found in leaves(value, (*path, key))]
    if isinstance(node, list):
        return [found for at, value in enumerate(node) for found in leaves(value, (*path, at))]
    return [] if isinstance(node, bool) else [path]


@given(data=st.data(), name=st.sampled_from(sorted(TEXTS)), language=st.sampled_from(LANGUAGES))
def test_whatever_stands_in_it_a_policy_is_read_again_as_it_was(data: st.DataObject, name: str, language: str) -> None:
    """Names that look like numbers, words of the form, remarks, two entries of one name."""
    document = copy.deepcopy(document_of(name))
    paths = leaves(document)
    for path in data.draw(st.lists(st.sampled_from(paths), max_size=6)):
        node = document
        for step in path[:-1]:
            node = node[step]
        node[path[-1]] = data.draw(AWKWARD if isinstance(node[path[-1]], str) else NUMBERS)
    assert same(again(document, language), document)
    assert says_all(fill_policy_form(document, language), document, language)


VALUES = st.recursive(
    st.booleans() | NUMBERS | AWKWARD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(value=VALUES)
def test_what_has_no_words_is_written_on_one_line_as_a_text_file_writes_it(value: object) -> None:
    assert "\n" not in literal(value)
    assert same(of_literal(literal(value)), value)


@given(value=st.lists(AWKWARD, min_size=1, max_size=4) | st.dictionaries(AWKWARD, NUMBERS, min_size=1, max_size=4))
def test_lists_of_names_and_amounts_by_name_are_read_from_one_cell(value: object) -> None:
    """For every key that holds such."""
    specs = [spec for sheet in entry_sheets() for spec in sheet.columns] + [spec for _, spec in general_keys()]
    kind = isinstance(value, dict)
    fitting = [one for one in specs if one.item and not one.item.models and (one.keys is not None) == kind]
    assert fitting
    for spec in fitting:
        for language in LANGUAGES:
            assert same(from_cell(to_cell(value, spec, language), spec), value)


def test_an_order_that_says_something_stays() -> None:
    """The levels of a scale, best first; and entries of a table as they were written."""
    document = document_of("insurance")
    assert list(again(document, "zh")["scale"]) == list(document["scale"])
    assert list(again(document, "en")["measure"]) == list(document["measure"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_heads_of_a_sheet_and_no_two_sheets_are_called_alike(language: str) -> None:
    titles = [sheet_or_head_name(sheet.code, language) for sheet in entry_sheets()]
    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= 31
    for sheet in entry_sheets():
        heads = [sheet_or_head_name(code, language) for code in heads_of(sheet)]
        assert len(set(heads)) == len(heads), sheet.keys


def test_every_sheet_head_and_part_has_a_name_and_no_name_is_left_over() -> None:
    """A key that is new to the models needs a word in ``messages/policy.toml``, and nothing else."""
    codes = {code for sheet in entry_sheets() for code in (sheet.code, *heads_of(sheet))}
    codes |= {head_of(spec) for _, spec in general_keys()}
    codes |= {"part-" + "-".join(keys[:-1]).replace("_", "-") for keys, _ in general_keys() if keys[1:]}
    named = {code.removeprefix("policybook-") for code in catalogue() if code.startswith("policybook-")}
    assert codes - named == set()
    assert {code for code in named if code.startswith("key-")} <= codes


def test_a_test_that_says_nothing_of_its_column_is_no_test() -> None:
    """Commas alone name nothing."""
    spec = next(one for sheet in entry_sheets() for one in sheet.columns if one.key == "where")
    for text in ("kind = ,", "kind =", "kind", "kind ≠"):
        with pytest.raises(UnreadableError):
            from_cell(text, spec)
