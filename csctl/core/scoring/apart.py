"""Who takes part and gets no score all the same: nothing or too little is known, or a sheet is not complete."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from csctl.core.records.lines import Score
from csctl.core.scoring.basis import Roles, covered_part, is_thin, items_without_data
from csctl.core.scoring.by_card import OnCard
from csctl.core.scoring.raters import AgentView
from csctl.core.scoring.standing import has_too_few_rows, unrated, without_data
from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.problems import Problem


def apart_from(card: OnCard, *, blocked: bool) -> tuple[Score, Problem] | None:
    """The result of an agent who takes part and still gets no score, and why; None for everybody else.

    ``blocked``: a missing value stops the month, which comes before too little data.
    """
    policy, view, roles = card.rules, card.one.view, card.roles
    # With rows too few for any figure something is known, if too little; it stops nobody's month.
    too_few = not blocked and has_too_few_rows(policy, view) and is_thin(policy, view, roles)
    if without_data(policy, view, roles) and not too_few:
        return without_score(view.agent_id, "unscored"), problem("agent-without-data", found=view.agent_id)
    left_open = unrated(policy, roles) if policy.score and policy.score.complete_sheets else []
    if left_open:
        said = problem("sheet-incomplete", found=view.agent_id, indicators=tuple(left_open))
        return without_score(view.agent_id, "excluded"), said
    if not blocked and is_thin(policy, view, roles):
        return without_score(view.agent_id, "thin"), _too_thin(policy, view, roles)
    return None


def _too_thin(policy: Policy, view: AgentView, roles: Roles) -> Problem:
    """How little of the weight rests on data, cut so that it never looks like enough, and what lacks it."""
    percent = covered_part(policy, view, roles) * 100
    least = policy.score.min_coverage * 100 if policy.score else Decimal(0)
    return problem(
        "score-too-thin",
        found=view.agent_id,
        share=percent.numerator // percent.denominator,
        least=f"{least.normalize():f}",
        indicators=tuple(items_without_data(policy, view, roles)),
    )


def without_score(agent_id: str, status: Literal["excluded", "unscored", "thin"]) -> Score:
    """The result of somebody who has none."""
    return Score(agent_id, status, None, None, None, None, None, "", None, None, None)
