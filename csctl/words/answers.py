"""Yes, no and the sides of a pair; what is taken where is said by the package."""

from __future__ import annotations

from csctl.words.folding import declared, same_word

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
