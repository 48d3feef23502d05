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
    assert "interactions.channel" in lines[at]
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
