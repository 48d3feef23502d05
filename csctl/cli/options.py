"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from csctl.cli.completing import known_months
from csctl.cli.showing.speech import helped

Workspace = Annotated[
    Path,
    typer.Option(
        "--workspace",
        "-w",
        help=helped("help-option-workspace"),
        metavar="<dir>",
        show_default=helped("help-option-here"),
    ),
]
Month = Annotated[
    str | None,
    typer.Option(
        "--month",
        "-m",
        help=helped("help-option-month"),
        show_default=helped("help-option-latest"),
        autocompletion=known_months,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help=helped("help-option-json"))]
Strict = Annotated[bool, typer.Option("--strict", help=helped("help-option-strict"))]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=helped("help-option-quiet"))]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help=helped("help-option-verbose"))]

HERE = Path()
