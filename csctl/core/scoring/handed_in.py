"""Which raters whose judgement counts have not handed in a sheet, and about whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from csctl.core.people.peers import by_peers, usual_of_others
from csctl.core.records.agent import Agent
from csctl.core.scoring.ratings import Sheets
from csctl.messages import problem
from csctl.messages.grammar import UNKNOWN
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Problem, shortened
from csctl.words import PANEL, SELF, SUPERIOR

CODES = {SELF: "no-sheet-of-self", SUPERIOR: "no-sheet-of-superior", PANEL: "no-sheet-of-panel"}
"""What says that a role's sheet is missing."""
Raters = Mapping[str, frozenset[str]]
"""By role, who wrote something on a form, by name."""
FEWER = {SUPERIOR: "fewer-superiors", PANEL: "fewer-on-panel"}
"""What says that somebody has fewer raters of a role than others."""
GONE = {SUPERIOR: "superiors-gone", PANEL: "panel-gone"}
"""What says that a role has fewer raters than in the month before."""
BLANK = "sheets-left-blank"
"""What says that there is a sheet, and nothing on it."""
NAMED_SUPERIOR = "no-sheet-of-superior-named"
"""The same where the roster says who the superior is."""


def roles_asked(policy: Policy) -> list[str]:
    """Roles with a share in the score; the superior's sheet may consist of measured figures alone."""
    rated = any(one.rated_items for dimension in policy.dimension for one in dimension.indicator)
    raters = policy.score.raters or {SUPERIOR: Decimal(100)} if policy.score else {}
    return [role for role, share in raters.items() if share and (rated or role != SUPERIOR)]


def agents_without_sheet(policies: Mapping[str, Policy], sheets: Sheets) -> dict[str, list[str]]:
    """By role that is asked for, the agents about whom it handed in nothing; in the order given.

    ``policies``: by agent, the policy with what is on the agent's card.
    """
    found: dict[str, list[str]] = {}
    for agent_id, policy in policies.items():
        for role in roles_asked(policy):
            found.setdefault(role, []).extend([] if sheets.has_sheet(agent_id, role) else [agent_id])
    return found


def lacking_said(without: Mapping[str, Sequence[str]], agents: Iterable[Agent], sheets: Sheets) -> list[Problem]:
    """One warning for each rater whose sheets are missing, naming who was to be rated; one for each that handed in
    sheets with nothing on them.

    ``without`` are agents by role. A superior is named where the roster says who it is.
    """
    staff = {one.agent_id: one for one in agents}
    found: list[Problem] = []
    for role, missing in without.items():
        blank = {agent_id: " / ".join(filter(None, sheets.raters(agent_id, role))) for agent_id in missing}
        found += _blank_said({who: blank[who] for who in missing if sheets.raters(who, role)}, staff)
        by_rater: dict[str, list[str]] = {}
        for agent_id in (who for who in missing if not sheets.raters(who, role)):
            rater = staff[agent_id].supervisor if role == SUPERIOR else ""
            by_rater.setdefault(rater, []).append(f"{agent_id} {staff[agent_id].name}".strip())
        for rater, names in sorted(by_rater.items()):
            if rater:
                found.append(problem(NAMED_SUPERIOR, found=tuple(names), count=len(names), rater=rater))
            else:
                found.append(problem(CODES[role], found=tuple(names), count=len(names)))
    return found


def _blank_said(raters: Mapping[str, str], staff: Mapping[str, Agent]) -> Iterator[Problem]:
    """Of whom there are rows of a sheet and no judgement, by rater."""
    for rater in sorted(set(raters.values())):
        names = [f"{who} {staff[who].name}".strip() for who, own in raters.items() if own == rater]
        yield problem(BLANK, found=tuple(names), count=len(names), rater=rater or UNKNOWN)


def fewer_said(policy: Policy, sheets: Sheets, agents: Sequence[Agent]) -> list[Problem]:
    """One warning for each role of whose raters somebody has fewer than most others of the same group and post; those
    without any are said elsewhere.
    """
    found: list[Problem] = []
    for role in (role for role in roles_asked(policy) if role in FEWER):
        counts = {one.agent_id: len(sheets.who_rated(one.agent_id, role)) for one in agents}
        due = {
            one.agent_id: usual_of_others(in_order, counts[one.agent_id])
            for team, in_order in ((team, sorted(counts[one.agent_id] for one in team)) for team in by_peers(agents))
            for one in team
        }
        few = [one for one in agents if 0 < counts[one.agent_id] < due[one.agent_id]]
        names = [f"{one.agent_id} {one.name} ({counts[one.agent_id]}/{due[one.agent_id]})" for one in few]
        if names:
            found.append(problem(FEWER[role], found=shortened(names), count=len(names)))
    return found


def fewer_raters_warnings(policy: Policy, now: Raters, before: Raters, earlier: Month) -> list[Problem]:
    """One warning for each role that has some raters now, but fewer than in the month before: who wrote nothing.

    Somebody else in the place of one who left is as many as before.
    """
    found: list[Problem] = []
    for role in (role for role in roles_asked(policy) if role in GONE):
        own, known = now.get(role, frozenset()), before.get(role, frozenset())
        missing = sorted(known - own)
        if own and len(own) < len(known):
            names = shortened(missing)
            found.append(problem(GONE[role], found=names, month=earlier, count=len(own), before=len(known)))
    return found
