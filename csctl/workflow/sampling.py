"""A sample of a month's contacts for quality review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import narwhals as nw

from csctl.core.measuring.terms import credited
from csctl.core.people.identity import build_identity
from csctl.core.people.roster import people_on_roster
from csctl.core.sampling.draw import Sample, contacts_of, draw_sample, equal, proportional
from csctl.core.sampling.precision import FEWEST_OBSERVED, USUAL_RATE
from csctl.messages import problem
from csctl.problems import Problem
from csctl.sheets.sample_book import sample_book
from csctl.store.publish import publish
from csctl.workflow.month.compute import Asked, Computed, compute


@dataclass(frozen=True, slots=True)
class SampleAsked:
    """How many in all, or of each agent; None for the month's own seed; only some channels if any are named."""

    size: int
    per_agent: int | None = None
    seed: str | None = None
    channels: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnSample:
    """A sample with the month it is from. ``rate`` is the pass rate supposed; ``observed`` if reviews showed it."""

    computed: Computed
    sample: Sample
    items: tuple[str, ...]
    rate: Fraction
    observed: bool


def sample_month(asked: Asked, wanted: SampleAsked) -> tuple[DrawnSample | None, list[Problem]]:
    """Draw the sample; None if the month cannot be computed or has no such contact."""
    computed, problems = compute(asked)
    if computed is None:
        return None, problems
    frame = computed.frames.get("interactions")
    if frame is None:
        return None, [problem("sample-no-contacts", found=computed.month)]
    material = computed.material
    identity = build_identity(people_on_roster(material.roster(computed.month)), material.config.aliases)[0]
    present = [agent.agent_id for agent in computed.result.agents]
    own = frame.filter(nw.col("month") == str(computed.month))
    contacts = contacts_of(credited(own, identity).filter(nw.col("agent").is_in(present)), computed.month)
    known = sorted({one.channel for one in contacts if one.channel})
    missing = [channel for channel in wanted.channels if channel not in known]
    if missing:
        return None, [problem("sample-channel-unknown", found=one, known=tuple(known)) for one in missing]
    contacts = [one for one in contacts if not wanted.channels or one.channel in wanted.channels]
    if not contacts:
        return None, [problem("sample-no-contacts", found=computed.month)]
    seed = f"{computed.month} {computed.workspace.config.name}" if wanted.seed is None else wanted.seed
    share = proportional(wanted.size) if wanted.per_agent is None else equal(wanted.per_agent)
    rate, observed = _pass_rate(computed)
    return DrawnSample(computed, draw_sample(contacts, share, seed, computed.month), wanted.items, rate, observed), []


def save_sample(drawn: DrawnSample, file: Path) -> list[Problem]:
    """Write the sample as a workbook to fill in; what stood in the way, if anything."""
    computed = drawn.computed
    content = sample_book(
        drawn.sample,
        computed.result.agents,
        computed.month,
        drawn.items,
        drawn.rate,
        computed.workspace.config.language,
    )
    return publish(file.parent, {file.name: content})


def _pass_rate(computed: Computed) -> tuple[Fraction, bool]:
    """The pass rate of the month's reviews so far, if there are enough of them."""
    frame = computed.frames.get("quality")
    if frame is None:
        return USUAL_RATE, False
    known = frame.filter(nw.col("month") == str(computed.month), ~nw.col("passed").is_null()).select("passed")
    passed: Sequence[bool] = known.collect()["passed"].to_list()
    if len(passed) < FEWEST_OBSERVED:
        return USUAL_RATE, False
    return Fraction(sum(map(bool, passed)), len(passed)), True
