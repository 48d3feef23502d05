"""A workspace whose texts were saved by editors that do not write UTF-8."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.small import MONTH, change
from tests.end_to_end.running import csctl


def _save_as(path: Path, encoding: str) -> None:
    path.write_bytes(path.read_text("utf-8").encode(encoding))


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
@pytest.mark.parametrize("name", ["policy.toml", "csctl.toml"])
@pytest.mark.parametrize("command", [("check",), ("run",), ("policy", "lint")])
def test_lint_check_and_run_say_the_same_of_an_encoding(
    small: Path, encoding: str, name: str, command: tuple[str, ...]
) -> None:
    """The text is read as what it is, and the file is named in a warning."""
    change(small / "policy.toml", 'label = "Small desk"', 'label = "客服台"')
    change(small / "csctl.toml", 'name = "Small desk"', 'name = "客服台"')
    _save_as(small / name, encoding)
    month = () if command[0] == "policy" else ("--month", MONTH)
    done = csctl(*command, "-w", small, *month)
    assert done.code == (0 if command == ("run",) else 1)
    assert name in done.out
    assert {"gbk": "GBK", "utf-16": "UTF-16"}[encoding] in done.out
    assert "\ufffd" not in done.out + done.err


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_text_of_no_encoding_is_refused(small: Path, language: str) -> None:
    """With file, line and what to do, in both languages."""
    path = small / "policy.toml"
    path.write_bytes(path.read_bytes().replace(b"Small desk", b"\xff\xff\xff"))
    done = csctl("run", "-w", small, "--month", MONTH, "--language", language)
    assert done.code == 2
    assert "policy.toml" in done.err
    assert "UTF-8" in done.err


def test_no_data_of_any_month_never_hides_the_faults_that_made_it_so(small: Path) -> None:
    """The days of a file outside the months' folders cannot be read: row, header and cell are named."""
    change(small / "csctl.toml", "data/{month}/calls.csv", "data/calls.csv")
    change(small / "csctl.toml", "data/{month}/orders.csv", "data/orders.csv")
    (small / "data" / "calls.csv").write_text("agent,created at,wait time\nAnn,tomorrow,3\n", "utf-8")
    (small / "data" / "orders.csv").write_text("agent,order date,amount\nAnn,some day,3\n", "utf-8")
    done = csctl("check", "-w", small)
    assert done.code == 2
    for told in (
        "data/calls.csv · row 2 · column “created at”: not a valid date: “tomorrow”",
        "data/orders.csv · row 2",
        "some day",
    ):
        assert told in done.err
