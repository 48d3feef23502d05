"""Pay lines of one agent in two months, and why they pay something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from csctl.core.between_months.facts import MEASURED, FactsOfMonth, Named, Said, Side, causes, policy_causes
from csctl.core.between_months.records import Cause, PayMove
from csctl.core.explaining.nodes import trimmed_number
from csctl.core.paying.components.base import PROBATION_LINE
from csctl.core.people.roster import names_of_level
from csctl.core.records.lines import PayLine
from csctl.money import amount_text, round_half_up
from csctl.policy.diff import Change
from csctl.policy.pay.performance import Performance
from csctl.policy.pay.pool import Pool

_PAID = frozenset({"pay"})
_COMPONENT = {PROBATION_LINE: "probation"}
"""Where the policy has a component under another name than that of its lines."""
_Lines = tuple[Side, Sequence[PayLine]]


def pay_moves(agent_id: str, old: Side, new: Side, changes: Sequence[Change]) -> tuple[PayMove, ...]:
    """The lines that pay something else or rest on something else, the largest difference first."""
    before, after = _by_line(agent_id, old), _by_line(agent_id, new)
    levels = _others_levels(agent_id, old, new)
    moves = [
        _move(line, (old, before.get(line, ())), (new, after.get(line, ())), changes, levels)
        for line in dict.fromkeys([*after, *before])
    ]
    moved = [one for one in moves if one.difference_cents or one.causes]
    return tuple(sorted(moved, key=lambda one: (-abs(one.difference_cents), one.line)))


def _by_line(agent_id: str, side: Side) -> Mapping[str, list[PayLine]]:
    found: dict[str, list[PayLine]] = {}
    for line in side.result.own(agent_id).pay_lines:
        found.setdefault(line.line, []).append(line)
    return found


def _others_levels(agent_id: str, old: Side, new: Side) -> frozenset[str]:
    """Levels of the ladder that the agent does not have now: what the policy says of them is no cause."""
    every = {name for side in (old, new) for rung in side.result.policy.level for name in (rung.id, rung.label) if name}
    agent = new.agents.get(agent_id)
    return frozenset(every - (set(names_of_level(new.result.policy, agent.level)) if agent else set()))


def _move(line: str, old: _Lines, new: _Lines, changes: Sequence[Change], others: frozenset[str]) -> PayMove:
    lead = (new[1] or old[1])[0]
    found = [*causes(_facts(*old), _facts(*new)), *_policy(line, (old, new), changes, others)]
    return PayMove(line, lead.label, lead.kind, _cents(old[1]), _cents(new[1]), tuple(found))


def _cents(lines: Iterable[PayLine]) -> int:
    return sum(line.amount_cents for line in lines)


def _facts(side: Side, lines: Sequence[PayLine]) -> FactsOfMonth:
    if not lines:
        return FactsOfMonth(False)
    one = lines[0]
    entry = side.entry("pay line", one.line)
    said = dict[Named, Said](side.measure_facts(one.agent_id, _own_figures(side, one)))
    if isinstance(entry, Performance) and entry.by == "grade":
        score = side.result.own(one.agent_id).score
        said["grade", ""] = (score.grade if score else "", "")
    if one.basis == "pool":
        said |= _pool_facts(side, one)
    elif one.basis == "product":
        said["level", ""] = (side.level(one.agent_id) if one.kind == "base" else "", "")
        said["quantity", ""] = (trimmed_number(one.quantity), one.unit)
        said["rate", ""] = (trimmed_number(one.rate), "")
        said["divisor", ""] = (trimmed_number(one.divisor), "")
    said["several", ""] = (str(len(lines)), "")
    said["note", ""] = (one.note, "")
    return FactsOfMonth(True, said)


def _own_figures(side: Side, one: PayLine) -> Sequence[str]:
    """The agent's figures behind a line: of a pool the one that it is shared by, if it is one."""
    if one.basis != "pool":
        return side.behind("pay line", one.line)
    rule = side.entry("pay line", one.source)
    return [rule.measure] if isinstance(rule, Pool) and rule.measure else []


def _pool_facts(side: Side, line: PayLine) -> dict[Named, Said]:
    """What the pool came to, and the part of its weights that is the agent's."""
    pool = side.pools.get(line.source)
    if pool is None:
        return {}
    found: dict[Named, Said] = {("pool", ""): (amount_text(pool.pool_cents), "")}
    own = pool.share_on(line)
    weights = sum(share.weight for share in pool.shares)
    if own is not None and weights:
        found["claim", ""] = (trimmed_number(round_half_up(Fraction(100 * own.weight, weights), 2)), "%")
    return found


def _policy(line: str, sides: tuple[_Lines, _Lines], changes: Sequence[Change], others: frozenset[str]) -> list[Cause]:
    """What the policy says otherwise of the component, for the agent's levels, and of the figures behind it."""
    pooled = any(one.basis == "pool" for _, lines in sides for one in lines)
    component = "pool" if pooled else line.split(".")[0]
    name = _COMPONENT.get(component, component)
    measures = {figure for side, _ in sides for figure in side.behind("pay line", line)}
    return [*policy_causes(changes, _PAID, {name}, others), *policy_causes(changes, MEASURED, measures)]
