"""What the ledger's commands print with ``--json``: one object each, whose keys other programs rely on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.small import change
from tests.end_to_end.running import csctl

PROBLEM = "severity code file sheet row column found where text fix"
PROBLEMS: Mapping[str, Any] = {"": "errors warnings notes list", "list": PROBLEM}
DIFFERENCE = "agent_id table line field old new"
CHANGE = "actual simulated difference"
DELTA = "of agent_id name line label old new reason entry rule"
FILED = "number month agent_id item reason claim by on due"
APPEALING: Mapping[str, Any] = {
    "": "schema state appeal collected into moved hanging problems",
    "appeal": {"": "filed decided", "filed": FILED, "decided": "number outcome value reason by on measured"},
    "moved": {
        "": "month closed old_score new_score old_item new_item deltas pool_moves",
        "deltas": "agent_id line label kind old new rule",
        "pool_moves": "agent_id pool label old new",
    },
    "problems": PROBLEMS,
}
SHAPES: Mapping[str, Any] = {
    "close": {
        "": "schema state month head sign_off differences problems files",
        "sign_off": {
            "": "month previous topics coverage",
            "topics": {"": "topic title lines", "lines": PROBLEM},
            "coverage": "file sheet table rows title header blank counted left_out refused nobody not_employed",
        },
        "differences": DIFFERENCE,
        "problems": PROBLEMS,
    },
    "history": {
        "": "schema head months entries problems",
        "months": "month closed_at by program policy_fingerprint agents scored pay inputs",
        "entries": "number kind month at chain",
        "problems": PROBLEMS,
    },
    "verify": {
        "": "schema sound head months problems",
        "months": {
            "": "month closed_at program files recomputed differences otherwise",
            "files": PROBLEM,
            "differences": DIFFERENCE,
            "otherwise": DIFFERENCE,
        },
        "problems": PROBLEMS,
    },
    "correct": {
        "": "schema state into months deltas pool_moves problems",
        "months": {"": "month differences", "differences": DIFFERENCE},
        "deltas": DELTA,
        "pool_moves": "month agent_id pool label old new",
        "problems": PROBLEMS,
    },
    "file": APPEALING,
    "decide": APPEALING,
    "list": {
        "": "schema appeals problems",
        "appeals": {"": "filed decided state", "filed": FILED},
        "problems": PROBLEMS,
    },
    "items": {"": "schema items problems", "items": "item label kind may", "problems": PROBLEMS},
    "simulate": {
        "": "schema problems policy provisional pay months agents grades levels",
        "pay": CHANGE,
        "months": f"month {CHANGE}",
        "agents": f"agent_id name {CHANGE}",
        "grades": "grade actual simulated",
        "levels": "level actual simulated",
        "problems": PROBLEMS,
    },
    "steps": {
        "": "schema agent_id steps problems",
        "steps": "item label now next points_missing score_then grade_then rank_then pay_now pay_then others also",
        "problems": PROBLEMS,
    },
}


def keys_of(value: Any, shape: Any, path: str) -> list[str]:
    """Where an object's keys are not those of its shape; a list is as its elements are, null is any object."""
    if isinstance(value, list):
        return [fault for number, one in enumerate(value) for fault in keys_of(one, shape, f"{path}[{number}]")]
    if value is None:
        return []
    keys = (shape if isinstance(shape, str) else shape[""]).split()
    faults = [] if list(value) == keys else [f"{path}: {list(value)}"]
    inner = {} if isinstance(shape, str) else {name: one for name, one in shape.items() if name}
    return faults + [fault for name, one in inner.items() for fault in keys_of(value[name], one, f"{path}.{name}")]


def _whole(folder: Path, name: str, *words: str) -> Any:
    done = csctl(*words, "-w", folder, "--json")
    assert done.code in (0, 1), done
    assert done.faults == []
    assert keys_of(done.data, SHAPES[name], name) == []
    assert done.data["schema"] == 1
    return done.data


def test_every_command_s_object_has_the_keys_it_always_had(closed: Path) -> None:
    """One life: late data seen and booked, an appeal won, a look ahead; each object whole, none of its lists empty."""
    change(closed / "data/2026-10/orders.csv", ",3000", ",3500")
    verified = _whole(closed, "verify", "verify")
    assert verified["months"][3]["differences"]
    assert verified["months"][3]["files"]
    closing = _whole(closed, "close", "close", "--month", "2026-10")
    assert (closing["state"], bool(closing["differences"])) == ("differs", True)
    corrected = _whole(closed, "correct", "correct", "--reason", "late", "--yes")
    assert corrected["deltas"]
    assert corrected["pool_moves"]
    filed = ["appeal", "file", "Bob", "tone", "--reason", "heard", "--claim", "good", "--month", "2026-11"]
    assert _whole(closed, "file", *filed)["appeal"]["decided"] is None
    decided = _whole(closed, "decide", "appeal", "decide", "1", "accepted", "--by", "Boss", "--reason", "so", "--yes")
    assert decided["moved"][0]["pool_moves"]
    assert _whole(closed, "list", "appeal", "list")["appeals"][0]["state"] == "accepted"
    assert _whole(closed, "items", "appeal", "items")["items"]
    assert [one["kind"] for one in _whole(closed, "history", "history")["entries"]] == [
        *["close"] * 4, "correction", "appeal", "appeal-decision",
    ]  # fmt: skip
    assert _whole(closed, "simulate", "simulate", "--policy", "policy.toml")["agents"]
    assert _whole(closed, "steps", "simulate", "--agent", "Bob", "--month", "2026-11")["steps"]


def test_what_became_of_every_row_stands_on_the_sign_off_page(team: Path) -> None:
    """File by file, with the roster that belongs to no month."""
    page = _whole(team, "close", "close", "--month", "2026-08")["sign_off"]
    rows = {one["file"]: one["rows"] for one in page["coverage"]}
    assert rows["data/roster.csv"] == len((team / "data/roster.csv").read_text("utf-8").splitlines())
    assert rows["data/2026-08/calls.csv"] == len((team / "data/2026-08/calls.csv").read_text("utf-8").splitlines())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("history", ["history"]),
        ("verify", ["verify"]),
        ("correct", ["correct"]),
        ("decide", ["appeal", "decide", "7", "rejected", "--by", "Boss", "--reason", "so"]),
    ],
)
def test_what_is_refused_is_an_object_too(team: Path, name: str, words: list[str]) -> None:
    """Exit 2, nothing on standard error, and the problem in the object."""
    done = csctl(*words, "-w", team, "--json")
    assert (done.code, done.err) == (2, "")
    assert keys_of(done.data, SHAPES[name], name) == []
    assert done.data["problems"]["errors"] == 1
