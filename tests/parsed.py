"""The program's own modules as syntax trees: several tests look through all of them, each is parsed once."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import csctl

PACKAGE = Path(csctl.__file__).resolve().parent


@cache
def modules() -> tuple[Path, ...]:
    """Every module of the package, in order."""
    return tuple(sorted(PACKAGE.rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    """What a module says. It is shared: nobody changes it."""
    return ast.parse(path.read_text("utf-8"))
