"""The quality-review sample as a workbook: a form that is read back as it is, and what such a sample can tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from csctl.core.records.agent import Agent
from csctl.core.sampling.draw import Contact, Sample
from csctl.core.sampling.precision import Interval, interval, size_needed
from csctl.messages import say, where_text
from csctl.money import round_half_up
from csctl.month import Month
from csctl.workbook.cells import Cell, Row, SheetPage, head_cells
from csctl.workbook.looks import Look
from csctl.workbook.pages import write_book

FILLED = ("date", "agent-id", "agent-name", "contact", "item", "passed", "critical", "score", "reviewer")
"""Columns of the canonical table ``quality``, under names that its reader knows."""
TO_FILL: tuple[Look, ...] = ("input_choice", "optional_choice", "optional_number", "optional")
"""How the last four of them look: whether the contact passed must be filled in."""
BESIDE = ("channel", "started", "customer", "topic", "where")
"""Columns that help to find the contact; the reader leaves them out."""
FORM_WIDTHS = (12, 9, 10, 20, 14, 9, 9, 8, 10, 10, 17, 18, 14, 44)
POINTS = (5, 10)
"""Half widths of an interval, in points, for which the size needed is said."""


def sample_book(
    sample: Sample, agents: Sequence[Agent], month: Month, items: Sequence[str], rate: Fraction, language: str
) -> bytes:
    """The form with one row for each contact and item, and a page on precision."""
    names = {agent.agent_id: agent.name for agent in agents}
    pages = [_form(sample, names, month, items, language), _precision(sample, names, month, rate, language)]
    return write_book(pages, month.first)


def rate_text(rate: Fraction) -> str:
    """A rate for people: ``90.0 %``."""
    return f"{round_half_up(rate * 100, 1)} %"


def interval_text(found: Interval | None) -> str:
    """``83.1–94.0 %``; a dash where nobody can say."""
    return "–" if found is None else f"{found.low}–{found.high} %"


def half_text(found: Interval | None) -> str:
    """``± 5.4``, in points."""
    return "–" if found is None else f"± {found.half}"


def needed_text(whole: int, rate: Fraction, points: int, language: str) -> str:
    """How many reviews an interval of so many points to either side needs."""
    return say("sample-needed", language, points=points, size=size_needed(rate, whole, points), whole=whole)


def _form(sample: Sample, names: dict[str, str], month: Month, items: Sequence[str], language: str) -> SheetPage:
    title: Row = [Cell(say("sample-title", language, month=month, seed=sample.seed), "title")]
    remark: Row = [Cell(say("sample-remark", language), "remark")]
    rows = [title, remark, head_cells([say(f"sample-head-{name}", language) for name in (*FILLED, *BESIDE)])]
    asked = items or (say("sample-whole", language),)
    rows += [_form_row(one, names, item, language) for one in sample.contacts for item in asked]
    return SheetPage(say("sample-page-form", language), rows, head_row=2, frozen_columns=4, widths=FORM_WIDTHS)


def _form_row(one: Contact, names: dict[str, str], item: str, language: str) -> Row:
    return [
        Cell(one.started_at.date().isoformat()),
        Cell(one.agent_id),
        Cell(names[one.agent_id]),
        Cell(one.interaction_id),
        Cell(item),
        *(Cell(None, look) for look in TO_FILL),
        Cell(one.channel),
        Cell(f"{one.started_at:%Y-%m-%d %H:%M}"),
        Cell(one.customer_id),
        Cell(one.topic),
        Cell(where_text(replace(one.place, sheet=""), language)),
    ]


def _precision(sample: Sample, names: dict[str, str], month: Month, rate: Fraction, language: str) -> SheetPage:
    columns = ("agent-id", "agent-name", "population", "drawn", "interval", "half")
    title: Row = [Cell(say("sample-precision-title", language, month=month), "title")]
    rows: list[Row] = [title, head_cells([say(f"sample-head-{name}", language) for name in columns])]
    for agent, whole in sample.population.items():
        found = interval(rate, [(sample.drawn[agent], whole)])
        rows.append(_precision_row([Cell(agent), Cell(names[agent])], sample.drawn[agent], whole, found))
    pairs = [(sample.drawn[agent], whole) for agent, whole in sample.population.items()]
    everybody: Row = [Cell(say("sample-everybody", language), "total"), Cell(None, "total")]
    rows.append(_precision_row(everybody, len(sample.contacts), sum(sample.population.values()), interval(rate, pairs)))
    rows += [[Cell(text, "said")] for text in method(sample, rate, language)]
    return SheetPage(say("sample-page-precision", language), rows, head_row=1, portrait=True)


def _precision_row(who: Row, size: int, whole: int, found: Interval | None) -> Row:
    return [*who, Cell(whole, "count"), Cell(size, "count"), Cell(interval_text(found)), Cell(half_text(found))]


def method(sample: Sample, rate: Fraction, language: str) -> list[str]:
    """How the sample was drawn and what the interval means, in a few lines."""
    whole = sum(sample.population.values())
    return [
        say("sample-how", language, seed=sample.seed),
        say("sample-meaning", language, rate=rate_text(rate)),
        *(needed_text(whole, rate, points, language) for points in POINTS),
    ]
