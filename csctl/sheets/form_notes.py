"""The notes of a performance sheet: what a reader must know beside the figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from csctl.core.records.agent import Agent
from csctl.core.records.lines import Score, ScoreLine
from csctl.core.records.marks import mark_text, marks_beside
from csctl.core.records.result import MonthResult
from csctl.messages import say
from csctl.messages.grammar import clauses, listed
from csctl.messages.units import missing_word
from csctl.sheets.form_totals import has_own_sheet


def notes(result: MonthResult, agent: Agent, own: Sequence[ScoreLine], language: str) -> str:
    """What a reader must know beside the figures: who did not rate, what was missing, what was judged by hand or by
    data, which figures stand beside others, what is inferred, and how many rows are behind each figure. Notes of the
    policy itself stand on the lines already.
    """
    score = result.own(agent.agent_id).score
    return clauses((*_on_the_score(result, score, own, language), *_on_lines(result, own, language),
                    *_on_marks(own, language), _rows_behind(own, language)), language)  # fmt: skip


def _on_the_score(result: MonthResult, score: Score | None, own: Iterable[ScoreLine], language: str) -> Iterator[str]:
    """Whose sheet is missing, and what lacks data where there is no score."""
    if score is None:
        return
    if score.status == "thin":
        yield say("form.note-thin", language, labels=tuple(line.label for line in own if line.points is None))
    elif has_own_sheet(result.policy) and score.self_total is None:
        yield say("form.note-no-self", language)
    said = ("no-sheet-superior", "no-sheet-panel")
    yield from (mark_text(mark, language) for mark in score.marks if mark in said)


def _on_lines(result: MonthResult, own: Iterable[ScoreLine], language: str) -> Iterator[str]:
    """What was missing, judged, or is to be known of a line."""
    standing = {one.id: one.note for part in result.policy.dimension for one in part.indicator}
    for line in own:
        if line.missing:
            yield say("form.note-missing", language, label=line.label, rule=missing_word(line.missing, language))
        elif line.value is not None and line.text:
            yield say("form.note-judged", language, label=line.label, text=line.text, note=line.note)
        elif said := line.note.removeprefix(standing.get(line.line, "")).strip("；; "):
            yield say("form.note-line", language, label=line.label, note=said)


def _on_marks(own: Iterable[ScoreLine], language: str) -> Iterator[str]:
    """What was inferred: each thing once, with the lines that rest on it."""
    labels: dict[str, list[str]] = {}
    for line in own:
        for mark in marks_beside(line.marks):
            labels.setdefault(mark, []).append(line.label)
    for mark, named in labels.items():
        yield say("form.note-line", language, label=listed(named, language), note=mark_text(mark, language))


def _rows_behind(own: Iterable[ScoreLine], language: str) -> str:
    """How many rows each measured figure rests on."""
    known = (line for line in own if line.kind == "indicator" and line.value is not None)
    rows = tuple(f"{line.label} {line.n}" for line in known)
    return say("form.note-rows", language, rows=rows) if rows else ""
