"""Options of csctl itself."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from csctl.cli.showing.speech import choose_language, helped


def _show_version(wanted: bool) -> None:
    if wanted:
        from csctl.store.program import program

        typer.echo(f"csctl {program()}")
        raise typer.Exit


def global_options(
    version: Annotated[  # noqa: ARG001 - its callback acts
        bool, typer.Option("--version", help=helped("help-csctl-version"), callback=_show_version, is_eager=True)
    ] = False,
    language: Annotated[
        Literal["zh", "en"] | None,
        typer.Option(
            "--language", "-l", help=helped("help-csctl-language"), show_default=helped("help-csctl-language-default")
        ),
    ] = None,
) -> None:
    """Scores, sheets and pay from a month of exports and a written policy: exact, explained, auditable."""
    choose_language(language)
