"""Zip files around workbooks, the other kinds of workbooks, and sound files that were damaged."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.hostile.kinds import HARMLESS, KEPT, SAME, Hostile, Make, packed, written
from tests.hostile.making import (
    csv_text,
    html_text,
    ods_bytes,
    repacked,
    xls_bytes,
    xlsb_bytes,
    xlsx_bytes,
    xml_2003_text,
)


def all_packed_files() -> Iterator[Hostile]:
    """All of them."""
    yield from _zips()
    yield from _others()
    yield from _damaged()


def _zips() -> Iterator[Hostile]:
    """What the zip file around a workbook can do."""
    yield Hostile("a zip without a workbook", _zip({"a.txt": b"x"}), "file-other-archive")
    yield Hostile("an empty zip", written(b"PK\x05\x06" + bytes(18)), "file-other-archive")
    yield Hostile("the start of a zip", written(b"PK\x03\x04" + b"garbage" * 99), "workbook-broken")
    yield Hostile("a document in a zip", _zip({"word/document.xml": b"<x/>"}), "file-is-a-document")
    yield Hostile(
        "a bomb of a part", packed(xlsx_bytes, {"xl/worksheets/sheet2.xml": bytes(150 << 20)}), "workbook-bomb"
    )
    yield Hostile(
        "a bomb of many parts",
        packed(xlsx_bytes, {f"xl/worksheets/s{n}.xml": bytes(900_000) for n in range(300)}),
        "workbook-bomb",
    )
    yield Hostile("a part twice", _twice, "workbook-part-twice")
    yield Hostile("a part under a password", _flagged(1), "file-password-protected")
    yield Hostile("a part packed in another way", _method(12), "workbook-broken")
    yield Hostile("a part with a wrong sum", _wrong_sum, "workbook-broken")
    yield Hostile("text behind the zip", lambda path: path.write_bytes(xlsx_bytes(path.parent) + b"x" * 99), HARMLESS)
    yield Hostile("text before the zip", lambda path: path.write_bytes(b"x" * 99 + xlsx_bytes(path.parent)), HARMLESS)
    yield Hostile(
        "a zip of zips", lambda path: _zip({"inner.xlsx": xlsx_bytes(path.parent)})(path), "file-other-archive"
    )


def _zip(parts: dict[str, bytes]) -> Make:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)

    return make


def _twice(path: Path) -> None:
    """Two parts of one name: the second is written under a name of equal length, which is then changed."""
    content = repacked(xlsx_bytes(path.parent), {"xl/worksheets/sheet9.xml": b"<x/>"})
    path.write_bytes(content.replace(b"sheet9.xml", b"sheet1.xml"))


def _flagged(flag: int) -> Make:
    def make(path: Path) -> None:
        content = bytearray(xlsx_bytes(path.parent))
        at = content.find(b"PK\x01\x02")
        content[at + 8] |= flag
        path.write_bytes(bytes(content))

    return make


def _method(method: int) -> Make:
    def make(path: Path) -> None:
        content = bytearray(xlsx_bytes(path.parent))
        for mark, offset in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
            content[content.find(mark) + offset] = method
        path.write_bytes(bytes(content))

    return make


def _wrong_sum(path: Path) -> None:
    content = bytearray(xlsx_bytes(path.parent))
    for mark, offset in ((b"PK\x01\x02", 16), (b"PK\x03\x04", 14)):
        content[content.find(mark) + offset] ^= 0xFF
    path.write_bytes(bytes(content))


def _others() -> Iterator[Hostile]:
    """The other kinds of workbooks, sound and spoilt."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    wide = "EncryptedPackage".encode("utf-16-le")
    yield Hostile("a sound old workbook", written(xls_bytes()), SAME)
    yield Hostile(
        "an old workbook under a password", written(ole + bytes(600) + wide + bytes(600)), "file-password-protected"
    )
    yield Hostile(
        "an old document", written(ole + bytes(600) + "WordDocument".encode("utf-16-le")), "file-is-a-document"
    )
    yield Hostile("the head of an old workbook alone", written(ole), HARMLESS)
    yield Hostile("an old workbook of NULs", written(ole + bytes(5_000)), HARMLESS)
    yield Hostile("a sound OpenDocument sheet", lambda path: path.write_bytes(ods_bytes(path.parent)), SAME)
    yield Hostile(
        "an OpenDocument text",
        packed(ods_bytes, {"mimetype": b"application/vnd.oasis.opendocument.text"}),
        "file-is-a-document",
    )
    for name, content in (
        ("that is no XML", b"<not xml"),
        ("with a row a million times", _repeated("number-rows-repeated")),
        ("with a cell a million times", _repeated("number-columns-repeated")),
        ("within spans without end", b"<x>" * 30_000),
    ):
        yield Hostile(f"an OpenDocument sheet {name}", packed(ods_bytes, {"content.xml": content}), HARMLESS)
    yield Hostile("a sound binary workbook", lambda path: path.write_bytes(xlsb_bytes(path.parent)), SAME)
    for size in (10, 100, 300):
        yield Hostile(
            f"a binary workbook whose sheet has {size} bytes",
            packed(xlsb_bytes, {"xl/worksheets/sheet1.bin": b"\xff" * size}),
            HARMLESS,
        )
    xml = xml_2003_text()
    yield Hostile("a sound XML spreadsheet", written(xml), SAME)
    yield Hostile("an XML spreadsheet that is cut", written(xml[:-80]), KEPT)
    yield Hostile(
        "an XML spreadsheet with a column of a billion",
        written(xml.replace("<Cell>", '<Cell ss:Index="999999999">', 1)),
        KEPT,
    )
    yield Hostile(
        "an XML spreadsheet with a row of a billion",
        written(xml.replace("<Row>", '<Row ss:Index="999999999">', 1)),
        KEPT,
    )
    yield Hostile(
        "an XML spreadsheet with entities",
        written(xml.replace('<?xml version="1.0"?>', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>', 1)),
        KEPT,
    )
    yield Hostile(
        "an XML spreadsheet with a cell across everything",
        written(xml.replace("<Cell>", '<Cell ss:MergeAcross="16000" ss:MergeDown="1000000">', 1)),
        KEPT,
    )
    page = html_text()
    yield Hostile("a sound page with a table", written(page), SAME)
    yield Hostile("a page whose table is never closed", written(page.replace("</table>", "")), KEPT)
    yield Hostile(
        "a page with tables in tables, a thousand deep", written("<html>" + "<table><tr><td>" * 1_000 + "x"), HARMLESS
    )
    yield Hostile(
        "a page with a cell across everything",
        written(page.replace("<td>", '<td colspan="999999999" rowspan="999999999">', 1)),
        HARMLESS,
    )
    yield Hostile("a page of a million tags", written("<html><table>" + "<b>" * 1_000_000), HARMLESS)
    yield Hostile("a page of a million openings", written("<html><table>" + "<" * 1_000_000), HARMLESS)


def _repeated(attribute: str) -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    row = attribute.startswith("number-rows")
    on_row, on_cell = (f'table:{attribute}="1000000"', "") if row else ("", f'table:{attribute}="1000000"')
    return (
        f"<office:document-content {names}><office:body><office:spreadsheet><table:table table:name='a'>"
        f"<table:table-row {on_row}><table:table-cell office:value-type='string' {on_cell}><text:p>x</text:p>"
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    ).encode()


def _damaged() -> Iterator[Hostile]:
    """Sound files, cut short and with single bytes changed: never fewer rows without a word."""
    kinds: dict[str, Callable[[Path], bytes]] = {
        "xlsx": xlsx_bytes,
        "xls": lambda _folder: xls_bytes(),
        "ods": ods_bytes,
        "xlsb": xlsb_bytes,
    }
    for kind, make in kinds.items():
        for tenth in (1, 3, 5, 7, 9):
            yield Hostile(f"an {kind} cut after {tenth} tenths", _cut(make, tenth), KEPT)
        for seed in range(8):
            yield Hostile(f"an {kind} with one byte changed, {seed}", _changed(make, seed), KEPT)
    whole = csv_text().encode()
    for seed in range(8):
        yield Hostile(f"a text with one byte changed, {seed}", written(_flipped(whole, seed)), HARMLESS)


def _flipped(content: bytes, seed: int) -> bytes:
    chance = random.Random(seed)  # noqa: S311 - the same byte each time
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]


def _cut(make: Callable[[Path], bytes], tenth: int) -> Make:
    def spoilt(path: Path) -> None:
        content = make(path.parent)
        path.write_bytes(content[: len(content) * tenth // 10])

    return spoilt


def _changed(make: Callable[[Path], bytes], seed: int) -> Make:
    return lambda path: path.write_bytes(_flipped(make(path.parent), seed))
