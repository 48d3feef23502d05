"""Base pay that cannot be right stands, and is said until somebody has looked."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any

import pytest

from csctl.messages import problem_fix
from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Sheet
from csctl.readers.mapping.importer import Imported, import_book

USUAL = ("5000", "5200", "0.6万")


def _import(*pay: str, **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": "roster", "files": "x", **said}))
    assert source is not None, problems
    rows = [(f"K{at}", f"name {at}", cell) for at, cell in enumerate(pay)]
    sheet = Sheet("", [("工号", "姓名", "底薪"), *rows])
    return import_book(Book((sheet,)), source, "data/roster.csv", Month(2026, 10))


@pytest.mark.parametrize(
    "pay", [("-5000",), ("(5000)",), ("5.5",), (*USUAL, "5.5"), (*USUAL, "200"), (*USUAL, "520000"), (*USUAL, "-5000")]
)
def test_pay_that_cannot_be_right_is_said_until_it_is_settled(pay: Sequence[str]) -> None:
    imported = _import(*pay)
    (said,) = (one for one in imported.problems if one.severity is not Severity.NOTE)
    assert (said.code, said.found, said.place.row) == ("amounts-odd", pay[-1], len(pay) + 1)
    line = str(said.parameters["line"])
    assert line in (problem_fix(said, "en") or "")
    settled = _import(*pay, **tomllib.loads(line))
    assert not [one for one in settled.problems if one.severity is not Severity.NOTE]
    assert settled.columns["base_pay"] == imported.columns["base_pay"]


@pytest.mark.parametrize("pay", [USUAL, ("5000", "450", ""), ("2000", "2000", "2000", "30000"), ("0", "5000", "5000")])
def test_usual_pay_is_not_said(pay: Sequence[str]) -> None:
    """Part of a month's work, an expensive manager, nobody's pay."""
    assert not [one for one in _import(*pay).problems if one.severity is not Severity.NOTE]
