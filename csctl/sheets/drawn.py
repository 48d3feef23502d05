"""Pictures, text boxes, shapes and charts of a template, taken as they are: openpyxl would lose or redraw them.

The parts of a sheet's drawing are kept from the template's own file, and put back into the filled one below a folder
of their own. Anchors and the cells of charts move with the rows that repeat; text boxes are filled as cells are.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from html import escape, unescape
from pathlib import PurePosixPath
from posixpath import normpath
from types import MappingProxyType

from defusedxml.ElementTree import fromstring

from csctl.sheets.form_rows import Moved, moved_formula
from csctl.sheets.saving import Parts

_ELEMENTS = {"drawing": "drawing", "vmlDrawing": "legacyDrawingHF"}
"""What refers to a drawing in a sheet, by the kind of its relation; the second holds the pictures of page headers."""
_KEPT = frozenset(
    {
        "image", "chart", "chartUserShapes", "chartStyle", "chartColorStyle", "diagramData", "diagramLayout",
        "diagramQuickStyle", "diagramColors", "diagramDrawing",
    }
)  # fmt: skip
"""What a drawing may bring along. Whatever else it names, a link to the web or a workbook within, keeps it out."""
_DRAWING = re.compile(r"xl/(?:drawings/[^/]+\.xml|cellimages\.xml)")
"""Parts with something drawn: on a sheet, or the pictures within cells that WPS keeps in a part of its own."""
_BEHIND = {
    kind: re.compile(
        rf"<(?:{before}picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b|</worksheet>".encode()
    )
    for kind, before in (("drawing", "legacyDrawing|legacyDrawingHF|drawingHF|"), ("vmlDrawing", "drawingHF|"))
}
"""What stands behind each of them in the file of a sheet."""
_ROW = re.compile(r"(<(?:\w+:)?row>)(\d+)(</(?:\w+:)?row>)")
_REFERENCE = re.compile(r"(<(?:\w+:)?f>)([^<]*)(</(?:\w+:)?f>)")
_CACHE = re.compile(r"<(\w+:(?:str|num|multiLvlStr)Cache)>.*?</\1>", re.DOTALL)
"""What a chart showed when it was saved: the placeholders of the template, or figures of somebody else."""
_TEXT = re.compile(r"(<a:t(?:\s[^>]*)?>)([^<]*)(</a:t>)")
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MICROSOFT = {
    "chartStyle": "http://schemas.microsoft.com/office/2011/relationships",
    "chartColorStyle": "http://schemas.microsoft.com/office/2011/relationships",
    "diagramDrawing": "http://schemas.microsoft.com/office/2007/relationships",
}
_TYPES = "[Content_Types].xml"
_FOLDER = "xl/kept/"


Relation = tuple[str, str, str]
"""Its name, its kind, and the part it leads to."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawings of one sheet: by kind of relation the first part of each; all parts with their content types, and
    what each refers to: relation, kind, part.
    """

    roots: Mapping[str, str]
    parts: Mapping[str, bytes]
    types: Mapping[str, str]
    relations: Mapping[str, Sequence[Relation]]


NOTHING_DRAWN: Mapping[str, Drawn] = MappingProxyType({})


class _Foreign(Exception):  # noqa: N818
    """A drawing that refers to something which may not come along."""


@lru_cache(maxsize=4)
def drawn_on(template: bytes) -> tuple[Mapping[str, Drawn], bool]:
    """What is drawn on the sheets of a workbook, by their titles, and whether anything had to be left out.

    Raises what ``zipfile`` and the parser raise for a workbook that is none.
    """
    found: dict[str, Drawn] = {}
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        types = _content_types(archive)
        for title, path in _sheets(archive).items():
            roots = _roots(archive, path)
            try:
                parts = _below(archive, roots.values())
            except _Foreign:
                continue
            if roots:
                kinds = {name: types.get(name, types.get(PurePosixPath(name).suffix, "")) for name in parts}
                content = {name: archive.read(name) for name in parts}
                found[title] = Drawn(roots, content, kinds, parts)
        kept = {name for one in found.values() for name in one.parts}
        drawings = {name for name in archive.namelist() if _DRAWING.fullmatch(name)}
    return found, not drawings <= kept


def _roots(archive: zipfile.ZipFile, sheet: str) -> dict[str, str]:
    """The drawings that a sheet shows, by kind; comments are drawn too, and are not kept here."""
    content = archive.read(sheet).decode("utf-8", "replace")
    parts = {name: (kind, part) for name, kind, part in _relations(archive, sheet)}
    found = {}
    for kind, element in _ELEMENTS.items():
        shown = re.search(rf'<{element} [^>]*?\bid="([^"]+)"', content)
        if shown and parts.get(shown[1], ("", ""))[0] == kind:
            found[kind] = parts[shown[1]][1]
    return found


def _below(archive: zipfile.ZipFile, roots: Iterable[str]) -> dict[str, list[Relation]]:
    """Every part that is reached from the first ones, with its relations.

    Raises _Foreign for what may not come along.
    """
    waiting = list(roots)
    found: dict[str, list[Relation]] = {}
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = _relations(archive, name)
            if any(kind not in _KEPT or not part for _, kind, part in found[name]):
                raise _Foreign
            waiting += [part for _, _, part in found[name]]
    return found


def _relations(archive: zipfile.ZipFile | Parts, part: str) -> list[Relation]:
    """What a part refers to; "" stands for what is outside the workbook."""
    path = PurePosixPath(part)
    try:
        content = archive.read(f"{path.parent}/_rels/{path.name}.rels")
    except KeyError:
        return []
    return [
        (
            one.get("Id", ""),
            one.get("Type", "").rpartition("/")[2],
            "" if one.get("TargetMode") == "External" else _inside(path.parent, one.get("Target", "")),
        )
        for one in fromstring(content)
    ]


def _inside(folder: PurePosixPath, target: str) -> str:
    """The name of a part in its archive."""
    return target[1:] if target.startswith("/") else normpath(f"{folder}/{target}")


def _content_types(archive: zipfile.ZipFile) -> dict[str, str]:
    """Content types by the name of a part, or by its ending with the dot."""
    found = {}
    for one in fromstring(archive.read(_TYPES)):
        name = one.get("PartName", "").removeprefix("/") or f".{one.get('Extension', '')}"
        found[name] = one.get("ContentType", "")
    return found


def _sheets(archive: zipfile.ZipFile | Parts) -> dict[str, str]:
    """The parts of the sheets by their titles."""
    parts = {name: part for name, _, part in _relations(archive, "xl/workbook.xml")}
    tree = fromstring(archive.read("xl/workbook.xml"))
    sheets = [one for one in tree.iter() if one.tag.endswith("}sheet")]
    named = {one.get("name", ""): parts.get(one.get(f"{{{_OFFICE}}}id", ""), "") for one in sheets}
    return {title: part for title, part in named.items() if part.startswith("xl/worksheets/")}


def put_back(content: Parts, drawn: Mapping[str, Drawn], moved: Sequence[Moved], fill: Callable[[str], str]) -> None:
    """Adds the drawings to the parts of a workbook; ``fill`` gives a text of a text box as it is to stand there."""
    sheets = {title: part for title, part in _sheets(content).items() if title in drawn}
    own = {title: _relations(content, part) for title, part in sheets.items()}
    kinds: dict[str, str] = {}
    for title, sheet in sheets.items():
        one = drawn[title]
        kinds |= {_FOLDER + name: kind for name, kind in one.types.items()}
        for name, part in one.parts.items():
            content[_FOLDER + name] = _renewed(part, title, moved, fill) if name.endswith(".xml") else part
            if one.relations[name]:
                content[_rels(_FOLDER + name)] = _relations_xml(one.relations[name], _FOLDER)
        roots = [(f"kept{kind}", kind, part) for kind, part in one.roots.items()]
        content[_rels(sheet)] = _relations_xml(own[title], "", _relations_xml(roots, _FOLDER))
        content[sheet] = _referring(content[sheet], one.roots)
    declared = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    content[_TYPES] = content[_TYPES].replace(b"</Types>", declared.encode() + b"</Types>")


def text_box_texts(drawn: Mapping[str, Drawn]) -> list[tuple[str, str]]:
    """The texts of all text boxes: the title of the sheet, and what is written in one run."""
    return [
        (title, unescape(text))
        for title, one in drawn.items()
        for name, part in one.parts.items()
        if name.endswith(".xml")
        for _, text, _ in _TEXT.findall(part.decode("utf-8", "replace"))
    ]


def _rels(part: str) -> str:
    path = PurePosixPath(part)
    return f"{path.parent}/_rels/{path.name}.rels"


def _renewed(part: bytes, title: str, moved: Sequence[Moved], fill: Callable[[str], str]) -> bytes:
    """A drawing or chart with its texts filled, and with its anchors and references below the rows that were made."""
    text = _TEXT.sub(lambda found: found[1] + escape(fill(unescape(found[2])), quote=False) + found[3], part.decode())
    text = _CACHE.sub("", text)
    for one in moved:
        text = _ROW.sub(partial(_row, one), text) if one.sheet == title else text
        text = _REFERENCE.sub(partial(_reference, one), text)
    return text.encode()


def _row(moved: Moved, found: re.Match[str]) -> str:
    return f"{found[1]}{moved.row_after(int(found[2]))}{found[3]}"


def _reference(moved: Moved, found: re.Match[str]) -> str:
    cells = moved_formula(f"={unescape(found[2])}", moved.sheet, moved.row, moved.extra, at_home=False)[1:]
    return f"{found[1]}{escape(cells, quote=False)}{found[3]}"


def _relations_xml(relations: Sequence[Relation], folder: str, more: bytes = b"") -> bytes:
    """The file of what a part refers to, with that of ``more`` behind it."""
    lines = [
        f'<Relationship Id="{name}" Type="{_type(kind)}" Target="/{folder}{escape(part)}"/>'
        for name, kind, part in relations
    ]
    behind = more.partition(b">")[2].removesuffix(b"</Relationships>")
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(lines)}'.encode() + behind + b"</Relationships>"


def _type(kind: str) -> str:
    return f"{_MICROSOFT[kind]}/{kind}" if kind in _MICROSOFT else f"{_OFFICE}/{kind}"


def _referring(sheet: bytes, roots: Mapping[str, str]) -> bytes:
    """The file of a sheet that names its drawings."""
    for kind, element in _ELEMENTS.items():
        if kind in roots:
            where = _BEHIND[kind].search(sheet)
            at = where.start() if where else len(sheet)
            name = f'<{element} xmlns:r="{_OFFICE}" r:id="kept{kind}"/>'.encode()
            sheet = sheet[:at] + name + sheet[at:]
    return sheet
