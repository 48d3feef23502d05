"""The reports of a computed month: the page and the workbook for the lead, a page for each agent, a week alone."""

from __future__ import annotations

from collections.abc import Sequence

from csctl.core.closing.sign_off import SignOffInput, sign_off, topic_title
from csctl.core.coverage.repeats import tables_shared
from csctl.core.measuring.listings import list_values
from csctl.core.records.agent import Agent
from csctl.core.records.result import MonthResult
from csctl.messages import say
from csctl.month import Month
from csctl.policy.checks import Listing
from csctl.problems import Problem
from csctl.reports.html.agent_page import agent_html
from csctl.reports.html.report import report_html, week_html
from csctl.reports.report_book import report_book, week_book
from csctl.reports.run_json import InputFile
from csctl.reports.trends import MOST_MONTHS
from csctl.reports.view import Listed, ReportInput, listed_of
from csctl.reports.weekly import Week, Weekly, weekly, weeks_of
from csctl.sheets.names import safe_names
from csctl.workflow.month.compute import Computed
from csctl.workflow.month.credited import own_rows
from csctl.workflow.writing.explaining import own_explanation

ROWS_SHOWN = 3
"""Rows of exports shown for a figure on an agent's page."""
_CAUSES = {"cause": "report-complaint-cause", "category": "report-complaint-category"}
"""Columns of the complaints that are counted where the policy lists none, and what they are called."""


def report_files(computed: Computed, problems: Sequence[Problem] = (), *, by_week: bool = False) -> dict[str, bytes]:
    """``report.html`` and ``report.xlsx``. ``problems`` were found in making other files; ``by_week`` adds weeks."""
    given = report_input(computed, problems)
    weeks = weekly_of(computed, weeks_of(computed.month)) if by_week else None
    return {"report.html": report_html(given, weeks), "report.xlsx": report_book(given, weeks)}


def agent_files(computed: Computed, agents: Sequence[Agent]) -> dict[str, bytes]:
    """A page for each of these agents."""
    given = report_input(computed, ())
    names = safe_names((agent.agent_id, agent.name) for agent in computed.result.agents)
    return {
        f"agents/{names[agent.agent_id]}.html": agent_html(given, agent, own_explanation(computed, agent, ROWS_SHOWN))
        for agent in agents
    }


def week_files(computed: Computed, week: Week) -> dict[str, bytes]:
    """A week beside the one before it in the month, as a page and as a workbook."""
    upto = [one for one in weeks_of(computed.month) if one.first <= week.first]
    config, found = computed.workspace.config, weekly_of(computed, upto[-2:])
    return {
        f"weeks/{week.name}.html": week_html(config.name, computed.month, found, config.language),
        f"weeks/{week.name}.xlsx": week_book(computed.result, found, config.language),
    }


def weekly_of(computed: Computed, weeks: Sequence[Week]) -> Weekly:
    """The measures of these weeks of the month."""
    policy = computed.result.policy
    shared = tables_shared(policy, computed.result.coverage)
    return weekly(policy, own_rows(computed), computed.result.agents, computed.month, weeks, shared)


def report_input(computed: Computed, problems: Sequence[Problem]) -> ReportInput:
    """What the reports are made from."""
    config, past = computed.workspace.config, _past(computed)
    before = next((one for one in past if one.month == computed.month.shift(-1)), None)
    made = sign_off(SignOffInput(computed.result, before, computed.given.ratings, config.sign_off, config.language))
    return ReportInput(
        team=config.name,
        result=computed.result,
        past=past,
        problems=[*computed.result.problems, *problems],
        inputs=[InputFile(one.file, one.sha256, one.table, one.accepted, one.rejected) for one in computed.own],
        readings=[(one.file, one.reading) for one in computed.own],
        listed=_listed(computed),
        topics=[(topic_title(topic, config.language), topic.lines) for topic in made.topics],
        language=config.language,
    )


def _past(computed: Computed) -> list[MonthResult]:
    """Earlier months: closed ones as last corrected, others as far as the policy needed them."""
    found: dict[Month, MonthResult] = {one.month: one for one in computed.given.past}
    wanted = [computed.month.shift(-step) for step in range(1, MOST_MONTHS)]
    found |= {month: closed for month in wanted if (closed := computed.books.known(month)) is not None}
    return [found[month] for month in sorted(found)]


def _listed(computed: Computed) -> list[Listed]:
    """What the policy lists; the causes and kinds of complaints that were upheld, where it lists nothing of them."""
    policy, frames = computed.result.policy, computed.frames
    found = listed_of(computed.result)
    if any(one.table == "complaints" for one in policy.listing) or "complaints" not in frames:
        return found
    for column, code in _CAUSES.items():
        label = say(code, computed.workspace.config.language)
        everything = Listing(id=column, label=label, table="complaints", by=column)
        upheld = everything.model_copy(update={"where": {"valid": True}})
        of_all, values = (list_values(one, frames["complaints"], computed.month) for one in (everything, upheld))
        if values:
            pairs, total = tuple((one.value, one.rows) for one in values), values[0].total
            found.append(Listed(label, "", total, pairs, beside=of_all[0].total - total))
    return found
