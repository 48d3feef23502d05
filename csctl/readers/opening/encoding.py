"""In which encoding a text file is written: byte-order mark, strict UTF-8, then GB18030 or Big5, or European Windows.

GBK and Big5 accept each other's bytes, and half of all UTF-8 as well, so accepting proves nothing. What decides is
how many of the decoded characters are common ones: mojibake is made of rare characters. European text has single
letters with accents among plain ones, where Chinese has runs of bytes.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.opening.european import is_european, page_of

_BLOCK = 1024 * 1024
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "utf-8": "utf-8-sig", "big5": "big5hkscs"}
"""Names that programs write for a subset of what they use; the superset reads the same bytes the same way."""
LEGACY = ("gb18030", "big5hkscs")
_RUN = re.compile(rb"[\x80-\xff]+")
_LONG_RUNS = 0.1
"""So large a share of long runs of foreign bytes can be a slip in European text; more is another script."""


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
    fitting = [name for name in LEGACY if first_bad_line(path, name) is None]
    sample = _sample(path)
    if not fitting:
        page = page_of(sample) if _hardly_chinese(sample) else None
        if page and first_bad_line(path, page) is None:
            return page, [problem("encoding-western", place, page)]
        return None, [_wrong(place, "GB18030", first_bad_line(path, "gb18030") or 1)]
    page = page_of(sample) if is_european(sample) else None
    if page and first_bad_line(path, page) is None:
        return page, [problem("encoding-western", place, page)]
    best = max(fitting, key=lambda name: common_share(sample.decode(name, "ignore")))  # a tie goes to GB18030
    return best, [problem("encoding-guessed", place, best.upper().removesuffix("HKSCS"))]


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
    return share > 0 and share >= max(common_share(line.decode(name, "ignore")) for name in LEGACY)


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


def common_share(text: str) -> float:
    """Which share of the non-ASCII characters are common Chinese ones, 0 to 1; 0 if there are none."""
    foreign = [character for character in text if character > "\x7f"]
    if not foreign:
        return 0.0
    return sum(map(common_characters().__contains__, foreign)) / len(foreign)


@cache
def common_characters() -> frozenset[str]:
    """The everyday blocks of GB2312 and Big5, full-width forms and Chinese punctuation."""
    simplified = _block(range(0xB0, 0xD8), range(0xA1, 0xFF), "gb2312")
    traditional = _block(range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)), "big5")
    marks = "、。·—…‘’“”〈〉《》「」『』【】〔〕￥°％"
    return frozenset(simplified + traditional + marks + "".join(map(chr, range(0xFF01, 0xFF5F))))


def _block(leads: range, trails: range | tuple[int, ...], encoding: str) -> str:
    return "".join(bytes((lead, trail)).decode(encoding, "ignore") for lead in leads for trail in trails)
