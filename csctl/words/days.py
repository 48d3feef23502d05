"""Days that are off, and what attendance systems say of a day: away, on leave, late, in order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from csctl.words.folding import declared, same_word
from csctl.words.nothing import says_nothing

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
