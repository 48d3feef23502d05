"""The workbook in which a policy is written: general settings, a sheet for each kind of entry, how cells are written.

Rows and sheets that begin with ``#`` are for people; everything else is read by ``csctl.policy.form``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from csctl.messages import say
from csctl.messages.grammar import listed, with_aside
from csctl.policy.form.cells import REMARK, allowed_words, is_flag, written_key
from csctl.policy.form.conditions import flag_word
from csctl.policy.form.examples import choices_said, example_of, ways_to_write
from csctl.policy.form.filling import Filled, Value
from csctl.policy.form.layout import GENERAL, EntrySheet, Keys, entry_sheets
from csctl.policy.form.words import KEY, NAME, VALUE, head_of, heads_of, meaning_of, sheet_or_head_name
from csctl.policy.keys import Ref
from csctl.policy.schema import Spec
from csctl.workbook.cells import column_range
from csctl.workbook.fitting import height_of, lines_in
from csctl.workbook.looks import Look
from csctl.workbook.making import Making, beside_each_other, keep_in_sight, on_paper
from csctl.workbook.text import shown_width

CORE: tuple[Keys, ...] = (
    ("dimension",), ("dimension", "indicator"), ("measure",), ("event",), ("adjustment",), ("grade",), ("level",),
    ("pay", "allowance"), ("pay", "performance"), ("pay", "commission"), ("pay", "pool"), ("pay", "award"),
    ("pay", "fine"), ("assumption",),
)  # fmt: skip
"""The sheets that a form has even where nothing is written on them."""
_TITLE, _EXAMPLES, _HEADS = 0, 1, 2
_ROWS = 200
"""So many rows have drop-downs."""
_SPARE = 15
"""Empty rows that are open to be written in."""
_NARROWEST, _WIDEST, _EXAMPLE_WIDTH = 9, 44, 14
_GENERAL_WIDTHS = (24, 40, 46, 38)
_HELP_WIDTHS = (36, 74)
_LIST_LIMIT = 255
"""Characters that a drop-down written out may have."""


def policy_book(
    filled: Filled,
    language: str,
    figures: Sequence[tuple[str, str]],
    made_on: date,
    *,
    core: bool = True,
) -> bytes:
    """The workbook of a policy's cells.

    ``figures`` are the measures that may be named, each with what people call it. ``core``: with the usual sheets,
    also those that are empty.
    """
    book = Making(made_on)
    page = _Page(book, language, figures)
    page.help()
    page.general(filled)
    for sheet in entry_sheets():
        rows = filled.entries.get(sheet.keys, [])
        if rows or (core and sheet.keys in CORE):
            page.entries(sheet, rows)
    page.choices()
    return book.content()


class _Page:
    """What all sheets of a form share."""

    def __init__(self, book: Making, language: str, figures: Sequence[tuple[str, str]]) -> None:
        self.book, self.language, self.figures = book, language, figures

    def word(self, code: str) -> str:
        return sheet_or_head_name(code, self.language)

    def help(self) -> None:
        """What a lead needs to know, on one page, and how each kind of cell is written."""
        sheet = self.book.sheet(self.word("note"))
        lines = say("policybook-help", self.language).split("\n")
        for row, line in enumerate(lines):
            self.book.stretch(sheet, row, 0, row, 1, line, "title" if row == 0 else "wrap")
            _heighten(sheet, row, [line], [sum(_HELP_WIDTHS)])
        row = len(lines) + 1
        for what, how in ways_to_write(self.language):
            self.book.put(sheet, row, 0, what, "wrap")
            self.book.put(sheet, row, 1, how, "wrap")
            _heighten(sheet, row, (what, how), _HELP_WIDTHS)
            row += 1
        names = [self.word(sheet.code) for sheet in entry_sheets()]
        self.book.put(sheet, row + 1, 0, say("policybook-all-sheets", self.language), "said")
        self.book.stretch(sheet, row + 2, 0, row + 2, 1, listed(names, self.language), "wrap")
        _heighten(sheet, row + 2, [listed(names, self.language)], [sum(_HELP_WIDTHS)])
        for column, width in enumerate(_HELP_WIDTHS):
            sheet.set_column(column, column, width)
        on_paper(sheet, upright=True)

    def general(self, filled: Filled) -> None:
        """Every key that is written once, by the part of the policy it belongs to."""
        sheet = self.book.sheet(self.word(GENERAL))
        self.book.put(sheet, _TITLE, 0, f"{REMARK} {say('policybook-general-said', self.language)}", "remark")
        for column, code in enumerate(("head-setting", VALUE, "head-meaning", KEY)):
            self.book.put(sheet, _EXAMPLES, column, self.word(code), "head")
        row = _HEADS
        for part, own in groupby(filled.general, key=self._part):
            if part:
                self.book.put(sheet, row, 0, f"{REMARK} {part}", "section")
                row += 1
            for keys, spec, value in own:
                self._setting(sheet, row, keys, spec, value)
                row += 1
        for column, width in enumerate(_GENERAL_WIDTHS):
            sheet.set_column(column, column, width)
        keep_in_sight(sheet, _EXAMPLES)
        on_paper(sheet)

    def _part(self, setting: tuple[Keys, Spec, Value]) -> str:
        """What the part of the policy is called to which a setting belongs; "" for the policy itself."""
        keys, spec, _ = setting
        code = "-".join(keys[:-1]).replace("_", "-") if spec.key else "other"
        return self.word(f"part-{code}") if code else ""

    def _setting(self, sheet: Any, row: int, keys: Keys, spec: Spec, value: Value) -> None:
        label = self.word(head_of(spec)) if spec.key else keys[-1]
        described, choices = meaning_of(keys, self.language), choices_said(spec, self.language)
        meaning = with_aside(described, choices, self.language) if described and choices else described or choices
        cells: list[tuple[Value, Look]] = [
            (label, "text"), (value, _look(value)), (meaning, "remark_boxed"),
            (".".join(map(written_key, keys)), "figure"),
        ]  # fmt: skip
        for column, (content, look) in enumerate(cells):
            self.book.put(sheet, row, column, content, look)
        _heighten(sheet, row, [content for content, _ in cells], _GENERAL_WIDTHS)
        self._drop_down(sheet, row, row, 1, spec)

    def entries(self, sheet: EntrySheet, rows: Sequence[Sequence[Value]]) -> None:
        """The sheet of one kind of entry: an example of each cell in grey, the heads, the entries."""
        page = self.book.sheet(self.word(sheet.code))
        self.book.put(page, _TITLE, 0, f"{REMARK} {self.word(sheet.code)}", "remark")
        codes = heads_of(sheet)
        specs: list[Spec | None] = [None] * (len(codes) - len(sheet.columns)) + list(sheet.columns)
        examples = [f"{REMARK} {say('policybook-example', self.language)}"]
        examples += [example_of(spec, self.language) if spec else "" for spec in specs[1:]]
        widths = [
            _width([self.word(code), example[:_EXAMPLE_WIDTH], *(str(row[at] or "") for row in rows)])
            for at, (code, example) in enumerate(zip(codes, examples, strict=True))
        ]
        for column, (code, example) in enumerate(zip(codes, examples, strict=True)):
            self.book.put(page, _EXAMPLES, column, example, "remark_boxed")
            self.book.put(page, _HEADS, column, self.word(code), "head")
        _heighten(page, _EXAMPLES, examples, widths)
        for number, row in enumerate([*rows, *([[None] * len(codes)] * _SPARE)], start=_HEADS + 1):
            for column, value in enumerate(row):
                self.book.put(page, number, column, value, _look(value))
            _heighten(page, number, row, widths)
        for column, spec in enumerate(specs):
            page.set_column(column, column, widths[column])
            if spec is not None:
                self._drop_down(page, _HEADS + 1, _HEADS + _ROWS, column, spec)
            elif codes[column] != NAME:
                self._owners(page, sheet, column)
        named = 1 + (sheet.within is not None)
        keep_in_sight(page, _HEADS, named)
        on_paper(page)
        beside_each_other(page, widths, named)

    def _owners(self, page: Any, sheet: EntrySheet, column: int) -> None:
        """Whose an entry is: one of those that stand on the other sheet."""
        if sheet.within is not None:
            source = column_range(_HEADS + 1, _HEADS + _ROWS, 0, self.word(sheet.within.code))
            rule = {"validate": "list", "source": f"={source}", "show_error": False}
            page.data_validation(_HEADS + 1, column, _HEADS + _ROWS, column, rule)

    def _drop_down(self, page: Any, first: int, last: int, column: int, spec: Spec) -> None:
        """What may stand in the cells of a key, where that is one of a few things."""
        refers = spec.mark(Ref)
        if is_flag(spec):
            source: Any = [flag_word(flag, self.language) for flag in (True, False)]
        elif refers is not None and refers.to == "measure" and spec.text and self.figures:
            source = f"={column_range(1, len(self.figures), 0, self.word('choices'))}"
        else:
            source = allowed_words(spec)
        if source and (isinstance(source, str) or len(",".join(source)) <= _LIST_LIMIT):
            page.data_validation(
                first, column, last, column, {"validate": "list", "source": source, "show_error": False}
            )

    def choices(self) -> None:
        """The measures that may be named, for the drop-downs and to look up."""
        sheet = self.book.sheet(self.word("choices"))
        for column, code in enumerate((KEY, "key-label")):
            self.book.put(sheet, 0, column, self.word(code), "head")
        for row, (name, label) in enumerate(self.figures, start=1):
            self.book.put(sheet, row, 0, name, "text")
            self.book.put(sheet, row, 1, label, "text")
        sheet.set_column(0, 1, 36)
        keep_in_sight(sheet, 0)
        on_paper(sheet, upright=True)


def _look(value: Value) -> Look:
    return "input" if isinstance(value, str | None) else "input_number"


def _width(texts: Sequence[str]) -> int:
    return min(max(*map(shown_width, texts), _NARROWEST), _WIDEST) + 2


def _heighten(page: Any, row: int, values: Sequence[Value], widths: Sequence[int]) -> None:
    """As high as its longest cell needs."""
    cells = zip(values, widths, strict=False)
    lines = max((lines_in(value, width) for value, width in cells if isinstance(value, str)), default=1)
    if height := height_of(lines):
        page.set_row(row, height)
