"""The commands by the panel of help that lists them; each is loaded when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from functools import cache, partial
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


class Promised(SpeakingCommand):
    """What is known of a command before it is made: its name, its help, its panel."""

    def __init__(self, name: str, text: str, panel: str | None, make: Callable[[], Any]) -> None:
        """``make`` gives the command itself."""
        super().__init__(name, help=text, rich_help_panel=panel)
        self.make = make

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """The command itself takes over as soon as there is something to do."""
        return self.make().make_context(info_name, args, parent, **extra)


class Promising(SpeakingGroup):
    """A group that knows its commands by name, and makes the one that is called."""

    promised: Mapping[str, Promised]

    def promise(self, commands: Iterable[Promised]) -> None:
        """These are its commands, in the order of help."""
        self.promised = {one.name or "": one for one in commands}
        self.commands = _Made(self.promised)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer gives it
        """In the order of help."""
        return list(self.promised)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - typer gives it
        """A command of that name, as far as it is known; None if there is none."""
        return self.promised.get(cmd_name)


class Root(SpeakingRoot, Promising):
    """csctl itself."""

    def __init__(self, **given: Any) -> None:
        """As typer makes a group."""
        super().__init__(**given)
        self.promise(
            Promised(name, helped(f"help-{name}"), helped(f"help-panel-{panel}"), partial(loaded, name))
            for panel, names in PANELS.items()
            for name in names
        )


class _Made(MutableMapping[str, Any]):
    """The commands themselves by name; whoever takes one has it made."""

    def __init__(self, promised: Mapping[str, Promised]) -> None:
        self._promised = promised

    def __getitem__(self, name: str) -> Any:
        command = self._promised[name].make()
        command.rich_help_panel = self._promised[name].rich_help_panel
        return command

    def __contains__(self, name: object) -> bool:
        return name in self._promised

    def __iter__(self) -> Iterator[str]:
        return iter(self._promised)

    def __len__(self) -> int:
        return len(self._promised)

    def __setitem__(self, name: str, command: Any) -> None:
        raise TypeError("commands are promised")

    def __delitem__(self, name: str) -> None:
        raise TypeError("commands are promised")


@cache
def loaded(name: str) -> Any:
    """A command of csctl with its options, or a group with its commands."""
    module = import_module(f"csctl.cli.{ELSEWHERE.get(name, name).replace('-', '_')}")
    app: typer.Typer | None = getattr(module, "app", None)
    if app is None:
        return _command(name, helped(f"help-{name}"), getattr(module, name.replace("-", "_")))
    infos: tuple[Any, ...] = tuple(app.registered_commands)
    app.registered_commands.clear()  # typer would make all of them
    app.info.cls = Promising
    group: Any = typer.main.get_group(app)
    group.name = name
    group.promise(
        Promised(one.name, one.help, None, cache(partial(_command, one.name, one.help, one.callback))) for one in infos
    )
    return group


def _command(name: str, text: str, function: Callable[..., Any]) -> Any:
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, cls=SpeakingCommand, help=text)(function)
    return typer.main.get_command(alone)
