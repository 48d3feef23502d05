"""What came back on forms as tables: those that the next run reads, and the record of the interviews."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from csctl.core.forms.returned import Happened, Objection, Reviewed, Said
from csctl.core.scoring.ratings import Rating
from csctl.messages import say, where_text
from csctl.month import Month
from csctl.store.csv_text import csv_bytes
from csctl.tables import TABLES
from csctl.workflow.starting import header_of

RATINGS, INTERVIEWS, EVENTS, QUALITY = "ratings.csv", "interviews.csv", "events.csv", "quality.csv"
UNSEEN = "\u200b"
"""In front of a text that a spreadsheet would take for a formula, or a reader for one that was kept from being one.

Whoever reads the table back drops it, so that every text comes back as it was written.
"""
_LIKE_A_FORMULA = ("=", "+", "-", "@", "'")


@dataclass(frozen=True, slots=True)
class TablesAbout:
    """The month the forms are about, the agents' names by number, and the language of the heads."""

    month: Month
    names: Mapping[str, str]
    language: str


def form_table_files(
    about: TablesAbout,
    ratings: Sequence[Rating],
    said: Sequence[Said],
    objections: Sequence[Objection],
    happened: Sequence[Happened] | None = None,
    reviewed: Sequence[Reviewed] = (),
) -> dict[str, bytes]:
    """The tables by their names below ``forms``; one without rows is not written.

    Objections go to the month in which they were filed, for that is the month in which they are dealt with. An
    inspection that found nothing is a table without rows: None where nobody inspected.
    """
    month = str(about.month)
    files = {}
    if ratings:
        files[f"{month}/{RATINGS}"] = _ratings_table(about, ratings)
    if said:
        files[f"{month}/{INTERVIEWS}"] = _interview_table(about, said)
    if happened is not None:
        files[f"{month}/{EVENTS}"] = _events_table(about, happened)
    if reviewed:
        files[f"{month}/{QUALITY}"] = _quality_table(about, reviewed)
    for filed in sorted({Month.of(one.filed_on) for one in objections}):
        own = [one for one in objections if Month.of(one.filed_on) == filed]
        files[f"{filed}/{appeals_name(about.month)}"] = _appeals_table(about, own)
    return files


def appeals_name(month: Month) -> str:
    """The table of objections to a month's score, in the folder of the month in which they were filed."""
    return f"appeals_{month}.csv"


def _ratings_table(about: TablesAbout, ratings: Sequence[Rating]) -> bytes:
    language = about.language
    heads = _heads("ratings", ("agent_id", "agent_name", "date", "rater", "role", "item", "value", "reason"), language)
    voted = any(one.day for one in ratings)
    rows = [
        (
            one.agent_id, about.names.get(one.agent_id, ""), str(_rated_on(about.month, one)), one.rater,
            say(f"forms-role-{one.role}", language), one.item, one.value, one.reason, where_text(one.place, language),
            *([str(one.day or "")] if voted else []),
        )
        for one in ratings
    ]  # fmt: skip
    own = [say("forms-column-source", language), *([say("forms-head-voted-on", language)] if voted else [])]
    return _table([*heads, *own], rows)


def _rated_on(month: Month, one: Rating) -> date:
    """A day of the rated month: that of the vote, or the last one, for people vote about a month when it is over."""
    return one.day if one.day and Month.of(one.day) == month else month.last


def _interview_table(about: TablesAbout, said: Sequence[Said]) -> bytes:
    """What was said in the interviews. No source of the workspace: a talk is no rating and changes no score."""
    language = about.language
    own = [say(f"forms-column-{name}", language) for name in ("field", "text", "source")]
    heads = [*_heads("ratings", ("agent_id", "agent_name", "rater"), language), *own]
    rows = [
        (
            one.agent_id, about.names.get(one.agent_id, ""), one.rater, say(f"form.{one.field}", language), one.text,
            where_text(one.place, language),
        )
        for one in said
    ]  # fmt: skip
    return _table(heads, rows)


def _events_table(about: TablesAbout, happened: Sequence[Happened]) -> bytes:
    """What inspections found, with who found it and where it was written down."""
    language = about.language
    heads = _heads("events", ("agent_id", "agent_name", "date", "event", "count", "evidence"), language)
    heads += [say("forms-rater", language), say("forms-column-source", language)]
    rows = [
        (
            one.agent_id, about.names.get(one.agent_id, ""), str(one.day), one.event, str(one.count), one.evidence,
            one.rater, where_text(one.place, language),
        )
        for one in sorted(happened, key=lambda one: (one.agent_id, one.day, one.event, one.evidence))
    ]  # fmt: skip
    return _table(heads, rows)


def _quality_table(about: TablesAbout, reviewed: Sequence[Reviewed]) -> bytes:
    """What reviews of contacts found, with what was remarked and where it was written down."""
    language = about.language
    columns = ("agent_id", "agent_name", "date", "interaction_id", "item", "passed", "critical", "spot_check", "score",
               "full_score", "reviewer")  # fmt: skip
    own = [say("forms-head-remark", language), say("forms-column-source", language)]
    rows = [
        (
            one.agent_id, about.names.get(one.agent_id, ""), str(one.day), one.contact, one.item,
            *(_flag(flag, language) for flag in (one.passed, one.critical, one.spot_check)),
            _number(one.points), _number(one.full), one.reviewer, one.remark, where_text(one.place, language),
        )
        for one in sorted(reviewed, key=lambda one: (one.agent_id, one.day, one.contact, one.item, one.place.row or 0))
    ]  # fmt: skip
    return _table([*_heads("quality", columns, language), *own], rows)


def _flag(flag: bool | None, language: str) -> str:
    return "" if flag is None else say("forms-yes" if flag else "forms-no", language)


def _number(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"


def _appeals_table(about: TablesAbout, objections: Sequence[Objection]) -> bytes:
    language = about.language
    columns = ("agent_id", "agent_name", "date", "item", "reason", "decision", "published_on", "decided_on")
    rows = [
        (
            one.agent_id, about.names.get(one.agent_id, ""), str(one.filed_on), one.item, _objection(about, one), "",
            str(one.published_on or ""), "", where_text(one.place, language),
        )
        for one in objections
    ]  # fmt: skip
    return _table([*_heads("appeals", columns, language), say("forms-column-source", language)], rows)


def _objection(about: TablesAbout, one: Objection) -> str:
    """An objection in one text: which month's score, what instead, why, and what proves it."""
    language = about.language
    none = say("no-value", language)
    return say(
        "forms-objection",
        language,
        month=about.month,
        claim=one.claim or none,
        reason=one.reason or none,
        evidence=one.evidence or none,
    )


def _heads(table: str, columns: Iterable[str], language: str) -> list[str]:
    known = {column.name: column for column in TABLES[table].columns}
    return [header_of(known[name], language) for name in columns]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table in UTF-8 without a mark at its start. What looks like a formula is kept from being one, and whole."""
    harmless = [[f"{UNSEEN}{text}" if text.startswith(_LIKE_A_FORMULA) else text for text in row] for row in rows]
    return csv_bytes(heads, harmless).removeprefix(codecs.BOM_UTF8)
