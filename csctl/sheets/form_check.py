"""A template looked through before anybody's is made: what will be filled, what is wrong, what it does not show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from csctl.core.certificates import Earned
from csctl.messages import problem
from csctl.policy.certificates import Certificate
from csctl.policy.model import Policy
from csctl.problems import Problem, shortened
from csctl.sheets.drawn import drawn_on, text_box_texts
from csctl.sheets.form_fields import FormValues
from csctl.sheets.form_fill import template_faults
from csctl.sheets.form_marks import ADJUSTMENT, EACH, PLACEHOLDER, Spot, spots_of
from csctl.sheets.form_values import NOBODY, certificate_values, form_values, nothing_of
from csctl.sheets.xlsx import open_template

_WHO = ("agent.name", "agent.called", "agent.id")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a template is: the places that are filled, and what is wrong with it or missing from it."""

    spots: tuple[Spot, ...]
    problems: tuple[Problem, ...]


def look_at_form(template: bytes, policy: Policy, language: str) -> Looked:
    """A template of performance sheets under a policy, whoever it is filled for."""
    return _looked(template, policy, values_of_form(policy, language), language, sheet=True)


def look_at_certificate(template: bytes, policy: Policy, language: str) -> Looked:
    """The same for a template of certificates."""
    rule = Certificate(id="none", label="", table="exams", of="kind")
    earned = Earned(rule, NOBODY.agent_id, None, "", "")
    return _looked(
        template, policy, certificate_values(nothing_of(policy), NOBODY, earned, language), language, sheet=False
    )


def check_form(template: bytes, policy: Policy, language: str) -> list[Problem]:
    """What is wrong with a template of performance sheets."""
    return list(look_at_form(template, policy, language).problems)


def check_certificate(template: bytes, policy: Policy, language: str) -> list[Problem]:
    """The same for a template of certificates."""
    return list(look_at_certificate(template, policy, language).problems)


def values_of_form(policy: Policy, language: str) -> FormValues:
    """All placeholders of single figures that a policy knows, with what they are of nobody."""
    return form_values(nothing_of(policy), NOBODY, language)


def _looked(template: bytes, policy: Policy, values: FormValues, language: str, *, sheet: bool) -> Looked:
    problems = template_faults(template, values, language)
    book, _ = open_template(template)
    spots: tuple[Spot, ...] = ()
    if book:
        boxes = [(title, PLACEHOLDER.findall(text)) for title, text in text_box_texts(drawn_on(template)[0])]
        spots = spots_of(book, frozenset(values.single))
        spots += tuple(Spot(title, "", tuple(keys)) for title, keys in boxes if keys)
    keys = {key for spot in spots for key in spot.keys}
    lacking = [f"{{{{{one}}}}}" if one in values.single else one for one in _lacking(keys, policy, sheet=sheet)]
    if lacking and book is not None:
        problems = [*problems, problem("template-lacks", found=shortened(lacking))]
    return Looked(spots, tuple(problems))


def _lacking(keys: set[str], policy: Policy, *, sheet: bool) -> Iterator[str]:
    """What whoever signs the sheet would look for in vain: whose it is, the score, and each indicator."""
    if not keys.intersection(_WHO):
        yield _WHO[0]
    indicators = [one for part in policy.dimension for one in part.indicator]
    if not sheet or not indicators:
        return
    if "score.total" not in keys:
        yield "score.total"
    if any(key.startswith(EACH) and not key.startswith(ADJUSTMENT) for key in keys):
        return
    yield from (one.label for one in indicators if not any(key.startswith(f"line.{one.id}.") for key in keys))
