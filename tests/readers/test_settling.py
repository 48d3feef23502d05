"""What csctl proposes to write in a source can be written there, and then the file is read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from csctl.messages import problem_fix, problem_text
from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

MONTH = Month(2026, 10)
LINE = re.compile(r"(columns\.[a-z_]+(\.[a-z]+)?|metrics\.\"[^\"]+\") = ")
CALLS = ("call id", "agent", "created at", "talk time (s)")
ORDERS = ("agent", "paid at", "amount")
SURVEYS = ("agent", "date", "score")
RATED = ("agent", "date", "satisfied")


def _import(table: str, rows: Sequence[Sequence[Cell]], said: str = "") -> Imported:
    text = f'table = "{table}"\nfiles = "data/{{month}}/x.csv"\n{said}\n'
    source, problems = resolve_source(Source.model_validate(tomllib.loads(text, parse_float=Decimal)))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(row) for row in rows]),)), source, "data/2026-10/x.csv", MONTH)


def _warnings(imported: Imported) -> list[Problem]:
    """All but notes, and but that none of the rows could be read, which is said beside why."""
    said = [one for one in imported.problems if one.code != "most-rows-refused"]
    return [one for one in said if one.severity is not Severity.NOTE]


def _proposed(one: Problem, language: str = "en") -> str:
    """The line in a remedy: the longest text that TOML takes."""
    fix = problem_fix(one, language)
    found = LINE.search(fix)
    assert found, fix
    for end in range(len(fix), found.end(), -1):
        try:
            tomllib.loads(fix[found.start() : end])
        except tomllib.TOMLDecodeError:
            continue
        return fix[found.start() : end].strip()
    raise AssertionError(fix)


def _pasted(said: str, line: str) -> str:
    """A source in which the line stands in the place of what it said of that column."""
    name = line.split(" ")[0].split(".")[1]
    kept = [one for one in said.splitlines() if not re.match(rf"columns\.{name}\b", one)]
    return "\n".join([*kept, line])


FORMAT = 'columns.started_at = { from = "created at", format = "%m/%d/%Y" }'
DATES = [
    ("interactions", CALLS, ["08.10.2026 09:00", "09.10.2026 14:00", "10.10.2026 10:00"], ""),
    ("interactions", CALLS, ["10/08/2026 9:00 AM", "10/09/2026 2:30 PM", "10/10/2026 10:00"], ""),
    ("interactions", CALLS, ["10/08/2026", "10/09/2026 09:00:30", "10/10/2026"], ""),
    ("interactions", CALLS, ["10/08/2026 09:00", "10/09/2026 10:00"], FORMAT),
    ("interactions", CALLS, ["2026-10-08 09:00", "2026-10-09 10:00"], 'columns.started_at.format = "yyyy-mm-dd"'),
    ("interactions", CALLS, ["08.10.2026 09:00", "2026-10-09 10:00"], 'columns.started_at.format = "%d.%m.%Y %H:%M"'),
    ("orders", ORDERS, ["26-10-08"], ""),
    ("orders", ORDERS, ["08-10-26", "09-10-26"], 'columns.date = "paid at"'),
    ("orders", ORDERS, ["10-01", "10/2", "10.3"], ""),
    ("orders", ORDERS, ["01.10", "02.10"], ""),
]  # fmt: skip


@pytest.mark.parametrize(("table", "head", "days", "said"), DATES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_order_that_is_proposed_reads_every_cell_of_the_column(
    table: str, head: tuple[str, ...], days: list[str], said: str, language: str
) -> None:
    """With a time of day, with other signs between, over a format that does not fit; in the month of the file."""
    rows = [
        (f"c{at}", "Ann", day, "30") if table == "interactions" else ("Ann", day, "30") for at, day in enumerate(days)
    ]
    (one,) = _warnings(_import(table, [head, *rows], said))
    assert one.code in {"value-date-ambiguous", "value-not-in-format"}
    settled = _import(table, [head, *rows], _pasted(said, _proposed(one, language)))
    assert (settled.accepted, _warnings(settled)) == (len(days), [])
    assert set(settled.columns["month"]) == {"2026-10"}


def test_both_orders_are_shown_with_what_they_make_of_a_cell() -> None:
    """The one that keeps more rows in the month of the file comes first; the other is there to be chosen."""
    rows = [("c1", "Ann", "10.10.2026 09:00", "1"), ("c2", "Ann", "08.10.2026 09:00", "1")]
    (one,) = _warnings(_import("interactions", [CALLS, *rows]))
    assert problem_fix(one, "en").endswith(
        'columns.started_at.format = "d/m/y" (08.10.2026 09:00 = 2026-10-08), '
        'or else "m/d/y" (08.10.2026 09:00 = 2026-08-10)'
    )


def test_of_a_format_that_does_not_fit_only_its_order_is_proposed() -> None:
    """Whoever wrote %m/%d has said which is the month."""
    (one,) = _warnings(_import("interactions", [CALLS, ("c1", "Ann", "10/08/2026 09:00", "1")], FORMAT))
    assert problem_fix(one, "en").endswith(
        'columns.started_at = { from = "created at", format = "m/d/y" } (10/08/2026 09:00 = 2026-10-08)'
    )


def test_days_beside_times_are_told_by_themselves() -> None:
    """Not as times without a day; the line is that of the moment, which has no other column."""
    rows = [("c1", "Ann", "10/08/2026", "09:00"), ("c2", "Ann", "10/09/2026", "10:00")]
    said = 'columns.started_at = "day + time"'
    (one,) = _warnings(_import("interactions", [("call id", "agent", "day", "time"), *rows], said))
    assert (one.code, one.place.column) == ("value-date-ambiguous", "day")
    settled = _import("interactions", [("call id", "agent", "day", "time"), *rows], _pasted(said, _proposed(one)))
    assert list(map(str, settled.columns["started_at"])) == ["2026-10-08 09:00:00", "2026-10-09 10:00:00"]


def test_days_that_no_order_reads_get_no_line() -> None:
    """One of the cells is no day in any order, so nothing that could be written would settle the column."""
    rows = [("Ann", "08/10/2026", "1"), ("Ann", "13/13/2026", "1")]
    (one,) = [one for one in _warnings(_import("orders", [ORDERS, *rows])) if one.code == "value-date-ambiguous"]
    assert problem_fix(one, "en") == "write 2026-10-31"


def test_a_short_year_that_stands_first_is_read_where_the_column_tells_it() -> None:
    """No month has two 26ths."""
    rows = [("Ann", "26-10-08", "1"), ("Ann", "26-10-26", "2")]
    found = _import("orders", [ORDERS, *rows])
    assert (found.columns["date"], _warnings(found)) == ([date(2026, 10, 8), date(2026, 10, 26)], [])


def test_days_without_a_year_are_read_where_one_of_them_tells_the_order() -> None:
    """There is no month 30; the day of another month is left out as any other."""
    rows = [("Ann", "10-01", "1"), ("Ann", "10/2", "2"), ("Ann", "10.3", "4"), ("Ann", "9-30", "8")]
    found = _import("orders", [ORDERS, *rows])
    assert found.columns["date"] == [date(2026, 10, day) for day in (1, 2, 3)]
    assert [one.code for one in _warnings(found)] == ["rows-outside-month"]


MARKS = [
    ("surveys", SURVEYS, ["5", "非常满意", "满意", "非常满意"], ""),
    ("surveys", SURVEYS, ["A级", "B级", "3"], ""),
    ("surveys", SURVEYS, ["5-Very good", "4-Good", "👍👍👍👍"], 'columns.score = "score"'),
    ("surveys", SURVEYS, ["Good", "Bad", "good"], 'columns.score.texts = { "Bad" = 1 }'),
]


@pytest.mark.parametrize(("table", "head", "cells", "said"), MARKS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_marks_in_words_get_a_line_in_which_only_the_numbers_are_missing(
    table: str, head: tuple[str, ...], cells: list[str], said: str, language: str
) -> None:
    """What the source says already stays in the line; numbers may be written as such."""
    rows = [("Ann", "2026-10-02", cell) for cell in cells]
    (one,) = _warnings(_import(table, [head, *rows], said))
    assert one.code == "value-not-a-number"
    line = _proposed(one, language)
    assert '= ""' in line
    settled = _import(table, [head, *rows], _pasted(said, line.replace('= ""', "= 4.5")))
    assert (settled.accepted, _warnings(settled)) == (len(cells), [])
    figures = [cell for cell in cells if cell.isdecimal()]
    assert settled.columns["score"].count(Decimal("4.5")) == len(cells) - len(figures) - cells.count("Bad")


def test_a_wrong_figure_gets_no_line_of_marks() -> None:
    """120 % is no mark; nor are a hundred different texts."""
    rows = [("Ann", "2026-10-02", f"about {number}") for number in range(100)]
    (one,) = _warnings(_import("surveys", [SURVEYS, *rows, *[("Ann", "2026-10-03", "5")] * 200]))
    assert "columns." not in problem_fix(one, "en")


def test_of_lengths_and_amounts_only_words_get_a_line() -> None:
    """About five minutes is a length gone wrong; many is a word that may stand for one."""
    for cell, proposed in (("about 5", False), ("120%", False), ("short", True)):
        (one,) = _warnings(_import("interactions", [CALLS, ("c1", "Ann", "2026-10-08 09:00", cell)]))
        assert (one.code, "columns." in problem_fix(one, "en")) == ("value-not-a-duration", proposed)


def test_rows_that_the_source_calls_nothing_are_left_out_without_a_word() -> None:
    """What csctl proposes for a word that means neither settles the column, and the row is none to mend."""
    rows = [("Ann", "2026-10-02", "满意"), ("Ann", "2026-10-03", "未评价"), ("Ann", "2026-10-04", "否")]
    (one, *_) = _warnings(_import("surveys", [RATED, *rows]))
    assert one.code == "value-not-a-flag"
    settled = _import("surveys", [RATED, *rows], _proposed(one).replace('= ""', '= "-"'))
    assert (settled.accepted, settled.rejected, _warnings(settled)) == (2, 1, [])
    (fates,) = settled.fates
    assert (fates.refused, fates.out("filter")) == (0, 1)
    (note,) = [one for one in settled.problems if one.code == "rows-called-nothing"]
    assert problem_text(note, "en") == 'one row that texts calls "-" was left out (row 3)'.replace("one", "1", 1)


def test_a_column_that_must_stand_may_be_called_nothing_in_some_rows() -> None:
    """Complaints that wait for a verdict count for nobody."""
    head = ("agent", "date", "valid")
    rows = [("Ann", "2026-10-02", "Y"), ("Ann", "2026-10-03", "pending"), ("Ann", "2026-10-04", "")]
    found = _import("complaints", [head, *rows], 'columns.valid.texts = { "pending" = "-" }')
    assert found.columns["valid"] == [True]
    (left,) = _warnings(found)
    assert (left.code, left.place.row) == ("value-missing", 4)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "span", ["2026-10-01~2026-10-30", "2026/10/2 - 2026/10/31", "10月1日至31日", "20261008-20261014"]
)
def test_sums_of_a_span_of_days_can_be_taken_for_the_month(span: str, language: str) -> None:
    """Not for its first day: the column is ignored, and the file's month holds."""
    rows = [("Ann", span, "100"), ("Bob", span, "80")]
    (one,) = _warnings(_import("kpis", [("agent", "date", "chats"), *rows]))
    assert one.code == "value-date-span"
    settled = _import("kpis", [("agent", "date", "chats"), *rows], _proposed(one, language))
    assert (settled.columns["value"], _warnings(settled)) == ([Decimal(100), Decimal(80)], [])
    assert set(settled.columns["month"]) == {"2026-10"}


@pytest.mark.parametrize("span", ["2026-10-01~2026-10-31", "2026/10/1 - 2026/10/31", "20261001-20261031"])
def test_a_span_from_the_first_to_the_last_day_is_the_month(span: str) -> None:
    """Nothing is asked; of another month it would be said."""
    found = _import("kpis", [("agent", "date", "chats"), ("Ann", span, "100"), ("Bob", span, "80")])
    assert (found.columns["value"], _warnings(found)) == ([Decimal(100), Decimal(80)], [])
    assert set(found.columns["month"]) == {"2026-10"}


def test_a_span_where_a_moment_must_stand_is_said_without_a_line() -> None:
    """A call without a beginning is none."""
    (one,) = _warnings(_import("interactions", [CALLS, ("c1", "Ann", "2026-10-01~2026-10-07", "1")]))
    assert (one.code, "columns." in problem_fix(one, "en")) == ("value-date-span", False)


def _rated(*scores: str, said: str = "") -> list[Problem]:
    return _warnings(_import("surveys", [SURVEYS, *[("Ann", "2026-10-02", score) for score in scores]], said))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_numbers_off_the_scale_of_ratings_are_asked_about(language: str) -> None:
    """Nobody gives 0, -1 or 99 where all others give 1 to 5; what is written of them settles it, whichever way."""
    scores = ["5", "4", "0", "1", "99", "3", "-1", "5"]
    (one,) = _rated(*scores)
    assert (one.code, one.found, one.parameters["rows"]) == ("ratings-outside", ("-1", "0", "99"), ("4", "6", "8"))
    line = _proposed(one, language)
    settled = _import("surveys", [SURVEYS, *[("Ann", "2026-10-02", score) for score in scores]], line)
    assert (settled.columns["score"], _warnings(settled)) == (list(map(Decimal, (5, 4, 1, 3, 5))), [])
    assert _rated(*scores, said='columns.score.texts = { "0" = 0, "99" = 99, "-1" = -1 }') == []


@pytest.mark.parametrize(
    ("scores", "slip", "scale", "row"),
    [
        (["5", "4", "55", "3"], "55", "5", "4"),
        (["9", "10", "8", "95", "7"], "95", "10", "5"),
        (["88", "194", "90", "76"], "194", "100", "3"),
        (["5"] * 6 + ["4", "3", "7", "2"], "7", "5", "10"),
    ],
)
def test_few_ratings_above_the_scale_of_all_others_are_asked_about(
    scores: Sequence[str], slip: str, scale: str, row: str
) -> None:
    """Of a scale that is only twice as wide it takes more of the others; what is written of them settles it."""
    (one,) = _rated(*scores)
    assert (one.code, one.found, one.parameters["scale"]) == ("ratings-above-scale", slip, scale)
    assert one.parameters["rows"] == row
    settled = _import("surveys", [SURVEYS, *[("Ann", "2026-10-02", score) for score in scores]], _proposed(one, "en"))
    kept = [Decimal(score) for score in scores if score != slip]
    assert (settled.columns["score"], _warnings(settled)) == (kept, [])


def test_other_scales_are_quiet() -> None:
    """From 0 to 10, out of 100, a column of zeros, and 1 to 5 itself."""
    for scores in (["0", "3", "10", "5"], ["88", "99", "95"], ["0", "0", "1"], ["1", "5", "4.5"], ["0", "7", "5", "2"]):
        assert _rated(*scores) == []
    rows = [("Ann", "2026-10-02", score, "10") for score in ("5", "4", "0", "9")]
    assert _warnings(_import("surveys", [(*SURVEYS, "full score"), *rows])) == []


HEADLESS = [("0101", "2026-10-08 09:00", "0:02:00"), ("0101", "2026-10-09 09:00", "0:01:00")]
LENGTHS = [(*CALLS[:3], "talk time"), ("c1", "Ann", "2026-10-08 09:00", "2:23")]
FIGURES = [("agent", "date", "talk time"), ("Ann", "2026-10-08", "2:23"), ("Ann", "2026-10-09", "2:24")]
OTHERS = [
    ("orders", [("客服", "付款时间", "净销售额"), ("王芳", "2026-10-01", "5")], "columns-missing"),
    ("attendance", [("Name", "Card day", "Card time"), ("Ann", "2026-10-04", "09:12")], "only-names-understood"),
    ("surveys", [("工号", "回访日", "满意度评分"), ("1", "2026-10-28", "1")], "days-unused"),
    ("interactions", HEADLESS, "first-row-is-data"),
    ("interactions", LENGTHS, "value-duration-ambiguous"),
    ("kpis", FIGURES, "figures-mostly-unreadable"),
    (
        "kpis",
        [*FIGURES, ("Ann", "2026-10-10", "0:02:25"), ("Ann", "2026-10-11", "0:02:26")],
        "value-duration-ambiguous",
    ),
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("table", "rows", "code"), OTHERS)
def test_lines_that_name_columns_and_units_stand_beside_those_for_words(
    table: str, rows: list[tuple[str, ...]], code: str, language: str
) -> None:
    """All have one form: what is proposed first leaves room for what is proposed next."""
    first = next(one for one in _warnings(_import(table, rows)) if one.code == code)
    fix = problem_fix(first, language)
    lines = fix[fix.index("⏎") :].replace("⏎ ", "\n") if "⏎" in fix else _proposed(first, language)
    more = "columns.channel.texts = { x = 1 }" if table == "interactions" else ""
    settled = _import(table, rows, f"{lines}\n{more}")
    assert code not in {one.code for one in _warnings(settled)}
    assert settled.accepted == len(rows) - (code != "first-row-is-data")


def test_lines_pasted_below_the_section_of_columns_are_meant_there() -> None:
    """Some write [source.columns] with a line for each column; the line that is pasted replaces theirs."""
    said = '[columns]\nscore = "score"\nagent_name = "agent"\ncolumns.score.texts = { "good" = 4 }'
    found = _import("surveys", [SURVEYS, ("Ann", "2026-10-02", "good")], said)
    assert (found.columns["score"], _warnings(found)) == ([Decimal(4)], [])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("said", ["", 'metrics."评价" = { texts = { "中" = 3 } }', 'metrics."*" = "minutes"'])
def test_marks_in_words_among_figures_without_a_name_of_their_own_get_a_line(said: str, language: str) -> None:
    """The column becomes a metric by its header, and its words are said under metrics."""
    rows = [("Ann", "2026-10-02", mark) for mark in ("4", "5", "好", "中")]
    (one,) = _warnings(_import("kpis", [("agent", "date", "评价"), *rows], said))
    assert one.code == ("value-not-a-duration" if "minutes" in said else "value-not-a-number")
    line = _proposed(one, language).replace('= ""', "= 2")
    kept = said if "*" in said else ""
    settled = _import("kpis", [("agent", "date", "评价"), *rows], f"{kept}\n{line}")
    assert (len(settled.columns["value"]), _warnings(settled)) == (4, [])
