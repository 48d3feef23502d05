"""The kinds of files that are read, and how large one may be."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Place, Problem

MIB = 1024 * 1024
MAX_WORKBOOK_BYTES = 50 * MIB
MAX_TEXT_BYTES = 512 * MIB
HEAD = 4096
"""So many first bytes tell what a file or a part of one is."""


class FileKind(StrEnum):
    """How a file is to be read."""

    XLSX = "xlsx"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    XML_2003 = "xml"
    HTML = "html"
    PARQUET = "parquet"
    TEXT = "text"


def too_big(path: Path, limit: int, place: Place) -> Problem | None:
    """A problem if a file has more bytes than ``limit``."""
    size = path.stat().st_size
    if size <= limit:
        return None
    return problem("file-too-big", place, f"{size / MIB:,.0f} MiB", limit=f"{limit // MIB} MiB")
