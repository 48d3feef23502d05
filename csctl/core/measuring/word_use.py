"""Every column that rules ask about, word by word: how often each occurs in a month, and who knows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import and_
from typing import Any

import narwhals as nw

from csctl.core.frames.frame import Frame, records
from csctl.core.frames.sameness import with_words, word_column
from csctl.month import Month
from csctl.policy.asked import AskedColumn, asked_columns
from csctl.policy.model import Policy
from csctl.problems import NOWHERE, Place
from csctl.tables import Texts
from csctl.words import sender_of

Staff = Callable[[str], bool]
"""Whether a text is a name, number or account of somebody on the roster."""


class WordStanding(Enum):
    """How a word stands to the rules."""

    NAMED = "named"
    IGNORED = "ignored"
    UNDERSTOOD = "understood"
    """No rule names it, and csctl knows what it means: a customer or a colleague who wrote a message."""
    UNKNOWN = "unknown"
    NEVER = "never"
    """A rule names it, and neither it nor another that would do occurs."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a column, as most rows spell it; ``rule`` names it first. ``first`` is the first row that has it."""

    text: str
    form: str
    rows: int
    standing: WordStanding
    rule: str = ""
    first: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class WordUse:
    """A column that rules ask about and its words, most frequent first; words that never occur stand last.

    ``blank``: rows in which a column that weighs says nothing, and ``blank_at`` the first of them.
    """

    asked: AskedColumn
    words: tuple[Word, ...]
    blank: int = 0
    blank_at: Place = NOWHERE

    def of(self, *standings: WordStanding) -> list[Word]:
        """Its words that stand so."""
        return [word for word in self.words if word.standing in standings]


def word_use(policy: Policy, frames: Mapping[str, Frame], month: Month, staff: Staff) -> list[WordUse]:
    """The use of every asked column of the tables that are there.

    ``frames`` are tables as rules see them, credited where they are about agents. Columns without a row are left out.
    """
    found = [_use(asked, frames[asked.table.name], month, staff)
             for asked in asked_columns(policy) if asked.table.name in frames]  # fmt: skip
    return [use for use in found if use.blank or any(word.rows for word in use.words)]


def _use(asked: AskedColumn, frame: Frame, month: Month, staff: Staff) -> WordUse:
    met = _words_met(asked, frame, month, staff)
    same, forms = asked.column.texts.same, {word.form for word in met}
    lacking = [one for one in asked.questions if one.wanted and not forms & set(map(same, one.texts))]
    never = {one.texts: Word(" / ".join(one.texts), "", 0, WordStanding.NEVER, one.rule) for one in reversed(lacking)}
    words = (*sorted(met, key=lambda word: (-word.rows, word.text)), *reversed(never.values()))
    return WordUse(asked, words, *_blank(asked, frame, month))


def _blank(asked: AskedColumn, frame: Frame, month: Month) -> tuple[int, Place]:
    """How many rows that weigh leave the column empty, and the first of them; where rows may be so, it is said else."""
    name = asked.column.name
    if not asked.column.weighs or asked.column.may_lack or not any(one.wanted for one in asked.questions):
        return 0, NOWHERE
    tests = [nw.col(name).is_null() | (nw.col(name) == ""), *_tests_of_rows(asked, month)]
    kept = frame.filter(reduce(and_, tests)).select("source_file", "source_sheet", "source_row")
    found = records(kept)
    places = sorted((row["source_file"] or "", row["source_sheet"] or "", row["source_row"] or 0) for row in found)
    return len(places), Place(*places[0], name) if places else NOWHERE


def _words_met(asked: AskedColumn, frame: Frame, month: Month, staff: Staff) -> list[Word]:
    """The words of the month's rows: of each form the most frequent spelling, and the first row in order of files."""
    spellings: dict[str, list[dict[str, Any]]] = {}
    for row in _spellings(asked, frame, month):
        spellings.setdefault(row["form"], []).append(row)
    rules, ignored = asked.rules, asked.leaves_alone
    found = []
    for form, rows in spellings.items():
        counts: dict[str, int] = {}
        for row in rows:
            counts[row["text"]] = counts.get(row["text"], 0) + int(row["rows"])
        text = min(counts, key=lambda spelling: (-counts[spelling], spelling))
        first = min(rows, key=lambda row: (row["file"] or "", row["sheet"] or "", row["first"] or 0))
        place = Place(first["file"] or "", first["sheet"] or "", first["first"])
        standing = _standing(asked, form, text, ignored, staff)
        found.append(Word(text, form, sum(counts.values()), standing, rules.get(form, ""), place))
    return found


def _standing(asked: AskedColumn, form: str, text: str, ignored: frozenset[str], staff: Staff) -> WordStanding:
    if form in asked.rules:
        return WordStanding.NAMED
    if form in ignored:
        return WordStanding.IGNORED
    understood = asked.column.texts is Texts.SENDERS and (sender_of(text) is not None or staff(text))
    return WordStanding.UNDERSTOOD if understood else WordStanding.UNKNOWN


def _tests_of_rows(asked: AskedColumn, month: Month) -> list[nw.Expr]:
    """Which rows count: those of the month, and where a flag decides, those that have it."""
    of_month = [nw.col("month") == str(month)] if asked.table.dated is not None else []
    return of_month + ([nw.col(asked.column.weighs_if)] if asked.column.weighs_if else [])


def _spellings(asked: AskedColumn, frame: Frame, month: Month) -> list[dict[str, Any]]:
    """Every spelling of every word with its rows in each file and sheet."""
    name = asked.column.name
    tests = [~nw.col(name).is_null(), nw.col(name) != "", *_tests_of_rows(asked, month)]
    if asked.column.texts is Texts.SENDERS and asked.table.column("customer_id"):
        # A customer who is named by what numbers him is no unknown word.
        tests.append(nw.col(name) != nw.col("customer_id").fill_null(""))
    kept = with_words(frame.filter(reduce(and_, tests)), asked.table.name, [name])
    counted = kept.group_by(word_column(name), name, "source_file", "source_sheet").agg(
        nw.len().alias("rows"), nw.col("source_row").min().alias("first")
    )
    return records(
        counted.select(
            nw.col(word_column(name)).alias("form"),
            nw.col(name).alias("text"),
            nw.col("source_file").alias("file"),
            nw.col("source_sheet").alias("sheet"),
            "rows",
            "first",
        )
    )
