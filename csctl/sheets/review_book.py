"""The form for the review meeting: who is to be talked about, what the figures say, and room for what people say.

What is shown comes from closed months and is locked. A yes or no of the panel stands in a cell of its own, so that
the form can be collected: the hidden sheet ``_csctl`` says which cell answers which question about whom, and a
defined name on the cell says it once more for programs that lose hidden sheets.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from csctl.core.career.cases import StepCase, current
from csctl.core.career.reviewed import ReviewedMonth, StepReview
from csctl.core.career.telling import event_text
from csctl.core.forms.model import Allowed, Form, Slot, form_id
from csctl.core.forms.model import Part as SlotPart
from csctl.core.lines import Finding
from csctl.core.result import Agent
from csctl.messages import say
from csctl.messages.grammar import clauses
from csctl.month import Month
from csctl.sheets.cells import address
from csctl.sheets.rating_form import About, sheet_titles
from csctl.sheets.rating_form_write import FIELDS, HIDDEN, KEYS, KIND, VERSION
from csctl.sheets.review_sheet import Part, ReviewPage, ReviewPages
from csctl.sheets.text import clean

_WIDTHS = (36, 20, 40, 10, 9, 24)
_ANSWER, _REMARK = 4, 5
_ALL = len(_WIDTHS)
_SUMMARY = ("agent", "name", "level", "kind", "to", "verdict", "open", "case", "sheet")
_SUMMARY_WIDTHS = (10, 12, 16, 11, 20, 10, 48, 12, 16)


@dataclass(frozen=True, slots=True)
class Anchor:
    """An input cell and the question it answers."""

    slot: Slot
    sheet: str
    cell: str


Shown = tuple[StepReview, Month | None]
"""A step with a place on the form; the month by which it was met where it is not any more."""


def people_with_pages(view: ReviewedMonth) -> dict[str, Agent]:
    """Those to be talked about, by id."""
    wanted = {row.agent.agent_id for row, _ in _shown(view)}
    return {row.agent.agent_id: row.agent for row in view.rows if row.agent.agent_id in wanted}


def _shown(view: ReviewedMonth) -> list[Shown]:
    """What applies to somebody, in the order of the screen; what a person's word alone would do only if unfolded."""
    candidates: list[Shown] = [(row, None) for row in view.open_rows if row.verdict.state == "candidate"]
    kept: list[Shown] = [(one.row, one.month) for one in view.kept]
    others = view.open_rows[len(candidates) :] + (view.bare_rows if view.unfolded else [])
    return [*candidates, *kept, *((row, None) for row in others)]


def review_book(view: ReviewedMonth, about: About) -> bytes:
    """The workbook's bytes: a summary, then a sheet for each agent to whom something applies."""
    language = about.language
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    made_on = datetime.combine(view.month.first, time(), UTC)
    book.set_properties({"author": "csctl", "created": made_on})
    pages = ReviewPages(book, language)
    open_agents = people_with_pages(view)
    wanted = [_word("summary", language), HIDDEN, *(f"{one.agent_id} {one.name}" for one in open_agents.values())]
    titles = dict(zip(open_agents, sheet_titles(wanted)[2:], strict=True))
    _summary(pages, view, titles)
    anchors = [anchor for agent_id, title in titles.items() for anchor in _agent_page(pages, view, agent_id, title)]
    _hidden(book, about, anchors)
    book.close()
    return buffer.getvalue()


def _word(name: str, language: str, /, **blanks: object) -> str:
    return say(f"promotion-form-{name}", language, **blanks)


def _summary(pages: ReviewPages, view: ReviewedMonth, titles: Mapping[str, str]) -> None:
    """Everybody to be talked about, one line for each step."""
    language = pages.language
    page = pages.page(_word("summary", language), _SUMMARY_WIDTHS)
    page.add(Part(_word("title", language, month=view.month), "title"))
    page.add(Part(_how(view, language), "remark"))
    heads = [say(f"promotion-head-{name}", language) for name in ("agent", "name")]
    heads += [_word(name, language) for name in ("level",)] + [say("promotion-head-kind", language)]
    heads += [_word(name, language) for name in _SUMMARY[4:]]
    head_row = page.add(*(Part(head, "head") for head in heads))
    page.sheet.freeze_panes(head_row + 1, 2)
    page.sheet.repeat_rows(head_row)
    shown = _shown(view)
    for row, ended in shown:
        page.add(*_summary_row(row, ended, view, titles, language))
    if not shown:
        page.add(Part(_word("nobody", language), "text", len(_SUMMARY_WIDTHS)))
    if view.bare_rows and not view.unfolded:
        page.add(Part(say("promotion-bare-title", language), "text", len(_SUMMARY_WIDTHS)))
        for one in view.bare_steps:
            kind = say(f"promotion-kind-{one.kind}", language)
            line = say("promotion-bare", language, kind=kind, target=one.target or "–", step=one.step, count=one.people)
            page.add(Part(line, "text", len(_SUMMARY_WIDTHS)))


def _how(view: ReviewedMonth, language: str) -> str:
    """How the form is filled in, and what it rests on."""
    return _word("how-provisional" if view.provisional else "how", language)


def _summary_row(
    row: StepReview, ended: Month | None, view: ReviewedMonth, titles: Mapping[str, str], language: str
) -> list[Part]:
    verdict = row.verdict
    case = current(view.cases, verdict.agent_id, verdict.step)
    return [
        Part(verdict.agent_id),
        Part(row.agent.name),
        Part(verdict.from_level),
        Part(say(f"promotion-kind-{row.kind}", language), "mark"),
        Part(verdict.to_level or "–"),
        Part(_verdict(row, ended, language), "mark"),
        Part(_listed(row.unanswered, language)),
        Part(_case_text(case, view, language), "mark"),
        Part(titles[verdict.agent_id]),
    ]


def _verdict(row: StepReview, ended: Month | None, language: str) -> str:
    if ended is not None:
        return say("promotion-verdict-ended", language, month=ended)
    return say(f"promotion-verdict-{row.verdict.state}", language)


def _case_text(case: StepCase | None, view: ReviewedMonth, language: str) -> str:
    return say(f"promotion-state-{case.state_in(view.month)}", language) if case else ""


def _listed(findings: Sequence[Finding], language: str) -> str:
    return clauses((one.label for one in findings), language)


def _agent_page(pages: ReviewPages, view: ReviewedMonth, agent_id: str, title: str) -> list[Anchor]:
    """One agent: every open step with its conditions and decision, then the interview and the signatures."""
    own = [(row, ended) for row, ended in _shown(view) if row.agent.agent_id == agent_id]
    page, language = pages.page(title, _WIDTHS), pages.language
    page.add(Part(_person(own[0][0].agent, view, language), "title"))
    page.add(Part(_how(view, language), "remark"))
    _about_whom(page, agent_id, view, language)
    anchors: list[Anchor] = []
    for row, ended in own:
        page.skip()
        anchors += _step(page, row, ended, view, language)
    page.skip()
    _interview(page, language)
    page.skip()
    _signatures(page, language)
    return anchors


def _about_whom(page: ReviewPage, agent_id: str, view: ReviewedMonth, language: str) -> None:
    """Number, month and rater in the words of all forms: by these a page is known when all else is lost."""
    period = say("form.period", language), str(view.month)
    page.add(
        Part(say("form.agent-id", language), "head"),
        Part(agent_id),
        Part(period[0], "head"),
        Part(period[1], "text", 3),
    )
    role = say("forms-role-panel", language)
    page.add(Part(say("forms-rater", language), "head"), Part(_word("panel", language)), Part(role, "text", 4))


def _person(agent: Agent, view: ReviewedMonth, language: str) -> str:
    return _word(
        "person", language, name=agent.name, agent_id=agent.agent_id, level=agent.level or "–", month=view.month
    )


def _step(page: ReviewPage, row: StepReview, ended: Month | None, view: ReviewedMonth, language: str) -> list[Anchor]:
    """A step's conditions, its procedure, and the panel's votes and decision."""
    verdict = row.verdict
    arrow = f"{verdict.from_level} → {verdict.to_level}" if verdict.to_level else verdict.from_level
    kind, state = say(f"promotion-kind-{row.kind}", language), _verdict(row, ended, language)
    case = current(view.cases, verdict.agent_id, verdict.step)
    texts = (kind, arrow, state, _case_text(case, view, language), verdict.rule)
    page.add(Part("  ·  ".join(text for text in texts if text), "section", _ALL))
    names = ("condition", "needed", "found", "state", "answer", "remark")
    page.add(*(Part(_word(name, language), "head") for name in names))
    anchors = [anchor for one in row.all_of for anchor in _condition(page, one, row, language)]
    if len(row.any_of) > 1:
        page.add(Part(say("promotion-any-of", language), "text", _ALL))
    anchors += [anchor for one in row.any_of for anchor in _condition(page, one, row, language)]
    if row.defence:
        page.add(Part(say("promotion-defence", language), "text", _ALL))
    anchors += [anchor for one in row.defence for anchor in _condition(page, one, row, language)]
    _procedure(page, row, language)
    for event in case.events if case else ():
        page.add(Part(_word("case", language), "head"), Part(event_text(event, language), "text", _ALL - 1))
    _decision(page, language)
    return anchors


def _condition(page: ReviewPage, one: Finding, row: StepReview, language: str) -> list[Anchor]:
    judged = one.requirement in row.judged
    found = "\n".join(text for text in (one.found, *one.evidence, one.next if not judged else "") if text)
    needed = f"{one.needed}\n{one.rule}" if one.rule else one.needed
    state = say(f"promotion-found-{one.state}", language)
    looks: tuple[Part, Part] = (Part("", "pick"), Part("", "input")) if judged else (Part(""), Part(""))
    at = page.add(Part(one.label), Part(needed), Part(found), Part(state, "mark"), *looks)
    if not judged:
        return []
    choices = (_word("yes", language), _word("no", language))
    page.choose(at, _ANSWER, choices, "promotion-form-choose")
    parts: tuple[tuple[int, SlotPart, Allowed], ...] = (
        (_ANSWER, "value", Allowed("choice", choices, asks="yes or no")),
        (_REMARK, "reason", Allowed("text")),
    )
    slots = [
        (column, Slot(one.agent_id, "panel", one.requirement, part, one.label, allowed))
        for column, part, allowed in parts
    ]
    return [Anchor(slot, page.title, page.at(at, column)) for column, slot in slots]


def _procedure(page: ReviewPage, row: StepReview, language: str) -> None:
    checklist = row.verdict.checklist
    if row.kind == "dismissal":
        page.add(Part(say("promotion-before-dismissal", language), "text", _ALL))
        for item in checklist:
            page.add(Part(f"□ {item}", "text", _ANSWER), Part("", "pick"), Part("", "input"))
    elif checklist:
        page.add(Part(_word("procedure", language), "head"), Part(" → ".join(checklist), "text", _ALL - 1))


def _decision(page: ReviewPage, language: str) -> None:
    """What was decided, by how many votes, from when on, and why."""
    heads = ("decision", "votes-for", "votes-against", "votes-abstained", "effective")
    spans = (1, 1, 1, 2, 1)
    page.add(*(Part(_word(name, language), "head", span) for name, span in zip(heads, spans, strict=True)))
    at = page.add(*(Part("", "pick", span) for span in spans))
    page.choose(at, 0, _word("decision-choices", language).split(","), "promotion-form-choose-one")
    for column in (1, 2, 3):
        page.whole(at, column)
    page.add(Part(_word("decision-reason", language), "head"), Part("", "input", _ALL - 1), high=True)


def _interview(page: ReviewPage, language: str) -> None:
    page.add(Part(_word("interview", language), "section", _ALL))
    for name in ("points", "wish", "plan"):
        page.add(Part(_word(f"interview-{name}", language), "head"), Part("", "input", _ALL - 1), high=True)


def _signatures(page: ReviewPage, language: str) -> None:
    page.add(Part(_word("signatures", language), "section", _ALL))
    for name in ("by", "hr", "self"):
        page.add(
            Part(_word(f"signed-{name}", language), "head"),
            Part("", "input", 2),
            Part(_word("signed-on", language), "head"),
            Part("", "input", 2),
        )


def _hidden(book: xlsxwriter.Workbook, about: About, anchors: Sequence[Anchor]) -> None:
    """What is needed to collect the answers: whose form of which month it is, and which cell answers what.

    Laid out as in every other form, so that it comes back by the same way.
    """
    sheet = book.add_worksheet(HIDDEN)
    rater = say("promotion-form-panel", about.language)
    form = Form("panel", rater, "", ())
    identity = form_id(form, about.month, about.fingerprint)
    values = (VERSION, KIND, str(about.month), form.role, rater, "", identity, about.policy, about.fingerprint)
    listed = [
        (one.slot.name, one.slot.agent_id, one.slot.item, one.slot.part, one.sheet, one.cell, one.slot.label)
        for one in anchors
    ]
    rows: list[Sequence[str]] = [*zip(KEYS, values, strict=True), (), FIELDS, *listed]
    for number, cells in enumerate(rows):
        for place, text in enumerate(cells):
            sheet.write_string(number, place, clean(text))
    for one in anchors:
        row, column = xl_cell_to_rowcol(one.cell)
        book.define_name(one.slot.name, f"={address(row, column, one.sheet)}")
    sheet.protect("")
    sheet.hide()
