"""One agent before one requirement: which months may count, what each of them shows, and the words for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from csctl.core.career.given import CareerInput
from csctl.core.career.history import History, Since
from csctl.core.career.marks import Count, Mark, Period, Streaks, count
from csctl.core.lines import FindingState, Score
from csctl.core.ratings import Sheets
from csctl.core.result import Agent
from csctl.messages import say
from csctl.month import Month, months_between
from csctl.policy.career import Career, CareerStep, Requirement


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
    """Calendar months that may count, oldest first. ``unsure``: those of which that is not certain.

    ``after`` is the first month that lies wholly after the present level was reached, where that matters.
    ``open``: nothing bounds the window, so of streaks only the current one counts.
    """

    months: tuple[Month, ...]
    unsure: frozenset[Month]
    after: Month | None
    open: bool


@dataclass(frozen=True)
class Case:
    """One agent, one step, one requirement, and everything known."""

    given: CareerInput
    career: Career
    history: History
    sheets: Sheets
    agent: Agent
    step: CareerStep
    requirement: Requirement

    def words(self, code: str, **blanks: object) -> str:
        """Fixed words in the policy's language."""
        return say(code, self.given.policy.language, **blanks)

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
        end = self.month
        start = end.shift(1 - length) if length else self.history.first.shift(-reserve)
        if not self.step.after_promotion:
            return Window(tuple(months_between(start, end)), frozenset(), None, length is None)
        after = Month.of(self.level_since.latest).shift(1)
        limit = self.step.promotion_months
        is_open = length is None and limit is None
        if self.level_since.certain:
            end = min(end, after.shift(limit - 1)) if limit else end
            return Window(tuple(months_between(max(start, after), end)), frozenset(), after, is_open)
        months = months_between(start, end)
        unsure = frozenset(month for month in months if limit or month < after)
        return Window(tuple(months), unsure, after, is_open)

    def hired_after(self, month: Month) -> bool:
        """Whether the month lies before the agent's first."""
        return self.agent.hired_on is not None and month < Month.of(self.agent.hired_on)

    def is_unknown(self, month: Month, window: Window) -> bool:
        """Whether nothing certain can be said of a month in which the agent was employed."""
        return month in window.unsure or not self.history.knows(month)

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
                mark = Mark.UNKNOWN
            elif hit is None:
                mark = Mark.SKIP
            else:
                mark = Mark.HIT if hit else Mark.MISS
            periods.append(Period(mark, self.month_words(month)))
        return periods

    def month_words(self, month: Month) -> str:
        """A month with its score and rank."""
        score = self.score(month)
        if score is None:
            return self.words("career-month-unscored", month=month)
        if score.rank is None:
            return self.words("career-month-score", month=month, score=score.score)
        return self.words("career-month-rank", month=month, score=score.score, rank=score.rank)

    def count(self, periods: Sequence[Period], window: Window) -> Count:
        """Hits as the requirement counts them."""
        consecutive = self.requirement.consecutive
        return count(periods, Streaks(consecutive, window.open, self.career.unscored_breaks))

    def counted(self, code: str, needed: int, periods: Sequence[Period], counted: Count, following: str) -> Outcome:
        """The outcome of a count: what was needed (in words of ``code``), what was found, the periods that count.

        ``following`` says what would change an unmet requirement.
        """
        state = counted.reaches(needed)
        known = [period.words for period in periods if period.mark in (Mark.HIT, Mark.MISS)]
        row = self.words("career-in-a-row") if self.requirement.consecutive and needed > 1 else ""
        return Outcome(
            state=state,
            needed=self.words(code, times=needed) + row,
            found=self.words("career-found-at-least" if state == "no_data" else "career-found", times=counted.low),
            evidence=tuple(period.words for period in counted.periods) or tuple(known[-1:]),
            next=following if state == "unmet" else "",
        )
