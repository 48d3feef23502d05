"""A text file read by columns is what it is read record by record: rows, values, fates, readings and problems."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from csctl.month import Month
from csctl.problems import Place, Problem
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.mapping.importer import Imported, import_book
from csctl.readers.opening.delimited import read_delimited
from csctl.readers.text_rows import TextRows
from csctl.store.canonical import canonical_frame
from tests.drawn import SEARCHES, drawn

OCTOBER = Month(2026, 10)
NEVER = 10**12
CONTACTS = (
    "会话ID,客服工号,客服姓名,客户ID,渠道,开始时间,结束时间,是否接听,是否解决,排队时长(秒),会话时长,满意度评分,备注"
)
BESIDE_A_DAY = CONTACTS.replace("客户ID,渠道,开始时间", "日期,渠道,开始时间")
ORDERS = "订单编号,客服工号,客服姓名,客户ID,订单状态,支付时间,退款时间,是否标旗,币种,实付金额,退款金额,数量,备注"
FIGURES = "工号,姓名,组别,平均响应时长,满意率,接待数,转化率(%),首响(秒),最长会话,销售额(元),排名,得分,备注"
PUNCHES = "工号,姓名,部门,日期,班次,上班打卡时间,下班打卡时间,打卡结果,迟到,工作时长,请假,加班,备注"
SOURCES = {
    CONTACTS: (
        {}, {"key": "会话ID"}, {"keep": {"渠道": ["电话"]}}, {"leave_out": {"客服工号": {"known": False}}},
        {"columns": {"agent_name": {"from": "客服姓名", "several": "、"}, "resolved": {"from": "是否解决",
                                                                             "texts": {"未知": "否", "N/A": "-"}}}},
        {"columns": {"agent_id": {"from": "客服工号", "digits": 3}, "talk_seconds": {
            "from": "结束时间", "since": "开始时间"}}},
    ),
    BESIDE_A_DAY: ({},),
    ORDERS: ({}, {"key": "订单编号"}, {"leave_out": {"订单状态": ["关闭"]}}),
    FIGURES: ({"melt": True}, {}),
    PUNCHES: ({},),
}  # fmt: skip
"""By the header of a table, what sources say of it."""
TABLE_OF = {CONTACTS: "interactions", BESIDE_A_DAY: "interactions", ORDERS: "orders", FIGURES: "kpis",
            PUNCHES: "attendance"}  # fmt: skip
ODD_CELLS = (
    "", " ", "--", "N/A", "null", "-", "/", "合计", "总计", "小计", "其他", "全月", "0", "-1", "99", "007", "'007",
    '="007"', "10023.0", "1.2E+15", "２０２６-10-05 09:00:00", "2026/10/05 9:00", "2026-13-45 99:99:99", "05/10/2026",
    "2026-10-05 24:00:00", "2026-09-30 23:59:59", "2026-11-01 00:00:00", "9:00", "1分30秒", "0:02:05", "1,5", "1.234",
    "1.234,56", "12次", "¥1,234.50", "是", "否", "Y", "未知", " S000000001 ", "\u200bS1", "Ｓ１", "#N/A", "=1+1",
    "制表人：张三", "第 3 页", "页", "\u3000全角 ", "a  b", "n", "nan", "page 1", "\ttab\t", "1e5", "true", "100",
)  # fmt: skip
"""What turns up in exports besides what is meant to."""

Lines = list[list[str]]
Damage = Callable[[random.Random, Lines], None]


def contact(dice: random.Random, number: int) -> list[str]:
    """One contact as a system exports it."""
    began = moment(dice)
    ended = began + timedelta(seconds=dice.randrange(20, 900))
    agent = dice.randrange(8)
    return [
        f"S{number:09d}", f"{agent:04d}", f"客服{agent}", f"C{dice.randrange(40):07d}", dice.choice(("电话", "在线")),
        f"{began:%Y-%m-%d %H:%M:%S}", f"{ended:%Y-%m-%d %H:%M:%S}", dice.choice("是否"), dice.choice("是是否"),
        str(dice.randrange(120)), f"0:{dice.randrange(60):02d}:{dice.randrange(60):02d}",
        dice.choice(("", "--", "5", "4", "3")), dice.choice(("", "已回电", "转二线, 待反馈", '他说"好"')),
    ]  # fmt: skip


def moment(dice: random.Random) -> datetime:
    """Some second of the month."""
    return datetime(2026, 10, 1) + timedelta(seconds=dice.randrange(31 * 86_400))  # noqa: DTZ001


def contact_beside_a_day(dice: random.Random, number: int) -> list[str]:
    """The same with times alone beside the day."""
    row = contact(dice, number)
    return [*row[:3], row[5][:10], row[4], row[5][11:], row[6][11:], *row[7:]]


def order(dice: random.Random, number: int) -> list[str]:
    """One order of a shop."""
    agent, paid = dice.randrange(8), dice.randrange(100, 90_000)
    back = f"{-paid / 100:.2f}" if dice.random() < 0.1 else ""
    return [
        f"{2026_0000_0000_0000 + number}", f"{agent:04d}", f"客服{agent}", f"C{dice.randrange(40):07d}",
        dice.choice(("交易成功", "交易成功", "交易成功", "关闭")), f"{moment(dice):%Y-%m-%d %H:%M:%S}",
        f"{moment(dice):%Y/%m/%d %H:%M}" if back else "", dice.choice("是否"), "CNY", f"{paid / 100:.2f}", back,
        str(dice.randrange(1, 5)), dice.choice(("", "老客户", "n/a")),
    ]  # fmt: skip


def figures(dice: random.Random, number: int) -> list[str]:
    """One agent's figures of the month."""
    return [
        f"{number:04d}", f"客服{number}", f"{number % 3}组", f"{dice.randrange(5)}分{dice.randrange(60)}秒",
        f"{dice.randrange(8000, 10_000) / 100}%", str(dice.randrange(2000)), f"{dice.randrange(100)}",
        f"{dice.randrange(90)}", f"0:{dice.randrange(10, 60)}:00", f"{dice.randrange(10**7) / 100:,.2f}",
        str(number), f"{dice.randrange(60, 100)}", "",
    ]  # fmt: skip


def punch(dice: random.Random, number: int) -> list[str]:
    """One day of one agent."""
    agent, day = number % 6, 1 + number // 6
    return [
        f"{agent:04d}", f"客服{agent}", "客服部", f"2026-10-{day:02d}", dice.choice(("早班", "晚班", "休息")),
        f"0{dice.randrange(8, 10)}:{dice.randrange(10, 60)}", f"{dice.randrange(17, 24)}:{dice.randrange(10, 60)}",
        dice.choice(("正常", "迟到", "缺卡")), str(dice.randrange(20)), "8.5", "", dice.choice(("", "2")), "",
    ]  # fmt: skip


MAKERS = {CONTACTS: contact, BESIDE_A_DAY: contact_beside_a_day, ORDERS: order, FIGURES: figures, PUNCHES: punch}


def odd_cell(dice: random.Random, lines: Lines) -> None:
    """Something else in one cell."""
    row = dice.choice(lines)
    row[dice.randrange(len(row))] = dice.choice(ODD_CELLS)


def odd_column(dice: random.Random, lines: Lines) -> None:
    """The same thing in several cells of one column."""
    place, cell = dice.randrange(len(lines[0])), dice.choice(ODD_CELLS)
    for row in dice.sample(lines, k=dice.randrange(1, len(lines))):
        if place < len(row):
            row[place] = cell


def no_column(dice: random.Random, lines: Lines) -> None:
    """Nothing below a header."""
    place = dice.randrange(len(lines[0]))
    for row in lines:
        row[place : place + 1] = [""] * (place < len(row))


def twice(dice: random.Random, lines: Lines) -> None:
    """A row that stands there again, as it was or with another cell."""
    row = list(dice.choice(lines))
    if dice.random() < 0.5:
        row[dice.randrange(len(row))] = dice.choice(ODD_CELLS)
    lines.insert(dice.randrange(len(lines) + 1), row)


def blank(dice: random.Random, lines: Lines) -> None:
    """A row without anything, or of empty cells."""
    lines.insert(dice.randrange(len(lines) + 1), dice.choice(([""], [""] * 13, ["", " "])))


def total(dice: random.Random, lines: Lines) -> None:
    """A row of sums at the end, or a word for one anywhere."""
    row = [""] * 13
    row[dice.choice((0, 0, 1, 2, 4))] = dice.choice(("合计", "总计", "小计：", "Total", "平均"))
    row[9] = str(sum(int(line[9]) for line in lines if len(line) > 9 and line[9].isdecimal()))
    lines.insert(dice.choice((len(lines), len(lines), dice.randrange(len(lines) + 1))), row)


def footer(dice: random.Random, lines: Lines) -> None:
    """What exports write below a table."""
    lines.append([dice.choice(("制表人：张三", "第 1 页 共 3 页", "共 40 条记录", "导出时间：2026-11-01 09:00:00"))])


def header_again(dice: random.Random, lines: Lines) -> None:
    """The header once more, as it was or with columns in another order."""
    header = CONTACTS.split(",")
    if dice.random() < 0.3:
        header[3], header[4] = header[4], header[3]
    lines.insert(dice.randrange(len(lines) + 1), header)


def ragged(dice: random.Random, lines: Lines) -> None:
    """A row with more or fewer cells than there are headers."""
    at = dice.randrange(len(lines))
    lines[at] = dice.choice((lines[at][: dice.randrange(1, 13)], [*lines[at], "", "mehr"], [*lines[at], "", ""]))


def control(dice: random.Random, lines: Lines) -> None:
    """A character that no export means to write, or a line that ends within a cell."""
    dice.choice(lines)[-1] = dice.choice(("a\x07b", "a\x85b", "a\nb", "a\r\nb", "\x0b"))


DAMAGES: tuple[Damage, ...] = (
    odd_cell, odd_cell, odd_cell, odd_column, no_column, twice, blank, total, footer, header_again, ragged, control,
)  # fmt: skip


def quoted(dice: random.Random, cell: str) -> str:
    """A cell in quotes where it needs them, at times where not; seldom not where it does."""
    needs = any(sign in cell for sign in ',"\n\r')
    if (needs and dice.random() < 0.98) or dice.random() < 0.05:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def written(dice: random.Random, header: str, lines: Lines) -> bytes:
    """The table as some program saves it."""
    end = dice.choice(("\n", "\r\n", "\n", "\r\n", "\r"))
    title = dice.choice(("", "", "", f"坐席会话明细{end}", f"sep=,{end}"))
    table = end.join(",".join(quoted(dice, cell) for cell in row) for row in [header.split(","), *lines])
    text = title + table + dice.choice(("", end, end, end + end))
    encoding = dice.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16"))
    return text.encode(encoding) + b"\0" * dice.choice((0, 0, 0, 7))


def imported(path: Path, source: Source, long: int) -> tuple[list[Problem], Imported | None, object]:
    """All that reading a file gives, and its rows as they were opened."""
    book, problems = read_delimited(path, None, Place(path.name), long)
    if book is None:
        return problems, None, None
    resolved, faults = resolve_source(source)
    assert resolved is not None, faults
    return problems, import_book(book, resolved, path.name, OCTOBER), book.sheets[0].rows


def same(path: Path, source: Source) -> bool:
    """Both ways are compared in everything; whether the file was read by columns at all."""
    by_record, by_column = imported(path, source, NEVER), imported(path, source, 0)
    assert by_record[0] == by_column[0]
    one, other = by_record[1], by_column[1]
    if one is None or other is None:
        assert one is other
        return False
    assert list(by_record[2]) == list(by_column[2])  # type: ignore[call-overload]
    assert one.problems == other.problems
    assert (one.fates, one.reading, one.sheets) == (other.fates, other.reading, other.sheets)
    assert (one.accepted, one.rejected) == (other.accepted, other.rejected)
    assert {name: list(values) for name, values in one.columns.items()} == {
        name: list(values) for name, values in other.columns.items()
    }
    first, second = (canonical_frame(source.table, each.columns) for each in (one, other))
    assert first.schema == second.schema
    assert first.equals(second)
    return isinstance(by_column[2], TextRows)


@pytest.mark.parametrize("header", MAKERS, ids=("contacts", "beside a day", "orders", "figures", "punches"))
def test_damaged_tables_are_read_alike_both_ways(header: str, tmp_path: Path) -> None:
    """Files with none to six damages each, as some source reads them."""
    seed = random.randrange(10**9) if SEARCHES else 0  # noqa: S311
    dice = random.Random(f"{seed} {header}")  # noqa: S311
    by_columns, files = 0, drawn(40)
    for number in range(files):
        lines = [MAKERS[header](dice, at) for at in range(dice.randrange(3, 40))]
        for damage in dice.choices(DAMAGES, k=dice.randrange(7)):
            damage(dice, lines)
        path = tmp_path / f"{number}.csv"
        path.write_bytes(written(dice, header, lines))
        more = {"table": TABLE_OF[header], "files": "x", **dice.choice(SOURCES[header])}
        by_columns += same(path, Source.model_validate(more))
    assert 4 * by_columns > files  # most damage asks for the other reader, but by far not all


def test_a_plain_file_is_read_by_columns(tmp_path: Path) -> None:
    """Quotes where they should be, guards before cells and blank rows ask for no other reader."""
    dice = random.Random(1)  # noqa: S311
    lines = [contact(dice, at) for at in range(50)]
    lines[7][-1], lines[9][-1], lines[11] = '="007"', "'=1+1", []
    path = tmp_path / "plain.csv"
    text = "\r\n".join(",".join(quoted(dice, cell) for cell in row) for row in [CONTACTS.split(","), *lines])
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        path.write_bytes(text.encode(encoding))
        assert same(path, Source(table="interactions", files="x"))
