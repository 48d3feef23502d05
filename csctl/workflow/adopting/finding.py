"""The files of a folder that no source reads yet, each tried as every table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from csctl.readers.columns.looks import is_label
from csctl.readers.columns.values import cell_as_text
from csctl.readers.grid import Book
from csctl.readers.imports import Progress
from csctl.readers.opening.books import BookReader
from csctl.readers.proposing.choosing import Weighed, weighed
from csctl.readers.proposing.file_names import matches_pattern, parse_file_name
from csctl.readers.proposing.trials import Trial, rows_of_several_columns, sampled, trials
from csctl.workflow.adopting.records import LookedAtFile
from csctl.workspace_folder import CONFIG_NAME, STATE_NAME

OWN_FOLDERS = ("out", "forms", "templates", STATE_NAME)
"""Folders of a workspace that hold no exports."""
NO_EXPORTS = frozenset({".toml", ".md", ".json", ".py", ".sh", ".ps1", ".bat", ".log", ".lock", ".gitignore"})
_HEADER_AMONG = 15


def files_below(folder: Path, workspace: Path) -> list[str]:
    """Every file that could be an export, by its path below the workspace, in order."""
    return sorted(path.relative_to(workspace).as_posix() for path in _walk(folder, workspace))


def _walk(folder: Path, workspace: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith((".", "~$")) or (path.parent == workspace and path.name in OWN_FOLDERS):
            continue
        if path.is_dir() and not path.is_symlink():
            # A workspace inside is somebody else's.
            yield from () if (path / CONFIG_NAME).is_file() else _walk(path, workspace)
        elif path.suffix.lower() not in NO_EXPORTS:
            yield path


def is_read_already(path: str, known: Sequence[str]) -> bool:
    """Whether a source reads the file already."""
    return any(matches_pattern(pattern, path) for pattern in known)


def look(workspace: Path, paths: Sequence[str], progress: Progress | None = None) -> list[LookedAtFile]:
    """Each file opened once: what it could be, or why it cannot be read."""
    found: list[LookedAtFile] = []
    tried: dict[tuple[object, ...], list[Trial]] = {}
    with BookReader() as reader:
        opened = reader.read_all([(workspace / path, path, None) for path in paths])
        for done, (path, (book, problems)) in enumerate(zip(paths, opened, strict=True), start=1):
            if book is None:
                found.append(LookedAtFile(workspace / path, parse_file_name(path), problems=tuple(problems)))
            else:
                found.append(_looked(book, workspace / path, path, tried))
            if progress:
                progress(done, len(paths), path)
    return found


def _looked(book: Book, path: Path, shown_as: str, tried: dict[tuple[object, ...], list[Trial]]) -> LookedAtFile:
    could_be = _weighed(book, shown_as, tried)
    if could_be:
        headers = tuple(one.text for one in could_be[0].trial.layout.headers)
    else:
        headers = rows_of_several_columns(sampled(book))
    return LookedAtFile(path, parse_file_name(shown_as), tuple(could_be), headers)


def _weighed(book: Book, path: str, tried: dict[tuple[object, ...], list[Trial]]) -> list[Weighed]:
    """The tables a file could be; files with the same headers are tried once."""
    sample, month = sampled(book), parse_file_name(path).month
    key = (*_headers(sample), month is None)
    if key not in tried:
        tried[key] = trials(sample, month)
    return weighed(tried[key], path)


def _headers(book: Book) -> Iterator[tuple[str, ...]]:
    for sheet in book.sheets:
        rows = sheet.rows[:_HEADER_AMONG]
        best = max(rows, key=lambda row: sum(map(is_label, row)), default=())
        yield (sheet.name, str(len(rows) > 1), *map(cell_as_text, best))
