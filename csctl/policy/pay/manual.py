"""One-off amounts that somebody decided: each stands in the table ``pay_items``, with a reason and who approved it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from csctl.policy.keys import Names, Text
from csctl.policy.parts import Identifier, Number, Part
from csctl.words import same_word


class Manual(Part):
    """Amounts of some kinds that are paid, or taken, as they are written."""

    id: Annotated[Identifier, Names("pay line")] = Field(description="name in explanations")
    label: Text = Field(description="what people call it")
    items: list[Text] = Field(
        default_factory=list, description="the items it is for, as exports name them; empty: all that no other names"
    )
    takes: bool = Field(False, description="amounts are taken, not paid; they are written without a sign")
    at_most: Number | None = Field(None, gt=0, description="most that it comes to in a month for one person, in yuan")
    rule: Text = Field("", description="rule it comes from")

    def names(self, item: str) -> bool:
        """Whether it is for this item by name."""
        return same_word(item) in map(same_word, self.items)
