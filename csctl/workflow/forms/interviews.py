"""The interviews that collected forms told of, for the performance sheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from pathlib import Path

from csctl.core.forms.asked import INTERVIEW
from csctl.messages import catalogue, problem
from csctl.messages.grammar import clauses, labelled
from csctl.month import Month
from csctl.problems import Place, Problem
from csctl.sheets.form_values import Interview
from csctl.workflow.forms.form_month import FOLDER, month_folder
from csctl.workflow.forms.form_tables import INTERVIEWS, UNSEEN

_COLUMNS = 5
"""Number, name, rater, field, text, in this order; where it was read stands behind them."""
_WHO = "interviewer"


def interviews_of(
    folder: Path, month: Month, known: Collection[str], language: str
) -> tuple[dict[str, Interview], list[Problem]]:
    """What ``forms collect`` wrote down of a month's interviews, by staff number; nothing where nothing came back.

    Where several talked to one person, each text says whose it is. A row about nobody in ``known`` or of an unknown
    field, and a table that is no text in UTF-8, is a warning: people may have edited it.
    """
    name = f"{FOLDER}/{month}/{INTERVIEWS}"
    try:
        text = (month_folder(folder, month) / INTERVIEWS).read_text("utf-8-sig")
    except FileNotFoundError:
        return {}, []
    except (OSError, UnicodeDecodeError):
        return {}, [problem("interviews-unreadable", Place(name))]
    said: dict[str, dict[str, dict[str, str]]] = {}
    problems: list[Problem] = []
    for number, row in enumerate(csv.reader(io.StringIO(text, newline="")), start=1):
        if number == 1 or not any(row):
            continue
        agent, _, rater, label, answer = (cell.removeprefix(UNSEEN) for cell in [*row, *[""] * _COLUMNS][:_COLUMNS])
        field = _field(label)
        if agent in known and field:
            said.setdefault(agent, {}).setdefault(rater, {})[field] = answer
        else:
            found = agent if agent not in known else label
            problems.append(problem("interview-row-left-out", Place(name, row=number), found))
    return {agent: _together(by_rater, language) for agent, by_rater in said.items()}, problems


def _field(label: str) -> str:
    """The field that a word of either language means, "" for another word."""
    return next((field for field in INTERVIEW if label in catalogue()[f"form.{field}"].values()), "")


def _together(by_rater: dict[str, dict[str, str]], language: str) -> Interview:
    """One record of all talks; who talked is known even where the form does not say so."""
    single = len(by_rater) == 1
    held = {rater: said.get(_WHO) or rater for rater, said in by_rater.items()}
    parts: dict[str, str] = {_WHO: clauses(held.values(), language)}
    for field in INTERVIEW[1:]:
        texts = [(held[rater], said[field]) for rater, said in by_rater.items() if said.get(field)]
        name = field.removeprefix("interview-")
        parts[name] = clauses((text if single else labelled((who, text), language) for who, text in texts), language)
    return parts
