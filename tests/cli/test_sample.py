"""``csctl sample``: a sample that can be drawn again, filled in and read back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.small import MONTH, add, change
from tests.end_to_end.running import csctl


@pytest.fixture
def desk(small: Path) -> Path:
    """Sixty calls of two people on two channels."""
    calls = ["call id,agent,created at,answered,resolved,wait time,channel"]
    for number in range(60):
        who, channel = ("Ann", "chat") if number % 3 else ("Bob", "phone")
        calls.append(f"{number},{who},{MONTH}-{number % 28 + 1:02} 09:{number:02},Y,Y,10,{channel}")
    (small / "data" / MONTH / "calls.csv").write_text(
        "\n".join([*calls, "99,Zoe,2026-10-01 09:00,Y,Y,1,chat\n"]), "utf-8"
    )
    change(small / "csctl.toml", 'unit = "seconds" } }', 'unit = "seconds" } }\noptional = false')
    return small


def drawn(desk: Path, *options: str) -> dict[str, Any]:
    """The sample as data."""
    done = csctl("sample", "-w", desk, "--month", MONTH, "--json", *options)
    assert (done.code, done.err) == (0, "")
    found: dict[str, Any] = done.data
    return found


def test_the_sample_is_spread_by_agent_and_says_how_precise_it_is(desk: Path) -> None:
    """Twelve of sixty, two thirds of them Ann's; rows of nobody are not drawn from."""
    found = drawn(desk, "--size", "12")
    assert (found["population"], found["size"], found["seed"]) == (60, 12, f"{MONTH} Small desk")
    assert [(one["agent_id"], one["population"], one["size"]) for one in found["agents"]] == [
        ("01", 40, 8),
        ("02", 20, 4),
    ]
    assert (found["rate"], found["rate_observed"]) == ("90.0", False)
    assert found["interval"] == {"low": "65.5", "high": "97.7", "half": "16.1"}
    assert found["needed"]["5"] > found["needed"]["10"] > 12


def test_the_same_seed_draws_the_same_in_any_order_of_rows(desk: Path) -> None:
    """And another seed others."""
    first = drawn(desk, "--size", "12")["contacts"]
    file = desk / "data" / MONTH / "calls.csv"
    head, *rows = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([head, *reversed(rows)]) + "\n", "utf-8")
    again = drawn(desk, "--size", "12")["contacts"]
    assert [one["interaction_id"] for one in again] == [one["interaction_id"] for one in first]
    other = drawn(desk, "--size", "12", "--seed", "another")["contacts"]
    assert [one["interaction_id"] for one in other] != [one["interaction_id"] for one in first]


def test_so_many_of_each_agent_and_only_some_channels(desk: Path) -> None:
    """``--per-agent`` and ``--channel``."""
    assert [one["size"] for one in drawn(desk, "--per-agent", "3")["agents"]] == [3, 3]
    phone = drawn(desk, "--size", "5", "--channel", "phone")
    assert {one["channel"] for one in phone["contacts"]} == {"phone"}
    assert phone["population"] == 20


def test_a_filled_form_is_read_back_as_quality_rows(desk: Path) -> None:
    """The workbook, filled in and put among the exports, counts; nothing in it is a problem."""
    form = desk / "form.xlsx"
    assert csctl("sample", "-w", desk, "--month", MONTH, "--size", "10", "--xlsx", form, "--item", "tone").code == 0
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[3]]
    passed, reviewer = heads.index("passed") + 1, heads.index("reviewer") + 1
    for index, row in enumerate(range(4, sheet.max_row + 1)):
        sheet.cell(row, passed, "no" if index == 0 else "yes")
        sheet.cell(row, reviewer, "Eve")
    book.save(form)
    shutil.move(form, desk / "data" / MONTH / "review.xlsx")
    add(desk / "csctl.toml", '\n[[source]]\ntable = "quality"\nfiles = "data/{month}/review*.xlsx"\n')
    add(desk / "policy.toml", QUALITY)
    done = csctl("run", "-w", desk, "--month", MONTH, "--json")
    assert done.code == 0
    files = {one["table"]: one for one in done.data["inputs"]}
    assert (files["quality"]["accepted"], files["quality"]["rejected"]) == (10, 0)
    assert not [one for one in done.data["problems"]["list"] if "review" in one["file"] and one["severity"] != "note"]
    rates = [one for one in done.data["measures"] if one["measure"] == "quality_pass"]
    assert sum(float(one["numerator"]) for one in rates if one["numerator"]) == 9
    assert sum(float(one["denominator"]) for one in rates if one["denominator"]) == 10


QUALITY = """
[measure.quality_pass]
label = "Passed"
unit = "%"
table = "quality"
rows = true
where = { item = "tone" }
share = { passed = true }
"""


def test_the_form_in_chinese_has_the_headers_the_reader_knows(desk: Path) -> None:
    """Fixed words only; the month's bytes are the same every time."""
    form = desk / "form.xlsx"
    assert csctl("sample", "-w", desk, "--month", MONTH, "--size", "5", "--xlsx", form, "-l", "zh").code == 0
    sheet = openpyxl.load_workbook(form).worksheets[0]
    assert [cell.value for cell in sheet[3]][:9] == [
        "质检日期", "工号", "姓名", "会话ID", "质检项", "是否合格", "是否致命", "质检得分", "质检员",
    ]  # fmt: skip
    before = form.read_bytes()
    csctl("sample", "-w", desk, "--month", MONTH, "--size", "5", "--xlsx", form, "-l", "zh")
    assert form.read_bytes() == before


def test_the_screen_lists_contacts_seed_and_interval(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In eighty columns."""
    monkeypatch.setenv("COLUMNS", "80")
    done = csctl("sample", "-w", desk, "--month", MONTH, "--size", "12")
    assert done.code == 0
    assert f"seed: {MONTH} Small desk" in done.out
    assert "65.5–97.7 %" in done.out
    assert "12 of 60 contacts drawn." in done.out


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--size", "5", "--per-agent", "2"), "sample-size-or-per-agent"),
        (("--channel", "fax"), "sample-channel-unknown"),
        (("--month", "2020-01"), "month-empty"),
    ],
)
def test_wrong_options_are_told(desk: Path, options: tuple[str, ...], code: str) -> None:
    """Exit 2 and no sample."""
    done = csctl("sample", "-w", desk, "--json", *options)
    assert done.code == 2
    assert [one["code"] for one in done.data["problems"]["list"] if one["severity"] == "error"] == [code]
    assert "contacts" not in done.data


def test_a_month_without_contacts_says_so(desk: Path) -> None:
    """With what to do."""
    file = desk / "data" / MONTH / "calls.csv"
    file.write_text(file.read_text("utf-8").splitlines()[0] + "\n98,Zoe,2026-10-01 09:00,Y,Y,1,chat\n", "utf-8")
    done = csctl("sample", "-w", desk, "--month", MONTH, "--json")
    assert (done.code, done.data["problems"]["list"][-1]["code"]) == (2, "sample-no-contacts")
