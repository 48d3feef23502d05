"""The command tree in the user's language: what typer says by itself is said in Chinese where csctl speaks Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from string import Formatter
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from csctl.cli.showing.lean import lean_typer
from csctl.cli.showing.speech import OPTIONS, help_language
from csctl.command_line import place_of
from csctl.messages import help_words


def speaking(app: typer.Typer) -> typer.Typer:
    """The same app; all its commands and groups speak, and ``--language`` may stand anywhere on the command line."""
    _teach(app)
    app.info.cls = _Root
    return app


def _teach(app: typer.Typer) -> None:
    app.info.cls = _Group
    for command in app.registered_commands:
        command.cls = _Command
    for group in app.registered_groups:
        if group.typer_instance is not None:
            _teach(group.typer_instance)


class _Speaking:
    """Usage, options and panels in the language of help."""

    def get_usage(self, ctx: Any) -> str:
        """How the command is called."""
        return translated(super().get_usage(ctx))  # type: ignore[misc]

    def get_params(self, ctx: Any) -> list[Any]:
        """Arguments and options, also those that typer adds."""
        found: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for one in found:
            one.help = translated(getattr(one, "help", None) or "")
        return found

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The whole text."""
        _name_panels()
        super().format_help(ctx, formatter)  # type: ignore[misc]


class _Command(_Speaking, TyperCommand):
    """A command that speaks."""


class _Group(_Speaking, TyperGroup):
    """A group that speaks."""


class _Root(_Group):
    """csctl itself, through which every command line and every fault in one passes."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take ``--language`` from wherever it stands."""
        return super().parse_args(ctx, language_first(args))

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Read the options of csctl itself."""
        try:
            return super().make_context(*args, **extra)
        except Exception as fault:
            _put_into_words(fault)
            raise

    def invoke(self, ctx: Any) -> Any:
        """Read the command and do it."""
        try:
            return super().invoke(ctx)
        except Exception as fault:
            _put_into_words(fault)
            raise


def language_first(words: Sequence[str]) -> list[str]:
    """The command line with ``--language`` and its value at the front, where typer looks for csctl's own options."""
    place = place_of(words, OPTIONS)
    if place is None:
        return list(words)
    first, last = place
    return [*words[first:last], *words[:first], *words[last:]]


def translated(text: str) -> str:
    """What typer says, in the language of help; as it is where the catalogue has no words for it."""
    if help_language() == "en" or not text:
        return text
    if text in _words():
        return _words()[text]
    for pattern, words in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return words.format(**{name: translated(part) for name, part in found.groupdict().items()})
    return text


@cache
def _words() -> dict[str, str]:
    """Typer's own English → Chinese; a blank named ``value`` is the nameless one of typer's panels."""
    known = [entry for code, entry in help_words().items() if code.startswith("help-typer.")]
    return {entry["en"].replace("{value}", "{}"): entry["zh"].replace("{value}", "{}") for entry in known}


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [(_pattern(english), chinese) for english, chinese in _words().items() if "{" in english.replace("{}", "")]


def _pattern(english: str) -> re.Pattern[str]:
    parts = Formatter().parse(english)
    text = "".join(re.escape(said) + (f"(?P<{blank}>.+?)" if blank else "") for said, blank, _, _ in parts)
    return re.compile(text, re.DOTALL)


@cache
def _name_panels() -> None:
    """Say in Chinese what typer keeps as constants; and fold Chinese, which has no blanks, instead of cutting it."""
    lean_typer()
    if help_language() == "en":
        return
    from typer import rich_utils

    known = vars(rich_utils)
    for name, text in known.items():
        if name.isupper() and isinstance(text, str):
            known[name] = translated(text)
    side_by_side, of_command = known.get("Columns"), known.get("_make_command_help")
    if side_by_side is not None and of_command is not None:
        known["Columns"] = lambda texts: side_by_side([_folded(text) for text in texts])
        known["_make_command_help"] = lambda **given: _folded(of_command(**given))


def _folded(text: Any) -> Any:
    text.overflow = "fold"
    return text


def _put_into_words(fault: Exception) -> None:
    """A wrong command line is told in the language of help; any other exception is left alone."""
    told = getattr(fault, "format_message", None)
    if told is not None:
        _name_panels()
        said = translated(told()).replace(": Value error, ", ": ")
        setattr(fault, "format_message", lambda: said)  # noqa: B010 - exceptions are told by whoever catches them
