"""What a workspace says about its exports: which files, which canonical table, which header is which column."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from csctl.headers import lettered
from csctl.policy.parts import Number, Part, fault

Unit = Literal[
    "milliseconds", "seconds", "minutes", "hours", "days", "%", "percent", "‰", "share",
    "元", "千元", "万元", "百万元", "亿元",
]  # fmt: skip

FIRST, LAST = "grid.first", "grid.last"
PUNCHES = {"in_at": FIRST, "out_at": LAST}
"""Canonical columns that the times of a cell fill, where the source does not say otherwise."""


MOST_PATTERN = 400
"""Characters of a glob."""
_DRIVE = re.compile(r"[A-Za-z]:")


def _inside(written: str) -> str:
    """A glob of files below the workspace's folder; a backslash stands between folders, as on Windows."""
    pattern = written.replace("\\", "/")
    parts = pattern.split("/")
    outside = pattern.startswith("/") or _DRIVE.match(pattern) or ".." in parts
    if outside or not pattern.isprintable() or len(pattern) > MOST_PATTERN or not set(parts) - {"", "."}:
        raise fault("files-not-inside", most=str(MOST_PATTERN))
    return pattern


Pattern = Annotated[str, AfterValidator(_inside)]
"""Which files of a workspace, by their names; nothing outside its folder."""


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


def _placed(value: object) -> object:
    """A number is the place of a column, counted from 1; any other value stays."""
    counts = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MOST_COLUMNS
    return lettered(value - 1) if counts and isinstance(value, int) else value


def _headers(value: object) -> object:
    return tuple(map(_placed, value)) if isinstance(value, list | tuple) else _listed(_placed(value))


def _as_text(value: object) -> object:
    """A number or a true that stands to the right of a text's sign is what the cell says instead."""
    return str(value) if isinstance(value, bool | int | Decimal) else value


_MOST_COLUMNS = 16_384

Meant = Annotated[str, BeforeValidator(_as_text)]
"""What is read in the place of a cell's text."""

Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One text or a list of texts."""

Headers = Annotated[tuple[str, ...], BeforeValidator(_headers), Field(min_length=1)]
"""At least one header; a number is a column by its place, and becomes its letter: 2 is ``@B``."""


class CellTest(Part):
    """What the cell of a row must be for a filter: one of some texts, or filled in, or empty."""

    texts: Names = Field((), description="the texts it may have; case, width and spaces do not matter")
    known: bool | None = Field(None, description="true: something stands there; false: nothing, or a mark of nothing "
                               "such as `--` and `N/A`")  # fmt: skip


class WithinRule(Part):
    """Which time counts of that between two moments: hours of the day, and of which days."""

    hours: Names = Field((), description="hours of each day: `09:00-18:00`, or a list; all of them if none is said")
    days: Literal["workdays"] | None = Field(
        None,
        description="`workdays`: only days that the working-day calendar has as such, those made up for at a weekend "
        "too; else every day",
    )


def _as_within(value: object) -> object:
    return value if isinstance(value, dict | WithinRule) else {"hours": value}


Within = Annotated[WithinRule, BeforeValidator(_as_within)]
"""Hours, and of which days; a plain text or a list are the hours of every day."""


def _as_test(value: object) -> object:
    return value if isinstance(value, dict | CellTest) else {"texts": value}


Test = Annotated[CellTest, BeforeValidator(_as_test)]
"""A test of a cell; a plain text or a list are the texts."""


class ColumnRule(Part):
    """Where one canonical column comes from, and how its cells are to be read."""

    from_: Headers = Field((), alias="from", description="header of the column; of several, the first that is found; "
                           "`日期 + 时间` joins a day and a time; `@B` or 2 is a column by its place")  # fmt: skip
    since: Headers = Field((), description="of a length of time: `from` is a moment, this is an earlier one, and "
                           "the time between the two counts")  # fmt: skip
    within: Within | None = Field(None, description="with `since`: only these hours of each day count, weekends and "
                                  "holidays too: `09:00-18:00`, or a list; `{ hours = …, days = \"workdays\" }`: "
                                  "only those of workdays")  # fmt: skip
    written: Headers = Field((), description="with `since`: headers of the length itself, which counts where it is "
                             "written; empty cells are filled from the moments if rows with both agree")  # fmt: skip
    join: Headers = Field((), description="of a text: several headers whose texts are one, with a blank between them; "
                          "none between Chinese ones")  # fmt: skip
    several: Names = Field((), description="of an agent: the sign between people who share a row, such as `、`, or a "
                           "list of signs; each of them has the row")  # fmt: skip
    filled: bool = Field(False, description="of several headers, in each row the first that is filled in")
    sum: bool = Field(False, description="of several headers of figures, in each row all that are filled in are one "
                      "sum, each in its own unit")  # fmt: skip
    value: str | None = Field(None, description="a constant for every row, where no header of `from` is there")
    above: Headers = Field((), description="labels above the table, as on a form: what stands behind the first that is "
                           "there holds for every row of the sheet, unless a header of `from` is there")  # fmt: skip
    unit: Unit | None = Field(None, description="what bare numbers count, whatever the header says")
    format: str | None = Field(None, description="how dates are written that could mean two days: the order `d/m/y`, "
                               "`m/d/y`, `y/m/d`, `m/d` or `d/m`, or a strptime format such as %d/%m/%Y")  # fmt: skip
    texts: dict[str, Meant] | None = Field(
        None, description='cell texts and what to read instead: {"满意" = 5}; "-" for nothing'
    )
    digits: int | None = Field(None, ge=1, le=20, description="numbers of staff or orders made of figures alone get so "
                               "many: zeros in front are cut off or added, 00000012 is 0012")  # fmt: skip
    ignore: bool = Field(False, description="leave the column empty although a header would match")
    optional: bool = Field(False, description="the file may lack the header; set for columns of a profile")


class MetricRule(Part):
    """How the cells of one column of figures are to be read."""

    unit: Unit | None = Field(None, description="what bare numbers count, whatever the header says")
    texts: dict[str, Meant] | None = Field(None, description='cell texts and what to read instead: {"优" = 5}')


def _as_metric(value: object) -> object:
    return {"unit": value} if isinstance(value, str) else value


Metrics = Annotated[MetricRule, BeforeValidator(_as_metric)]
"""A rule of a column of figures; a plain text is its unit."""


def _as_rule(value: object) -> object:
    return {"from": value} if isinstance(value, str | int | list) and not isinstance(value, bool) else value


Rule = Annotated[ColumnRule, BeforeValidator(_as_rule)]
"""A rule; a plain text is the header, a list several headers, a number a column by its place."""


class DeriveRule(Part):
    """A canonical column counted from cell texts: how many of the listed columns hold one of the texts."""

    headers: Headers = Field(description="headers to look at, `*` stands for any text: 上班*打卡结果")
    contains: Names = Field((), description="a cell counts if it contains one of these; if empty, if it is filled")
    lacks: Names = Field((), description="a cell that contains one of these does not count")
    weight: Number = Field(Decimal(1), description="what one cell counts")
    when_any: bool = Field(False, description="count once per row however many cells match")
    unless: Names = Field((), description="canonical columns: a row that has 1 or more in one of them counts nothing")
    check: Literal["both", "more"] | None = Field(
        None,
        description="where the file has the column itself, its figure counts, an empty cell is counted from the texts, "
        "and a difference is said: `both`; only where the texts count more: `more`",
    )


def _level(value: object) -> object:
    """Lines that begin with ``columns.`` and were pasted below ``[source.columns]`` are meant like the others there."""
    inner = value.get("columns") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(inner, dict):
        return value
    return {name: rule for name, rule in value.items() if name != "columns"} | inner


Rules = Annotated[dict[str, Rule], BeforeValidator(_level)]
"""Rules by canonical column, none of which is called ``columns``."""


def _codes_level(value: object) -> object:
    """Lines that begin with ``codes.`` and were pasted below ``[source.codes]`` are meant like the others there."""
    inner = value.get("codes") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(inner, dict):
        return value
    if not any(isinstance(one, dict) for one in inner.values()):
        return value
    return {text: values for text, values in value.items() if text != "codes"} | inner


STAR = "*"
"""In a code the place of an amount, and in its values that amount."""

Codes = Annotated[dict[str, dict[str, Meant]], BeforeValidator(_codes_level)]
"""By the text of a cell, values of canonical columns."""


class _Shape(Part):
    columns: Rules = Field({}, description="canonical column = header, or a rule")
    derive: dict[str, DeriveRule] = Field({}, description="canonical columns counted from cell texts")
    keep: dict[str, Test] = Field({}, description="only rows in which this header has one of these texts; "
                                   "`{ known = true }`: is filled in, `{ known = false }`: is not")  # fmt: skip
    leave_out: dict[str, Test] = Field({}, description="rows in which this header has one of these texts, or is "
                                        "`{ known = false }`, do not count; `[]`: all do, subtotals too")  # fmt: skip
    hidden_rows: Literal["count", "leave_out"] | None = Field(
        None, description="whether rows that a filter or somebody has hidden in a workbook count; else they do, and a "
        "warning names them")  # fmt: skip
    key: str | None = Field(None, description="header of a number of which rows with the same one count once: the "
                            "first that is filled in")  # fmt: skip
    melt: bool = Field(False, description="every other numeric column becomes rows of metric and value (kpis)")
    metrics: dict[str, Metrics] = Field({}, description="unit of a column of figures that becomes a metric, by its "
                                        "header, `*` stands for any text")  # fmt: skip
    sheet: Names = Field((), description="name of the sheet, a list of names, or with `*` a pattern: all of them are "
                         "read; else the one with the best headers, and all others of its kind")  # fmt: skip
    header: Literal["none"] | None = Field(None, description="the file has no header: data begin in its first row, "
                                           "and `columns` gives places from 1")  # fmt: skip
    header_row: int | None = Field(None, ge=1, description="row of the (lower) header; else it is searched")
    encoding: str | None = Field(None, description="encoding of a text file; else it is recognised")
    decimal: Literal[".", ","] | None = Field(None, description="decimal mark of its figures; else they tell it")
    shape: Literal["days", "people", "blocks"] | None = Field(
        None,
        description="`days`: a column for each day; every person and day becomes a row, with `grid.day`, `grid.text`, "
        "and of the times in the cell `grid.first` and `grid.last`, as headers for `columns`. `people`: a column for "
        "each person; columns and rows are exchanged, and the names stand under `grid.people` if nothing heads them. "
        "`blocks`: a little table below labels for each person; what the labels say stands in every row of the block",
    )
    codes: Codes = Field({}, description='with `shape = "days"`, what the words in cells say, as values of canonical '
                         'columns: {"休" = { shift = "休息" }, "事假*" = { personal_leave_days = "*" }}; `*` is an '
                         "amount; `{}` says nothing")  # fmt: skip
    day_ends: str | None = Field(None, pattern="^(0?[0-9]|1[01]):[0-5][0-9]$", description="hour until which punches "
                                 "belong to the day before, such as `04:00`")  # fmt: skip


class Source(_Shape):
    """One kind of export of a workspace."""

    table: str = Field(description="canonical table its rows belong to")
    files: Pattern = Field(description="glob of its files; {month} stands for 2026-10, {yyyy} and one of {mm}, {m}, "
                           "{mmm}, {mmmm} for 2026 and 09, 9, Sep, September")  # fmt: skip
    profile: str | None = Field(None, description="a shipped export format whose mapping it inherits")
    beside: bool = Field(False, description="its rows count beside equal ones of other files: nothing is compared")
    optional: bool = Field(False, description="a month may be without a file: then nothing happened")


class Words(Part):
    """One text in both languages."""

    zh: str
    en: str


class Need(Part):
    """A line that a source must write beside the name of its profile, and when."""

    line: str = Field(description="the line, as it stands in a source")
    when: Words = Field(description="in which files it is needed")


class Profile(_Shape):
    """A known export format: a source without files."""

    id: str = Field(description="name by which a source calls it")
    label: Words = Field(description="the system and the report")
    notes: Words = Field(description="how the export is made, what it holds and what it lacks")
    table: str = Field(description="canonical table its rows belong to")
    needs: Annotated[tuple[Need, ...], BeforeValidator(_listed)] = Field(
        (), description="what it cannot know by itself"
    )

    @model_validator(mode="after")
    def _named_plainly(self) -> Profile:
        if not self.id.replace("-", "").isalnum():
            raise ValueError(f"a profile's id is made of letters, digits and hyphens: {self.id}")
        return self
