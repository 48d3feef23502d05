"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Workspace = Annotated[
    Path, typer.Option("--workspace", "-w", help="Folder of the workspace.", file_okay=False, show_default="here")
]
Month = Annotated[
    str | None, typer.Option("--month", "-m", help="YYYY-MM.", show_default="latest complete month with data")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit 1 if there is any problem.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only problems that stop the command.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Print every problem and every note.")]

HERE = Path()
