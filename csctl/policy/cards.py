"""Scorecards: what of the score is for whom, as a policy of its own for everybody who shares a card."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from csctl.messages import say
from csctl.messages.grammar import joined_parts, listed
from csctl.policy.model import Policy
from csctl.policy.scoring import Dimension
from csctl.policy.whose import Whose


@dataclass(frozen=True, slots=True)
class Card:
    """The dimensions and indicators by which somebody is scored: ``policy`` has no others.

    ``label`` is whom it is for, in words; "" where everybody has the same, and of a card with nothing on it.
    """

    label: str
    policy: Policy
    items: tuple[str, ...]
    """The ids of its indicators: two cards with the same are one."""

    def has(self, indicator: str) -> bool:
        """Whether that indicator is on it."""
        return indicator in self.items


def has_cards(policy: Policy) -> bool:
    """Whether anything of the score is for some people only."""
    return any(True for _ in _limits(policy.dimension))


def card_for(policy: Policy, levels: Collection[str], post: str, group: str) -> Card:
    """The card of somebody who goes by any of these levels, on that post, in that group."""
    if not has_cards(policy):
        return Card("", policy, _items(policy.dimension))

    def meant(whose: Whose | None) -> bool:
        return whose is None or whose.means(levels, post, group)

    own = []
    for dimension in policy.dimension:
        kept = [one for one in dimension.indicator if meant(one.for_)] if meant(dimension.for_) else []
        if kept:
            own.append(dimension.model_copy(update={"indicator": kept}))
    return Card(_label(own, policy.language), policy.model_copy(update={"dimension": own}), _items(own))


def combined_card(policy: Policy, label: str, cards: Sequence[Card]) -> Card:
    """The card of somebody who has several in a month: whatever is on any of them."""
    own = []
    for dimension in policy.dimension:
        kept = [one for one in dimension.indicator if any(card.has(one.id) for card in cards)]
        if kept:
            own.append(dimension.model_copy(update={"indicator": kept}))
    return Card(label, policy.model_copy(update={"dimension": own}), _items(own))


def _items(dimensions: Iterable[Dimension]) -> tuple[str, ...]:
    return tuple(one.id for dimension in dimensions for one in dimension.indicator)


def every_card(policy: Policy) -> list[Card]:
    """The different cards that people can have: on each post and in each group that is named, on any other, and on each
    level that is scored.
    """
    limits = list(_limits(policy.dimension))
    posts = ["", *(name for one in limits for name in one.post)]
    groups = ["", *(name for one in limits for name in one.group)]
    scored = [{one.id, one.label} for one in policy.level if one.scored]
    levels = scored if scored and any(one.level for one in limits) else [set[str]()]
    found: dict[tuple[str, ...], Card] = {}
    for level, post, group in product(levels, dict.fromkeys(posts), dict.fromkeys(groups)):
        card = card_for(policy, level, post, group)
        found.setdefault(card.items, card)
    return list(found.values())


def is_of_others(card: Card) -> bool:
    """Whether it is that of people whom nothing names, where some people have another."""
    return bool(card.label) and not has_cards(card.policy)


def _limits(dimensions: Iterable[Dimension]) -> Iterator[Whose]:
    """Everything that says for whom something is, each as often as it is said."""
    for dimension in dimensions:
        yield from [dimension.for_] if dimension.for_ else []
        yield from (one.for_ for one in dimension.indicator if one.for_)


def _label(own: Sequence[Dimension], language: str) -> str:
    """What of the card is for the fewest says whose it is; what these are among already says nothing more."""
    if not own:
        return ""
    limits = list(_limits(own))
    fewest = [one for one in limits if not any(other.within(one) and not one.within(other) for other in limits)]
    said = dict.fromkeys(whose_text(one, language) for one in fewest)
    return " + ".join(said) or say("card-of-others", language)


def whose_text(whose: Whose, language: str) -> str:
    """Posts as they are, groups and levels with a word before them."""
    named = (("", whose.post), ("card-groups", whose.group), ("card-levels", whose.level))
    texts = [(code, listed(names, language)) for code, names in named if names]
    return joined_parts((say(code, language, names=text) if code else text for code, text in texts), language)
