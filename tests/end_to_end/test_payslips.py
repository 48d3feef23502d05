"""The sample's payslips and what it publishes: everybody's own, and nothing of anybody else."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import openpyxl

from tests.end_to_end.running import MONTH, outputs, record, rows_of_csv

WORDS = re.compile(r"[\s：:，。,；;　·（）()]+")


def _inside(workbook: bytes) -> str:
    """Every part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def _said(workbook: bytes) -> list[str]:
    """The texts of a workbook's cells."""
    return re.findall(r"<t\b[^>]*>([^<]*)</t>", _inside(workbook))


def _figures(text: str) -> set[str]:
    """Every number in a text that may be an amount, with two places."""
    return {f"{Decimal(found.replace(',', '')):.2f}" for found in re.findall(r"\d[\d,]*\.\d+|\d{4,}", text)}


def _slips(workspace: Path) -> dict[str, bytes]:
    """The slips by staff number."""
    found = {name: content for name, content in outputs(workspace).items() if name.startswith(f"{MONTH}/payslips/")}
    return {name.rpartition("/")[2].partition("_")[0]: content for name, content in found.items()}


def test_everybody_has_a_slip_that_comes_to_the_pay_of_the_record(october: Path) -> None:
    """Fourteen slips; the total on each is the sum of the lines in ``run.json``."""
    slips = _slips(october)
    paid: dict[str, Decimal] = defaultdict(Decimal)
    for line in record(october)["pay_lines"]:
        paid[line["agent_id"]] += Decimal(line["amount"])
    assert slips.keys() == paid.keys()
    assert len(slips) == 14
    for key, content in slips.items():
        sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
        (total,) = [cells[5].value for cells in sheet.iter_rows() if str(cells[0].value).startswith("应发合计")]
        assert Decimal(str(total)) == paid[key]


def test_no_slip_has_anything_of_somebody_else(october: Path) -> None:
    """No other number, no other name, no amount of others that stands in no line of the own; but the pool's."""
    known = record(october)
    people = {row["agent_id"]: row["name"] for row in known["scoreboard"]}
    own_figures: dict[str, set[str]] = defaultdict(set)
    paid: dict[str, set[str]] = defaultdict(set)
    for line in [*known["pay_lines"], *known["score_lines"]]:
        own_figures[line["agent_id"]] |= _figures(json.dumps(line))
    for line in [*known["pay_lines"], *known["scoreboard"]]:
        paid[line["agent_id"]].add(str(abs(Decimal(line.get("amount") or line["pay"]))))
    for key, content in _slips(october).items():
        said = _said(content)
        words = {word for text in said for word in WORDS.split(text)}
        assert key in words
        assert not words & (people.keys() - {key})
        assert [name for name in set(people.values()) - {people[key]} if any(name in text for text in said)] == []
        strange = set().union(*(amounts for other, amounts in paid.items() if other != key))
        strange -= paid[key] | own_figures[key] | {pool["amount"] for pool in known["pools"]}
        assert len(strange) > 10
        assert strange & _figures(_inside(content)) == set()


def test_what_is_published_has_neither_names_nor_numbers_nor_pay(october: Path) -> None:
    """The list and the summary; each mask is one person's and stands on the slip of that one."""
    written, rows = outputs(october), record(october)["scoreboard"]
    listed = rows_of_csv(written[f"{MONTH}/published.csv"])
    assert [(row["排名"], row["得分"], row["等级"]) for row in listed] == [
        (str(row["rank"]), row["score"], row["grade"]) for row in rows if row["rank"]
    ]
    book = " ".join(_said(written[f"{MONTH}/published.xlsx"]))
    assert not any(row["agent_id"] in book or row["name"] in book or row["pay"] in book for row in rows)
    slips = _slips(october)
    for row in rows:
        shown = " ".join(_said(slips[row["agent_id"]]))
        on_slip = re.findall(r"公示编号：(\S+)", shown)
        place = [each["公示编号"] for each in listed if each["排名"] == str(row["rank"])]
        assert on_slip == place
    summary = written[f"{MONTH}/summary.md"].decode()
    assert len(written[f"{MONTH}/summary.md"]) < 4096
    assert not any(row["pay"] in summary or str(row["score"]) in summary for row in rows)
