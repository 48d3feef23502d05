"""What has become of a fault that a verdict names: put right since, or not decided yet."""

from __future__ import annotations

import re
from enum import Enum

from csctl.core.working_time.marks import Row
from csctl.words import ABSENT_WORDS, EARLY_WORDS, LATE_WORDS, NO_PUNCH, fold


class VerdictStanding(Enum):
    """Whether what a verdict names stands as it says, is put right, or waits for somebody's answer."""

    STANDS = "stands"
    CORRECTED = "corrected"
    PENDING = "pending"


_CAME = LATE_WORDS | EARLY_WORDS
_FAULTS = _CAME | ABSENT_WORDS | frozenset(NO_PUNCH)
_BETWEEN = re.compile(r"[,;、\n]\s*|(?<=[^\x00-\x7f)\]])\s+(?=[^\x00-\x7f])")
"""What stands between the parts of a verdict; a space only beside Chinese."""
_BRACKETS = re.compile(r"\(([^()]*)\)")
_PLAIN = re.compile(
    "|".join(sorted(map(re.escape, _FAULTS), key=len, reverse=True))
    + r"|上班|下班|上午|下午|分钟?|小时|[天秒次点时]|严重|min(?:ute)?s?|h(?:ou)?rs?|days?|in|out|am|pm|[0-9]"
)
_LETTER = re.compile(r"[^\W\d_]")
"""In a remark: what tells only which fault it is and how long it was, and what is left then."""
_SUBJECT = re.compile(
    r"补卡|补签|补打卡|已补(?!休|假|班)|申诉|更正|修正|审批|审核|复核|待定|待确认|豁免|免罚|不罚"
    r"|correct|appeal|amend|disput|regulari[sz]|approv|review|pending|waive|excus"
)
_WAIVED = re.compile(r"不(?:予|计入)?考核|免于?考核|不扣款?|不予?处罚")
_WAITS = re.compile(r"待|[批核诉卡签理请正]中|未审|未复核|pending|awaiting|review|to be |under |not yet")
_DENIED = re.compile(
    r"[未没无][有经]?(?:补|更正|修正|申诉|通过|批准|同意|获批)|不(?:通过|同意|批准|成立|予)|驳回|拒绝|失败|无效|撤[销回]"
    r"|\b(?:not|un|no|dis)[- ]?(?:correct|appeal|approv|amend|regulari|waive|excus)|denied|reject|refus|declin|dismiss"
)
_GRANTED = re.compile(
    r"正常|已补|已更正|已修正|已豁免|豁免|免罚|不罚|通过|成功|成立|同意|批准|有效"
    r"|correct|amended|regulari[sz]ed|grant|approved|accept|upheld|waive|excused"
)


def verdict_standing(verdict: str | None) -> VerdictStanding:
    """What a verdict says of its fault: 缺卡(已补卡) is put right, 迟到(已申诉) waits, 缺卡(补卡驳回) stands."""
    text = _WAIVED.sub("豁免", fold(verdict or ""))
    if not _SUBJECT.search(text):
        return VerdictStanding.STANDS
    if _WAITS.search(text):
        return VerdictStanding.PENDING
    if _DENIED.search(text):
        return VerdictStanding.STANDS
    return VerdictStanding.CORRECTED if _GRANTED.search(text) else VerdictStanding.PENDING


def verdict_parts(verdict: str | None) -> list[tuple[str, VerdictStanding]]:
    """The parts of a verdict, folded, each with its standing. A remark that names no fault is of the part before it."""
    found: list[tuple[str, VerdictStanding]] = []
    for text in filter(None, _BETWEEN.split(fold(verdict or ""))):
        standing = verdict_standing(text)
        if found and standing is not VerdictStanding.STANDS and not _names(text, _FAULTS):
            found[-1] = (f"{found[-1][0]} {text}", standing)
        else:
            found.append((text, standing))
    return found


def is_corrected(row: Row, words: frozenset[str]) -> bool:
    """Whether the verdict names one of these faults and says that all of it has been put right."""
    named = [standing for text, standing in verdict_parts(row["result"]) if _names(text, words)]
    return bool(named) and all(standing is VerdictStanding.CORRECTED for standing in named)


def corrected_punches(row: Row, missing: int) -> int:
    """How many of so many missing punches have been put right, as the verdict says.

    All of them, unless it names some that have not; 迟到(已更正) is of no punch that is missing.
    """
    parts = [(text, standing) for text, standing in verdict_parts(row["result"]) if not _names(text, _CAME)]
    corrected = [text for text, standing in parts if standing is VerdictStanding.CORRECTED]
    if not corrected:
        return 0
    left = sum(_punches(text) for text, standing in parts if standing is not VerdictStanding.CORRECTED)
    return missing if not left else min(missing, sum(map(_punches, corrected)))


def unread_remark(verdict: str | None) -> bool:
    """Whether a fault stands with a remark in brackets that nobody knows, which may say that it does not."""
    text = fold(verdict or "")
    if not _names(text, _FAULTS) or verdict_standing(verdict) is not VerdictStanding.STANDS:
        return False
    remarks = [remark for remark in _BRACKETS.findall(text) if not _DENIED.search(remark)]
    return any(_LETTER.search(_PLAIN.sub("", remark)) for remark in remarks)


def is_pending(row: Row) -> bool:
    """Whether the export leaves open if a fault that it names will stand."""
    return any(standing is VerdictStanding.PENDING for _, standing in verdict_parts(row["result"]))


def _names(text: str, words: frozenset[str]) -> bool:
    return any(word in text for word in words)


def _punches(text: str) -> int:
    return sum(text.count(word) for word in NO_PUNCH)
