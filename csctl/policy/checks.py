"""Checks on rows: required fields, deadlines, order of steps, phrases that must or must not be said; and listings.

A check gives the measures ``check.<id>.passed``, ``check.<id>.failed`` (counts of rows) and ``check.<id>.rate``
(share passed, in percent), and the rows that failed it. A listing counts the values of a column, most frequent first.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from csctl.month import Month
from csctl.policy.keys import ListKey, Names, StoredColumn, TableName, Text, TimeColumn, Whole, WordColumn
from csctl.policy.parts import Identifier, Part, Where, fault

CHECK_PREFIX = "check."
CHECK_RESULTS = {"passed": "count", "failed": "count", "rate": "%"}
"""What a check measures, and in which unit: ``check.<id>.passed`` …"""
SHORTEST_MONTH = 28


class Deadline(Part):
    """A step must follow another within a time. A step not yet taken fails once the time is over.

    The last allowed moment or day is in time. A day without a clock time counts to the agent's advantage: time runs
    from its end, and a step is taken at its beginning.
    """

    start: TimeColumn = Field(alias="from", description="column of the moment or day from which time runs")
    to: TimeColumn = Field(description="column of the moment or day of the step")
    hours: int | None = Field(None, ge=0, le=8784, description="hours allowed")
    days: int | None = Field(None, ge=0, le=366, description="calendar days allowed")
    not_before: Text | None = Field(
        None, pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="HH:MM of the first day; an earlier step is none"
    )
    until: Literal["week_end", "month_end", "month_start"] | None = Field(
        None, description="by the Sunday of that week, by the end of that month, or before that month begins"
    )

    @property
    def months_back(self) -> int:
        """How many months before a run's month hold rows whose time may be over in it."""
        days = self.days if self.days is not None else (self.hours or 0) // 24
        return 1 + days // SHORTEST_MONTH

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if sum(limit is not None for limit in (self.hours, self.days, self.until)) != 1:
            raise fault("policy-deadline-hours-or-days")
        return self


class Rota(Part):
    """A plan that says whose turn it is: everybody in one of its rows, on that row's day."""

    table: TableName = Field(description="canonical table of the plan")
    where: Where = Field(default_factory=dict, description="which of its rows count")
    required: bool = Field(False, description="a time for which nobody is planned has failed, whoever has a row")


class ExpectedRows(Part):
    """Rows that must be there: whoever had to hand something in and has no row has not done it.

    A week is the seven days that end with the day on which it is due. Where the table was not read for the month
    nothing can be said, and nobody failed.
    """

    every: Literal["day", "week", "month", "year"] = Field(description="how often a row is due")
    who: Literal["each", "anybody"] = Field("each", description="a row of each person, or of one of them")
    posts: list[Text] = Field(default_factory=list, description="people on these posts; empty: everybody")
    rota: Annotated[Rota | None, Whole()] = Field(
        None, description="instead of everybody: whoever is planned, that day"
    )
    weekday: int = Field(7, ge=1, le=7, description="day of the week on which a week is due: 1 is Monday")
    workdays: bool = Field(False, description="nothing is due on a day that the calendar has as a day off")
    each_of: StoredColumn | None = Field(
        None, description="one row for each text that where names of this column, such as the steps of an approval"
    )


class Check(Part):
    """One check on the rows of a table."""

    id: Annotated[Identifier, Names("check")] = Field(description="name in measures and lists")
    label: Text = Field(description="what people call it")
    table: TableName = Field(description="canonical table whose rows are looked at")
    where: Where = Field(default_factory=dict, description="which rows are looked at")
    filled: list[StoredColumn] = Field(default_factory=list, description="columns that must be filled in")
    must: Where = Field(default_factory=dict, description="tests that every row must meet")
    deadline: Annotated[Deadline | None, Whole()] = Field(None, description="a step within a time")
    order: list[TimeColumn] = Field(
        default_factory=list, description="columns of moments or days that must follow each other"
    )
    text: WordColumn | None = Field(None, description="column of text to search")
    together: StoredColumn | None = Field(
        None, description="texts with the same value here are searched as one, such as interaction_id"
    )
    banned: list[Text] = Field(
        default_factory=list, description='phrases that must not stand in it; "phrase→better one" suggests another'
    )
    required: list[Text] = Field(default_factory=list, description="phrases of which one must stand in it")
    characters: int | None = Field(None, ge=2, description="fewest letters, digits or Chinese characters in it")
    expected: Annotated[ExpectedRows | None, Whole()] = Field(
        None, description="rows that must be there: one that lacks fails"
    )
    ahead: bool = Field(
        False, description="rows of the month after are looked at: what this month has to make ready for it"
    )
    kind: Literal["form", "process", "speech"] = Field("form", description="a form, a process step, or what is said")
    rule: Text = Field("", description="rules it comes from")

    @property
    def months_back(self) -> int:
        """How many months before a run's month it looks at."""
        return self.deadline.months_back if self.deadline and not self.ahead else 0

    def month_of_rows(self, month: Month) -> Month:
        """The month whose rows tell about a run's month."""
        return month.shift(1) if self.ahead else month

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        speech = bool(self.banned or self.required or self.characters)
        ways = (bool(self.filled), bool(self.must), self.deadline is not None, bool(self.order), speech)
        if sum(ways) != 1 and not (self.expected is not None and not any(ways)):
            raise fault("policy-check-one-way")
        if (self.text is not None) != speech or (self.together is not None and not speech):
            raise fault("policy-check-text")
        return self


class Listing(Part):
    """How often each value of a column occurs in the month, most frequent first: causes, kinds of complaint."""

    id: Annotated[Identifier, Names("listing")] = Field(description="name in reports")
    label: Text = Field(description="what people call it")
    table: TableName = Field(description="canonical table whose rows are counted")
    where: Where = Field(default_factory=dict, description="which rows are counted")
    by: WordColumn = Field(description="column whose values are counted")
    most: int = Field(10, ge=1, description="how many values are listed")
    rule: Text = Field("", description="rules it comes from")


class Reference(Part):
    """A rule that is shown and not computed: a principle, a duty, a background figure, or a gap in the source."""

    rule: Annotated[Text, ListKey()] = Field(description="rule ids")
    kind: Literal["reference", "background", "missing", "process"] = Field(
        description="text to show, background, something the source lacks, or a step done outside csctl"
    )
    text: Text = Field(description="what it says, in one's own words")
