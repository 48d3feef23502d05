"""The columns of a month's sources: what is in doubt, what is otherwise than last month, what was accepted of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from csctl.core.coverage.doubts import COMMA_FORM, doubtful, doubtful_columns
from csctl.core.coverage.drift import SourceMonth, drift
from csctl.core.coverage.readings import ColumnReading, FileReading
from csctl.month import Month
from csctl.problems import Problem
from csctl.readers.columns.accepted import READINGS_NAME, AcceptedColumn, with_accepted
from csctl.readers.columns.file_months import for_month
from csctl.readers.columns.source import Source
from csctl.store.canonical import people_in
from csctl.store.parts import write_atomically
from csctl.tables import TABLES, NoRow
from csctl.workflow.inputs.gathering import Gathering
from csctl.workflow.inputs.material import MaterialPart
from csctl.workflow.ledger.closed import Books
from csctl.workspace import Workspace, has_month


@dataclass(frozen=True, slots=True)
class OneFile:
    """One file of a source as it was read. One that is not ``usable`` has no rows, but perhaps headers.

    ``people``: whom its rows name, where somebody without a row is somebody missing.
    """

    file: str
    table: str
    rows: int
    reading: FileReading
    usable: bool = True
    people: frozenset[tuple[str, ...]] = frozenset()


def files_read(pieces: Iterable[MaterialPart]) -> list[OneFile]:
    """The files of these pieces; a copy of another file has no reading."""
    return [
        OneFile(one.file, one.table, one.accepted, one.reading, one.path is not None, _people(one))
        for one in pieces
        if one.path is not None or one.reading.headers
    ]


def _people(piece: MaterialPart) -> frozenset[tuple[str, ...]]:
    """Numbers and names as they stand there: two months of one export write them alike."""
    return frozenset() if piece.path is None or TABLES[piece.table].no_row is NoRow.HAPPENING else people_in(piece.path)


def files_sealed(books: Books, month: Month) -> list[OneFile]:
    """The files of a closed month that name it, as they were sealed."""
    sealed = books.seals[month].basis.inputs
    return [OneFile(one.file, one.table, one.accepted, one.reading) for one in sealed if one.month == str(month)]


def of_source(source: Source, month: Month | None, files: Sequence[OneFile]) -> list[OneFile]:
    """Those that the pattern of a source meets in a month."""
    pattern = for_month(source.files, month)
    return [one for one in files if one.table == source.table and _meets(one.file, pattern)]


def _meets(file: str, pattern: str) -> bool:
    # A glob's ** also stands for no folder at all.
    return fnmatchcase(file, pattern) or fnmatchcase(file, pattern.replace("**/", ""))


def column_problems(gathering: Gathering, books: Books, month: Month, today: date) -> list[Problem]:
    """Doubts about the columns of a month's files, and what is otherwise than in the month before."""
    now = files_read(one for one in gathering.pieces if one.month in (None, month))
    problems = []
    before = _month_before(gathering, books, month)
    for source in gathering.workspace.sources:
        files = of_source(source, month, now)
        if files:
            problems += doubtful_columns(files[0].file, [one.reading for one in files if one.usable])
        if files and has_month(source):
            earlier = _as_one(of_source(source, month.shift(-1), before))
            problems += drift(earlier, _as_one(files), whole=today > month.last)
    return problems


def _as_one(files: Sequence[OneFile]) -> SourceMonth:
    return SourceMonth(
        files[0].file if files else "",
        [one.reading for one in files if one.reading.headers],
        sum(f.rows for f in files),
        all(f.usable for f in files),
        len(frozenset[tuple[str, ...]]().union(*(one.people for one in files))),
    )


def _month_before(gathering: Gathering, books: Books, month: Month) -> list[OneFile]:
    """The files of the month before: as they were sealed, else as they lie there. Their faults are that month's."""
    earlier = month.shift(-1)
    if earlier in books.seals:
        return files_read(books.pieces(books.seals[earlier].basis, earlier))
    known = [one for one in gathering.pieces if one.month == earlier]
    if not known:
        known = [one for one in gathering.apart([earlier]) if one.month == earlier]
    return files_read(known)


def accept_columns(workspace: Workspace, own: Sequence[MaterialPart], month: Month) -> list[str]:
    """Write all that is in doubt to ``readings.toml`` as it was read; what was added, nothing if nothing was."""
    files = files_read(own)
    added: list[str] = []
    lines: list[tuple[str, str, str, AcceptedColumn]] = []
    for source in workspace.sources:
        for one in doubtful([file.reading for file in of_source(source, month, files)]):
            lines.append((source.table, source.files, one.column, _as_accepted(one)))
            added.append(f"{source.table}.{one.column}: {one.unit or one.form}")
    if lines:
        write_atomically(workspace.folder / READINGS_NAME, with_accepted(workspace.accepted, lines).encode())
    return added


def _as_accepted(one: ColumnReading) -> AcceptedColumn:
    mark = ("," if one.form == COMMA_FORM else ".") if one.form else None
    return AcceptedColumn.model_validate({"unit": one.unit or None, "mark": mark})
