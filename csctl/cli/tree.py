"""The commands by the panel of help that lists them; each is loaded when somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from functools import cache
from importlib import import_module
from typing import Any

import typer
import typer.main

from csctl.cli.showing.speech import helped
from csctl.cli.showing.spoken import SpeakingCommand, SpeakingGroup, SpeakingRoot

PANELS = {
    "month": ("init", "adopt", "check", "score", "sheets", "pay", "payslips", "run", "report", "explain", "diff"),
    "closing": ("close", "history", "verify", "correct", "backup", "restore"),
    "people": ("promote-check", "promotion", "appeal", "forms"),
    "daily": ("tasks", "sample", "schedule"),
    "rules": ("policy", "template", "simulate"),
}
"""Panel → its commands, in the order of help. A command is the function of its name in the module of its name, or the
``app`` of that module."""
ELSEWHERE = dict.fromkeys(("history", "verify", "correct", "backup", "restore"), "ledger")
"""Commands that are functions of another module."""


class Root(SpeakingRoot):
    """csctl itself: it knows its commands by name, and loads the one that is called."""

    def __init__(self, **given: Any) -> None:
        """As typer makes a group."""
        super().__init__(**given)
        self.commands = _Commands()

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer gives it
        """In the order of help."""
        return list(self.commands)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - typer gives it
        """A command of that name, as far as it is known without loading it; None if there is none."""
        return Promised(cmd_name) if cmd_name in self.commands else None


class Promised(SpeakingCommand):
    """What is known of a command before it is loaded: its name, its help, its panel."""

    def __init__(self, name: str) -> None:
        """``name`` is one of ``PANELS``."""
        panel = next(panel for panel, names in PANELS.items() if name in names)
        super().__init__(name, help=helped(f"help-{name}"), rich_help_panel=helped(f"help-panel-{panel}"))

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """The loaded command takes over as soon as there is something to do."""
        return loaded(self.name or "").make_context(info_name, args, parent, **extra)


class _Commands(MutableMapping[str, Any]):
    """The commands by name; whoever takes one loads it."""

    def __getitem__(self, name: str) -> Any:
        if name not in self:
            raise KeyError(name)
        return loaded(name)

    def __contains__(self, name: object) -> bool:
        return name in list(self)

    def __iter__(self) -> Iterator[str]:
        return (name for names in PANELS.values() for name in names)

    def __len__(self) -> int:
        return sum(map(len, PANELS.values()))

    def __setitem__(self, name: str, command: Any) -> None:
        raise TypeError("commands are added to PANELS")

    def __delitem__(self, name: str) -> None:
        raise TypeError("commands are taken from PANELS")


@cache
def loaded(name: str) -> Any:
    """A command of csctl with its options, or a group with its commands."""
    known = Promised(name)
    module = import_module(f"csctl.cli.{ELSEWHERE.get(name, name).replace('-', '_')}")
    group: typer.Typer | None = getattr(module, "app", None)
    if group is None:
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(name, cls=SpeakingCommand, help=known.help)(getattr(module, name.replace("-", "_")))
        command: Any = typer.main.get_command(alone)
    else:
        group.info.cls = SpeakingGroup
        for one in group.registered_commands:
            one.cls = SpeakingCommand
        command = typer.main.get_group(group)
        command.name = name
    command.rich_help_panel = known.rich_help_panel
    return command
