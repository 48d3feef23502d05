"""Header texts in a form in which equal names are equal: width, case, spaces, units, traditional characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from csctl.unit_words import bare_name, clock_unit, money_said, unit_said, without_clock
from csctl.words import UNIT_OF, fold, tidy

_TRADITIONAL = str.maketrans(
    "帳帐號員編職務組別級數時間長響應開結發處評價滿質檢驗訴類單訂額銷買賣戶遲勤曠請病補審題會話總計內連繫聯絡線聽轉監"
    "電隊後項稱說際應標準實產當達進過還錄誤誌優滯頻歸屬區崗獎懲紀報課訓練試績積場顧師負責辦圖區櫃檯詢談",
    "账账号员编职务组别级数时间长响应开结发处评价满质检验诉类单订额销买卖户迟勤旷请病补审题会话总计内连系联络线听转监"
    "电队后项称说际应标准实产当达进过还录误志优滞频归属区岗奖惩纪报课训练试绩积场顾师负责办图区柜台询谈",
)
_BRACKET = re.compile(
    r"\s*[(\[【{〔]\s*(?:单位\s*:?\s*|units?\s*:?\s*)?(?:in )?([^()\[\]【】{}〔〕]{1,10}?)\.?\s*[)\]】}〕]"
)
_TRAILING = re.compile(r"\s+in (seconds|secs?|minutes|mins?|hours|hrs|days)$")
_QUESTION_NUMBER = re.compile(r"^[0-9]{1,3}[、.](?![0-9])\s*")
_SPACES = re.compile(r"\s+")
_LETTERS = re.compile(r"@([A-Za-z]{1,3})")
_SPACE_BESIDE_HAN = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])|(?<=/) | (?=/)")


@lru_cache(maxsize=4096)
def normalise(text: str) -> tuple[str, str]:
    """The key by which a header is compared, and the unit that its brackets name (a key of ``UNITS``, or "").

    ``平均响应时长（秒)`` gives ``("平均响应时长", "seconds")``; ``First reply time in minutes`` gives
    ``("first reply time", "minutes")``. Brackets that hold no unit stay: they tell columns apart.
    """
    key = fold(fold(text).replace("_", " "))
    key = _SPACE_BESIDE_HAN.sub("", _QUESTION_NUMBER.sub("", key)).translate(_TRADITIONAL).replace("座席", "坐席")
    unit = ""
    for match in _BRACKET.finditer(key):
        if match[1] in UNIT_OF:
            unit = UNIT_OF[match[1]]
            key = key[: match.start()] + key[match.end() :]
            break
    trailing = _TRAILING.search(key)
    if trailing and not unit:
        unit, key = UNIT_OF[trailing[1]], key[: trailing.start()]
    return key.strip(" :*"), unit


def key_of(text: str) -> str:
    """Only the key of ``normalise``."""
    return normalise(text)[0]


@lru_cache(maxsize=4096)
def same_header(text: str) -> str:
    """The form in which two headers are one: each part of ``组/列`` as its key. The form of a form is itself."""
    form = "/".join(key_of(without_clock(part)) for part in text.split("/"))
    return form if form == text else same_header(form)


@dataclass(frozen=True, slots=True)
class Header:
    """One column's header. ``column`` counts from 0; ``text`` is as shown, ``组/列`` if it stands under a group.

    ``own`` is what its own cell says. ``unit`` is what brackets, ``in minutes`` or ``/万元`` name. ``of_time`` is the
    unit that counts where the column is a length of time: the same, or a word of the header (``聊天分钟``). ``clock``
    is the unit of the first part of ``02:30`` (``minutes`` under ``(mm:ss)``). ``bare`` is the key without a unit at
    its end, "" if there is none.
    """

    column: int
    text: str
    key: str
    group: str = ""
    unit: str = ""
    own: str = ""
    of_time: str = ""
    clock: str = ""
    bare: str = ""

    @property
    def together(self) -> str:
        """Group and key as one name, as people say it: 金额 under 退款 is 退款金额; "" without a group."""
        between = " " if self.group.isascii() and self.key.isascii() else ""
        return f"{self.group}{between}{self.key}" if self.group else ""

    @property
    def path(self) -> str:
        """Group and key joined; the key alone without a group."""
        return f"{self.group}/{self.key}" if self.group else self.key


@lru_cache(maxsize=16384)
def make_header(column: int, text: str, group: str = "") -> Header:
    """The header of one column from what its cell, and the cell of its group above, say."""
    text, group = _SPACES.sub(" ", tidy(text)), _SPACES.sub(" ", tidy(group))
    key, unit = normalise(text)
    above, above_unit = normalise(group)
    shown = f"{group}/{text}" if group else text
    own = unit or unit_said(text)
    return Header(
        column=column,
        text=shown,
        key=key,
        group=above,
        unit=unit or money_said(text) or above_unit,
        own=text,
        of_time=own or above_unit or unit_said(group),
        clock=clock_unit(text) or clock_unit(group),
        bare="" if unit else key_of(bare_name(text)),
    )


def column_letters(number: int) -> str:
    """1 is A, 27 is AA, as spreadsheets name columns."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def lettered(column: int) -> str:
    """How a column (from 0) is called by its letter: ``@A``, ``@AB``."""
    return f"@{column_letters(column + 1)}"


def column_by_letter(name: str) -> int | None:
    """The column (from 0) that a name such as ``@B`` means; None for any other name."""
    match = _LETTERS.fullmatch(name.strip())
    if not match:
        return None
    number = 0
    for letter in match[1].upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _own_text(header: Header) -> str:
    return header.text.partition("/")[2] if header.group else header.text


def find_headers(headers: list[Header], name: str) -> list[Header]:
    """The headers a name means: those written exactly so, else the column of that letter, else those that are alike.

    Alike are first those of that ``组/列``, then those whose own text it is; of several, those of the name's unit go
    before those of another, and these before those without one.
    """
    text = _SPACES.sub(" ", tidy(name))
    exact = [header for header in headers if header.text == text]
    exact = exact or [header for header in headers if _own_text(header) == text]
    exact = exact or [header for header in headers if fold(header.text) == fold(text)]
    exact = exact or [header for header in headers if header.column == column_by_letter(text)]
    return exact or _alike(headers, name)


def _alike(headers: list[Header], name: str) -> list[Header]:
    key, unit = normalise(name)
    found = [header for header in headers if header.path == key] or [header for header in headers if header.key == key]
    return [header for header in found if header.unit == unit] or [header for header in found if header.unit] or found
