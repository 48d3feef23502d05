"""``forms status`` and ``forms remind``: what they say in both languages, as data, and how they end."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.end_to_end.forms_desk import ANSWERS, MONTH, fill_all, fill_in, forms_workspace, send
from tests.end_to_end.running import Done, csctl, tree
from tests.months.test_screens import columns


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three forms sent, two of them back, with questions open. Not to be changed."""
    workspace = forms_workspace(tmp_path_factory.mktemp("status") / "ws")
    send(workspace)
    back = fill_all(workspace)
    next(back.glob("self_0003*")).unlink()
    return workspace


def forms(workspace: Path, *words: str | Path, language: str = "en") -> Done:
    """A command of the forms."""
    return csctl("-l", language, "forms", *words, "-w", workspace, "--month", MONTH)


def test_sending_makes_the_folder_that_it_names(base: Path, tmp_path: Path) -> None:
    """Filled forms can be put there at once; what lies there already stays."""
    fresh = forms_workspace(tmp_path / "ws")
    out = send(fresh)
    assert (out.parent / "in").is_dir()
    before = tree(base / "forms")
    send(base)
    assert tree(base / "forms") == before


def test_every_form_that_is_not_whole_is_listed_with_what_is_open(base: Path) -> None:
    """By rater; Li Jianguo's self-assessment did not come back."""
    done = forms(base, "status")
    assert (done.code, done.faults) == (0, [])
    text = done.out
    assert "3 sent" in text
    assert "0 whole, 2 partly answered, 1 not back" in text
    assert "self 0003 李建国: not back" in text
    assert "self 0002 王芳: 2 of 5 open: O2 礼貌, 问 整洁" in text
    assert "0003 李建国: O1 守规, O2 礼貌" in text
    assert "csctl forms remind" in text


def test_status_writes_nothing_and_is_strict_on_request(base: Path) -> None:
    """Exit 1 under --strict while anything is open."""
    before = tree(base / "forms")
    assert forms(base, "status", "--strict").code == 1
    assert tree(base / "forms") == before


def test_as_data_every_form_has_its_state_and_open_questions(base: Path) -> None:
    """With the files it came back in."""
    found = forms(base, "status", "--json").data
    by_file = {one["sent"]: one for one in found["forms"]}
    own = by_file["self_0002_王芳.xlsx"]
    assert (own["state"], own["back"], own["open"]) == ("partly", ["self_0002_王芳 已填.xlsx"], 2)
    assert own["pages"][0]["open"] == ["O2 礼貌", "问 整洁"]
    assert by_file["self_0003_李建国.xlsx"]["state"] == "missing"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_reminder_names_who_owes_what_and_no_judgement(base: Path, language: str) -> None:
    """Plain lines to paste: a mark for each person, the day as given, and nothing that anybody wrote on a form."""
    done = forms(base, "remind", "--due", "11-05", language=language)
    assert (done.code, done.faults) == (0, [])
    lines = done.out.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("@")] == ["@李建国", "@王芳", "@方静"]
    assert "11-05" in lines[1]
    written = {text for pair in ANSWERS.values() for text in pair if len(text) > 1}
    assert [text for text in written if text in done.out] == []
    assert [mark for mark in "*#<>{}" if mark in done.out] == []


def test_the_reminder_as_data_is_the_same_text(base: Path) -> None:
    """With the forms beside it."""
    shown = forms(base, "remind", language="zh").out
    found = forms(base, "remind", "--json", language="zh").data
    assert found["text"] + "\n" == shown
    assert len(found["forms"]) == 3


def test_where_everything_is_whole_nobody_is_reminded(base: Path, tmp_path: Path) -> None:
    """Every question of the one form that was sent is answered, the interview too."""
    workspace = Path(shutil.copytree(base, tmp_path / "ws"))
    shutil.rmtree(workspace / "forms")
    sent = send(workspace, "--role", "self", "--agent", "0002")
    answers = {
        **{key: value for key, value in ANSWERS.items() if key[:2] == ("self", "0002")},
        ("self", "0002", "O2 礼貌"): ("0", ""), ("self", "0002", "问 整洁"): ("是", ""),
    }  # fmt: skip
    fill_in(next(sent.iterdir()), workspace / "forms" / MONTH / "in" / "a.xlsx", answers)
    done = forms(workspace, "status", "--strict")
    assert (done.code, "1 whole" in done.out, "remind" in done.out) == (0, True, False)
    assert "nobody to remind" in forms(workspace, "remind").out
    assert forms(workspace, "remind", "--json").data["text"] == ""


def test_another_folder_may_be_looked_into(base: Path, tmp_path: Path) -> None:
    """An empty one: nothing is back."""
    assert "0 whole, 0 partly answered, 3 not back" in forms(base, "status", tmp_path).out


def test_without_forms_that_were_sent_it_says_so(tmp_path: Path) -> None:
    """And how to send them; exit 2."""
    workspace = forms_workspace(tmp_path / "ws")
    for name in ("status", "remind"):
        done = forms(workspace, name)
        assert (done.code, done.out) == (2, "")
        assert f"csctl forms send --month {MONTH}" in done.err


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_screen_is_80_wide_and_whole(base: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """No line is wider, and no code or blank is left in the words."""
    monkeypatch.setenv("COLUMNS", "80")
    for more in ((), ("--verbose",)):
        text = forms(base, "status", *more, language=language).out
        assert max(map(columns, text.splitlines())) <= 80
        assert [mark for mark in ("{", "}", "forms-s") if mark in text] == []
