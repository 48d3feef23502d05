"""Promotion, demotion and dismissal candidates: conditions over closed months."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from csctl.policy.keys import LevelName, MeasureName, Names, Ref, Text, Whole
from csctl.policy.parts import Bounds, Identifier, Number, Part, fault

ANY_LEVEL = "*"
QuarterGradeName = Annotated[str, Ref("quarter grade")]

WAYS = {
    "judge": {"vote", "vote_percent"},
    "tenure_months": set[str](),
    "level_months": {"since_levels"},
    "average_rank": {"rank_method"},
    "ranks_missed": {"rank", "consecutive"},
    "quarters": {"grade", "grade_below", "consecutive"},
    "titles": {"title"},
    "exam": {"exam_pass"},
    "failed_months": {"consecutive"},
    "warnings": {"warning_words", "consecutive"},
    "clean": {"violations"},
    "measure": {"total"},
}
"""Every way in which a requirement may be decided, with the keys that go with it."""


class Requirement(Part):
    """One condition on a career step. Exactly one of the ways; each gives met, unmet, needs judgement or no data.

    A window is the months looked back at, the assessed one included; a quarter lies in the window if its last month
    does. Honours and exams, once won, stay won: for them only a window of their own counts, not the step's. Without
    any window all months count, but of what must be ``consecutive`` only the streak that reaches the assessed month.
    """

    id: Annotated[Identifier, Names("requirement")] = Field(description="name in findings and forms")
    label: Text = Field(description="what must hold, in words")
    rule: Text = Field("", description="rule it comes from")
    judge: bool = Field(False, description="a person says yes or no (item of the ratings table with this id or label)")
    vote: bool = Field(False, description="with judge: colleagues vote about it, and the votes are shown beside")
    vote_percent: Number | None = Field(
        None, gt=0, le=100, description="with vote: so many percent of the votes for and against must be for it, and "
        "nobody else is asked",
    )  # fmt: skip
    tenure_months: int | None = Field(None, ge=0, description="months since hiring")
    level_months: int | None = Field(None, ge=0, description="months since reaching one of ``since_levels``")
    since_levels: list[LevelName] = Field(
        default_factory=list, description="levels whose time counts for level_months; by default the step's from_level"
    )
    average_rank: int | None = Field(None, ge=1, description="rank of the mean score over the window, at the most")
    rank_method: Literal["mean_score", "every_month", "mean_rank"] = Field(
        "mean_score", description="rank of the mean score, each month's rank, or the mean of the monthly ranks"
    )
    ranks_missed: int | None = Field(None, ge=1, description="so many monthly ranks worse than ``rank``")
    rank: int = Field(3, ge=1, description="the rank that counts as reached")
    consecutive: bool = Field(False, description="the months, quarters or warnings follow each other")
    quarters: int | None = Field(None, ge=1, description="number of quarters with the grade")
    grade: QuarterGradeName | None = Field(None, description="quarterly grade: exactly this")
    grade_below: QuarterGradeName | None = Field(None, description="quarterly grade: worse than this")
    titles: int | None = Field(None, ge=1, description="number of honours")
    title: Text | None = Field(None, description="which honour; by default any")
    exam: Text | None = Field(None, description="an exam that must be passed")
    exam_pass: Number | None = Field(
        None, gt=0, le=100, description="percent of the full score that passes where the table does not say"
    )
    failed_months: int | None = Field(None, ge=1, description="months below the pass mark")
    warnings: int | None = Field(None, ge=1, description="disciplinary warnings")
    warning_words: list[Text] = Field(
        ["警告", "warning"], min_length=1, description="a disciplinary measure with one of these words is a warning"
    )
    clean: bool = Field(False, description="no discipline and no violation in the window")
    violations: list[MeasureName] = Field(
        default_factory=list,
        description="measures that must be 0 for a clean record; by default all that is fined or costs points",
    )
    measure: MeasureName | None = Field(None, description="a measure whose monthly values are added up over the window")
    total: Annotated[Bounds | None, Whole()] = Field(None, description="bounds on that sum")
    window_months: int | None = Field(None, ge=1, description="months looked back; by default the step's window")

    @property
    def way(self) -> str:
        """By which of the ways it is decided."""
        return self._ways()[0]

    @property
    def on_ranks(self) -> bool:
        """Whether monthly ranks decide it."""
        return self.way in ("average_rank", "ranks_missed")

    @property
    def asked(self) -> bool:
        """Whether a superior or a panel is asked: not where votes decide."""
        return self.judge and self.vote_percent is None

    def _ways(self) -> list[str]:
        named = {way: getattr(self, way) for way in WAYS}
        return [way for way, value in named.items() if value is not None and value is not False]

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if len(self._ways()) != 1:
            raise fault("policy-requirement-one-way")
        return self


class CareerStep(Part):
    """A step on the ladder. ``all_of``: every requirement; ``any_of``: one is enough."""

    id: Annotated[Identifier, Names("career step")] = Field(description="name in findings")
    kind: Literal["promotion", "demotion", "dismissal"] = Field(description="up, down, or out")
    from_level: Annotated[str, Ref("job level", also=(ANY_LEVEL,))] = Field(
        description="level it starts from; * for any"
    )
    to_level: Annotated[str, Ref("job level", also=("",))] = Field(
        "", description="level it leads to; empty for a dismissal"
    )
    leads_to: Text = Field("", description="what it leads to instead of a level, in words: a post above the ladder")
    on_probation: bool = Field(False, description="only for those who were on probation on a day of the month")
    window_months: int | None = Field(None, ge=1, description="months looked back; none: as far as there are any")
    after_promotion: bool = Field(False, description="only full months after reaching the present level count")
    promotion_months: int | None = Field(
        None, ge=1, description="with after_promotion: only so many months after reaching the level count"
    )
    all_of: list[Requirement] = Field(default_factory=list, description="all must be met")
    any_of: list[Requirement] = Field(default_factory=list, description="one must be met")
    stages: list[Literal["applied", "reviewed", "defended"]] = Field(
        default_factory=list,
        description="what must be booked between recommendation and approval: the agent's own application, its "
        "review, the defence",
    )
    defence: list[Requirement] = Field(
        default_factory=list,
        description="parts of a defence that is held after the recommendation: all must be passed before the approval; "
        "csctl promotion score books their points, or the exams table has them",
    )
    procedure: list[Text] = Field(default_factory=list, description="states of the case, in order")
    rule: Text = Field("", description="rules it comes from")

    @property
    def target(self) -> str:
        """The level it leads to, or what else."""
        return self.to_level or self.leads_to

    @property
    def requirements(self) -> list[Requirement]:
        """All conditions, those of the defence last."""
        return [*self.all_of, *self.any_of, *self.defence]

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.all_of and not self.any_of:
            raise fault("policy-step-without-requirements")
        return self


class QuarterGrade(Part):
    """A quarter's grade by the mean of its monthly scores, best first."""

    label: Annotated[str, Names("quarter grade")] = Field(description="A, B, C …")
    at_least: Number | None = Field(None, description="lowest mean score; none for the last")
    rule: Text = Field("", description="rule it comes from")


class Career(Part):
    """Ladder rules. Monthly scores, ranks, titles, exams, discipline and ratings of closed months decide."""

    quarter_grade: Annotated[list[QuarterGrade], Whole()] = Field(
        default_factory=list, description="grades of a quarter, best first"
    )
    unscored_breaks: bool = Field(False, description="a month without score breaks a streak instead of being skipped")
    step: list[CareerStep] = Field(default_factory=list, description="promotions, demotions, dismissals")

    @property
    def judged_items(self) -> frozenset[str]:
        """Items of the ratings table that are answers about a step, by id and by label; they score nothing."""
        judged = (one for step in self.step for one in step.requirements if one.judge)
        return frozenset(name for one in judged for name in (one.id, one.label))
