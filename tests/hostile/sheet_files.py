"""Workbooks whose sheets or other parts are wrong."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.kinds import HARMLESS, KEPT, SAME, Hostile, book, packed, rows
from tests.hostile.making import (
    TABLE,
    sheet_rows,
    xlsx_bytes,
)
from tests.readers.hostile import MAIN, STRICT, sheet_xml, strings_xml, styles_xml, text, workbook_xml


def all_sheet_files() -> Iterator[Hostile]:
    """All of them."""
    yield from _sheets()
    yield from _parts()


def _sheets() -> Iterator[Hostile]:
    """What the XML of a sheet can do."""
    far = '<row r="{}"><c r="{}"><v>1</v></c></row>'
    yield Hostile("a sound workbook", book(), SAME)
    yield Hostile("a cell in the last corner", rows(far.format(1_048_576, "XFD1048576")), "sheet-too-long")
    yield Hostile("a cell in the last column", rows(far.format(40, "XFD40")), "sheet-too-wide")
    yield Hostile("a row beyond the last", rows(far.format(99_999_999, "A99999999")), "sheet-too-long")
    yield Hostile("a column that no sheet has", rows(far.format(40, "AAAAAAA40")), "workbook-not-read")
    yield Hostile("a row 0", rows(far.format(0, "A0")), HARMLESS)
    yield Hostile("a row below zero", rows(far.format(-5, "A-5")), HARMLESS)
    yield Hostile("a row with half a number", rows(far.format("40.5", "A40")), "workbook-not-read")
    yield Hostile("rows twice", rows(sheet_rows()), "said:row-number-twice")
    yield Hostile("cells out of order", book(sheet_xml(_shuffled())), SAME)
    yield Hostile("a cell twice", rows(f'<row r="40">{text("A40", "a")}{text("A40", "b")}</row>'), "said:cell-twice")
    for name, formula in (
        ("plainly", "<f>1+1</f>"),
        ("with an empty value", "<f>1+1</f><v/>"),
        ("with a comment", "<f><!-- x -->1+1</f>"),
        ("as CDATA", "<f><![CDATA[1+1]]></f>"),
        ("value first", "<v/><f>1+1</f>"),
        ("value of blanks kept", '<f>1+1</f><v xml:space="preserve"></v>'),
        ("shared", '<f t="shared" ref="A40:A41" si="0">1+1</f>'),
        ("as an array", '<f t="array" ref="A40">1+1</f>'),
    ):
        cell = f'<row r="40"><c r="A40">{formula}</c></row>'
        yield Hostile(f"a formula without a value, {name}", rows(cell), "said:formula-without-value")
    yield Hostile("a comment of 330,000 cells", rows(f"<!--{'<c ' * 330_000}-->"), SAME)
    yield Hostile("330,000 filters begun in a comment", rows(f"<!--{'<autoFilter>' * 80_000}-->"), SAME)
    yield Hostile(
        "hidden rows and filters that are never closed",
        rows(f'<row r="40" hidden="1">{text("A40", "x")}</row><!--{"<autoFilter ref=x>" * 50_000}-->'),
        HARMLESS,
    )
    yield Hostile("one merged range of everything", rows("", after=_merged("A1:XFD1048576")), SAME)
    yield Hostile("a merged range turned round", rows("", after=_merged("C3:A1")), HARMLESS)
    yield Hostile("a merged range of nothing", rows("", after=_merged("")), HARMLESS)
    yield Hostile(
        "a hundred thousand merged ranges",
        rows("", after=_merged(*(f"E{n}:F{n}" for n in range(1, 100_001)))),
        HARMLESS,
    )
    deep = f'<worksheet xmlns="{MAIN}">' + "<a>" * 20_000
    yield Hostile("elements within elements, twenty thousand deep", book(deep), "workbook-not-read")
    yield Hostile(
        "a cell of 40,000 characters", rows(f'<row r="40">{text("A40", "x" * 40_000)}</row>'), "cell-too-long"
    )
    yield Hostile(
        "a hundred thousand attributes",
        rows(f"<row r='40' {' '.join(f'a{n}=_1_' for n in range(100_000))}/>".replace("_", '"')),
        HARMLESS,
    )
    for name, value in (
        ("beyond all numbers", "1E+999"),
        ("not a number", "NaN"),
        ("no number", "abc"),
        ("hex", "0x1F"),
    ):
        yield Hostile(f"a number {name}", rows(f'<row r="40"><c r="A40"><v>{value}</v></c></row>'), HARMLESS)
    yield Hostile(
        "a text that no list has", rows('<row r="40"><c r="A40" t="s"><v>7</v></c></row>'), "workbook-not-read"
    )
    yield Hostile("a text before the first", rows('<row r="40"><c r="A40" t="s"><v>-9</v></c></row>'), HARMLESS)
    yield Hostile("a style that no list has", rows('<row r="40"><c r="A40" s="99999"><v>7</v></c></row>'), HARMLESS)
    yield Hostile("a style below zero", rows('<row r="40"><c r="A40" s="-1"><v>7</v></c></row>'), HARMLESS)
    yield Hostile("a kind of cell that is none", rows('<row r="40"><c r="A40" t="zz"><v>7</v></c></row>'), HARMLESS)
    yield Hostile("errors in cells", rows('<row r="40"><c r="A40" t="e"><v>#REF!</v></c></row>'), "said:cell-is-error")
    yield Hostile("a cell in another row", rows(f'<row r="40">{text("A7", "x")}</row>'), HARMLESS)
    yield Hostile("cells outside rows", book(sheet_xml(sheet_rows() + text("A40", "x"))), HARMLESS)
    yield Hostile("six million cells", rows("<row>" + "<c><v>1</v></c>" * 200 + "</row>"), KEPT)
    yield Hostile(
        "a sheet in UTF-16",
        book(
            None,
            **{
                "xl/worksheets/sheet1.xml": (
                    '<?xml version="1.0" encoding="utf-16"?>' + sheet_xml(sheet_rows())
                ).encode("utf-16")
            },
        ),
        SAME,
    )
    yield Hostile("a sheet with prefixes", book(_prefixed()), SAME)
    yield Hostile(
        "a sheet without its namespace", book("<worksheet><sheetData><row/></sheetData></worksheet>"), HARMLESS
    )
    yield Hostile("a sheet that ends early", book(sheet_xml(sheet_rows())[:-60]), "workbook-not-read")
    yield Hostile("a sheet that is text", book("not xml"), "workbook-not-read")
    yield Hostile(
        "entities, late", book(f"<!--{'x' * 5000}--><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "workbook-not-read"
    )
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"):
        bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l9;</x>'
        yield Hostile(f"a billion laughs in {part}", book(None, **{part: bomb}), "workbook-doctype")
    outside = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    yield Hostile("a file from outside in a sheet", book(outside), "workbook-doctype")


def _merged(*ranges: str) -> str:
    return "<mergeCells>" + "".join(f'<mergeCell ref="{one}"/>' for one in ranges) + "</mergeCells>"


def _shuffled() -> str:
    return "".join(
        f'<row r="{number}">{text(f"C{number}", row[2])}{text(f"A{number}", row[0])}{text(f"B{number}", row[1])}</row>'
        for number, row in enumerate(TABLE, start=1)
    )


def _prefixed() -> str:
    names = ("worksheet", "sheetData", "row", "c", "is", "t")
    sheet = sheet_xml(sheet_rows()).replace("xmlns=", "xmlns:x=")
    for name in names:
        sheet = sheet.replace(f"<{name}>", f"<x:{name}>").replace(f"<{name} ", f"<x:{name} ")
        sheet = sheet.replace(f"</{name}>", f"</x:{name}>")
    return sheet


def _parts() -> Iterator[Hostile]:
    """Parts that are missing, wrong or too many."""
    for part in ("[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"):
        yield Hostile(f"without {part}", packed(xlsx_bytes, {part: None}), KEPT)
        yield Hostile(f"with garbage as {part}", book(None, **{part: b"\0garbage"}), HARMLESS)
    yield Hostile("without xl/workbook.xml", packed(xlsx_bytes, {"xl/workbook.xml": None}), "file-other-archive")
    yield Hostile("a workbook in strict form", book(workbook=workbook_xml(STRICT)), "workbook-strict")
    yield Hostile("a workbook that is no XML", book(workbook="<workbook"), "workbook-not-read")
    yield Hostile("styles that are no XML", book(styles="<not xml"), "workbook-not-read")
    yield Hostile("styles with an empty fill", book(styles=styles_xml("", "<xf/>", "<fill/>")), SAME)
    yield Hostile(
        "a format of 100,000 characters",
        book(styles=styles_xml(f'<numFmt numFmtId="200" formatCode="{"0" * 100_000}"/>', '<xf numFmtId="200"/>')),
        SAME,
    )
    yield Hostile(
        "a format of brackets",
        book(styles=styles_xml(f'<numFmt numFmtId="200" formatCode="{"[" * 50_000}"/>', '<xf numFmtId="200"/>')),
        SAME,
    )
    yield Hostile(
        "a format of quotes",
        book(styles=styles_xml(f'<numFmt numFmtId="200" formatCode="{"&quot;a" * 20_000}"/>', '<xf numFmtId="200"/>')),
        SAME,
    )
    yield Hostile("60,000 styles", book(styles=styles_xml("", "<xf/>" * 60_000)), SAME)
    yield Hostile("texts that are no XML", book(strings="<not xml"), KEPT)
    yield Hostile(
        "one text in 20,000 cells",
        book(sheet_xml(("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>") * 200), strings=strings_xml("x" * 30_000)),
        "workbook-too-much",
    )
    yield Hostile("a sheet named twice", book(workbook=_sheets_xml(["表", "表"])), HARMLESS)
    yield Hostile("65,000 sheets", book(workbook=_sheets_xml([f"s{n}" for n in range(65_000)])), HARMLESS)
    yield Hostile("a sheet of that no part is", book(workbook=_sheets_xml(["表"]).replace("rId1", "rId9")), HARMLESS)
    yield Hostile("a sheet named like a path", book(workbook=_sheets_xml(["../../x"])), SAME)
    yield Hostile("a sheet named with an escape", book(workbook=_sheets_xml(["a&#x85;b"])), SAME)
    yield Hostile("a sheet whose name is a text of 30,000", book(workbook=_sheets_xml(["x" * 30_000])), HARMLESS)
    yield Hostile("macros", packed(xlsx_bytes, {"xl/vbaProject.bin": b"x"}), "said:workbook-has-macros")
    yield Hostile("other files linked", packed(xlsx_bytes, {"xl/externalLinks/externalLink1.xml": b"<x/>"}), SAME)
    yield Hostile("a part outside the workbook", packed(xlsx_bytes, {"../../etc/x": b"x"}), "workbook-part-outside")
    yield Hostile(
        "a thousand parts", packed(xlsx_bytes, {f"xl/x{n}": b"x" for n in range(1_000)}), "workbook-many-parts"
    )


def _sheets_xml(names: list[str]) -> str:
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId1"/>' for n, name in enumerate(names, start=1))
    return f'<workbook xmlns="{MAIN}" xmlns:r="{relations}"><sheets>{listed}</sheets></workbook>'
