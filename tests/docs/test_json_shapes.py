"""What ``--json`` prints is what the schemas of the guide say, and every command that has it has one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.docs.pages import DOCS
from tests.docs.test_guide import options_of_commands
from tools.docs.json_shapes import SAME, faults, path_of, printed_on_the_desk, shape_of

ELSEWHERE = {
    "policy show": "prints the policy itself: its keys are those of the reference of policies",
    "forms collect": "needs forms that people filled in",
    "promotion recommend": "needs a person who may rise",
    "promotion approve": "needs a recommendation",
    "promotion reject": "needs a recommendation",
    "promotion apply": "needs a person who may rise",
    "promotion review": "needs an application",
    "promotion defend": "needs an application",
    "promotion score": "needs an application",
    "promotion withdraw": "needs an application",
    "template adopt": "needs a company's own form",
}
"""Commands whose shape has no file, with the reason."""


def schema(name: str) -> dict[str, Any]:
    """The schema of a command."""
    found: dict[str, Any] = json.loads(path_of(name).read_text("utf-8"))
    return found


@pytest.mark.slow
def test_what_every_command_prints_on_a_small_desk_is_as_its_schema_says(tmp_path: Path) -> None:
    """Each key is named and of its type; `python tools/make_docs.py --schemas` finds them anew."""
    printed = list(printed_on_the_desk(tmp_path))
    assert len({name for name, _ in printed}) > 15
    assert [name for name, _ in printed if not schema(name).get("type")] == []
    found = {name: faults(value, schema(name)) for name, value in printed}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_every_command_that_prints_json_has_a_schema() -> None:
    """Or prints the record of the month, or is named with its reason."""
    printing = {name for name, options in options_of_commands().items() if "--json" in options}
    assert ELSEWHERE.keys() <= printing
    assert [one for one in sorted(printing - ELSEWHERE.keys()) if not path_of(SAME.get(one, one)).is_file()] == []


def test_the_page_of_schemas_names_each_of_them() -> None:
    text = (DOCS / "json.md").read_text("utf-8")
    files = sorted((DOCS / "reference" / "json").glob("*.json"))
    assert [file.name for file in files if f"](reference/json/{file.name})" not in text] == []
    assert {json.loads(file.read_text("utf-8"))["title"] for file in files} == {
        f"csctl {name} --json" for name in options_of_commands() if path_of(name) in files
    }


TREE = {"top": {"label": "a", "children": [{"label": "b", "children": []}]}, "n": [1, None], "left_out": {"x": 1}}


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (TREE, []),
        (TREE | {"n": ["1"]}, ["$.n[]: string"]),
        (TREE | {"more": 1}, ["$.more: not named"]),
        ({key: TREE[key] for key in ("top", "n")}, ["$.left_out: missing"]),
        (TREE | {"left_out": {"y": 2}}, []),
        (TREE | {"left_out": {"y": "2"}}, ["$.left_out.y: string"]),
        (TREE | {"top": {"label": "a", "children": [{"children": []}]}}, ["$.top.children[].label: missing"]),
    ],
)
def test_a_value_that_differs_is_found(value: object, found: list[str]) -> None:
    """Keys too many and too few, other types, also within trees and maps."""
    assert faults(value, shape_of([TREE])) == found
