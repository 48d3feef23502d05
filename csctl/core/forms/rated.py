"""What a rater judges: every rated item of the policy, with its standard and with what the data say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from csctl.core.forms.model import FREE, Allowed, Block, Line, Role
from csctl.core.people.cards import card_of, posts_judged
from csctl.core.records.agent import Agent
from csctl.core.scoring.beside import beside_text, measured_text
from csctl.core.scoring.marks import mark_by_data
from csctl.core.scoring.points import out_of, points_of_level
from csctl.messages import say
from csctl.policy.model import Policy
from csctl.policy.parts import Term, compared_texts
from csctl.policy.refs import named_figures
from csctl.policy.scoring import Dimension, Indicator, TallyMark
from csctl.policy.walk import uses
from csctl.words import SUPERIOR, rater_of

PLUS, MINUS, NEITHER = "+", "-", "0"
"""Marks of a tally. A nought says that the pair was looked at and neither side holds."""

Values = Mapping[str, Decimal | None]
"""One agent's measured values; a measure that is not there at all is not shown."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody who is judged, by one role. ``language`` is that of the form's own words."""

    agent: Agent
    role: Role
    language: str
    values: Values = field(default_factory=dict)

    def words(self, code: str, **blanks: object) -> str:
        """Fixed words of the form."""
        return say(code, self.language, **blanks)


def rated_blocks(policy: Policy, subject: Subject) -> list[Block]:
    """One block for each dimension, and one for items that only measures look at."""
    named = [_block(policy, subject, dimension) for dimension in card_of(policy, subject.agent).policy.dimension]
    asked = {line.item for block in named for line in block.lines}
    other = [line for line in _looked_at(policy, subject) if line.item not in asked]
    return [*named, Block("rating", subject.words("forms-other-items"), tuple(other))]


def _block(policy: Policy, subject: Subject, dimension: Dimension) -> Block:
    title = subject.words("forms-dimension", label=dimension.label, weight=f"{dimension.weight:f}")
    lines = {line.item: line for indicator in dimension.indicator for line in _lines(policy, subject, indicator)}
    return Block("rating", title, tuple(lines.values()))


def _lines(policy: Policy, subject: Subject, indicator: Indicator) -> Iterator[Line]:
    beside = beside_text(policy, indicator, subject.values) if subject.values else ""
    if indicator.tally:
        if beside:
            yield Line(f"{indicator.id}.beside", subject.words("forms-beside"), None, indicator.label, beside)
        for mark in indicator.tally.marks:
            if any(map(mark.is_for, posts_judged(policy, subject.agent))):
                yield _mark_line(subject, indicator, mark)
    elif indicator.measure:
        if subject.role != "panel":
            yield _measured_line(policy, subject, indicator)
    else:
        for item in indicator.rated_items:
            standard = "\n".join(text for text in (indicator.target, indicator.standard) if text)
            yield Line(item, item, allowed_of(policy, indicator), indicator.label, standard, beside)


def _measured_line(policy: Policy, subject: Subject, indicator: Indicator) -> Line:
    """A figure as it stands. A superior may judge otherwise, with a reason; the agent only sees it."""
    name = indicator.measure or ""
    known = name in subject.values
    shown = measured_text(subject.values[name], named_figures(policy)[name].unit, policy.language) if known else ""
    allowed = allowed_of(policy, indicator) if subject.role == "superior" else None
    standard = "\n".join(text for text in (indicator.target, indicator.standard) if text)
    return Line(
        indicator.label, indicator.label, allowed, subject.words("forms-by-data"), standard, shown, optional=True
    )


def _mark_line(subject: Subject, indicator: Indicator, mark: TallyMark) -> Line:
    sign = mark_by_data(mark, subject.values)
    shown = "" if sign is None else subject.words("forms-data-mark", mark=(NEITHER, "+", "−")[sign])
    plus = subject.words("forms-plus", text=mark.plus) if mark.plus else ""
    minus = subject.words("forms-minus", text=mark.minus) if mark.minus else ""
    standard = "\n".join(text for text in (plus, minus, mark.question) if text)
    allowed = Allowed("choice", _mark_choices(subject, mark), asks="question" if mark.question else "pair")
    return Line(mark.item, mark.item, allowed, indicator.label, standard, shown)


def _mark_choices(subject: Subject, mark: TallyMark) -> tuple[str, ...]:
    """Yes and no for a question; for a pair the signs that it has."""
    if mark.question:
        return yes_no(subject.language)
    both = not mark.plus and not mark.minus
    return (*((PLUS,) if mark.plus or both else ()), *((MINUS,) if mark.minus or both else ()), NEITHER)


def yes_no(language: str) -> tuple[str, str]:
    """The two answers to a question."""
    return say("forms-yes", language), say("forms-no", language)


def allowed_of(policy: Policy, indicator: Indicator) -> Allowed:
    """What a rater may write for an indicator: a level where it has any, else points."""
    if indicator.out_of is None and indicator.linear is None:
        named = [band.level for band in indicator.bands] or list(policy.scale)
        levels = [level for level in dict.fromkeys(named) if points_of_level(policy, indicator, level) is not None]
        if levels:
            return Allowed("choice", tuple(levels), asks="scale")
    if indicator.linear is not None and indicator.measure is None:
        return Allowed("number", asks="scale")
    return Allowed("number", most=out_of(indicator), asks="scale")


def _looked_at(policy: Policy, subject: Subject) -> Iterator[Line]:
    """Items of the ratings table that a measure counts: a summary that the superior calls thorough."""
    for _, term in uses(policy, Term):
        test = term.where
        for item in compared_texts(test.get("item")) if term.table == "ratings" else ():
            values = compared_texts(test.get("value"))
            if _asks(subject.role, compared_texts(test.get("role"))):
                yield Line(item, item, Allowed("choice", tuple(dict.fromkeys(values)), open=True) if values else FREE)


def _asks(role: Role, named: list[str]) -> bool:
    """Whether the rows that a measure counts are of this role; of the superior where it does not say."""
    return role in ({rater_of(name) for name in named} or {SUPERIOR})
