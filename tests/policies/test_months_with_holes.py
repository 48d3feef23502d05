"""A month of each department with its holes: from its files to the sealed lines, by the command line."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from csctl.month import Month
from tests.end_to_end.running import csctl
from tests.months.team import books_of
from tests.policies.examples import OF_THE_SAMPLE, example_files, policy_text
from tests.policies.expectations import CHECKS, wanted_of
from tests.policies.on_files import as_workspace
from tests.policies.runner import read_example

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


@pytest.mark.parametrize("path", HOLES, ids=lambda path: path.parent.name)
def test_the_month_comes_from_the_files_as_it_was_worked_out(path: Path, tmp_path: Path) -> None:
    """`check` names the holes, `run` computes, `close` seals; what is sealed is what the example works out by hand."""
    document = read_example(path)
    folder = workspace(path, tmp_path / "ws")
    last = document["months"][-1]
    checked = csctl("check", "-w", folder, "--month", last, "--json")
    assert checked.code == 1, checked.err
    run = csctl("run", "-w", folder, "--month", last)
    assert run.code in (0, 1), run.err
    told = json.loads((folder / "out" / last / "run.json").read_text("utf-8"))["problems"]
    for text in document["months"]:
        closed = csctl("close", "-w", folder, "--month", text, "--by", "主管", "--yes")
        assert closed.code == 0, closed.out + closed.err
    books = books_of(folder)
    for expected in document["expect"]:
        month = Month.parse(expected.get("month", last))
        assert month is not None
        sealed = books.sealed(month)
        for kind, wanted in wanted_of(expected):
            if kind in CHECKS:
                CHECKS[kind](sealed, wanted)
    assert csctl("verify", "-w", folder).code == 0
    assert told
