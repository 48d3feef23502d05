"""Bring exports into the canonical cache: each file read once, then found again by its content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from csctl.core.coverage.readings import UNREAD, FileReading
from csctl.core.records.fates import Fates
from csctl.month import Month
from csctl.problems import Problem, as_error, errors
from csctl.readers.columns.source import Source
from csctl.readers.mapping.importer import IMPORT_VERSION, Imported, import_book
from csctl.readers.opening.books import BookReader, Opened
from csctl.readers.opening.kinds import MAX_TEXT_BYTES
from csctl.readers.opening.sniff import TEXT_AS_WORKBOOK
from csctl.store.canonical import STORE_VERSION, CacheEntry, CanonicalStore, Found, file_digest, parts_digest
from csctl.words import fold

_OF_FILTERS = frozenset({"rows-filtered", "rows-filtered-otherwise"})
"""What is said of rows that a filter hides."""

Progress = Callable[[int, int, str], None]
"""Told after each file: how many are done, of how many, and which one it was."""


@dataclass(frozen=True, slots=True)
class WantedExport:
    """One export to bring in: its path, its name as problems show it, its resolved mapping, its month if known."""

    path: Path
    shown_as: str
    source: Source
    month: Month | None


@dataclass(frozen=True, slots=True)
class Brought:
    """One export brought in. ``entry`` is None if it cannot be used; ``fresh`` if it had to be read.

    ``fates`` and ``reading`` are those of the rows and columns of an export without an entry, where they are known.
    """

    wanted: WantedExport
    content: str
    entry: CacheEntry | None
    problems: tuple[Problem, ...]
    fresh: bool
    fates: tuple[Fates, ...] = ()
    reading: FileReading = UNREAD


def bring_in(
    wanted: Sequence[WantedExport],
    store: CanonicalStore,
    progress: Progress | None = None,
    people: frozenset[str] = frozenset(),
) -> list[Brought]:
    """Every file's canonical rows, in the order asked; only files not met before are read.

    ``people`` are folded names of the roster that read like totals: rows of theirs are none.
    """
    contents = [_content(one.path) for one in wanted]
    keys = [_key(one, content, people) for one, content in zip(wanted, contents, strict=True)]
    found = [store.find(one.source.table, key) for one, key in zip(wanted, keys, strict=True)]
    missing = [index for index, entry in enumerate(found) if entry is None]
    brought = {
        index: Brought(wanted[index], contents[index], entry, entry.problems, fresh=False)
        for index, entry in enumerate(found)
        if entry is not None
    }
    for done, (index, one) in enumerate(_read(wanted, contents, keys, missing, store, people), start=1):
        brought[index] = one
        if progress:
            progress(done, len(missing), one.wanted.shown_as)
    return [brought[index] for index in range(len(wanted))]


def _content(path: Path) -> str:
    """The content's hash; empty for what is no regular file or too large, so that reading says what is wrong."""
    try:
        return file_digest(path) if path.is_file() and path.stat().st_size <= MAX_TEXT_BYTES else ""
    except OSError:
        return ""


def _key(one: WantedExport, content: str, people: frozenset[str]) -> str:
    mapping = one.source.model_dump_json(exclude={"files"})
    versions = (str(IMPORT_VERSION), str(STORE_VERSION))
    return parts_digest(content, one.shown_as, mapping, str(one.month), *versions, *sorted(people))


def _read(
    wanted: Sequence[WantedExport],
    contents: Sequence[str],
    keys: Sequence[str],
    missing: Sequence[int],
    store: CanonicalStore,
    people: frozenset[str],
) -> Iterator[tuple[int, Brought]]:
    asked = [(wanted[index].path, wanted[index].shown_as, wanted[index].source.encoding) for index in missing]
    if not asked:
        return
    with BookReader() as reader:
        opened = reader.read_all(asked)
        for index in missing:
            # In a call of its own: no file stands beside the next one while that is read.
            yield index, _brought(next(opened), wanted[index], (contents[index], keys[index]), store, people)


def _brought(
    opened: Opened, one: WantedExport, known_by: tuple[str, str], store: CanonicalStore, people: frozenset[str]
) -> Brought:
    """One opened export in the cache, or what speaks against it; it is known by its content and by its key."""
    (book, problems), (content, key) = opened, known_by
    if book is None:
        return Brought(one, content, None, _explained(problems), fresh=True)
    imported = import_book(book, one.source, one.shown_as, one.month, people=people)
    found = (*_about_the_rows(problems, imported, one.source), *imported.problems)
    if errors(found):
        return Brought(one, content, None, _explained(found), fresh=True, reading=imported.reading)
    entry = store.save(
        one.source.table,
        key,
        imported.columns,
        Found(imported.accepted, imported.rejected, tuple(found), imported.fates, imported.reading),
    )
    return Brought(one, content, entry, found, fresh=True)


def _explained(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems of a file that cannot be used: that it is no workbook, as its name says, may well be why."""
    return tuple(as_error(problem) if problem.code == TEXT_AS_WORKBOOK else problem for problem in problems)


def _about_the_rows(problems: Sequence[Problem], imported: Imported, source: Source) -> list[Problem]:
    """Without what is wrong on sheets that were not read, and without filters of which the source says what counts."""
    read = imported.sheets
    settled = {fold(name) for name in (*source.keep, *source.leave_out)}
    return [
        problem
        for problem in problems
        if (not read or not problem.place.sheet or problem.place.sheet in read)
        and not (problem.code in _OF_FILTERS and (source.hidden_rows or fold(problem.place.column) in settled))
    ]
