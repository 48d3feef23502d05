"""The marks of a month's lines: of the columns, months and days that their figures rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from csctl.core.measuring.terms import columns_used
from csctl.core.records.lines import PayLine, Score, ScoreLine
from csctl.core.records.marks import COLUMN, FEW, MISSING, POOL_LACKS, Doubted, Figures, Marks, months_mark
from csctl.policy.model import Policy
from csctl.policy.parts import Condition, Part, Term
from csctl.policy.pay.pool import Pool
from csctl.policy.refs import COMPOSITE_PREFIX, figures_named, references
from csctl.policy.scoring import Indicator
from csctl.policy.walk import entry_named, uses
from csctl.policy.working_time import ATTENDANCE_PREFIX
from csctl.words import fold


def marked_figures(
    policy: Policy,
    doubted: Doubted,
    short: Mapping[tuple[str, str], Sequence[str]],
    worked: Mapping[tuple[str, str], Marks] = MappingProxyType({}),
) -> Figures:
    """The marks of every measure: of columns in doubt, of months that are not there, of days of attendance.

    ``short``: by agent and measure, the months of its window that nothing was brought of; ``worked``: the marks of
    what is measured of attendance.
    """
    of_all = {name: _of_columns(measure, doubted) for name, measure in policy.measure.items()}
    # What rules on working time measure may look at every column of attendance.
    attendance = tuple(f"{COLUMN}:{header}" for header in dict(doubted.get("attendance", {})).values())
    of_all |= dict.fromkeys(_attendance_named(policy), attendance)
    of_one: dict[tuple[str, str], Marks] = dict(worked)
    for key, months in short.items():
        of_one[key] = (*of_one.get(key, ()), *months_mark(months))
    for name, composite in policy.composite.items():
        parts = [part.measure for part in composite.of]
        own = COMPOSITE_PREFIX + name
        of_all[own] = tuple(dict.fromkeys(mark for part in parts for mark in of_all.get(part, ())))
        for agent in {agent for agent, part in of_one if part in parts}:
            marks = (mark for part in parts for mark in of_one.get((agent, part), ()))
            of_one[agent, own] = tuple(dict.fromkeys(marks))
    return Figures({name: marks for name, marks in of_all.items() if marks}, of_one)


def _attendance_named(policy: Policy) -> list[str]:
    return [name for name in figures_named(policy) if name.startswith(ATTENDANCE_PREFIX)]


def _of_columns(measure: Part, doubted: Doubted) -> Marks:
    headers = [
        header
        for _, term in uses(measure, Term)
        for column, header in doubted.get(term.table, {}).items()
        if column in columns_used(term) or column in _metrics(term)
    ]
    return tuple(f"{COLUMN}:{header}" for header in dict.fromkeys(headers))


def _metrics(term: Term) -> set[str]:
    """Metrics of ready figures that a term asks for, as they are read: each is a column of its own."""
    asked = term.where.get("metric", [])
    names = asked if isinstance(asked, list) else [asked]
    return {written for name in names for written in (str(name), fold(str(name)))}


def marked_scores(
    policy: Policy,
    lines: Iterable[ScoreLine],
    scores: Iterable[Score],
    figures: Figures,
    without_sheet: Mapping[str, Sequence[str]],
    not_deducted: Collection[str] = (),
    posts: Mapping[str, str] = MappingProxyType({}),
) -> tuple[list[ScoreLine], list[Score]]:
    """The score lines and scores with their marks; ``without_sheet``: by role, about whom it handed in nothing;
    ``not_deducted``: from whom a deduction took nothing because its figure is missing; ``posts``: who is on which.
    An item without data is a mark only where it is the agent's work.

    What a line only shows beside its figure marks the line, and not the score, which does not rest on it.
    """
    named = cache(lambda line: _named(policy, line, beside=True))
    counted = cache(lambda line: _named(policy, line, beside=False))
    due = _Due(policy, posts)
    marked = [replace(line, marks=_of_line(line, figures, named(line.line), due)) for line in lines]
    own: dict[str, list[str]] = {}
    for line in marked:
        own.setdefault(line.agent_id, []).extend(_of_line(line, figures, counted(line.line), due))
    for role, agents in without_sheet.items():
        for agent in agents:
            own.setdefault(agent, []).append(f"no-sheet-{role}")
    for agent in not_deducted:
        own.setdefault(agent, []).append(MISSING)
    return marked, [replace(one, marks=tuple(dict.fromkeys(own.get(one.agent_id, ())))) for one in scores]


def _named(policy: Policy, line: str, *, beside: bool) -> tuple[str, ...]:
    """The figures that a score line looks at, with or without those that it only shows."""
    entry = entry_named(policy, "score line", line)
    if isinstance(entry, Indicator) and not beside:
        entry = entry.model_copy(update={"beside": []})
    return tuple(figures_named(entry)) if entry else ()


@dataclass(frozen=True, slots=True)
class _Due:
    """Of whom data of an item are due; ``posts`` by agent."""

    policy: Policy
    posts: Mapping[str, str]

    def of(self, line: ScoreLine) -> bool:
        entry = entry_named(self.policy, "score line", line.line)
        post = self.posts.get(line.agent_id, "")
        return not isinstance(entry, Indicator) or entry.is_due_from(post, set(self.posts.values()))


def _of_line(line: ScoreLine, figures: Figures, named: Sequence[str], due: _Due) -> Marks:
    if line.kind == "limit":
        return ()
    if line.kind == "indicator" and (line.missing or line.points is None):
        if not line.n and not due.of(line):
            return ()
        return (MISSING, f"{FEW}:{line.n}") if line.n else (MISSING,)
    return figures.of(line.agent_id, named)


def marked_pay(
    policy: Policy,
    lines: Sequence[PayLine],
    scores: Iterable[Score],
    figures: Figures,
    groups: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> list[PayLine]:
    """The pay lines with their own marks: of the measures they look at, of the score where they rest on it; a share of
    a pool has those of the figures of all who make it. ``groups``: who is in which on a day of the month.
    """
    of_score = {one.agent_id: one.marks for one in scores}
    entry = cache(lambda line, source: _pay_entry(policy, line, source))
    of_pool = cache(lambda source: _of_pool(policy, source, figures, groups))
    made: list[PayLine] = []
    for line in lines:
        pool = line.source if line.basis == "pool" else ""
        found = entry(line.line, pool)
        marks = (*line.marks, *figures.of(line.agent_id, found[0]), *of_pool(pool))
        marks += of_score.get(line.agent_id, ()) if found[1] else ()
        made.append(replace(line, marks=tuple(dict.fromkeys(marks))))
    return made


def _pay_entry(policy: Policy, line: str, pool: str) -> tuple[tuple[str, ...], bool]:
    """The measures a pay line looks at, and whether it rests on the score."""
    entry = _pool(policy, pool) if pool else entry_named(policy, "pay line", line.split(".")[0])
    if entry is None:
        return (), False
    return tuple(figures_named(entry)), _on_score(entry)


def _of_pool(policy: Policy, name: str, figures: Figures, groups: Mapping[str, Collection[str]]) -> Marks:
    """That figures of people are missing in it, and of how many; none for what is no pool."""
    pool, team = _pool(policy, name), name.partition(".")[2]
    lacking = [
        agent
        for agent, own in groups.items()
        if pool and pool.of and team in ("", *own) and MISSING in figures.of_one.get((agent, pool.of), ())
    ]
    return (f"{POOL_LACKS}:{len(lacking)}",) if lacking else ()


def _pool(policy: Policy, name: str) -> Pool | None:
    """The pool of that name, ``pool1`` or ``pool1.<team>``."""
    pools = policy.pay.pool if policy.pay else []
    return next((one for number, one in enumerate(pools, 1) if name.split(".")[0] == f"pool{number}"), None)


def _on_score(entry: Part) -> bool:
    if isinstance(entry, Pool):
        return entry.on_score
    named = any("score" in ref.also and met.text == "score" for met, ref in references(entry))
    return named or any(condition.score is not None for _, condition in uses(entry, Condition))
