"""A question asked again gets the answer it got, and only while nothing it follows from has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from csctl.asked_again import answers, surroundings
from csctl.asked_again.signatures import SETTLED_NS, signature_of

QUESTION = ("check", "-w", "team", "--month", "2026-10")


class Desk:
    """A workspace of small files, and a command that counts how often it is really done."""

    def __init__(self, folder: Path) -> None:
        """Everything there was written long ago."""
        self.folder, self.done, self.code = folder, 0, 1
        self.act: Callable[[], object] = lambda: None
        self.write("csctl.toml", 'name = "Team"\n[[source]]\ntable = "roster"\nfiles = "data/roster.csv"\n')
        self.write("data/roster.csv", "0001,Li\n")
        (folder / ".csctl").mkdir()

    def write(self, name: str, text: str) -> None:
        """A file of the workspace."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def ask(self, *words: str) -> int:
        """One command line; the exit code."""
        with pytest.raises(SystemExit) as ended:
            answers.answer(words or QUESTION, self._work)
        return int(ended.value.code or 0)

    def _work(self) -> None:
        self.done += 1
        print(f"figures, {(self.folder / 'data/roster.csv').read_text('utf-8').strip()}")
        print("差 1", file=sys.stderr)
        self.act()
        sys.exit(self.code)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """As a command finds it a minute after the last change."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(answers, "time_ns", lambda: time.time_ns() + 60 * 10**9)
    return Desk(tmp_path / "team")


def same_size_same_time(path: Path) -> None:
    """Other content, and everything about the file that can be set is set back."""
    before = path.stat()
    path.write_text("0001,Wu\n", "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replaced(path: Path) -> None:
    """Another file under the name, as old and as long."""
    before = path.stat()
    other = path.with_name("other")
    other.write_text("0001,Wu\n", "utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


def test_the_same_question_is_answered_without_the_work(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """The same bytes on both streams and the same code; the work was done once."""
    first, said = desk.ask(), capsys.readouterr()
    assert (desk.ask(), capsys.readouterr()) == (first, said)
    assert (first, said.out, said.err, desk.done) == (1, "figures, 0001,Li\n", "差 1\n", 1)


@pytest.mark.parametrize("change", [
    same_size_same_time,
    replaced,
    lambda path: path.write_text("0001,Li\n0002,Wu\n", "utf-8"),
    lambda path: path.with_name("more.csv").write_text("", "utf-8"),
    lambda path: path.with_name("roster.csv").rename(path.with_name("r.csv")) and path.write_text("0001,Li\n", "utf-8"),
])  # fmt: skip
def test_whatever_happens_to_a_file_is_noticed(desk: Desk, change: Callable[[Path], object]) -> None:
    """Other content of the same size and time, another file under the name, more, another, and a renamed file."""
    desk.ask()
    change(desk.folder / "data" / "roster.csv")
    desk.ask()
    assert desk.done == 2


def test_a_file_that_changed_a_moment_ago_settles_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within two seconds of a change nothing is kept: another change might leave the same times."""
    newest = signature_of(str(desk.folder), answers.CACHES, answers.PASSED_OVER)
    assert newest is not None
    for passed, done in ((SETTLED_NS, 1), (SETTLED_NS, 2), (SETTLED_NS + 1, 3), (SETTLED_NS + 1, 3)):
        monkeypatch.setattr(answers, "time_ns", lambda passed=passed: newest.newest + passed)
        desk.ask()
        assert desk.done == done


def test_another_question_day_or_screen_is_another_answer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is asked once and then known; the first is known still."""
    desk.ask()
    desk.ask(*QUESTION, "--verbose")
    monkeypatch.setenv("CSCTL_LANGUAGE", "zh")
    desk.ask()
    monkeypatch.setattr(surroundings, "_day", lambda: "2030-01-01")
    desk.ask()
    monkeypatch.setenv("COLUMNS", "61")
    desk.ask()
    assert desk.done == 5
    desk.ask()
    assert desk.done == 5


@pytest.mark.parametrize("config", [
    '[notify]\ncommand = ["mail"]\n', 'files = "../all/*.csv"\n', 'files = "/srv/*.csv"\n', "files = [\n",
])  # fmt: skip
def test_nothing_is_kept_that_rests_on_more_than_the_workspace(desk: Desk, config: str) -> None:
    """Somebody is told, a file lies elsewhere, or the configuration cannot be read."""
    desk.write("csctl.toml", config)
    desk.ask()
    desk.ask()
    assert desk.done == 2


def test_a_command_during_which_a_file_changed_is_done_again(desk: Desk) -> None:
    """Its answer may be about the file as it was before or after; the next one is kept."""
    desk.act = lambda: desk.write("data/roster.csv", "0001,Xu\n")
    desk.ask()
    desk.act = lambda: None
    desk.ask()
    desk.ask()
    assert desk.done == 2


@pytest.mark.parametrize("words", [
    ("close", "-w", "team"), ("verify", "-w", "team"), ("run", "-w", "team"), ("check", "-w", "team", "--accept"),
    ("explain", "0007", "-w", "team", "--html=a.html"), ("check", "-w", "team", "--help"), (),
])  # fmt: skip
def test_what_does_more_than_look_is_always_done(desk: Desk, words: tuple[str, ...]) -> None:
    """Closing and verifying read every file each time; so does whatever writes."""
    for _ in range(2):
        with pytest.raises(SystemExit):
            answers.answer(words, desk._work)
    assert desk.done == 2


@pytest.mark.parametrize("code", [2, 3, 70, 130, 143])
def test_a_command_that_was_stopped_or_failed_leaves_no_answer(desk: Desk, code: int) -> None:
    """The next one does the whole work and says all of it."""
    desk.code = code
    desk.ask()
    desk.code = 0
    assert desk.ask() == 0
    assert desk.done == 2


def test_a_damaged_answer_is_none(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Cut anywhere, or with a digit changed, it is made anew."""
    desk.ask()
    said = capsys.readouterr()
    kept = next((desk.folder / answers.FOLDER).iterdir())
    whole = kept.read_bytes()
    for number, damaged in enumerate((b"", whole[:30], whole[:-1], whole.replace(b'"code": 1', b'"code": 0'))):
        kept.write_bytes(damaged)
        assert (desk.ask(), capsys.readouterr(), desk.done) == (1, said, number + 2)


def test_a_folder_behind_a_link_is_not_vouched_for(desk: Desk, tmp_path: Path) -> None:
    """What is in it could change without a trace in the workspace."""
    (tmp_path / "elsewhere").mkdir()
    (desk.folder / "linked").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    desk.ask()
    desk.ask()
    assert desk.done == 2


def test_only_the_last_answers_are_kept(desk: Desk) -> None:
    """And they are for nobody but the owner."""
    for number in range(answers.MOST_KEPT + 3):
        desk.ask(*QUESTION, "--rows", str(number))
    kept = list((desk.folder / answers.FOLDER).iterdir())
    assert len(kept) == answers.MOST_KEPT
    assert {path.stat().st_mode & 0o077 for path in kept} == {0}


@pytest.mark.slow
def test_the_sample_is_checked_and_explained_in_the_same_words_again(tmp_path: Path) -> None:
    """As whole processes: what is said the third time was said the second, after a first that filled the caches."""
    workspace = tmp_path / "sample"
    shutil.copytree(Path(__file__).resolve().parents[2] / "sample_data", workspace)
    for words in (["check"], ["explain", "0007"]):
        command = [sys.executable, "-m", "csctl", *words, "-w", str(workspace)]
        asked = [subprocess.run(command, capture_output=True, check=False) for _ in range(3)]
        assert (asked[1].stdout, asked[1].stderr, asked[1].returncode) == (
            asked[2].stdout,
            asked[2].stderr,
            asked[2].returncode,
        )
        assert asked[0].stdout == asked[2].stdout
    assert len(list((workspace / answers.FOLDER).iterdir())) == 2
