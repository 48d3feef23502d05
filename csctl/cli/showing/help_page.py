"""What ``--help`` shows: how a command is called, what it does, and under their heads what may stand behind it.

Nothing but text and bold heads: drawing frames takes longer to load than all else that a help page needs.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import typer
from rich.cells import cell_len

from csctl.cli.showing.wrapping import folded

Row = tuple[str, str]
"""What is written, and what it means."""
_WIDEST = 100
"""Lines longer than this are hard to read, however wide the screen."""
_NARROWEST = 40
_INDENT, _GAP = 2, 2
_LONGEST_NAME = 32
"""What means something stands in a line of its own below what is written longer than this."""


def help_page(usage: str, text: str, sections: Iterable[tuple[str, Sequence[Row]]]) -> str:
    """The whole page, as wide as the screen."""
    width = min(_WIDEST, max(_NARROWEST, shutil.get_terminal_size().columns - 1))
    shown = [(head, rows) for head, rows in sections if rows]
    names = [cell_len(name) for _, rows in shown for name, _ in rows]
    column = _INDENT + max((one for one in names if one <= _LONGEST_NAME), default=0) + _GAP
    parts = [usage, "\n".join(folded(text, width))]
    parts += ["\n".join([typer.style(head, bold=True), *_lines(rows, column, width)]) for head, rows in shown]
    return "\n\n".join(parts) + "\n"


def _lines(rows: Sequence[Row], column: int, width: int) -> Iterator[str]:
    """Names set in, and what they mean in one column beside them; below a name that reaches into it."""
    for name, meaning in rows:
        begun = " " * _INDENT + name
        if cell_len(begun) + _GAP > column:
            yield begun
            begun = ""
        for line in folded(meaning, width - column):
            yield begun + " " * (column - cell_len(begun)) + line
            begun = ""


def parameter_rows(ctx: Any, parameters: Iterable[Any], kind: str, said: Callable[[str], str]) -> list[Row]:
    """The rows of the arguments or of the options of a command; ``said`` puts into words what typer says of them."""
    chosen = [one for one in parameters if one.param_type_name == kind]
    records = [(one.help or "", one.get_help_record(ctx)) for one in chosen]
    return [(record[0], _meaning(text, record[1], said)) for text, record in records if record]


def _meaning(text: str, shown: str, said: Callable[[str], str]) -> str:
    """The help of a parameter, and of what typer adds to it (``[default: 3; required]``) each thing by itself."""
    added = shown.removeprefix(text).strip().removeprefix("[").removesuffix("]")
    return " ".join([text, *(said(f"[{one}]") for one in added.split("; ") if one)]).strip()


def first_paragraph(text: str | None) -> str:
    """What a command does, in a list of commands."""
    return (text or "").partition("\n\n")[0].replace("\n", " ")
