"""The whole policy."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from csctl.policy.appeals import Appeals
from csctl.policy.career import Career
from csctl.policy.checks import Check, Listing, Reference
from csctl.policy.law import Law
from csctl.policy.parts import Composite, Identifier, Measure, Number, Part
from csctl.policy.pay import Pay
from csctl.policy.scoring import Adjustment, Dimension, EventType, Grade, JobLevel, ScoreRules
from csctl.policy.working_time import WorkingTime

MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"


class Effective(Part):
    """Months for which the policy holds, both included."""

    from_: str | None = Field(None, alias="from", pattern=MONTH, description="first month, YYYY-MM")
    to: str | None = Field(None, pattern=MONTH, description="last month, YYYY-MM")


class SheetForm(Part):
    """The performance sheet."""

    template: str = Field("generic", description="shipped template, or a file in the workspace's templates folder")
    title: str = Field("", description="heading")


class Assumption(Part):
    """A value or reading that the source of the rules does not give; printed with every run."""

    id: str = Field(description="number of the ambiguity or gap, such as A-40")
    kind: Literal["example", "reading", "choice"] = Field(
        description="example: a number made up to run; reading: one way to understand a sentence; choice: the user's"
    )
    text: str = Field(description="what was assumed, in words")
    keys: list[str] = Field(default_factory=list, description="policy keys it concerns")
    rule: str = Field("", description="rules it concerns")


class Policy(Part):
    """Rules of one department: what is measured, how it is scored, what it pays."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="short name")
    label: str = Field(description="full name")
    version: str = Field(description="version of the text")
    language: Literal["zh", "en"] = Field("zh", description="language of its labels")
    state: Literal["draft", "reviewed", "published"] = Field("draft", description="how far it has come")
    effective: Effective = Field(Effective(), description="months for which it holds")
    extends: list[str] = Field(default_factory=list, description="policies it builds on")
    drop: list[str] = Field(default_factory=list, description="inherited keys it leaves out, such as dimension.review")
    scale: dict[str, Number] = Field(default_factory=dict, description="points per level, best first")
    score: ScoreRules | None = Field(None, description="what holds for every score")
    dimension: list[Dimension] = Field(default_factory=list, description="what is scored")
    measure: dict[Identifier, Measure] = Field(default_factory=dict, description="figures per agent")
    composite: dict[Identifier, Composite] = Field(default_factory=dict, description="several measures as one figure")
    event: dict[Identifier, EventType] = Field(default_factory=dict, description="happenings that may be logged")
    adjustment: list[Adjustment] = Field(default_factory=list, description="points added or taken")
    grade: list[Grade] = Field(default_factory=list, description="overall results, best first")
    level: list[JobLevel] = Field(default_factory=list, description="job ladder, lowest first")
    pay: Pay | None = Field(None, description="what makes a salary")
    working_time: WorkingTime | None = Field(None, description="shifts, punches, leave")
    check: list[Check] = Field(default_factory=list, description="required fields, deadlines, order, phrases")
    listing: list[Listing] = Field(default_factory=list, description="most frequent values of a column")
    career: Career | None = Field(None, description="promotion, demotion, dismissal")
    appeal: Appeals | None = Field(None, description="deadlines of appeals")
    law: Law = Field(Law(), description="parameters of the law checks")
    reference: list[Reference] = Field(default_factory=list, description="rules that are shown, not computed")
    sheet: SheetForm = Field(SheetForm(), description="the performance sheet")
    assumption: list[Assumption] = Field(default_factory=list, description="what the source does not say")

    def job_level(self, name: str) -> JobLevel | None:
        """The rung of that id or label."""
        return next((level for level in self.level if name and name in (level.id, level.label)), None)
