"""The table of readings: what every column of every file was read as, as screen, page and workbook show it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from csctl.core.coverage.readings import DEFAULT, ColumnReading, FileReading
from csctl.messages import say
from csctl.messages.grammar import joined_parts

_UNITS = {"min": "分", "s": "秒", "h": "小时"}
_LENGTH = re.compile(r"(?<=[0-9]) (min|s|h)\b")

READING_HEADS = ("header", "column", "form", "decided", "empty", "smallest", "median", "largest")


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One column in words; "" where there is nothing to say. ``form`` is its unit and how it is written.

    ``empty`` counts empty cells as a percentage and those that could not be read.
    """

    file: str
    sheet: str
    header: str
    column: str
    form: str
    decided: str
    empty: str
    smallest: str
    median: str
    largest: str
    doubtful: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands under READING_HEADS."""
        return (
            self.header, self.column, self.form, self.decided, self.empty, self.smallest, self.median, self.largest
        )  # fmt: skip


def reading_heads(language: str) -> list[str]:
    """READING_HEADS in words."""
    return [say(f"reading-{name}", language) for name in READING_HEADS]


def reading_lines(files: Iterable[tuple[str, FileReading]], language: str) -> list[ReadingLine]:
    """The columns of files (name and reading), file by file and sheet by sheet."""
    return [_line(name, one, language) for name, reading in files for one in reading.columns]


def _line(file: str, one: ColumnReading, language: str) -> ReadingLine:
    # Where a cell could mean nothing else there is nothing to decide.
    decided = say(f"reading-decided-{one.decided}", language) if one.doubtful or one.decided != DEFAULT else ""
    empty = say("reading-share-empty", language, percent=round(100 * one.empty / one.rows)) if one.empty else ""
    unreadable = say("reading-unreadable", language, count=one.unreadable) if one.unreadable else ""
    smallest, median, largest = (_in_language(text, language) for text in (one.smallest, one.median, one.largest))
    return ReadingLine(
        file=file,
        sheet=one.sheet,
        header=one.header,
        column=one.column,
        form=joined_parts([one.unit, one.form], language),
        decided=decided,
        empty=joined_parts([empty, unreadable], language),
        smallest=smallest,
        median=median,
        largest=largest,
        doubtful=one.doubtful,
    )


def _in_language(text: str, language: str) -> str:
    """``3 min 30 s`` as the language writes it."""
    return _LENGTH.sub(lambda match: f" {_UNITS[match[1]]}", text) if language == "zh" else text
