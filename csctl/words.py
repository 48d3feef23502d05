"""The words of files and forms that csctl understands by itself: each is declared here, and nowhere else, and means
the same at every entrance. All are compared folded: width, case, invisible signs and spaces do not matter.

What is asked decides how a word is taken, never where it is read (an export, a typed table, a form, an interview):

* *yes or no* (a flag column of an export, a condition of a career step, a question of a tally): answers, verdicts and
  1 or 0. 无 means no: it answers "is there any?".
* *a pair of plus and minus* (an item of a tally without a question): signs and answers. 无 and 0 mean neither side.
  Verdicts are refused: they do not say which side holds. A question of a tally takes the signs as well.
* *a scale* (an indicator that is rated): first its own levels and numbers, then answers: full points or none. Verdicts
  are refused, because 合格 is a level on other scales, and so is 无, which may mean "not rated".
* *data* (any other column): 无 is a text like any other and never an empty cell. Empty are only the marks of nothing
  (``--``, ``N/A``), and in columns of figures, flags and days also ``null``, ``nan`` and a slash.

A mark of nothing answers no question and has no place on a scale; of a pair, a dash is a minus.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
_HAN = "[\u3005\u3007\u3400-\u9fff\uf900-\ufaff]"
_BESIDE_HAN = re.compile(f"(?<={_HAN}) | (?={_HAN})")
_INVISIBLE = _UNSEEN | dict.fromkeys(map(ord, "\ufe0e\ufe0f"))
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b"), "-")
"""What programs make of a hyphen, or people take for one."""


def tidy(text: str) -> str:
    """Without invisible characters and outer white space; otherwise as written."""
    return text.strip() if text.isascii() else text.translate(_UNSEEN).strip()


def letters(text: str) -> str:
    """Without differences of width and case: the form in which a phrase is searched for in what was said."""
    lower = unicodedata.normalize("NFKC", text).casefold()
    # Folding case may take the form away again; asking is quicker than making it twice.
    return lower if unicodedata.is_normalized("NFKC", lower) else unicodedata.normalize("NFKC", lower)


def fold(text: str) -> str:
    """The form in which two words are one: width, case, invisible signs, outer spaces and runs of spaces are gone, and
    every dash is a hyphen.
    """
    folded = text.casefold() if text.isascii() else letters(text.translate(_INVISIBLE)).translate(_DASHES)
    return " ".join(folded.split())


def same_word(text: str) -> str:
    """The form in which two words are one: folded, and without spaces beside Chinese letters, which part nothing.

    Names and numbers of people are only folded: 张 丽华 may be somebody else.
    """
    folded = fold(text)
    return folded if " " not in folded or folded.isascii() else _BESIDE_HAN.sub("", folded)


def declared(*lines: str) -> frozenset[str]:
    """The words of some lines in the form in which they are compared. ``_`` stands for a space within a word."""
    return frozenset(same_word(word.replace("_", " ")) for line in lines for word in line.split())


# ---- yes and no -------------------------------------------------------------

YES = declared("是 有 对 能 y yes true √ ✓ ✔ ☑")
NO = declared("否 没有 错 不能 n no false × ✗ ✘ x")
"""Answers: they say yes and no to anything."""

YES_VERDICTS = declared(
    "有效 有效会话 有效投诉 已解决 解决 合格 通过 已通过 审批通过 符合 已完成 完成 满意 同意 已同意 批准 已批准",
    "接通 已接通 已接 已接听 接听 已应答 应答 已参加 参加 出席",
    "answered resolved solved passed pass valid satisfied approved done",
)
NO_VERDICTS = declared(
    "无效 无效会话 无效投诉 未解决 不合格 未通过 不通过 审批不通过 不符合 未完成 不满意 拒绝 已拒绝 不同意 驳回 未批准",
    "未接通 未接 未接听 未应答 未参加 缺席",
    "abandoned unanswered unresolved unsolved failed fail invalid dissatisfied rejected undone",
)
"""Verdicts: yes and no where these are asked for; elsewhere some are names of levels."""

YES_FIGURES, NO_FIGURES = declared("1"), declared("0")
ABSENCE = declared("无")
"""Nothing is there: no to a question, neither side of a pair, a text like any other in a column of data."""

ABSTENTIONS = declared("弃权 abstain abstained abstention")
"""Neither yes nor no, and meant so."""

PLUS = declared("+ 加 1 +1")
MINUS = declared("- 减 -1")
NEITHER = declared("0") | ABSENCE | {""}
"""Sides of a pair."""

_YES, _NO = YES | YES_VERDICTS, NO | NO_VERDICTS
_ASKED_YES, _ASKED_NO = _YES | YES_FIGURES, _NO | NO_FIGURES | ABSENCE


def yes_or_no(text: str) -> bool | None:
    """What a cell says that is asked yes or no; None if neither."""
    return _side(same_word(text), _ASKED_YES, _ASKED_NO)


def abstains(text: str) -> bool:
    """Whether a vote is for neither side."""
    return same_word(text) in ABSTENTIONS


def answer_on_scale(text: str) -> bool | None:
    """Yes or no where a level or a number is asked for; None for any other word."""
    return _side(same_word(text), YES, NO)


def side_of_pair(text: str) -> int | None:
    """1 for plus or yes, -1 for minus or no, 0 for neither; None for any other word."""
    word = same_word(text)
    if word in NEITHER:
        return 0
    side = _side(word, YES | PLUS, NO | MINUS)
    return None if side is None else 1 if side else -1


def same_answer(returned: str, typed: str) -> bool:
    """Whether what came back on a form is what was typed, in other words.

    A pair comes back as a sign, so whatever comes back as a word was asked yes or no.
    """
    sides = side_of_pair(returned), side_of_pair(typed)
    answers = yes_or_no(returned), yes_or_no(typed)
    found = answers if _side(same_word(returned), _YES, _NO) is not None and answers[1] is not None else sides
    return found[0] is not None and found[0] == found[1]


def _side(word: str, yes: frozenset[str], no: frozenset[str]) -> bool | None:
    return True if word in yes else False if word in no else None


# ---- nothing, totals, rest --------------------------------------------------

EMPTY = declared("- -- --- n/a") | {""}
"""What exports write for nothing, in any column."""
EMPTY_FIGURES = EMPTY | declared("null none (null) nan nat /")
"""The same in columns of figures, flags and days; in a text or number of staff these may be meant."""
NO_FIGURE = declared("na n.a. no_data not_rated 无数据 暂无数据 无评价 未评价 暂无评价 无评分 未评分 未评 未参评")
"""What stands in a wide table of figures for a person of whom there is none; elsewhere such a row may be wrong."""
NO_END = declared("至今 长期 长期有效 永久 在职 present ongoing open open_end open-ended") | {"no end"}
"""What people write for a last day that is not there."""

TOTALS = declared(
    "合计 汇总 汇总值 总计 总和 均值 平均值 平均 平均数 小计 共计 累计 人均 全部 合計 匯總 總計 小計",
    "最大值 最小值 中位数 目标值 同比 环比",
    "total totals subtotal subtotals sub_total sub-total average averages avg mean sum overall",
)
LONGEST_TOTAL = 32
_SUM_ENDS = "合计|总计|小计|共计|累计|汇总|汇总值|均值|平均|平均值|平均数|人均|合計|匯總|總計|小計"
_HEADS_OF_SUMS = re.compile(
    rf".{{1,10}}(?:{_SUM_ENDS})|(?:{_SUM_ENDS})(?:数|值|行|栏)|每人平均"
    r"|(?:[^ ]+ ){1,4}(?:sub-?)?(?:totals?|averages?|avg)"
    r"|(?:totals?|sum|averages?|avg|mean|maximum|minimum|median) (?:of|for|per|by|across) .+"
    r"|max(?:imum)?|min(?:imum)?|median|target"
    r"|(?:total|average|all|whole) (?:agents|staff|employees|reps|advisors|people|teams?)"
)
"""Whose sum it is may stand before it or behind it: 客服一组合计, Average of team A."""
_COUNTED_BESIDE = re.compile(r"(.+?) ?[(\[【][^)\]】]*[)\]】]")
_MAY_HEAD_SUMS = re.compile(
    "[计計总總匯汇均值数全比\uff21-\uff5a]|total|average|avg|mean|sum|overall|max|min|median|target|all |whole ",
    re.IGNORECASE,
)
"""What every such text holds: most cells of a file can be passed over by it."""

_NAMES_SUMS = re.compile(
    rf"{_SUM_ENDS}|总表|总览|一览"
    r"|(?<![a-z])(?:sub-?totals?|totals?|summary|summaries|overview|overall|averages?)(?![a-z])"
)
"""What the name of a sheet of sums holds: 10月汇总, Monthly summary."""

PARTS_TOGETHER = declared(
    "全部 全月 本月 当月 整月 月度 全天 整天 全周 整周 全年 全渠道 全班 全员 全体 不限 总",
    "all overall whole_month full_month entire_month month_to_date mtd all_channels all_day all_days all_month",
)
_MAY_MEAN_ALL = re.compile("[全月整不总\uff21-\uff5a]|all|month|mtd", re.IGNORECASE)
"""What stands beside words for parts and means all of them together: a sum only if the figures say so."""

REST = declared(
    "休 off rest day_off rest_day not_scheduled holiday public_holiday weekend",
    "节假日 法定节假日 法定假日 公众假期 假日 放假 周末 双休 不上班 无班 无排班",
)
HOLIDAYS = declared(
    "元旦 元旦节 春节 除夕 清明 清明节 劳动 劳动节 五一 五一节 端午 端午节 中秋 中秋节 国庆 国庆节",
)
"""Public holidays by their names: a day that is called so is off. 春节值班 is a shift."""
REST_SHIFTS = declared("公假 假期 法定假")
"""What is rest in the place of a shift; as a verdict on a day it is leave."""
NO_PUNCH = declared(
    "缺卡 未打卡 漏打卡 漏卡 忘打卡 忘记打卡 无打卡 未签到 未签退", "missing_punch missed_punch no_punch"
)
"""How attendance systems write in the place of a time that there was no punch."""
REST_BEGINNINGS = ("休息", "轮休", "排休", "公休", "调休", "补休", "未排班", "不排班")
"""How attendance systems write that nobody is due. 白班(休息12:00-13:00) is a shift: the word must stand first."""

_KINDS_OF_DAYS: Mapping[Literal["workday", "rest_day", "statutory"], tuple[str, ...]] = {
    "statutory": ("节假日", "法定", "holiday"),
    "rest_day": ("休息日", "周末", "双休", "公休", "非工作日", "rest day", "weekend", "non-working day", "non-workday"),
    "workday": ("工作日", "平日", "workday", "working day", "weekday"),
}
"""How names of figures say on which days the time was worked: 法定休假日 is a holiday, and so comes first."""

AWAY_WORDS = declared("外出 出差 公出 外勤 因公 business_trip field_work out_of_office")
"""What attendance systems say of a day that is worked elsewhere."""
TIME_OFF_WORDS = declared("调休 补休 换休 time_off_in_lieu")
"""… of a day off for work done before."""
NOT_LEAVE = declared("假日 假勤")
"""Words that hold the sign of leave and name none."""
LEAVE_WORDS = declared("假 on_leave annual_leave sick_leave personal_leave maternity_leave unpaid_leave")
"""… of a day on leave, of any kind."""
PERSONAL_LEAVE = declared("事假 personal_leave unpaid_leave")
SICK_LEAVE = declared("病假 sick_leave")
"""… of leave for somebody's own affairs, or for illness."""
ABSENT_WORDS = declared("旷工 absent absence")
"""… of a day on which somebody was due, did not come and had no leave."""
LATE_WORDS = declared("迟到 晚到 came_late late_arrival late_in")
EARLY_WORDS = declared("早退 left_early early_leave early_out")
"""… of a day on which somebody came late, or left early."""
IN_ORDER = declared("正常 准时 出勤正常 打卡正常 normal on_time in_order present")
"""… of a day on which all was as it should be."""
FIRST_HALF = declared("上午 早上 上半天 前半天 am a.m. morning first_half forenoon")
SECOND_HALF = declared("下午 下半天 后半天 pm p.m. afternoon second_half")
"""Which half of a day leave is of."""
HALF_A_DAY = declared("半天 半日 half_a_day half_day")


def means_all_parts(text: str) -> bool:
    """Whether the text is one that may stand for all parts together."""
    return len(text) <= LONGEST_TOTAL and bool(_MAY_MEAN_ALL.search(text)) and same_word(text) in PARTS_TOGETHER


@lru_cache(maxsize=4096)
def is_total(text: str) -> bool:
    """Whether the text heads a row of sums or means; whose they are, how many they are of and a colon may be said."""
    if len(text) > LONGEST_TOTAL or not _MAY_HEAD_SUMS.search(text):
        return False
    word = fold(text).strip(": *=-—.")
    if not word.isascii():
        word = word.replace(" ", "")
    beside = _COUNTED_BESIDE.fullmatch(word)
    word = beside[1] if beside else word
    return word in TOTALS or bool(_HEADS_OF_SUMS.fullmatch(word))


def names_sums(text: str) -> bool:
    """Whether what a sheet is called says that it sums up others."""
    return bool(_NAMES_SUMS.search(same_word(text).replace("_", " ")))


def is_rest(text: str) -> bool:
    """Whether the text says that the day is off."""
    word = same_word(text)
    return word in REST or word in HOLIDAYS or word.startswith(REST_BEGINNINGS)


def day_kind_named(text: str) -> Literal["workday", "rest_day", "statutory"] | None:
    """The kind of day that a figure is about, by its name: 休息日加班, overtime on holidays; None if it names none."""
    word = same_word(text).replace("_", " ")
    kinds = (kind for kind, parts in _KINDS_OF_DAYS.items() if any(part in word for part in parts))
    return next(kinds, None)


def is_rest_shift(text: str) -> bool:
    """Whether what stands in the place of a shift says that nobody is due: rest, leave, or a mark of nothing."""
    return is_rest(text) or same_word(text) in REST_SHIFTS or says_nothing(text)


def says_nothing(text: str | None) -> bool:
    """Whether a cell that must give a reason or a name gives none: empty, a mark of nothing, or 无."""
    word = same_word(text or "")
    return word in EMPTY_FIGURES or word in ABSENCE


# ---- raters -----------------------------------------------------------------

SELF, SUPERIOR, PANEL = "self", "superior", "panel"
RATERS: Mapping[str, tuple[str, ...]] = {
    SELF: ("self", "自评", "本人", "员工", "员工自评"),
    SUPERIOR: ("superior", "上级", "主管", "上级评分"),
    PANEL: ("panel", "评审", "评审团", "评审组"),
}
"""Who rates, and what they are called in files and on forms."""

VOTE = "vote"
ANSWERERS: Mapping[str, tuple[str, ...]] = {**RATERS, VOTE: ("vote", "投票", "评选", "匿名评选")}
"""Whose answers a table of ratings may hold: the raters', and votes, which score nothing."""
FILLERS: Mapping[str, tuple[str, ...]] = {
    **ANSWERERS,
    "appeal": ("appeal", "申诉"),
    "inspection": ("inspection", "检查", "日常检查"),
    "quality": ("quality", "质检", "质量检查"),
}
"""Who fills a form in: the raters and voters, whoever objects to a score, inspects day by day, or reviews contacts."""

_FILLER_OF = {word: role for role, words in FILLERS.items() for word in words}


def rater_of(text: str) -> str | None:
    """The role a text names; None if it is none of ANSWERERS."""
    role = filler_of(text)
    return role if role in ANSWERERS else None


def filler_of(text: str) -> str | None:
    """The role a text names; None if it is none of FILLERS."""
    return _FILLER_OF.get(same_word(text))


# ---- senders of messages ----------------------------------------------------

AGENT, CUSTOMER = "agent", "customer"
SENDERS: Mapping[str, frozenset[str]] = {
    AGENT: declared("agent 客服 坐席 座席 员工 导诊 人工客服 客服人员 客服专员 staff operator seller 卖家 商家 店铺"),
    CUSTOMER: declared("customer 客户 顾客 买家 用户 访客 患者 家属 投保人 client user visitor buyer consumer contact"),
}
"""Who wrote a message, and what exports call them."""

_SENDER_OF = {word: who for who, words in SENDERS.items() for word in words}


def sender_of(text: str) -> str | None:
    """AGENT or CUSTOMER; None if the text names neither by a word of its own."""
    return _SENDER_OF.get(same_word(text))


# ---- units ------------------------------------------------------------------

COUNTERS = declared("次 个 件 单 人 条 通 笔 字")
"""Counting words that may stand after a number or in the brackets of a header."""

UNITS: Mapping[str, frozenset[str]] = {
    "seconds": declared("秒 秒钟 秒鐘 s sec secs second seconds"),
    "minutes": declared("分钟 分鐘 min mins minute minutes"),
    "hours": declared("小时 小時 个小时 時 时 h hr hrs hour hours"),
    "days": declared("天 日 d day days"),
    "milliseconds": declared("毫秒 ms millisecond milliseconds"),
    "%": declared("% 百分比 percent pct"),
    "‰": declared("‰ 千分比 千分率 permille"),
    "分": declared("分"),
    "元": declared("元 人民币 rmb cny ¥ 人民币元"),
    "千元": declared("千元 千 仟元 k k元 thousand thousands"),
    "万元": declared("万元 万"),
    "百万元": declared("百万元 百万 million millions"),
    "亿元": declared("亿元 亿"),
    "count": COUNTERS | declared("y/n 是/否 count counts pcs"),
}
"""Units of headers by the name the readers call them. 分 is points or minutes: the column decides."""

FOREIGN_MONEY = declared(
    "$ us$ usd hk$ hkd nt$ twd € eur £ gbp jpy 美元 美金 港元 港币 港幣 欧元 英镑 日元 新台币",
)
"""Signs and words of currencies other than the yuan: amounts that carry one count as figures, and it is said."""

UNIT_OF: Mapping[str, str] = {word: unit for unit, words in UNITS.items() for word in words}

DURATIONS: Mapping[str, frozenset[str]] = {
    "days": UNITS["days"],
    "hours": UNITS["hours"],
    "minutes": UNITS["minutes"] | declared("分 m"),
    "seconds": UNITS["seconds"],
}
"""Units within a length of time such as 2分30秒, longest first; there 分 and m can only be minutes."""


def pattern_of(words: frozenset[str]) -> str:
    """A regular expression for any of the words, longer ones first. They hold no sign that it would misread."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
