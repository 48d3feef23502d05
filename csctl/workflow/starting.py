"""A new workspace: configuration, policy, and empty input workbooks that say what belongs in them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import date
from importlib.resources import as_file
from pathlib import Path

from csctl.messages import problem, say
from csctl.month import Month
from csctl.policy.load import load_policy
from csctl.policy.model import Policy
from csctl.policy.refs import tables_named
from csctl.problems import Problem
from csctl.store import shipped
from csctl.store.publish import publish
from csctl.tables import TABLES, Column, Table
from csctl.workflow.policy_files import BLANK, blank_source, book_of
from csctl.workspace import policy_source
from csctl.workspace_folder import CONFIG_NAME, STATE_NAME


def init_workspace(
    folder: Path, policy_name: str, language: str, today: date, *, empty: bool = False
) -> tuple[list[str], list[Problem]]:
    """Make a workspace in a new or empty folder; the names of the files written.

    With the policy's small example data, so that it runs at once; or with empty workbooks for the month before
    ``today``'s, if ``empty`` or if the policy has no example data.
    """
    if folder.exists() and any(folder.iterdir()):
        return [], [problem("folder-not-empty", found=folder)]
    own = {BLANK: blank_source(language)}
    loaded, problems = load_policy(
        policy_name, lambda name: own.get(name) or policy_source(name, None), [*shipped.policy_names(), BLANK]
    )
    if loaded is None:
        return [], problems
    month = Month.of(today).shift(-1)
    tables = tables_needed(loaded.policy)
    name, content = _policy_file(policy_name, loaded.policy, language)
    files = {CONFIG_NAME: _config(folder, name, tables, language).encode(), name: content}
    files[".gitignore"] = b"out/\n.csctl/\n"
    demo = {} if empty else shipped.demo_files(policy_name)
    files |= {f"data/{name}": content for name, content in demo.items()}
    if not demo:
        empties = {_data_file(table, str(month), "xlsx"): _empty_workbook(table, language, month) for table in tables}
        files |= empties
    problems = publish(folder, files, ())
    return ([] if problems else sorted(files)), problems


def copy_sample(folder: Path) -> tuple[list[str], list[Problem]]:
    """Copy the sample workspace into a new or empty folder."""
    if folder.exists() and any(folder.iterdir()):
        return [], [problem("folder-not-empty", found=folder)]
    with as_file(shipped.sample_workspace()) as source:
        shutil.copytree(source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("out", STATE_NAME))
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()), []


def tables_needed(policy: Policy) -> list[Table]:
    """The canonical tables that a policy needs, roster first."""
    names = {table.name for table in tables_named(policy)} | {"roster"}
    names |= {"events"} if policy.event else set()
    rated = any(indicator.rated_items for dimension in policy.dimension for indicator in dimension.indicator)
    names |= {"ratings"} if rated else set()
    names |= {"pay_items"} if policy.pay and policy.pay.manual else set()
    names |= {"attendance", "leave", "punch_fixes"} if policy.working_time else set()
    names |= {"ratings", "titles", "exams", "discipline"} if policy.career else set()
    return [table for name, table in TABLES.items() if name in names]


def _data_file(table: Table, month: str, ending: str) -> str:
    return f"data/{table.name}.{ending}" if table.dated is None else f"data/{month}/{table.name}.{ending}"


def _policy_file(asked: str, policy: Policy, language: str) -> tuple[str, bytes]:
    """The policy file of a new workspace: a workbook of the plan to start from, or a text upon a shipped policy."""
    if asked == BLANK:
        content, _ = book_of(blank_source(language), lambda name: policy_source(name, None))
        return "policy.xlsx", content
    return "policy.toml", _policy(policy, language).encode()


def _config(folder: Path, policy: str, tables: Iterable[Table], language: str) -> str:
    head = [
        f"name = {_quoted(folder.resolve().name)}",
        f'policy = "{policy}"',
        f'language = "{language}"',
        "",
        f"# {say('init-aliases', language)}",
        "[aliases]",
        "",
    ]
    blocks = [
        "\n".join(
            [
                f"# {table.meaning if language == 'en' else say(f'table-{table.name}', language)}",
                "[[source]]",
                f'table = "{table.name}"',
                f'files = "{_data_file(table, "{month}", "*")}"',
                *([] if table.dated is None else ["optional = true"]),
                "",
            ]
        )
        for table in tables
    ]
    return "\n".join([*head, *blocks])


def _policy(policy: Policy, language: str) -> str:
    """A policy of one's own that starts as the shipped one and may change any key."""
    return "\n".join(
        [
            'id = "own-policy"',
            f"label = {_quoted(policy.label)}",
            'version = "1"',
            f'language = "{language}"',
            'state = "draft"',
            f'extends = ["{policy.id}"]',
            "",
        ]
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _empty_workbook(table: Table, language: str, month: Month) -> bytes:
    """A sheet with the table's headers; the meaning of each column is a comment on its header."""
    from csctl.workbook.making import Making

    book = Making(month.first)
    sheet = book.sheet(table.name)
    for index, column in enumerate(table.columns):
        book.put(sheet, 0, index, header_of(column, language), "needed" if column.required else "bold")
        sheet.write_comment(0, index, column.meaning)
        sheet.set_column(index, index, 16, book.look("bare") if column.kind == "id" else None)
    sheet.freeze_panes(1, 0)
    return book.content()


def header_of(column: Column, language: str) -> str:
    """The name of a column for people: its first alias in the language, or its own."""
    chinese = [alias for alias in column.aliases if not alias.isascii()]
    english = [alias for alias in column.aliases if alias.isascii()]
    names = chinese if language == "zh" else english
    return names[0] if names else column.name
