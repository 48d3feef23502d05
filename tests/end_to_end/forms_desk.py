"""A workspace of three people whose work is mostly judged by people, and hands that fill its forms in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import openpyxl

from csctl.sheets.anchors import HIDDEN
from tests.core.forms.desk import TEXT
from tests.end_to_end.running import csctl

MONTH = "2026-10"
CONFIG = """\
name = "客服一部"
policy = "policy.toml"
language = "zh"

[[source]]
table = "roster"
files = "data/roster.csv"

[[source]]
table = "surveys"
files = "data/{month}/surveys.csv"
"""
TYPED_SOURCE = """
[[source]]
table = "ratings"
files = "data/{month}/评分表.csv"
"""
ROSTER = """\
工号,姓名,组别,岗位,级别,入职日期,直接上级
0001,方静,一组,主管,主管,2020-01-01,
0002,王芳,一组,客服,初级,2024-01-01,方静
0003,李建国,一组,组长,高级,2023-01-01,方静
"""
SURVEYS = """\
工号,提交时间,评分
0002,2026-10-08,92
0002,2026-10-09,93
0003,2026-10-10,80
"""
TYPED_HEAD = ("工号", "姓名", "评分日期", "评分人", "评分角色", "评分项", "评分", "评分说明")
WORDS = {"self": "自评", "superior": "上级", "panel": "评审"}

Answers = Mapping[tuple[str, str, str], tuple[str, str]]
"""Value and reason by role, agent and item."""

ANSWERS: Answers = {
    ("superior", "0002", "沟通技巧"): ("良好", "=语速偏快"),
    ("superior", "0002", "小组协助"): ("26.5", ""),
    ("superior", "0002", "O1 守规"): ("+", "劝住了一位同事"),
    ("superior", "0002", "O2 礼貌"): ("-", ""),
    ("superior", "0002", "问 整洁"): ("否", ""),
    ("superior", "0002", "总结深度"): ("认真", ""),
    ("superior", "0003", "沟通技巧"): ("优秀", ""),
    ("superior", "0003", "小组协助"): ("30", ""),
    ("superior", "0003", "R1 下属"): ("+", ""),
    ("superior", "0003", "满意度"): ("优秀", "漏计两份问卷,\n见邮件"),
    ("self", "0002", "沟通技巧"): ("优秀", "-"),
    ("self", "0002", "小组协助"): ("28", ""),
    ("self", "0002", "O1 守规"): ("0", ""),
}
"""Levels, points, marks of both signs, a question, a figure overruled, and texts that look like formulas."""


def forms_workspace(folder: Path, typed: Answers | None = None) -> Path:
    """Write the workspace into a new folder; with a typed table of ratings if there are any."""
    policy = 'id = "desk"\nlabel = "客服考核"\nversion = "1"\nstate = "reviewed"\n' + TEXT.lstrip()
    files = {"csctl.toml": CONFIG, "policy.toml": policy, "data/roster.csv": ROSTER}
    files[f"data/{MONTH}/surveys.csv"] = SURVEYS
    if typed is not None:
        files["csctl.toml"] += TYPED_SOURCE
        files[f"data/{MONTH}/评分表.csv"] = typed_table(typed)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
    return folder


def typed_table(answers: Answers) -> str:
    """The answers as somebody would type them into a table."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(TYPED_HEAD)
    for (role, agent, item), (value, reason) in answers.items():
        rater = {"0002": "王芳", "0003": "李建国"}[agent] if role == "self" else "方静"
        writer.writerow((agent, "", f"{MONTH}-31", rater, WORDS[role], item, value, reason))
    return buffer.getvalue()


def send(workspace: Path, *options: str) -> Path:
    """Send the forms; where they are."""
    done = csctl("forms", "send", "-w", workspace, "--month", MONTH, *options)
    assert (done.code, done.faults) == (0, []), done.err
    return workspace / "forms" / MONTH / "out"


def fill_in(form: Path, target: Path, answers: Answers) -> None:
    """Write answers into a form as a person would: numbers as numbers, everything else as text."""
    book = openpyxl.load_workbook(form)
    rows = list(book[HIDDEN].iter_rows(values_only=True))
    role = next(row[1] for row in rows if row[0] == "role")
    for _, agent, item, part, sheet, name, *_ in (row[:7] for row in rows if str(row[0]).startswith("csctl_")):
        value, reason = answers.get((str(role), str(agent), str(item)), ("", ""))
        text = value if part == "value" else reason
        if text:
            cell = book[str(sheet)][str(name)]
            number = item == "小组协助" and part == "value"
            cell.value = float(text) if number else text
            cell.data_type = "n" if number else "s"
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)


def fill_all(workspace: Path, answers: Answers = ANSWERS) -> Path:
    """Fill in every form that was sent; where they are now."""
    forms = workspace / "forms" / MONTH
    for form in sorted((forms / "out").glob("*.xlsx")):
        fill_in(form, forms / "in" / f"{form.stem} 已填.xlsx", answers)
    return forms / "in"


def scores(workspace: Path) -> list[object]:
    """Every score and score line of the month, with nothing about where it was read."""
    done = csctl("check", "-w", workspace, "--month", MONTH, "--json")
    assert "scoreboard" in done.data, done.out
    return [done.data["scoreboard"], done.data["score_lines"]]
