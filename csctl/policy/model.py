"""The whole policy."""

from __future__ import annotations

from itertools import chain
from typing import Annotated, Literal

from pydantic import Field

from csctl.policy.appeals import Appeals
from csctl.policy.career import Career
from csctl.policy.certificates import Certificate
from csctl.policy.checks import Check, Listing, Reference
from csctl.policy.keys import Names, Ordered, Own, Ref, Text
from csctl.policy.law import Law
from csctl.policy.parts import Composite, Identifier, Measure, Number, Part
from csctl.policy.pay.plan import Pay
from csctl.policy.publication import Publication, State
from csctl.policy.scoring import Adjustment, Dimension, EventType, Grade, JobLevel, ScoreRules
from csctl.policy.working_time import WorkingTime
from csctl.words import same_word

MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"


class Effective(Part):
    """Months for which the policy holds, both included."""

    from_: Text | None = Field(None, alias="from", pattern=MONTH, description="first month, YYYY-MM")
    to: Text | None = Field(None, pattern=MONTH, description="last month, YYYY-MM")


class SheetForm(Part):
    """The performance sheet."""

    template: Text = Field("generic", description="shipped template, or a file in the workspace's templates folder")
    title: Text = Field("", description="heading")


class Assumption(Part):
    """A value or reading that the source of the rules does not give; printed with every run."""

    id: Annotated[str, Names("assumption")] = Field(description="number of the ambiguity or gap, such as A-40")
    kind: Literal["example", "reading", "choice"] = Field(
        description="example: a number made up to run; reading: one way to understand a sentence; choice: the user's"
    )
    text: Text = Field(description="what was assumed, in words")
    keys: list[Annotated[str, Ref("policy key")]] = Field(default_factory=list, description="policy keys it concerns")
    rule: Text = Field("", description="rules it concerns")


class WordRule(Part):
    """What holds for the words of one column."""

    ignore: list[Text] = Field(min_length=1, description="words that no rule is to name: they are known, and not said")


class Policy(Part):
    """Rules of one department: what is measured, how it is scored, what it pays."""

    id: Annotated[Text, Own()] = Field(pattern=r"^[a-z][a-z0-9-]*$", description="short name")
    label: Annotated[Text, Own()] = Field(description="full name")
    version: Annotated[Text, Own()] = Field(description="version of the text")
    language: Annotated[Literal["zh", "en"], Own()] = Field("zh", description="language of its labels")
    state: Annotated[State, Own()] = Field("draft", description="how far it has come")
    effective: Annotated[Effective, Own()] = Field(Effective(), description="months for which it holds")
    extends: Annotated[list[Annotated[str, Ref("policy")]], Own()] = Field(
        default_factory=list, description="policies it builds on"
    )
    drop: Annotated[list[Annotated[str, Ref("inherited key")]], Own()] = Field(
        default_factory=list, description="inherited keys it leaves out, such as dimension.review"
    )
    scale: Annotated[dict[Annotated[str, Names("scale level")], Number], Ordered()] = Field(
        default_factory=dict, description="points per level, best first"
    )
    score: ScoreRules | None = Field(None, description="what holds for every score")
    dimension: list[Dimension] = Field(default_factory=list, description="what is scored")
    measure: dict[Annotated[Identifier, Names("measure")], Measure] = Field(
        default_factory=dict, description="figures per agent"
    )
    composite: dict[Annotated[Identifier, Names("composite")], Composite] = Field(
        default_factory=dict, description="several measures as one figure"
    )
    event: dict[Annotated[Identifier, Names("event")], EventType] = Field(
        default_factory=dict, description="happenings that may be logged"
    )
    adjustment: list[Adjustment] = Field(default_factory=list, description="points added or taken")
    grade: list[Grade] = Field(default_factory=list, description="overall results, best first")
    level: list[JobLevel] = Field(default_factory=list, description="job ladder, lowest first")
    pay: Pay | None = Field(None, description="what makes a salary")
    working_time: WorkingTime | None = Field(None, description="shifts, punches, leave")
    check: list[Check] = Field(default_factory=list, description="required fields, deadlines, order, phrases")
    listing: list[Listing] = Field(default_factory=list, description="most frequent values of a column")
    certificate: list[Certificate] = Field(default_factory=list, description="certificates printed with the sheets")
    career: Career | None = Field(None, description="promotion, demotion, dismissal")
    appeal: Appeals | None = Field(None, description="deadlines of appeals")
    publication: Publication | None = Field(None, description="when results may be made known and appealed")
    law: Law = Field(Law(), description="parameters of the law checks")
    reference: list[Reference] = Field(default_factory=list, description="rules that are shown, not computed")
    sheet: SheetForm = Field(SheetForm(), description="the performance sheet")
    words: dict[Annotated[str, Ref("word column")], WordRule] = Field(
        default_factory=dict, description="words that exports write, by table and column: complaints.category"
    )
    assumption: list[Assumption] = Field(default_factory=list, description="what the source does not say")

    @property
    def score_decimals(self) -> int:
        """Places of a shown score; two where nothing is scored, for figures that look like scores."""
        return self.score.decimals if self.score else 2

    @property
    def currency(self) -> str:
        """The ISO code of pay; that of mainland China where nothing is paid."""
        return self.pay.currency if self.pay else "CNY"

    @property
    def under_law(self) -> bool:
        """Whether hints on labour law are given: it is that of mainland China, where pay is in yuan."""
        return self.law.check and self.currency == "CNY"

    def job_level(self, name: str) -> JobLevel | None:
        """The rung of that id or label, in whatever letters; of two that differ in letters alone, the exact one."""
        exact = (level for level in self.level if name and name in (level.id, level.label))
        word = same_word(name)
        alike = (level for level in self.level if word and word in map(same_word, (level.id, level.label)))
        return next(chain(exact, alike), None)
