"""The shapes of tables that are read, each with the one line that it needs."""

from __future__ import annotations

from docs.markdown import code, table

INTRO = """## 表的样子 · Shapes of tables

不管是哪个系统，表是这些样子的都读；第二列是来源里要写的一行，没有的不用写。每一行都有测试：事实写成这个样子的文件，读出来还是那些事实。
Whatever system they come from, tables of these shapes are read; the second column is the line that the source needs, if
any. Each row is held by a test: facts written to a file of that shape are read as these facts."""
HEADS = ["样子 shape", "要写的行 line to write", "读成 is read as", "章节 section¹"]
FOOT = "¹ [接入自己的导出表](../zh/sources.md) · [Map your own export](../en/sources.md)"

SHAPES: tuple[tuple[str, str, str, int], ...] = (
    ("一行一件事，上面有标题行，中间有合计<br>a row per thing, titles above it, totals between", "",
     "标题、合计、重复的表头不算<br>titles, totals and headers said again do not count", 3),
    ("两行表头（组/列）<br>two rows of headers, group and column", "", "列名“组/列”<br>columns called group/column", 3),
    ("一人一行、每列一个数<br>a row per person, a figure per column", 'table = "kpis"',
     "每个数字列一个指标<br>a metric per column of figures", 9),
    ("一人一行、一天一列<br>a row per person, a column per day", 'shape = "days"',
     "每人每天一行<br>a row per person and day", 10),
    ("一人一列<br>a column per person", 'shape = "people"', "每人一行<br>a row per person", 11),
    ("一次打卡一行<br>a row per punch", "", "每天的第一次和最后一次<br>the first and the last of each day", 12),
    ("没有表头<br>no header", 'header = "none"', "按第几列<br>columns by their place", 12),
    ("每人一张，姓名在表的上方<br>a sheet per person, the name above the table", 'columns.agent.above = "姓名"',
     "标签说的写进每一行<br>what the label says stands in every row", 13),
    ("一格几个人<br>several people in a cell", 'columns.agent.several = "、"',
     "每人一行，团队一次<br>a row for each of them, once for the team", 13),
    ("一张单占几行<br>a request on several rows", 'key = "审批编号"', "每个编号一次<br>each number once", 13),
    ("只有时刻，没有时长<br>moments and no lengths",
     'columns.response_seconds = { from = "首次响应", since = "创建时间" }',
     "两个时刻之间<br>the time between the two", 13),
    ("一张表里每人一块<br>a block per person on one sheet", 'shape = "blocks"',
     "块里每行都有标签说的<br>what the labels say stands in every row of the block", 14),
)  # fmt: skip
"""Each: what it looks like, the line to write or "", what becomes of it, the section of the guide."""


def shapes_table() -> list[str]:
    """The part of a page that tells of them."""
    rows = [(looks, code(line) if line else "–", read, f"{section}") for looks, line, read, section in SHAPES]
    return [INTRO, table(HEADS, rows), FOOT]
