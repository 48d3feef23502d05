"""How a score is made: levels, bands, indicators, dimensions, adjustments, grades."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from csctl.policy.keys import ListKey, MeasureName, Names, Ref, Text, Whole
from csctl.policy.parts import Bounds, Condition, Happening, Identifier, Number, Part, fault
from csctl.policy.whose import Whose
from csctl.words import same_word

Missing = Literal["block", "reweight", "zero", "full", "team_mean"]


class Quotas(Part):
    """How places are given in grades that only a share of the scored people may have.

    A grade has so many places: its quota × the number of people with a score, fractions dropped. The best scores take
    them; whoever is left takes the next grade below, and competes for its places with those who reached it.
    """

    ties: Literal["all", "none"] = Field(
        description="several have the last score that has a place, and there is not one for each: all of them keep the "
        "grade, or none"
    )
    from_: int = Field(1, alias="from", ge=1, description="with fewer people with a score no quota holds")
    at_least: int = Field(0, ge=0, description="a grade with a quota has so many places at the least")
    rule: Text = Field("", description="rule it comes from")


class ScoreRules(Part):
    """What holds for every score."""

    decimals: int = Field(2, ge=0, le=4, description="places of the shown score, rounded once, HALF_UP")
    pass_mark: Number = Field(description="a shown score below it fails")
    raters: Annotated[dict[Annotated[str, Ref("rater")], Number], Whole()] = Field(
        default_factory=dict,
        description="share of each rater role in percent, such as self = 30, superior = 70",
    )
    floor: Number | None = Field(None, description="a score below it is lifted to it")
    cap: Number | None = Field(None, description="a score above it is cut to it")
    complete_sheets: bool = Field(
        False, description="whom the superior has not rated in every rated indicator has no score"
    )
    coefficient_paid: Literal["outside"] | None = Field(
        None, description="outside: the coefficients of grades are shown here and paid elsewhere"
    )
    rank: Literal["card", "all"] | None = Field(
        None,
        description="where people have different cards, with whom a score is compared (rank, places of grades, first "
        "in the score): with those of the same card, or with all",
    )
    moved: Literal["last", "longest", "by_days"] | None = Field(
        None,
        description="who changes post, group or level inside a month is scored by the card of the last day, by that of "
        "most days, of two with as many the later, or by each card on its own days and rows, weighted by days; without "
        "it by that of the last day, which is said",
    )
    quotas: Annotated[Quotas | None, Whole()] = Field(
        None, description="how the places of grades with a quota are given"
    )
    min_coverage: Number = Field(
        Decimal("0.5"),
        ge=0,
        le=1,
        description="least part of the weight that must rest on data; with less there is no score",
    )
    rule: Text = Field("", description="rule it comes from")

    @model_validator(mode="after")
    def _raters_sum(self) -> Self:
        if self.raters and sum(self.raters.values()) != 100:
            raise fault("policy-raters-sum", total=str(sum(self.raters.values())))
        return self


class Band(Bounds):
    """One step of a scale. Bands are tried in order; the first that holds gives its level and points."""

    level: Annotated[str, Ref("scale level", unless="points"), ListKey()] = Field(description="name of the level")
    points: Number | None = Field(None, description="points; by default those of the level on the scale")
    measure: MeasureName | None = Field(None, description="test another measure than the indicator's")


class Linear(Part):
    """Points along a line: none at ``zero``, full at ``full``, cut at both ends. ``full`` may be the smaller."""

    zero: Number = Field(description="value that earns nothing")
    full: Number = Field(description="value that earns everything")

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.zero == self.full:
            raise fault("policy-line-without-slope")
        return self


class TallyMark(Part):
    """One item of a tally: a pair of descriptions of which one may be ticked, or a question answered yes or no.

    An item with conditions is marked by data where the data are there; a rater overrides it only with a reason.
    """

    item: Annotated[str, Names("item", within="tally")] = Field(min_length=1, description="name in the ratings table")
    plus: Text = Field("", description="what earns a plus")
    minus: Text = Field("", description="what earns a minus")
    question: Text = Field("", description="what the rater is asked; yes is a plus")
    reverse: bool = Field(False, description="yes speaks against the agent: it is a minus")
    if_marked: bool = Field(False, description="counts among the items only where it is marked")
    counts: bool = Field(True, description="false: a prompt; its answer is shown beside the points and is worth none")
    posts: list[Text] = Field(default_factory=list, description="only for these posts; empty: for everybody")
    minus_if: list[Condition] = Field(default_factory=list, description="a minus if one of these holds, whatever else")
    plus_if: list[Condition] = Field(default_factory=list, description="a plus if one of these holds")
    rule: Text = Field("", description="rule it comes from")

    def is_for(self, post: str) -> bool:
        """Whether people on that post are judged by it."""
        return not self.posts or same_word(post) in map(same_word, self.posts)


class Tally(Part):
    """Plus and minus marks on several rated items.

    Points = base + span × (pluses − minuses) ÷ items, within 0 … 100. Of several raters of a role the mean counts.
    """

    items: list[Annotated[str, Names("item", within="tally")]] = Field(
        default_factory=list, description="rated items; each +, - or nothing"
    )
    mark: list[TallyMark] = Field(default_factory=list, description="rated items with descriptions or conditions")
    base: Number = Field(description="points without any mark")
    span: Number = Field(gt=0, description="points from no mark to all marks of one sign")

    @property
    def marks(self) -> list[TallyMark]:
        """All its items."""
        return [*(TallyMark(item=item) for item in self.items), *self.mark]

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.items and not self.mark:
            raise fault("policy-tally-without-items")
        return self


class Indicator(Part):
    """One thing that is scored, from a measure or from a rating."""

    id: Annotated[Identifier, Names("score line")] = Field(description="name in explanations and sheets' placeholders")
    label: Text = Field(description="what people call it")
    target: Text = Field("", description="target, in words")
    standard: Text = Field("", description="how it is judged, in words")
    weight: Number | None = Field(None, gt=0, description="points at stake; by default an equal part of the dimension")
    for_: Annotated[Whose | None, Whole()] = Field(
        None, alias="for", description="only on the card of these people; by default on everybody's"
    )
    measure: MeasureName | None = Field(None, description="measure that is scored")
    rating: Text | None = Field(None, description="item of the ratings table that is scored")
    ratings: list[Text] = Field(default_factory=list, description="several rated items: their mean is scored")
    tally: Tally | None = Field(None, description="plus and minus marks on several rated items")
    min_n: int = Field(1, ge=1, description="with fewer rows or answers behind the measure, its value is missing")
    missing: Missing = Field(description="what a missing value means")
    bands: Annotated[list[Band], Whole()] = Field(
        default_factory=list, description="steps, best or worst first; the first that holds"
    )
    linear: Annotated[Linear | None, Whole()] = Field(None, description="a straight line instead of steps")
    out_of: Number | None = Field(None, gt=0, description="the value itself is the points, out of this many")
    beside: list[MeasureName] = Field(default_factory=list, description="measures shown with it that are not scored")
    posts: list[Text] = Field(
        default_factory=list,
        description="whose work it is: of people on other posts it may lack data without a word; empty: everybody's",
    )
    rule: Text = Field("", description="rule it comes from")
    note: Text = Field("", description="remark for the sheet")

    def is_due_from(self, post: str, posts: Collection[str]) -> bool:
        """Whether people on that post should have data of it. Where nobody is on any of its posts (``posts`` are those
        there are), it is everybody's.
        """
        own = set(map(same_word, self.posts))
        return same_word(post) in own or own.isdisjoint(map(same_word, posts))

    @property
    def rated_items(self) -> list[str]:
        """Items of the ratings table that are scored; none where a measure is."""
        if self.rating is not None:
            return [self.rating]
        return [mark.item for mark in self.tally.marks] if self.tally else self.ratings

    @model_validator(mode="after")
    def _shape(self) -> Self:
        sources = [self.measure is not None, self.rating is not None, bool(self.ratings), self.tally is not None]
        if sum(sources) != 1:
            raise fault("policy-measure-or-rating")
        ways = [bool(self.bands), self.linear is not None, self.out_of is not None]
        if sum(ways) > 1:
            raise fault("policy-one-way-of-scoring")
        if self.measure and not any(ways):
            raise fault("policy-no-way-of-scoring")
        if self.tally and any(ways):
            raise fault("policy-tally-gives-points")
        return self


class Dimension(Part):
    """A group of indicators that share a weight."""

    id: Annotated[Identifier, Names("dimension")] = Field(description="name in explanations")
    label: Text = Field(description="what people call it")
    weight: Number = Field(gt=0, description="points at stake; all dimensions of a card together make 100")
    for_: Annotated[Whose | None, Whole()] = Field(
        None, alias="for", description="only on the card of these people; by default on everybody's"
    )
    rule: Text = Field("", description="rule it comes from")
    indicator: list[Indicator] = Field(min_length=1, description="what is scored in it")


class EventType(Part):
    """A kind of happening that may stand in the events table."""

    label: Annotated[str, Names("event")] = Field(
        description="what people call it; may be written in the table instead of the id"
    )
    rule: Text = Field("", description="rule it comes from")


class Adjustment(Part):
    """Points added to or taken from the score."""

    id: Annotated[Identifier, Names("score line")] = Field(description="name in explanations")
    label: Text = Field(description="what people call it")
    points: Number = Field(description="points each time; negative to take away")
    each: Annotated[Happening | None, Whole()] = Field(None, description="once per happening")
    when: Annotated[Condition | None, Whole()] = Field(None, description="once a month if this holds")
    at_most: int | None = Field(None, ge=1, description="times it counts in a month at the most")
    rule: Text = Field("", description="rule it comes from")

    @model_validator(mode="after")
    def _trigger(self) -> Self:
        if (self.each is None) == (self.when is None):
            raise fault("policy-each-or-when")
        if self.when and self.when.score:
            raise fault("policy-adjustment-on-score")
        return self


class Grade(Part):
    """The overall result that a score earns, best first."""

    label: Annotated[str, Names("grade")] = Field(description="what people call it")
    at_least: Number | None = Field(None, description="lowest score; none for the last grade")
    coefficient: Number | None = Field(None, description="bonus coefficient")
    quota: Number | None = Field(
        None, gt=0, lt=1, description="greatest share of the scored people who may have it, such as 0.2"
    )
    rule: Text = Field("", description="rule it comes from")


class JobLevel(Part):
    """A rung of the job ladder, lowest first."""

    id: Annotated[str, Names("job level")] = Field(description="as the roster writes it")
    label: Annotated[str, Names("job level")] = Field("", description="what people call it, if other than the id")
    scored: bool = Field(True, description="false: neither scored, ranked nor in the pool")
    rule: Text = Field("", description="rule it comes from")
