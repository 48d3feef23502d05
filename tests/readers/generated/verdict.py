"""What csctl read of a generated export, held against its facts: the same, or said; never otherwise in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from csctl.core.coverage.doubts import doubtful_columns
from csctl.core.coverage.readings import ColumnReading, FileReading
from csctl.problems import Problem, Severity, errors_and_warnings
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.mapping.importer import Imported, import_book
from csctl.readers.opening.books import BookReader
from csctl.tables import TABLES
from tests.readers.generated.cells import Fact
from tests.readers.generated.export import SECOND_SHEET, Column, Export
from tests.readers.generated.files import SECOND, as_text, write

SAME, SAID, SILENT, NOISE = "same", "said", "silent", "noise"
_LOOK_AT = 6


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell, or one row (column ""), that was read as something else; whether anything said so."""

    row: int
    column: str
    feature: str
    cell: str
    fact: object
    read: object
    said: bool


@dataclass
class Verdict:
    """An export, what differs, and what was said."""

    export: Export
    differences: list[Difference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def silent(self) -> list[Difference]:
        """What differs without a word."""
        return [one for one in self.differences if not one.said]

    @property
    def outcome(self) -> str:
        """The worst that happened. On a clean export anything said is noise."""
        if self.silent:
            return SILENT
        if self.export.clean and any(not self._is_due(one) for one in errors_and_warnings(self.problems)):
            return NOISE
        return SAID if self.differences or errors_and_warnings(self.problems) else SAME

    def _is_due(self, one: Problem) -> bool:
        """Beside semicolons 1,250 may well be one and a quarter: that is asked however clean the file is."""
        return one.code == "columns-in-doubt" and "semicolon" in self.export.kind.name

    @property
    def failed(self) -> bool:
        """Whether the promise is broken."""
        return self.outcome in {SILENT, NOISE}

    def report(self) -> str:
        """Seed, file, and the first differences with cell, fact and what was read."""
        export = self.export
        clean, month = ", clean" if export.clean else "", export.month or "not said"
        lines = [f"seed {export.seed}: {self.outcome}: {export.table} in {export.kind.name}{clean}, month {month}"]
        for one in (self.silent or self.differences)[:_LOOK_AT]:
            read = f"cell {one.cell!r}, fact {one.fact!r}, read {one.read!r}"
            lines.append(f"  row {one.row} {one.column or '(row)'!r}: {read}   [{one.feature}]")
        lines += [
            f"  said: {told.severity} {told.code} at {told.place} {told.parameters}"[:300]
            for told in errors_and_warnings(self.problems)[:_LOOK_AT]
        ]
        lines.append(f"  mapping {export.mapping}; features {', '.join(sorted(export.features))}")
        return "\n".join(lines)


def judged(export: Export, folder: Path, reader: BookReader) -> Verdict:
    """Writes the export, reads it through the front door, and compares."""
    path = folder / f"export-{export.seed}{export.kind.suffix}"
    write(path, export.kind, export.lines, export.other_sheet, export.second_sheet)
    described = {"table": export.table, "files": path.name, "columns": export.mapping}
    source, faults = resolve_source(Source.model_validate(described))
    assert source is not None, faults
    book, problems = reader.read(path, path.name)
    path.unlink()
    if book is None:
        return Verdict(export, [_whole_file(export, problems)], problems)
    imported = import_book(book, source, path.name, export.month)
    in_doubt = [said for one in imported.reading.columns for said in _doubt(path.name, one)]
    problems = [*problems, *imported.problems, *in_doubt]
    return Verdict(export, list(_differences(export, imported, problems)), problems)


def _whole_file(export: Export, problems: Sequence[Problem]) -> Difference:
    return Difference(0, "", export.kind.name, "", "a table", None, any(_stops(one) for one in problems))


def _stops(one: Problem) -> bool:
    return one.severity is Severity.ERROR


# ---- what was read ------------------------------------------------------------


def _doubt(file: str, column: ColumnReading) -> list[Problem]:
    """What is said of a column that rests on a default: a warning of its own, for the whole of it."""
    said = doubtful_columns(file, [FileReading((column,))])
    return [replace(one, place=replace(one.place, row=None)) for one in said]


def _differences(export: Export, imported: Imported, problems: Sequence[Problem]) -> Iterator[Difference]:
    heard = errors_and_warnings(problems)
    read = _long(export, imported) if export.table == "kpis" else _wide(imported)
    for number, fact in zip(export.numbers, export.facts, strict=True):
        if number not in read:
            if export.table != "kpis" or any(
                fact[one.name] is not None and not _is_unread(heard, one) for one in _figures(export)
            ):
                yield _row(export, number, "a row", None, heard)
            continue
        for column in export.columns:
            found = read[number].get(_key(export, column))
            if not _equal(fact[column.name], found):
                cell = as_text(export.cell(number, column))
                said = any(_is_said(heard, number, one) for one in _with_its_whole(export, column))
                said = said or (found is None and _is_unread(heard, column))
                yield Difference(
                    number, column.header, ", ".join(column.features), cell, fact[column.name], found, said
                )
    for number in sorted(read.keys() - set(export.numbers)):
        yield _row(export, number, None, "a row", heard)


def _with_its_whole(export: Export, column: Column) -> list[Column]:
    """The column, and the one that it goes with: neither a score nor its full score is anything without the other."""
    declared = TABLES[export.table].column(column.name)
    whole = declared.part_of if declared else ""
    best = next((one.name for one in TABLES[export.table].columns if one.best_of == column.name), "")
    return [column, *(one for one in export.columns if one.name and one.name in {whole, best})]


def _row(export: Export, number: int, fact: object, read: object, heard: Sequence[Problem]) -> Difference:
    decisive = [column for column in export.columns if not column.holes]
    said = any(_stops(one) for one in heard) or any(_is_said(heard, number, column) for column in decisive)
    line = export.line(number)
    told = said or any(number in _rows_of(one) or _speaks_of_sheet(one, number) for one in heard)
    return Difference(number, "", "row", " | ".join(map(as_text, line))[:120], fact, read, told)


def _speaks_of_sheet(one: Problem, number: int) -> bool:
    """Whether a problem is about the second sheet as a whole, on which the row stands."""
    return number > SECOND_SHEET and one.place.row is None and any(SECOND in text for text in _texts(one))


def _numbers(imported: Imported) -> list[int]:
    """The spreadsheet row of each row that was read; those of the second sheet from SECOND_SHEET on."""
    rows, sheets = imported.columns["source_row"], imported.columns["source_sheet"]
    return [int(str(row)) + (SECOND_SHEET if sheet == SECOND else 0) for row, sheet in zip(rows, sheets, strict=True)]


def _wide(imported: Imported) -> dict[int, Mapping[str, object]]:
    columns = imported.columns
    return {
        number: {name: values[index] for name, values in columns.items()}
        for index, number in enumerate(_numbers(imported))
    }


def _figures(export: Export) -> list[Column]:
    return [column for column in export.columns if column.kind.startswith("kpi ")]


def _long(export: Export, imported: Imported) -> dict[int, Mapping[str, object]]:
    """The rows of a wide table of figures as they stood in the file: metric folded → value."""
    rows: dict[int, dict[str, object]] = {}
    columns = imported.columns
    for index, number in enumerate(_numbers(imported)):
        own = rows.setdefault(number, {})
        own |= {name: columns[name][index] for name in ("agent_id", "agent_name", "date")}
        own[_metric_of(export, str(columns["metric"][index]))] = columns["value"][index]
    return dict(rows)


def _metric_of(export: Export, metric: str) -> str:
    """The figure that a metric's name means: the header as written, or without its unit, in any case."""
    for column in _figures(export):
        if _folded(metric) in {_folded(column.header), _folded(column.name)}:
            return f"metric {column.name}"
    return f"unknown {metric}"


def _key(export: Export, column: Column) -> str:
    return f"metric {column.name}" if column.kind.startswith("kpi ") else column.name


def _folded(text: str) -> str:
    return re.sub(r"[\s_:：*]+", "", text.casefold())


def _equal(fact: Fact, read: object) -> bool:
    if isinstance(fact, bool) or isinstance(read, bool):
        return fact is read
    if isinstance(fact, int | Decimal):
        return isinstance(read, int | Decimal) and Decimal(fact) == Decimal(read)
    return type(fact) is type(read) and fact == read


# ---- what was said ------------------------------------------------------------


def _is_unread(heard: Sequence[Problem], column: Column) -> bool:
    """Whether cells of this column are told to be unreadable: then one that is missing is no surprise."""
    return any(_names(one, column) and one.code.startswith(("value-", "figures-mostly-")) for one in heard)


def _is_said(heard: Sequence[Problem], number: int, column: Column) -> bool:
    own = [one for one in heard if _names(one, column)]
    return any(map(_stops, heard)) or any(_everywhere(one) or number in _rows_of(one) for one in own)


def _texts(one: Problem) -> list[str]:
    found: list[str] = []
    for value in one.parameters.values():
        found += [value] if isinstance(value, str) else list(value)
    return found


def _names(one: Problem, column: Column) -> bool:
    """Whether a problem is about this column, by its header or its canonical name."""
    names = {_folded(column.header), column.name}
    if _folded(one.place.column) in names or one.place.column == column.name:
        return True
    words = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in (column.header.strip(), column.name)))
    return not one.place.column and any(words.search(text) for text in _texts(one))


def _everywhere(one: Problem) -> bool:
    """Whether it speaks of a column as a whole, or of more rows than it names."""
    return one.place.row is None or bool({"count", "rows"} & dict(one.details).keys())


def _rows_of(one: Problem) -> set[int]:
    rows = {one.place.row} if one.place.row is not None else set()
    told = [one.parameters.get(name, ()) for name in ("rows", "cell_rows")]
    for text in [text for some in told for text in ((some,) if isinstance(some, str) else some)]:
        for first, last in re.findall(r"(\d+)(?:-(\d+))?", text):
            rows |= set(range(int(first), int(last or first) + 1))
    beyond = SECOND_SHEET if one.place.sheet == SECOND else 0
    return {row + beyond for row in rows}
