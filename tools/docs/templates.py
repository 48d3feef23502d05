"""The reference of templates: every placeholder with its meaning, and the labels by which a company's form is known."""

from __future__ import annotations

from collections.abc import Iterable

from csctl.messages import LANGUAGES, catalogue, say
from csctl.sheets.form_fields import LINE_FIELDS
from csctl.sheets.form_values import INTERVIEW_FIELDS
from docs.markdown import cell, code, page, table

INTRO = """# 模板 · Templates

[目录 · Contents](../README.md) · [出来的每个文件](../zh/files.md#2-考核表) ·
[Each file that comes out](../en/files.md#2-the-performance-sheet)

绩效表和证书的模板是普通的 `.xlsx`：写着 `{{占位符}}` 的单元格会填上数字或文字；格式、合并单元格、图片、文本框和
图表保持原样。名称为占位符的单元格（点换成下划线，例如 `agent_name`）也会填。`csctl template new` 复制一个自带的模板，
`csctl template adopt` 按公司自己的表上的文字提出填写位置，`csctl template check` 列出会填什么、指出不认得的占位符。
Templates of performance sheets and certificates are ordinary `.xlsx` files: a cell with a `{{placeholder}}` gets the
number or text, and formats, merged cells, pictures, text boxes and charts stay. Cells whose name is a placeholder with
underscores for its dots, such as `agent_name`, are filled too. `csctl template new` copies a shipped template,
`csctl template adopt` proposes places by the labels on a company's own form, `csctl template check` lists what will be
filled and names placeholders that are unknown.

自带的模板 `generic` 和用它填好的一张表：
The shipped template `generic`, and a sheet filled by one:

![模板 · template](../images/template.png)

![填好的表 · filled sheet](../images/sheet.png)"""
HEADS = ("占位符 placeholder", "中文", "English")
GROUPS = {
    "人 · The person": "agent.",
    "月份、制度和表 · Month, policy and sheet": ("month", "policy.", "sheet."),
    "得分和工资 · Score and pay": ("score.", "pay."),
}
LINES = """## 指标和加减分 · Indicators and adjustments

`{{line.编号.…}}` 是某一个指标或加减分；`{{each.…}}` 所在的行每个指标重复一次，`{{each.adjustment.…}}` 所在的行
每项加减分重复一次，下面的内容随之下移。编号是制度里的 `id`；`csctl template placeholders` 列出自己制度的全部占位符。
封顶、保底和等级名额的编号是 `cap`、`floor`、`quota`。
`{{line.ID.…}}` is one indicator or adjustment; a row with `{{each.…}}` repeats for every indicator, one with
`{{each.adjustment.…}}` for every adjustment, and all below moves down. The id is that of the policy;
`csctl template placeholders` lists all that your own policy knows. Cap, floor and quotas of grades are `cap`, `floor`
and `quota`."""
CERTIFICATES = """## 证书 · Certificates

只用于证书的模板，另外还有“人”、月份、`policy.label` 和固定文字。
For templates of certificates alone, beside those of the person, the month, `policy.label` and fixed words."""
WORDS = """## 固定文字 · Fixed words

用它们，同一个模板可以印成中文，也可以印成英文。
With them one template serves both languages."""
LABELS = """## 认得的文字 · Labels that are known

`csctl template adopt` 按这些文字认出公司自己的表：文字右边的空格，或并排文字下面的空格；不分大小写、全角半角，
字间空格和冒号不计；两种语言写在一起也认得。制度里的指标和加减分按它们自己的名称认。一个文字有几种意思时，由你来定。
By these labels `csctl template adopt` knows a company's own form: the free cell right of a label, or below it where
labels stand side by side. Case, width, spaces between characters and colons do not matter, and a label may be in two
languages at once. Indicators and adjustments are known by the names that the policy gives them. Where a label may mean
several things, you decide."""
COLUMNS = """### 列的表头 · Heads of columns"""


def templates_page() -> str:
    """Every placeholder by what it is about, then the labels."""
    parts = [INTRO]
    for title, starts in GROUPS.items():
        parts += [f"## {title}", _table(key for key in _keys() if key.startswith(starts))]
    fields = [(f"line.ID.{name}", f"line.{name}") for name in LINE_FIELDS]
    dimensions = [(f"dimension.ID.{name}", f"dimension.{name}") for name in ("label", "weight", "self", "superior")]
    parts += [LINES, _named(fields), "## 维度 · Dimensions", _named(dimensions)]
    talks = [f"interview.{name}" for name in INTERVIEW_FIELDS]
    parts += ["## 面谈 · Interview", _table(talks)]
    parts += [CERTIFICATES, _table(key for key in _keys() if key.startswith("certificate."))]
    return page("en", *parts, WORDS, _words(), LABELS, _labels("form-label."), COLUMNS, _labels("form-head."))


def _keys() -> list[str]:
    return [one.removeprefix("placeholder.") for one in catalogue() if one.startswith("placeholder.")]


def _table(keys: Iterable[str]) -> str:
    return _named((key, key) for key in keys)


def _named(keys: Iterable[tuple[str, str]]) -> str:
    rows = [
        (code(f"{{{{{key}}}}}"), *(cell(say(f"placeholder.{said}", language)) for language in LANGUAGES))
        for key, said in keys
    ]
    return table(HEADS, rows)


def _words() -> str:
    words = [(one, entry) for one, entry in catalogue().items() if one.startswith("form.") and "{" not in entry["zh"]]
    rows = [
        (code(f"{{{{word.{one.removeprefix('form.').replace('-', '_')}}}}}"), cell(entry["zh"]), cell(entry["en"]))
        for one, entry in words
    ]
    return table(HEADS, rows)


def _labels(prefix: str) -> str:
    start = "each." if prefix == "form-head." else ""
    rows = [
        (code(f"{{{{{start}{one.removeprefix(prefix)}}}}}"), cell(entry["zh"]), cell(entry["en"]))
        for one, entry in catalogue().items()
        if one.startswith(prefix)
    ]
    return table(HEADS, rows)
