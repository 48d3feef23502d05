"""Drawings as inline SVG: plain shapes and text, placed in percent, so that they grow with the page and its letters.

A drawing stands beside the figures it shows, in the same row or with a table of its own, and is never alone in
telling them; colours come from the page's style sheet by class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from csctl.messages.grammar import joined_parts
from csctl.money import exact, round_half_up
from csctl.reports.figures import full_number, ratio
from csctl.reports.html.elements import Html, element

_WIDTH, _HEIGHT, _MARGIN = 240, 86, 12
_TOP, _FLOOR = 24, 70
_BESIDE = {"aria_hidden": "true", "focusable": "false"}
"""Of a drawing whose figures stand next to it: there is nothing more in it to be read out."""


@dataclass(frozen=True, slots=True)
class BarPart:
    """Part of a bar, from one share of the width to another (0 to 1), with its class and what it is."""

    start: Fraction
    end: Fraction
    look: str
    title: str = ""


def _percent(share: Fraction) -> str:
    """A share of the width as SVG writes it."""
    return f"{round_half_up(share * 100, 2)}%"


def bar(pieces: Sequence[BarPart]) -> Html:
    """A horizontal bar of pieces."""
    shapes = []
    for piece in pieces:
        low, high = min(piece.start, piece.end), max(piece.start, piece.end)
        shape = element("rect", x=_percent(low), width=_percent(high - low), y="3", height="12", rx="1")
        shapes.append(element("g", element("title", piece.title) if piece.title else None, shape, class_=piece.look))
    return element("svg", *shapes, class_="bar", **_BESIDE)


def dot(at: Fraction, look: str, guides: Sequence[Fraction] = ()) -> Html:
    """A dot on a line of its own; dashed guide lines run on from row to row."""
    lines = [element("line", x1=_percent(one), x2=_percent(one), y1="0", y2="100%", class_="guide") for one in guides]
    track = element("line", x1="0%", x2="100%", y1="50%", y2="50%", class_="track")
    mark = element("circle", cx=_percent(at), cy="50%", r="5", class_=look)
    return element("svg", track, *lines, mark, class_="strip", **_BESIDE)


def swatch(look: str) -> Html:
    """A small square in the colour of a class, for a legend."""
    return element("svg", element("rect", width="100%", height="100%", rx="2", class_=look), class_="key", **_BESIDE)


def axis(marks: Sequence[tuple[Fraction, str]]) -> Html:
    """Words above a column of bars, each at its place; at the edges they lean inwards."""
    texts = [
        element(
            "text", words, x=_percent(at), y="12", class_="axis",
            text_anchor="start" if at < Fraction(1, 10) else "end" if at > Fraction(9, 10) else "middle",
        )
        for at, words in marks
    ]  # fmt: skip
    return element("svg", *texts, class_="bar", **_BESIDE)


def trend(
    title: str, values: Sequence[Decimal | None], months: Sequence[str], low: Decimal, high: Decimal,
    language: str, beside: Sequence[Decimal | None] = (),
) -> Html:  # fmt: skip
    """A line over the months between ``low`` and ``high``, with a dot and its figure at both ends.

    A month without a figure leaves a gap. ``beside`` is a second, dashed line on the same scale.
    """
    points = _points(values, low, high)
    shapes: list[Html] = [element("line", x1=_MARGIN, x2=_WIDTH - _MARGIN, y1=_FLOOR, y2=_FLOOR, class_="track")]
    shapes += _lines(_points(beside, low, high), "beside") + _lines(points, "line")
    known = [index for index, point in enumerate(points) if point is not None]
    for index in sorted({*known[:1], *known[-1:]}):
        shapes += _labelled(index, points[index] or (0, 0), full_number(values[index]), len(values))
    shapes += [_under(index, months[index], len(months)) for index in sorted({0, len(months) - 1})]
    words = joined_parts(
        (f"{month} {full_number(value)}" for month, value in zip(months, values, strict=True)), language
    )
    described = (element("title", title), element("desc", words))
    return element("svg", *described, *shapes, class_="trend", role="img", viewBox=f"0 0 {_WIDTH} {_HEIGHT}")


def _points(
    values: Sequence[Decimal | None], low: Decimal, high: Decimal
) -> list[tuple[Decimal | int, Decimal | int] | None]:
    """Where each value lies on the drawing."""
    steps = max(len(values) - 1, 1)
    return [
        None
        if value is None
        else (
            round_half_up(_MARGIN + Fraction((_WIDTH - 2 * _MARGIN) * index, steps), 1),
            round_half_up(_FLOOR - (_FLOOR - _TOP) * ratio(value, exact(low), exact(high)), 1),
        )
        for index, value in enumerate(values)
    ]


def _lines(points: Sequence[tuple[Decimal | int, Decimal | int] | None], look: str) -> list[Html]:
    """A line through each run of neighbouring months that have a value."""
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{point[0]},{point[1]}")
    return [element("polyline", points=" ".join(run), class_=look) for run in runs if len(run) > 1]


def _labelled(index: int, point: tuple[Decimal | int, Decimal | int], words: str, count: int) -> list[Html]:
    left = index * 2 < count - 1
    at = {"x": str(point[0]), "text_anchor": "start" if left else "end"}
    return [
        element("circle", cx=str(point[0]), cy=str(point[1]), r="3", class_="dot"),
        element("text", words, y=str(point[1] - 7), class_="figure", **at),
    ]


def _under(index: int, words: str, count: int) -> Html:
    first = index == 0 and count > 1
    x, anchor = (_MARGIN, "start") if first else (_WIDTH - _MARGIN, "end")
    return element("text", words, x=x, y=_HEIGHT - 3, text_anchor=anchor, class_="axis")
