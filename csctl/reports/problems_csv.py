"""All problems of a run as a table that Excel opens."""

from __future__ import annotations

from collections.abc import Iterable

from csctl.messages import problem_fix, problem_found, problem_text, say
from csctl.problems import Problem, in_order
from csctl.store.csv_text import csv_bytes

COLUMNS = ("severity", "file", "sheet", "row", "column", "found", "problem", "fix", "code")


def problems_csv(problems: Iterable[Problem], language: str) -> bytes:
    """One row a problem, worst first; the header is always the same, the words are in the language."""
    return csv_bytes(COLUMNS, [_row(problem, language) for problem in in_order(problems)])


def _row(problem: Problem, language: str) -> tuple[str | int, ...]:
    place = problem.place
    return (
        say(f"severity.{problem.severity}", language),
        place.file,
        place.sheet,
        "" if place.row is None else place.row,
        place.column,
        problem_found(problem, language),
        problem_text(problem, language),
        problem_fix(problem, language),
        problem.code,
    )
