"""The commands: what a user may ask, handed to the workflow, and its answer put on the screen."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

import typer

from csctl.cli import (
    adopt,
    appeal,
    check,
    close,
    diff,
    explain,
    forms,
    init,
    ledger,
    pay,
    payslips,
    policy,
    promote_check,
    promotion,
    report,
    run,
    sample,
    schedule,
    score,
    sheets,
    simulate,
    tasks,
    template,
    version,
)
from csctl.cli.exits import BUG, UNUSABLE, report_bug, report_problem, report_refused
from csctl.cli.showing.speech import helped
from csctl.cli.showing.spoken import speaking
from csctl.cli.stopping import Stopped, report_stopped, stoppable
from csctl.problems import RefusalError

app = typer.Typer(
    name="csctl",
    help=helped("help-csctl"),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback()(version.main)
panel = helped("help-panel-month")
app.command("init", help=helped("help-init"), rich_help_panel=panel)(init.init)
app.command("adopt", help=helped("help-adopt"), rich_help_panel=panel)(adopt.adopt)
app.command("check", help=helped("help-check"), rich_help_panel=panel)(check.check)
app.command("score", help=helped("help-score"), rich_help_panel=panel)(score.score)
app.command("sheets", help=helped("help-sheets"), rich_help_panel=panel)(sheets.sheets)
app.command("pay", help=helped("help-pay"), rich_help_panel=panel)(pay.pay)
app.command("payslips", help=helped("help-payslips"), rich_help_panel=panel)(payslips.payslips)
app.command("run", help=helped("help-run"), rich_help_panel=panel)(run.run)
app.command("report", help=helped("help-report"), rich_help_panel=panel)(report.report)
app.command("explain", help=helped("help-explain"), rich_help_panel=panel)(explain.explain)
app.command("diff", help=helped("help-diff"), rich_help_panel=panel)(diff.diff)
panel = helped("help-panel-closing")
app.command("close", help=helped("help-close"), rich_help_panel=panel)(close.close)
app.command("history", help=helped("help-history"), rich_help_panel=panel)(ledger.history)
app.command("verify", help=helped("help-verify"), rich_help_panel=panel)(ledger.verify)
app.command("correct", help=helped("help-correct"), rich_help_panel=panel)(ledger.correct)
app.command("backup", help=helped("help-backup"), rich_help_panel=panel)(ledger.backup)
app.command("restore", help=helped("help-restore"), rich_help_panel=panel)(ledger.restore)
panel = helped("help-panel-people")
app.command("promote-check", help=helped("help-promote-check"), rich_help_panel=panel)(promote_check.promote_check)
app.add_typer(promotion.app, name="promotion", rich_help_panel=panel)
app.add_typer(appeal.app, name="appeal", rich_help_panel=panel)
app.add_typer(forms.app, name="forms", rich_help_panel=panel)
panel = helped("help-panel-daily")
app.command("tasks", help=helped("help-tasks"), rich_help_panel=panel)(tasks.tasks)
app.command("sample", help=helped("help-sample"), rich_help_panel=panel)(sample.sample)
app.command("schedule", help=helped("help-schedule"), rich_help_panel=panel)(schedule.schedule)
panel = helped("help-panel-rules")
app.add_typer(policy.app, name="policy", rich_help_panel=panel)
app.add_typer(template.app, name="template", rich_help_panel=panel)
app.command("simulate", help=helped("help-simulate"), rich_help_panel=panel)(simulate.simulate)
speaking(app)  # once every command is there


def main() -> None:
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
