"""What the office keeps: roster, exams, trainings, events, ratings, plans, tasks, quality reviews, targets."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from sample.contacts import Contact
from sample.days import Day, is_workday
from sample.files import Row, words
from sample.people import CHAT, OPERATIONS, SUPERVISOR, TEAM, Person, dice, part, skill_in

ROSTER_HEADER = words("工号 姓名 组别 岗位 职级 入职日期 转正日期 离职日期 直接上级 城市 系统账号")


def roster_rows() -> list[Row]:
    """Everybody, with the names that other systems use."""
    posts = {CHAT: "在线客服"}
    return [
        ROSTER_HEADER,
        *[(one.id, one.name, one.group, posts.get(one.group, "热线客服"), one.level, one.hired, one.regular, one.left,
           SUPERVISOR, "杭州", f"{one.nick}、{one.account}") for one in TEAM],
    ]  # fmt: skip


def at_work(days: Sequence[Day]) -> list[tuple[Person, list[date]]]:
    """The scored agents and the days on which they were there."""
    return [
        (person, there) for person in TEAM
        if person.scored and (there := [day.day for day in days if day.person is person and day.present])
    ]  # fmt: skip


def _workdays(days: Sequence[Day]) -> list[date]:
    return sorted({day.day for day in days if is_workday(day.day)})


EXAM_HEADER = ("考试日期", "工号", "姓名", "考试名称", "成绩", "满分", "是否合格", "是否补考")


def exam_rows(month: str, days: Sequence[Day]) -> list[Row]:
    """Two exams a month and a retake for those who failed the first."""
    rng = dice(month, "exams")
    due = _workdays(days)
    rows: list[Row] = []
    for person, there in at_work(days):
        for name, day in (("产品知识月考", due[len(due) // 2]), ("合规销售测试", due[-4])):
            if day in there:
                score = _exam_score(rng, person, day.month)
                rows.append((day, person.id, person.name, name, score, 100, "是" if score >= 60 else "否", "否"))
                if score < 60:
                    again = (due[-2], person.id, person.name, name, score + 12, 100)
                    rows.append((*again, "是" if score >= 48 else "否", "是"))
    return [EXAM_HEADER, *sorted(rows, key=lambda row: (str(row[0]), str(row[1])))]


def _exam_score(rng: random.Random, person: Person, month: int) -> int:
    return min(100, 56 + int(skill_in(person, month) * 44) + rng.randrange(-3, 6))


TRAINING_HEADER = ("培训日期", "工号", "姓名", "培训名称", "培训类型", "是否参加", "是否完成")
MANDATORY = ("反洗钱与实名制", "健康告知要点", "投诉处理流程", "个人信息保护", "理赔材料指引")
SKILLS = ("数据透视表", "情绪安抚技巧", "短视频讲解", "话术设计")


def training_rows(month: str, days: Sequence[Day]) -> list[Row]:
    """Five mandatory trainings a month, and new skills for whom it pleases."""
    rng = dice(month, "trainings")
    due = _workdays(days)
    dates = [due[len(due) * step // 6] for step in range(5)]
    rows: list[Row] = []
    for person, there in at_work(days):
        skill = skill_in(person, due[0].month)
        held = [(title, day) for title, day in zip(MANDATORY, dates, strict=True) if day in there or rng.random() < 0.5]
        for title, day in held:
            came = "是" if day in there and rng.random() < 0.72 + 0.35 * skill else "否"
            rows.append((day, person.id, person.name, title, "必修", came, came))
        for title in rng.sample(SKILLS, part(rng, skill, 3)):
            done = "是" if rng.random() < 0.45 + 0.55 * skill else "否"
            rows.append((rng.choice(there), person.id, person.name, title, "新技能", "是", done))
    return [TRAINING_HEADER, *sorted(rows, key=lambda row: (str(row[0]), str(row[1]), str(row[3])))]


EVENT_HEADER = ("日期", "工号", "姓名", "事件", "次数", "是否免责", "说明")
PRAISES = ("客户在群里点名感谢", "客户来电表扬", "店铺评价点名好评", "客户发来感谢信")
OTHERS = (
    ("主动顶班", 0.10, 0.16, "同事病假,主动加班顶岗"),
    ("额外工作", 0.06, 0.14, "整理常见问题手册"),
    ("建议采纳", 0.02, 0.10, "理赔材料清单模板试用有效"),
)
FAULTS = (
    ("轻微违规", 0.7, "未按规定复述保单要素"),
    ("轻微沟通问题", 0.55, "工单备注不全,后台重复核实"),
    ("未说普通话", 0.2, "抽查录音,客户未要求使用方言"),
)


def event_rows(month: str, days: Sequence[Day]) -> list[Row]:
    """Praise and blame; two grave ones in the worst months."""
    rng = dice(month, "events")
    rows: list[Row] = []
    for person, there in at_work(days):
        skill = skill_in(person, there[0].month)
        who = (person.id, person.name)
        rows += [
            (rng.choice(there), *who, "客户表扬", 1, "否", rng.choice(PRAISES))
            for _ in range(part(rng, skill * 0.9, 7) if skill > 0.1 else 0)
        ]
        rows += [
            (rng.choice(there), *who, name, 1, "否", why)
            for name, low, high, why in OTHERS if rng.random() < low + (high - low) * skill
        ]  # fmt: skip
        for name, chance, why in FAULTS:
            if rng.random() < chance * (1 - skill):
                excused = "是" if rng.random() < 0.1 else "否"
                rows.append((rng.choice(there), *who, name, 1 + rng.randrange(2), excused, why))
        if skill < 0.1:
            rows.append((there[4], *who, "严重违规", 1, "否", "未经客户同意代填健康告知"))
            rows.append((there[9], *who, "严重沟通问题", 1, "否", "漏转加急理赔单,客户多次投诉"))
    return [EVENT_HEADER, *sorted(rows, key=lambda row: (str(row[0]), str(row[1]), str(row[3])))]


PLAN_HEADER = ("截止日期", "工号", "姓名", "改进项", "是否完成")
PLANS = ("首次响应控制在 1 分钟内", "每周复盘两通录音", "减少工单退回", "熟悉新产品条款", "提升回访接通率")
FIRST_PLANS = "2026-04"
"""The month in which improvement plans were introduced."""


def plan_rows(month: str, days: Sequence[Day]) -> list[Row]:
    """Improvement plans with their due days; people who need none have none."""
    rng = dice(month, "plans")
    rows: list[Row] = []
    for person, there in at_work(days):
        skill = skill_in(person, there[0].month)
        if skill < 0.8:
            for item in rng.sample(PLANS, 3):
                done = "是" if rng.random() < 0.45 + 0.5 * skill else "否"
                rows.append((rng.choice(there[len(there) // 2 :]), person.id, person.name, item, done))
    return [PLAN_HEADER, *sorted(rows, key=lambda row: (str(row[0]), str(row[1]), str(row[3])))]


TASK_HEADER = ("截止日期", "工号", "姓名", "任务类型", "任务名称", "是否完成")
CROSS_TEAM = ("核对理赔加急单", "反馈产品缺陷", "协助活动备货话术", "配合财务核对退款", "配合技术复现故障")


def task_rows(month: str, days: Sequence[Day]) -> list[Row]:
    """Tasks with other departments, and the summaries due every fortnight."""
    rng = dice(month, "tasks")
    due = _workdays(days)
    rows: list[Row] = []
    for person, there in at_work(days):
        skill = skill_in(person, due[0].month)
        for _ in range(5 + rng.randrange(6)):
            done = "是" if rng.random() < 0.72 + 0.3 * skill else "否"
            rows.append((rng.choice(there), person.id, person.name, "跨部门", rng.choice(CROSS_TEAM), done))
        for title, day in (("上半月工作总结", due[len(due) // 2]), ("下半月工作总结", due[-1])):
            if there[0] <= day <= there[-1]:
                done = "否" if skill < 0.1 or rng.random() > 0.72 + 0.4 * skill else "是"
                rows.append((day, person.id, person.name, "工作总结", title, done))
    return [TASK_HEADER, *sorted(rows, key=lambda row: (str(row[0]), str(row[1]), str(row[3]), str(row[4])))]


QUALITY_HEADER = ("质检日期", "工号", "姓名", "质检方式", "质检项", "是否合格", "是否致命", "质检员")
CHECKS = (("信息准确", 18, 0.80, 0.24), ("理赔协助", 10, 0.78, 0.26), ("服务规范", 8, 0.74, 0.28))


def quality_rows(month: str, days: Sequence[Day], made: Sequence[Contact]) -> list[Row]:
    """Quality reviews: for each agent some contacts, item by item."""
    rng = dice(month, "quality")
    rows: list[Row] = []
    for person, there in at_work(days):
        skill = skill_in(person, there[0].month)
        days_with_contacts = sorted({one.start.date() for one in made if one.person is person})
        how = "在线" if person.group == CHAT else "录音"
        for item, count, low, more in CHECKS:
            for _ in range(count if len(there) > 14 else count // 2):
                fine = "合格" if rng.random() < low + more * skill else "不合格"
                critical = "是" if item == "信息准确" and fine == "不合格" and rng.random() < 0.2 else "否"
                day = rng.choice(days_with_contacts)
                rows.append((f"{day:%Y/%m/%d}", person.id, person.name, how, item, fine, critical, "质检组-潘悦"))
    return [QUALITY_HEADER, *sorted(rows, key=lambda row: tuple(map(str, row)))]


TARGET_HEADER = ("月份", "工号", "姓名", "目标项", "目标值")


def target_rows(days: Sequence[Day]) -> list[Row]:
    """The month's sales target of each agent of the shop."""
    first = days[0].day.replace(day=1)
    return [TARGET_HEADER, *[(first, one.id, one.name, "销售额", one.target) for one, _ in at_work(days) if one.target]]


RATING_HEADER = ("考核月份", "工号", "姓名", "评分角色", "评分人", "评分项", "评分", "评分说明")
LEVELS = ("不合格", "合格", "良好", "优秀")
JUDGED = ("客户沟通技巧", "情绪管理", "主动性", "职业发展规划")
WITHOUT_OWN_SHEET = "0013"


def rating_rows(month: str, days: Sequence[Day]) -> list[Row]:
    """The superior's sheets, the agents' own sheets (a little kinder), and the points for the shop's own scheme."""
    rng = dice(month, "ratings")
    last = max(day.day for day in days)
    rows: list[Row] = []
    for person, there in at_work(days):
        skill = skill_in(person, last.month)
        start = (last, person.id, person.name)
        judged = {item: _level(skill + (rng.random() - 0.5) * 0.24) for item in JUDGED}
        rows += [(*start, "上级", SUPERVISOR, item, LEVELS[level], None) for item, level in judged.items()]
        depth = ("浅", "认真", "深入")[min(2, int(skill * 2.9 + rng.random() * 0.4))]
        rows.append((*start, "上级", SUPERVISOR, "总结深度", depth, None))
        if person.id != WITHOUT_OWN_SHEET:
            kind = [(item, min(3, level + (rng.random() < 0.35))) for item, level in judged.items()]
            rows += [(*start, "自评", person.name, item, LEVELS[level], None) for item, level in kind]
        rows += _shop_points(rng, start, skill, len(there))
        rows += _overrides(person, last)
    return [RATING_HEADER, *rows]


def _level(skill: float) -> int:
    return 3 if skill > 0.74 else 2 if skill > 0.5 else 1 if skill > 0.24 else 0


def _shop_points(rng: random.Random, start: tuple[date, str, str], skill: float, days: int) -> list[Row]:
    """Both superiors rate teamwork out of 30 and handover out of 20."""
    team, work = 17 + 12 * skill, 11 + 8 * skill - (days < 10)
    return [
        (*start, "上级", rater, item, str(round(points) - rng.randrange(2)), None)
        for rater in (SUPERVISOR, OPERATIONS)
        for item, points in (("小组任务协助", team), ("工作交接与完成", work))
    ]


def _overrides(person: Person, last: date) -> list[Row]:
    """One measured result corrected by hand, with its reason."""
    if (person.id, last.month) != ("0007", 10):
        return []
    why = "10 月 12 日聊天系统故障,会话延迟分配,不计入本人响应时间"
    return [(last, person.id, person.name, "上级", SUPERVISOR, "服务响应时间", "优秀", why)]
