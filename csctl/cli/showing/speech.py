"""Which language csctl speaks: as asked for, else the workspace's, else the locale's."""

from __future__ import annotations

import locale
import os
import sys
import tomllib
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from csctl.command_line import value_of
from csctl.messages import LANGUAGES, help_words
from csctl.workspace_folder import CONFIG_NAME

OPTIONS = ("--language", "-l")
_asked: ContextVar[str | None] = ContextVar("language", default=None)


def choose_language(language: str | None) -> None:
    """What ``--language`` says, for the rest of this command."""
    _asked.set(language)


def asked_language() -> str | None:
    """What the user wants whatever the workspace says: ``--language``, else CSCTL_LANGUAGE; None for neither."""
    return _asked.get() or _known(os.environ.get("CSCTL_LANGUAGE"))


def spoken_language(workspace: Path) -> str:
    """The language asked for, else the workspace's, else the locale's; English where none of them is known."""
    return asked_language() or _of_workspace(workspace) or _of_locale()


@cache
def help_language() -> str:
    """The language of help texts, which are made before any option is read."""
    words = sys.argv[1:]
    return _known(value_of(words, OPTIONS)) or spoken_language(Path(value_of(words, ("--workspace", "-w")) or "."))


def helped(code: str) -> str:
    """The words of one help text."""
    return help_words()[code][help_language()]


def _known(language: object) -> str | None:
    return language if isinstance(language, str) and language in LANGUAGES else None


def _of_workspace(folder: Path) -> str | None:
    file = folder / CONFIG_NAME
    try:
        if not file.is_file():
            return None
        from csctl.readers.opening.written import read_text_file

        text, _ = read_text_file(file, CONFIG_NAME)
        return _known(tomllib.loads(text or "").get("language"))
    except (OSError, ValueError, RecursionError):  # what is wrong with it is said when it is opened
        return None


def _of_locale() -> str:
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), None)
    text = named if named is not None else locale.getlocale()[0] or ""
    return "zh" if text.lower().startswith(("zh", "chinese")) else "en"
