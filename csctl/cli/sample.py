"""``csctl sample``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from csctl.cli import options
from csctl.cli.exits import ended
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, ask, screen_for

if TYPE_CHECKING:
    from csctl.workflow.sampling import DrawnSample

SIZE = 60

Size = Annotated[
    int | None,
    typer.Option("--size", "-n", min=1, help=helped("help-sample-size"), show_default=str(SIZE)),
]
PerAgent = Annotated[int | None, typer.Option("--per-agent", min=1, help=helped("help-sample-per-agent"))]
Seed = Annotated[
    str | None,
    typer.Option("--seed", help=helped("help-sample-seed"), show_default=helped("help-sample-seed-default")),
]
Channels = Annotated[list[str] | None, typer.Option("--channel", help=helped("help-sample-channel"))]
Items = Annotated[list[str] | None, typer.Option("--item", help=helped("help-sample-item"))]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", help=helped("help-sample-xlsx"), dir_okay=False)]


def sample(
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    size: Size = None,
    per_agent: PerAgent = None,
    seed: Seed = None,
    channel: Channels = None,
    item: Items = None,
    xlsx: Xlsx = None,
    as_json: options.AsJson = False,
) -> None:
    """A random, repeatable sample of contacts for quality review."""
    from csctl.cli.showing.show_sample import show_sample
    from csctl.messages import problem, say
    from csctl.reports.run_json import SCHEMA, problems_object
    from csctl.workflow.sampling import SampleAsked, sample_month, save_sample

    screen = screen_for(workspace, Manner(as_json))
    wanted = SampleAsked(size or SIZE, per_agent, seed, tuple(channel or ()), tuple(item or ()))
    drawn, problems = None, [problem("sample-size-or-per-agent")]
    if size is None or per_agent is None:
        with screen.working():
            drawn, problems = sample_month(ask(workspace, month, screen), wanted)
    if drawn is not None and xlsx is not None:
        problems = save_sample(drawn, xlsx)
        drawn = None if problems else drawn
    if as_json:
        found = _as_data(drawn) if drawn is not None else {}
        screen.json({"schema": SCHEMA, "problems": problems_object(problems, screen.language), **found})
    elif drawn is None:
        screen.stopped(problems)
    else:
        show_sample(screen, drawn, listed=xlsx is None)
        if xlsx is not None:
            screen.line(say("worklist-saved", screen.language, file=xlsx))
    raise typer.Exit(ended(drawn))


def _as_data(drawn: DrawnSample) -> dict[str, Any]:
    from csctl.core.sampling.precision import interval, size_needed
    from csctl.sheets.sample_book import POINTS, rate_text

    sample = drawn.sample
    pairs = {agent: (sample.drawn[agent], whole) for agent, whole in sample.population.items()}
    whole = sum(sample.population.values())
    return {
        "month": str(drawn.computed.month),
        "seed": sample.seed,
        "rate": rate_text(drawn.rate).removesuffix(" %"),
        "rate_observed": drawn.observed,
        "population": whole,
        "size": len(sample.contacts),
        "interval": _interval(interval(drawn.rate, pairs.values())),
        "needed": {str(points): size_needed(drawn.rate, whole, points) for points in POINTS},
        "agents": [
            {
                "agent_id": agent,
                "population": pair[1],
                "size": pair[0],
                "interval": _interval(interval(drawn.rate, [pair])),
            }
            for agent, pair in pairs.items()
        ],
        "contacts": [
            {
                "agent_id": one.agent_id,
                "channel": one.channel,
                "interaction_id": one.interaction_id,
                "customer_id": one.customer_id,
                "started_at": one.started_at.isoformat(" "),
                "file": one.place.file,
                "sheet": one.place.sheet,
                "row": one.place.row,
            }
            for one in sample.contacts
        ],
    }


def _interval(found: Any) -> dict[str, str] | None:
    return None if found is None else {"low": str(found.low), "high": str(found.high), "half": str(found.half)}
