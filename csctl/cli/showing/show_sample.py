"""A quality-review sample on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csctl.cli.showing.show import Screen
from csctl.core.sampling.precision import interval
from csctl.messages import say
from csctl.sheets.sample_book import half_text, interval_text, method, rate_text

if TYPE_CHECKING:
    from csctl.workflow.sampling import DrawnSample


def show_sample(screen: Screen, drawn: DrawnSample, *, listed: bool) -> None:
    """How many of whom with what precision, how it was drawn; before that every contact, if it is to be listed."""
    language, sample = screen.language, drawn.sample
    names = {agent.agent_id: agent.name for agent in drawn.computed.result.agents}
    screen.line(say("sample-title", language, month=drawn.computed.month, seed=sample.seed), "bold")
    if listed:
        heads = ("agent-id", "agent-name", "channel", "started", "contact")
        screen.table(
            [say(f"sample-head-{name}", language) for name in heads],
            [
                (one.agent_id, names[one.agent_id], one.channel, f"{one.started_at:%m-%d %H:%M}", one.interaction_id)
                for one in sample.contacts
            ],
        )
        screen.line("")
    columns = ("agent-id", "agent-name", "population", "drawn", "interval", "half")
    screen.table([say(f"sample-head-{name}", language) for name in columns], _precision(drawn, names, language))
    whole = sum(sample.population.values())
    screen.line(say("sample-drawn", language, whole=whole, size=len(sample.contacts)), "bold")
    for line in method(sample, drawn.rate, language):
        screen.line(line, "dim")
    supposed = say("sample-supposed", language, rate=rate_text(drawn.rate))
    screen.line(say("sample-observed", language) if drawn.observed else supposed, "dim")


def _precision(drawn: DrawnSample, names: dict[str, str], language: str) -> list[tuple[object, ...]]:
    sample = drawn.sample
    pairs = [(sample.drawn[agent], whole) for agent, whole in sample.population.items()]
    rows: list[tuple[object, ...]] = []
    for agent, pair in zip(sample.population, pairs, strict=True):
        found = interval(drawn.rate, [pair])
        rows.append((agent, names[agent], pair[1], pair[0], interval_text(found), half_text(found)))
    found = interval(drawn.rate, pairs)
    total, size = sum(sample.population.values()), len(sample.contacts)
    rows.append((say("sample-everybody", language), "", total, size, interval_text(found), half_text(found)))
    return rows
