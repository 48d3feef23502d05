"""``report.xlsx``: the figures of the report as tables, each with a native chart on its own cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from csctl.core.records.marks import marks_text
from csctl.core.records.result import MonthResult
from csctl.core.scoring.grades import grade_text
from csctl.messages import problem_fix, problem_text, say
from csctl.money import from_cents, round_half_up
from csctl.reports.changes import Reason, moved
from csctl.reports.fates_view import fate_heads, fate_name, fate_numbers, table_name
from csctl.reports.figures import round_span
from csctl.reports.readings_view import reading_heads, reading_lines
from csctl.reports.trends import Series, months_shown, score_trends, team_trends
from csctl.reports.view import Listed, ReportInput, board, heat, marks_by_agent, pay_by_kind, quality
from csctl.reports.waterfall import waterfall
from csctl.reports.weekly import Weekly
from csctl.reports.words import currency_word, kind_word, name_of, unit_word, word
from csctl.workbook.charted import Cell, ChartBook, ChartSheet, ChartTable
from csctl.workbook.looks import Look

COLOURS = {
    "base": "#6B7F99", "unworked": "#B4633A", "overtime": "#5B8FA8", "allowance": "#9AA34B",
    "performance": "#3F6FB5", "commission": "#4B9E5F", "piece": "#7FB069", "guarantee": "#8B6FB3",
    "bonus": "#2F7FBF", "award": "#2A8C78", "cut": "#9B5D73", "manual": "#5F8F8A",
    "compensation": "#8A6D3B", "fine": "#A33A22", "rounding": "#A9ABAF", "correction": "#77797D",
}  # fmt: skip
"""Of each kind of pay line, on light paper."""
_ACCENT, _SUM, _LESS = "#2F7FBF", "#5D6675", "#2A8C78"


def report_book(given: ReportInput, weeks: Weekly | None = None) -> bytes:
    """The workbook; with ``weeks``, a sheet of them. It names everybody and every amount, as the page does."""
    book = ChartBook(given.result.month.first)
    _board(book, given)
    _heat(book, given)
    _trends(book, given)
    _pools(book, given)
    _composition(book, given)
    _moved(book, given)
    _causes(book, given)
    if weeks is not None:
        _weekly(book, given.result, weeks, given.language)
    _data(book, given)
    _files(book, given)
    _columns(book, given)
    return book.content()


def week_book(result: MonthResult, weeks: Weekly, language: str) -> bytes:
    """The measures of some weeks alone."""
    book = ChartBook(result.month.first)
    _weekly(book, result, weeks, language)
    return book.content()


def _heading(name: str, result: MonthResult, language: str) -> str:
    return f"{word(name, language)} · {result.month} · {result.policy.label}"


def _yuan(cents: int | None) -> Decimal | None:
    return None if cents is None else from_cents(cents)


def _times(look: Look, columns: int) -> list[Look]:
    """The same look for so many columns."""
    return [look for _ in range(columns)]


def _solid(colour: str) -> dict[str, Any]:
    return {"fill": {"color": colour}, "border": {"none": True}}


def _board(book: ChartBook, given: ReportInput) -> None:
    result, language = given.result, given.language
    rows = board(result, given.previous)
    names = ["rank", "name", "group", "level", "score", "change", "grade"]
    heads = [word(name, language) for name in names]
    looks: list[Look] = ["count", "text", "text", "text", "points", "points", "text"]
    if result.policy.pay is not None:
        currency = currency_word(result.policy, language)
        heads += [word("pay", language, currency=currency), word("change", language)]
        looks += ["money", "money"]
    cells: list[list[Cell]] = [
        [
            one.row.score.rank, name_of(one.row.agent), one.row.agent.group, one.row.agent.level,
            one.row.score.score, one.score_change, grade_text(one.row.score, language), _yuan(one.row.pay_cents),
            _yuan(one.pay_change_cents),
        ][: len(heads)]
        for one in rows
    ]  # fmt: skip
    if marks := marks_by_agent(result):
        heads.append(word("marked", language))
        looks.append("text")
        texts = (marks_text(marks.get(one.row.agent.agent_id, ()), language) for one in rows)
        cells = [[*row, text] for row, text in zip(cells, texts, strict=True)]
    sheet = book.sheet(word("page-board", language), _heading("scoreboard", result, language))
    put = sheet.table(ChartTable(heads, looks, cells), frozen=2)
    scored = sum(one.row.score.score is not None for one in rows)
    if scored:
        put = replace(put, last=put.first + scored - 1)
        series = {"name": put.head_of(4), "categories": put.column(1), "values": put.column(4), **_solid(_ACCENT)}
        sheet.chart({"type": "bar"}, [series | {"data_labels": {"value": True}}], word("spread", language), scored + 5)


def _heat(book: ChartBook, given: ReportInput) -> None:
    found, language = heat(given.result), given.language
    if not found.rows:
        return
    looks: list[Look] = ["text", *_times("share", len(found.columns))]
    rows: list[list[Cell]] = [
        [
            name_of(agent),
            *(None if cell is None or cell.share is None else round_half_up(cell.share, 4) for cell in cells),
        ]
        for agent, cells in found.rows
    ]
    heading = _heading("heat", given.result, language)
    sheet = book.sheet(word("page-heat", language), heading, word("share-of-points", language))
    put = sheet.table(
        ChartTable([word("name", language), *(label for _, label, _ in found.columns)], looks, rows, gaps=True),
        frozen=1,
    )
    sheet.shades(put, 1, len(found.columns))


def _trends(book: ChartBook, given: ReportInput) -> None:
    months, language = months_shown(given.result, given.past), given.language
    if len(months) < 2:
        return
    sheet = book.sheet(word("page-trends", language), _heading("trends", given.result, language))
    names = [str(one.month) for one in months]
    people, team = score_trends(months), team_trends(months, language)
    if people:
        _trends_of_people(sheet, people, names, language)
    put = sheet.table(_by_month(team, names, "number", language))
    for at, one in enumerate(team):
        series = {"name": put.name_of(at), "categories": put.heads(), "values": put.row(at), **_solid(_ACCENT)}
        title = word("with-unit", language, label=one.label, unit=unit_word(one.unit, language))
        sheet.chart({"type": "column"}, [series], f"{word('trends-team', language)} · {title}", 9)


def _trends_of_people(sheet: ChartSheet, people: Sequence[Series], months: Sequence[str], language: str) -> None:
    put = sheet.table(_by_month(people, months, "points", language))
    lines = [
        {"name": put.name_of(at), "categories": put.heads(), "values": put.row(at), "marker": {"type": "circle"}}
        for at in range(len(people))
    ]
    low, _ = round_span([value for one in people for value in one.values if value is not None], 10)
    sheet.chart({"type": "line"}, lines, word("trends-people", language), 20, low=low)


def _by_month(series: Sequence[Series], months: Sequence[str], look: Look, language: str) -> ChartTable:
    """Series down, months across."""
    rows: list[list[Cell]] = [[f"{one.label} {one.about}".strip(), *one.values] for one in series]
    return ChartTable([word("name", language), *months], ["text", *_times(look, len(months))], rows)


def _pools(book: ChartBook, given: ReportInput) -> None:
    language, pools = given.language, given.result.pools
    names = {agent.agent_id: name_of(agent) for agent in given.result.agents}
    for number, pool in enumerate(pools, start=1):
        title = word("page-pool", language) + (f" {number}" if len(pools) > 1 else "")
        steps = waterfall(pool, names, language)
        rows: list[list[Cell]] = [
            [
                step.label,
                _yuan(0 if step.kind == "total" else min(step.start_cents, step.end_cents)),
                _yuan(step.end_cents) if step.kind == "total" else None,
                _yuan(step.end_cents - step.start_cents) if step.kind == "tier" else None,
                _yuan(step.start_cents - step.end_cents) if step.kind in ("kept", "share") else None,
            ]
            for step in steps
        ]
        heads = [word(name, language) for name in ("step", "start", "sum", "up", "down")]
        sheet = book.sheet(title, f"{_heading('pool', given.result, language)} · {pool.label}")
        put = sheet.table(ChartTable(heads, ["text", "money", "money", "money", "money"], rows), frozen=1)
        looks: list[dict[str, Any]] = [
            {"fill": {"none": True}, "border": {"none": True}}, _solid(_SUM), _solid(_ACCENT), _solid(_LESS)
        ]  # fmt: skip
        series = [
            {"name": put.head_of(at), "categories": put.column(0), "values": put.column(at), "gap": 40, **look}
            for at, look in enumerate(looks, start=1)
        ]
        sheet.chart({"type": "bar", "subtype": "stacked"}, series, word("pool", language), len(steps) + 6, legend=False)


def _composition(book: ChartBook, given: ReportInput) -> None:
    parts, language = pay_by_kind(given.result), given.language
    if not parts:
        return
    kinds = list(next(iter(parts.values())))
    names = {agent.agent_id: name_of(agent) for agent in given.result.agents}
    rows: list[list[Cell]] = [
        [names.get(agent, agent), *(from_cents(own[kind]) for kind in kinds), from_cents(sum(own.values()))]
        for agent, own in parts.items()
    ]
    total = word("pay", language, currency=currency_word(given.result.policy, language))
    heads = [word("name", language), *(kind_word(kind, language) for kind in kinds), total]
    sheet = book.sheet(word("page-pay", language), _heading("composition", given.result, language))
    looks: list[Look] = ["text", *_times("money", len(kinds) + 1)]
    put = sheet.table(ChartTable(heads, looks, rows), frozen=1)
    series = [
        {
            "name": put.head_of(at), "categories": put.column(0), "values": put.column(at), "gap": 50,
            **_solid(COLOURS[kind]),
        }
        for at, kind in enumerate(kinds, start=1)
    ]  # fmt: skip
    sheet.chart({"type": "bar", "subtype": "stacked"}, series, word("composition", language), len(rows) + 6)


def _moved(book: ChartBook, given: ReportInput) -> None:
    language = given.language
    found = moved(given.result, given.previous)
    if not found:
        return
    rows: list[list[Cell]] = []
    for one in found:
        name = name_of(one.agent)
        before, now = _yuan(one.pay_before_cents), _yuan(one.pay_cents)
        rows += [[name, word("score", language), one.score_before, one.score, *_why(why)] for why in one.score_reasons]
        pay = word("pay", language, currency=currency_word(given.result.policy, language))
        rows += [[name, pay, before, now, *_why(why)] for why in one.pay_reasons]
    heads = [word(name, language) for name in ("name", "kind", "before", "now", "line", "change")]
    sheet = book.sheet(word("page-moved", language), _heading("moved", given.result, language))
    sheet.table(ChartTable(heads, ["text", "text", "money", "money", "wrap", "money"], rows), frozen=1)


def _why(reason: Reason) -> list[Cell]:
    return [reason.label, reason.change]


def _causes(book: ChartBook, given: ReportInput) -> None:
    language = given.language
    if not given.listed:
        return
    sheet = book.sheet(word("page-causes", language), _heading("causes", given.result, language))
    for one in given.listed:
        put = sheet.table(_listed(one, language))
        series = {"name": put.head_of(1), "categories": put.column(0), "values": put.column(1), **_solid(_ACCENT)}
        rows = len(one.values) + 5
        sheet.chart({"type": "bar"}, [series | {"data_labels": {"value": True}}], one.label.lstrip("="), rows)


def _listed(one: Listed, language: str) -> ChartTable:
    heads = [one.label, word("count", language), word("part", language)]
    rows: list[list[Cell]] = [
        [value, count, round_half_up(Decimal(count) / one.total, 4)] for value, count in one.values
    ]
    return ChartTable(heads, ["wrap", "count", "share"], rows)


def _weekly(book: ChartBook, result: MonthResult, weeks: Weekly, language: str) -> None:
    """One line for the team and each agent of every measure, weeks across."""
    heads = [word(name, language) for name in ("measure", "unit", "name")]
    heads += [f"{week.name} ({week.first:%m-%d}…{week.last:%m-%d})" for week in weeks.weeks]
    rows: list[list[Cell]] = []
    for one in weeks.figures:
        unit = unit_word(one.unit, language)
        if any(value is not None for value in one.of_team):
            rows.append([one.label, unit, word("team", language), *one.of_team])
        rows += [[one.label, unit, name_of(agent), *one.of_agents[agent.agent_id]] for agent in weeks.agents]
    looks: list[Look] = [*_times("text", 3), *_times("number", len(weeks.weeks))]
    remark = word("weekly-left-out", language, names=weeks.left_out) if weeks.left_out else ""
    sheet = book.sheet(word("page-weekly", language), _heading("weekly", result, language), remark)
    sheet.table(ChartTable(heads, looks, rows), frozen=3)


def _data(book: ChartBook, given: ReportInput) -> None:
    language = given.language
    sheet = book.sheet(word("page-data", language), _heading("data", given.result, language))
    rows: list[list[Cell]] = [
        [
            say(f"severity.{line.first.severity}", language), problem_text(line.first, language),
            problem_fix(line.first, language), line.count, "\n".join(line.files),
        ]
        for line in quality(given.problems)
    ]  # fmt: skip
    heads = [word(name, language) for name in ("severity", "what", "remedy", "count", "file")]
    looks: list[Look] = ["text", "wrap", "wrap", "count", "wrap"]
    nothing: list[Cell] = [None, say("screen-no-problems", language), None, None, None]
    sheet.table(ChartTable(heads, looks, rows or [nothing]), frozen=0)


def _files(book: ChartBook, given: ReportInput) -> None:
    """What became of every row, file by file; of older months only what counted."""
    language, fates = given.language, given.result.coverage
    sheet = book.sheet(word("page-files", language), _heading("fates", given.result, language))
    rows: list[list[Cell]]
    if fates:
        rows = [[fate_name(one), one.table, *numbers] for one, numbers in zip(fates, fate_numbers(fates), strict=True)]
        heads = [word("file", language), word("table", language), *fate_heads(fates, language)]
        sheet.table(ChartTable(heads, ["wrap", "text", *_times("count", len(heads) - 2)], rows), frozen=1)
        return
    rows = [[one.file, one.table, one.accepted, one.rejected] for one in given.inputs]
    heads = [word(name, language) for name in ("file", "table", "accepted", "rejected")]
    sheet.table(ChartTable(heads, ["wrap", "text", "count", "count"], rows), frozen=1)


def _columns(book: ChartBook, given: ReportInput) -> None:
    """What every column was read as."""
    language = given.language
    lines = reading_lines(given.readings, language)
    if not lines:
        return
    sheet = book.sheet(word("page-columns", language), _heading("readings", given.result, language))
    heads = [word("file", language), *reading_heads(language)]
    rows: list[list[Cell]] = [[table_name(one.file.rpartition("/")[2], one.sheet), *one.cells] for one in lines]
    sheet.table(ChartTable(heads, _times("fold", len(heads)), rows), frozen=2)
