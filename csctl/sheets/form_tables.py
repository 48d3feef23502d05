"""Tables of indicators on a company's own form: heads of columns, and rows that name what the policy knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from csctl.policy.model import Policy
from csctl.sheets.form_labels import head_labels, label_meanings, line_labels
from csctl.sheets.form_marks import EACH
from csctl.sheets.form_plan import At, Plan

_NAME = "label"
_LEAST_HEADS = 3
"""So many known heads side by side make a table even where no row names an indicator."""


@dataclass(frozen=True)
class FormTable:
    """A row of heads and the rows below it: by field the head's cell, by row the line that is named or meant there."""

    heads: dict[At, str]
    lines: dict[int, str]
    last: int
    named: frozenset[At]

    def cells(self, plan: Plan) -> Iterator[tuple[At, At, str]]:
        """Each free cell with its head and what belongs there."""
        for row, line in self.lines.items():
            for head, field in self.heads.items():
                at = plan.corner(row, head[1])
                if at[0] == row and plan.is_free(at):
                    yield at, head, f"{line}.{field}"

    def names_row(self, at: At) -> bool:
        """Whether a cell says which indicator its row is about."""
        return at in self.named

    def sum_cell(self, plan: Plan, at: At) -> At | None:
        """Where the sum of the points stands beside a label below the table, if nothing else is said in its row."""
        heads = [head for head, field in self.heads.items() if field == "contribution"]
        if not heads or at[0] <= self.last or not min(self.heads)[1] <= at[1] < heads[0][1]:
            return None
        cell = plan.corner(at[0], heads[0][1])
        others = [one for one, _ in plan.row_texts(at[0]) if one[1] > at[1]]
        return cell if plan.is_free(cell) and not others and cell[1] == heads[0][1] else None


def tables_on(plan: Plan, policy: Policy) -> list[FormTable]:
    """The tables of a sheet from the top down; each ends where the next one begins."""
    heads = {row: found for row in plan.rows() if (found := _heads(plan, row))}
    tables = []
    for row, found in heads.items():
        end = min((other for other in heads if other > row), default=plan.sheet.max_row + 1)
        table = _table(plan, policy, found, row, end)
        tables += [table] if table else []
    return tables


def _heads(plan: Plan, row: int) -> dict[At, str]:
    """The fields that the texts of a row are heads of; fewer than two known ones side by side are none."""
    found = {at: fields[0] for at, text in plan.row_texts(row) if (fields := label_meanings(text, head_labels()))}
    first = {field: at for at, field in reversed(found.items())}
    return {at: field for field, at in reversed(first.items())} if len(first) > 1 else {}


def _table(plan: Plan, policy: Policy, heads: dict[At, str], row: int, end: int) -> FormTable | None:
    labels = line_labels(policy)
    lines, named = {}, []
    for below in range(row + 1, end):
        for at, text in plan.row_texts(below):
            meant = label_meanings(text, labels)
            if len(meant) == 1 and at[0] == below:
                lines[below] = f"line.{meant[0]}"
                named.append(at)
                break
    if not lines and (len(heads) < _LEAST_HEADS or _NAME not in heads.values()):
        return None
    lines = lines or _meant(plan, policy, heads, row, end)
    return FormTable(heads, lines, max(lines), frozenset(named)) if lines else None


def _meant(plan: Plan, policy: Policy, heads: dict[At, str], row: int, end: int) -> dict[int, str]:
    """What the empty rows below the heads are for: an indicator each in the policy's order, where there are enough.

    Fewer rows than indicators are one row that repeats.
    """
    free = []
    for below in range(row + 1, end):
        if not all(plan.is_free(plan.corner(below, head[1])) for head in heads):
            break
        free.append(below)
    ids = [one.id for part in policy.dimension for one in part.indicator]
    if not free or not ids:
        return {}
    if len(free) > 1 and len(ids) <= len(free):
        return {below: f"line.{one}" for below, one in zip(free, ids, strict=False)}
    return {free[0]: EACH.rstrip(".")}
