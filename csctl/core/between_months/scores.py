"""Score lines of one agent in two months, and why they add something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from csctl.core.between_months.facts import MEASURED, FactsOfMonth, Named, Said, Side, causes, policy_causes
from csctl.core.between_months.records import Cause, ScoreMove
from csctl.core.explaining.nodes import trimmed_number
from csctl.core.records.lines import ScoreLine
from csctl.policy.diff import Change

NOTHING = Decimal(0)
_SCORED = frozenset({"dimension", "adjustment", "score"})
_SCALE = frozenset({"scale"})


def score_moves(agent_id: str, old: Side, new: Side, changes: Sequence[Change]) -> tuple[ScoreMove, ...]:
    """The lines that add something else or rest on something else, the largest difference first."""
    before, after = _by_line(agent_id, old), _by_line(agent_id, new)
    moves = [
        _move(line, (old, before.get(line, ())), (new, after.get(line, ())), changes)
        for line in dict.fromkeys([*after, *before])
    ]
    moved = [one for one in moves if one.difference or one.causes]
    return tuple(sorted(moved, key=lambda one: (-abs(one.difference), one.line)))


_Lines = tuple[Side, Sequence[ScoreLine]]


def _by_line(agent_id: str, side: Side) -> Mapping[str, list[ScoreLine]]:
    found: dict[str, list[ScoreLine]] = {}
    for line in side.result.own(agent_id).score_lines:
        found.setdefault(line.line, []).append(line)
    return found


def _move(line: str, old: _Lines, new: _Lines, changes: Sequence[Change]) -> ScoreMove:
    lead = (new[1] or old[1])[0]
    found = [*causes(_facts(*old), _facts(*new)), *_policy(line, old, new, changes)]
    return ScoreMove(line, lead.label, lead.kind, _sum(old[1]), _sum(new[1]), tuple(found))


def _sum(lines: Iterable[ScoreLine]) -> Decimal:
    return sum((one.contribution for one in lines), NOTHING)


def _facts(side: Side, lines: Sequence[ScoreLine]) -> FactsOfMonth:
    if not lines:
        return FactsOfMonth(False)
    one = lines[0]
    said = dict[Named, Said](side.measure_facts(one.agent_id, _figures(side, one)))
    if one.value is not None and not said:
        said["value", ""] = (trimmed_number(one.value), one.unit)
    said["text", ""] = (one.text, "")
    said["band", ""] = (one.band, "")
    said["points", ""] = (
        "" if one.points is None else f"{trimmed_number(one.points)}/{trimmed_number(one.out_of)}",
        "",
    )
    said["weight", ""] = (trimmed_number(one.weight) if one.weight else "", "")
    said["missing", ""] = (one.missing, "")
    said["note", ""] = (one.note, "")
    return FactsOfMonth(True, said)


def _figures(side: Side, one: ScoreLine) -> list[str]:
    """The figures that a line rests on: the one it says itself, and those its rule names."""
    return [*([one.source] if one.kind == "indicator" else []), *side.behind("score line", one.line)]


def _policy(line: str, old: _Lines, new: _Lines, changes: Sequence[Change]) -> list[Cause]:
    """What the policy says otherwise of the line, of its figures, and of the level of the scale that was reached."""
    bands = {one.band for _, lines in (old, new) for one in lines if one.band}
    measures = {name for side, lines in (old, new) for one in lines[:1] for name in _figures(side, one)}
    asked = ((_SCORED, {line}), (_SCALE, bands), (MEASURED, measures))
    return [cause for parts, names in asked for cause in policy_causes(changes, parts, names)]
