"""What exports and people write for nothing."""

from __future__ import annotations

from csctl.words.answers import ABSENCE
from csctl.words.folding import declared, same_word

EMPTY = declared("- -- --- n/a") | {""}
"""What exports write for nothing, in any column."""
EMPTY_FIGURES = EMPTY | declared("null none (null) nan nat /")
"""The same in columns of figures, flags and days; in a text or number of staff these may be meant."""
NO_FIGURE = declared("na n.a. no_data not_rated 无数据 暂无数据 无评价 未评价 暂无评价 无评分 未评分 未评 未参评")
"""What stands in a wide table of figures for a person of whom there is none; elsewhere such a row may be wrong."""
NO_END = declared("至今 长期 长期有效 永久 在职 present ongoing open open_end open-ended") | {"no end"}
"""What people write for a last day that is not there."""


def says_nothing(text: str | None) -> bool:
    """Whether a cell that must give a reason or a name gives none: empty, a mark of nothing, or 无."""
    word = same_word(text or "")
    return word in EMPTY_FIGURES or word in ABSENCE
