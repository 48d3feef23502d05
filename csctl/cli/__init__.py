"""The commands: what a user may ask, handed to the workflow, and its answer put on the screen."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

import typer

from csctl.cli import version
from csctl.cli.exits import BUG, UNUSABLE, report_bug, report_problem, report_refused
from csctl.cli.showing.speech import helped
from csctl.cli.stopping import Stopped, report_stopped, stoppable
from csctl.cli.tree import Root
from csctl.problems import RefusalError

app = typer.Typer(
    name="csctl",
    cls=Root,
    help=helped("help-csctl"),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback()(version.global_options)


def run_command_line() -> None:
    """The entry point: private files, and never a traceback on the screen."""
    os.umask(0o077)
    _print_anything()
    try:
        with stoppable():
            app()
    except Stopped as end:
        report_stopped()
        sys.exit(end.code)
    except RefusalError as refusal:
        report_problem(refusal.problem)
        sys.exit(UNUSABLE)
    except OSError as fault:  # what is wrong with exports and outputs is told by those who read and write them
        report_refused(fault)
        sys.exit(UNUSABLE)
    except Exception as bug:  # noqa: BLE001 - whatever it is, the user gets one line and a file to send
        report_bug(bug)
        sys.exit(BUG)


def _print_anything() -> None:
    """A screen whose encoding lacks a letter shows a question mark in its place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
