"""Draw the shipped performance sheets into ``templates/``: run it after a change here and commit what it writes.

Fixed words are placeholders too (``{{word.…}}``), so one drawing serves Chinese and English. No formulas: every
program and preview shows the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FONT = "宋体"
GREY = "#D9D9D9"
INSURANCE = {
    "satisfaction": ("csat", "complaint_rate", "fcr", "response", "praise"),
    "competence": ("exam", "sales", "claim_accuracy", "training", "compliance"),
    "collaboration": ("cross_team", "communication", "client_skill", "info_accuracy", "emotion"),
    "growth": ("new_skills", "improvement", "summary", "initiative", "career_plan"),
}
LONG = {"compliance", "communication", "client_skill", "emotion", "summary", "initiative", "career_plan"}
"""Indicators whose standard takes three lines."""


class Drawing:
    """One A4 sheet being drawn: a current row, and looks by name."""

    def __init__(self, book: Any, sheet: Any) -> None:
        base = {"font_name": FONT, "font_size": 10, "valign": "vcenter", "border": 1, "text_wrap": True}
        centre = base | {"align": "center"}
        self.book, self.sheet, self.row, self.wide = book, sheet, 0, False
        self.looks = {
            name: book.add_format(properties)
            for name, properties in {
                "title": base | {"font_size": 18, "bold": True, "align": "center", "border": 0},
                "head": centre | {"bold": True, "bg_color": GREY},
                "label": centre | {"bg_color": "#F2F2F2"},
                "side": centre | {"bold": True, "bg_color": "#F2F2F2"},
                "value": centre,
                "text": base | {"align": "left", "indent": 1},
                "small": base | {"align": "left", "font_size": 9},
                "points": centre,
                "final": centre | {"bold": True, "font_size": 13},
                "blank": base | {"align": "left", "valign": "top", "indent": 1},
                "sign": base | {"align": "left", "border": 0},
                "banner": centre | {"font_size": 34, "bold": True, "border": 0},
                "name": centre | {"font_size": 22, "bold": True, "border": 0},
                "plain": centre | {"font_size": 16, "border": 0},
                "right": base | {"font_size": 13, "align": "right", "border": 0},
                "underlined": centre | {"font_size": 13, "border": 0, "bottom": 1},
            }.items()
        }  # fmt: skip

    def line(self, height: float | None, *cells: tuple[str, str, str]) -> None:
        """One row: columns such as ``B:D``, text, looks; then one row down. Height in points, None: by content."""
        if height is not None:
            self.sheet.set_row(self.row, height)
        for columns, text, looks in cells:
            self.box(columns, self.row, self.row, text, looks)
        self.row += 1

    def box(self, columns: str, first: int, last: int, text: str, looks: str) -> None:
        """A cell, or merged cells over columns and rows (counted from 0)."""
        left, _, right = columns.partition(":")
        start, end = ord(left) - 65, ord(right or left) - 65
        if (start, first) == (end, last):
            self.sheet.write_string(first, start, text, self.looks[looks])
        else:
            self.sheet.merge_range(first, start, last, end, text, self.looks[looks])


@contextmanager
def drawing(name: str, widths: tuple[float, ...]) -> Iterator[Drawing]:
    """A new template on one A4 page, written when all is drawn."""
    book = xlsxwriter.Workbook(str(TEMPLATES / f"{name}.xlsx"))
    book.set_properties({"author": "csctl", "created": datetime(2026, 1, 1, tzinfo=UTC)})
    sheet = book.add_worksheet("绩效表")
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    made = Drawing(book, sheet)
    yield made
    sheet.set_paper(9)
    if made.wide:
        sheet.set_landscape()
        sheet.center_vertically()
    else:
        sheet.set_portrait()
    sheet.center_horizontally()
    sheet.set_margins(left=0.4, right=0.4, top=0.45, bottom=0.4)
    sheet.print_area(0, 0, made.row - 1, len(widths) - 1)
    sheet.hide_gridlines(2)
    book.close()


def insurance() -> None:
    """The form of an insurer's service staff: four dimensions of five indicators, two raters."""
    with drawing("insurance", (10, 15, 7, 13, 21, 21, 12, 8, 9)) as draw:
        header(draw, ("A", "B:D", "E", "F:I"))
        heads = ("dimension", "indicator", "weight", "target", "standard", "measured", "band", "points")
        columns = ("A", "B", "C", "D", "E:F", "G", "H", "I")
        draw.line(24, *((at, f"{{{{word.{name}}}}}", "head") for at, name in zip(columns, heads, strict=True)))
        for dimension, indicators in INSURANCE.items():
            insurance_dimension(draw, dimension, indicators)
        adjustments(draw, ("A", "B:D", "E:F", "G", "H", "I"))
        insurance_grid(draw)
        draw.line(30, ("A", "{{word.notes}}", "side"), ("B:I", "{{sheet.notes}}", "small"))
        interview(draw, ("A", "B", "C:E", "F", "G:I", "C:I"))
        signatures(draw, ("A:C", "D:E", "F:I"))
        draw.sheet.fit_to_pages(1, 1)


def insurance_dimension(draw: Drawing, dimension: str, indicators: tuple[str, ...]) -> None:
    """A block of indicators; the merged cell at the left names the dimension and its weight."""
    label = f"{{{{dimension.{dimension}.label}}}}\n{{{{dimension.{dimension}.weight}}}}%"
    draw.box("A", draw.row, draw.row + len(indicators) - 1, label, "side")
    for key in indicators:
        draw.line(
            38 if key in LONG else 27,
            ("B", f"{{{{line.{key}.label}}}}", "value"),
            ("C", f"{{{{line.{key}.weight}}}}", "points"),
            ("D", f"{{{{line.{key}.target}}}}", "value"),
            ("E:F", f"{{{{line.{key}.standard}}}}", "small"),
            ("G", f"{{{{line.{key}.shown}}}}", "value"),
            ("H", f"{{{{line.{key}.level}}}}", "value"),
            ("I", f"{{{{line.{key}.contribution}}}}", "points"),
        )


def insurance_grid(draw: Drawing) -> None:
    """Points per dimension and rater, and what they come to."""
    columns = ("C:D", "E", "F", "G:H")
    titles = [(at, f"{{{{dimension.{key}.label}}}}", "head") for at, key in zip(columns, INSURANCE, strict=True)]
    draw.line(24, ("A:B", "{{word.grid}}", "head"), *titles, ("I", "{{word.total}}", "head"))
    for role in ("self", "superior"):
        points = [(at, f"{{{{dimension.{key}.{role}}}}}", "points") for at, key in zip(columns, INSURANCE, strict=True)]
        draw.line(
            24, ("A:B", f"{{{{word.{role}}}}}", "label"), *points, ("I", f"{{{{score.{role}}}}}", "points")
        )  # fmt: skip
    draw.line(
        30,
        ("A:B", "{{word.final}}", "head"),
        ("C:D", "{{score.total}}", "final"),
        ("E", "{{word.formula}}", "label"),
        ("F:I", "{{score.formula}}", "value"),
    )
    draw.line(
        24,
        ("A:B", "{{word.grade}}", "label"),
        ("C:D", "{{score.grade}}", "value"),
        ("E", "{{word.coefficient}}", "label"),
        ("F", "{{score.coefficient}}", "points"),
        ("G", "{{word.rank}}", "label"),
        ("H:I", "{{score.rank}}", "value"),
    )


def generic() -> None:
    """A form for any policy: one row that repeats for every indicator, one for every adjustment."""
    with drawing("generic", (13, 17, 8, 13, 32, 12, 9, 10, 10, 10)) as draw:
        header(draw, ("A", "B:D", "E", "F:J"))
        heads = ("dimension", "indicator", "weight", "target", "standard", "measured", "band", "self", "superior")
        draw.line(25, *((chr(65 + at), f"{{{{word.{name}}}}}", "head") for at, name in enumerate(heads)),
                  ("J", "{{word.contribution}}", "head"))  # fmt: skip
        fields = {
            "dimension": "side", "label": "value", "weight": "points", "target": "value", "standard": "small",
            "shown": "value", "level": "value", "self": "points", "superior": "points", "contribution": "points",
        }  # fmt: skip
        draw.line(
            None, *((chr(65 + at), f"{{{{each.{name}}}}}", looks) for at, (name, looks) in enumerate(fields.items()))
        )
        adjustments(draw, ("A", "B:D", "E:G", "H", "I", "J"))
        generic_totals(draw)
        draw.line(30, ("A", "{{word.notes}}", "side"), ("B:J", "{{sheet.notes}}", "small"))
        interview(draw, ("A", "B", "C:E", "F:G", "H:J", "C:J"))
        draw.book.define_name("sheet_fills_page", f"='绩效表'!$C${draw.row - 3}:$J${draw.row}")
        signatures(draw, ("A:C", "D:F", "G:J"))
        draw.sheet.fit_to_pages(1, 0)


def certificate() -> None:
    """A certificate across one page: what it is, whose, for what, its number, the day and room for a seal."""
    with drawing("certificate", (14, 26, 26, 26, 26, 14)) as draw:
        draw.line(40, ("A:F", "", "plain"))
        draw.line(70, ("A:F", "{{certificate.label}}", "banner"))
        draw.line(30, ("A:F", "", "plain"))
        draw.line(48, ("A:F", "{{agent.called}}", "name"))
        draw.line(60, ("B:E", "{{certificate.text}}", "plain"))
        draw.line(60, ("B:E", "{{certificate.of}}", "name"))
        draw.line(50, ("A:F", "", "plain"))
        draw.line(
            34,
            ("B", "{{word.certificate_number}}", "right"),
            ("C", "{{certificate.number}}", "underlined"),
            ("D", "{{word.certificate_seal}}", "right"),
            ("E", "", "underlined"),
        )
        draw.line(
            34,
            ("B", "{{word.department}}", "right"),
            ("C", "{{agent.group}}", "underlined"),
            ("D", "{{word.certificate_day}}", "right"),
            ("E", "{{certificate.day}}", "underlined"),
        )
        draw.line(30, ("A:F", "", "plain"))
        draw.wide = True
        draw.sheet.fit_to_pages(1, 1)


def generic_totals(draw: Drawing) -> None:
    """Totals per rater, the final score, and what it means."""
    draw.line(
        25,
        ("A", "{{word.total}}", "head"),
        ("B", "{{word.self}}", "label"),
        ("C:D", "{{score.self}}", "points"),
        ("E", "{{word.superior}}", "label"),
        ("F:G", "{{score.superior}}", "points"),
        ("H", "{{word.adjustments}}", "label"),
        ("I:J", "{{score.adjustments}}", "points"),
    )
    draw.line(
        30,
        ("A", "{{word.final}}", "head"),
        ("B", "{{score.total}}", "final"),
        ("C:D", "{{word.formula}}", "label"),
        ("E:J", "{{score.formula}}", "value"),
    )
    draw.line(
        25,
        ("A", "{{word.grade}}", "head"),
        ("B", "{{score.grade}}", "value"),
        ("C:D", "{{word.coefficient}}", "label"),
        ("E", "{{score.coefficient}}", "points"),
        ("F:G", "{{word.rank}}", "label"),
        ("H:J", "{{score.rank}}", "value"),
    )


def header(draw: Drawing, columns: tuple[str, str, str, str]) -> None:
    """The title, and who is assessed for which month."""
    last = columns[3].partition(":")[2]
    draw.line(38, (f"A:{last}", "{{sheet.title}}", "title"))
    fields = (
        ("agent", "{{agent.called}}", "supervisor", "{{agent.supervisor}}"),
        ("department", "{{agent.group}}", "contract", "{{agent.contract}}"),
        ("post", "{{agent.position}}", "period", "{{month}}"),
    )
    for left, first, right, second in fields:
        texts = (f"{{{{word.{left}}}}}", first, f"{{{{word.{right}}}}}", second)
        looks = ("label", "value", "label", "value")
        draw.line(24, *zip(columns, texts, looks, strict=True))


def adjustments(draw: Drawing, columns: tuple[str, ...]) -> None:
    """Points added and taken: a head, and a row that repeats."""
    draw.box(columns[0], draw.row, draw.row + 1, "{{word.adjustments}}", "side")
    heads = ("item", "note", "rule", "times", "points")
    draw.line(24, *((at, f"{{{{word.{name}}}}}", "head") for at, name in zip(columns[1:], heads, strict=True)))
    fields = {"label": "value", "note": "small", "rule": "value", "n": "value", "contribution": "points"}
    cells = zip(columns[1:], fields.items(), strict=True)
    draw.line(24, *((at, f"{{{{each.adjustment.{name}}}}}", looks) for at, (name, looks) in cells))


def interview(draw: Drawing, columns: tuple[str, ...]) -> None:
    """The talk about it: who, when, strengths, gaps, plan, comment; from the form collected, else by hand."""
    side, label, name, date_label, date, wide = columns
    draw.box(side, draw.row, draw.row + 4, "{{word.interview}}", "side")
    draw.line(
        25,
        (label, "{{word.interviewer}}", "label"),
        (name, "{{interview.interviewer}}", "blank"),
        (date_label, "{{word.interview_date}}", "label"),
        (date, "{{interview.date}}", "blank"),
    )
    for part in ("strengths", "gaps", "plan", "comment"):
        draw.line(36, (label, f"{{{{word.{part}}}}}", "label"), (wide, f"{{{{interview.{part}}}}}", "blank"))


def signatures(draw: Drawing, columns: tuple[str, str, str]) -> None:
    """Who signs, and when."""
    names = ("sign_agent", "sign_supervisor", "sign_hr")
    draw.line(28, *((at, f"{{{{word.{name}}}}}", "sign") for at, name in zip(columns, names, strict=True)))
    draw.line(18, *((at, "{{word.date}}", "sign") for at in columns))


if __name__ == "__main__":
    TEMPLATES.mkdir(exist_ok=True)
    insurance()
    generic()
    certificate()
    print(f"wrote insurance.xlsx, generic.xlsx and certificate.xlsx in {TEMPLATES}")
