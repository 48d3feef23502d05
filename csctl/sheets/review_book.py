"""The form for the review meeting: who is to be talked about, what the figures say, and room for what people say.

What is shown comes from closed months and is locked. A yes or no of the panel stands in a cell of its own, so that
the form can be collected: the hidden sheet ``_csctl`` says which cell answers which question about whom, and a
defined name on the cell says it once more for programs that lose hidden sheets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from csctl.core.career.cases import StepCase, current
from csctl.core.career.reviewed import KeptStep, ReviewedMonth, StepReview
from csctl.core.career.telling import event_text
from csctl.core.forms.model import Allowed, Form, Slot
from csctl.core.forms.model import Part as SlotPart
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Finding
from csctl.messages import say
from csctl.messages.grammar import clauses
from csctl.sheets.anchors import HIDDEN, Anchor, anchor
from csctl.sheets.rating_form import About, sheet_titles
from csctl.sheets.review_sheet import ReviewPage, ReviewPages, RowPart
from csctl.workbook.making import Making, keep_in_sight

_WIDTHS = (36, 20, 40, 10, 9, 24)
_ANSWER, _REMARK = 4, 5
_ALL = len(_WIDTHS)
_SUMMARY = ("agent", "name", "level", "kind", "to", "verdict", "open", "case", "sheet")
_SUMMARY_WIDTHS = (10, 12, 16, 11, 20, 10, 48, 12, 16)


Shown = tuple[StepReview, KeptStep | None]
"""A step with a place on the form; what is known of it where it was met in an earlier month and is not now."""


def people_with_pages(view: ReviewedMonth) -> dict[str, Agent]:
    """Those to be talked about, by id."""
    wanted = {row.agent.agent_id for row, _ in _shown(view)}
    return {row.agent.agent_id: row.agent for row in view.rows if row.agent.agent_id in wanted}


def _shown(view: ReviewedMonth) -> list[Shown]:
    """What applies to somebody, in the order of the screen; what a person's word alone would do only if unfolded."""
    candidates: list[Shown] = [(row, None) for row in view.open_rows if row.verdict.state == "candidate"]
    kept: list[Shown] = [(one.row, one) for one in view.kept]
    others = view.open_rows[len(candidates) :] + (view.bare_rows if view.unfolded else [])
    return [*candidates, *kept, *((row, None) for row in others)]


def review_book(view: ReviewedMonth, about: About) -> bytes:
    """The workbook's bytes: a summary, then a sheet for each agent to whom something applies."""
    language = about.language
    book = Making(view.month.first)
    pages = ReviewPages(book, language)
    open_agents = people_with_pages(view)
    wanted = [_word("summary", language), HIDDEN, *(f"{one.agent_id} {one.name}" for one in open_agents.values())]
    titles = dict(zip(open_agents, sheet_titles(wanted)[2:], strict=True))
    _summary(pages, view, titles)
    panel = Form("panel", say("promotion-form-panel", language), "", ())
    answers = [one for agent_id, title in titles.items() for one in _agent_page(pages, view, agent_id, title)]
    anchor(book, panel, about, answers)
    return book.content()


def _word(name: str, language: str, /, **blanks: object) -> str:
    return say(f"promotion-form-{name}", language, **blanks)


def _summary(pages: ReviewPages, view: ReviewedMonth, titles: Mapping[str, str]) -> None:
    """Everybody to be talked about, one line for each step."""
    language = pages.language
    page = pages.page(_word("summary", language), _SUMMARY_WIDTHS)
    page.add(RowPart(_word("title", language, month=view.month), "title"))
    page.add(RowPart(_how(view, language), "remark"))
    heads = [say(f"promotion-head-{name}", language) for name in ("agent", "name")]
    heads += [_word(name, language) for name in ("level",)] + [say("promotion-head-kind", language)]
    heads += [_word(name, language) for name in _SUMMARY[4:]]
    head_row = page.add(*(RowPart(head, "head") for head in heads))
    keep_in_sight(page.sheet, head_row, 2)
    shown = _shown(view)
    for row, ended in shown:
        page.add(*_summary_row(row, ended, view, titles, language))
    if not shown:
        page.add(RowPart(_word("nobody", language), "wrap", len(_SUMMARY_WIDTHS)))
    if view.bare_rows and not view.unfolded:
        page.add(RowPart(say("promotion-bare-title", language), "wrap", len(_SUMMARY_WIDTHS)))
        for one in view.bare_steps:
            kind = say(f"promotion-kind-{one.kind}", language)
            line = say("promotion-bare", language, kind=kind, target=one.target or "–", step=one.step, count=one.people)
            page.add(RowPart(line, "wrap", len(_SUMMARY_WIDTHS)))


def _how(view: ReviewedMonth, language: str) -> str:
    """How the form is filled in, and what it rests on."""
    return _word("how-provisional" if view.provisional else "how", language)


def _summary_row(
    row: StepReview, ended: KeptStep | None, view: ReviewedMonth, titles: Mapping[str, str], language: str
) -> list[RowPart]:
    verdict = row.verdict
    case = current(view.cases, verdict.agent_id, verdict.step)
    return [
        RowPart(verdict.agent_id),
        RowPart(row.agent.name),
        RowPart(verdict.from_level),
        RowPart(say(f"promotion-kind-{row.kind}", language), "mark_wrap"),
        RowPart(verdict.to_level or "–"),
        RowPart(_verdict(row, ended, language), "mark_wrap"),
        RowPart(_listed(row.unanswered, language)),
        RowPart(_case_text(case, view, language), "mark_wrap"),
        RowPart(titles[verdict.agent_id]),
    ]


def _verdict(row: StepReview, ended: KeptStep | None, language: str) -> str:
    if ended is not None:
        code = "promotion-verdict-unknown" if ended.unknown else "promotion-verdict-ended"
        return say(code, language, month=ended.month, months=list(map(str, ended.unknown)))
    return say(f"promotion-verdict-{row.verdict.state}", language)


def _case_text(case: StepCase | None, view: ReviewedMonth, language: str) -> str:
    return say(f"promotion-state-{case.state_in(view.month)}", language) if case else ""


def _listed(findings: Sequence[Finding], language: str) -> str:
    return clauses((one.label for one in findings), language)


def _agent_page(pages: ReviewPages, view: ReviewedMonth, agent_id: str, title: str) -> list[Anchor]:
    """One agent: every open step with its conditions and decision, then the interview and the signatures."""
    own = [(row, ended) for row, ended in _shown(view) if row.agent.agent_id == agent_id]
    page, language = pages.page(title, _WIDTHS, whole=True), pages.language
    page.add(RowPart(_person(own[0][0].agent, view, language), "title"))
    page.add(RowPart(_how(view, language), "remark"))
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
        RowPart(say("form.agent-id", language), "head"),
        RowPart(agent_id),
        RowPart(period[0], "head"),
        RowPart(period[1], "wrap", 3),
    )
    role = say("forms-role-panel", language)
    page.add(RowPart(say("forms-rater", language), "head"), RowPart(_word("panel", language)), RowPart(role, "wrap", 4))


def _person(agent: Agent, view: ReviewedMonth, language: str) -> str:
    return _word(
        "person", language, name=agent.name, agent_id=agent.agent_id, level=agent.level or "–", month=view.month
    )


def _step(
    page: ReviewPage, row: StepReview, ended: KeptStep | None, view: ReviewedMonth, language: str
) -> list[Anchor]:
    """A step's conditions, its procedure, and the panel's votes and decision."""
    verdict = row.verdict
    arrow = f"{verdict.from_level} → {verdict.to_level}" if verdict.to_level else verdict.from_level
    kind, state = say(f"promotion-kind-{row.kind}", language), _verdict(row, ended, language)
    case = current(view.cases, verdict.agent_id, verdict.step)
    texts = (kind, arrow, state, _case_text(case, view, language), verdict.rule)
    page.add(RowPart("  ·  ".join(text for text in texts if text), "section", _ALL))
    names = ("condition", "needed", "found", "state", "answer", "remark")
    page.add(*(RowPart(_word(name, language), "head") for name in names))
    anchors = [place for one in row.all_of for place in _condition(page, one, row, language)]
    if len(row.any_of) > 1:
        page.add(RowPart(say("promotion-any-of", language), "wrap", _ALL))
    anchors += [place for one in row.any_of for place in _condition(page, one, row, language)]
    if row.defence:
        page.add(RowPart(say("promotion-defence", language), "wrap", _ALL))
    anchors += [place for one in row.defence for place in _condition(page, one, row, language)]
    _procedure(page, row, language)
    for event in case.events if case else ():
        page.add(RowPart(_word("case", language), "head"), RowPart(event_text(event, language), "wrap", _ALL - 1))
    _decision(page, language)
    return anchors


def _condition(page: ReviewPage, one: Finding, row: StepReview, language: str) -> list[Anchor]:
    judged = one.requirement in row.judged
    found = "\n".join(text for text in (one.found, *one.evidence, one.next if not judged else "") if text)
    needed = f"{one.needed}\n{one.rule}" if one.rule else one.needed
    state = say(f"promotion-found-{one.state}", language)
    looks: tuple[RowPart, RowPart] = (
        (RowPart("", "input_choice"), RowPart("", "input")) if judged else (RowPart(""), RowPart(""))
    )
    at = page.add(RowPart(one.label), RowPart(needed), RowPart(found), RowPart(state, "mark_wrap"), *looks)
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
    return [Anchor(page.title, at, column, slot) for column, slot in slots]


def _procedure(page: ReviewPage, row: StepReview, language: str) -> None:
    checklist = row.verdict.checklist
    if row.kind == "dismissal":
        page.add(RowPart(say("promotion-before-dismissal", language), "wrap", _ALL))
        for item in checklist:
            page.add(RowPart(f"□ {item}", "wrap", _ANSWER), RowPart("", "input_choice"), RowPart("", "input"))
    elif checklist:
        page.add(RowPart(_word("procedure", language), "head"), RowPart(" → ".join(checklist), "wrap", _ALL - 1))


def _decision(page: ReviewPage, language: str) -> None:
    """What was decided, by how many votes, from when on, and why."""
    heads = ("decision", "votes-for", "votes-against", "votes-abstained", "effective")
    spans = (1, 1, 1, 2, 1)
    page.add(*(RowPart(_word(name, language), "head", span) for name, span in zip(heads, spans, strict=True)))
    at = page.add(*(RowPart("", "input_choice", span) for span in spans))
    page.choose(at, 0, _word("decision-choices", language).split(","), "promotion-form-choose-one")
    for column in (1, 2, 3):
        page.whole(at, column)
    page.add(RowPart(_word("decision-reason", language), "head"), RowPart("", "input", _ALL - 1), high=True)


def _interview(page: ReviewPage, language: str) -> None:
    page.add(RowPart(_word("interview", language), "section", _ALL))
    for name in ("points", "wish", "plan"):
        page.add(RowPart(_word(f"interview-{name}", language), "head"), RowPart("", "input", _ALL - 1), high=True)


def _signatures(page: ReviewPage, language: str) -> None:
    page.add(RowPart(_word("signatures", language), "section", _ALL))
    for name in ("by", "hr", "self"):
        page.add(
            RowPart(_word(f"signed-{name}", language), "head"),
            RowPart("", "input", 2),
            RowPart(_word("signed-on", language), "head"),
            RowPart("", "input", 2),
        )
