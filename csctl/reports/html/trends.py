"""The report's part about the past months: the team's figures, and everybody's score."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from csctl.messages.units import unit_word
from csctl.reports.figures import full_number, round_span
from csctl.reports.html.charts import trend
from csctl.reports.html.elements import Content, Html, element
from csctl.reports.html.tables import Column, details_block, section, table
from csctl.reports.trends import Series, months_shown, score_trends, team_trends, telling_series
from csctl.reports.view import ReportInput
from csctl.reports.words import report_word

_STEP = 10
_MOST_FIGURES = 16
"""Of a larger team the trends of so many are shown: the best, the last, and who moved most."""


def trends_part(given: ReportInput) -> Html:
    """The team's figures and everybody's score over the past months."""
    language, title = given.language, report_word("trends", given.language)
    months = months_shown(given.result, given.past)
    if len(months) < 2:
        return section("trends", title, element("p", report_word("no-past", language)))
    names = [str(one.month) for one in months]
    team = [_figure(one, names, *_own_scale(one), language) for one in team_trends(months, language)]
    of_team = (
        [element("h3", report_word("trends-team", language)), element("div", *team, class_="charts")] if team else []
    )
    return section("trends", title, *of_team, *_trends_of_people(score_trends(months), names, language))


def _trends_of_people(people: Sequence[Series], months: Sequence[str], language: str) -> list[Html]:
    """Everybody's score on one scale; nothing in a month in which nobody has one."""
    if not people:
        return []
    known = [value for one in people for value in one.values if value is not None]
    low, high = round_span(known, _STEP)
    drawn = [_figure(one, months, Decimal(low), Decimal(high), language) for one in people]
    telling = telling_series(people, _MOST_FIGURES)
    others = [figure for at, figure in enumerate(drawn) if at not in telling]
    rest = details_block(report_word("others", language, count=len(others)), element("div", *others, class_="charts"))
    said = report_word("trends-hint", language, low=low, high=high)
    return [
        element("h3", report_word("trends-people", language)),
        element("p", said, f" {report_word('trends-few', language)}" if others else "", class_="hint"),
        element("div", *(drawn[at] for at in telling), class_="charts"),
        *([rest] if others else []),
        details_block(report_word("show-figures", language), _trend_table(people, months, language)),
    ]


def _own_scale(one: Series) -> tuple[Decimal, Decimal]:
    """From zero to the largest value; a mean of scores between whole tens."""
    known = [value for value in one.values if value is not None]
    if one.unit in ("points", "%"):
        low, high = round_span(known, _STEP)
        return Decimal(low), Decimal(high)
    return min(Decimal(0), *known), max(Decimal(1), *known)


def _figure(one: Series, months: Sequence[str], low: Decimal, high: Decimal, language: str) -> Html:
    unit = unit_word(one.unit, language)
    name = (
        f"{one.label} {one.about}".strip()
        if one.about
        else report_word("with-unit", language, label=one.label, unit=unit)
    )
    return element("figure", element("figcaption", name), trend(name, one.values, months, low, high, language))


def _trend_table(people: Sequence[Series], months: Sequence[str], language: str) -> Html:
    columns: list[Column] = [(report_word("name", language), "name"), *((month, "num") for month in months)]
    rows: list[list[Content]] = [
        [f"{one.label} {one.about}", *(full_number(value) for value in one.values)] for one in people
    ]
    return table(columns, rows, look="wide")
