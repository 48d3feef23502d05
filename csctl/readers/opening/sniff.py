"""What a file really is, by its first bytes and never by its name, and whether it is safe to open."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Place, Problem

MIB = 1024 * 1024
MAX_WORKBOOK_BYTES = 50 * MIB
MAX_TEXT_BYTES = 512 * MIB
MAX_PARTS = 500
MAX_UNPACKED_BYTES = 200 * MIB
MAX_RATIO = 200
"""How many times larger a part of more than 1 MiB may be unpacked than packed; real workbooks stay near 10."""

_HEAD = 4096
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_PAGES = (b"<", b"mime-version:")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCUMENTS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document"))
_STARTS = {
    b"%PDF-": "file-is-a-pdf",
    b"{\\rtf": "file-is-a-document",
    b"\x89PNG": "file-is-a-picture",
    b"\xff\xd8\xff": "file-is-a-picture",
    b"GIF8": "file-is-a-picture",
    b"Rar!": "file-other-archive",
    b"7z\xbc\xaf": "file-other-archive",
    b"\x1f\x8b": "file-other-archive",
}
"""What a file is that begins so, and the code of the problem."""
_PARTS = {
    "word/document.xml": "file-is-a-document",
    "ppt/presentation.xml": "file-is-a-document",
    "xl/workbook.bin": "file-other-spreadsheet",
    "content.xml": "file-other-spreadsheet",
    "Index/Document.iwa": "file-other-spreadsheet",
}
"""What a zip file is that has such a part."""
WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls")
_READABLE_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


TEXT_AS_WORKBOOK = "file-text-named-workbook"
"""A remark where a text file is called a workbook: many platforms export so. It explains what cannot be read."""


class FileKind(StrEnum):
    """How a file is to be read."""

    XLSX = "xlsx"
    XLS = "xls"
    TEXT = "text"


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
        head = file.read(_HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _workbook(path, place)
    if head.startswith(_OLE2):
        fault = _too_big(path, MAX_WORKBOOK_BYTES, place) or _ole_fault(path, place)
        return (None, [fault]) if fault else (FileKind.XLS, [])
    fault = _too_big(path, MAX_TEXT_BYTES, place) or _text_fault(path, head, place)
    if fault:
        return None, [fault]
    misnamed = path.suffix.lower() in WORKBOOK_NAMES
    return FileKind.TEXT, [problem(TEXT_AS_WORKBOOK, place, path.suffix)] if misnamed else []


def _workbook(path: Path, place: Place) -> tuple[FileKind | None, list[Problem]]:
    """A zip file, if it is a workbook that is safe to unpack."""
    too_big = _too_big(path, MAX_WORKBOOK_BYTES, place)
    if too_big:
        return None, [too_big]
    try:
        with zipfile.ZipFile(path) as archive:
            fault = _index_fault(archive.infolist(), place) or _first_bytes_fault(archive, place)
            macros = any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OverflowError):
        return None, [problem("workbook-broken", place)]
    if fault:
        return None, [fault]
    return FileKind.XLSX, [problem("workbook-has-macros", place)] if macros else []


def _too_big(path: Path, limit: int, place: Place) -> Problem | None:
    size = path.stat().st_size
    if size <= limit:
        return None
    return problem("file-too-big", place, f"{size / MIB:,.0f} MiB", limit=f"{limit // MIB} MiB")


def _ole_fault(path: Path, place: Place) -> Problem | None:
    """A workbook with a password, or an old Word or PowerPoint file."""
    content = path.read_bytes()
    if _ENCRYPTED in content:
        return problem("file-password-protected", place)
    return problem("file-is-a-document", place) if any(name in content for name in _DOCUMENTS) else None


def _text_fault(path: Path, head: bytes, place: Place) -> Problem | None:
    plain = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n").lower()
    if plain.startswith(_PAGES):
        return problem("file-is-a-web-page", place)
    known = next((code for start, code in _STARTS.items() if head.startswith(start)), None)
    if known:
        return problem(known, place)
    if head.startswith(_UTF16):
        return None
    with path.open("rb") as file:
        while block := file.read(MIB):
            if b"\0" in block:
                return problem("file-not-a-table", place)
    return None


def _index_fault(parts: list[zipfile.ZipInfo], place: Place) -> Problem | None:
    names = [part.filename for part in parts]
    if len(parts) > MAX_PARTS:
        return problem("workbook-many-parts", place, len(parts), limit=MAX_PARTS)
    if "xl/workbook.xml" not in names:
        return problem(next((code for name, code in _PARTS.items() if name in names), "file-other-archive"), place)
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        return problem("workbook-part-twice", place, doubles[0])
    outside = next((name for name in names if ".." in name.split("/") or name.startswith("/")), None)
    if outside:
        return problem("workbook-part-outside", place, outside)
    if any(part.flag_bits & 1 for part in parts):
        return problem("file-password-protected", place)
    if any(part.compress_type not in _READABLE_METHODS for part in parts):
        return problem("workbook-broken", place)
    return _bomb(parts, place)


def _bomb(parts: Iterable[zipfile.ZipInfo], place: Place) -> Problem | None:
    """A workbook that unpacks to far more than it is. The declared sizes are sound: unpacking stops at them."""
    read = [part for part in parts if _is_read(part)]
    unpacked = sum(part.file_size for part in read)
    swollen = any(part.file_size > MIB and part.file_size > MAX_RATIO * part.compress_size for part in read)
    if unpacked > MAX_UNPACKED_BYTES or swollen:
        return problem("workbook-bomb", place, f"{unpacked / MIB:,.0f} MiB")
    return None


def _is_read(part: zipfile.ZipInfo) -> bool:
    """Pictures are never opened, so their size does not matter."""
    return not part.filename.startswith("xl/media/")


def _first_bytes_fault(archive: zipfile.ZipFile, place: Place) -> Problem | None:
    for part in archive.infolist():
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        with archive.open(part) as file:
            head = file.read(_HEAD).replace(b"\0", b"").upper()  # without NULs UTF-16 reads as ASCII does
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            return problem("workbook-doctype", place, part.filename)
    return None
