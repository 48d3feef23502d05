"""``csctl template``: copied, looked through, made of a company's own form; and the same look in every command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.small import add
from tests.end_to_end.running import csctl, outputs


def book(path: Path, **cells: str) -> Path:
    """A workbook with these cells."""
    made = Workbook()
    sheet = made.worksheets[0]
    for at, text in cells.items():
        sheet[at] = text
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(path)
    return path


def test_a_shipped_template_is_copied_and_the_policy_is_told_how_to_name_it(small: Path) -> None:
    """Never over a file that is there; what it says is what makes sheets of the copy."""
    done = csctl("template", "new", "mine", "--from", "generic", "-w", str(small), "--language", "en")
    assert (done.code, 'template = "mine" below [sheet] in policy.toml' in done.out) == (0, True)
    assert load_workbook(small / "templates" / "mine.xlsx").worksheets[0]["B4"].value == "{{agent.position}}"
    again = csctl("template", "new", "mine", "-w", str(small), "--language", "en")
    assert (again.code, "templates/mine.xlsx: the file is there already" in again.err) == (2, True)
    add(small / "policy.toml", '\n[sheet]\ntemplate = "mine"\n')
    checked = csctl("template", "check", "-w", str(small), "--language", "en")
    assert (checked.code, "template mine" in checked.out, "Nothing is wrong." in checked.out) == (0, True, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("x", "--from", "none"), "certificate, generic, insurance"), (("a/b",), "such as a-b"), (("..",), "file name")],
)
def test_what_cannot_be_copied_is_said(small: Path, arguments: tuple[str, ...], said: str) -> None:
    """An unknown start, or a name that is no file name; nothing is written."""
    done = csctl("template", "new", *arguments, "-w", str(small), "--language", "en")
    assert (done.code, said in done.err, (small / "templates").exists()) == (2, True, False)


def test_an_unknown_placeholder_is_named_by_sheet_and_cell_by_every_command(small: Path) -> None:
    """``template check``, ``check``, ``policy lint``, ``sheets``: the same words, and no sheet is made."""
    book(small / "templates" / "mine.xlsx", A1="{{agent.nmae}}", A2="{{score.total}}", A3="{{each.label}}")
    add(small / "policy.toml", '\n[sheet]\ntemplate = "mine"\n')
    for command, code in ((("template", "check"), 1), (("check",), 1), (("policy", "lint"), 1), (("sheets",), 2)):
        done = csctl(*command, "-w", str(small), "--json")
        found = json.loads(done.out)["problems"]["list"]
        [one] = [fault for fault in found if fault["code"] == "template-unknown-placeholder"]
        assert (one["file"], one["sheet"], one["row"], one["column"]) == ("templates/mine", "Sheet", 1, "A"), command
        assert "{{agent.name}}" in one["fix"]
        assert done.code == code
    assert not any(name.startswith("sheets/") for name in outputs(small))


def test_a_file_anywhere_is_looked_through_and_its_labels_are_said(small: Path, tmp_path: Path) -> None:
    """A form that is no template yet: what is lacking, what its labels propose, and how they are taken."""
    form = book(tmp_path / "our form.xlsx", A1="姓名", A2="最终得分", C2="x")
    done = csctl("template", "check", str(form), "-w", str(small), "--language", "en")
    assert done.code == 1
    assert "will not show {{agent.name}}" in " ".join(done.out.split())
    assert f'csctl template adopt "{form}"' in "".join(done.out.splitlines())


def test_a_form_is_adopted_only_when_somebody_says_so(small: Path, tmp_path: Path) -> None:
    """Without a terminal it is proposed, with --yes the copy is written; the form itself is never touched."""
    form = book(tmp_path / "考核表.xlsx", A1="姓名", A2="等级", A3="最终得分")
    before = form.read_bytes()
    proposed = csctl("template", "adopt", str(form), "-w", str(small), "--language", "en")
    assert (proposed.code, (small / "templates").exists(), "nothing was written" in proposed.out) == (1, False, True)
    assert "--set Sheet!B2=score.grade" in "".join(proposed.out.splitlines())
    chosen = ("--set", "B2=score.grade", "--set", "Sheet!B3=", "--name", "ours", "--yes")
    done = csctl("template", "adopt", str(form), *chosen, "-w", str(small), "--json")
    written = load_workbook(small / "templates" / "ours.xlsx").worksheets[0]
    assert [written[at].value for at in ("B1", "B2", "B3")] == ["{{agent.name}}", "{{score.grade}}", None]
    assert (done.code, json.loads(done.out)["files"]) == (0, ["templates/ours.xlsx"])
    assert form.read_bytes() == before


@pytest.mark.parametrize(
    ("said", "code"),
    [("B4", "template-choice-unreadable"), ("Nowhere!B4=agent.name", "template-choice-unreadable"),
     ("B4=agent.nmae", "template-choice-unknown")],
)  # fmt: skip
def test_a_choice_that_cannot_be_made_is_said(small: Path, tmp_path: Path, said: str, code: str) -> None:
    """A cell without a placeholder, a sheet that is not there, a placeholder that is none; nothing is written."""
    form = book(tmp_path / "form.xlsx", A1="姓名")
    done = csctl("template", "adopt", str(form), "--set", said, "--yes", "-w", str(small), "--json")
    assert (done.code, [one["code"] for one in json.loads(done.out)["problems"]["list"]]) == (2, [code])
    assert not (small / "templates").exists()


def test_a_form_without_a_label_is_answered(small: Path, tmp_path: Path) -> None:
    """Nothing is proposed, and what to do instead is said."""
    form = book(tmp_path / "form.xlsx", A1="Hello")
    done = csctl("template", "adopt", str(form), "-w", str(small), "--language", "en")
    assert (done.code, "--set B4=agent.name" in done.err) == (2, True)


def test_every_placeholder_that_the_policy_knows_is_listed(small: Path) -> None:
    """With the policy's own indicators, and a meaning for each."""
    done = csctl("template", "placeholders", "-w", str(small), "--json", "--language", "en")
    known = json.loads(done.out)["placeholders"]
    assert done.code == 0
    assert {"agent.name", "score.total", "each.label", "each.adjustment.n", "word.final"} <= known.keys()
    assert any(key.startswith("line.") for key in known)
    assert [key for key, said in known.items() if not said] == []
