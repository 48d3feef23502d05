"""The lines of a proposed source are read as they will be written."""

from __future__ import annotations

import tomllib

import pytest

from csctl.policy.to_write import several_lines
from csctl.readers.proposing.drafts import Draft

LINES = [
    ['columns.agent_name = "跟单人"'],
    ['columns.talk_seconds = { from = "时长", unit = "minutes" }'],
    ['columns.valid.texts = { "查实" = "Y", "查无" = "N" }', 'columns.valid.from = "是否属实"'],
    ['metrics."平均时长" = "minutes"', 'decimal = ","'],
    ['shape = "days"', 'codes."休" = { shift = "休息" }'],
    ['header = "none"', "columns.agent_id = 1", "columns.in_at = 3"],
    ['sheet = ["A", "B"]', 'columns.item = { value = "总评" }'],
    [several_lines(['columns.date = "日"', 'columns.in_at = "时"'])],
]


@pytest.mark.parametrize("lines", LINES)
def test_what_is_written_says_what_was_proposed(lines: list[str]) -> None:
    """Read back, the lines are the same draft."""
    draft = Draft("attendance").saying(lines)
    written = draft.lines("a*.csv")
    read = tomllib.loads("\n".join(written))
    assert read.pop("files") == "a*.csv"
    assert read.pop("table") == "attendance"
    again = Draft("attendance").saying(written[2:])
    assert again == draft


def test_a_later_line_says_more_of_a_column_and_not_less() -> None:
    """The header stays where only a unit is said; another header takes its place."""
    draft = (
        Draft("interactions").saying(['columns.talk_seconds = "时长"']).saying(['columns.talk_seconds.unit = "hours"'])
    )
    assert draft.keys["columns"]["talk_seconds"] == {"from": "时长", "unit": "hours"}
    assert draft.saying(['columns.talk_seconds = "久"']).keys["columns"]["talk_seconds"] == {
        "from": "久",
        "unit": "hours",
    }


def test_a_draft_that_is_no_source_is_none() -> None:
    """A column that the table has not."""
    assert Draft("orders").saying(['columns.talk_seconds = "时长"']).source() is None
    assert Draft("orders").saying(['columns.amount = "实收"']).source() is not None
