"""The tables of a month as pandas frames with real types, for notebooks and other programs.

Texts are ``string``, whole numbers ``Int64``, yes and no ``boolean``; what is not known is ``<NA>``. Points, rates and
quantities are ``decimal.Decimal`` in columns of objects: they are exact, and ``sum`` keeps them so. Money is in whole
cents (``amount_cents``), and the same in yuan as a Decimal (``amount``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any, get_args, get_type_hints

import pandas as pd

from csctl.core.between_months.records import MonthDiff
from csctl.core.between_months.telling import causes_text
from csctl.core.explaining.nodes import Node
from csctl.core.records.fates import REASONS, Fates
from csctl.core.records.lines import Measured, PayLine, Score, ScoreLine
from csctl.core.records.result import MonthResult
from csctl.messages import where_text
from csctl.money import from_cents
from csctl.problems import Place

_TYPES: Mapping[type, str] = {str: "string", int: "Int64", bool: "boolean"}
_MOVED_BY = ("old", "new", "difference")
_MOVED = ("agent_id", "name", "of", "line", "label", "kind", *_MOVED_BY, "why")
_EXPLAINED = ("depth", "label", "value", "note", "rule", "line", "where")


def measures(result: MonthResult) -> pd.DataFrame:
    """One row for each agent and measure: value, the rows behind it, its exact parts."""
    return _typed(result.measures, Measured)


def score_lines(result: MonthResult) -> pd.DataFrame:
    """One row for each agent and indicator or adjustment; contributions sum to the score."""
    return _with_marks(_typed(result.score_lines, ScoreLine))


def scores(result: MonthResult) -> pd.DataFrame:
    """One row for each agent: score, grade, rank, and what kept somebody from having one."""
    return _with_marks(_typed(result.scores, Score))


def pay_lines(result: MonthResult) -> pd.DataFrame:
    """One row for each agent and pay component; amounts sum to what is paid."""
    frame = _with_marks(_typed(result.pay_lines, PayLine))
    amounts = [from_cents(int(cents)) for cents in frame["amount_cents"]]
    at = list(frame.columns).index("amount_cents") + 1
    frame.insert(at, "amount", pd.Series(amounts, index=frame.index, dtype=object))
    return frame


def coverage(result: MonthResult) -> pd.DataFrame:
    """One row for each sheet of a file: how many rows had which fate; the fates sum to ``rows``."""
    rows = [{**asdict(one), **{reason: one.out(reason) for reason in REASONS}} for one in result.coverage]
    counts = [field.name for field in fields(Fates) if field.name not in {"left_out", "columns", "unread"}]
    names = [*counts[: counts.index("refused")], *REASONS, *counts[counts.index("refused") :], "columns"]
    frame = pd.DataFrame([[row[name] for name in names] for row in rows], columns=names, dtype=object)
    frame["columns"] = _joined(frame["columns"])
    return _cast(frame, Fates, {**dict.fromkeys(REASONS, "Int64"), "columns": "string"})


FRAMES: Mapping[str, Callable[[MonthResult], pd.DataFrame]] = {
    "measures": measures,
    "score_lines": score_lines,
    "scores": scores,
    "pay_lines": pay_lines,
    "coverage": coverage,
}
"""Every table of a month that can be asked for, by name."""


def explained(node: Node, language: str) -> pd.DataFrame:
    """An explanation from the top down: ``depth`` says how deep a figure lies below the one that it is part of."""
    rows = [
        (depth, one.label, one.value, one.note, one.rule, one.line, _where(one.place, language))
        for one, depth in node.walk()
    ]
    frame = pd.DataFrame(rows, columns=list(_EXPLAINED), dtype=object)
    return frame.astype(dict.fromkeys(_EXPLAINED, "string") | {"depth": "Int64"})


def moved_lines(diff: MonthDiff, language: str) -> pd.DataFrame:
    """One row for each agent and line of score or pay that is another one in the later month; with the reasons."""
    rows: list[tuple[object, ...]] = []
    for agent in diff.agents:
        who = agent.agent_id, agent.name
        for score in agent.score_lines:
            figures = score.old, score.new, score.difference
            rows.append((*who, "score", score.line, score.label, score.kind, *figures, causes_text(score, language)))
        for pay in agent.pay_lines:
            amounts = map(from_cents, (pay.old_cents, pay.new_cents, pay.difference_cents))
            rows.append((*who, "pay", pay.line, pay.label, pay.kind, *amounts, causes_text(pay, language)))
    frame = pd.DataFrame(rows, columns=list(_MOVED), dtype=object)
    return frame.astype({name: "string" for name in _MOVED if name not in _MOVED_BY})


def _where(place: Place | None, language: str) -> str:
    return where_text(place, language) if place else ""


def _typed(frame: pd.DataFrame, kind: type) -> pd.DataFrame:
    return _cast(frame.copy(), kind, {})


def _cast(frame: pd.DataFrame, kind: type, others: Mapping[str, str]) -> pd.DataFrame:
    """Columns in the types that the record declares; decimals and lists stay as they are."""
    hints = get_type_hints(kind)
    types = {name: found for name in frame.columns if (found := _type_of(hints.get(name))) is not None}
    return frame.astype({**types, **others})


def _type_of(hint: Any) -> str | None:
    """The pandas type for a field's: ``Int64`` for ``int | None``, ``string`` for a Literal of texts."""
    for part in (hint, *get_args(hint)):
        found = _TYPES.get(part) if isinstance(part, type) else _TYPES.get(type(part))
        if found is not None:
            return found
    return None


def _with_marks(frame: pd.DataFrame) -> pd.DataFrame:
    """Marks as one text, so that a frame can be written anywhere."""
    frame["marks"] = _joined(frame["marks"]).astype("string")
    return frame


def _joined(texts: Iterable[Iterable[str]]) -> pd.Series[Any]:
    return pd.Series([" ".join(one) for one in texts], dtype=object)
