"""``report.html``: the month for the one who leads the team. It names everybody and every amount."""

from __future__ import annotations

import re
from collections.abc import Callable

from csctl.messages.units import currency_word
from csctl.month import Month
from csctl.reports.figures import NONE, amount_or_dash, full_number
from csctl.reports.html.elements import Content, Html, element
from csctl.reports.html.matters import (
    assumptions_part,
    causes_part,
    data_part,
    law_part,
    sign_off_part,
    signatures_part,
    week_part,
    weekly_part,
)
from csctl.reports.html.money_parts import composition_part, pools_part
from csctl.reports.html.page import page
from csctl.reports.html.people import (
    heat_part,
    moved_part,
    scoreboard_part,
    spread_part,
)
from csctl.reports.html.tables import tiles
from csctl.reports.html.trends import trends_part
from csctl.reports.view import ReportInput, Summary, month_summary, quality
from csctl.reports.weekly import Weekly
from csctl.reports.words import report_word

_HEADING = re.compile(r'<section id="([a-z-]+)"><h2>(.*?)</h2>')


def report_html(given: ReportInput, weeks: Weekly | None = None) -> bytes:
    """The whole report; with ``weeks``, a part about them."""
    language = given.language
    parts = [
        scoreboard_part(given), spread_part(given), heat_part(given), moved_part(given), trends_part(given),
        pools_part(given), composition_part(given), causes_part(given),
        weekly_part(weeks, language) if weeks else None,
        sign_off_part(given), data_part(given), law_part(given), assumptions_part(given),
    ]  # fmt: skip
    present = [part for part in parts if part is not None]
    policy = given.result.policy
    title = f"{given.team} · {given.result.month}"
    about = report_word(
        "about", language, policy=policy.label, version=policy.version, state=report_word(policy.state, language)
    )
    return page(
        title,
        language,
        [
            element("h1", title),
            element("p", about, class_="lead"),
            _tiles(given),
            _contents(present, language),
            *present,
            signatures_part(language),
            element("footer", report_word("private", language)),
        ],
    )


def week_html(team: str, month: Month, weeks: Weekly, language: str) -> bytes:
    """The last of these weeks, for the meeting on Monday."""
    title = f"{team} · {weeks.weeks[-1].name}"
    about = report_word("week-about", language, month=month)
    return page(title, language, [element("h1", title), element("p", about, class_="lead"), week_part(weeks, language)])


def _tiles(given: ReportInput) -> Html:
    """The month in a few figures, each with last month's."""
    language, now = given.language, month_summary(given.result)
    before = month_summary(given.previous) if given.previous else None
    currency = currency_word(given.result.policy.currency, language)
    shown_as: list[tuple[str, Callable[[Summary], str]]] = [
        (report_word("people-scored", language), lambda one: f"{one.scored} / {one.people}"),
        (report_word("mean", language), lambda one: full_number(one.mean)),
        (report_word("median", language), lambda one: full_number(one.median)),
        (report_word("failed-people", language), lambda one: str(one.failed)),
        (report_word("pay-all", language, currency=currency), lambda one: amount_or_dash(one.pay_cents)),
        (report_word("pool-all", language, currency=currency), lambda one: amount_or_dash(one.pool_cents)),
    ]
    figures: list[tuple[str, Content, str]] = []
    for name, of in shown_as:
        last = of(before) if before else NONE
        remark = "" if last == NONE else report_word("last-month", language, value=last)
        figures += [(name, of(now), remark)] if of(now) != NONE else []
    problems = sum(line.count for line in quality(given.problems))
    return tiles([*figures, (report_word("problems", language), problems, "")])


def _contents(parts: list[Html], language: str) -> Html:
    """Links to the parts."""
    found = [match for part in parts if (match := _HEADING.match(part.markup))]
    links = [element("a", Html(match[2]), href=f"#{match[1]}") for match in found]
    return element("nav", *links, aria_label=report_word("contents", language))
