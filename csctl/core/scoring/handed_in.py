"""Which raters whose judgement counts have not handed in a sheet, and about whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from csctl.core.result import Agent
from csctl.core.scoring.ratings import Sheets
from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.problems import Problem
from csctl.words import PANEL, SELF, SUPERIOR

CODES = {SELF: "no-sheet-of-self", SUPERIOR: "no-sheet-of-superior", PANEL: "no-sheet-of-panel"}
"""What says that a role's sheet is missing."""
NAMED_SUPERIOR = "no-sheet-of-superior-named"
"""The same where the roster says who the superior is."""


def roles_asked(policy: Policy) -> list[str]:
    """Roles with a share in the score; the superior's sheet may consist of measured figures alone."""
    rated = any(one.rated_items for dimension in policy.dimension for one in dimension.indicator)
    raters = policy.score.raters or {SUPERIOR: Decimal(100)} if policy.score else {}
    return [role for role, share in raters.items() if share and (rated or role != SUPERIOR)]


def lacking(policy: Policy, sheets: Sheets, agents: Iterable[str]) -> dict[str, list[str]]:
    """By role that is asked for, the agents about whom it handed in nothing; in the order given."""
    asked = list(agents)
    return {role: [one for one in asked if not sheets.has_sheet(one, role)] for role in roles_asked(policy)}


def lacking_said(without: Mapping[str, Sequence[str]], agents: Iterable[Agent]) -> list[Problem]:
    """One warning for each rater whose sheets are missing, naming who was to be rated.

    ``without`` are agents by role. A superior is named where the roster says who it is.
    """
    staff = {one.agent_id: one for one in agents}
    found: list[Problem] = []
    for role, missing in without.items():
        by_rater: dict[str, list[str]] = {}
        for agent_id in missing:
            rater = staff[agent_id].supervisor if role == SUPERIOR else ""
            by_rater.setdefault(rater, []).append(f"{agent_id} {staff[agent_id].name}".strip())
        for rater, names in sorted(by_rater.items()):
            if rater:
                found.append(problem(NAMED_SUPERIOR, found=tuple(names), count=len(names), rater=rater))
            else:
                found.append(problem(CODES[role], found=tuple(names), count=len(names)))
    return found
