"""``csctl adopt``: what it writes, what it leaves alone, what it says, and that it can be run again."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from csctl.month import Month
from csctl.workspace import open_workspace
from tests.end_to_end.running import csctl
from tests.proofs import mostly_slow

CALLS = "Call ID,Agent ID,Agent,Start time,Answered,Talk time\n"
ROW = "{id},{agent},{name},2026-{month}-{day} 09:00,Y,{talk}\n"
PEOPLE = (("A1", "Ann Lee"), ("A2", "Bob Ray"))
OWN = ("csctl.toml", "adopt.toml", "roster.csv")


def calls(folder: Path, month: str, people: tuple[tuple[str, str], ...] = PEOPLE) -> None:
    """One month of calls, whose lengths have no unit."""
    rows = [
        ROW.format(
            id=f"{month}{at}", agent=agent, name=name, month=month, day=f"{at + 1:02d}", talk=(3.5, 40, 12)[at % 3]
        )
        for at, (agent, name) in enumerate(people * 9)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"calls_2026-{month}.csv").write_text(CALLS + "".join(rows), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two months of calls."""
    calls(tmp_path / "exports", "09")
    calls(tmp_path / "exports", "10")
    return tmp_path / "exports"


def adopt(folder: Path, *more: str) -> str:
    """The command in English, without a terminal; what it says."""
    done = csctl("adopt", folder, "--policy", "insurance", "--language", "en", *more)
    assert done.code == 0, done.err
    return done.out


def written(folder: Path) -> dict[str, bytes]:
    """What the command wrote."""
    return {name: (folder / name).read_bytes() for name in OWN}


def answer(folder: Path, name: str, said: str) -> None:
    """An answer written into the file of questions."""
    path = folder / "adopt.toml"
    before, found, after = path.read_text("utf-8").partition(f'name = "{name}"')
    assert found
    path.write_text(before + found + after.replace('answer = ""', f'answer = "{said}"', 1), "utf-8")


UNIT = "calls_{month}.csv | unit | Talk time"


def test_a_folder_becomes_a_workspace_whose_files_stay_where_they_are(folder: Path) -> None:
    """One source for both months, a roster of the people, and the check of the latest month."""
    out = adopt(folder, "--yes")
    workspace, problems = open_workspace(folder)
    assert workspace is not None, problems
    assert [(one.table, one.files) for one in workspace.config.source] == [
        ("interactions", "calls_{month}.csv"),
        ("roster", "roster.csv"),
    ]
    assert (folder / "roster.csv").read_text("utf-8-sig").splitlines()[1] == "A1,Ann Lee,,,,,,,,2026-09-01,2026-10-17"
    assert sorted(path.name for path in folder.iterdir() if not path.name.startswith(".")) == sorted(
        [*OWN, "calls_2026-09.csv", "calls_2026-10.csv"]
    )
    assert "2026-10" in out
    assert "calls_2026-10.csv" in out
    assert "your files stay where they are" in out


def test_a_doubt_is_no_mapping_until_somebody_has_answered(folder: Path) -> None:
    """The reader's default holds, the question is listed, and check says that it is a default."""
    out = adopt(folder, "--yes")
    assert "what do the figures of “Talk time” (3.5, 12, 40) count?" in out
    assert "nothing says how 1 column is to be read" in out
    assert f"1 question of csctl adopt is open, and files are read as it was proposed: {UNIT}" in out
    assert "unit" not in (folder / "csctl.toml").read_text("utf-8").partition("[[source]]")[2]


@pytest.mark.parametrize("more", [(), ("--yes",)])
def test_run_again_it_changes_nothing(folder: Path, more: tuple[str, ...]) -> None:
    """Byte by byte."""
    adopt(folder, *more)
    before = written(folder)
    adopt(folder, *more)
    assert written(folder) == before


def test_an_answer_in_the_file_of_questions_settles_it(folder: Path) -> None:
    """It becomes a line of the source, and is not asked again."""
    adopt(folder)
    answer(folder, UNIT, "minutes")
    out = adopt(folder)
    assert "Talk time" not in out
    assert "of csctl adopt" not in out
    workspace, _ = open_workspace(folder)
    assert workspace is not None
    assert workspace.sources[0].columns["talk_seconds"].unit == "minutes"
    before = written(folder)
    adopt(folder, "--yes")
    assert written(folder) == before


@pytest.mark.parametrize(
    "text", mostly_slow(["[[question]\n", "question = 3\n", '[[question]]\nanswer = ""\n', 'people = "all"\n'])
)
def test_a_spoilt_file_of_questions_is_said_by_the_command_and_hinders_no_other(text: str, folder: Path) -> None:
    """Nothing is written over it."""
    adopt(folder, "--yes")
    (folder / "adopt.toml").write_text(text, "utf-8")
    assert csctl("check", "-w", folder).code == 1
    done = csctl("adopt", folder, "--yes", "--language", "en")
    assert done.code == 2
    assert "adopt.toml" in done.err
    assert (folder / "adopt.toml").read_text("utf-8") == text


def test_an_answer_that_cannot_be_given_leaves_the_question_open(folder: Path) -> None:
    """Nobody's word is bent into another."""
    adopt(folder)
    answer(folder, UNIT, "parsecs")
    assert "Talk time" in adopt(folder)


def test_a_new_month_belongs_to_the_source_that_is_there(folder: Path) -> None:
    """Its people are added to the roster, and nothing else changes in what somebody reads."""
    adopt(folder)
    answer(folder, UNIT, "minutes")
    adopt(folder)
    calls(folder, "11", (*PEOPLE, ("A3", "Cy Moss")))
    adopt(folder)
    workspace, _ = open_workspace(folder)
    assert workspace is not None
    assert [one.files for one in workspace.config.source] == ["calls_{month}.csv", "roster.csv"]
    assert workspace.sources[0].columns["talk_seconds"].unit == "minutes"
    assert [line[:2] for line in (folder / "roster.csv").read_text("utf-8-sig").splitlines()[1:]] == ["A1", "A2", "A3"]


def test_what_somebody_wrote_stays(folder: Path) -> None:
    """A source that was changed, lines of one's own, a roster that was filled in; what is new comes below."""
    adopt(folder)
    text = (folder / "csctl.toml").read_text("utf-8")
    mine = text.replace('files = "calls_{month}.csv"', 'files = "calls_{month}.csv"\noptional = true')
    mine = mine.replace("[aliases]", '[aliases]\n"Annie" = "A1"')
    (folder / "csctl.toml").write_text(mine, "utf-8")
    roster = "Staff ID,Name,Team\nA1,Ann Lee,North\n"
    (folder / "roster.csv").write_text(roster, "utf-8")
    (folder / "complaints.csv").write_text("Agent ID,Date,Category,Valid\nA2,2026-10-03,rude,Y\nA3,2026-10-14,late,N\n")
    adopt(folder)
    now = (folder / "csctl.toml").read_text("utf-8")
    assert now.startswith(mine.rstrip("\n"))
    assert 'table = "complaints"' in now.removeprefix(mine.rstrip("\n"))
    assert (folder / "roster.csv").read_text("utf-8-sig") == roster + "A3,,\n".replace("A3,,", "A3,A3,")


@pytest.mark.slow
def test_a_file_that_is_left_aside_stays_aside(folder: Path) -> None:
    """It is remembered, and becomes no source."""
    (folder / "list.csv").write_text("Rep ID,Score\nA1,80\nA1,70\nA2,60\n", "utf-8")
    out = adopt(folder)
    assert "which table is this file? Its headers: Rep ID, Score" in out
    answer(folder, "list.csv | table", "aside")
    for _ in range(2):
        out = adopt(folder)
        assert "left aside: list.csv" in out
        assert "list.csv" not in (folder / "csctl.toml").read_text("utf-8")


@pytest.mark.slow
def test_two_numbers_of_one_name_are_asked_about(folder: Path) -> None:
    """They stand in no export together: one person in two systems, or two of one name."""
    (folder / "quality_2026-10.csv").write_text(
        "Staff ID,Name,Date,Item,Score\nann.l,Ann Lee,2026-10-02,opening,90\nann.l,Ann Lee,2026-10-03,tone,80\n",
        "utf-8",
    )
    assert "Ann Lee: A1 = ann.l" in adopt(folder)
    assert "A1,Ann Lee,,,,,,,ann.l,2026-09-01,2026-10-17\n" in (folder / "roster.csv").read_text("utf-8-sig")
    answer(folder, "same", "two-people")
    adopt(folder)
    assert "ann.l,Ann Lee,,,,,,,,2026-10-02,2026-10-03\n" in (folder / "roster.csv").read_text("utf-8-sig")


def test_names_without_a_number_are_said_and_not_taken_for_people(folder: Path) -> None:
    """Where other files have numbers, a nickname may be anybody's."""
    (folder / "chats_2026-10.csv").write_text(
        "会话ID,客服昵称,会话开始时间,首次响应时长(秒)\n1,豆豆,2026-10-02 09:00,5\n2,豆豆,2026-10-02 10:00,6\n", "utf-8"
    )
    out = adopt(folder)
    assert "no file tells the number of these names, so they are not on the roster: 豆豆" in out
    assert "豆豆" not in (folder / "roster.csv").read_text("utf-8-sig")


def test_a_given_roster_is_the_roster(folder: Path) -> None:
    """Nothing is proposed beside it."""
    (folder / "staff.csv").write_text(
        "Staff ID,Name,Team,Hire date\nA1,Ann Lee,N,2024-01-01\nA2,Bob Ray,N,2024-01-01\n"
    )
    adopt(folder)
    assert not (folder / "roster.csv").exists()
    workspace, _ = open_workspace(folder)
    assert workspace is not None
    assert {one.table: one.files for one in workspace.config.source}["roster"] == "staff.csv"


@pytest.mark.slow
def test_a_file_of_somebody_else_is_never_written_over(folder: Path) -> None:
    """Where roster.csv is something else, the proposal has another name."""
    plan = "姓名," + ",".join(map(str, range(1, 31))) + "\nAnn Lee" + ",早班" * 30 + "\nBob Ray" + ",晚班" * 30 + "\n"
    (folder / "roster.csv").write_text(plan, "utf-8")
    adopt(folder)
    adopt(folder)
    assert (folder / "roster.csv").read_text("utf-8") == plan
    assert "A1,Ann Lee" in (folder / "adopted-roster.csv").read_text("utf-8-sig")


def test_a_workspace_that_somebody_wrote_takes_in_what_is_new(folder: Path) -> None:
    """Its own sources, roster and policy stay; with nothing new it stays as it is."""
    (folder / "roster.csv").write_text("Staff ID,Name\nA1,Ann Lee\nA2,Bob Ray\n", "utf-8")
    text = (
        'name = "Desk"\npolicy = "metrics"\nlanguage = "en"\n\n[[source]]\ntable = "roster"\nfiles = "roster.csv"\n\n'
        '[[source]]\ntable = "interactions"\nfiles = "calls_{month}.csv"\n'
    )
    (folder / "csctl.toml").write_text(text, "utf-8")
    assert "nothing is new" in adopt(folder, "--yes")
    assert (folder / "csctl.toml").read_text("utf-8") == text
    (folder / "complaints.csv").write_text("Agent ID,Date,Category,Valid\nA2,2026-10-03,rude,Y\nA1,2026-10-14,late,N\n")
    adopt(folder, "--yes")
    now = (folder / "csctl.toml").read_text("utf-8")
    assert now.startswith(text)
    assert 'files = "complaints.csv"' in now
    assert (folder / "roster.csv").read_text("utf-8") == "Staff ID,Name\nA1,Ann Lee\nA2,Bob Ray\n"


def test_a_folder_outside_of_the_workspace_is_refused(folder: Path, tmp_path: Path) -> None:
    """Files stay where they are, so they must lie in it; nothing is written."""
    (tmp_path / "team").mkdir()
    done = csctl("adopt", folder, "-w", tmp_path / "team", "--language", "en")
    assert done.code == 2
    assert "is not inside the workspace" in done.err
    assert list((tmp_path / "team").iterdir()) == []


def test_a_workspace_above_the_folder_names_files_from_there(folder: Path) -> None:
    """The pattern begins with the folder."""
    done = csctl("adopt", folder, "-w", folder.parent, "--policy", "insurance", "--yes")
    assert done.code == 0, done.err
    workspace, _ = open_workspace(folder.parent)
    assert workspace is not None
    assert workspace.config.source[0].files == "exports/calls_{month}.csv"


@pytest.mark.parametrize("text", ["", "no table at all\n"])
def test_a_folder_without_a_table_becomes_no_workspace(text: str, tmp_path: Path) -> None:
    """It is said, and the code is that of unusable input."""
    (tmp_path / "notes.txt").write_text(text)
    done = csctl("adopt", tmp_path, "--yes", "--language", "en")
    assert done.code == 2
    assert "could be read as a table" in done.err
    assert not (tmp_path / "csctl.toml").exists()


def test_as_data_it_says_sources_and_questions(folder: Path) -> None:
    """For whoever shows them elsewhere."""
    data = csctl("adopt", folder, "--policy", "insurance", "--json", "--language", "en").data
    assert [(one["table"], one["found"]) for one in data["sources"]] == [
        ("interactions", ["calls_2026-09.csv", "calls_2026-10.csv"])
    ]
    assert [(one["name"], one["choices"], one["answer"]) for one in data["questions"]] == [
        (UNIT, ["seconds", "minutes", "hours"], [])
    ]


def test_the_comments_say_what_each_column_was_read_as(folder: Path) -> None:
    """Header, column, evidence, first values; and what was not used."""
    adopt(folder)
    text = (folder / "csctl.toml").read_text("utf-8")
    assert "#   Agent ID → agent_id: A1, A2" in text
    assert "#   Talk time → talk_seconds: seconds, " in text
    assert Month(2026, 9).first.isoformat() in text


def test_what_sheets_of_one_kind_say_alike_is_said_once(tmp_path: Path) -> None:
    """A workbook with a sheet for each week: each column stands once among the comments."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for week in range(4):
        sheet = book.create_sheet(f"Week {week + 1}")
        sheet.append(CALLS.strip().split(","))
        for at, (agent, name) in enumerate(PEOPLE * 3):
            sheet.append([f"{week}{at}", agent, name, f"2026-10-{week * 7 + at + 1:02d} 09:00", "Y", 40])
    (tmp_path / "2026-10").mkdir()
    book.save(tmp_path / "2026-10" / "calls.xlsx")
    adopt(tmp_path, "--yes")
    comments = [line for line in (tmp_path / "csctl.toml").read_text("utf-8").splitlines() if line.startswith("#   ")]
    assert comments
    assert len(set(comments)) == len(comments)
