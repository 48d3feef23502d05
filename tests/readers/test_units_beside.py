"""Units of a wide table in a row of their own, or in a column beside each figure; of a long table in its rows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.readers.spelled import KINDS, read, written

LANGUAGES = ("zh", "en")
NAMES = {"zh": ("工号", "平均首响", "满意率", "接待量"), "en": ("Agent ID", "First response", "CSAT", "Handled")}
UNIT = {"zh": "单位", "en": "Unit"}
WORDS = {"zh": ("分钟", "%", "次"), "en": ("min", "%", "count")}
PEOPLE = [("1001", "2.5", "95", "30"), ("1002", "3", "96", "31")]
FACTS = {
    ("1001", 0): Decimal(150), ("1001", 1): Decimal("0.95"), ("1001", 2): Decimal(30),
    ("1002", 0): Decimal(180), ("1002", 1): Decimal("0.96"), ("1002", 2): Decimal(31),
}  # fmt: skip


def _row(language: str, first: str) -> list[tuple[str, ...]]:
    return [NAMES[language], (first, *WORDS[language]), *PEOPLE]


def _column(language: str, named: bool) -> list[tuple[str, ...]]:
    who, *names = NAMES[language]
    heads = [text for name in names for text in (name, f"{name}{UNIT[language]}" if named else UNIT[language])]
    rows = [
        (one, *(text for cell in zip(figures, WORDS[language], strict=True) for text in cell))
        for one, *figures in PEOPLE
    ]
    return [(who, *heads), *rows]


def _facts(path: Path) -> dict[tuple[object, int], object]:
    columns = read(path, "kpis").columns
    place = {name: at for names in NAMES.values() for at, name in enumerate(names[1:])}
    rows = zip(columns["agent_id"], columns["metric"], columns["value"], strict=True)
    return {(who, place[str(metric)]): value for who, metric, value in rows}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_of_units_is_no_person(tmp_path: Path, kind: str, language: str) -> None:
    """Whether the row says what it is, or leaves the place of the name empty."""
    for first in (UNIT[language], ""):
        assert _facts(written(tmp_path, kind, _row(language, first))) == FACTS


@pytest.mark.parametrize("kind", KINDS)
def test_words_for_units_that_nobody_knows_do_not_hide_a_row_of_units(tmp_path: Path, kind: str) -> None:
    """Where the row itself says that it is one; a figure in it makes it a row of data."""
    head, units, *rest = _row("en", "Unit")
    assert _facts(written(tmp_path, kind, [head, (*units[:3], "tickets closed"), *rest])) == FACTS
    with_figure = _facts(written(tmp_path, kind, [head, (*units[:3], "12"), *rest]))
    assert with_figure["1001", 0] == Decimal("2.5")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("named", [False, True])
def test_a_column_of_units_belongs_to_the_figures_beside_it(
    tmp_path: Path, kind: str, language: str, named: bool
) -> None:
    """To those on its left, or to those after which it is called; it is used, and the mapping comes before it."""
    path = written(tmp_path, kind, _column(language, named))
    assert _facts(path) == FACTS
    assert "headers-unused" not in [one.code for one in read(path, "kpis").problems]
    columns = read(path, "kpis", metrics={NAMES[language][1]: "hours"}).columns
    assert columns["value"][0] == Decimal(9000)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("head", "teams"), [
    (("工号", "接待量", "单位"), ("上海分公司", "时")), (("Agent ID", "Handled", "Unit"), ("A", "h")),
])  # fmt: skip
def test_a_column_of_teams_is_none_of_units(
    tmp_path: Path, kind: str, head: tuple[str, ...], teams: tuple[str, str]
) -> None:
    """Though one of them is called like a unit: twelve contacts are no twelve hours."""
    rows = [head, ("1001", "12", teams[0]), ("1002", "13", teams[1])]
    assert read(written(tmp_path, kind, rows), "kpis").columns["value"] == [Decimal(12), Decimal(13)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("head", "language"), [
    (("工号", "指标", "单位", "数值"), "zh"), (("工号", "指标名称", "指标值", "单位"), "zh"),
    (("Agent ID", "Metric", "Unit", "Value"), "en"),
])  # fmt: skip
def test_a_row_for_each_figure_names_it_and_its_unit(
    tmp_path: Path, kind: str, head: tuple[str, ...], language: str
) -> None:
    """The names of the figures are no text to pass over, and their values no figure called 数值."""
    rows = []
    for one, *figures in PEOPLE:
        for name, figure, unit in zip(NAMES[language][1:], figures, WORDS[language], strict=True):
            cells = {"工号": one, "Agent ID": one, "指标": name, "指标名称": name, "Metric": name, "单位": unit,
                     "Unit": unit, "数值": figure, "指标值": figure, "Value": figure}  # fmt: skip
            rows.append(tuple(cells[text] for text in head))
    assert _facts(written(tmp_path, kind, [head, *rows])) == FACTS
