"""A bonus earned by the team and shared."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from csctl.policy.keys import LevelName, MeasureName, Names, Ref, Text, Whole
from csctl.policy.parts import Number, fault
from csctl.policy.pay.limited import Limited
from csctl.policy.pay.negative import Negative
from csctl.policy.pay.tiers import Tier

_OF_A_SCALE = ("tiers", "mode", "share")
"""Keys that a pool measured on sales must have, and that one of a fixed amount has not."""


class Pool(Negative, Limited):
    """A bonus earned by the team and shared: a commission on what all sold, a fixed amount, or so much per head."""

    label: Annotated[str, Names("pool")] = Field(description="what people call it")
    of: Annotated[str, Ref("measure", units=("yuan",))] | None = Field(
        None, description="measure in yuan, summed over the team"
    )
    amount: Number | None = Field(None, gt=0, description="yuan a month for each pool, instead of ``of``")
    per_head: Number | None = Field(
        None,
        gt=0,
        description="yuan a month for everybody who takes part, by days as ``prorate`` says, instead of ``of``",
    )
    tiers: Annotated[list[Tier], Whole()] = Field(
        default_factory=list, min_length=1, description="commission scale, lowest first; with ``of``"
    )
    mode: Literal["marginal", "whole"] = Field(
        "marginal",
        description="marginal: each part at its tier's rate; whole: everything at the rate of the tier reached; with "
        "``of``",
    )
    share: Number = Field(
        1, ge=0, le=1, validate_default=True, description="part of the commission that goes to the agents; with ``of``"
    )
    split_by: Literal["score", "measure", "equal"] = Field("score", description="what a share is proportional to")
    measure: MeasureName | None = Field(
        None, description="what a share is proportional to: hours, days present, contacts; split_by = measure"
    )
    weights: dict[LevelName, Annotated[Number, Field(ge=0)]] = Field(
        default_factory=dict, description="what claims of a level are multiplied by; of one that is not named, 1"
    )
    by_fte: bool = Field(False, description="claims are multiplied by the part of full time that somebody works")
    least_score: Number | None = Field(
        None, description="who has less, or no score, takes no part: a share of 0, which says why"
    )
    least_coverage: Annotated[Number, Field(gt=0, le=1)] | None = Field(
        None,
        description="least part of the weight of the own card that must rest on data for taking part, 0 to 1; who has "
        "less, or no score, has a share of 0",
    )
    per: Literal["team", "group"] = Field("team", description="one pool, or one for each group")
    counts: Literal["everybody", "employed"] = Field(
        "everybody", description="whose rows make it: also those of people of the roster who left or are not here yet"
    )
    prorate: bool = Field(
        True,
        description="joiners, leavers and probationers count for their regular workdays only; a measure as it is",
    )
    rule: Text = Field("", description="rule it comes from")

    @property
    def on_score(self) -> bool:
        """Whether the score decides about shares: it is what they are proportional to, or who has one."""
        return self.split_by == "score" or self.least_score is not None or self.least_coverage is not None

    @model_validator(mode="after")
    def _made_of(self) -> Self:
        if sum(one is not None for one in (self.of, self.amount, self.per_head)) != 1:
            raise fault("policy-pool-of-what")
        given = self.model_fields_set.intersection(_OF_A_SCALE)
        if self.of is not None and (len(given) < len(_OF_A_SCALE) or not self.tiers):
            raise fault("policy-pool-without-scale")
        if self.of is None and (given or self.negative != "zero"):
            raise fault("policy-pool-needs-no-scale")
        if (self.split_by == "measure") != (self.measure is not None):
            raise fault("policy-pool-split-by-what")
        return self
