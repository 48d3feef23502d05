"""What the law checks say: hints to look at, never a change of pay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from csctl.messages import catalogue, say
from csctl.money import from_cents
from csctl.problems import Text

CHECKS: dict[str, tuple[str, str]] = {
    "law-fines-in-policy": ("W-01", "law-article-fines"),
    "law-fine": ("W-01", "law-article-fines"),
    "law-deduction-over-cap": ("W-01", "law-article-deduction"),
    "law-remainder-below-minimum": ("W-01", "law-article-deduction"),
    "law-below-minimum": ("W-02", "law-article-minimum-wage"),
    "law-minimum-not-given": ("W-02", "law-article-minimum-wage"),
    "law-region-not-given": ("W-02", "law-article-minimum-wage"),
    "law-probation-low": ("W-03", "law-article-probation"),
    "law-absence-twice": ("W-04", "law-article-unworked"),
    "law-dismissal": ("W-05", "law-article-dismissal"),
    "law-rest-days-planned": ("W-06", "law-article-rest"),
    "law-rest-days-taken": ("W-06", "law-article-rest"),
    "law-hours-a-day": ("W-06", "law-article-hours"),
    "law-hours-a-week": ("W-06", "law-article-hours"),
    "law-overtime-rate": ("W-06", "law-article-hours"),
    "law-overtime-hours": ("W-06", "law-article-hours"),
    "law-resignation-penalty": ("W-07", "law-article-resignation"),
    "law-publication": ("W-08", "law-article-publication"),
}
"""Each kind of advice: the check it belongs to, and the message that names the article."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One hint. ``agent_id`` is empty where it concerns the policy; ``article`` is the code of a message.

    ``amount_cents`` is the money in question (a fine, an excess, what is lacking), None where there is none.
    ``found`` and ``limit`` are texts: numbers without unit, or names as policy and roster write them, in a list.
    """

    code: str
    agent_id: str = ""
    amount_cents: int | None = None
    found: Text = ""
    limit: str = ""
    rule: Text = ""

    @property
    def check(self) -> str:
        """W-01 … W-08."""
        return CHECKS[self.code][0]

    @property
    def article(self) -> str:
        """The message that names the article of law."""
        return CHECKS[self.code][1]

    @property
    def amount(self) -> str:
        """The money in question in yuan; empty where there is none."""
        return "" if self.amount_cents is None else str(from_cents(self.amount_cents))


def advice_text(advice: Advice, language: str) -> str:
    """What was found, in a sentence."""
    return say(advice.code, language, found=advice.found, limit=advice.limit, amount=advice.amount)


def advice_remedy(advice: Advice, language: str) -> str:
    """What to do about it."""
    return catalogue()[advice.code][f"{language}_fix"]


def article_text(advice: Advice, language: str) -> str:
    """The article of law, by its short name."""
    return say(advice.article, language)


def in_order_of_checks(advice: Iterable[Advice]) -> list[Advice]:
    """By check, then as ``CHECKS`` lists the kinds, then by agent; what concerns the policy comes first."""
    kinds = list(CHECKS)
    return sorted(advice, key=lambda one: (one.check, kinds.index(one.code), one.agent_id))


def by_kind(advice: Iterable[Advice]) -> list[list[Advice]]:
    """The same kind of advice together, in order."""
    return [list(group) for _, group in groupby(in_order_of_checks(advice), key=lambda one: one.code)]
