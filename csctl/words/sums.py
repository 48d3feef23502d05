"""Heads of rows and sheets that sum up others, and words for all parts together."""

from __future__ import annotations

import re
from functools import lru_cache

from csctl.words.folding import declared, fold, same_word

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
