"""Ranks: the three readings of "among the first so many on average", and ranks missed month by month (A-07, A-08)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from csctl.core.career.case import Case, Outcome, Window, competes
from csctl.core.career.given import CareerInput
from csctl.core.career.history import History
from csctl.core.career.means import enough, shown_mean
from csctl.core.scoring.conditions import competition_ranks
from csctl.money import round_half_up
from csctl.month import Month

SMALL_POOL = 6
"""With fewer competitors "the first three" says little; the report notes it."""
FULL_SCORE = Decimal(100)
RANK_DECIMALS = 2


def average_rank(case: Case) -> Outcome:
    """The rank over the whole window, by the requirement's method; no data unless every month of it is closed."""
    requirement = case.requirement
    window = case.window(case.length or 1, reserve=0)
    code = f"career-need-rank-{requirement.rank_method.replace('_', '-')}"
    needed = case.words(code, months=case.length or 1, rank=requirement.average_rank)
    unknown = [month for month in window.months if case.is_unknown(month, window)]
    if unknown:
        return Outcome("no_data", needed, case.words("career-found-unclosed", months=case.listed(unknown)))
    own = _ranks(case, window.months)
    employed = [month for month in window.months if not case.hired_after(month)]
    if (
        not own
        or not competes(case.given.policy, case.agent)
        or (case.career.unscored_breaks and len(own) < len(employed))
    ):
        return Outcome("no_data", needed, case.words("career-found-unscored"))
    evidence = tuple(case.month_words(month) for month in window.months if case.score(month))
    methods = {"mean_score": _by_mean_score, "every_month": _by_every_month, "mean_rank": _by_mean_rank}
    state, found, following = methods[requirement.rank_method](case, window)
    hopeless = state or not window.counts(case.next_month)
    return Outcome("met" if state else "unmet", needed, found, evidence, "" if hopeless else following)


def _ranks(case: Case, months: Sequence[Month]) -> list[tuple[int, Month]]:
    """The agent's rank in every ranked month, oldest first."""
    scores = ((case.score(month), month) for month in months)
    return [(score.rank, month) for score, month in scores if score is not None and score.rank is not None]


Judged = tuple[bool, str, str]
"""Whether it holds, what was found, and what the next month must bring if it does not."""


def _by_mean_score(case: Case, window: Window) -> Judged:
    """The rank of the mean of the monthly scores among all who compete in the assessed month."""
    means = case.rivals(window.months, None)
    rank = competition_ranks(means.items())[case.agent.agent_id]
    found = case.words("career-found-mean-score", rank=rank, mean=means[case.agent.agent_id])
    return rank <= (case.requirement.average_rank or 0), found, _score_needed(case, window)


def pool_means(
    given: CareerInput, history: History, months: Sequence[Month], repeated: Month | None
) -> dict[str, Decimal]:
    """Shown mean of the months by agent, for all who compete in the assessed month and were scored.

    ``repeated``: a month whose score counts once more, standing in for one yet to come.
    """
    decimals = given.policy.score_decimals
    means = {}
    for agent in history.agents():
        scores = history.scores(agent.agent_id, [*months, *([repeated] if repeated else [])])
        if scores and competes(given.policy, agent):
            means[agent.agent_id] = shown_mean(scores, decimals)
    return means


def _score_needed(case: Case, window: Window) -> str:
    """The score that makes the rank next month, if everybody else scores as in the assessed month."""
    wanted = case.requirement.average_rank or 0
    kept = case.kept_next_month(window)
    means = case.rivals(tuple(kept), case.month)
    others = (mean for agent_id, mean in means.items() if agent_id != case.agent.agent_id)
    ahead = sorted(others, reverse=True)
    edge = ahead[wanted - 1] if len(ahead) >= wanted else Decimal(0)
    score = enough(case.history.scores(case.agent.agent_id, kept), edge, case.decimals)
    rules = case.given.policy.score
    full = rules.cap if rules and rules.cap is not None else FULL_SCORE
    if score > full:
        return case.words("career-next-score-too-high", month=case.next_month, score=score)
    return case.words("career-next-score", month=case.next_month, score=score)


def _by_every_month(case: Case, window: Window) -> Judged:
    """Every scored month among the first so many."""
    wanted = case.requirement.average_rank or 0
    ranks = _ranks(case, window.months)
    missed = [month for rank, month in ranks if rank > wanted]
    found = case.words("career-found-months-reached", reached=len(ranks) - len(missed), months=len(ranks))
    last = window.months.index(missed[-1]) + 1 if missed else 0
    return not missed, found, case.words("career-next-ranks", times=last, rank=wanted)


def _by_mean_rank(case: Case, window: Window) -> Judged:
    """The mean of the monthly ranks."""
    wanted = case.requirement.average_rank or 0
    mean = _mean_rank([rank for rank, _ in _ranks(case, window.months)])
    kept = [rank for rank, _ in _ranks(case, case.kept_next_month(window))]
    rank = wanted * (len(kept) + 1) - sum(kept)
    code = "career-next-rank" if rank >= 1 else "career-next-rank-too-high"
    following = case.words(code, month=case.next_month, rank=max(rank, 1))
    return mean <= wanted, case.words("career-found-mean-rank", mean=mean), following


def _mean_rank(ranks: Sequence[int]) -> Decimal:
    return round_half_up(Fraction(sum(ranks), len(ranks)), RANK_DECIMALS)


def ranks_missed(case: Case) -> Outcome:
    """So many months behind the rank wanted; a month without rank neither counts nor breaks (A-08)."""
    requirement = case.requirement
    needed = requirement.ranks_missed or 1
    window = case.window(case.length, reserve=needed)
    periods = case.month_periods(window, lambda score: None if score.rank is None else score.rank > requirement.rank)
    counted = case.count(periods, window)
    last = counted.low == needed - 1 and window.counts(case.next_month)
    following = case.words("career-next-rank", month=case.next_month, rank=requirement.rank) if last else ""
    outcome = case.counted("career-need-ranks-missed", needed, periods, counted, following)
    place = case.words("career-behind-rank", rank=requirement.rank)
    return Outcome(outcome.state, case.told(outcome.needed, place), outcome.found, outcome.evidence, outcome.next)
