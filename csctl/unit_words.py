"""What a header of a length of time says of its unit in words, without or within brackets."""

from __future__ import annotations

import re

from csctl.words import UNITS, fold

TIME_WORDS = ("时长", "用时", "耗时", "均时", "时间", "time", "duration")
"""Words after which 分 and 天 count time, and which name a length of time without the unit behind them."""

STATE_WORDS = (
    "小休", "通话", "振铃", "等待", "排队", "保持", "话后", "整理", "忙碌", "示忙", "置忙", "空闲", "示闲", "就餐",
    "离席", "签入", "登录", "登陆", "迟到", "早退", "缺勤", "加班",
)  # fmt: skip
"""What a person or a call is in for some time: 小休/分 is minutes, where 服务评分/分 is points."""

_AVERAGES = r"(?:avg|average|mean)\.? (?:[a-z]+ )?"
_LENGTH_NAMES = re.compile(
    r"(?:^|[^a-z])(?:aht|att|asa|acw|awt|frt)$|(?:平均|人均)(?:通话|处理|响应|应答|等待|振铃|排队)$|首响$|首次响应$|加班$|(?:^|[^a-z])overtime$"
    rf"|^(?:{_AVERAGES})?(?:hold|wrap[ -]?up|after call work|speed of answer)$"
    rf"|{_AVERAGES}(?:talk|handle|handling|wait|waiting|wrap|queue|ring|response|reply)$"
)
"""Names of lengths of time that hold no word of time."""

MONEY_UNITS = ("元", "千元", "万元", "百万元", "亿元")
"""What amounts count in, by the names of ``UNITS``."""

SHARE_WORDS = ("率", "占比", "比例", "百分比", "rate", "ratio", "share", "percentage")
"""How names of shares end."""

_UNITS = ("milliseconds", "seconds", "minutes", "hours", "days")
_OF = {word: unit for unit in _UNITS for word in UNITS[unit]} | {"分": "minutes"}
_MARKS = " -–—/_·|,"
_LETTERS = frozenset(word for word in _OF if len(word) == 1 and word.isascii())
# A rest day is no length in days, 工时 no hour, and a lone 分 or 天 speaks of time only behind a word of time.
_ONLY_AFTER_TIME = frozenset({"分", "天", "日", "时", "時", "d", "day", "days"})
_FIRST = frozenset({"minutes", "mins", "seconds", "secs", "hours", "hrs", "milliseconds", "分钟", "秒"})


def _any(words: frozenset[str] | set[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


_TIME = "|".join(TIME_WORDS)
_WORDS = frozenset(_OF) - _LETTERS
_ASCII = frozenset(word for word in _WORDS if word.isascii())
_HAN = _WORDS - _ASCII
# 每分钟, per hour, 15分钟 and 半小时 are no units of the figure.
_NOT_BEHIND = r"(?<![0-9每半/])(?<!per )(?<!each )(?<![0-9] )(?<!a )(?<!an )"
_BEHIND_TIME = re.compile(
    rf"(?:(?:{_TIME})\s*[-/_·|,]?|(?:{'|'.join(STATE_WORDS)})\s*[-/_·|,])\s*({_any(frozenset(_OF))})$"
)
_BEHIND_MARK = re.compile(rf"(?<=.)(?:_({_any(frozenset(_OF))})|[·|,]\s*({_any(_WORDS)})|/\s*({_any(_WORDS)}))$")
_MONEY = {word: unit for unit in MONEY_UNITS for word in UNITS[unit]}
_BEHIND_MONEY = re.compile(
    rf"(?<=.)(?:\s*[-/_·|,]\s*({_any(frozenset(_MONEY))})|(百万元|亿元|(?<![0-9百十])[千万]元))$"
)
_BEHIND = re.compile(rf"(?<=.){_NOT_BEHIND}(?:(?<=[^a-z0-9])({_any(_ASCII)})|({_any(_HAN)})数?)$")
_BEHIND_DAYS = re.compile(r"(?<=.)(?:\s*[-/_·|,]\s*(?:天|日|days?|d)|天| days?)$")
_BEFORE = re.compile(rf"({_any(_FIRST)})\s+(?!ago\b|from\b)\S")
_WHEN = re.compile(r"\s+(?:within|during|outside)(?: of)?(?: the)? (?:[a-z]+ )?hours$")
"""Which time counts, not in what: minutes within business hours are minutes."""
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
_HOURS, _MINUTES, _SECONDS = r"hh?|hours?|hrs?|小?时", r"mm?|min(?:ute)?s?|分钟?", r"ss?|sec(?:ond)?s?|秒"
_TWO_PARTS = rf"(?:(?P<m>{_MINUTES})|(?P<h>{_HOURS}))\s*(?P<sep>[:.])\s*(?:(?P<s>{_SECONDS})|(?:{_MINUTES}))"
_THREE_PARTS = rf"(?:{_HOURS})\s*:\s*(?:{_MINUTES})\s*:\s*(?:{_SECONDS})(?:[.:](?:ms|s+|f+|毫秒))?|时分秒"
_IN_BRACKETS = re.compile(rf"[(\[【]\s*(?:(?:单位|格式|format)\s*:?\s*)?(?:{_TWO_PARTS}|{_THREE_PARTS})\s*[)\]】]")
_AT_THE_END = re.compile(r"(?<=.)[ _-]+(?:(?P<m>mm?)|(?P<h>hh?))(?P<sep>:)(?:(?P<s>ss?)|mm?(?P<third>:ss?)?)$")


def _clock(text: str) -> re.Match[str] | None:
    """What a header says of how its times are written: ``(mm:ss)``, ``(时:分:秒)``, or ``hh:mm`` at its end."""
    return _IN_BRACKETS.search(text) or _AT_THE_END.search(text)


def clock_unit(text: str) -> str:
    """What the first part of ``02:30`` counts under this header: ``minutes`` for (mm:ss), ``hours`` for (hh:mm)."""
    match = _clock(fold(text))
    if match is None or match["sep"] is None or match.groupdict().get("third"):
        return ""
    first = "minutes" if match["m"] else "hours"
    return first if (first == "minutes") == bool(match["s"]) else ""


def without_clock(text: str) -> str:
    """The header without a ``(mm:ss)`` that says how its figures are written; as it is where it has none."""
    name = fold(text)
    match = _clock(name)
    return f"{name[: match.start()]}{name[match.end() :]}".strip() if match else text


def has_dotted_clock(text: str) -> bool:
    """Whether a header says that 7.30 is a clock: ``(hh.mm)``."""
    match = _clock(fold(text))
    return match is not None and match["sep"] == "."


def names_length(key: str) -> bool:
    """Whether the key of a header is the name of a length of time: 平均响应时长, AHT, Avg. Handle."""
    return key.endswith(TIME_WORDS) or bool(_LENGTH_NAMES.search(key))


def unit_said(text: str) -> str:
    """The unit that the header of a length of time names outside of brackets, a key of ``UNITS``; "" if none.

    ``聊天分钟``, ``迟到分钟数``, ``talk_s`` and ``Minutes late`` name one; ``每分钟`` and ``工时`` do not.
    Whether the column holds lengths of time is for the caller to know: 服务评分 ends in 分.
    """
    name = _WHEN.sub("", fold(text).strip(" :*."))
    inner = _BRACKETS.sub("", name)
    for one in dict.fromkeys((name, inner)):
        match = _BEHIND_TIME.search(one)
        if match:
            return _OF[match[1]]
        for form in (_BEHIND_MARK, _BEHIND, _BEFORE):
            match = form.match(one) if form is _BEFORE else form.search(one)
            word = next(filter(None, match.groups()), "") if match else ""
            if word and word not in _ONLY_AFTER_TIME:
                return _OF[word]
    return ""


def money_said(text: str) -> str:
    """The unit of money behind the name of an amount, without brackets: ``销售额/万元``; "" if none."""
    match = _BEHIND_MONEY.search(fold(text).strip(" :*."))
    return _MONEY[next(filter(None, match.groups()))] if match else ""


def bare_name(text: str) -> str:
    """The name of a length of time, of days or of an amount without the unit or ``(mm:ss)`` behind it, or "".

    ``通话时长_s`` is 通话时长, ``销售额/万元`` is 销售额.
    """
    name = fold(text).strip(" :*.")
    if _WHEN.search(name):
        return ""
    for form in (_BEHIND_TIME, _BEHIND_MARK, _BEHIND):
        match = form.search(name)
        word = next(filter(None, match.groups()), "") if match else ""
        if match and word and (form is _BEHIND_TIME or word not in _ONLY_AFTER_TIME):
            return name[: match.start(match.lastindex or 0)].rstrip(_MARKS)
    if match := _BEHIND_MONEY.search(name) or _BEHIND_DAYS.search(name):
        return name[: match.start()].rstrip(_MARKS)
    return without_clock(name) if _clock(name) else ""
