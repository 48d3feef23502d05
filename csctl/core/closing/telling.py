"""Differences as a person reads them: one for each line, what counts first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from csctl.core.closing.differences import Difference, Table
from csctl.core.records.lines import PayLine, ScoreLine, as_records
from csctl.core.records.result import MonthResult
from csctl.policy.refs import named_figures

FIGURES: Mapping[Table, str] = {
    "scores": "score",
    "score_lines": "contribution",
    "pay_lines": "amount",
    "measures": "value",
}
"""The field that speaks for a line."""
_NOTE = "note"
_ORDER: tuple[Table, ...] = ("scores", "score_lines", "pay_lines", "agents", "measures")


def one_per_line(differences: Iterable[Difference]) -> list[Difference]:
    """One difference for each line: its figure, or else the first field that changed; all fields of a person.

    Scores and money first, what they come from after. Lines that only say something else are left out.
    """
    said = [_speaks(fields) for fields in _lines(differences)]
    return sorted((one for one in said if one.field != _NOTE), key=lambda one: _ORDER.index(one.table))


def reworded(differences: Iterable[Difference]) -> int:
    """How many lines only say something else: every figure in them stays."""
    return sum(_speaks(fields).field == _NOTE for fields in _lines(differences))


def _lines(differences: Iterable[Difference]) -> list[Sequence[Difference]]:
    """The fields of each line together; those of a person each alone."""

    def key(one: Difference) -> tuple[str, str, str, str]:
        return (one.table, one.agent_id, one.line, one.field if one.table == "agents" else "")

    return [list(fields) for _, fields in groupby(sorted(differences, key=key), key=key)]


def _speaks(fields: Sequence[Difference]) -> Difference:
    """The field of a line that tells most: its figure, then any other, its note last."""
    return min(fields, key=lambda one: (not is_main_figure(one), one.field == _NOTE))


def names_by_id(results: Iterable[MonthResult]) -> dict[tuple[str, str], str]:
    """What agents and lines are called, by table and id; the last result that knows one names it."""
    found: dict[tuple[str, str], str] = {}
    for result in results:
        found |= {("agents", agent.agent_id): agent.name for agent in result.agents}
        found |= {("measures", name): figure.label for name, figure in named_figures(result.policy).items()}
        found |= {("score_lines", one.line): one.label for one in as_records(result.score_lines, ScoreLine)}
        found |= {("pay_lines", one.line): one.label for one in as_records(result.pay_lines, PayLine)}
    return found


def is_main_figure(one: Difference) -> bool:
    """Whether it is about the line's figure, or the whole line, and its field need not be named."""
    return one.field in ("", FIGURES.get(one.table))
