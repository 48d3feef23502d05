"""Publishing: all files or none, whatever fails and whenever the run is killed."""

from __future__ import annotations

import errno
import io
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from csctl.messages import one_line
from csctl.problems import Problem
from csctl.store import publish as module
from csctl.store.publish import ROOM_PREFIX, publish

OLD = {"pay.xlsx": b"", "run.json": b"{}", "sheets/a.txt": b"old a"}
ROOT = Path(__file__).resolve().parents[2]


def workbook(text: str = "x") -> bytes:
    """Any sound zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("part.xml"), text)
    return buffer.getvalue()


OLD["pay.xlsx"] = workbook("old")
NEW = {"pay.xlsx": workbook("new"), "sheets/a.txt": b"new a", "sheets/b.txt": b"new b", "run.json": b'{"new": 1}'}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below the folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files of an earlier run."""
    out = tmp_path / "out" / "2026-10"
    assert publish(out, OLD) == []
    return out


def codes(problems: list[Problem]) -> list[str]:
    """The codes, after a look that each has its words in both languages."""
    assert all(one_line(problem, language) for problem in problems for language in ("zh", "en"))
    return [problem.code for problem in problems]


def test_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    """Folders 0700 and files 0600, under an open umask and under a closed one."""
    for mask in (0o000, 0o777):
        before = os.umask(mask)
        try:
            assert publish(tmp_path / f"{mask:o}" / "out", NEW) == []
        finally:
            os.umask(before)
        out = tmp_path / f"{mask:o}" / "out"
        assert tree(out) == NEW
        modes = {stat.S_IMODE(path.stat().st_mode) for path in out.rglob("*") if path.is_file()}
        assert modes == {0o600}
        assert {stat.S_IMODE(path.stat().st_mode) for path in (out, out / "sheets")} == {0o700}


def test_unchanged_files_are_not_touched(folder: Path) -> None:
    """Same bytes: same inode, same time of change; nothing else is left behind."""
    before = {name: (folder / name).stat() for name in OLD}
    assert publish(folder, OLD | {"new.txt": b"1"}) == []
    for name, was in before.items():
        now = (folder / name).stat()
        assert (now.st_ino, now.st_mtime_ns) == (was.st_ino, was.st_mtime_ns)
    assert tree(folder) == OLD | {"new.txt": b"1"}


def test_stale_files_go_only_after_success(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failed run leaves the stale file; a good one removes it; a missing one is no fault."""
    real = os.replace
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "I/O error")))
        assert codes(publish(folder, {"x.txt": b"1"}, ["run.json"])) == ["output-not-written"]
    assert os.replace is real
    assert tree(folder) == OLD
    assert publish(folder, {"x.txt": b"1"}, ["run.json", "never.txt", "x.txt"]) == []
    assert set(tree(folder)) == {"pay.xlsx", "sheets/a.txt", "x.txt"}


def test_a_stale_file_that_cannot_go_keeps_the_old_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """New files beside a stale one would be forgotten by the next run: all or nothing."""
    real = os.unlink

    def unlink(path: Path, **more: int) -> None:
        if Path(path).name == "run.json":
            raise OSError(errno.EIO, "I/O error")
        real(path, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", unlink)
        (problem,) = publish(folder, {"x.txt": b"1", "pay.xlsx": NEW["pay.xlsx"]}, ["run.json", "sheets/a.txt"])
    assert (problem.code, problem.place.file) == ("output-not-written", "run.json")
    assert tree(folder) == OLD


@pytest.mark.parametrize("failing", range(1, 6))
@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "output-disk-full"), (errno.EACCES, "output-folder-not-usable"), (errno.EIO, "output-not-written")],
)
def test_a_failure_at_any_move_brings_all_old_files_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, failing: int, number: int, code: str
) -> None:
    """The journal's own move is the first; each of the others is a file's."""
    real, calls = os.replace, 0

    def replace(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(number, os.strerror(number))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    assert codes(publish(folder, NEW)) == [code]
    assert tree(folder) == OLD
    assert calls >= failing
    monkeypatch.undo()
    assert publish(folder, NEW) == []
    assert tree(folder) == NEW


@pytest.mark.parametrize("linked", [True, False])
def test_an_interrupted_run_takes_its_moves_back(folder: Path, monkeypatch: pytest.MonkeyPatch, linked: bool) -> None:
    """Ctrl-C between two moves: the exception goes on, the old files are back, with or without hard links."""
    real, calls = os.replace, 0

    def replace(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    if not linked:
        monkeypatch.setattr(os, "link", lambda *_, **__: (_ for _ in ()).throw(OSError(errno.EPERM, "no links")))
    with pytest.raises(KeyboardInterrupt):
        publish(folder, NEW)
    assert tree(folder) == OLD


KILLED = """
import os, sys, pathlib
from csctl.store import publish as module
from tests.store.test_publish import NEW
calls, last = 0, int(sys.argv[3])
def counted(real):
    def call(*args, **keywords):
        global calls
        calls += 1
        if calls == last:
            os._exit(9)
        return real(*args, **keywords)
    return call
for name in ("replace", "link", "fsync", "open"):
    setattr(os, name, counted(getattr(os, name)))
assert getattr(module, sys.argv[1])(pathlib.Path(sys.argv[2]), NEW) == []
"""


@pytest.mark.slow
@pytest.mark.parametrize("first", range(6))
def test_a_killed_run_is_healed_by_the_next(tmp_path: Path, first: int) -> None:
    """Killed before each call that reaches the disk: the next run finds all old or all new files, and cleans up."""
    survived = False
    for last in range(first + 1, 60, 6):
        out = tmp_path / f"{last}"
        assert publish(out, OLD) == []
        done = subprocess.run(
            [sys.executable, "-c", KILLED, "publish", str(out), str(last)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        assert done.returncode in (0, 9)
        assert publish(out, {}) == []
        assert tree(out) in (OLD, NEW)
        assert not list(out.glob(f"{ROOM_PREFIX}*"))
        assert publish(out, NEW) == []
        assert tree(out) == NEW
        survived = survived or done.returncode == 0
    assert survived


def test_a_full_disk_changes_nothing(folder: Path) -> None:
    """A real refusal by the system while staging: a limit on the size of files."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        problems = publish(folder, NEW | {"big.bin": bytes(100_000)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert codes(problems) == ["output-disk-full"]
    assert problems[0].place.file == "big.bin"
    assert tree(folder) == OLD
    assert not list(folder.glob(f"{ROOM_PREFIX}*"))


def test_a_damaged_workbook_is_never_published(folder: Path) -> None:
    """Bytes that are no sound zip do not replace a workbook."""
    for damaged in (workbook("new" * 200)[:-30], b"", workbook("q" * 500).replace(b"qq", b"qp", 1)):
        assert codes(publish(folder, NEW | {"pay.xlsx": damaged})) == ["output-damaged"]
        assert tree(folder) == OLD


def test_what_is_written_is_read_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that loses bytes without a word is found out before the move."""
    real = module._write_private
    monkeypatch.setattr(module, "_write_private", lambda path, content: real(path, content[:-1]))
    assert codes(publish(folder, {"run.json": b"longer than before"})) == ["output-damaged"]
    assert tree(folder) == OLD


def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    """A link as target, as a folder on the way, or as the folder itself is refused; what it points to stays."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_bytes(b"secret")
    (folder / "x.txt").symlink_to(outside / "secret.txt")
    (folder / "dangling.txt").symlink_to(outside / "nothing.txt")
    (folder / "linked").symlink_to(outside)
    (tmp_path / "door").symlink_to(outside)
    wanted = {"x.txt": b"1", "dangling.txt": b"1", "linked/y.txt": b"1", "run.json": b"2"}
    assert codes(publish(folder, wanted)) == ["output-is-a-link"] * 3
    assert codes(publish(tmp_path / "door", {"a": b"1"})) == ["output-is-a-link"]
    assert (folder / "run.json").read_bytes() == b"{}"
    assert tree(outside) == {"secret.txt": b"secret"}
    assert publish(folder, {}, ["linked/secret.txt", "x.txt"]) == []
    assert tree(outside) == {"secret.txt": b"secret"}


def test_folders_in_the_way_are_named_all_at_once(folder: Path) -> None:
    """Folders where files are wanted, and a file where a folder is."""
    (folder / "x.txt").mkdir()
    (folder / "y.txt").mkdir()
    problems = publish(folder, {"x.txt": b"1", "y.txt": b"1", "run.json/z.txt": b"1", "fine.txt": b"1"})
    assert codes(problems) == ["output-in-the-way"] * 3
    assert [problem.place.file for problem in problems] == ["x.txt", "y.txt", "run.json/z.txt"]
    assert tree(folder) == OLD


def test_leftovers_of_others_stay(folder: Path) -> None:
    """Only rooms with our own name are cleared; other hidden folders and links of that name are not."""
    (folder / ".other").mkdir()
    (folder / f"{ROOM_PREFIX}dead").mkdir()
    (folder / f"{ROOM_PREFIX}dead" / "new-0").write_bytes(b"salaries")
    assert publish(folder, {}) == []
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == [".other"]


@pytest.mark.parametrize("name", ["/etc/passwd", "../x", "a/../../x", "a//b", "", ".", "a\\b", "c:x", "./a"])
def test_a_path_that_leads_out_is_a_bug(tmp_path: Path, name: str) -> None:
    """Names are made by csctl: one that leaves the folder is no user fault."""
    with pytest.raises(ValueError, match="not a path below"):
        publish(tmp_path / "out", {name: b"1"})
    assert not (tmp_path / "out").exists()


def test_a_file_open_in_excel_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a refused move means that the workbook is open."""
    monkeypatch.setattr(os, "name", "nt")
    problem = module._problem_of(PermissionError(errno.EACCES, "denied"), "pay.xlsx")
    monkeypatch.undo()
    assert problem.code == "output-open-elsewhere"
    assert "Excel" in one_line(problem, "zh")
