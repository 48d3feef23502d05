"""Options of csctl itself."""

from __future__ import annotations

from typing import Annotated

import typer

from csctl import __version__


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"csctl {__version__}")
        raise typer.Exit


def main(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and end.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Scores, sheets and pay from a month of exports and a written policy: exact, explained, auditable."""
