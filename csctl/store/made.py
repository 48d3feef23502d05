"""Workbooks that were made for the same figures: published ones, and those of a run that was stopped on its way.

What was made is kept below ``.csctl/made`` until it is published; from then on a list says for which figures each
published file was made. All of it may be deleted: then everything is made anew.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from functools import cache, lru_cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from csctl.release import __version__
from csctl.store.parts import write_atomically
from csctl.store.program import source_digest

_LIST, _KEPT = "made.json", ".made"
_LIBRARIES = ("openpyxl", "XlsxWriter")
_DIGEST_BYTES = 32


def key_of_made(work: object, given: object) -> str:
    """What a workbook follows from: the program, the work with what it is bound to, and the figures."""
    return hashlib.sha256(f"{_program()}\0{_bound(work)}\0{given!r}".encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=4)
def _bound(work: object) -> str:
    """A ``partial`` in words that are the same in every process."""
    function: Any = getattr(work, "func", work)
    return f"{function.__module__}.{function.__qualname__} {getattr(work, 'args', ())!r}"


@cache
def _program() -> str:
    """The release, its texts and the libraries that a workbook's bytes follow from, beside its figures."""
    parts = [source_digest(resources.files(f"csctl.{part}")) for part in ("sheets", "workbook", "messages")]
    return " ".join([__version__, *parts, *(metadata.version(name) for name in _LIBRARIES)])


class MadeBefore:
    """What earlier runs made for a month: ``folder`` is the cache, ``out`` where files are published."""

    def __init__(self, folder: Path, out: Path) -> None:
        self._folder, self._out = folder, out
        self._list = _listed(folder / _LIST)

    def content(self, name: str, key: str) -> bytes | None:
        """The file as it was made for the same; None if it was not, or is no longer as it was made."""
        known, digest = self._list.get(name, ("", ""))
        if known == key and (content := _read(self._out / name)) and _digest(content).hex() == digest:
            return content
        kept = _read(self._kept(key))
        digest_kept, content = kept[:_DIGEST_BYTES], kept[_DIGEST_BYTES:]
        if _digest(content) != digest_kept:
            return None
        self._list[name] = (key, digest_kept.hex())
        return content

    def keep(self, name: str, key: str, content: bytes) -> None:
        """Keep what was just made. Where the disk is full or may not be written, nothing is kept."""
        digest = _digest(content)
        self._list[name] = (key, digest.hex())
        with suppress(OSError):
            write_atomically(self._kept(key), digest + content)

    def remember(self) -> None:
        """Say for which figures each file was made, so that it is known by its digest once it is published."""
        with suppress(OSError):
            write_atomically(self._folder / _LIST, json.dumps(self._list).encode())

    def published(self) -> None:
        """What was kept lies where it belongs: it is needed no longer."""
        for path in self._folder.glob(f"*{_KEPT}"):
            with suppress(OSError):
                path.unlink()

    def _kept(self, key: str) -> Path:
        return self._folder / f"{key}{_KEPT}"


def _listed(path: Path) -> dict[str, tuple[str, str]]:
    """Key and digest by the name of a file; nothing of a list that is damaged."""
    try:
        return {str(name): (str(key), str(digest)) for name, (key, digest) in json.loads(_read(path) or "{}").items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
