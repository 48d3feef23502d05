"""References made from the declared tables, the shipped profiles and the catalogue of messages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from csctl.core.records.advice import CHECKS
from csctl.messages import LANGUAGES, catalogue, one_line, say
from csctl.messages.declared import Declaration
from csctl.readers.columns.source import PUNCHES, ColumnRule, Profile
from csctl.tables import TABLES, Column, NoRow, Stated, Table
from docs.markdown import cell, code, page, table
from docs.shapes import shapes_table

WITHOUT_ROW = {
    NoRow.PRESENCE: "nothing is known, and every figure is missing",
    NoRow.HAPPENING: "nothing happened",
    NoRow.ACTIVITY: "counts are 0, means and shares are missing, and it is said if most others have rows",
}

STATED = {
    Stated.EACH: "every figure is missing, and it is said if most others have rows",
    Stated.ALWAYS: "the figure is missing",
}

TABLES_INTRO = """# Canonical tables

[Contents](../README.md) · [Map your own export](../en/sources.md) · [接入自己的导出表](../zh/sources.md)

Every export becomes rows of one of these tables. A header in the list *headers found by themselves* needs no mapping,
in any spelling that differs only in width, case, spaces or a unit in brackets; any other is named under `columns`.
A column marked ● must be found in the file; of a row about an agent, `agent_id` or `agent_name`. *Derived* columns are
computed; measures may use them, exports cannot give them."""
KINDS = {
    "text": "any text",
    "id": "text that identifies: leading zeros and 18 digits are kept",
    "flag": "yes or no: 是/否, Y/N, true/false, 1/0, ✓",
    "count": "whole number",
    "number": "number, 4 places kept",
    "ratio": "share from 0 to 1; `99.71%` and `0.9971` are the same",
    "seconds": "duration: `2分30秒`, `0:02:30`, `150`; 3 places kept",
    "money": "yuan, 2 places kept: `1,234.50元`",
    "date": "day",
    "moment": "local date and time",
}
PROFILES_INTRO = """# 导出格式 · Profiles

[目录 · Contents](../README.md)

csctl 认得的导出格式；在 `csctl.toml` 的来源里写 `profile = "…"`。标 Σ 的由这些列数出来。
Export formats csctl knows; write `profile = "…"` in a source of `csctl.toml`. What is marked Σ is counted from those
columns."""
SYSTEMS = """## 已知的系统 · Known systems

每一行都有测试：按该系统的写法由事实生成导出表，读出来必须还是那些事实，没有任何警告。不用写映射就读入的列见第四列；最后一列是文件
里看不出、要在来源里写的一行。其他系统的表按表头读取，见[接入自己的导出表](../zh/sources.md)。
Each row is held by a test: exports written from facts as that system writes them must be read as these facts, without a
warning. The fourth column is what is read without a mapping; the last one what no file says, and is to be written in
the source. Exports of other systems are read by their headers: see [Map your own export](../en/sources.md)."""
SYSTEMS_HEADS = ["系统 system", "profile", "表 table", "直接读入 read as it is", "要写的行 lines to write"]
PROBLEMS_INTRO = """# 问题代码 · Problem codes

[目录 · Contents](../README.md)

`problems.csv` 和 `--json` 里的 `code`。花括号里的内容在运行时填入；→ 后面是该怎么做；斜体是一个例子，前面是位置。
错误：不写任何文件，退出码 2；警告：运行继续，计入问题数；说明：csctl 自己作了什么决定，不计数。
The `code` of `problems.csv` and `--json`. What stands in braces is filled in at run time; after → stands what to do; in
italics an example, with its place. An error stops the run: nothing is written, exit code 2. A warning is counted, and
the run goes on. A note says what csctl decided by itself; it is not counted."""
PROBLEM_HEADS = ("code", "中文", "English")
EXAMPLE = {"zh": "例：", "en": "Such as: "}
LAW_INTRO = """法律检查的提示，不是问题：不计数，不影响退出码。
Hints of the law checks are no problems: they are not counted and change no exit code."""


def tables_page() -> str:
    """The canonical tables with columns, kinds and the headers that are recognised."""
    kinds = table(["kind", "what it holds"], ((code(kind), words) for kind, words in KINDS.items()))
    parts = [TABLES_INTRO, "## Kinds", kinds]
    for one in TABLES.values():
        parts += [f"## {one.name}", one.meaning[:1].upper() + one.meaning[1:] + "."]
        dated = f"The month of a row is that of `{one.dated}`." if one.dated else "Its rows belong to no month."
        rows = [
            (
                code(column.name) + _needed(column),
                str(column.kind),
                cell(column.meaning),
                cell("、".join(column.aliases)),
            )
            for column in one.columns
        ]
        parts += [dated + _without_row(one), table(["column", "kind", "meaning", "headers found by themselves"], rows)]
        if one.derived:
            derived = [(code(column.name), str(column.kind), cell(column.meaning)) for column in one.derived]
            parts += ["Derived:", table(["column", "kind", "meaning"], derived)]
    return page("en", *parts)


def _without_row(one: Table) -> str:
    if not one.has_agents or one.name == "roster":
        return ""
    return f" Somebody without a row: {STATED.get(one.stated, WITHOUT_ROW[one.no_row])}."


def _needed(column: Column) -> str:
    """The mark of a column that must be found, and what may be there instead."""
    if not column.required:
        return ""
    return f" ● or {code(column.alternative)}" if column.alternative else " ●"


def profiles_page() -> str:
    """The shipped export formats in both languages: a table of all, then each with its headers."""
    from csctl.readers.columns.profile import profiles

    parts = [PROFILES_INTRO, SYSTEMS, table(SYSTEMS_HEADS, map(_system, profiles())), *shapes_table()]
    for one in profiles():
        parts += [f"## {one.id}", f"**{one.label.zh} · {one.label.en}** → `{one.table}`", one.notes.zh, one.notes.en]
        taken = [*one.columns.items()]
        rows = [(code(name), cell(_headers(rule))) for name, rule in taken if not rule.ignore]
        rows += [(code(name), cell("、".join(rule.headers)) + " (Σ)") for name, rule in one.derive.items()]
        parts.append(table(["列 column", "表头 headers"], rows))
    return page("en", *parts)


def _system(one: Profile) -> tuple[str, ...]:
    """A row of the table of known systems."""
    read = [name for name, rule in one.columns.items() if not rule.ignore] + list(one.derive)
    read += [TABLES[one.table].dated or "", *PUNCHES] if one.shape == "days" else []
    figures = ["每个数字列 every figure"] if one.melt else []
    lines = [f"{code(need.line)}<br>{cell(need.when.zh)}；{cell(need.when.en)}" for need in one.needs]
    return (
        f"{cell(one.label.zh)}<br>{cell(one.label.en)}",
        f"[{one.id}](#{one.id})",
        code(one.table),
        ", ".join([*map(code, read), *figures]),
        "<br>".join(lines) or "–",
    )


def _headers(rule: ColumnRule) -> str:
    """Where a column comes from."""
    if rule.since:
        written = f"；{'、'.join(rule.written)}" if rule.written else ""
        return f"{'、'.join(rule.since)} → {'、'.join(rule.from_)}{written}"
    headers = (" + " if rule.sum else "、").join(rule.from_)
    return "；".join(part for part in (headers, f"= {rule.value}" if rule.value else "") if part) or "–"


def problems_page() -> str:
    """Every problem by area: code, severity, words, remedy and an example; then the hints of the law checks."""
    from csctl.messages.declared import areas

    parts = [PROBLEMS_INTRO]
    for area, declared in areas().items():
        rows = [
            (f"{code(name)} {_severity(one)}", *(_words(one.words, one, language) for language in LANGUAGES))
            for name, one in declared.items()
        ]
        parts += [f"## {area}", table(PROBLEM_HEADS, rows)]
    hints = [(name, entry) for name, entry in catalogue().items() if "zh_fix" in entry and name in CHECKS]
    rows = [(code(name), *(_words(entry, None, language) for language in LANGUAGES)) for name, entry in hints]
    return page("en", *parts, "## law", LAW_INTRO, table(PROBLEM_HEADS, rows))


def _severity(one: Declaration) -> str:
    return "<br>" + " ".join(say(f"severity.{one.severity}", language) for language in LANGUAGES)


def many(text: str) -> str:
    """A message as it reads of several things: ``{count:row|rows}`` is *rows*, ``{found:@table}`` the blank."""
    return re.sub(r"\{\w+:[^|{}]*\|([^{}]*)\}", r"\1", text.replace(":@table}", "}"))


def _words(words: Mapping[str, str], one: Declaration | None, language: str) -> str:
    """Words and remedy; below them how a problem of this kind is told, where that is more than its words."""
    fix = words.get(f"{language}_fix")
    said = cell(many(words[language]) + (f" → {many(fix)}" if fix else ""))
    if one is None or not (one.blanks or one.place.file):
        return said
    return f"{said}<br>*{EXAMPLE[language]}{cell(one_line(one.example, language))}*"
