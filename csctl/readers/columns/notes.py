"""Rows below or between the data of a table that tell of the sheet itself: who made it, when, which page this is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from csctl.readers.columns.looks import is_datum
from csctl.readers.columns.values import cell_as_text, narrow
from csctl.readers.grid import Cell

_SIGNED = "制表|制单|填表|填报|编制|审核|复核|审批|核准|批准|经办|负责|主管|签字|签名|签章|盖章"
_ABOUT = (
    r"注|备注|说明|附注|报表|统计|导出|生成|打印|下载|更新|截止|截至|数据|单位|操作人|查询|筛选|日期|时间"
    r"|notes?\b|remarks?\b|generated|exported|printed|downloaded|updated|created by|prepared|reviewed|checked by"
    r"|approved|signed|signature|source:|data as of|as of|period|units?:|filters?\b|date\b"
    r"|report (?:date|time|generated|period)"
)
_LABEL = re.compile(
    rf"[*(（]?\s*(?:{_ABOUT}|[^,，:：0-9]{{0,6}}(?:{_SIGNED}))[^,，:：]{{0,16}}[:：].*", re.IGNORECASE | re.DOTALL
)
"""A label with a colon, and perhaps what it labels."""
_ROLE = re.compile(rf"(?:{_SIGNED})(?:人|者|员)?|prepared by|checked by|reviewed by|approved by", re.IGNORECASE)
"""A label that has no colon, where what it labels stands in the next cell."""
_MORE = re.compile(r"[^,，:：0-9]{1,12}[:：].*", re.DOTALL)
"""Any label with a colon: enough beside one that tells of the sheet."""
_PAGE = re.compile(
    r"[-—\s(]*(?:第\s*\d+\s*页[\s,/／-]*(?:[共/]\s*\d+\s*页)?|共\s*\d+\s*页(?:[\s,/／-]*第\s*\d+\s*页)?"
    r"|page\s*\d+(?:\s*(?:of|/)\s*\d+)?|\d+\s*(?:of)\s*\d+\s*pages?)[-—\s)]*",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?:共|共计|合计|总计|总共)\s*[:：]?\s*[\d,]+\s*(?:条|行|笔|项|个|人|名|位)?(?:记录|数据|明细)?[。.]?"
    r"|(?:total\s+)?[\d,]+\s*(?:rows?|records?|entries)(?:\s+(?:in total|found|exported))?[.]?"
    r"|(?:total\s+)?(?:rows?|records?|entries)\s*[:：]?\s*[\d,]+",
    re.IGNORECASE,
)
_END = re.compile(
    r"[-—=*\s(（【]*(?:以下空白|以下无正文|以下无数据|报表结束|数据结束|结束|完"
    r"|end(?: of (?:report|file|data|table|list))?)"
    r"[-—=*\s)）】]*",
    re.IGNORECASE,
)
_MAY_BEGIN = re.compile(
    r"[:：页条行笔项个人名位录据细白文束完。表单填报制核批准办责管签章]|page|end|row|record|entr| by", re.IGNORECASE
)
"""What every note holds: most cells of a file can be passed over by it."""
_MOST_LABELS = 8


def may_begin_note(cell: Cell) -> bool:
    """Whether a row that begins with this cell may be such a note; asked of every row of a file."""
    return isinstance(cell, str) and bool(_MAY_BEGIN.search(cell))


def is_note(filled: Sequence[Cell]) -> bool:
    """Whether the filled cells of a row, from the left, hold nothing but what tells of the sheet.

    The first begins with a label of that kind, or is the number of a page, a count of records or an end. What
    stands in the other cells are such notes, other labels, or what the label just before names.
    """
    if not filled or len(filled) > 2 * _MOST_LABELS or not isinstance(filled[0], str):
        return False
    texts = [narrow(cell_as_text(cell)) for cell in filled]
    if len(texts) == 1 and (_END.fullmatch(texts[0]) or _COUNT.fullmatch(texts[0])):
        return True
    if not (_tells(texts[0]) or (len(texts) > 1 and _ROLE.fullmatch(texts[0]) and not is_datum(filled[1]))):
        return False
    return all(
        _tells(text) or _MORE.fullmatch(text) or _ROLE.fullmatch(text) or _is_open(texts[at])
        for at, text in enumerate(texts[1:])
    )


def _is_open(label: str) -> bool:
    """Whether what the label says stands in the next cell."""
    return label.endswith((":", "：")) or bool(_ROLE.fullmatch(label))


def _tells(text: str) -> bool:
    return bool(_LABEL.fullmatch(text) or _PAGE.fullmatch(text))
