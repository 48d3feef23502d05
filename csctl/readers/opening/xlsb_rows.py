"""Rows that a binary .xlsb workbook hides, which its records tell and calamine does not."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from defusedxml.ElementTree import ParseError, fromstring

_DAMAGED = (struct.error, zlib.error, zipfile.BadZipFile, ParseError, EOFError)
_BOOK = "xl/workbook.bin"
_ROW, _SHEET = 0, 156
_HIDDEN_AT, _HIDDEN = 11, 0x10
_MORE, _LOW = 0x80, 0x7F
_LONGEST_KIND, _LONGEST_LENGTH = 2, 4


def hidden_rows_of(path: Path) -> dict[str, list[int]]:
    """By name of the sheet the rows, from 1, that nobody sees. Raises nothing: of a damaged workbook none is told."""
    try:
        with zipfile.ZipFile(path) as archive:
            return {name: _hidden(archive.read(part)) for name, part in _parts(archive)}
    except (*_DAMAGED, OSError, LookupError, ValueError, RuntimeError):
        return {}


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Every sheet by its name, and the part in which it stands."""
    relations = fromstring(archive.read("xl/_rels/workbook.bin.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for kind, record in _records(archive.read(_BOOK)):
        if kind == _SHEET:
            relation, at = _text(record, 8)
            name, _ = _text(record, at)
            target = targets[relation]
            yield name, target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _text(record: bytes, at: int) -> tuple[str, int]:
    """The text that begins there, and where the next thing does."""
    (length,) = struct.unpack_from("<I", record, at)
    end = at + 4 + 2 * length
    return record[at + 4 : end].decode("utf-16-le"), end


def _hidden(sheet: bytes) -> list[int]:
    return [
        struct.unpack_from("<I", record)[0] + 1
        for kind, record in _records(sheet)
        if kind == _ROW and record[_HIDDEN_AT] & _HIDDEN
    ]


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part: kind and length are written seven bits to a byte."""
    at = 0
    while at < len(content):
        kind, at = _number(content, at, _LONGEST_KIND)
        length, at = _number(content, at, _LONGEST_LENGTH)
        yield kind, content[at : at + length]
        at += length


def _number(content: bytes, at: int, longest: int) -> tuple[int, int]:
    found = 0
    for place in range(longest):
        byte = content[at]
        at += 1
        found |= (byte & _LOW) << (7 * place)
        if not byte & _MORE:
            break
    return found, at
