"""Makes small workbooks by hand, sound and hostile ones, part by part."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/>'
    "</Types>"
)
ROOT = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def workbook_xml(namespace: str = MAIN, state: str = "visible", date1904: bool = False) -> str:
    """The part that lists the sheets; here one sheet named 表."""
    return (
        f'<workbook xmlns="{namespace}" xmlns:r="{_OFFICE}"><workbookPr date1904="{int(date1904)}"/>'
        f'<sheets><sheet name="表" sheetId="1" state="{state}" r:id="rId1"/></sheets></workbook>'
    )


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    """A sheet of the given ``<row>`` elements."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def styles_xml(formats: str, cells: str, fill: str = "<fill><patternFill/></fill>") -> str:
    """A style sheet of the given ``<numFmt>`` and cell ``<xf>`` elements."""
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><fonts><font/></fonts><fills>{fill}</fills>'
        f"<borders><border/></borders><cellXfs>{cells}</cellXfs></styleSheet>"
    )


def text(cell: str, words: str) -> str:
    """A cell of text, such as ``text("A1", "工号")``."""
    return f'<c r="{cell}" t="inlineStr"><is><t>{words}</t></is></c>'


def strings_xml(*texts: str) -> str:
    """The part of texts that cells share."""
    return f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{one}</t></si>" for one in texts)}</sst>'


def save(path: Path, sheet: str, **parts: str | bytes) -> Path:
    """A workbook of this sheet. ``parts`` replace or add: workbook, styles, strings, or any part by its path."""
    named = {"workbook": "xl/workbook.xml", "styles": "xl/styles.xml", "strings": "xl/sharedStrings.xml"}
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES if "strings" in parts else TYPES.replace("sharedStrings+xml", "none+xml"),
        "_rels/.rels": ROOT,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/workbook.xml": workbook_xml(),
        "xl/worksheets/sheet1.xml": sheet,
    }
    found |= {named.get(name, name): content for name, content in parts.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return path


def append(path: Path, name: str, content: str | bytes) -> Path:
    """One more part, even if a part of that name is already there."""
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, content)
    return path
