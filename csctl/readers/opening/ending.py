"""Where the text of a file ends: before the run of NUL bytes that a full disk or a lost power leaves behind it."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any, BinaryIO, TextIO

_BLOCK = 64 * 1024


def written_size(path: Path) -> int:
    """How many bytes stand before the NUL bytes at the end of a file; all of them where there are none."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        while end:
            start = max(0, end - _BLOCK)
            file.seek(start)
            kept = len(file.read(end - start).rstrip(b"\0"))
            if kept:
                return start + kept
            end = start
    return 0


def ends_a_line(path: Path, size: int) -> bool:
    """Whether the first ``size`` bytes of a file end with the end of a line, in any encoding."""
    with path.open("rb") as file:
        file.seek(max(0, size - 2))
        tail = file.read(min(2, size))
    return b"\n" in tail or b"\r" in tail


def open_text(path: Path, encoding: str, size: int) -> TextIO:
    """The first ``size`` bytes of a file as text, line ends as they stand; whoever asks closes it."""
    return io.TextIOWrapper(io.BufferedReader(_Beginning(path, size)), encoding=encoding, newline="")


class _Beginning(io.RawIOBase):
    """The first bytes of a file, as a file."""

    def __init__(self, path: Path, size: int) -> None:
        self._file: BinaryIO = path.open("rb")
        self._size = size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._file.tell(), os.SEEK_END: self._size}[whence]
        return self._file.seek(base + offset)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: Any, /) -> int:
        block = self._file.read(min(len(buffer), max(0, self._size - self._file.tell())))
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        self._file.close()
        super().close()
