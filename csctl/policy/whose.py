"""Whom a part of the score is for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Self

from pydantic import Field, model_validator

from csctl.policy.keys import LevelName, Text
from csctl.policy.parts import Part, fault
from csctl.words import same_word


class Whose(Part):
    """Some people only: everybody on one of the posts, in one of the groups and on one of the levels that are named."""

    post: list[Text] = Field(default_factory=list, description="people on one of these posts")
    group: list[Text] = Field(default_factory=list, description="people in one of these groups")
    level: list[LevelName] = Field(default_factory=list, description="people on one of these levels")

    def means(self, levels: Collection[str], post: str, group: str) -> bool:
        """Whether somebody is meant who goes by any of these levels, on that post, in that group."""
        on_level = not self.level or not set(self.level).isdisjoint(levels)
        return on_level and _among(post, self.post) and _among(group, self.group)

    def within(self, other: Whose) -> bool:
        """Whether everybody who is meant is meant by the other too."""
        pairs = ((self.post, other.post), (self.group, other.group), (self.level, other.level))
        return all(not wide or (bool(own) and _words(own) <= _words(wide)) for own, wide in pairs)

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not (self.post or self.group or self.level):
            raise fault("policy-for-nobody-named")
        return self


def _words(names: Collection[str]) -> set[str]:
    return set(map(same_word, names))


def _among(name: str, names: Collection[str]) -> bool:
    return not names or same_word(name) in _words(names)
