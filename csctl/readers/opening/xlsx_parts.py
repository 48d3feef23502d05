"""Parts of an .xlsx workbook besides its sheets: names of cells, and the styles reduced to what matters."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring

from csctl.readers.opening.shown import BUILTIN_FORMATS

PLAIN_PROPERTIES = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
MAX_NAMES = 20_000
LONGEST_FORMAT = 255
"""Characters that a spreadsheet program allows a number format; a longer one is no format."""

_CHINESE_DATES = frozenset((*range(27, 37), *range(50, 59)))
"""Number formats that Chinese, Japanese and Korean Excel knows by number alone; all are dates and times."""
_DATE_AND_TIME = "22"

_ONE_CELL = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")


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
        if len(fmt.get("formatCode", "")) <= LONGEST_FORMAT
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
