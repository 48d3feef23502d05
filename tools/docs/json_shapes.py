"""What ``--json`` of each command prints, as JSON Schema: found from what it prints on a small desk and the sample."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest import mock

from tests.docs.pages import blocks, put
from tests.end_to_end.running import csctl

Schema = dict[str, Any]
DOCS = Path(__file__).resolve().parents[2] / "docs"
FOLDER = "reference/json"
DESK = """
adopt . --yes
check
run
explain E3
policy list
policy lint
policy diff insurance ecommerce-pay
policy form form.xlsx
policy convert insurance insurance.toml
policy trace insurance
init other --policy blank
tasks
sample
simulate --agent E3
simulate --policy policy.xlsx
forms send
forms status
forms remind
template new ours
template check
template placeholders
payslips
schedule
close --by me --yes
check
history
verify
correct
appeal items
appeal file E3 csat --reason x
appeal list
"""
"""On the desk of the guide's first hour."""
UNPAID = """
init desk --policy insurance
check -w desk
run -w desk
"""
"""By a policy that only scores."""
SAMPLE = """
check
explain 0007
tasks --on 2026-10-30
sample
close --month 2026-03 --by me --yes
close --month 2026-04 --by me --yes
history
verify
simulate --policy insurance
simulate --agent 0006 --month 2026-05
promote-check
promotion list
forms send --month 2026-05
forms status --month 2026-05
forms remind --month 2026-05
diff 2026-09 2026-10
diff 2026-03 2026-04
appeal file 0007 complaint_rate --month 2026-04 --reason x --claim 优秀
appeal decide 1 accepted --reason x --by me --yes
appeal list
"""
"""On a copy of the sample, where there is more of everything."""
BRANCHES = "children"
MAPS = ("left_out",)
"""Keys whose objects have names of their own for keys."""
SAME = dict.fromkeys(("check", "score", "sheets", "pay", "report", "payslips"), "run")
"""Commands that print the record of the month."""
GROUPS = ("policy", "forms", "appeal", "promotion", "template")
NAMES = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


def shape_of(values: Iterable[Any]) -> Schema:
    """The schema that all of these values have: a key is required where every object has it. What is an object here and
    a text there may be anything.
    """
    seen = list(values)
    types = sorted({_name(one) for one in seen})
    if not types or {"object", "string"} <= set(types):
        return {}
    shape: Schema = {"type": types[0] if len(types) == 1 else types}
    objects = [one for one in seen if isinstance(one, dict)]
    lists = [one for one in seen if isinstance(one, list)]
    if objects:
        shape |= _of_objects(objects)
    if lists:
        shape["items"] = shape_of(item for one in lists for item in one)
    return shape


def _of_objects(objects: list[dict[str, Any]]) -> Schema:
    """Their keys. A tree is a node whose children are nodes."""
    tree = [node for one in objects if BRANCHES in one for node in _nodes(one)]
    flat = [{key: value for key, value in node.items() if key != BRANCHES} for node in tree] or objects
    keys = list(dict.fromkeys(key for one in flat for key in one))
    named = {key: _of_key(key, [one[key] for one in flat if key in one]) for key in keys}
    required = [key for key in keys if all(key in one for one in flat)]
    if not tree:
        return {"properties": named, "required": required}
    named[BRANCHES] = {"type": "array", "items": {"$ref": "#node"}}
    return {"$anchor": "node", "properties": named, "required": [*required, BRANCHES]}


def _of_key(key: str, values: list[Any]) -> Schema:
    if key not in MAPS:
        return shape_of(values)
    return {"type": "object", "additionalProperties": shape_of(item for one in values for item in one.values())}


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node[BRANCHES]:
        yield from _nodes(child)


def faults(value: Any, shape: Mapping[str, Any], path: str = "$", node: Mapping[str, Any] | None = None) -> list[str]:
    """Where a value is otherwise than its schema says; a key that the schema does not name is a fault."""
    if "$ref" in shape:
        shape = node or {}
    if "type" not in shape:
        return []
    node = shape if "$anchor" in shape else node
    types = shape["type"]
    if _name(value) not in ([types] if isinstance(types, str) else types):
        return [f"{path}: {_name(value)}"]
    if isinstance(value, list):
        return [fault for item in value for fault in faults(item, shape["items"], f"{path}[]", node)]
    if not isinstance(value, dict):
        return []
    named = shape.get("properties", {})
    others = shape.get("additionalProperties")
    found = [f"{path}.{key}: missing" for key in shape.get("required", []) if key not in value]
    found += [f"{path}.{key}: not named" for key in value if key not in named and others is None]
    inside = {key: named.get(key, others) for key in value}
    return found + [
        fault for key, own in inside.items() if own for fault in faults(value[key], own, f"{path}.{key}", node)
    ]


def _name(value: Any) -> str:
    return "object" if isinstance(value, dict) else "array" if isinstance(value, list) else NAMES[type(value)]


def printed_on_the_desk(folder: Path) -> Iterator[tuple[str, Any]]:
    """What each command prints there, under the command's name."""
    with contextlib.chdir(folder):
        for block in blocks((DOCS / "en" / "first-hour.md").read_text("utf-8")):
            if block.marker == "file":
                put(block)
        yield from _printed(folder / "desk", DESK)


def _printed(folder: Path, lines: str) -> Iterator[tuple[str, Any]]:
    with mock.patch.dict(os.environ, {"CSCTL_LANGUAGE": "en"}), contextlib.chdir(folder):
        for line in lines.strip().splitlines():
            done = csctl(*line.split(), "--json")
            if done.code in (0, 1):
                words = line.split()
                name = " ".join(words[:2]) if words[0] in GROUPS else words[0]
                yield SAME.get(name, name), json.loads(done.out)


def schemas() -> dict[str, Schema]:
    """The schema of each command, by its name."""
    seen: dict[str, list[Any]] = {}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "other").mkdir()
        assert csctl("init", folder / "sample", "--sample").code == 0
        for name, value in [
            *printed_on_the_desk(folder),
            *_printed(folder / "sample", SAMPLE),
            *_printed(folder / "other", UNPAID),
        ]:
            seen.setdefault(name, []).append(value)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {name: {**head, "title": f"csctl {name} --json", **shape_of(values)} for name, values in seen.items()}


def path_of(name: str) -> Path:
    """The file of a command's schema."""
    return DOCS / FOLDER / f"{name.replace(' ', '-')}.json"


def renew() -> None:
    """Write all schemas."""
    for name, schema in schemas().items():
        path = path_of(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", "utf-8")
