"""What openpyxl's read-only mode does not tell: merged cells, formulas without a value, rows that stand twice."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring

from csctl.problems import Place, Problem
from csctl.readers.opening.sheet_rows import Sightings
from csctl.readers.opening.shown import BUILTIN_FORMATS

PLAIN_PROPERTIES = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
MAX_MERGED_CELLS = 10_000
"""A merged range larger than this is no heading; it is ignored."""
MAX_MERGED_RANGES = 20_000
MAX_NAMES = 20_000

_CHINESE_DATES = frozenset((*range(27, 37), *range(50, 59)))
"""Number formats that Chinese, Japanese and Korean Excel knows by number alone; all are dates and times."""
_DATE_AND_TIME = "22"

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_NUMBER = re.compile(rb"""\br=["'](\d{1,9})["']""")
_ROW_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref=["\']([A-Za-z]{1,3}\d{1,7}:[A-Za-z]{1,3}\d{1,7})["\']')
_FORMULA_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\s*(?:/>|>\s*</(?:\w+:)?v>)\s*)?</(?:\w+:)?c>"
)
_TEXT_RESULT = re.compile(rb"""\bt=["']str["']""")
_ONE_CELL = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")
_CELL_NAME = re.compile(rb"""\br=["']([A-Za-z]{1,3}\d{1,7})["']""")


@dataclass(frozen=True)
class SheetMarks:
    """What the XML of one sheet says besides its values."""

    merged: tuple[tuple[int, int, int, int], ...]
    problems: list[Problem]
    hidden_rows: tuple[int, ...] = ()


def sheet_marks(xml: bytes, place: Place, hidden: bool) -> SheetMarks:
    """Merged ranges, hidden rows (from 1), and problems: formulas without a saved value, rows that stand twice.

    A formula without a value is an error, because it would read as an empty cell; on a hidden sheet it is a warning.
    """
    seen = Sightings(place, hidden)
    _valueless_formulas(xml, seen)
    hidden_rows = _row_faults(xml, seen)
    return SheetMarks(_merged(xml), seen.problems(), hidden_rows)


def _valueless_formulas(xml: bytes, seen: Sightings) -> None:
    for cell in _FORMULA_CELL.finditer(xml):
        if cell[2] and _TEXT_RESULT.search(cell[1]):
            continue  # a formula whose saved value is the empty text
        name = _CELL_NAME.search(cell[1])
        row, column = coordinate_to_tuple(name[1].decode("ascii").upper()) if name else (0, 0)
        seen.add("formula-without-value", row, column)


def _row_faults(xml: bytes, seen: Sightings) -> tuple[int, ...]:
    """Reports rows out of order, which the reader passes over; returns the rows that are hidden."""
    hidden: list[int] = []
    last = 0
    for tag in _ROW.finditer(xml):
        number = _ROW_NUMBER.search(tag[1])
        current = int(number[1]) if number else last + 1
        if current <= last:
            seen.add("row-number-twice", current, 0, current)
        last = max(last, current)
        if _ROW_HIDDEN.search(tag[1]):
            hidden.append(current)
    return tuple(hidden)


def _merged(xml: bytes) -> tuple[tuple[int, int, int, int], ...]:
    ranges = []
    for found in _MERGED.finditer(xml):
        left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(found[1].decode("ascii")))
        if 0 < (bottom - top + 1) * (right - left + 1) <= MAX_MERGED_CELLS and bottom >= top > 0:
            ranges.append((top, left, bottom, right))
        if len(ranges) == MAX_MERGED_RANGES:
            break
    return tuple(ranges)


def cell_names(path: Path) -> list[tuple[str, str, str]]:
    """The names that a workbook gives to single cells, each with its sheet and cell (``B7``).

    Raises the parser's error if the part that holds them is not XML.
    """
    with zipfile.ZipFile(path) as archive:
        root = fromstring(archive.read("xl/workbook.xml"))
    found = []
    for named in root.findall(f"{{{SHEET_MAIN_NS}}}definedNames/{{{SHEET_MAIN_NS}}}definedName")[:MAX_NAMES]:
        home, _, cell = (named.text or "").strip().rpartition("!")
        cell = cell.replace("$", "").upper()
        if home and "localSheetId" not in named.attrib and _ONE_CELL.fullmatch(cell):
            found.append((named.get("name", ""), home.removeprefix("'").removesuffix("'").replace("''", "'"), cell))
    return found


def plain_styles(xml: bytes) -> str:
    """A style sheet with nothing but number formats, in which every cell style keeps its number.

    Raises the parser's error if the part is not XML.
    """
    root = fromstring(xml)
    own = {
        fmt.get("numFmtId", ""): fmt.get("formatCode", "")
        for fmt in root.findall(f"{{{SHEET_MAIN_NS}}}numFmts/{{{SHEET_MAIN_NS}}}numFmt")
    }
    styles = root.findall(f"{{{SHEET_MAIN_NS}}}cellXfs/{{{SHEET_MAIN_NS}}}xf")
    formats = [_known_format(style.get("numFmtId", "0"), own) for style in styles] or ["0"]
    return (
        f'<styleSheet xmlns="{SHEET_MAIN_NS}">'
        f"<numFmts>{''.join(map(_number_format, own.items()))}</numFmts>"
        "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        '<cellStyleXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f"<cellXfs>{''.join(map(_style, formats))}</cellXfs>"
        '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def format_codes(xml: bytes) -> dict[int, str]:
    """The format code of each cell style of such a plain style sheet, where the sheet says it or all programs agree.

    Currency formats that only a number names show whatever the reader's computer is set to: they are left out.
    """
    root = fromstring(xml)
    codes = {str(number): code for number, code in BUILTIN_FORMATS.items()} | {
        own.get("numFmtId", ""): own.get("formatCode", "")
        for own in root.findall(f"{{{SHEET_MAIN_NS}}}numFmts/{{{SHEET_MAIN_NS}}}numFmt")
    }
    styles = root.findall(f"{{{SHEET_MAIN_NS}}}cellXfs/{{{SHEET_MAIN_NS}}}xf")
    numbers = [style.get("numFmtId", "") for style in styles]
    return {index: codes[number] for index, number in enumerate(numbers) if number in codes}


def _known_format(number: str, own: dict[str, str]) -> str:
    if number in own or not number.isascii() or not number.isdigit():
        return number if number in own else "0"
    return _DATE_AND_TIME if int(number) in _CHINESE_DATES else number


def _number_format(entry: tuple[str, str]) -> str:
    number, code = entry
    return f"<numFmt numFmtId={quoteattr(number)} formatCode={quoteattr(code)}/>" if number.isdigit() else ""


def _style(number: str) -> str:
    return f'<xf numFmtId={quoteattr(number)} fontId="0" fillId="0" borderId="0" xfId="0"/>'
