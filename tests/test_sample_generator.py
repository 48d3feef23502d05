"""The sample workspace: made the same every time, and its only faults are those its README lists."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tomllib
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from csctl.month import Month, months_between
from csctl.problems import Problem, errors_and_warnings
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.mapping.importer import import_book
from csctl.readers.opening.books import BookReader

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "sample_data"
MONTHS = months_between(Month(2026, 3), Month(2026, 10))
MOST_BYTES = 3_000_000


def generate(folder: Path) -> dict[str, bytes]:
    """What the generator writes into a folder."""
    subprocess.run([sys.executable, str(ROOT / "tools" / "make_sample_data.py"), str(folder)], check=True)
    return files_below(folder)


def files_below(folder: Path) -> dict[str, bytes]:
    """All files below the folder by relative path, without what a run wrote there."""
    files = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {
        name.as_posix(): path.read_bytes() for name, path in files.items() if name.parts[0] not in ("out", ".csctl")
    }


def cells(workbook: bytes) -> list[list[tuple[object, ...]]]:
    """All cell values, sheet by sheet."""
    book = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def same(one: bytes, other: bytes) -> bool:
    """Equal bytes; for workbooks made by another version of the writer, equal cells."""
    return one == other or (one[:2] == other[:2] == b"PK" and cells(one) == cells(other))


def read_sample(months: list[Month]) -> list[Problem]:
    """All problems met on reading every source of the sample for these months, notes left out."""
    sources = tomllib.loads((SAMPLE / "csctl.toml").read_text("utf-8"), parse_float=Decimal)["source"]
    problems: list[Problem] = []
    with BookReader() as reader:
        for entry in sources:
            optional = entry.pop("optional", False)
            source, faults = resolve_source(Source.model_validate(entry))
            assert source is not None, faults
            for month in months if "{month}" in source.files else [None]:
                paths = sorted(SAMPLE.glob(source.files.replace("{month}", str(month))))
                assert paths or optional, (source.files, month)
                for path in paths:
                    problems += problems_of(reader, path, source, month)
    return errors_and_warnings(problems)


def problems_of(reader: BookReader, path: Path, source: Source, month: Month | None) -> list[Problem]:
    """What one file of the sample has to complain about."""
    shown = path.relative_to(SAMPLE).as_posix()
    book, problems = reader.read(path, shown, source.encoding)
    assert book is not None, problems
    imported = import_book(book, source, shown, month)
    assert imported.accepted > 0, shown
    return [*problems, *imported.problems]


def test_the_generator_writes_the_committed_files_again(tmp_path: Path) -> None:
    """What is committed is what the generator makes, no file more and none less."""
    made = generate(tmp_path)
    committed = {name: content for name, content in files_below(SAMPLE).items() if name.startswith("data/")}
    assert made.keys() == committed.keys()
    assert [name for name, content in made.items() if not same(content, committed[name])] == []


@pytest.mark.slow
def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    """Neither the clock nor the order of a set shows in the files."""
    assert generate(tmp_path / "one") == generate(tmp_path / "two")


def test_the_sample_is_small() -> None:
    """It ships with every installation."""
    assert sum(map(len, files_below(SAMPLE).values())) < MOST_BYTES


def test_the_last_month_has_exactly_the_faults_that_reading_can_see() -> None:
    """The four faults of the README that show on reading; the other three show when rows are credited."""
    problems = read_sample(MONTHS[-1:])
    found = {(problem.place.file.split("/")[-1], problem.place.row, problem.found) for problem in problems}
    chat_list = SAMPLE / "data" / "2026-10" / "在线会话_2026-10.csv"
    chat_id = str(row_of(chat_list.name, chat_list.read_bytes(), 122)[0]).split(",")[0]
    assert found == {
        ("在线会话_2026-10.csv", 122, chat_id),
        ("热线通话_2026-10.xlsx", 61, "约3分钟"),
        ("订单_2026-10.csv", 296, "2026-11-01"),
        ("考试成绩.xlsx", 6, "缺考"),
    }


@pytest.mark.slow
def test_all_earlier_months_read_without_a_fault() -> None:
    """Seven months of every source: nothing to complain about."""
    assert read_sample(MONTHS[:-1]) == []


def test_every_fault_in_the_readme_names_a_row_that_holds_it() -> None:
    """The table of faults points to the right rows of the right files."""
    table = re.findall(r"^\| (\S+) \| (\d+) \| (.+) \|$", (SAMPLE / "README.md").read_text("utf-8"), re.MULTILINE)
    assert len(table) == 7
    for name, row, fault in table:
        content = (SAMPLE / "data" / "2026-10" / name).read_bytes()
        line = " ".join(map(str, row_of(name, content, int(row))))
        for quoted in re.findall("“(.+?)”", fault):
            assert quoted in line, (name, row, line)


def row_of(name: str, content: bytes, row: int) -> tuple[object, ...]:
    """One row of a workbook, or of a CSV in GBK, counted from 1."""
    if name.endswith(".csv"):
        return (content.decode("gbk").splitlines()[row - 1],)
    return cells(content)[0][row - 1]
