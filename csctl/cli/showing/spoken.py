"""The command tree in the user's language: what typer says by itself is said in Chinese where csctl speaks Chinese."""

from __future__ import annotations

import gc
import re
from collections.abc import Sequence
from functools import cache
from string import Formatter
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from csctl.cli.showing.speech import OPTIONS, help_language
from csctl.cli.unconverted import unconverted
from csctl.cli.where import needs_workspace
from csctl.command_line import option_place
from csctl.messages import help_words
from csctl.messages.grammar import labelled


class _Speaking:
    """Usage, options and panels in the language of help."""

    def get_usage(self, ctx: Any) -> str:
        """How the command is called."""
        return _translated(super().get_usage(ctx))  # type: ignore[misc]

    def get_params(self, ctx: Any) -> list[Any]:
        """Arguments and options, also those that typer adds."""
        found: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for one in found:
            one.help = _translated(getattr(one, "help", None) or "")
            unconverted(one)
        return found

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The whole page."""
        from csctl.cli.showing.help_page import help_page, parameter_rows

        rows = {
            "Arguments": parameter_rows(ctx, self.get_params(ctx), "argument", _translated),
            "Options": parameter_rows(ctx, self.get_params(ctx), "option", _translated),
        }
        sections = [(_translated(head), some) for head, some in rows.items()]
        text = getattr(self, "help", None) or ""
        formatter.write(help_page(self.get_usage(ctx), text, [*sections, *self.commands_by_panel(ctx)]))

    def commands_by_panel(self, ctx: Any) -> list[tuple[str, list[tuple[str, str]]]]:  # noqa: ARG002 - of a group
        """Heads, and under each the names of commands with what they do."""
        return []


class SpeakingCommand(_Speaking, TyperCommand):
    """A command that speaks."""

    def invoke(self, ctx: Any) -> Any:
        """Do the work, which makes garbage; starting makes none (``csctl.__main__``)."""
        needs_workspace(ctx.params)
        gc.enable()
        return super().invoke(ctx)


class SpeakingGroup(_Speaking, TyperGroup):
    """A group that speaks."""

    def commands_by_panel(self, ctx: Any) -> list[tuple[str, list[tuple[str, str]]]]:
        """As they are listed; a command without a panel stands among the commands."""
        from csctl.cli.showing.help_page import first_paragraph

        found: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command: Any = self.get_command(ctx, name)
            panel = command.rich_help_panel
            head = panel if isinstance(panel, str) else _translated("Commands")
            found.setdefault(head, []).append((name, first_paragraph(command.help)))
        return list(found.items())


class SpeakingRoot(SpeakingGroup):
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
        except typer.Abort as end:
            typer.echo(_translated("Aborted."), err=True)
            raise typer.Exit(1) from end
        except Exception as fault:
            _put_into_words(fault)
            raise


def language_first(words: Sequence[str]) -> list[str]:
    """The command line with ``--language`` and its value at the front, where typer looks for csctl's own options."""
    place = option_place(words, OPTIONS)
    if place is None:
        return list(words)
    first, last = place
    return [*words[first:last], *words[:first], *words[last:]]


def _translated(text: str) -> str:
    """What typer says, in the language of help; as it is where the catalogue has no words for it."""
    if help_language() == "en" or not text:
        return text
    if text in _words():
        return _words()[text]
    for english, chinese in _words().items():
        found = _pattern(english).fullmatch(text) if "{" in english and _may_be(text, english) else None
        if found:
            return chinese.format(**{name: _translated(part) for name, part in found.groupdict().items()})
    return text


@cache
def _words() -> dict[str, str]:
    """Typer's own English → Chinese."""
    known = [entry for code, entry in help_words().items() if code.startswith("help-typer.")]
    return {entry["en"]: entry["zh"] for entry in known}


def _may_be(text: str, english: str) -> bool:
    """Whether all that stands around the blanks is there; what is not need not be made a pattern of."""
    return all(said in text for said in _around(english))


@cache
def _around(english: str) -> tuple[str, ...]:
    return tuple(said for said, *_ in Formatter().parse(english))


@cache
def _pattern(english: str) -> re.Pattern[str]:
    parts = Formatter().parse(english)
    text = "".join(re.escape(said) + (f"(?P<{blank}>.+?)" if blank else "") for said, blank, _, _ in parts)
    return re.compile(text, re.DOTALL)


def _put_into_words(fault: Exception) -> None:
    """A wrong command line is told in the language of help; any other exception is left alone.

    Where nothing is wrong but that only the help was left to show, typer raises that as a fault too.
    """
    told = getattr(fault, "format_message", None)
    if told is not None and type(fault).__name__ != "NoArgsIsHelpError":
        said = _translated(told()).replace(": Value error, ", ": ")
        # exceptions are told by whoever catches them
        setattr(fault, "format_message", lambda: said)  # noqa: B010
        setattr(fault, "show", lambda file=None: _show(fault, said, file))  # noqa: B010


def _show(fault: Exception, said: str, file: Any) -> None:
    """How the command is called, where its help is, and what is wrong."""
    ctx = getattr(fault, "ctx", None)
    if ctx is not None:
        asking = f"Try '{ctx.command_path} {ctx.help_option_names[-1]}' for help."
        typer.echo(f"{ctx.get_usage()}\n{_translated(asking)}\n", file=file, err=True)
    typer.echo(labelled([typer.style(_translated("Error"), bold=True), said], help_language()), file=file, err=True)
