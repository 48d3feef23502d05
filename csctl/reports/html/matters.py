"""The report's parts about what is behind the figures: causes, weeks, findings to sign off, data, law, assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from csctl.core.people.called import name_and_id
from csctl.core.records.advice import advice_remedy, advice_text, article_text, in_order_of_checks
from csctl.messages import one_line, problem_fix, problem_text, say
from csctl.messages.units import currency_word, unit_word
from csctl.money import round_half_up
from csctl.problems import Problem, Severity, errors_and_warnings, in_order
from csctl.reports.checks_view import finding_lines
from csctl.reports.figures import NONE, amount_or_dash, full_number
from csctl.reports.html.charts import BarPart, bar
from csctl.reports.html.elements import Content, Html, element
from csctl.reports.html.rows_and_columns import columns_part, fates_table, rows_part
from csctl.reports.html.tables import Column, beneath, details_block, section, table
from csctl.reports.view import Listed, ReportInput, listed_said, quality
from csctl.reports.weekly import Weekly, WeeklyFigure
from csctl.reports.words import report_word

_ROWS_SHOWN = 30
"""So many rows that failed a check are listed."""


def causes_part(given: ReportInput) -> Html | None:
    """What customers complained about most, and whatever else the policy lists."""
    if not given.listed:
        return None
    language = given.language
    parts = [part for one in given.listed for part in _listed(one, language)]
    return section("causes", report_word("causes", language), *parts)


def _listed(one: Listed, language: str) -> list[Html]:
    most = max(rows for _, rows in one.values)
    rows = [
        (
            value,
            bar([BarPart(Fraction(0), Fraction(count, most), "value")]),
            count,
            f"{round_half_up(Fraction(count * 100, one.total), 0)}%",
        )
        for value, count in one.values
    ]
    columns: list[Column] = [
        (report_word("listed-value", language), "name"), ("", "chart"), (report_word("count", language), "num"),
        (report_word("part", language), "num"),
    ]  # fmt: skip
    return [element("h3", one.label), table(columns, rows, caption=listed_said(one, language))]


def weekly_part(given: Weekly, language: str) -> Html:
    """Every measure week by week: of the team, and of each agent to be opened."""
    own = [details_block(one.label, _of_agents(given, one, language)) for one in given.figures]
    return _weeks(given, own, language, closed=True)


def week_part(given: Weekly, language: str) -> Html:
    """The last of the weeks in full, beside the one before."""
    heads: list[Column] = [(beneath(agent.name or agent.agent_id, agent.agent_id), "num") for agent in given.agents]
    rows: list[list[Content]] = [
        [_label(one, language), *(full_number(one.of_agents[agent.agent_id][-1]) for agent in given.agents)]
        for one in given.figures
    ]
    own = table([(report_word("measure", language), "name"), *heads], rows, look="wide", caption=given.weeks[-1].name)
    return _weeks(given, [own], language)


def _weeks(given: Weekly, of_agents: Sequence[Html], language: str, *, closed: bool = False) -> Html:
    """``closed``: what is folded stays out of print."""
    team: list[list[Content]] = [[_label(one, language), *map(full_number, one.of_team)] for one in given.figures]
    columns: list[Column] = [(report_word("measure", language), "name"), *_week_heads(given)]
    left = report_word("weekly-left-out", language, names=given.left_out) if given.left_out else ""
    return section(
        "weekly",
        report_word("weekly", language),
        table(columns, team, look="wide", caption=report_word("team", language)),
        element(
            "div", element("h3", report_word("by-agent", language)), *of_agents, class_="closed" if closed else None
        ),
        element("p", left, class_="hint") if left else None,
        hint=report_word("weekly-hint", language),
    )


def _week_heads(given: Weekly) -> list[Column]:
    return [(beneath(week.name[5:], f"{week.first:%m-%d} … {week.last:%m-%d}"), "num") for week in given.weeks]


def _label(one: WeeklyFigure, language: str) -> str:
    return report_word("with-unit", language, label=one.label, unit=unit_word(one.unit, language))


def _of_agents(given: Weekly, one: WeeklyFigure, language: str) -> Html:
    rows: list[list[Content]] = [
        [name_and_id(agent), *map(full_number, one.of_agents[agent.agent_id])] for agent in given.agents
    ]
    columns: list[Column] = [(report_word("name", language), "name"), *_week_heads(given)]
    return table(columns, rows, look="wide", caption=_label(one, language))


def sign_off_part(given: ReportInput) -> Html | None:
    """What to look at before the month is closed, by topic."""
    if not given.topics:
        return None
    parts: list[Html] = []
    for name, lines in given.topics:
        items = [element("li", *_marked(one, given.language)) for one in lines]
        body = element("ul", *items, class_="plain") if items else element("p", report_word("nothing", given.language))
        parts += [element("h3", name), body]
    if given.result.coverage:
        parts += [element("h3", report_word("fates", given.language)), fates_table(given)]
    return section(
        "sign-off", report_word("sign-off", given.language), *parts, hint=report_word("sign-off-hint", given.language)
    )


def _marked(problem: Problem, language: str) -> list[Content]:
    """A finding in words; what asks for a decision is marked by a word, not by colour alone."""
    if problem.severity is Severity.NOTE:
        return [problem_text(problem, language)]
    mark = element("span", say(f"severity.{problem.severity}", language), class_="warn")
    return [mark, " ", problem_text(problem, language)]


def data_part(given: ReportInput) -> Html:
    """What was read, what was wrong with it, and which rows failed a check."""
    language = given.language
    columns: list[Column] = [
        (report_word("severity", language), "short"), (report_word("what", language), "words"),
        (report_word("count", language), "num"),
    ]  # fmt: skip
    rows: list[list[Content]] = []
    for line in quality(given.problems):
        about = beneath(problem_text(line.first, language), problem_fix(line.first, language))
        rows.append([say(f"severity.{line.first.severity}", language), about, line.count])
    problems = table(columns, rows) if rows else element("p", say("screen-no-problems", language))
    return section(
        "data", report_word("data", language), problems, _all_problems(given), *_failed_rows(given), rows_part(given),
        columns_part(given), hint=report_word("data-hint", language),
    )  # fmt: skip


def _all_problems(given: ReportInput) -> Html | None:
    found = in_order(errors_and_warnings(given.problems))
    items = [element("li", one_line(one, given.language)) for one in found]
    title = report_word("all-problems", given.language, count=len(found))
    return details_block(title, element("ul", *items, class_="plain")) if found else None


def _failed_rows(given: ReportInput) -> list[Html]:
    lines = finding_lines(given.result, given.language, _ROWS_SHOWN)
    if not lines:
        return []
    items = [element("li", line.text.strip(), class_="warn" if line.overdue else None) for line in lines[1:]]
    return [element("h3", lines[0].text.rstrip("：:")), element("ul", *items, class_="plain")]


def law_part(given: ReportInput) -> Html | None:
    """The hints of the law checks: nothing in the pay was changed for them."""
    advice = in_order_of_checks(given.result.advice)
    if not advice:
        return None
    language = given.language
    names = {agent.agent_id: name_and_id(agent) for agent in given.result.agents}
    columns: list[Column] = [
        (report_word("check", language), "short"), (report_word("whom", language), "short"),
        (report_word("what", language), "words"),
        (report_word("article", language), "words"),
        (report_word("amount", language, currency=currency_word(given.result.policy.currency, language)), "num"),
    ]  # fmt: skip
    rows = [
        (
            one.check,
            names.get(one.agent_id, one.agent_id) or report_word("policy", language),
            beneath(advice_text(one, language), advice_remedy(one, language)),
            article_text(one, language),
            amount_or_dash(one.amount_cents),
        )
        for one in advice
    ]
    return section("law", report_word("law", language), table(columns, rows), hint=report_word("law-hint", language))


def assumptions_part(given: ReportInput) -> Html | None:
    """What was assumed where the rules are silent."""
    listed = given.result.policy.assumption
    if not listed:
        return None
    language = given.language
    columns: list[Column] = [
        (report_word("id", language), "short"), (report_word("kind", language), "short"),
        (report_word("assumed", language), "words"),
        (report_word("rule", language), ""),
    ]  # fmt: skip
    rows = [(one.id, say(f"sheet.kind-{one.kind}", language), one.text, one.rule or NONE) for one in listed]
    examples = sum(one.kind == "example" for one in listed)
    hint = report_word("assumptions-hint", language, count=len(listed), examples=examples)
    return section("assumptions", report_word("assumptions", language), table(columns, rows), hint=hint)


def signatures_part(language: str) -> Html:
    """Lines to sign on."""
    names = [report_word(f"signed-{name}", language) for name in ("made", "checked", "approved")]
    return element("div", *(element("div", name) for name in names), class_="sign")
