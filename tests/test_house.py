"""What holds for the whole house: one way of imports, small modules, nothing private, words for everything."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from csctl.cli import app
from csctl.headers import normalise
from csctl.policy.load import load_policy
from csctl.readers.columns.profile import profiles, resolve_source
from csctl.readers.columns.source import Source
from csctl.store.shipped import policy_names
from csctl.tables import TABLES
from csctl.workspace import policy_source
from tests import parsed

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "csctl"
MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 40
SKIPPED = {".git", "__pycache__", ".csctl", "out", "dist", "build", ".venv"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_go_one_way() -> None:
    """The contracts of pyproject.toml hold."""
    program = shutil.which("lint-imports") or shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("import-linter is in the dev dependencies")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


def test_modules_are_small() -> None:
    """No module has more lines than one can keep in mind."""
    lengths = {_name(path): len(path.read_text("utf-8").splitlines()) for path in parsed.modules()}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_functions_are_small() -> None:
    """No function has more lines than one can see at once, its head and docstring included."""
    functions = (
        (f"{_name(path)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for path in parsed.modules()
        for node in ast.walk(parsed.tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert {name: lines for name, lines in functions if lines > MOST_LINES_OF_A_FUNCTION} == {}


def test_no_public_name_means_two_things() -> None:
    """Whoever looks for a class or a function finds one."""
    where: dict[str, list[str]] = {}
    for path in parsed.modules():
        for node in parsed.tree(path).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
                where.setdefault(node.name, []).append(_name(path))
    assert {name: modules for name, modules in where.items() if len(modules) > 1} == {}


def test_every_module_says_what_it_is_for() -> None:
    """A docstring at the top, and one for every public function and class."""
    silent = []
    for path in parsed.modules():
        tree = parsed.tree(path)
        named = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        silent += [_name(path)] if not ast.get_docstring(tree) else []
        silent += [
            f"{_name(path)}:{node.name}"
            for node in named
            if not node.name.startswith("_") and not ast.get_docstring(node)
        ]
    assert silent == []


def _texts() -> Iterator[tuple[str, str]]:
    """Every text file of the house, by name."""
    for path in sorted(ROOT.rglob("*")):
        inner = path.relative_to(ROOT).parts
        hidden = any(part in SKIPPED or part.endswith("_cache") or part == ".hypothesis" for part in inner)
        if hidden or not path.is_file() or path.suffix in {".xlsx", ".xls", ".png", ".pyc"}:
            continue
        try:
            yield _name(path), path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    """Neither home folders nor workplaces; addresses of people neither."""
    private = re.compile(r"(?<![\w.:/])/(?:work|root|home|Users|opt|mnt)/\w|[A-Z]:\\Users\\")
    found = {name: hit[0] for name, text in _texts() if (hit := private.search(text))}
    assert found == {}


def test_the_tables_have_no_name_twice() -> None:
    """Within a table a header with its unit means one column; only one that may name an agent may mean another too."""
    for table in TABLES.values():
        meant: dict[tuple[str, str], set[str]] = {}
        for column in table.columns:
            for alias in (column.name, *column.aliases):
                meant.setdefault(normalise(alias), set()).add(column.name)
        shared = {alias: names for alias, names in meant.items() if len(names) > 1}
        assert all(names & {"agent_id", "agent_name"} for names in shared.values()), (table.name, shared)
        assert len({column.name for column in table.columns}) == len(table.columns)
        assert table.dated is None or table.column(table.dated) is not None


@pytest.mark.parametrize("profile", profiles(), ids=lambda profile: profile.id)
def test_every_profile_is_a_sound_source(profile: object) -> None:
    """It names columns of its table only, and says in two languages what it is."""
    name, table = getattr(profile, "id"), getattr(profile, "table")  # noqa: B009 - a shipped model
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", "profile": name}))
    assert problems == []
    assert source is not None
    assert source.columns or source.melt


@pytest.mark.parametrize("name", policy_names())
def test_every_shipped_policy_loads_without_a_finding(name: str) -> None:
    """No error, no warning."""
    loaded, problems = load_policy(name, lambda one: policy_source(one, None), policy_names())
    assert loaded is not None
    assert [*problems, *loaded.findings] == []


def _commands(group: Any, path: str = "csctl") -> Iterator[tuple[str, Any]]:
    yield path, group
    for name, command in getattr(group, "commands", {}).items():
        yield from _commands(command, f"{path} {name}")


def test_every_command_and_option_has_help() -> None:
    """Nobody has to guess."""
    silent = []
    for path, command in _commands(typer.main.get_command(app)):
        silent += [] if command.help else [path]
        for parameter in command.params:
            said = getattr(parameter, "help", None)
            silent += [] if said else [f"{path} {parameter.name}"]
    assert silent == []
