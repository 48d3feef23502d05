"""What-ifs on the screen: one agent's next levels, and months under another policy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from csctl.cli.showing.show import Screen
from csctl.cli.showing.show_ledger import ledger_heads
from csctl.messages import say
from csctl.money import amount_text

if TYPE_CHECKING:
    from csctl.core.records.agent import Agent
    from csctl.core.simulating.compare import NumberChange
    from csctl.core.simulating.next_level import NextStep
    from csctl.month import Month
    from csctl.workflow.simulating.what_if import Simulated


def show_steps(screen: Screen, steps: Sequence[NextStep], agent: Agent, month: Month, file: Path | None) -> None:
    """How far to the next level of each item, and what it would pay."""
    _table_of_steps(screen, steps, agent, month)
    for one in steps:
        if one.also:
            screen.line(say("screen-steps-also", screen.language, item=one.label, also=one.also))
    if file is not None:
        screen.line(say("screen-file-written", screen.language, file=file))


def _table_of_steps(screen: Screen, steps: Sequence[NextStep], agent: Agent, month: Month) -> None:
    about = {"agent": f"{agent.agent_id} {agent.name}", "month": month}
    screen.line(say("screen-steps", screen.language, **about), "bold")
    if not steps:
        screen.line(say("screen-steps-none", screen.language))
        return
    columns = ledger_heads(
        screen, "item", "now", "next", "points-missing", "score-then", "grade", "rank", "gain", "others"
    )
    screen.table(
        columns,
        [
            (
                one.label,
                one.now,
                one.next,
                one.points_missing,
                one.score_then,
                one.grade_then,
                one.rank_then or "",
                amount_text(one.gain_cents, signed=True),
                amount_text(one.others_cents, signed=True),
            )
            for one in steps
        ],
    )


def show_simulation(screen: Screen, simulated: Simulated, file: Path | None) -> None:
    """The cost, month by month and agent by agent, and how the grades mix."""
    one = simulated.simulation
    screen.line(say("screen-simulation", screen.language, policy=simulated.policy.label), "bold")
    if simulated.provisional:
        last = one.months[-1].month
        screen.line(say("simulation-provisional", screen.language, month=last), "yellow")
    total = say("screen-total", screen.language)
    months = [(str(month.month), *_change(month.pay)) for month in one.months]
    screen.table(
        ledger_heads(screen, "month", "actual", "simulated", "difference"), [*months, (total, *_change(one.pay))]
    )
    agents = [(f"{agent.agent_id} {agent.name}", *_change(agent.pay)) for agent in one.agents]
    screen.table(ledger_heads(screen, "agent", "actual", "simulated", "difference"), agents)
    counts = {"winners": len(one.winners), "losers": len(one.losers), "unchanged": len(one.unchanged)}
    screen.line(say("screen-simulation-counts", screen.language, **counts))
    for code, mix in (("grades", one.grades), ("levels", one.levels)):
        listed = "  ".join(f"{name} {change.actual}→{change.simulated}" for name, change in mix)
        if listed:
            screen.line(say(f"screen-simulation-{code}", screen.language, mix=listed))
    if file is not None:
        screen.line(say("screen-file-written", screen.language, file=file))


def _change(change: NumberChange) -> tuple[str, str, str]:
    return amount_text(change.actual), amount_text(change.simulated), amount_text(change.difference, signed=True)
