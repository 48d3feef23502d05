"""In which encoding a text file is written: byte-order mark, strict UTF-8, then what its characters or words speak for.

GBK, Big5 and Shift-JIS accept each other's bytes, and half of all UTF-8 as well, so accepting proves nothing. What
decides is how many of the decoded characters are common ones: mojibake is made of rare characters. European text has
single letters with accents among plain ones, where Chinese has runs of bytes; Cyrillic and the like have words of one
alphabet. Where nothing speaks for one of them, it is asked for.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.opening.european import is_european, page_of
from csctl.readers.opening.scripts import Script, script_of

_BLOCK = 1024 * 1024
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "utf-8": "utf-8-sig", "big5": "big5hkscs"}
"""Names that programs write for a subset of what they use; the superset reads the same bytes the same way."""
CHINESE = ("gb18030", "big5hkscs")
LEGACY = (*CHINESE, "cp932")
_RUN = re.compile(rb"[\x80-\xff]+")
_LONG_RUNS = 0.1
"""So large a share of long runs of foreign bytes can be a slip in European text; more is another script."""
_HARDLY, _SURE = 0.5, 0.9
"""Text in which fewer characters are common ones is hardly what it was decoded as; with more it surely is."""
_WORDS, _MANY_WORDS = 2, 4
"""So many different long words of one alphabet are no chance: one Chinese word in twenty looks so."""
_NARROW = 4
"""So many narrow kana for each wide sign may be names; more of them are Chinese read wrongly."""


def find_encoding(path: Path, wanted: str | None, place: Place) -> tuple[str | None, list[Problem]]:
    """The encoding to open a file with, as Python names it, or None with the problem.

    ``wanted`` overrides the guess and is checked against the whole file. A guess other than UTF-8 or a
    byte-order mark is said in a note. A file that is partly UTF-8 and partly something else is refused.
    """
    if wanted is not None:
        return _as_wanted(path, wanted, place)
    with path.open("rb") as file:
        head = file.read(4)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if marked:
        line = first_bad_line(path, marked)
        return (marked, []) if line is None else (None, [_wrong(place, marked, line)])
    if first_bad_line(path, "utf-8") is None:
        return "utf-8", []
    return _legacy(path, place)


def _as_wanted(path: Path, wanted: str, place: Place) -> tuple[str | None, list[Problem]]:
    try:
        name = codecs.lookup(wanted.strip()).name
        "a".encode(name)  # refused for what Python calls a codec but is no encoding of text
    except (LookupError, ValueError):
        return None, [problem("encoding-unknown-name", place, wanted)]
    name = _WIDER.get(name, name)
    line = first_bad_line(path, name)
    return (name, []) if line is None else (None, [_wrong(place, wanted, line)])


def _legacy(path: Path, place: Place) -> tuple[str | None, list[Problem]]:
    mixed = _mixed_lines(path)
    if mixed:
        utf8, other = mixed
        return None, [problem("encoding-mixed", place.at(row=max(mixed)), utf8=utf8, other=other)]
    sample = _sample(path)
    fitting = {
        name: share
        for name, share in shares(sample).items()
        if (name in CHINESE or share >= _HARDLY) and first_bad_line(path, name) is None
    }
    page = page_of(sample) if is_european(sample) or (not fitting and _hardly_chinese(sample)) else None
    if page and first_bad_line(path, page) is None:
        return page, [problem("encoding-western", place, page)]
    script = script_of(sample)
    if script and first_bad_line(path, script.page) is not None:
        script = None
    return _decided(fitting, script, first_bad_line(path, CHINESE[0]) or 1, place)


def _decided(
    fitting: Mapping[str, float], script: Script | None, bad_line: int, place: Place
) -> tuple[str | None, list[Problem]]:
    """The encoding whose characters or words are those of a language, if there is one; else what to write.

    ``fitting`` has the share of common characters by encoding; ``script`` is of text of one byte a letter.
    """
    best = max(fitting, key=fitting.__getitem__, default="")  # a tie goes to GB18030
    share = fitting.get(best, 0.0)
    if script and (script.words >= (_WORDS if share < _SURE else _MANY_WORDS) or share < _HARDLY):
        if script.rivals:
            return None, [_open((script.page, *script.rivals), place)]
        return script.page, [problem("encoding-by-script", place, script.page)]
    if not best:
        return None, [_wrong(place, "GB18030", bad_line)]
    if share < _HARDLY:
        return None, [_open(fitting, place)]
    if best in CHINESE:
        return best, [problem("encoding-guessed", place, best.upper().removesuffix("HKSCS"))]
    return best, [problem("encoding-by-script", place, best)]


def _open(names: Iterable[str], place: Place) -> Problem:
    """A question: the text could be in any of these, and is common in none or in several."""
    shown = tuple(dict.fromkeys([*(name.removesuffix("hkscs") for name in names), "cp1252"]))
    return problem("encoding-open", place, shown, line=f'encoding = "{shown[0]}"')


def _hardly_chinese(sample: bytes) -> bool:
    """Whether long runs of foreign bytes are the exception: in Chinese text they are the rule."""
    runs = _RUN.findall(sample)
    return sum(len(run) > 2 for run in runs) <= _LONG_RUNS * len(runs)


def _wrong(place: Place, name: str, line: int) -> Problem:
    return problem("encoding-wrong", place.at(row=line), name)


def first_bad_line(path: Path, encoding: str) -> int | None:
    """The first line, from 1, that does not decode; None if all do. Reads in blocks, so size does not matter."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            try:
                lines += decoder.decode(block, final=not block).count("\n")
            except UnicodeDecodeError as fault:
                return lines + fault.object[: fault.start].decode(encoding, "ignore").count("\n")
            if not block:
                return None


def _mixed_lines(path: Path) -> tuple[int, int] | None:
    """The first line that is UTF-8 and the first that cannot be, if the file has both.

    Short GBK words such as 联通 are valid UTF-8 by chance; they give no common characters and do not count.
    """
    utf8 = other = None
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.isascii():
                continue
            if _is_surely_utf8(line):
                utf8 = utf8 or number
            elif not _decodes(line, "utf-8"):
                other = other or number
            if utf8 and other:
                return utf8, other
    return None


def _is_surely_utf8(line: bytes) -> bool:
    if not _decodes(line, "utf-8"):
        return False
    share = common_share(line.decode("utf-8"))
    return share > 0 and share >= max(shares(line).values())


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _sample(path: Path) -> bytes:
    """Up to 1 MiB of the lines that are not plain ASCII: these are the ones that tell."""
    found = bytearray()
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                found += line[:_BLOCK]
            if len(found) >= _BLOCK:
                break
    return bytes(found)


def shares(sample: bytes) -> dict[str, float]:
    """By encoding, which share of the characters are common ones where bytes are read so."""
    found = {name: common_share(sample.decode(name, "ignore")) for name in CHINESE}
    return found | {"cp932": _japanese_share(sample.decode("cp932", "ignore"))}


def common_share(text: str) -> float:
    """Which share of the non-ASCII characters are common Chinese ones, 0 to 1; 0 if there are none."""
    return _share(text, common_characters())


def _japanese_share(text: str) -> float:
    """The same of Japanese ones. The narrow kana are no sign of it: any two bytes of Chinese may be two of them."""
    wide = [sign for sign in text if sign > "\x7f" and not "｡" <= sign <= "ﾟ"]
    narrow = sum("｡" <= sign <= "ﾟ" for sign in text)
    return _share("".join(wide), japanese_characters()) if _NARROW * len(wide) >= narrow else 0.0


def _share(text: str, common: frozenset[str]) -> float:
    foreign = [character for character in text if character > "\x7f"]
    return sum(map(common.__contains__, foreign)) / len(foreign) if foreign else 0.0


@cache
def common_characters() -> frozenset[str]:
    """The everyday blocks of GB2312 and Big5, full-width forms and Chinese punctuation."""
    simplified = _block(range(0xB0, 0xD8), range(0xA1, 0xFF), "gb2312")
    traditional = _block(range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)), "big5")
    marks = "、。·—…‘’“”〈〉《》「」『』【】〔〕￥°％"
    return frozenset(simplified + traditional + marks + "".join(map(chr, range(0xFF01, 0xFF5F))))


@cache
def japanese_characters() -> frozenset[str]:
    """Kana, the everyday kanji of JIS, full-width forms and punctuation."""
    trails = (*range(0x40, 0x7F), *range(0x80, 0xFD))
    return frozenset(_block(range(0x81, 0x84), trails, "cp932") + _block(range(0x88, 0x98), trails, "cp932"))


def _block(leads: range, trails: range | tuple[int, ...], encoding: str) -> str:
    return "".join(bytes((lead, trail)).decode(encoding, "ignore") for lead in leads for trail in trails)
