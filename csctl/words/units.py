"""Units of time, shares, money and counts, as headers and cells write them."""

from __future__ import annotations

from collections.abc import Mapping

from csctl.words.folding import declared

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


def any_word_pattern(words: frozenset[str]) -> str:
    """A regular expression for any of the words, longer ones first. They hold no sign that it would misread."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
