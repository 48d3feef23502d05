"""Who gets a component of pay."""

from __future__ import annotations

from pydantic import Field

from csctl.policy.keys import LevelName, Text
from csctl.policy.parts import Part
from csctl.words import fold


class Receivers(Part):
    """A component that may be for some people only."""

    levels: list[LevelName] = Field(default_factory=list, description="only for these levels; empty: for everybody")
    posts: list[Text] = Field(default_factory=list, description="only for these posts; empty: for everybody")
    groups: list[Text] = Field(default_factory=list, description="only for these groups; empty: for everybody")
    on_probation: bool = Field(True, description="also while on probation")

    def include(self, levels: set[str], post: str, group: str) -> bool:
        """Whether somebody is meant who goes by any of these levels, on that post, in that group."""
        named = (not self.levels or bool(levels & set(self.levels)), _among(post, self.posts))
        return all(named) and _among(group, self.groups)


def _among(name: str, names: list[str]) -> bool:
    return not names or fold(name) in map(fold, names)
