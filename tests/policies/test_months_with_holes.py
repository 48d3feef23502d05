"""A month of each department with its holes: from its files to the sealed lines, by the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from csctl.core.records.lines import Score, as_records
from csctl.month import Month
from tests.end_to_end.running import csctl
from tests.months.team import books_of
from tests.policies.examples import OF_THE_SAMPLE, example_files, policy_text
from tests.policies.expectations import CHECKS, wanted_of
from tests.policies.on_files import as_workspace
from tests.policies.runner import read_example
from tests.proofs import mostly_slow

HOLES = [path for path in example_files() if path.name == "holes.toml"]


def workspace(path: Path, folder: Path) -> Path:
    """The example's own files, with the sample's policy beside them where it is about that."""
    document = read_example(path)
    text = policy_text(document["policy"])
    assert text is not None
    return as_workspace(document, folder, {document["policy"]: text} if path.is_relative_to(OF_THE_SAMPLE) else {})


@pytest.fixture(autouse=True)
def _in_december(monkeypatch: pytest.MonkeyPatch) -> None:
    """The months are over."""
    monkeypatch.setattr("csctl.cli.step.now", lambda: datetime(2026, 12, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai")))


def test_every_department_has_a_month_with_holes() -> None:
    """The nine systems, and the sample's own policy."""
    assert len({path.parent.name for path in HOLES}) == 10


@pytest.mark.parametrize(
    "path",
    mostly_slow([pytest.param(path, id=path.parent.name) for path in HOLES]),
)
def test_the_month_comes_from_the_files_as_it_was_worked_out(path: Path, tmp_path: Path) -> None:
    """`check` and `run` name the holes, `close` seals; what is sealed is what the example works out by hand."""
    document = read_example(path)
    folder = workspace(path, tmp_path / "ws")
    last = document["months"][-1]
    checked = csctl("check", "-w", folder, "--month", last, "--json")
    run = csctl("run", "-w", folder, "--month", last)
    assert (checked.code, run.code) == (1, 0), checked.err + run.err
    in_run = json.loads((folder / "out" / last / "run.json").read_text("utf-8"))["problems"]["list"]
    for text in document["months"]:
        page = csctl("close", "-w", folder, "--month", text, "--by", "主管", "--yes")
        assert page.code == 0, page.out + page.err
    books = books_of(folder)
    for expected in document["expect"]:
        month = expected.get("month", last)
        for kind, wanted in wanted_of(expected):
            if kind in CHECKS:
                CHECKS[kind](books.sealed(month_of(month)), wanted)
            elif kind == "problems" and month == last:
                assert any(_says(one, wanted) for one in checked.data["problems"]["list"]), wanted
                assert any(_says(one, wanted) for one in in_run), wanted
    for one in as_records(books.sealed(month_of(last)).scores, Score):
        assert one.status == "scored" or one.agent_id in page.out or one.agent_id in _not_judged(document)
    assert csctl("verify", "-w", folder).code == 0


def month_of(text: str) -> Month:
    """A month by its text."""
    month = Month.parse(text)
    assert month is not None
    return month


def _says(told: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a problem as it is told has that code and names whom and what was worked out."""
    found = wanted.get("found", "")
    pieces = [found] if isinstance(found, str) else found
    return bool(told["code"] == wanted["code"]) and all(piece in told["text"] for piece in pieces)


def _not_judged(document: Mapping[str, Any]) -> set[str]:
    """Who is on a level that takes no part."""
    return {one["agent_id"] for one in document["agent"] if one.get("level") == "储备主管"}
