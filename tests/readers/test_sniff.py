"""A file is what its bytes say, and a dangerous one is not opened."""

from __future__ import annotations

import os
import time
import zipfile
from pathlib import Path

import pytest

from csctl.problems import Place, Severity
from csctl.readers.opening import sniff as module
from csctl.readers.opening import zipped
from csctl.readers.opening.kinds import FileKind
from csctl.readers.opening.sniff import sniff
from tests.readers.hostile import append, save, sheet_xml, text

HERE = Place(file="data/x")
SHEET = sheet_xml(f'<row r="1">{text("A1", "工号")}</row>')
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
MIB = 1024 * 1024


def code(path: Path) -> str:
    """The code of the one problem for which a file is refused."""
    kind, problems = sniff(path, HERE)
    assert kind is None
    assert [problem.place for problem in problems] == [HERE]
    assert problems[0].severity is Severity.ERROR
    return problems[0].code


def of_bytes(folder: Path, content: bytes, name: str = "x.xlsx") -> Path:
    """A file of these bytes."""
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", ["x.xlsx", "x.xls", "x.csv", "x", "报表 (1).XLS"])
def test_a_kind_does_not_depend_on_the_name(tmp_path: Path, name: str) -> None:
    """The same bytes are the same kind under every name."""
    assert sniff(save(tmp_path / name, SHEET), HERE) == (FileKind.XLSX, [])
    assert sniff(of_bytes(tmp_path, OLE2, name), HERE) == (FileKind.XLS, [])
    assert sniff(of_bytes(tmp_path, "工号,姓名\n".encode("gbk"), name), HERE)[0] is FileKind.TEXT


@pytest.mark.parametrize(("name", "said"), [("x.csv", []), ("x", []), ("x.xlsx", [".xlsx"]), ("报表.XLS", [".XLS"])])
def test_text_that_is_called_a_workbook_is_read_and_said_to_be_text(tmp_path: Path, name: str, said: list[str]) -> None:
    """Platforms export so; the remark matters only where something is wrong."""
    kind, problems = sniff(of_bytes(tmp_path, b"a,b\n", name), HERE)
    assert kind is FileKind.TEXT
    assert [problem.found for problem in problems] == said
    assert {(problem.code, problem.severity) for problem in problems} <= {("file-text-named-workbook", Severity.NOTE)}


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"", "file-empty"),
        (b"MIME-Version: 1.0\r\n", "file-is-a-web-page"),
        (b'<?xml version="1.0"?><Workbook>', "file-is-xml"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "file-password-protected"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file-is-a-picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "file-is-a-picture"),
        (b"GIF89a\1\0", "file-is-a-picture"),
        (b"%PDF-1.7\n1 0 obj", "file-is-a-pdf"),
        (rb"{\rtf1\ansi}", "file-is-a-document"),
        (OLE2 + "WordDocument".encode("utf-16-le"), "file-is-a-document"),
        (b"Rar!\x1a\7\1\0", "file-other-archive"),
        (b"\x1f\x8b\x08\0", "file-other-archive"),
        (b"a,b\n" * MIB + b"1,\0\n", "file-not-a-table"),
        (bytes(1000), "file-not-a-table"),
        (b"PK\x03\x04" + b"garbage" * 50, "workbook-broken"),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is(tmp_path: Path, content: bytes, refused: str) -> None:
    """One problem says what the file is, so that the user knows what to do."""
    assert code(of_bytes(tmp_path, content)) == refused


def test_utf16_with_a_mark_is_text_although_it_holds_nuls(tmp_path: Path) -> None:
    """Excel's “Unicode text” is UTF-16 with a byte-order mark."""
    assert sniff(of_bytes(tmp_path, "工号\t姓名\n".encode("utf-16"), "x.csv"), HERE) == (FileKind.TEXT, [])


def test_things_that_are_no_files_are_refused_without_waiting(tmp_path: Path) -> None:
    """A pipe nobody writes to would hang; a folder and a dangling link have nothing to read."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    started = time.monotonic()
    assert code(tmp_path / "pipe") == "file-not-a-file"
    assert code(tmp_path) == "file-not-a-file"
    assert code(Path("/dev/zero")) == "file-not-a-file"
    assert code(tmp_path / "dangling") == "file-missing"
    assert code(tmp_path / "none.csv") == "file-missing"
    assert code(tmp_path / "loop") == "file-unreadable"
    assert code(tmp_path / ("n" * 5000)) == "file-unreadable"
    assert time.monotonic() - started < 30


def test_a_link_to_a_file_is_that_file(tmp_path: Path) -> None:
    """Shared folders are full of links."""
    of_bytes(tmp_path, b"a,b\n", "real.csv")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    assert sniff(tmp_path / "link.csv", HERE) == (FileKind.TEXT, [])


def test_files_beyond_the_size_limits_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit belongs to the kind: text may be larger than workbooks."""
    monkeypatch.setattr(module, "MAX_WORKBOOK_BYTES", 500)
    monkeypatch.setattr(zipped, "MAX_WORKBOOK_BYTES", 500)
    monkeypatch.setattr(module, "MAX_TEXT_BYTES", 2000)
    assert code(save(tmp_path / "a", SHEET)) == "file-too-big"
    assert code(of_bytes(tmp_path, OLE2)) == "file-too-big"
    assert code(of_bytes(tmp_path, b"a,b\n" * 501)) == "file-too-big"
    assert sniff(of_bytes(tmp_path, b"a,b\n" * 500, "x.csv"), HERE) == (FileKind.TEXT, [])


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    """A sparse file of 60 GiB costs no time."""
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(60 * 1024 * MIB)
    assert code(tmp_path / "huge") == "file-too-big"


@pytest.mark.parametrize(
    ("parts", "refused"),
    [
        ({f"xl/media/{number}.png": "" for number in range(500)}, "workbook-many-parts"),
        ({"xl/../../etc/passwd": "x"}, "workbook-part-outside"),
        ({"/etc/passwd": "x"}, "workbook-part-outside"),
        ({"xl/extra.xml": b" " * (3 * MIB)}, "workbook-bomb"),
        ({"xl/extra.bin": b" " * (3 * MIB)}, "workbook-bomb"),
        ({"strings": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "workbook-doctype"),
        ({"strings": '<!DOCTYPE a SYSTEM "http://127.0.0.1/"><a/>'.encode("utf-16")}, "workbook-doctype"),
    ],
)
def test_a_workbook_built_to_harm_is_not_unpacked(tmp_path: Path, parts: dict[str, str | bytes], refused: str) -> None:
    """Each trick of the trade has its own words."""
    assert code(save(tmp_path / "x.xlsx", SHEET, **parts)) == refused


def test_the_sum_of_the_parts_is_limited_even_if_each_is_modest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many middling parts are as heavy as one great one; pictures do not count."""
    path = save(tmp_path / "x.xlsx", SHEET, **{f"xl/{number}.xml": b"<a/>" * 100 for number in range(10)})
    assert sniff(path, HERE) == (FileKind.XLSX, [])
    monkeypatch.setattr(zipped, "MAX_UNPACKED_BYTES", 4000)
    assert code(path) == "workbook-bomb"
    pictures = save(tmp_path / "y.xlsx", SHEET, **{"xl/media/1.png": b"x" * 5000})
    assert sniff(pictures, HERE) == (FileKind.XLSX, [])


def test_a_part_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """Readers disagree on which of the two counts."""
    assert code(append(save(tmp_path / "x.xlsx", SHEET), "xl/worksheets/sheet1.xml", SHEET)) == "workbook-part-twice"


def test_a_truncated_workbook_is_called_broken(tmp_path: Path) -> None:
    """A download that stopped half-way."""
    path = save(tmp_path / "x.xlsx", SHEET)
    assert code(of_bytes(tmp_path, path.read_bytes()[:-200])) == "workbook-broken"


def test_damaged_compression_is_called_broken(tmp_path: Path) -> None:
    """The index is whole, the first part is not."""
    content = bytearray(save(tmp_path / "x.xlsx", SHEET).read_bytes())
    content[60:70] = b"\xff" * 10
    assert code(of_bytes(tmp_path, bytes(content))) == "workbook-broken"


@pytest.mark.parametrize(
    ("part", "refused"),
    [
        ("word/document.xml", "file-is-a-document"),
        ("ppt/presentation.xml", "file-is-a-document"),
        ("content.xml", "file-is-a-document"),
        ("Index/Document.iwa", "file-other-spreadsheet"),
        ("10月/工单.csv", "file-other-archive"),
        (None, "file-other-archive"),
    ],
)
def test_another_zip_file_is_told_by_what_is_in_it(tmp_path: Path, part: str | None, refused: str) -> None:
    """A document, a spreadsheet of another program, or an archive of tables."""
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as archive:
        if part:
            archive.writestr(part, "x")
    assert code(tmp_path / "x.xlsx") == refused


def test_macros_are_mentioned_and_no_more(tmp_path: Path) -> None:
    """A workbook with macros is read as data."""
    kind, problems = sniff(save(tmp_path / "x.xlsx", SHEET, **{"xl/vbaProject.bin": b"x"}), HERE)
    assert kind is FileKind.XLSX
    assert [(problem.code, problem.severity) for problem in problems] == [("workbook-has-macros", Severity.NOTE)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_problem(tmp_path: Path) -> None:
    """The reason of the system is quoted."""
    path = of_bytes(tmp_path, b"a,b\n")
    path.chmod(0)
    assert code(path) == "file-unreadable"
