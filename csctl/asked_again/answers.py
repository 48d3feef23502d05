"""A question asked again while nothing changed: the answer that was given is given once more, without any work.

``check`` and ``explain`` only look. What they put on the screen follows from the question, its surroundings and the
files of the workspace. Where all of these are as they were, down to the size, times and inode of every file, the bytes
that were written then are written again. Nothing is kept of a question that wrote anything, that reads what is not in
the workspace, or whose files had changed a moment before. ``close`` and ``verify`` never come here: they read every
file.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import time_ns
from typing import Any

from csctl.asked_again.heard import Said, can_hear, hearing, say_again
from csctl.asked_again.looking import workspace_looked_at
from csctl.asked_again.signatures import Signature, signature_of
from csctl.asked_again.surroundings import surroundings
from csctl.workspace_folder import CONFIG_NAME

FOLDER = ".csctl/answers"
CACHES = (".csctl/canonical", ".csctl/sealed", ".csctl/months")
"""What is used there gets a new time; it follows from files that count."""
PASSED_OVER = (FOLDER, ".csctl/lock", ".csctl/made")
MOST_KEPT = 32
ANSWERED = (0, 1)
"""Exit codes of a question that was answered: with nothing found, and with something."""


def answer(words: Sequence[str], work: Callable[[], None]) -> None:
    """Give the kept answer to a command line, else do the work and keep what it says, where that may be kept.

    Ends the process as the work would, by SystemExit.
    """
    question = asked(words)
    kept = question.kept() if question else None
    if question is None:
        work()
    elif kept is not None:
        say_again(kept["said"])
        sys.exit(kept["code"])
    else:
        _listen(question, work)


@dataclass(frozen=True, slots=True)
class RepeatedQuestion:
    """A command line in its surroundings, about a workspace whose files are as they are now."""

    workspace: Path
    before: Signature
    path: Path

    def kept(self) -> dict[str, Any] | None:
        """The answer to it; None if there is none, or it is damaged."""
        try:
            digest, _, text = self.path.read_bytes().partition(b"\n")
            return dict(json.loads(text)) if digest == _digest(text) else None
        except (OSError, ValueError):
            return None

    def keep(self, code: int, said: Said) -> None:
        """Keep the answer, if it rests on the workspace alone, nothing was written meanwhile, and all is settled."""
        from csctl.store.parts import write_atomically

        unchanged = _files_of(self.workspace) == self.before
        if not unchanged or not self.before.settled(time_ns()) or _looks_outside(self.workspace):
            return
        text = json.dumps({"code": code, "said": said}).encode()
        with suppress(OSError):
            write_atomically(self.path, _digest(text) + b"\n" + text)
            kept = sorted(self.path.parent.iterdir(), key=lambda path: path.stat().st_mtime)
            for old in kept[:-MOST_KEPT]:
                old.unlink()


def asked(words: Sequence[str]) -> RepeatedQuestion | None:
    """The question of a command line; None for what does not only look, or where the files cannot be told."""
    named = workspace_looked_at(words)
    if named is None or not can_hear():
        return None
    workspace = Path(named)
    before = _files_of(workspace)
    if before is None:
        return None
    name = _digest("\0".join([*words, *surroundings(), before.digest]).encode("utf-8", "surrogatepass"))
    return RepeatedQuestion(workspace, before, workspace / FOLDER / name.decode())


def _files_of(workspace: Path) -> Signature | None:
    """What the workspace holds."""
    return signature_of(str(workspace), CACHES, PASSED_OVER)


def _listen(question: RepeatedQuestion, work: Callable[[], None]) -> None:
    try:
        with hearing() as said:
            work()
    except SystemExit as end:
        if (end.code or 0) in ANSWERED:
            question.keep(int(end.code or 0), said)
        raise


def _looks_outside(workspace: Path) -> bool:
    """Whether the configuration names anything that is not in the workspace, or a program to be told."""
    import tomllib

    try:
        config = tomllib.loads((workspace / CONFIG_NAME).read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return True
    return "notify" in config or any(
        ".." in text or os.path.isabs(text) or text[:1] in "~\\" for text in _texts(config)
    )


def _texts(node: object) -> list[str]:
    if isinstance(node, str):
        return [node] if node else []
    inner = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
    return [text for one in inner for text in _texts(one)]


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
