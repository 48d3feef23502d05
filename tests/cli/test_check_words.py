"""``csctl check --words``, and what the screen says of words that nobody knows."""

from __future__ import annotations

import json
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from tests.cli.small import MONTH, add, change
from tests.end_to_end.running import csctl

PHONE = """
[measure.by_phone]
label = "Calls by phone"
unit = "count"
table = "interactions"
rows = true
where = { channel = ["Phone", "hotline"] }

[measure.by_mail]
label = "Mails"
unit = "count"
table = "interactions"
rows = true
where = { channel = "mail" }

[words."interactions.channel"]
ignore = ["test"]
"""
CHANNELS = """\
call id,agent,created at,answered,resolved,wait time,channel
1,Ann,2026-10-03 09:00,Y,Y,10,ＰＨＯＮＥ
2,Ann,2026-10-04 09:00,Y,N,20,phone
3,Bob,2026-10-05 09:00,Y,Y,60,test
4,Cid,2026-10-06 09:00,Y,Y,40,chat
"""


@pytest.fixture
def channels(small: Path) -> Path:
    """The small workspace, whose policy asks about channels."""
    add(small / "policy.toml", PHONE)
    (small / f"data/{MONTH}/calls.csv").write_text(CHANNELS, "utf-8")
    return small


def test_every_word_of_an_asked_column_is_listed_with_who_names_it(channels: Path) -> None:
    """Several spellings are one word; what is looked for in vain stands last."""
    done = csctl("check", "--words", "-w", channels, "--month", MONTH)
    assert done.faults == []
    rows = [line.split() for line in done.out.splitlines()]
    assert ["interactions.channel", "phone", "2", "measure.by_phone"] in rows
    assert ["chat", "1", "no", "rule"] in rows
    assert ["test", "1", "ignored", "(words)"] in rows
    assert rows[-1] == ["mail", "0", "measure.by_mail", "(never", "occurs)"]


def test_the_table_fits_eighty_columns_in_chinese(channels: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long names are folded, never cut."""
    change(channels / "csctl.toml", 'language = "en"', 'language = "zh"')
    monkeypatch.setenv("COLUMNS", "80")
    out = csctl("check", "--words", "-w", channels, "--month", MONTH).out
    assert "没有规则写到" in out
    assert max(sum(1 + (east_asian_width(mark) in "WF") for mark in line) for line in out.splitlines()) <= 80


def test_a_month_in_which_rules_find_none_of_their_words_is_a_warning(channels: Path) -> None:
    """On the screen of check in one line, and in the record of the run."""
    calls = channels / f"data/{MONTH}/calls.csv"
    calls.write_text(CHANNELS.replace("phone", "tel").replace("ＰＨＯＮＥ", "Tel."), "utf-8")
    done = csctl("check", "-w", channels, "--month", MONTH)
    assert done.code == 1
    lines = done.out.splitlines()
    (at,) = [at for at, line in enumerate(lines) if "“Phone, hotline, mail”" in line]
    assert "contacts · channel" in lines[at]
    assert lines[at + 1 : at + 3] == [
        '    [words."interactions.channel"]',
        '    ignore = ["test", "Tel.", "chat", "tel"]',
    ]
    assert csctl("run", "-w", channels, "--month", MONTH).code == 0
    record = json.loads((channels / "out" / MONTH / "run.json").read_text("utf-8"))
    assert "words-never-occur" in {one["code"] for one in record["problems"]["list"]}


def test_sixty_unreadable_cells_of_two_words_are_one_line(small: Path) -> None:
    """With both words, their numbers, and one line to write that has no meanings yet."""
    head = "call id,agent,created at,answered,resolved,wait time\n"
    rows = [f"{at},Ann,2026-10-03 09:00,Y,{'done' if at % 3 else 'undone?'},10\n" for at in range(60)]
    (small / f"data/{MONTH}/calls.csv").write_text(head + "".join(rows), "utf-8")
    for more in ([], ["--verbose"]):
        done = csctl("check", *more, "-w", small, "--month", MONTH)
        (line,) = [line for line in done.out.splitlines() if "undone?" in line]
        assert "“undone?” × 20" in line
        assert 'columns.resolved.texts = { "undone?" = "" }' in line


ATTENDANCE = """\
agent,date,shift,attendance result
Ann,2026-10-05,Day,Normal
Ann,2026-10-06,Day,normal
Ann,2026-10-07,Day,Absent 0.5 day
Bob,2026-10-05,Day,Came late
Bob,2026-10-06,Day,Training
Bob,2026-10-07,Day,-
"""
SOURCE = """
[[source]]
table = "attendance"
files = "data/{month}/attendance.csv"
"""


@pytest.fixture
def verdicts(small: Path) -> Path:
    """The small workspace with days of attendance that are judged by their verdicts."""
    add(small / "csctl.toml", SOURCE)
    add(small / "policy.toml", '\n[working_time]\n[[working_time.shift]]\nid = "Day"\nstart = "09:00"\nend = "18:00"\n')
    (small / f"data/{MONTH}/attendance.csv").write_text(ATTENDANCE, "utf-8")
    return small


def test_every_verdict_of_attendance_is_listed_with_what_it_is_taken_for(verdicts: Path) -> None:
    """A mark for nothing is no verdict; one that nobody knows is marked."""
    rows = [line.split() for line in csctl("check", "--words", "-w", verdicts, "--month", MONTH).out.splitlines()]
    assert ["attendance.result", "Normal", "2", "all", "in", "order"] in rows
    assert ["Absent", "0.5", "day", "1", "absent", "0.5", "d"] in rows
    assert ["Came", "late", "1", "late"] in rows
    assert ["Training", "1", "not", "known:", "look", "at", "these", "days"] in rows
    assert not [row for row in rows if row[0] == "-"]
