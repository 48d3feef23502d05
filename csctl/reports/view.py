"""What the month's reports show: figures only, made once from the month's lines for the page and for the workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from csctl.core.coverage.readings import FileReading
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine, ScoreLine, as_records
from csctl.core.records.result import MonthResult
from csctl.money import exact
from csctl.policy.pay.kinds import PAY_KINDS, PayKind
from csctl.problems import Problem, errors_and_warnings, in_order
from csctl.reports.figures import mean, median
from csctl.reports.run_json import InputFile, ScoreboardRow, scoreboard
from csctl.reports.words import report_word


@dataclass(frozen=True, slots=True)
class Listed:
    """The most frequent values of something with their rows; ``total`` counts all rows that have a value.

    ``beside``: so many rows with a value do not count, for the complaint in them was not upheld.
    """

    label: str
    rule: str
    total: int
    values: tuple[tuple[str, int], ...]
    beside: int = 0


@dataclass(frozen=True, slots=True)
class ReportInput:
    """What reports are made from. ``past`` are earlier months, oldest first; ``topics`` the sign-off page's findings.

    ``problems`` are all of the run, ``inputs`` the files it read, ``readings`` those of their columns.
    """

    team: str
    result: MonthResult
    past: Sequence[MonthResult]
    problems: Sequence[Problem]
    inputs: Sequence[InputFile]
    readings: Sequence[tuple[str, FileReading]]
    listed: Sequence[Listed]
    topics: Sequence[tuple[str, Sequence[Problem]]]
    language: str

    @property
    def previous(self) -> MonthResult | None:
        """The month right before, if it was computed."""
        before = self.result.month.shift(-1)
        return next((one for one in self.past if one.month == before), None)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A line of the scoreboard with what changed against the month before; None where there is nothing to compare."""

    row: ScoreboardRow
    score_change: Decimal | None
    pay_change_cents: int | None


def board(result: MonthResult, previous: MonthResult | None) -> list[BoardRow]:
    """Everybody, best first."""
    before = {row.agent.agent_id: row for row in scoreboard(previous)} if previous else {}
    return [_board_row(row, before.get(row.agent.agent_id)) for row in scoreboard(result)]


def _board_row(row: ScoreboardRow, before: ScoreboardRow | None) -> BoardRow:
    now, then = row.score.score, before.score.score if before else None
    paid, was_paid = row.pay_cents, before.pay_cents if before else None
    return BoardRow(
        row,
        now - then if now is not None and then is not None else None,
        paid - was_paid if paid is not None and was_paid is not None else None,
    )


def marks_by_agent(result: MonthResult) -> dict[str, tuple[str, ...]]:
    """What each agent's score and pay rest on that was inferred or is incomplete, in the scoreboard's order."""
    own: dict[str, list[str]] = {row.agent.agent_id: list(row.score.marks) for row in scoreboard(result)}
    for line in as_records(result.pay_lines, PayLine):
        own.setdefault(line.agent_id, []).extend(line.marks)
    return {agent_id: tuple(dict.fromkeys(marks)) for agent_id, marks in own.items() if marks}


def agents_by_mark(result: MonthResult) -> list[tuple[str, list[Agent]]]:
    """Each mark with whose figures rest on it, those of most people first."""
    agents = {agent.agent_id: agent for agent in result.agents}
    found: dict[str, list[Agent]] = {}
    for agent_id, marks in marks_by_agent(result).items():
        for mark in marks:
            found.setdefault(mark, []).append(agents[agent_id])
    return sorted(found.items(), key=lambda one: -len(one[1]))


@dataclass(frozen=True, slots=True)
class Summary:
    """The month in a few figures, at the score's decimals and in cents; None where the policy has none of it."""

    people: int
    scored: int
    failed: int
    mean: Decimal | None
    median: Decimal | None
    pay_cents: int | None
    pool_cents: int | None


def month_summary(result: MonthResult) -> Summary:
    """Who was scored and how, and what it costs."""
    rows = scoreboard(result)
    decimals = result.policy.score_decimals
    scores = [row.score.score for row in rows if row.score.score is not None]
    return Summary(
        people=len(result.agents),
        scored=len(scores),
        failed=sum(row.score.passed is False for row in rows),
        mean=mean(scores, decimals),
        median=median(scores, decimals),
        pay_cents=sum(row.pay_cents or 0 for row in rows) if result.policy.pay else None,
        pool_cents=sum(pool.pool_cents for pool in result.pools) if result.pools else None,
    )


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One agent × one indicator. ``share`` is points ÷ ``out_of``; None: missing, by the rule named in ``missing``."""

    share: Fraction | None
    points: Decimal | None
    out_of: Decimal | None
    missing: str
    band: str


@dataclass(frozen=True, slots=True)
class Heat:
    """Indicators (id, label, label of the dimension) across, agents down, best first."""

    columns: tuple[tuple[str, str, str], ...]
    rows: tuple[tuple[Agent, tuple[HeatCell | None, ...]], ...]


def heat(result: MonthResult) -> Heat:
    """Who is strong or weak in what. An agent without a line in an indicator has no cell."""
    columns = tuple(
        (indicator.id, indicator.label, dimension.label)
        for dimension in result.policy.dimension
        for indicator in dimension.indicator
    )
    cells = {
        (line.agent_id, line.line): _heat_cell(line)
        for line in as_records(result.score_lines, ScoreLine)
        if line.kind == "indicator"
    }
    rows = tuple(
        (row.agent, tuple(cells.get((row.agent.agent_id, key)) for key, _, _ in columns))
        for row in scoreboard(result)
        if row.score.score is not None
    )
    return Heat(columns, rows)


def _heat_cell(line: ScoreLine) -> HeatCell:
    share = exact(line.points) / exact(line.out_of) if line.points is not None and line.out_of else None
    return HeatCell(share, line.points, line.out_of, line.missing, line.band)


def pay_by_kind(result: MonthResult) -> dict[str, dict[PayKind, int]]:
    """Cents per agent and kind of pay, agents by id; kinds that somebody has, in the slip's order."""
    cents: Counter[tuple[str, PayKind]] = Counter()
    for line in as_records(result.pay_lines, PayLine):
        cents[line.agent_id, line.kind] += line.amount_cents
    kinds = [kind for kind in PAY_KINDS if any(found == kind for _, found in cents)]
    agents = sorted({agent for agent, _ in cents})
    return {agent: {kind: cents[agent, kind] for kind in kinds} for agent in agents}


@dataclass(frozen=True, slots=True)
class QualityLine:
    """Problems of one kind: an example, how many, and the files they are in."""

    first: Problem
    count: int
    files: tuple[str, ...]


def quality(problems: Iterable[Problem]) -> list[QualityLine]:
    """Errors and warnings by kind, worst first."""
    found = sorted(errors_and_warnings(in_order(problems)), key=lambda one: (one.severity, one.code))
    groups = [list(group) for _, group in groupby(found, key=lambda one: (one.severity, one.code))]
    return [
        QualityLine(group[0], len(group), tuple(sorted({one.place.file for one in group if one.place.file})))
        for group in groups
    ]


def listed_of(result: MonthResult) -> list[Listed]:
    """The listings of the policy that have any row."""
    found = []
    for listing in result.policy.listing:
        values = [one for one in result.listings if one.listing == listing.id]
        if values:
            pairs = tuple((one.value, one.rows) for one in values)
            found.append(Listed(listing.label, listing.rule, values[0].total, pairs))
    return found


def listed_said(one: Listed, language: str) -> str:
    """How many rows a list is made of, and how many do not count."""
    return report_word(
        "causes-beside" if one.beside else "causes-caption", language, total=one.total, beside=one.beside
    )
