"""Texts in odd encodings and shapes, what is no table, and what is no file."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.kinds import HARMLESS, KEPT, SAME, Hostile, written
from tests.hostile.making import (
    TABLE,
    csv_text,
)


def all_text_files() -> Iterator[Hostile]:
    """All of them."""
    yield from _encodings()
    yield from _texts()
    yield from _no_tables()
    yield from _special()


def _encodings() -> Iterator[Hostile]:
    whole = csv_text()
    for encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"):
        yield Hostile(f"text in {encoding}", written(whole, encoding), SAME)
    for name, mark, encoding in (("le", b"\xff\xfe", "utf-16-le"), ("be", b"\xfe\xff", "utf-16-be")):
        yield Hostile(f"text in utf-16-{name} with its mark", written(mark + whole.encode(encoding)), SAME)
        yield Hostile(f"text in utf-16-{name} without a mark", written(whole, encoding), "file-not-a-table")
        yield Hostile(f"text in utf-16-{name}, one byte short", written((mark + whole.encode(encoding))[:-1]), KEPT)
    yield Hostile("text in utf-32", written(whole, "utf-32"), "file-not-a-table")
    yield Hostile("text in big5", written("工號,日期,金額\n001,2026-10-03,1\n", "big5"), HARMLESS)
    japanese, russian = "名前,日付\n山田,2026-10-03\n", "имя,дата\nИванов,2026-10-03\n"
    yield Hostile("text in shift-jis", written(japanese, "shift-jis"), "said:encoding-by-script")
    yield Hostile("text in windows-1251", written(russian, "cp1251"), "said:encoding-by-script")
    yield Hostile("text in windows-1252", written("agent;montant\nAndré;1,5\n", "cp1252"), HARMLESS)
    yield Hostile("half utf-8, half gbk", written(whole.encode() + "张三,x,1\n".encode("gbk")), KEPT)
    yield Hostile("a stray byte in the middle", written(whole.encode().replace(b"015", b"0\xff15")), KEPT)
    yield Hostile("a mark of utf-8 in the middle", written(whole.replace("015", "015\ufeff")), HARMLESS)
    yield Hostile("two marks of utf-8", written(b"\xef\xbb\xbf" * 2 + whole.encode()), HARMLESS)
    yield Hostile("a lone surrogate", written(whole.encode().replace(b"015", b"\xed\xa0\x80")), KEPT)
    yield Hostile("an overlong slash", written(whole.encode().replace(b"015", b"\xc0\xaf")), KEPT)
    yield Hostile("a character cut in two at the end", written(whole.encode() + "备".encode()[:2]), KEPT)


def _texts() -> Iterator[Hostile]:
    whole = csv_text()
    for name, end in (("windows", "\r\n"), ("old mac", "\r"), ("doubled", "\r\r\n"), ("line separator", "\u2028")):
        yield Hostile(f"ends of lines: {name}", written(csv_text(end=end)), SAME if name == "windows" else HARMLESS)
    for name, separator in (("semicolon", ";"), ("tab", "\t"), ("bar", "|"), ("comma", ",")):
        yield Hostile(f"separated by {name}", written(csv_text(separator)), SAME)
    yield Hostile("separated by nothing known", written(csv_text("~")), HARMLESS)
    yield Hostile("a line that names the separator", written("sep=;\n" + csv_text(";")), SAME)
    yield Hostile("a line that names a wrong separator", written("sep=|\n" + csv_text(",")), HARMLESS)
    yield Hostile("a line that names a quote as separator", written('sep="\n' + csv_text(",")), HARMLESS)
    yield Hostile("NULs behind the text", written(whole.encode() + bytes(4096)), "said:file-ends-in-zeros")
    yield Hostile("NULs in front of the text", written(bytes(64) + whole.encode()), "file-not-a-table")
    yield Hostile("a NUL in the middle", written(whole.encode().replace(b"015", b"0\x0015")), "file-not-a-table")
    yield Hostile("a quote that is never closed", written(whole + '031,"2026-10-03,1\n032,x,1\n'), "quote-not-closed")
    yield Hostile("a quote that is never closed, at the front", written('"' + whole), KEPT)
    yield Hostile("text behind a quote", written(whole + '"031"x,2026-10-03,1\n'), "text-after-quote")
    yield Hostile("a line break inside quotes", written(whole.replace("015", '"015\n"')), KEPT)
    yield Hostile(
        "quotes around everything", written('"' + '"\n"'.join('","'.join(row) for row in TABLE) + '"\n'), SAME
    )
    yield Hostile("a last line that is cut", written(whole[:-9]), "said:file-may-be-cut")
    yield Hostile("a cell of 200,000 characters", written(whole + f"{'x' * 200_000},2026-10-03,1\n"), "cell-too-long")
    yield Hostile("a line of 10 million characters", written(whole + "x" * 10_000_000), "cell-too-long")
    yield Hostile("a line of a million cells", written(whole + "x," * 1_000_000 + "\n"), "sheet-too-wide")
    yield Hostile("a line of a million empty cells", written(whole + "," * 1_000_000 + "\n"), KEPT)
    yield Hostile("an escape in a cell", written(whole.replace("015", "\x1b[31m015")), "said:control-character")
    yield Hostile("a bell in a header", written(whole.replace("工号", "工号\x07")), "said:control-character")
    yield Hostile("two thousand rows of escapes", written(whole + "\x1b,x,1\n" * 2_000), "file-not-a-table")
    yield Hostile("text that turns around", written(whole.replace("015", "\u202e015")), HARMLESS)
    yield Hostile("letters of no width", written(whole.replace("015", "0\u200b15")), HARMLESS)
    yield Hostile("a header alone", written("工号,日期,金额\n"), HARMLESS)
    yield Hostile("line breaks alone", written("\n" * 10_000), HARMLESS)
    yield Hostile("commas alone", written(",,,\n" * 10_000), HARMLESS)
    yield Hostile("one letter", written("x"), HARMLESS)
    yield Hostile("one quote", written('"'), "quote-not-closed")
    yield Hostile("rows of every width", written(whole + "".join("x," * n + "\n" for n in range(150))), HARMLESS)
    yield Hostile("a million short rows", written(whole + "1\n" * 1_000_000), HARMLESS)
    yield Hostile("half a million bad rows", written(whole + "x,y,z\n" * 500_000), HARMLESS)
    yield Hostile("formulas as texts", written(whole.replace("015", "\"=cmd|' /c calc'!A0\"")), KEPT)
    yield Hostile("guards before formulas", written(whole.replace("015", "'=015")), KEPT)
    yield Hostile("texts as formulas", written("\n".join(",".join(f'="{x}"' for x in row) for row in TABLE)), SAME)


def _no_tables() -> Iterator[Hostile]:
    random_bytes = random.Random(7)  # noqa: S311 - the same bytes each time
    yield Hostile("nothing", written(b""), "file-empty")
    yield Hostile("NULs", written(bytes(10_000)), "file-not-a-table")
    for name, content, code in (
        ("a PDF", b"%PDF-1.7\n" + bytes(range(256)), "file-is-a-pdf"),
        ("a document", b"{\\rtf1\\ansi x}", "file-is-a-document"),
        ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(99), "file-is-a-picture"),
        ("a photograph", b"\xff\xd8\xff\xe0" + bytes(99), "file-is-a-picture"),
        ("a moving picture", b"GIF89a" + bytes(99), "file-is-a-picture"),
        ("an archive of gzip", b"\x1f\x8b\x08" + bytes(99), "file-other-archive"),
        ("an archive of rar", b"Rar!\x1a\x07" + bytes(99), "file-other-archive"),
        ("an archive of 7z", b"7z\xbc\xaf\x27\x1c" + bytes(99), "file-other-archive"),
        ("a program", b"\x7fELF" + bytes(range(256)), "file-not-a-table"),
        ("a database", b"SQLite format 3\0" + bytes(range(256)), "file-not-a-table"),
        ("other XML", b'<?xml version="1.0"?><feed><entry/></feed>', "file-is-xml"),
        ("a page with a login", b"<html><form><input type='password'></form></html>", "file-is-a-web-page"),
        ("a page without a table", b"<!doctype html><html><p>404</p></html>", "file-is-a-web-page"),
    ):
        yield Hostile(name, written(content), code)
    yield Hostile("JSON", written('{"rows": [{"a": 1}, {"a": 2}]}'), HARMLESS)
    for number in range(10):
        yield Hostile(f"random bytes {number}", written(random_bytes.randbytes(5_000)), HARMLESS)


def _special() -> Iterator[Hostile]:
    yield Hostile("nothing at all", lambda _path: None, "file-missing")
    yield Hostile("a folder", lambda path: path.mkdir(), "file-not-a-file")
    yield Hostile("a pipe", os.mkfifo, "file-not-a-file")
    yield Hostile("a link to nothing", lambda path: path.symlink_to("/nowhere"), "file-missing")
    yield Hostile("a link to itself", lambda path: path.symlink_to(path.name), "file-unreadable")
    yield Hostile("a link to a device", lambda path: path.symlink_to("/dev/zero"), "file-not-a-file")
    yield Hostile("a sparse file of two terabytes", lambda path: _sparse(path, b""), "file-too-big")
    yield Hostile("a sparse workbook of two terabytes", lambda path: _sparse(path, b"PK\x03\x04"), "file-too-big")
    yield Hostile("a sparse page of two terabytes", lambda path: _sparse(path, b"<html>"), "file-too-big")
    yield Hostile(
        "a sparse old workbook", lambda path: _sparse(path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "file-too-big"
    )


def _sparse(path: Path, start: bytes) -> None:
    with path.open("wb") as file:
        file.write(start)
        file.truncate(2 << 40)
