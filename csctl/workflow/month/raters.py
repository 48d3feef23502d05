"""Raters who wrote in the month before and wrote nothing this month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from csctl.core.scoring.handed_in import Raters, fewer_raters_warnings
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Problem
from csctl.store.canonical import read_rows
from csctl.words import fold, rater_of
from csctl.workflow.inputs.gathering import Gathering
from csctl.workflow.inputs.material import MaterialPart
from csctl.workflow.ledger.closed import Books


def rater_problems(gathering: Gathering, books: Books, policy: Policy, month: Month, today: date) -> list[Problem]:
    """What is said of a month that is over: fewer raters of a role than in the month before it."""
    if today <= month.last or policy.score is None:
        return []
    earlier = month.shift(-1)
    now = raters_in(gathering.pieces, month)
    return (
        fewer_raters_warnings(policy, now, raters_in(_month_before(gathering, books, earlier), earlier), earlier)
        if now
        else []
    )


def raters_in(pieces: Iterable[MaterialPart], month: Month) -> Raters:
    """By role, who wrote something in the rows of a month."""
    paths = [one.path for one in pieces if one.table == "ratings" and one.path is not None]
    found: dict[str, dict[str, str]] = {}
    for row in read_rows("ratings", paths) if paths else ():
        role = rater_of(row["role"] or "")
        if role and row["value"] and row["rater"] and row["month"] == str(month):
            found.setdefault(role, {}).setdefault(fold(row["rater"]), row["rater"])
    return {role: frozenset(own.values()) for role, own in found.items()}


def _month_before(gathering: Gathering, books: Books, earlier: Month) -> Sequence[MaterialPart]:
    """As it was sealed, else as it lies there."""
    if earlier in books.seals:
        return books.pieces(books.seals[earlier].basis, earlier)
    known = [one for one in gathering.pieces if one.month == earlier]
    return known or [one for one in gathering.apart([earlier]) if one.month == earlier]
