"""Payslips of a month: one file for each agent, plain or under a password, and the list that may be hung up."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from csctl.core.closing.publishing import withheld
from csctl.core.people.called import agent_called
from csctl.core.people.employment import attendance_of, counting_of
from csctl.core.records.agent import Agent
from csctl.messages import problem, say
from csctl.messages.units import currency_word
from csctl.month import Month
from csctl.problems import Problem
from csctl.reports.html.slip_page import SlipTexts, slip_html
from csctl.sheets.names import safe_names
from csctl.sheets.payslip import SlipAbout, how_to_object, payee_and_period, payslip_page
from csctl.sheets.published_list import masks_of, published_book, published_csv
from csctl.sheets.words import everybody, sheet_word
from csctl.store.encrypt import Passwords, can_encrypt, encrypted, read_passwords
from csctl.workbook.cells import SheetPage
from csctl.workbook.pages import write_page
from csctl.workflow.month.compute import Computed
from csctl.workflow.writing.explaining import own_explanation
from csctl.workflow.writing.making import WorkbookOrder, made

FOLDER = "payslips"
ROWS_SHOWN = 3
"""Rows of exports shown for a figure on a page."""


def read_lock(password_file: Path) -> tuple[Passwords | None, list[Problem]]:
    """The passwords of a file, where the optional library that encrypts is there."""
    return read_passwords(password_file) if can_encrypt() else (None, [problem("payslips-encrypt-missing")])


def payslip_files(
    computed: Computed, who: str | None = None, passwords: Passwords | None = None, *, pages: bool = False
) -> tuple[dict[str, bytes], list[Problem]]:
    """The slips by file name, of everybody or of the agent meant by ``who``; each under its password if there are any.

    With ``pages`` a page for the phone lies beside each. A problem with any leaves none.
    """
    policy = computed.result.policy
    if policy.pay is None:
        return {}, [problem("no-pay-in-policy", found=policy.id)]
    agents = everybody(computed.result)
    chosen, problems = _chosen(agents, who, computed.month)
    problems += _without_password(chosen, passwords)
    if problems:
        return {}, problems
    names = safe_names((agent.agent_id, agent.name) for agent in agents)
    masks = masks_of(computed.result)
    orders = [WorkbookOrder(f"{FOLDER}/{names[agent.agent_id]}.xlsx", agent.agent_id) for agent in chosen]

    def page(agent_id: str) -> SheetPage:
        return _slip(computed, computed.result.everybody[agent_id], masks.get(agent_id, ""))

    # Of what is to be read by one person alone nothing is kept in the open.
    work = partial(write_page, computed.month.first)
    files, problems = made(computed, orders, page, work, keeps=passwords is None)
    if problems:
        return {}, problems
    if passwords is not None:
        return _locked(files, chosen, passwords)
    if pages:
        files |= {
            f"{FOLDER}/{names[agent.agent_id]}.html": _page(computed, agent, masks.get(agent.agent_id, ""))
            for agent in chosen
        }
    return files, []


def published_files(computed: Computed) -> tuple[dict[str, bytes], list[Problem]]:
    """The list with masked numbers, as appeals left it; nothing without a score, or where it may not be shown yet."""
    result, language = computed.as_it_holds, computed.workspace.config.language
    kept_back = withheld(result.policy, result.month, closed=computed.closed)
    if result.policy.score is None or kept_back:
        return {}, kept_back if result.policy.score else []
    before = computed.result if computed.closed else None
    book = published_book(result, language, before)
    return {"published.xlsx": book, "published.csv": published_csv(result, language, before)}, []


def _slip(computed: Computed, agent: Agent, mask: str) -> SheetPage:
    about = _about(computed, agent, mask)
    return payslip_page(computed.result, agent, about, computed.workspace.config.language)


def _page(computed: Computed, agent: Agent, mask: str) -> bytes:
    """The slip as a page: the same figures, each with its explanation; nobody else's, and no rater's name."""
    result, language = computed.result, computed.workspace.config.language
    about = _about(computed, agent, mask)
    currency = currency_word(result.policy.currency, language)
    texts = SlipTexts(
        title=say("payslips-heading", language, team=about.team, month=result.month),
        who=payee_and_period(result, agent, about, language),
        pay=sheet_word("total-pay", language, currency=currency),
        score=sheet_word("score", language),
        objections=how_to_object(result, language),
    )
    return slip_html(own_explanation(computed, agent, ROWS_SHOWN), texts, language)


def _about(computed: Computed, agent: Agent, mask: str) -> SlipAbout:
    result, config, calendar = computed.result, computed.workspace.config, computed.given.calendar
    probation = result.policy.pay.probation if result.policy.pay else None
    known = calendar.knows(result.month)
    counting = counting_of(result.policy, result.month, calendar)
    attendance = attendance_of(agent, result.month, probation, counting) if known else None
    return SlipAbout(config.name, attendance, mask)


def _chosen(agents: list[Agent], who: str | None, month: Month) -> tuple[list[Agent], list[Problem]]:
    if who is None:
        return agents, []
    agent, problems = agent_called(agents, who, month)
    return [agent] if agent else [], problems


def _without_password(agents: list[Agent], passwords: Passwords | None) -> list[Problem]:
    if passwords is None:
        return []
    missing = [agent.agent_id for agent in agents if passwords.of(agent.agent_id) is None]
    return [problem("payslips-password-missing", found=agent_id) for agent_id in missing]


def _locked(
    files: Mapping[str, bytes], agents: list[Agent], passwords: Passwords
) -> tuple[dict[str, bytes], list[Problem]]:
    """Each slip under its agent's password, or none at all."""
    locked: dict[str, bytes] = {}
    for (name, content), agent in zip(files.items(), agents, strict=True):
        made = encrypted(content, passwords.of(agent.agent_id) or "")
        if made is None:
            return {}, [problem("payslips-encrypt-failed", found=agent.agent_id)]
        locked[name] = made
    return locked, []
