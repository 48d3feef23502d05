"""Checks on rows: required fields, deadlines, order of steps, phrases that must or must not be said.

A check gives two measures, ``check.<id>.passed`` and ``check.<id>.failed``, and the rows that failed it.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from csctl.policy.parts import Identifier, Part, Where, fault


class Deadline(Part):
    """A step must follow another within a time. A step not yet taken fails once the time is over."""

    start: str = Field(alias="from", description="column of the moment or day from which time runs")
    to: str = Field(description="column of the moment or day of the step")
    hours: int | None = Field(None, ge=0, description="hours allowed")
    days: int | None = Field(None, ge=0, description="calendar days allowed")

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if (self.hours is None) == (self.days is None):
            raise fault("policy-deadline-hours-or-days")
        return self


class Check(Part):
    """One check on the rows of a table."""

    id: Identifier = Field(description="name in measures and lists")
    label: str = Field(description="what people call it")
    table: str = Field(description="canonical table whose rows are looked at")
    where: Where = Field(default_factory=dict, description="which rows are looked at")
    filled: list[str] = Field(default_factory=list, description="columns that must be filled in")
    deadline: Deadline | None = Field(None, description="a step within a time")
    order: list[str] = Field(default_factory=list, description="columns of moments or days that must follow each other")
    text: str | None = Field(None, description="column of text to search")
    banned: list[str] = Field(default_factory=list, description="phrases that must not stand in it")
    required: list[str] = Field(default_factory=list, description="phrases of which one must stand in it")
    kind: Literal["form", "process", "speech"] = Field("form", description="a form, a process step, or what is said")
    rule: str = Field("", description="rules it comes from")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [bool(self.filled), self.deadline is not None, bool(self.order), bool(self.banned or self.required)]
        if sum(ways) != 1:
            raise fault("policy-check-one-way")
        if (self.text is not None) != bool(self.banned or self.required):
            raise fault("policy-check-text")
        return self


class Reference(Part):
    """A rule that is shown and not computed: a principle, a duty, a background figure, or a gap in the source."""

    rule: str = Field(description="rule ids")
    kind: Literal["reference", "background", "missing", "process"] = Field(
        description="text to show, background, something the source lacks, or a step done outside csctl"
    )
    text: str = Field(description="what it says, in one's own words")
