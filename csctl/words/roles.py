"""Who rates, who fills a form in, and who wrote a message."""

from __future__ import annotations

from collections.abc import Mapping

from csctl.words.folding import declared, same_word

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
