"""The commands: what a user may ask, handed to the workflow, and its answer put on the screen."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

import typer

from csctl.cli import check, explain, init, pay, policy, run, score, sheets, version
from csctl.cli.exits import BUG, report_bug

app = typer.Typer(
    name="csctl",
    help="From a month of exports and a written policy to scores, sheets and pay: exact, explained, auditable.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback()(version.main)
app.command("init")(init.init)
app.command("check")(check.check)
app.command("score")(score.score)
app.command("sheets")(sheets.sheets)
app.command("pay")(pay.pay)
app.command("run")(run.run)
app.command("explain")(explain.explain)
app.add_typer(policy.app, name="policy")


def main() -> None:
    """The entry point: private files, and never a traceback on the screen."""
    os.umask(0o077)
    _print_anything()
    try:
        app()
    except Exception as bug:  # noqa: BLE001 - whatever it is, the user gets one line and a file to send
        report_bug(bug)
        sys.exit(BUG)


def _print_anything() -> None:
    """A screen whose encoding lacks a letter shows a question mark in its place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
