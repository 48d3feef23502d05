"""Which raters whose judgement counts have not handed in a sheet, and about whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from csctl.core.result import Agent
from csctl.core.scoring.ratings import Sheets
from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.problems import Problem
from csctl.words import PANEL, SELF, SUPERIOR

CODES = {SELF: "no-sheet-of-self", SUPERIOR: "no-sheet-of-superior", PANEL: "no-sheet-of-panel"}
"""What says that a role's sheet is missing."""


def roles_asked(policy: Policy) -> list[str]:
    """Roles with a share in the score; the superior's sheet may consist of measured figures alone."""
    rated = any(one.rated_items for dimension in policy.dimension for one in dimension.indicator)
    raters = policy.score.raters or {SUPERIOR: Decimal(100)} if policy.score else {}
    return [role for role, share in raters.items() if share and (rated or role != SUPERIOR)]


def lacking(policy: Policy, sheets: Sheets, agents: Iterable[str]) -> dict[str, list[str]]:
    """By role that is asked for, the agents about whom it handed in nothing; in the order given."""
    asked = list(agents)
    return {role: [one for one in asked if not sheets.has_sheet(one, role)] for role in roles_asked(policy)}


def lacking_said(policy: Policy, sheets: Sheets, agents: Mapping[str, Agent]) -> list[Problem]:
    """Where several roles share a score: one warning for each rater whose sheets are missing, naming who was to be
    rated. A superior is named where the roster says who it is. ``agents`` are those who would be scored, by id.
    """
    if len(roles_asked(policy)) < 2:
        return []
    found: list[Problem] = []
    for role, missing in lacking(policy, sheets, sorted(agents)).items():
        by_rater: dict[str, list[str]] = {}
        for agent_id in missing:
            rater = agents[agent_id].supervisor if role == SUPERIOR else ""
            by_rater.setdefault(rater, []).append(f"{agent_id} {agents[agent_id].name}".strip())
        for rater, names in sorted(by_rater.items()):
            code = f"{CODES[role]}-named" if rater else CODES[role]
            found.append(problem(code, found=tuple(names), count=len(names), **({"rater": rater} if rater else {})))
    return found
