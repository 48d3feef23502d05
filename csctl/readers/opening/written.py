"""Texts that people write by hand, such as csctl.toml and policies: any encoding an editor may save them in.

UTF-8 is what is asked for; whatever else can be read without a guess at what a character meant is read and said.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Place, Problem, errors

UTF8 = ("utf-8", "utf-8-sig")
_UNMARKED = {"utf-16-le": slice(1, None, 2), "utf-16-be": slice(0, None, 2)}
"""UTF-16 without a mark, and which of its bytes are mostly zero where the text is mostly ASCII."""
_HEAD = 256


def read_text_file(path: Path, shown_as: str) -> tuple[str | None, list[Problem]]:
    """The text of a file without a byte-order mark, line ends as ``\\n``; None with the error if it cannot be read.

    ``shown_as`` is its name in problems. An encoding other than UTF-8 is a warning. Raises OSError as reading does.
    """
    place = Place(shown_as)
    content = path.read_bytes()
    name = _unmarked(content) or _asked_for(content)
    if name is None:
        name, problems = _found(path, place)
        if name is None:
            return None, problems
    try:
        text = content.decode(name).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None, [problem("text-unreadable", place, name.upper())]
    said = [] if name in UTF8 else [problem("text-not-utf8", place, _known_as(name))]
    return text.replace("\r\n", "\n").replace("\r", "\n"), said


def _asked_for(content: bytes) -> str | None:
    """UTF-8, where the whole text is; finding any other encoding takes longer to load than most texts to read."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _found(path: Path, place: Place) -> tuple[str | None, list[Problem]]:
    """Which encoding other than UTF-8 it is in; None with the error if it cannot be read."""
    from csctl.readers.opening.encoding import find_encoding, first_bad_line
    from csctl.readers.opening.european import PAGES

    name, problems = find_encoding(path, None, place)
    if name in PAGES:  # any bytes are some European letters: that would be a guess
        return None, [problem("text-unreadable", place.at(row=first_bad_line(path, "utf-8")), "GB18030")]
    return name, [_refused(fault) for fault in errors(problems)]


def _refused(fault: Problem) -> Problem:
    """The same fault in the words for a text: nobody can name the encoding of a policy in a policy."""
    return problem("text-unreadable", fault.place, fault.found) if fault.code == "encoding-wrong" else fault


def _unmarked(content: bytes) -> str | None:
    """Which UTF-16 a text without a mark is in; None if it has one, or is none."""
    head = content[:_HEAD]
    if b"\0" not in head or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    return max(_UNMARKED, key=lambda name: head[_UNMARKED[name]].count(0))


def _known_as(name: str) -> str:
    """An encoding as editors call it."""
    return {"gb18030": "GBK (GB18030)", "big5hkscs": "Big5"}.get(name, name.upper()[:6])
