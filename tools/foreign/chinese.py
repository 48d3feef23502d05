"""Folders of Chinese-speaking teams."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from foreign.kit import Folder, Meaning, Row, book, csv_file, workdays

PEOPLE = {"K001": "张丽", "K002": "王强", "K003": "李敏", "K004": "赵倩", "K005": "周洋", "K006": "吴涛"}
NAMES = list(PEOPLE.values())
NUMBERS = list(PEOPLE)
MONTHS = ((2026, 9), (2026, 10))


def shop() -> Folder:
    """A shop: GBK, orders credited under a header nobody knows, two amounts, chats in another folder."""
    files = {}
    for year, month in MONTHS:
        files[f"订单/订单明细{year}年{month}月.csv"] = csv_file(_orders(year, month), "gbk")
        files[f"聊天/{year}{month:02d}会话.csv"] = csv_file(_chats(year, month), "gbk")
    files["花名册.xlsx"] = book(
        在职=[
            ("工号", "姓名", "组别", "入职日期"),
            *((n, name, "售前", date(2025, 3, 1)) for n, name in PEOPLE.items()),
        ]
    )
    orders = Meaning(
        "orders",
        {
            "order_id": "订单编号", "customer_id": "买家昵称", "agent_name": "跟单人", "date": "付款时间",
            "amount": "商品实收", "refund_amount": "退款金额",
        },
        {"agent_name": "张丽", "date": "2026-09-01", "amount": "88.50"},
    )  # fmt: skip
    chats = Meaning(
        "interactions",
        {
            "interaction_id": "会话ID", "agent_name": "客服", "started_at": "会话开始时间", "talk_seconds": "会话时长",
            "first_response_seconds": "首次响应时长(秒)", "answered": "是否有效会话", "satisfaction": "满意度",
        },
        {"agent_name": "张丽", "talk_seconds": "210.000", "first_response_seconds": "12.000", "answered": "False"},
    )  # fmt: skip
    roster = Meaning("roster", {"agent_id": "工号", "agent_name": "姓名", "group": "组别", "hired_on": "入职日期"})
    return Folder(
        "zh",
        "insurance",
        files,
        {"订单/订单明细{yyyy}年{m}月.csv": orders, "聊天/{yyyy}{mm}会话.csv": chats, "花名册.xlsx": roster},
        PEOPLE,
        {
            "订单/订单明细{yyyy}年{m}月.csv | column | amount": "商品实收",
            "聊天/{yyyy}{mm}会话.csv | unit | 会话时长": "minutes",
        },
    )


def _orders(year: int, month: int) -> Iterator[Row]:
    yield ("订单编号", "买家昵称", "跟单人", "付款时间", "商品应收", "商品实收", "退款金额", "备注")
    for at, day in enumerate(workdays(year, month) * 2):
        paid = 88.5 + at
        when = f"{day:%Y-%m-%d} 10:{at % 60:02d}:00"
        yield (f"{month:02d}88{at:06d}", f"tb{at % 19}", NAMES[at % 6], when, paid + 10, f"{paid:.2f}", "0.00", "")


def _chats(year: int, month: int) -> Iterator[Row]:
    yield ("会话ID", "客服", "会话开始时间", "会话时长", "首次响应时长(秒)", "是否有效会话", "满意度")
    for at, day in enumerate(workdays(year, month) * 3):
        start = f"{day:%Y/%m/%d} 09:{at % 60:02d}"
        length = (3.5, 40, 12, 7.5)[at % 4]
        yield (
            f"S{month:02d}{at:05d}",
            NAMES[at % 6],
            start,
            length,
            12 + at % 30,
            "是" if at % 5 else "否",
            1 + at % 5,
        )


def clocks() -> Folder:
    """Attendance: a log of single punches under foreign headers, and a plan with a column for each day."""
    files = {}
    for year, month in MONTHS:
        files[f"{year}-{month:02d}/打卡记录.csv"] = csv_file(_punches(year, month), "gb18030")
        files[f"{year}-{month:02d}/排班表.xlsx"] = book(排班=_plan(year, month))
    punches = Meaning(
        "attendance",
        {"agent_id": "工号", "agent_name": "姓名", "date": "日期", "in_at": "上班打卡时间", "out_at": "下班打卡时间"},
        {"agent_id": "K001", "date": "2026-09-01", "in_at": "2026-09-01 08:55:00"},
    )
    plan = Meaning("shift_plans", {"agent_name": "姓名", "shift": "grid.text", "date": "grid.day"},
                   {"agent_name": "张丽", "date": "2026-09-01", "shift": "早班"})  # fmt: skip
    return Folder(
        "zh",
        "metrics",
        files,
        {"{month}/打卡记录.csv": punches, "{month}/排班表.xlsx": plan},
        PEOPLE,
    )


def _punches(year: int, month: int) -> Iterator[Row]:
    yield ("工号", "姓名", "日期", "上班打卡时间", "下班打卡时间")
    for day in workdays(year, month):
        for at, number in enumerate(NUMBERS):
            yield (number, NAMES[at], f"{day:%Y-%m-%d}", f"08:{55 + at % 5}", f"18:0{at}")


def _plan(year: int, month: int) -> Iterator[Row]:
    days = [day for at in range(31) if (day := date(year, month, 1) + timedelta(days=at)).month == month]
    yield (f"{year}年{month}月排班表",)
    yield ("姓名", *(day.day for day in days))
    for at, name in enumerate(NAMES):
        yield (name, *(("休" if day.weekday() > 4 else "早班" if (at + day.day) % 2 else "晚班") for day in days))


def approvals() -> Folder:
    """Registers typed by hand: who approved says so in words of its own, complaints with a verdict of its own."""
    files = {
        "请假.xlsx": book(Sheet1=_leave()),
        "投诉登记.xlsx": book(登记=_complaints()),
        "质检抽查.csv": csv_file(_quality(), "gbk"),
    }
    leave = Meaning(
        "leave",
        {
            "agent_name": "姓名", "kind": "请假类型", "date": "开始日期", "ends_on": "结束日期", "days": "请假天数",
            "approved": "审批状态",
        },
        {"agent_name": "张丽", "date": "2026-09-03", "days": "1.0000", "approved": "True"},
    )  # fmt: skip
    complaints = Meaning(
        "complaints",
        {"agent_name": "客服", "date": "投诉日期", "category": "投诉类型", "valid": "是否属实"},
        {"agent_name": "李敏", "valid": "True"},
    )
    quality = Meaning(
        "quality",
        {"agent_name": "被检人", "date": "质检日期", "score": "质检得分"},
        {"agent_name": "张丽", "score": "90.0000"},
    )
    return Folder(
        "zh",
        "insurance",
        files,
        {"请假.xlsx": leave, "投诉登记.xlsx": complaints, "质检抽查.csv": quality},
        {name: name for name in NAMES},
        {
            "请假.xlsx | granted | 审批状态": ["同意了"],
            "投诉登记.xlsx | column | valid": "是否属实",
            "投诉登记.xlsx | words | 是否属实": ["查实"],
            "质检抽查.csv | column | item": "= 质检抽查",
        },
    )


def _leave() -> Iterator[Row]:
    yield ("姓名", "请假类型", "开始日期", "结束日期", "请假天数", "审批状态")
    for at, name in enumerate(NAMES):
        day = date(2026, 9 + at % 2, 3 + at)
        yield (name, ("事假", "病假", "年假")[at % 3], day, day, 1, "打回来了" if at == 4 else "同意了")


def _complaints() -> Iterator[Row]:
    yield ("客服", "投诉日期", "投诉类型", "是否属实")
    for at in range(8):
        yield (
            NAMES[(at + 2) % 6],
            date(2026, 9 + at % 2, 5 + at),
            "服务态度",
            "查实" if at % 3 == 0 else "查无此事",
        )


def _quality() -> Iterator[Row]:
    yield ("质检日期", "被检人", "检查人", "质检得分")
    for at in range(24):
        yield (f"2026-{9 + at % 2:02d}-{10 + at // 2:02d}", NAMES[at % 6], ("孙主管", "钱主管")[at % 2], 90 + at % 9)


def machines() -> Folder:
    """A clock's log without a header, figures with a column for each person, a sheet that somebody copied."""
    files = {
        "花名册.xls": csv_file([("工号", "姓名", "部门"), *((n, name, "客服") for n, name in PEOPLE.items())], "gbk")
    }
    for year, month in MONTHS:
        files[f"考勤机{year}{month:02d}.txt"] = csv_file(_log(year, month), "gbk", "\t")
        files[f"{year}-{month:02d}/业绩.xlsx"] = book(Sheet1=_across(month))
        chats = list(_exported(year, month))
        files[f"{year}-{month:02d}/会话.xlsx"] = book(导出=chats, 整理=chats[:20])
    log = Meaning("attendance", {"agent_id": "@A", "in_at": "@C"},
                  {"agent_id": "K001", "in_at": "2026-09-01 08:50:00"})  # fmt: skip
    across = Meaning("kpis", {"agent_name": "grid.people"},
                     {"agent_name": "张丽", "metric": "接待量", "value": "99.0000"})  # fmt: skip
    chats_ = Meaning(
        "interactions",
        {
            "interaction_id": "会话ID", "agent_name": "客服", "started_at": "会话开始时间",
            "first_response_seconds": "首次响应时长(秒)",
        },
        {"agent_name": "张丽", "first_response_seconds": "10.000"},
    )  # fmt: skip
    roster = Meaning("roster", {"agent_id": "工号", "agent_name": "姓名", "group": "部门"})
    return Folder(
        "zh",
        "metrics",
        files,
        {
            "考勤机{yyyy}{mm}.txt": log, "{month}/业绩.xlsx": across, "{month}/会话.xlsx": chats_, "花名册.xls": roster,
        },
        PEOPLE,
        {
            "考勤机{yyyy}{mm}.txt | table": "attendance",
            "考勤机{yyyy}{mm}.txt | lines | first-row-is-data": "yes",
            "{month}/业绩.xlsx | table": "kpis",
            "{month}/会话.xlsx | sheet | 整理": "导出",
        },
    )  # fmt: skip


def _log(year: int, month: int) -> Iterator[Row]:
    for day in workdays(year, month):
        for at, number in enumerate(NUMBERS):
            yield (number, NAMES[at], f"{day:%Y-%m-%d} 08:5{at}:00")
            yield (number, NAMES[at], f"{day:%Y-%m-%d} 18:0{at}:00")


def _across(month: int) -> Iterator[Row]:
    yield ("指标", *NAMES)
    yield ("接待量", *(90 + month - 10 * at for at in range(len(NAMES))))
    yield ("转化率", *(f"{12 + at}%" for at in range(len(NAMES))))
    yield ("平均响应(秒)", *(30 + at for at in range(len(NAMES))))


def _exported(year: int, month: int) -> Iterator[Row]:
    yield ("会话ID", "客服", "会话开始时间", "首次响应时长(秒)")
    for at, day in enumerate(workdays(year, month) * 2):
        yield (f"S{month}{at:03d}", NAMES[at % 6], f"{day:%Y-%m-%d} 10:{at % 60:02d}", 10 + at)


FOLDERS = {"shop": shop, "clocks": clocks, "approvals": approvals, "machines": machines}
