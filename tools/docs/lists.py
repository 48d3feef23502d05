"""References made from the declared tables, the shipped profiles and the catalogue of messages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from docs.markdown import cell, code, page, table

ROOT = Path(__file__).resolve().parents[2]
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
PROBLEMS_INTRO = """# 问题代码 · Problem codes

[目录 · Contents](../README.md)

`problems.csv` 和 `--json` 里的 `code`。花括号里的内容在运行时填入；→ 后面是该怎么做。
The `code` of `problems.csv` and `--json`. What stands in braces is filled in at run time; after → stands what to do."""


def tables_page() -> str:
    """The canonical tables with columns, kinds and the headers that are recognised."""
    from csctl.tables import TABLES

    kinds = table(["kind", "what it holds"], ((code(kind), words) for kind, words in KINDS.items()))
    parts = [TABLES_INTRO, "## Kinds", kinds]
    for one in TABLES.values():
        parts += [f"## {one.name}", one.meaning[:1].upper() + one.meaning[1:] + "."]
        dated = f"The month of a row is that of `{one.dated}`." if one.dated else "Its rows belong to no month."
        rows = [
            (
                code(column.name) + (" ●" if column.required else ""),
                str(column.kind),
                cell(column.meaning),
                cell("、".join(column.aliases)),
            )
            for column in one.columns
        ]
        parts += [dated, table(["column", "kind", "meaning", "headers found by themselves"], rows)]
        if one.derived:
            derived = [(code(column.name), str(column.kind), cell(column.meaning)) for column in one.derived]
            parts += ["Derived:", table(["column", "kind", "meaning"], derived)]
    return page("en", *parts)


def profiles_page() -> str:
    """The shipped export formats in both languages."""
    from csctl.readers.mapping.profile import profiles

    parts = [PROFILES_INTRO]
    for one in profiles():
        parts += [f"## {one.id}", f"**{one.label.zh} · {one.label.en}** → `{one.table}`", one.notes.zh, one.notes.en]
        taken = [*one.columns.items()]
        rows = [(code(name), cell("、".join(rule.from_) or "–")) for name, rule in taken if not rule.ignore]
        rows += [(code(name), cell("、".join(rule.headers)) + " (Σ)") for name, rule in one.derive.items()]
        parts.append(table(["列 column", "表头 headers"], rows))
    return page("en", *parts)


def problems_page() -> str:
    """Every problem code with its words, by catalogue."""
    raised = _raised()
    parts = [PROBLEMS_INTRO]
    for file in sorted((ROOT / "csctl" / "messages").glob("*.toml")):
        entries = tomllib.loads(file.read_text("utf-8"))
        known = {name: entry for name, entry in entries.items() if name in raised or "zh_fix" in entry}
        if known:
            rows = [(code(name), _words(entry, "zh"), _words(entry, "en")) for name, entry in known.items()]
            parts += [f"## {file.stem}", table(["code", "中文", "English"], rows)]
    return page("en", *parts)


def _words(entry: dict[str, str], language: str) -> str:
    fix = entry.get(f"{language}_fix")
    return cell(entry[language] + (f" → {fix}" if fix else ""))


def _raised() -> set[str]:
    """Codes that the program makes problems of."""
    return {code for file in sorted((ROOT / "csctl").rglob("*.py")) for code in _codes_in(file.read_text("utf-8"))}


def _codes_in(text: str) -> Iterator[str]:
    yield from re.findall(r'\b(?:error|warning|note|fault)\(\s*"([a-z][a-z0-9.-]+)"', text)
