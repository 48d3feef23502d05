"""Whether a zip file is a workbook that is safe to unpack, and of which kind."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.opening.kinds import HEAD, MAX_WORKBOOK_BYTES, MIB, FileKind, too_big

MAX_PARTS = 500
MAX_UNPACKED_BYTES = 200 * MIB
MAX_RATIO = 200
"""How many times larger a part of more than 1 MiB may be unpacked than packed; real workbooks stay near 10."""
_PARTS = {
    "word/document.xml": "file-is-a-document",
    "ppt/presentation.xml": "file-is-a-document",
    "Index/Document.iwa": "file-other-spreadsheet",
}
"""What a zip file is that has such a part."""
_BOOKS = {"xl/workbook.xml": FileKind.XLSX, "xl/workbook.bin": FileKind.XLSB, "content.xml": FileKind.ODS}
"""Which part makes a zip file a workbook of which kind."""
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"
_READABLE_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def zipped_workbook(path: Path, place: Place) -> tuple[FileKind | None, list[Problem]]:
    """A zip file, if it is a workbook that is safe to unpack."""
    fault = too_big(path, MAX_WORKBOOK_BYTES, place)
    if fault:
        return None, [fault]
    try:
        with zipfile.ZipFile(path) as archive:
            fault = _index_fault(archive.infolist(), place) or _first_bytes_fault(archive, place)
            kind = next((kind for part, kind in _BOOKS.items() if part in archive.namelist()), FileKind.XLSX)
            if kind is FileKind.ODS:
                fault = fault or _document_fault(archive, place)
            macros = any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OverflowError):
        return None, [problem("workbook-broken", place)]
    if fault:
        return None, [fault]
    return kind, [problem("workbook-has-macros", place)] if macros else []


def _document_fault(archive: zipfile.ZipFile, place: Place) -> Problem | None:
    """An OpenDocument file that is no spreadsheet, or has a password."""
    names = archive.namelist()
    if "mimetype" not in names or archive.read("mimetype")[:HEAD].strip() != _ODS:
        return problem("file-is-a-document", place)
    manifest = archive.read(_MANIFEST) if _MANIFEST in names else b""
    return problem("file-password-protected", place) if b"encryption-data" in manifest else None


def _index_fault(parts: list[zipfile.ZipInfo], place: Place) -> Problem | None:
    names = [part.filename for part in parts]
    if len(parts) > MAX_PARTS:
        return problem("workbook-many-parts", place, len(parts), limit=MAX_PARTS)
    if not any(name in names for name in _BOOKS):
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
            head = file.read(HEAD).replace(b"\0", b"").upper()  # without NULs UTF-16 reads as ASCII does
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            return problem("workbook-doctype", place, part.filename)
    return None
