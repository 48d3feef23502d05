"""Earlier months are computed once and kept: a run with what was kept writes what a run without it writes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest import mock

import pytest

from csctl.core.compute import MonthInput
from csctl.core.records.result import MonthResult
from csctl.month import Month
from csctl.workflow.inputs.material import Material, compute_of
from csctl.workflow.month import past_months
from tests.end_to_end.running import csctl
from tests.months.team import MONTHS, small_team
from tests.proofs import mostly_slow

FIRST, SECOND, MONTH = MONTHS[:3]
Change = Callable[[Path], object]


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of three months of which the last was run: the first two are kept."""
    made = small_team(tmp_path_factory.mktemp("past") / "team", (FIRST, SECOND, MONTH))
    assert csctl("run", "-w", made, "--month", MONTH, "--quiet").code == 0
    return made


def _outputs(workspace: Path) -> dict[str, bytes]:
    out = workspace / "out" / MONTH
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def _run(workspace: Path) -> dict[str, bytes]:
    assert csctl("run", "-w", workspace, "--month", MONTH, "--quiet").code == 0
    return _outputs(workspace)


def _computed(workspace: Path) -> tuple[dict[str, bytes], list[str]]:
    """What a run writes, and which earlier months it computed for it."""
    asked: list[str] = []

    def counted(material: Material, month: Month, past: Sequence[MonthResult]) -> tuple[MonthInput, MonthResult]:
        asked.append(str(month))
        return compute_of(material, month, past)

    with mock.patch.object(past_months, "compute_of", counted):
        return _run(workspace), asked


def _appended(name: str, line: str) -> Change:
    def change(workspace: Path) -> None:
        path = workspace / name
        text = path.read_text("utf-8-sig").rstrip("\n")
        path.write_text(f"{text}\n{line}\n", "utf-8-sig")

    return change


def _replaced(name: str, old: str, new: str) -> Change:
    def change(workspace: Path) -> None:
        text = (workspace / name).read_text("utf-8")
        assert old in text
        (workspace / name).write_text(text.replace(old, new, 1), "utf-8")

    return change


def _without(name: str) -> Change:
    return lambda workspace: (workspace / name).unlink()


BOTH = [FIRST, SECOND]
ORDER, PERSON = "late,Bob,{month}-12,9000", "05,Eve,junior,2026-07-01,"
CHANGES: list[tuple[str, Change, list[str]]] = [
    ("nothing", lambda _: None, []),
    ("an order of the first month", _appended(f"data/{FIRST}/orders.csv", ORDER.format(month=FIRST)), BOTH),
    ("an order of the second month", _appended(f"data/{SECOND}/orders.csv", ORDER.format(month=SECOND)), BOTH),
    ("an order of the last month", _appended(f"data/{MONTH}/orders.csv", ORDER.format(month=MONTH)), [SECOND]),
    ("a file of the second month that is gone", _without(f"data/{SECOND}/events.csv"), BOTH),
    ("somebody on the roster", _appended("data/roster.csv", PERSON), BOTH),
    ("the policy", _replaced("policy.toml", "junior = 3000", "junior = 3100"), BOTH),
    ("another name", _replaced("csctl.toml", "[[source]]", '[aliases]\n"Annie" = "01"\n\n[[source]]'), BOTH),
]


@pytest.mark.parametrize(("about", "change", "again"), mostly_slow(CHANGES), ids=[about for about, _, _ in CHANGES])
def test_what_is_kept_is_used_as_long_as_nothing_it_rests_on_changes(
    about: str, change: Change, again: list[str], warm: Path, tmp_path: Path
) -> None:
    """The run after a change writes, byte by byte, what a workspace writes that never ran before."""
    workspace = tmp_path / "team"
    shutil.copytree(warm, workspace)
    change(workspace)
    written, asked = _computed(workspace)
    assert asked == again
    shutil.rmtree(workspace / ".csctl")
    shutil.rmtree(workspace / "out")
    fresh, _ = _computed(workspace)
    differing = [name for name in fresh if fresh[name] != written.get(name)]
    assert (about, differing, set(fresh) ^ set(written)) == (about, [], set())


@pytest.mark.parametrize("damage", mostly_slow([b"", b"not compressed", None]))
def test_a_damaged_result_is_made_anew(damage: bytes | None, warm: Path, tmp_path: Path) -> None:
    """Empty, of another kind, or cut in the middle."""
    workspace = tmp_path / "team"
    shutil.copytree(warm, workspace)
    for path in (workspace / ".csctl" / "months").iterdir():
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] if damage is None else damage)
    before = _outputs(workspace)
    written, asked = _computed(workspace)
    assert (written, asked) == (before, BOTH)
    assert _computed(workspace) == (before, [])


@pytest.mark.slow
def test_of_many_results_those_used_last_are_kept(warm: Path, tmp_path: Path) -> None:
    """A policy that is edited all day does not fill the disk."""
    workspace = tmp_path / "team"
    shutil.copytree(warm, workspace)
    with mock.patch.object(past_months, "MOST_KEPT", 3):
        for version in (1, 2, 3):
            _replaced("policy.toml", f'version = "{version}"', f'version = "{version + 1}"')(workspace)
            _run(workspace)
    assert len(list((workspace / ".csctl" / "months").iterdir())) == 3
    _, asked = _computed(workspace)
    assert asked == []
