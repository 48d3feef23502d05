"""``csctl policy list | show | lint | diff | trace | form | convert``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csctl.cli import options
from csctl.cli.completing import known_policies
from csctl.cli.exits import UNUSABLE, ended
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, screen_for

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.policy.load import Fetch, Loaded
    from csctl.problems import Problem
    from csctl.workflow.policy_files import WrittenPolicy

app = typer.Typer(help=helped("help-policy"), no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[
    str | None,
    typer.Argument(
        help=helped("help-policy-name"), show_default=helped("help-policy-own"), autocompletion=known_policies
    ),
]


@app.command("list", help=helped("help-policy-list"))
def list_policies(as_json: options.AsJson = False) -> None:
    """The policies that come with csctl."""
    from csctl.core.explaining.describe import policy_summary
    from csctl.messages import say
    from csctl.store.shipped import policy_names

    screen = screen_for(Path(), Manner(as_json))
    loaded = [one for name in policy_names() if (one := _load(name, Path())[0]) is not None]
    rows = [policy_summary(one.policy, screen.language) for one in loaded]
    if as_json:
        screen.json(rows)
        return
    heads = ["id", "label", "version", "indicators", "pay"]
    shown = [[row[head] if head != "pay" else say("screen-yes" if row["pay"] else "screen-no", screen.language)
              for head in heads] for row in rows]  # fmt: skip
    screen.table([say(f"screen-policy-{head}", screen.language) for head in heads], shown)


@app.command("show", help=helped("help-policy-show"))
def show(name: Name = None, beside: options.Workspace = options.HERE, as_json: options.AsJson = False) -> None:
    """What a policy says, with all that it inherits."""
    from csctl.cli.showing.show_tree import show_tree
    from csctl.core.explaining.describe import as_tree
    from csctl.reports.run_json import problems_object

    screen = screen_for(beside, Manner(as_json))
    loaded, problems = _load(name, beside)
    if loaded is None:
        screen.json({"problems": problems_object(problems, screen.language)}) if as_json else screen.stopped(problems)
        raise typer.Exit(UNUSABLE)
    if as_json:
        screen.json(loaded.policy.model_dump(mode="json", by_alias=True, exclude_none=True))
    else:
        show_tree(screen, as_tree(loaded.policy))


@app.command("lint", help=helped("help-policy-lint"))
def lint(name: Name = None, beside: options.Workspace = options.HERE, as_json: options.AsJson = False) -> None:
    """Check a policy and list every finding with file and line. Exit 1 if there is any."""
    from csctl.messages import say
    from csctl.problems import errors_and_warnings
    from csctl.reports.run_json import SCHEMA, problems_object
    from csctl.workflow.writing.templates import template_problems

    screen = screen_for(beside, Manner(as_json))
    loaded, problems = _load(name, beside)
    found = [*problems, *(loaded.findings if loaded else ())]
    found += template_problems(beside, loaded.policy, screen.language) if loaded else []
    nothing_read = loaded is None and not any(problem.place.file for problem in problems)
    if as_json:
        screen.json({"schema": SCHEMA, "problems": problems_object(found, screen.language)})
    elif nothing_read:
        screen.stopped(found)
    elif errors_and_warnings(found):
        screen.findings(found)
    else:
        screen.line(say("screen-policy-ok", screen.language, name=loaded.policy.id if loaded else name or ""))
    raise typer.Exit(ended(not nothing_read, found=errors_and_warnings(found)))


@app.command("diff", help=helped("help-policy-diff"))
def diff_policies(
    old: Annotated[str, typer.Argument(help=helped("help-policy-diff-old"), autocompletion=known_policies)],
    new: Annotated[str, typer.Argument(help=helped("help-policy-diff-new"), autocompletion=known_policies)],
    beside: options.Workspace = options.HERE,
    as_json: options.AsJson = False,
) -> None:
    """What changes from one policy to another. Exit 1 if anything does."""
    from csctl.cli.showing.show_policy import policy_diff_object, show_diff
    from csctl.policy.diff import policy_changes

    screen = screen_for(beside, Manner(as_json))
    (first, faults), (second, more) = _load(old, beside), _load(new, beside)
    problems = list(dict.fromkeys([*faults, *more]))
    changes = policy_changes(first.policy, second.policy) if first and second else ()
    ends = [loaded.policy if loaded else None for loaded in (first, second)]
    if as_json:
        screen.json(policy_diff_object(ends[0], ends[1], changes, problems, screen.language))
    elif first is None or second is None:
        screen.stopped(problems)
    else:
        show_diff(screen, first.policy, second.policy, changes)
    raise typer.Exit(ended(first and second, found=changes))


@app.command("form", help=helped("help-policy-form"))
def form(
    file: Annotated[Path, typer.Argument(help=helped("help-policy-form-file"))] = Path("policy.xlsx"),
    start: Annotated[
        str | None,
        typer.Option("--from", help=helped("help-policy-form-from"), autocompletion=known_policies),
    ] = None,
    beside: options.Workspace = options.HERE,
    as_json: options.AsJson = False,
) -> None:
    """A workbook in which a policy is written: sheets with heads, examples and drop-downs."""
    from csctl.workflow.policy_files import write_form

    screen = screen_for(beside, Manner(as_json))
    fetch, name = _fetch(start, beside)
    _written(screen, write_form(name, fetch, file, screen.language), file, as_json=as_json)


@app.command("convert", help=helped("help-policy-convert"))
def convert(
    source: Annotated[str, typer.Argument(help=helped("help-policy-convert-source"), autocompletion=known_policies)],
    target: Annotated[Path, typer.Argument(help=helped("help-policy-convert-target"))],
    beside: options.Workspace = options.HERE,
    as_json: options.AsJson = False,
) -> None:
    """A policy from a text to a workbook or back; nothing it says is lost."""
    from csctl.workflow.policy_files import convert_policy

    screen = screen_for(beside, Manner(as_json))
    fetch, name = _fetch(source, beside)
    _written(screen, convert_policy(name or source, fetch, target), target, as_json=as_json)


def _written(screen: Screen, written: WrittenPolicy, file: Path, *, as_json: bool) -> None:
    from csctl.messages import say
    from csctl.problems import errors_and_warnings
    from csctl.reports.run_json import SCHEMA, problems_object

    problems = list(written.problems)
    if as_json:
        files = [str(file)] if written.done else []
        screen.json({"schema": SCHEMA, "files": files, "problems": problems_object(problems, screen.language)})
    elif not written.done:
        screen.stopped(problems)
    else:
        if errors_and_warnings(problems):
            screen.findings(problems)
        screen.line(say("screen-policy-written", screen.language, file=file))
    raise typer.Exit(ended(written.done))


@app.command("trace", help=helped("help-policy-trace"))
def trace(
    name: Annotated[str | None, typer.Argument(help=helped("help-policy-trace-name"))] = None,
    as_json: options.AsJson = False,
) -> None:
    """Every rule of the source systems: how it is followed, which policy key carries it, which example proves it."""
    from csctl.cli.showing.show_trace import show_trace
    from csctl.messages import problem
    from csctl.workflow.tracing import trace_rules

    screen = screen_for(Path(), Manner(as_json))
    traced = trace_rules(name)
    if as_json:
        screen.json(traced)
    elif traced["rules"]:
        show_trace(screen, traced)
    else:
        screen.stopped([problem("trace-unknown", found=name or "")])
    raise typer.Exit(ended(traced["rules"]))


def _load(name: str | None, workspace: Path) -> tuple[Loaded | None, list[Problem]]:
    """A policy by name or file, or the one the workspace uses."""
    from csctl.policy.load import load_policy
    from csctl.store.shipped import policy_names
    from csctl.workspace import open_workspace, workspace_policy

    if name is not None:
        fetch, inside = _fetch(name, workspace)
        return load_policy(inside or name, fetch, policy_names())
    opened, problems = open_workspace(workspace)
    if opened is None:
        return None, problems
    loaded, problems = workspace_policy(opened)
    return loaded, [*opened.problems, *problems]


def _fetch(name: str | None, workspace: Path) -> tuple[Fetch, str | None]:
    """Where texts of policies come from, and what the one is called there; its file lies in the workspace, or not."""
    from csctl.workspace import POLICY_FILES, policy_source

    if name is None:
        return lambda one: policy_source(one, workspace), None
    inside = (workspace / name).resolve()
    here = inside.is_relative_to(workspace.resolve()) and inside.is_file()
    folder = Path(name).parent if name.lower().endswith(POLICY_FILES) and not here else workspace
    return lambda one: policy_source(one, folder), name if folder is workspace else Path(name).name
