"""One returned workbook as answers, each with the cell it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import cast

from csctl.core.forms.asked import FILED_ON, PUBLISHED_ON
from csctl.core.forms.model import FREE, ROLES, FormPage, Part, Role, Slot, slots_of
from csctl.core.forms.returned import Happened, Objection, Reviewed, Said
from csctl.core.forms.status import FormQuestion
from csctl.core.scoring.ratings import Rating
from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.forms.anchors import SentForm, sent_of
from csctl.readers.forms.answers import read_cell
from csctl.readers.forms.locate import CellSpot, Finder, Sought
from csctl.readers.grid import Book
from csctl.words import fold, yes_or_no

_PREFILLED = "interviewer"


@dataclass(frozen=True, slots=True)
class ExpectedForms:
    """What may come back this month: whom the roster knows, and what each role can be asked about each of them."""

    month: str
    fingerprint: str
    pages: Mapping[tuple[str, str], FormPage]

    def knows(self, agent_id: str) -> bool:
        """Whether somebody is on the month's roster."""
        return any(fold(agent_id) == fold(known) for _, known in self.pages)

    def slots(self, role: str, agent_id: str) -> dict[tuple[str, str], Slot]:
        """The questions to one role about one agent, by item and part."""
        page = self.pages.get((role, agent_id))
        return {(slot.item, slot.part): slot for slot in slots_of(page)} if page else {}


@dataclass
class Returned:
    """One file: who filled it in, how many questions have an answer, and the answers."""

    file: str
    role: str = ""
    rater: str = ""
    filled: int = 0
    empty: int = 0
    questions: list[FormQuestion] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
    reviewed: list[Reviewed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one cell holds; "" if nothing that counts."""

    slot: Slot
    text: str
    place: Place


def read_form(book: Book, file: str, expected: ExpectedForms) -> Returned:
    """The answers of a workbook. One that cannot be told to be a form is an error, one of another month is left out."""
    returned = Returned(file)
    finder = Finder(book)
    sent = sent_of(book)
    months = [sent.month] if sent else [shown.month for shown in finder.shown.values() if shown.agent_id]
    about = _about(sent, finder)
    if not about or not months:
        returned.problems.append(problem("forms-not-a-form", Place(file)))
        return returned
    other = next((month for month in months if month != expected.month), None)
    if other is not None:
        returned.problems.append(problem("forms-other-month", Place(file), other, month=expected.month))
        return returned
    if sent and sent.fingerprint != expected.fingerprint:
        returned.problems.append(problem("forms-other-policy", Place(file), sent.policy))
    for agent_id, role, rater in about:
        returned.role, returned.rater = role, rater
        if role not in ROLES:
            returned.problems.append(problem("forms-role-unknown", Place(file), role or rater))
        elif not expected.knows(agent_id):
            returned.problems.append(problem("forms-agent-unknown", Place(file), agent_id))
        else:
            _read_page(finder, sent, returned, expected, agent_id)
    return returned


def _about(sent: SentForm | None, finder: Finder) -> list[tuple[str, str, str]]:
    """The agents a form is about, each with role and rater."""
    if sent:
        return [(agent, sent.role, sent.rater) for agent in dict.fromkeys(one.agent_id for one in sent.anchors)]
    shown = [one for one in finder.shown.values() if one.agent_id and one.month]
    return list(dict.fromkeys((one.agent_id, one.role, one.rater) for one in shown))


def _read_page(
    finder: Finder, sent: SentForm | None, returned: Returned, expected: ExpectedForms, agent_id: str
) -> None:
    """Everything on the page about one agent."""
    slots = expected.slots(returned.role, agent_id)
    pages = finder.pages_of(agent_id)
    if len(pages) > 1:
        returned.problems.append(problem("forms-agent-twice", Place(returned.file), tuple(pages)))
    answers: list[_Answer] = []
    judged: set[CellSpot] = set()
    for sought, slot in _sought(sent, slots, returned.role, agent_id):
        spot = finder.find(sought)
        if spot is None:
            if sent:
                returned.problems.append(problem("forms-question-lost", Place(returned.file), sought.label))
            continue
        if slot.part == "value" and slot.head:
            judged.add(spot)
        place = Place(returned.file, spot.sheet, spot.row, spot.letters)
        if (slot.item, slot.part) in slots:
            text, problems = read_cell(finder.cell(spot), slot, place)
            returned.problems += problems
            answers.append(_Answer(slot, text, place))
        elif slot.part == "value" and finder.cell(spot) is not None:
            returned.problems.append(problem("forms-item-unknown", place, sought.label))
    if not sent:
        returned.problems += _strangers(finder, returned.file, judged)
    _sort(answers, returned, agent_id, expected.month)


def _sought(
    sent: SentForm | None, slots: Mapping[tuple[str, str], Slot], role: str, agent_id: str
) -> Iterable[tuple[Sought, Slot]]:
    """The questions as they were sent; where nothing says so any more, all that could have been asked."""
    if sent is None:
        for slot in slots.values():
            yield Sought(slot.name, agent_id, slot.label, slot.head), slot
        return
    for one in (one for one in sent.anchors if one.agent_id == agent_id):
        asked = slots.get((one.item, one.part))
        unknown = Slot(agent_id, cast("Role", role), one.item, cast("Part", one.part), one.label, FREE)
        slot = asked or unknown
        yield Sought(one.name, agent_id, one.label or slot.label, slot.head, one.sheet, one.cell), slot


def _strangers(finder: Finder, file: str, judged: set[CellSpot]) -> list[Problem]:
    """Judgements in rows that are no question of ours: on a form without its list nobody would miss them."""
    problems = []
    for sheet, column in sorted({(spot.sheet, spot.column) for spot in judged}):
        first = min(spot.row for spot in judged if spot.sheet == sheet)
        for row, cells in enumerate(finder.sheets[sheet].rows[first - 1 :], start=first):
            spot = CellSpot(sheet, row, column)
            label = next((str(cell) for cell in reversed(cells[:2]) if cell), "")
            if spot not in judged and label and finder.cell(spot) is not None:
                problems.append(problem("forms-item-unknown", Place(file, sheet, row, spot.letters), label))
    return problems


def _sort(answers: Sequence[_Answer], returned: Returned, agent_id: str, month: str) -> None:
    """The answers of a page as what they are: ratings, an interview, objections, what an inspection or review found.

    Rows for what was found are for as many as there were: an empty one is no question left open.
    """
    by_item: dict[str, dict[str, _Answer]] = {}
    for one in answers:
        by_item.setdefault(one.slot.item, {})[one.slot.part] = one
    asked = [one for one in answers if one.slot.part in ("value", "item")]
    filled = [one for one in asked if one.text and one.slot.item != _PREFILLED]
    returned.filled += len(filled)
    returned.questions += [FormQuestion(agent_id, one.slot.item, one in filled) for one in asked]
    if returned.role == "inspection":
        _happenings(by_item, returned, agent_id, month)
        return
    if returned.role == "quality":
        _reviews(by_item, returned, agent_id, month)
        return
    returned.empty += len(asked) - len(filled)
    if not filled:
        page = answers[0].place if answers else Place(returned.file)
        returned.problems.append(problem("forms-page-empty", Place(page.file, page.sheet), agent_id))
    if returned.role == "appeal":
        _objections(by_item, returned, agent_id)
        return
    for item, parts in by_item.items():
        value = parts.get("value")
        if value is None:
            continue
        if value.slot.head:
            _rating(item, parts, returned, agent_id)
        elif value.text and (item != _PREFILLED or any(not one.slot.head for one in filled)):
            returned.said.append(Said(agent_id, returned.rater, item, value.text, value.place))


def _rating(item: str, parts: Mapping[str, _Answer], returned: Returned, agent_id: str) -> None:
    value, reason, day = parts["value"], parts.get("reason"), parts.get("day")
    why = reason.text if reason else ""
    if value.text and day is not None and not day.text:
        if day.place not in [one.place for one in returned.problems]:
            returned.problems.append(problem("forms-vote-without-day", day.place, value.slot.label))
    elif value.text:
        given = date.fromisoformat(day.text) if day else None
        rating = Rating(agent_id, returned.role, returned.rater, item, value.text, why, value.place, given)
        returned.ratings.append(rating)
    elif reason and why:
        returned.problems.append(problem("forms-reason-alone", reason.place, why, item=value.slot.label))


def _happenings(by_item: Mapping[str, Mapping[str, _Answer]], returned: Returned, agent_id: str, month: str) -> None:
    """The rows of an inspection form."""
    for _, parts, texts in _dated_rows(by_item, returned, month):
        count = Decimal(texts.get("count") or 1)
        if count < 1 or count % 1:
            returned.problems.append(problem("forms-happening-count", parts["count"].place, f"{count:f}"))
        else:
            day, evidence = date.fromisoformat(texts["day"]), texts.get("evidence", "")
            place = parts["item"].place
            found = Happened(agent_id, returned.rater, day, texts["item"], int(count), evidence, place=place)
            returned.happened.append(found)


def _dated_rows(
    by_item: Mapping[str, Mapping[str, _Answer]], returned: Returned, month: str
) -> Iterator[tuple[str, Mapping[str, _Answer], Mapping[str, str]]]:
    """Rows with anything in them: number, cells, texts. One without its item or its day, or of another month, is left
    out and said.

    So is one with a cell that could not be read: that has been said already.
    """
    unread = {one.place for one in returned.problems}
    for number, parts in by_item.items():
        texts = {part: one.text for part, one in parts.items()}
        if not any(texts.values()) or unread.intersection(one.place for one in parts.values()):
            continue
        day = texts.get("day", "")
        if not texts.get("item") or not day:
            place = next(iter(parts.values())).place
            returned.problems.append(problem("forms-happening-incomplete", place, number))
        elif not day.startswith(month):
            returned.problems.append(problem("forms-happening-elsewhen", parts["day"].place, day, month=month))
        else:
            yield number, parts, texts


def _reviews(by_item: Mapping[str, Mapping[str, _Answer]], returned: Returned, agent_id: str, month: str) -> None:
    """The rows of a form for quality reviews. One that says neither whether it is in order nor how many points is left
    out and said, and so is one with more points than there are.
    """
    for number, parts, texts in _dated_rows(by_item, returned, month):
        points, full = (Decimal(texts[name]) if texts.get(name) else None for name in ("points", "full"))
        passed, critical, spot = (_flag(texts.get(name, "")) for name in ("passed", "critical", "spot"))
        place = parts["item"].place
        if passed is None and points is None:
            returned.problems.append(problem("forms-review-without-result", place, number))
        elif points is not None and full is not None and points > full:
            said = f"{points:f}"
            returned.problems.append(problem("forms-review-points", parts["points"].place, said, most=f"{full:f}"))
        else:
            day, contact = date.fromisoformat(texts["day"]), texts.get("contact", "")
            found = Reviewed(
                agent_id, returned.rater, day, texts["item"], contact, number, passed, critical, spot, points, full,
                texts.get("evidence", ""), place,
            )  # fmt: skip
            returned.reviewed.append(found)


def _flag(text: str) -> bool | None:
    return yes_or_no(text) if text else None


def _objections(by_item: Mapping[str, Mapping[str, _Answer]], returned: Returned, agent_id: str) -> None:
    """The rows of an appeal form, each with the days that stand above them all."""
    days = {name: by_item[name]["value"].text for name in (FILED_ON, PUBLISHED_ON) if name in by_item}
    rows = [parts for parts in by_item.values() if "item" in parts and any(one.text for one in parts.values())]
    if rows and not days.get(FILED_ON):
        returned.problems.append(problem("forms-day-missing", Place(returned.file, rows[0]["item"].place.sheet)))
        return
    for parts in rows:
        named = parts["item"]
        if not named.text:
            returned.problems.append(problem("forms-objection-without-item", named.place, named.slot.label))
            continue
        published = days.get(PUBLISHED_ON)
        texts = {part: parts[part].text if part in parts else "" for part in ("claim", "reason", "evidence")}
        filed, made_known = date.fromisoformat(days[FILED_ON]), date.fromisoformat(published) if published else None
        returned.objections.append(Objection(agent_id, filed, made_known, named.text, **texts, place=named.place))
