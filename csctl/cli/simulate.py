"""``csctl simulate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from csctl.cli import options
from csctl.cli.exits import ended
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, ask, screen_for, today

PolicyName = Annotated[str, typer.Option("--policy", help=helped("help-simulate-policy"), show_default=False)]
From = Annotated[str, typer.Option("--from", help=helped("help-simulate-from"), show_default=False)]
To = Annotated[str, typer.Option("--to", help=helped("help-simulate-to"), show_default=False)]
WhoElse = Annotated[str, typer.Option("--agent", help=helped("help-simulate-agent"), show_default=False)]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", help=helped("help-simulate-xlsx"))]


def simulate(
    policy: PolicyName = "",
    first: From = "",
    last: To = "",
    agent: WhoElse = "",
    xlsx: Xlsx = None,
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    as_json: options.AsJson = False,
) -> None:
    """Past months under another policy, or one agent's next steps."""
    if bool(policy) == bool(agent):
        raise typer.BadParameter(helped("help-simulate-one-of"))
    if agent and (first or last):
        raise typer.BadParameter(helped("help-simulate-agent-month"))
    if agent:
        _steps(workspace, month, agent, xlsx, as_json)
    _policy(workspace, policy, (first, last), xlsx, as_json)


def _steps(workspace: Path, month: str | None, who: str, xlsx: Path | None, as_json: bool) -> None:
    from csctl.cli.ledger_objects import steps_object
    from csctl.cli.showing.show_simulation import show_steps
    from csctl.workflow.simulating.what_if import agent_next_steps, save_steps

    screen = screen_for(workspace, Manner(as_json))
    with screen.working():
        steps, agent, computed, problems = agent_next_steps(ask(workspace, month, screen), who)
    if steps is not None and agent is not None and computed is not None and xlsx is not None:
        problems = save_steps(steps, agent, computed, xlsx)
    stopped = steps is None or agent is None or computed is None or bool(problems)
    if as_json:
        screen.json(steps_object(steps or [], agent, problems, screen.language))
    elif steps is None or agent is None or computed is None or problems:
        screen.stopped(problems)
    else:
        show_steps(screen, steps, agent, computed.month, xlsx)
    raise typer.Exit(ended(not stopped))


def _policy(workspace: Path, policy: str, ends: tuple[str, str], xlsx: Path | None, as_json: bool) -> None:
    from csctl.cli.ledger_objects import simulation_object
    from csctl.cli.showing.show_simulation import show_simulation
    from csctl.workflow.simulating.what_if import SimulateAsked, save_simulation, simulate_months

    screen = screen_for(workspace, Manner(as_json))
    with screen.working():
        simulated, problems = simulate_months(SimulateAsked(workspace, policy, *ends, today(), screen.progress))
    if simulated is not None and xlsx is not None:
        problems = save_simulation(simulated, xlsx)
    if as_json:
        screen.json(simulation_object(simulated, problems, screen.language))
    elif simulated is None or problems:
        screen.stopped(problems)
    else:
        show_simulation(screen, simulated, xlsx)
    raise typer.Exit(ended(simulated is not None and not problems))
