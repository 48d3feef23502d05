"""Money taken."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from csctl.policy.keys import Names, Text, Whole
from csctl.policy.parts import Condition, Happening, Identifier, Number, Part, fault


class Fine(Part):
    """Money taken for a happening or a result; a law check warns about it."""

    id: Annotated[Identifier, Names("pay line")] = Field(description="name in explanations")
    label: Text = Field(description="what people call it")
    amount: Number = Field(gt=0, description="yuan each time")
    each: Annotated[Happening | None, Whole()] = Field(None, description="once per happening")
    when: Annotated[Condition | None, Whole()] = Field(None, description="once a month if this holds")
    escalate: Literal["none", "double"] = Field("none", description="double: 1×, 2×, 4× … within a month")
    from_count: int = Field(1, ge=1, description="the first happening that costs")
    once: bool = Field(False, description="at most once a month")
    kind: Literal["fine", "compensation"] = Field("fine", description="a fine, or compensation for a loss")
    rule: Text = Field("", description="rule it comes from")

    @model_validator(mode="after")
    def _trigger(self) -> Self:
        if (self.each is None) == (self.when is None):
            raise fault("policy-each-or-when")
        return self
