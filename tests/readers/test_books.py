"""Any file comes in by one door, and nothing that happens to the reading process reaches the program."""

from __future__ import annotations

import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlwt  # type: ignore[import-untyped]

from csctl.child_process import start_process
from csctl.messages.declared import areas
from csctl.problems import Place, Problem, Severity
from csctl.readers.opening import books, workbook, workbook_worker
from csctl.readers.opening.books import BookReader
from csctl.readers.opening.kinds import MIB, FileKind
from csctl.readers.opening.workbook import Worker, allowed_seconds
from csctl.readers.opening.xls import read_xls
from tests.readers.hostile import save, sheet_xml, strings_xml, styles_xml, text

ONE = sheet_xml(f'<row r="1">{text("A1", "工号")}</row>')
ROOM = Path(workbook.__file__).parent


@pytest.fixture(autouse=True)
def _processes_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the program ends them, and not as the other tests lay them aside."""
    monkeypatch.setattr(books, "Worker", Worker)


def numbered(folder: Path, number: int) -> Path:
    """A workbook that holds its number."""
    return save(folder / f"{number}.xlsx", sheet_xml(f"<row><c><v>{number}</v></c></row>"))


def long_workbook(folder: Path) -> Path:
    """A sound workbook of 150,000 rows, which takes more than a few seconds to read."""
    cells = (f"<c><v>{n * 7919 % 99991}</v></c>" for n in range(600_000))
    rows = "".join(f"<row>{''.join(four)}</row>" for four in zip(cells, cells, cells, cells, strict=True))
    return save(folder / "slow.xlsx", sheet_xml(rows))


def test_files_are_read_by_what_they_are(tmp_path: Path) -> None:
    """A CSV called .xls, a workbook called .csv, a web page called .xls: each read or refused by its content."""
    (tmp_path / "a.xls").write_bytes("工号,姓名\n001,张三\n".encode("gbk"))
    (tmp_path / "c.xls").write_text("<html><table></table></html>")
    save(tmp_path / "b.csv", ONE)
    with BookReader() as reader:
        table, noted = reader.read(tmp_path / "a.xls", "a.xls")
        book, clean = reader.read(tmp_path / "b.csv", "b.csv")
        page, refused = reader.read(tmp_path / "c.xls", "data/c.xls")
        ascii_only, unfit = reader.read(tmp_path / "a.xls", "a.xls", "utf-8")
    assert table is not None
    assert (table.sheets[0].rows, table.encoding) == ([("工号", "姓名"), ("001", "张三")], "gb18030")
    assert [problem.code for problem in noted] == ["file-text-named-workbook", "encoding-guessed"]
    assert book is not None
    assert (book.sheets[0].rows, book.encoding, clean) == ([("工号",)], "", [])
    assert page is None
    assert refused == [Problem("file-is-a-web-page", Severity.ERROR, Place("data/c.xls"))]
    assert ascii_only is None
    assert [problem.code for problem in unfit] == ["file-text-named-workbook", "encoding-wrong"]


def test_many_files_are_answered_in_the_order_asked(tmp_path: Path) -> None:
    """Workbooks of all sizes over two processes, texts and missing files between them."""
    wanted: list[Path] = []
    for number in range(12):
        wanted.append(numbered(tmp_path, number))
        (tmp_path / f"{number}.csv").write_text(f"{number}\n")
        wanted.append(tmp_path / f"{number}.csv")
    wanted.append(tmp_path / "none.csv")
    save(wanted[0], sheet_xml("<row><c><v>0</v></c></row>" * 5000))
    with BookReader(workers=2) as reader:
        answers = list(reader.read_all([(path, path.name, None) for path in wanted]))
    firsts = [int(str(book.sheets[0].rows[0][0])) for book, _ in answers if book]
    assert firsts == [number for number in range(12) for _ in range(2)]
    assert [problem for _, problems in answers for problem in problems] == [
        Problem("file-missing", Severity.ERROR, Place("none.csv"))
    ]


@pytest.mark.slow
def test_forty_workbooks_share_two_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a process costs more than reading a small workbook."""
    started: list[subprocess.Popen[bytes]] = []

    def counted(*asked: Any) -> subprocess.Popen[bytes]:
        started.append(start_process(*asked))
        return started[-1]

    monkeypatch.setattr(workbook, "start_process", counted)
    begun = time.monotonic()
    with BookReader(workers=2) as reader:
        wanted = [(numbered(tmp_path, number), "x", None) for number in range(40)]
        assert [book.sheets[0].rows for book, _ in reader.read_all(wanted) if book] == [[(n,)] for n in range(40)]
    assert len(started) <= 2
    assert [process.poll() is not None for process in started] == [True] * len(started)
    assert time.monotonic() - begun < 15


def test_text_files_start_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a file that is refused by its first bytes."""
    monkeypatch.setattr(workbook, "start_process", lambda *_: pytest.fail("a process was started"))
    (tmp_path / "x.csv").write_text("a,b\n")
    (tmp_path / "y.xlsx").write_bytes(b"PK\x03\x04 not really")
    with BookReader() as reader:
        assert reader.read(tmp_path / "x.csv", "x")[1] == []
        assert [problem.code for problem in reader.read(tmp_path / "y.xlsx", "y")[1]] == ["workbook-broken"]


def test_leaving_early_ends_the_processes_at_once(tmp_path: Path) -> None:
    """Whoever stops after the first answer does not wait for the others."""
    slow = long_workbook(tmp_path)
    begun = time.monotonic()
    with BookReader(workers=2) as reader:
        answers = reader.read_all([(numbered(tmp_path, 1), "1", None), *[(slow, "slow", None)] * 8])
        assert next(answers)[1] == []
    assert time.monotonic() - begun < 5


def test_a_large_file_gets_more_time_than_a_small_one() -> None:
    """A real workbook of 10 MiB has hundreds of thousands of rows; a bomb is small."""
    assert [allowed_seconds(size) for size in (0, MIB - 1, 10 * MIB, 50 * MIB)] == [25, 25, 45, 125]


def fake(code: str) -> Callable[..., subprocess.Popen[bytes]]:
    """A reading process that does something else."""
    return lambda *_: subprocess.Popen(
        [sys.executable, "-c", f"import os, sys, time\nsys.stdin.readline()\n{code}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def test_a_workbook_that_takes_too_long_is_stopped_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock runs in the program, so that even a sleeping process is stopped; its successor is a sound one."""
    starts = iter([fake("time.sleep(60)"), start_process])

    def first_a_sleeper(*asked: Any) -> subprocess.Popen[bytes]:
        return next(starts)(*asked)

    monkeypatch.setattr(workbook, "start_process", first_a_sleeper)
    path = numbered(tmp_path, 7)
    with BookReader(workers=1, seconds=3) as reader:
        book, problems = reader.read(path, "slow.xlsx")
        assert (book, problems) == (None, [Problem("workbook-too-slow", Severity.ERROR, Place("slow.xlsx"))])
        book, problems = reader.read(path, "7")
    assert problems == []
    assert book is not None
    assert book.sheets[0].rows == [(7,)]


def test_a_workbook_that_is_read_slowly_because_the_machine_is_busy_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It works a tenth of the time, and needs longer on the wall than a sleeping process is given."""
    answer = 'print(\'["sheet","a",false,[],false]\\n["rows",[[7]]]\\n["done"]\')'
    slowly = (
        "end = time.monotonic() + 5\nwhile time.monotonic() < end:\n"
        "    time.sleep(0.2)\n    until = time.process_time() + 0.05\n    while time.process_time() < until: pass\n"
    )
    monkeypatch.setattr(workbook, "start_process", fake(slowly + answer))
    with BookReader(workers=1, seconds=1) as reader:
        book, problems = reader.read(numbered(tmp_path, 1), "busy.xlsx")
    assert (problems, book and book.sheets[0].rows) == ([], [(7,)])


@pytest.mark.parametrize(
    ("code", "refused"),
    [
        ("os.kill(os.getpid(), 9)", "workbook-reader-died"),
        ("os.abort()", "workbook-reader-died"),
        ("os.kill(os.getpid(), 24)", "workbook-too-slow"),
        ("time.sleep(60)", "workbook-too-slow"),
        ("sys.exit()", "workbook-reader-died"),
        ("print('Traceback')", "workbook-reader-died"),
        ("print('[]')", "workbook-reader-died"),
        ("print('[1]')", "workbook-reader-died"),
        ("print('{}')", "workbook-reader-died"),
        ("print('[' * 100000)", "workbook-reader-died"),
        ("""print('["rows",[[1]]]')""", "workbook-reader-died"),
        ("""print('["sheet","a",false,[],false]\\n["rows",[[{"a":1}]]]')""", "workbook-reader-died"),
        ("""print('["sheet","a",false,[],false]\\n["rows",[[["date","x"]]]]')""", "workbook-reader-died"),
        ("""print('["sheet","a",false,[],false]\\n["rows",7]')""", "workbook-reader-died"),
        ("""print('["sheet","a",false,[],false]\\n["rows",[7]]')""", "workbook-reader-died"),
        ("""print('["sheet","a",false,[[1,2]],false]')""", "workbook-reader-died"),
        ("""print('["problem",[1,2]]')""", "workbook-reader-died"),
        ("""print('["sheet","a",false,[],false]')""", "workbook-reader-died"),
        ("""print('["failed","memory"]')""", "workbook-memory"),
        ("""print('["failed","KeyError"]')""", "workbook-not-read"),
    ],
)
def test_whatever_the_process_does_costs_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, refused: str
) -> None:
    """It has parsed a file nobody vouches for, so nothing it says is taken on trust."""
    path = numbered(tmp_path, 1)
    monkeypatch.setattr(workbook, "start_process", fake(code))
    worker = Worker(seconds=2)
    book, problems = worker.read(path, FileKind.XLSX, Place("x"))
    worker.close()
    assert book is None
    assert [(p.code, p.severity, p.place) for p in problems] == [(refused, Severity.ERROR, Place("x"))]


def test_a_process_that_talks_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither one endless line nor endless lines fill the memory."""
    monkeypatch.setattr(workbook, "MAX_LINE", 10_000)
    monkeypatch.setattr(workbook, "MAX_ANSWER", 1_000_000)
    for endless in ("'x'", r"""'["sheet","a",false,[],false]\n'"""):
        monkeypatch.setattr(workbook, "start_process", fake(f"while True: sys.stdout.write({endless})"))
        worker = Worker(seconds=20)
        begun = time.monotonic()
        _, problems = worker.read(numbered(tmp_path, 1), FileKind.XLSX, Place("x"))
        worker.close()
        assert [problem.code for problem in problems] == ["workbook-reader-died"]
        assert time.monotonic() - begun < 10


def test_a_process_that_died_between_two_files_is_replaced(tmp_path: Path) -> None:
    """The system may kill it while it waits."""
    worker = Worker()
    try:
        assert worker.read(numbered(tmp_path, 1), FileKind.XLSX, Place("x"))[1] == []
        process = worker._process
        assert process is not None
        process.kill()
        process.wait()
        book, problems = worker.read(numbered(tmp_path, 2), FileKind.XLSX, Place("x"))
        assert book is not None
        assert (book.sheets[0].rows, problems) == ([(2,)], [])
    finally:
        worker.close()


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="limits are read from /proc")
def test_the_process_is_limited_in_memory_and_leaves_no_core_file(tmp_path: Path) -> None:
    """The limits stand before the first file is opened, and time is renewed for each file."""
    worker = Worker()
    try:
        worker.read(numbered(tmp_path, 1), FileKind.XLSX, Place("x"))
        process = worker._process
        assert process is not None
        limits = Path(f"/proc/{process.pid}/limits").read_text()
        soft = dict(re.findall(r"^(Max [a-z ]+?)  +(\S+)", limits, re.MULTILINE))
        assert soft["Max address space"] == str(workbook_worker.MEMORY_LIMIT)
        assert soft["Max core file size"] == "0"
        assert 25 <= int(soft["Max cpu time"]) <= 30
    finally:
        worker.close()


def test_the_process_sees_neither_user_paths_nor_user_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module called openpyxl in the folder of the data is not loaded."""
    (tmp_path / "openpyxl.py").write_text("raise SystemExit")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("OPENPYXL_DEFUSEDXML", "False")
    monkeypatch.chdir(tmp_path)
    numbered(tmp_path, 5)
    with BookReader() as reader:
        book, problems = reader.read(Path("5.xlsx"), "5.xlsx")
    assert problems == []
    assert book is not None
    assert book.sheets[0].rows == [(5,)]


def test_names_that_are_no_unicode_are_read(tmp_path: Path) -> None:
    """A GBK file name on a UTF-8 system."""
    path = tmp_path / os.fsdecode("考勤.xlsx".encode("gbk"))
    save(path, ONE)
    with BookReader() as reader:
        book, problems = reader.read(path, "考勤.xlsx")
    assert problems == []
    assert book is not None
    assert book.sheets[0].rows == [("工号",)]


WORDS = areas()["files"]
SOURCES = [file for file in sorted(ROOM.glob("*.py")) if file.name != "written.py"]
"""All of the room but what reads files that csctl writes itself."""


def test_the_words_are_those_of_the_problems_that_can_arise() -> None:
    """None is missing, none is left over."""
    source = "".join(file.read_text("utf-8") for file in SOURCES)
    made = set(re.findall(r'(?:problem|add)\(\s*"([a-z0-9-]+)"', source))
    chosen = set(re.findall(r'"(workbook-too-slow|workbook-reader-died|file-[a-z-]+)"', source))
    assert made | chosen == set(WORDS)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv"])
def test_a_file_damaged_anywhere_is_read_or_refused_and_nothing_else(tmp_path: Path, kind: str) -> None:
    """Bytes changed at random, always at the same places: a book, or one error, never an exception."""
    path = tmp_path / "x"
    if kind == "xlsx":
        save(path, ONE, strings=strings_xml("a"), styles=styles_xml("", "<xf/>"))
    elif kind == "xls":
        made = xlwt.Workbook()
        made.add_sheet("表").write(0, 0, "工号")
        made.save(str(path))
    else:
        path.write_bytes('工号,姓名\n001,"张三"\n'.encode("gbk") * 20)
    whole = path.read_bytes()
    dice = random.Random(20261101)  # noqa: S311
    with BookReader() as reader:
        for _ in range(60):
            damaged = bytearray(whole)
            for _ in range(dice.randrange(1, 6)):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            path.write_bytes(damaged)
            book, problems = reader.read(path, "x")
            assert (book is None) == any(problem.severity is Severity.ERROR for problem in problems)


@pytest.mark.slow
def test_a_damaged_xls_never_loses_rows_in_silence(tmp_path: Path) -> None:
    """One byte changed, so many times: 85 rows of five cells, or an error; a cell may be another, none goes."""
    made = xlwt.Workbook()
    sheet = made.add_sheet("表")
    for row in range(85):
        for column in range(5):
            sheet.write(row, column, f"{row}-{column}" if column % 2 else row * column + 1)
    path = tmp_path / "x.xls"
    made.save(str(path))
    whole = path.read_bytes()
    dice = random.Random(20261102)  # noqa: S311
    found: list[list[int]] = []
    for _ in range(150):
        damaged = bytearray(whole)
        damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        path.write_bytes(damaged)
        try:
            sheets = list(read_xls(path))
        except Exception:  # noqa: BLE001, S112 - whatever it is, the reading process calls it the file's fault
            continue
        found.append([len(one.rows) for one, _ in sheets if one.rows])
    assert len(found) > 75
    assert all(rows in ([85], []) for rows in found)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["one text", "many texts", "many rows", "many cells"])
def test_a_workbook_as_heavy_as_the_limits_allow_is_survived(tmp_path: Path, kind: str) -> None:
    """Up to 200 MiB of XML that passes every check before opening: an end in time, and the program stays small."""
    numbers = range(6_000_000)
    strings, rows = strings_xml("x"), ""
    if kind == "one text":
        strings, rows = strings_xml(" ".join(map(str, numbers)) * 4), '<row><c t="s"><v>0</v></c></row>'
    elif kind == "many texts":
        strings = strings_xml(*map(str, numbers))
    elif kind == "many rows":
        rows = "".join(f'<row spans="{n}"/>' for n in numbers)
    else:
        rows = "<row>" + "".join(f"<c><v>{n}</v></c>" for n in numbers) + "</row>"
    path = save(tmp_path / "x.xlsx", sheet_xml(rows), strings=strings)
    strings = rows = ""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.monotonic()
    with BookReader() as reader:
        book, problems = reader.read(path, "x")
        assert reader.read(numbered(tmp_path, 1), "1")[1] == []
    outcome = "read" if book else " ".join(problem.code for problem in problems)
    assert (
        outcome
        in {
            "one text": ("workbook-too-much", "workbook-memory"),
            "many texts": ("workbook-too-slow", "workbook-memory", "read"),
            "many rows": ("workbook-too-slow", "workbook-memory", "sheet-too-long"),
            "many cells": ("workbook-too-slow", "workbook-memory", "sheet-too-wide"),
        }[kind]
    )
    assert time.monotonic() - begun < 120
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
