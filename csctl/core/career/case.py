"""One agent before one requirement: which months may count, what each of them shows, and the words for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from csctl.core.career.given import CareerInput
from csctl.core.career.history import History, Since
from csctl.core.career.marks import Count, MonthMark, Period, Streaks, count
from csctl.core.coverage.rests_on import tables_of_figures
from csctl.core.people.cards import card_of
from csctl.core.records.agent import Agent
from csctl.core.records.lines import FindingState, Score
from csctl.core.records.marks import SIGN
from csctl.core.scoring.fields import by_card
from csctl.core.scoring.ratings import Sheets
from csctl.messages import say
from csctl.messages.grammar import labelled, listed, with_aside
from csctl.month import Month, months_between
from csctl.policy.career import Career, CareerStep, Requirement
from csctl.policy.model import Policy
from csctl.policy.refs import named_figures

MENDING = frozenset({"leave", "punch_fixes"})
"""Tables of requests: a month in which nobody made one has none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a requirement came to; the texts as in ``Finding``."""

    state: FindingState
    needed: str
    found: str
    evidence: tuple[str, ...] = ()
    next: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """Calendar months that may count, oldest first.

    ``after`` and ``until`` bound it where only months after reaching the present level count: the first full month,
    and the last. If not ``certain``, the level may have been reached earlier, and the bounds with it.
    ``open``: nothing bounds the window, so of streaks only the current one counts.
    """

    months: tuple[Month, ...]
    open: bool
    after: Month | None = None
    until: Month | None = None
    certain: bool = True

    def counts(self, month: Month) -> bool:
        """Whether a month lies within the bounds that reaching the level sets."""
        return (self.after is None or month >= self.after) and (self.until is None or month <= self.until)

    def is_unsure(self, month: Month) -> bool:
        """Whether it cannot be said if a month may count."""
        return not self.certain and (self.until is not None or not self.counts(month))


Means = Callable[[tuple[Month, ...], Month | None], Mapping[str, Decimal]]
"""Mean score over months by agent of the pool; the second month, if any, counts once more."""


@dataclass(frozen=True)
class Case:
    """One agent, one step, one requirement, and everything known."""

    given: CareerInput
    career: Career
    history: History
    sheets: Sheets
    means: Means
    agent: Agent
    step: CareerStep
    requirement: Requirement

    def words(self, code: str, **blanks: object) -> str:
        """Fixed words in the policy's language."""
        return say(code, self.given.policy.language, **blanks)

    def rivals(self, months: tuple[Month, ...], repeated: Month | None) -> Mapping[str, Decimal]:
        """The mean scores of the pool that the agent's is compared with: of everybody, or of those of the same card."""
        policy, everybody = self.given.policy, self.means(months, repeated)
        if not by_card(policy):
            return everybody
        own = card_of(policy, self.agent)
        same = {one.agent_id for one in self.history.agents() if card_of(policy, one).items == own.items}
        return {agent_id: mean for agent_id, mean in everybody.items() if agent_id in same}

    def listed(self, items: Iterable[object]) -> str:
        """Several things in one text."""
        return listed(items, self.given.policy.language)

    def told(self, *parts: str) -> str:
        """What is told in steps, such as what is needed and of which kind; empty parts are left out."""
        return labelled(parts, self.given.policy.language)

    @property
    def month(self) -> Month:
        """The assessed month."""
        return self.given.month

    @property
    def next_month(self) -> Month:
        """The month after the assessed one."""
        return self.month.shift(1)

    @property
    def decimals(self) -> int:
        """Places of shown scores; means of scores are shown, and compared, with as many."""
        rules = self.given.policy.score
        return rules.decimals if rules else 2

    @property
    def ladder(self) -> list[str]:
        """Level ids, lowest first."""
        return [level.id for level in self.given.policy.level]

    def level_id(self, name: str) -> str:
        """The id of a level given by id or label."""
        rung = self.given.policy.job_level(name)
        return rung.id if rung else name

    @property
    def length(self) -> int | None:
        """Months looked back at; None if there is no bound."""
        return self.requirement.window_months or self.step.window_months

    @cached_property
    def level_since(self) -> Since:
        """When the present level was reached."""
        return self.history.present_level_since(self.agent, next(iter(self.ladder), None))

    def window(self, length: int | None, reserve: int) -> Window:
        """The months that may count. Without a length: all closed ones, and ``reserve`` unknown ones before them."""
        start = self.month.shift(1 - length) if length else self.history.first.shift(-reserve)
        months = tuple(months_between(start, self.month))
        if not self.step.after_promotion:
            return Window(months, open=length is None)
        after = self._first_full_month()
        limit = self.step.promotion_months
        until = after.shift(limit - 1) if limit else None
        window = Window(months, length is None and limit is None, after, until, self.level_since.certain)
        return replace(window, months=tuple(filter(window.counts, months))) if window.certain else window

    def _first_full_month(self) -> Month:
        """The first whole month at the present level (A-08).

        An approved change holds from the first day of its month. Where only the roster shows the level, nothing says
        on which day of that month it began.
        """
        reached = Month.of(self.level_since.latest)
        own = (one for one in self.given.changes if one.agent_id == self.agent.agent_id)
        approved = any(one.effective == reached and one.to_level == self.agent.level for one in own)
        return reached if approved else reached.shift(1)

    def kept_next_month(self, window: Window) -> list[Month]:
        """The window's months that still lie in it a month later."""
        return [month for month in window.months if not self.length or month >= self.next_month.shift(1 - self.length)]

    def hired_after(self, month: Month) -> bool:
        """Whether the month lies before the agent's first."""
        return self.agent.hired_on is not None and month < Month.of(self.agent.hired_on)

    def employed_months(self, window: Window) -> list[Month]:
        """The window's months without those before hiring and those in which the roster lacks the agent."""
        there = self.history.was_there
        known = [month for month in window.months if not self.hired_after(month)]
        return [month for month in known if not self.history.knows(month) or there(self.agent.agent_id, month)]

    def lies_in(self, on: date, window: Window, length: int | None) -> bool:
        """Whether a dated record counts: up to the assessed month, within so many months if there is a bound."""
        month = Month.of(on)
        return month <= self.month and window.counts(month) and (not length or month >= self.month.shift(1 - length))

    def is_unknown(self, month: Month, window: Window) -> bool:
        """Whether nothing certain can be said of a month in which the agent was employed."""
        return window.is_unsure(month) or not self.history.knows(month)

    def score(self, month: Month) -> Score | None:
        """The agent's score of a month."""
        return self.history.score(self.agent.agent_id, month)

    def month_periods(self, window: Window, judge: Callable[[Score], bool | None]) -> list[Period]:
        """The window's months as marks. ``judge`` says of a scored month whether it is a hit; None passes it over."""
        periods = []
        for month in window.months:
            if self.hired_after(month):
                continue
            score = self.score(month)
            hit = judge(score) if score else None
            if self.is_unknown(month, window):
                mark = MonthMark.UNKNOWN
            elif hit is None:
                mark = MonthMark.SKIP
            else:
                mark = MonthMark.HIT if hit else MonthMark.MISS
            periods.append(Period(mark, str(month), self.month_words(month)))
        return periods

    def label(self, measure: str) -> str:
        """What people call a measure."""
        known = named_figures(self.given.policy).get(measure)
        return known.label if known else measure

    def figure_words(self, month: Month, measure: str, value: Decimal) -> str:
        """A measure's value in a month."""
        return self.words("career-month-figure", month=month, label=self.label(measure), value=value)

    def without_table(self, needed: str, table: str) -> Outcome:
        """The outcome where the workspace has no table to look at."""
        found = self.words("career-found-no-table", table=table)
        return Outcome("no_data", needed, found, next=self.words("career-next-table", table=table))

    def without_file(self, months: Iterable[Month], names: Iterable[str], *own: str) -> dict[Month, list[str]]:
        """Of the closed ones of these months, which tables of the figures, and which of ``own``, had no file: that
        nothing happened in them nobody says. Requests that mend or excuse may be made or not.
        """
        tables = tables_of_figures(self.given.policy, names) - MENDING | set(own)
        found = {month: self.history.without_file(month, tables) for month in months}
        return {month: lacking for month, lacking in found.items() if lacking}

    def nobody_says(self, needed: str, without: Mapping[Month, Sequence[str]]) -> Outcome:
        """The outcome where months lack the files that would tell."""
        months = self.listed(without)
        tables = self.listed(sorted({table for own in without.values() for table in own}))
        found = self.words("career-found-no-file", months=months, tables=tables)
        return Outcome("no_data", needed, found, next=self.words("career-next-file", months=months, tables=tables))

    def month_words(self, month: Month) -> str:
        """A month with its score and rank; with a sign behind a score that rests on something missing or inferred, and
        where ranks decide how many of those who compete have no score.
        """
        score = self.score(month)
        if score is None:
            return self.words("career-month-unscored", month=month)
        shown = f"{score.score}{SIGN}" if score.marks else score.score
        if score.rank is None:
            return self.words("career-month-score", month=month, score=shown)
        said = self.words("career-month-rank", month=month, score=shown, rank=score.rank)
        others = 0
        if self.requirement.on_ranks:
            others = sum(competes(self.given.policy, one) for one in self.history.unscored(month))
        aside = self.words("career-month-unranked", count=others) if others else ""
        return with_aside(said, aside, self.given.policy.language)

    def count(self, periods: Sequence[Period], window: Window) -> Count:
        """Hits as the requirement counts them."""
        consecutive = self.requirement.consecutive
        return count(periods, Streaks(consecutive, window.open, self.career.unscored_breaks))

    def counted(self, code: str, needed: int, periods: Sequence[Period], counted: Count, following: str) -> Outcome:
        """The outcome of a count: what was needed (in words of ``code``), what was found, the periods that count.

        ``following`` says what would change an unmet requirement.
        """
        state = counted.reaches(needed)
        known = [period.words for period in periods if period.mark in (MonthMark.HIT, MonthMark.MISS)]
        row = self.words("career-in-a-row") if self.requirement.consecutive and needed > 1 else ""
        wanted = self.words(code, times=needed) + row
        if all(period.mark is MonthMark.SKIP for period in periods):
            return Outcome("no_data", wanted, self.words("career-found-unscored"), next=following)
        return Outcome(
            state=state,
            needed=wanted,
            found=with_aside(self._found(counted, state), self._without_score(counted), self.given.policy.language),
            evidence=tuple(period.words for period in counted.periods) or tuple(known[-1:]),
            next=following if state == "unmet" else "",
        )

    def _without_score(self, counted: Count) -> str:
        """Which months without a score a row was led over, or which of them ended the row before."""
        if counted.ended_by:
            return self.words("career-row-ended", period=counted.ended_by.name)
        skipped = [one.name for one in counted.skipped if one.name]
        return self.words("career-row-passes-over", periods=self.listed(skipped)) if skipped else ""

    def _found(self, counted: Count, state: FindingState) -> str:
        """How often it was so; where that decides nothing, which months in between are missing."""
        if state != "no_data":
            return self.words("career-found", times=counted.low)
        missing = self.history.missing(self.window(self.length, reserve=0).months)
        if missing:
            return self.words("career-found-without", times=counted.low, months=self.listed(missing))
        return self.words("career-found-at-least", times=counted.low)


def competes(policy: Policy, agent: Agent) -> bool:
    """Whether the agent's level is scored and ranked (PR-069)."""
    rung = policy.job_level(agent.level)
    return rung is None or rung.scored
