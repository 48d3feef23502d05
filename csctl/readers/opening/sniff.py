"""What a file really is, by its first bytes and never by its name, and whether it is safe to open."""

from __future__ import annotations

import stat
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.opening.ending import written_size
from csctl.readers.opening.kinds import HEAD, MAX_TEXT_BYTES, MAX_WORKBOOK_BYTES, MIB, FileKind, too_big
from csctl.readers.opening.zipped import zipped_workbook

_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_PARQUET = b"PAR1"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_PAGES = (b"<", b"mime-version:")
_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_HTML = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCUMENTS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document"))
_STARTS = {
    b"\xff\xfe\0\0": "file-not-a-table",
    b"\0\0\xfe\xff": "file-not-a-table",
    b"%PDF-": "file-is-a-pdf",
    b"{\\rtf": "file-is-a-document",
    b"\x89PNG": "file-is-a-picture",
    b"\xff\xd8\xff": "file-is-a-picture",
    b"GIF8": "file-is-a-picture",
    b"Rar!": "file-other-archive",
    b"7z\xbc\xaf": "file-other-archive",
    b"\x1f\x8b": "file-other-archive",
}
"""What a file is that begins so, and the code of the problem; the first two are marks of UTF-32."""
WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls")

TEXT_AS_WORKBOOK = "file-text-named-workbook"
"""A remark where a text file is called a workbook: many platforms export so. It explains what cannot be read."""


def sniff(path: Path, place: Place) -> tuple[FileKind | None, list[Problem]]:
    """The kind of a file, or None with the one problem that forbids to open it; macros and a wrong name are notes.

    A pipe is never opened, so nothing can hang here; a link is followed. Nothing is unpacked beyond the
    first 4 KiB of each part of a workbook.
    """
    one = _not_a_plain_file(path, place)
    if one:
        return None, [one]
    try:
        return _kind(path, place)
    except OSError as fault:
        return None, [problem("file-unreadable", place, fault.strerror or type(fault).__name__)]


def _not_a_plain_file(path: Path, place: Place) -> Problem | None:
    try:
        state = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return problem("file-missing", place)
    except (OSError, ValueError) as fault:
        return problem("file-unreadable", place, getattr(fault, "strerror", None) or type(fault).__name__)
    if not stat.S_ISREG(state.st_mode):
        return problem("file-not-a-file", place)
    return None if state.st_size else problem("file-empty", place)


def _kind(path: Path, place: Place) -> tuple[FileKind | None, list[Problem]]:
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return zipped_workbook(path, place)
    if head.startswith(_OLE2):
        fault = too_big(path, MAX_WORKBOOK_BYTES, place) or _ole_fault(path, place)
        return (None, [fault]) if fault else (FileKind.XLS, [])
    if head.startswith(_PARQUET):
        fault = too_big(path, MAX_TEXT_BYTES, place)
        return (None, [fault]) if fault else (FileKind.PARQUET, [])
    if (marked := _marked_up(head)) is not None:
        return _page(path, marked, place)
    fault = too_big(path, MAX_TEXT_BYTES, place) or _text_fault(path, head, place)
    if fault:
        return None, [fault]
    misnamed = path.suffix.lower() in WORKBOOK_NAMES
    return FileKind.TEXT, [problem(TEXT_AS_WORKBOOK, place, path.suffix)] if misnamed else []


def _marked_up(head: bytes) -> bytes | None:
    """The first bytes of a file of XML or HTML, in small letters, as ASCII whatever the encoding; None for others."""
    plain = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n").lower()
    return plain if plain.startswith(_PAGES) else None


def _page(path: Path, head: bytes, place: Place) -> tuple[FileKind | None, list[Problem]]:
    """A file of XML or HTML: a spreadsheet saved so, a page that may hold tables, or neither."""
    fault = too_big(path, MAX_WORKBOOK_BYTES, place)
    if fault:
        return None, [fault]
    suffix = path.suffix.lower()
    if _SPREADSHEET in head:
        noted = suffix != ".xml"
        return FileKind.XML_2003, [problem("file-xml-named-otherwise", place, path.suffix)] if noted else []
    if any(sign in head for sign in _HTML):
        noted = suffix not in (".html", ".htm")
        return FileKind.HTML, [problem("file-html-named-otherwise", place, path.suffix)] if noted else []
    return None, [problem("file-is-xml" if head.startswith(b"<?xml") else "file-is-a-web-page", place)]


def _ole_fault(path: Path, place: Place) -> Problem | None:
    """A workbook with a password, or an old Word or PowerPoint file."""
    content = path.read_bytes()
    if _ENCRYPTED in content:
        return problem("file-password-protected", place)
    return problem("file-is-a-document", place) if any(name in content for name in _DOCUMENTS) else None


def _text_fault(path: Path, head: bytes, place: Place) -> Problem | None:
    known = next((code for start, code in _STARTS.items() if head.startswith(start)), None)
    if known:
        return problem(known, place)
    if head.startswith(_UTF16):
        return None
    return problem("file-not-a-table", place) if _has_zeros_inside(path) else None


def _has_zeros_inside(path: Path) -> bool:
    """Whether a NUL byte stands anywhere but in a run of them at the end, or everywhere."""
    left = written_size(path)
    if not left:
        return True
    with path.open("rb") as file:
        while left and (block := file.read(min(MIB, left))):
            if b"\0" in block:
                return True
            left -= len(block)
    return False
