"""Earlier months that are not closed, as they were computed for a later one: kept until anything they rest on changes.

What is kept is what would be sealed, under a digest of everything that the month follows from: the program, the policy,
the configuration, the calendar, what was decided, the exports of its time, and the months before it. A file that is
damaged or of another program is made anew.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from csctl.core.records.result import MonthResult
from csctl.month import Month
from csctl.problems import errors
from csctl.store.parts import write_atomically
from csctl.store.program import program
from csctl.store.seals import calendar_content, lines_content, result_of
from csctl.workflow.inputs.material import Material, MaterialPart, compute_of

FOLDER = "months"
MOST_KEPT = 240
"""So many results are kept, those used last: ten years of a workspace that looks back two."""


class PastMonths:
    """The results kept in one workspace, for one computation of a month."""

    def __init__(self, state_folder: Path) -> None:
        """``state_folder`` is the workspace's private one."""
        self._folder = state_folder / FOLDER
        self._digests: dict[Month, str] = {}
        self._common: str | None = None

    def result(self, material: Material, month: Month, past: Sequence[MonthResult]) -> MonthResult:
        """A month of the history, from here or computed. ``past`` are the months before it, oldest first."""
        path = self._folder / self._key(material, month, past)
        kept = self._kept(path, month, material)
        if kept is not None:
            return kept
        _, made = compute_of(material, month, tuple(past))
        if not errors(made.problems):
            content = lines_content(made)
            self._digests[month] = _digest(content)
            with suppress(OSError):  # a full disk costs time, not the month
                write_atomically(path, content)
                self._forget_old_ones()
        return made

    def _kept(self, path: Path, month: Month, material: Material) -> MonthResult | None:
        try:
            content = path.read_bytes()
            found = result_of(content, month, material.loaded.policy)
        except (OSError, ValueError, zlib.error):
            return None
        self._digests[month] = _digest(content)
        with suppress(OSError):
            os.utime(path)
        return found

    def _key(self, material: Material, month: Month, past: Sequence[MonthResult]) -> str:
        if self._common is None:
            self._common = _digest(*_rests_on(material))
        before = [self._digests.get(one.month) or self._digest_of(one) for one in past]
        return _digest(self._common, str(month), *before, *_pieces_of(material.pieces, month))

    def _digest_of(self, result: MonthResult) -> str:
        self._digests[result.month] = _digest(lines_content(result))
        return self._digests[result.month]

    def _forget_old_ones(self) -> None:
        files = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime)
        for path in files[:-MOST_KEPT]:
            path.unlink(missing_ok=True)


def _rests_on(material: Material) -> list[bytes | str]:
    """What all months of a workspace follow from."""
    return [
        program(),
        material.loaded.fingerprint,
        material.config.model_dump_json(),
        material.readings_text,
        calendar_content(material.calendar),
        repr(material.rulings),
        repr((material.tables, material.history)),
    ]


def _pieces_of(pieces: Iterable[MaterialPart], month: Month) -> list[str]:
    """The exports a month can look at: those up to the month after it. Of later ones only that they are there."""
    last = month.shift(1)
    return sorted(
        repr((one.table, str(one.month)))
        if one.month is not None and one.month > last
        else repr((one.file, one.table, str(one.month), one.sha256, one.accepted, one.rejected, _name(one.path)))
        for one in pieces
    )


def _name(path: Path | None) -> str:
    return path.name if path is not None else ""


def _digest(*parts: bytes | str) -> str:
    """SHA-256 over parts, each with its length, so that none can run into the next."""
    found = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        found.update(f"{len(content)}\0".encode() + content)
    return found.hexdigest()
