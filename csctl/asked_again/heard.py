"""What a command says while it works, kept byte by byte beside what the user sees of it."""

from __future__ import annotations

import base64
import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

STREAMS = ("stdout", "stderr")
Said = list[tuple[str, str]]
"""Stream and bytes (in base 64), one after the other."""


@contextmanager
def hearing() -> Iterator[Said]:
    """Within, everything that is written to the two streams is added to what is yielded."""
    said: Said = []
    own = {name: getattr(sys, name) for name in STREAMS}
    for name, stream in own.items():
        setattr(sys, name, _text(_Both(name, stream.buffer, said), stream))
    try:
        yield said
    finally:
        for name, stream in own.items():
            getattr(sys, name).flush()
            setattr(sys, name, stream)


def say_again(said: Sequence[Sequence[str]]) -> None:
    """The same bytes on the same streams, in the same order."""
    for name, content in said:
        stream: Any = getattr(sys, name)
        stream.buffer.write(base64.b64decode(content))
        stream.buffer.flush()


def can_hear() -> bool:
    """Whether the streams are such that bytes can be written to them."""
    return all(isinstance(getattr(sys, name), io.TextIOWrapper) for name in STREAMS)


def _text(raw: Any, like: io.TextIOWrapper) -> io.TextIOWrapper:
    return io.TextIOWrapper(raw, like.encoding, like.errors, line_buffering=like.line_buffering, write_through=True)


class _Both(io.BufferedIOBase):
    """Bytes go where they went, and are kept."""

    def __init__(self, name: str, shown: IO[bytes], said: Said) -> None:
        self._name, self._shown, self._said = name, shown, said

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, content: Any) -> int:
        """Show and keep."""
        self._said.append((self._name, base64.b64encode(content).decode()))
        self._shown.write(content)
        return len(content)

    def flush(self) -> None:
        """What was written is shown."""
        self._shown.flush()

    def isatty(self) -> bool:
        """As what is shown."""
        return self._shown.isatty()

    def fileno(self) -> int:
        """As what is shown."""
        return self._shown.fileno()
