"""What a form is, before anything is drawn: pages about people, blocks of lines, and the cells to fill in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from csctl.core.records.agent import Agent

Role = Literal["self", "superior", "panel", "vote", "appeal", "inspection", "quality"]
ROLES: tuple[Role, ...] = ("self", "superior", "panel", "vote", "appeal", "inspection", "quality")
"""Who fills a form in: the agent, the superior, a panel, colleagues who vote, the agent who objects to a score, who
inspects daily, and who reviews contacts."""

Part = Literal[
    "value", "reason", "item", "claim", "evidence", "day", "count",
    "contact", "passed", "critical", "spot", "points", "full",
]  # fmt: skip
"""What an input cell holds: a judgement and why; of an objection also what to, what instead, and what proves it; of
a happening also when and how often; of a review also which contact, what came of it, and out of how many points."""

Asks = Literal["", "yes or no", "question", "pair", "scale"]
"""A plain yes or no, a tally's question (it takes signs, too), plus and minus, a level or points."""

BlockKind = Literal["rating", "facts", "votes", "objections", "happenings", "reviews", "log"]
"""Judgements with a reason each; single answers, such as a date; votes with their day; rows for objections, for what
was found, and for contacts reviewed; and what was noted in the month, with nothing to fill in."""

PARTS: dict[BlockKind, tuple[Part, ...]] = {
    "rating": ("value", "reason"),
    "facts": ("value",),
    "votes": ("value", "day", "reason"),
    "objections": ("item", "claim", "reason", "evidence"),
    "happenings": ("item", "day", "count", "evidence"),
    "reviews": ("item", "contact", "day", "passed", "critical", "spot", "points", "full", "evidence"),
    "log": (),
}


HEADS: dict[BlockKind, tuple[str, ...]] = {
    "rating": ("value", "reason"),
    "facts": ("",),
    "votes": ("vote", "voted-on", "reason"),
    "objections": ("appealed", "claim", "why", "proof"),
    "happenings": ("happening", "day", "times", "proof"),
    "reviews": ("reviewed", "contact", "reviewed-on", "passed", "critical", "spot", "points", "full", "remark"),
    "log": (),
}
"""What stands above the input cells, part by part; a fact stands right of its label and needs no head."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be written into a cell: one of ``choices``, a number from 0 to ``most`` (None: any), a text, a day.

    ``open``: the choices are only the usual ones, and any other text may stand there. ``asks`` says how other words
    are taken (see ``csctl.words``); nothing is said where only the choices can be meant.
    """

    kind: Literal["choice", "number", "text", "date"]
    choices: tuple[str, ...] = ()
    most: Decimal | None = None
    open: bool = False
    asks: Asks = ""


FREE = Allowed("text")
OTHERS: dict[Part, Allowed] = {
    "day": Allowed("date"),
    "count": Allowed("number", most=Decimal(99)),
    "points": Allowed("number", most=Decimal(1000)),
    "full": Allowed("number", most=Decimal(1000)),
}
"""What may stand in the cells behind the first one of a row, where it is not any text."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row. ``item`` is its name in the ratings table, ``label`` what the form shows; nobody is asked if not
    ``allowed``: then the row only shows a figure."""

    item: str
    label: str
    allowed: Allowed | None
    group: str = ""
    standard: str = ""
    evidence: str = ""
    optional: bool = False
    """Data have an answer already, which a rater may overrule."""
    beside: Mapping[Part, Allowed] = field(default_factory=dict)
    """What may stand in cells behind the first one, where it depends on the language or the policy."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, under one title."""

    kind: BlockKind
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """What one role is asked about one agent."""

    agent: Agent
    role: Role
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One rater's workbook. ``rater_id`` is the staff number, "" for somebody who is not on the roster."""

    role: Role
    rater: str
    rater_id: str
    pages: tuple[FormPage, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell to fill in. ``label`` is the text its row shows and ``head`` names that of its column: by these it can
    be found when all else is lost."""

    agent_id: str
    role: Role
    item: str
    part: Part
    label: str
    allowed: Allowed
    head: str = ""

    @property
    def name(self) -> str:
        """The name that the workbook gives the cell: the same for the same question in every month."""
        return f"csctl_{_mark(self.agent_id, self.role, self.item, self.part)}"


def slots_of(page: FormPage) -> list[Slot]:
    """Every cell of a page that is to be filled in, in the order of its rows."""
    return [slot for block in page.blocks for line in block.lines for slot in slots_of_line(page, block, line)]


def slots_of_line(page: FormPage, block: Block, line: Line) -> Iterator[Slot]:
    """The cells of one row that are to be filled in; none where the row only shows something."""
    if line.allowed is None:
        return
    for index, (part, head) in enumerate(zip(PARTS[block.kind], HEADS[block.kind], strict=True)):
        allowed = line.allowed if index == 0 else line.beside.get(part) or OTHERS.get(part, FREE)
        yield Slot(page.agent.agent_id, page.role, line.item, part, line.label, allowed, head)


def form_id(form: Form, month: object, fingerprint: str) -> str:
    """Twelve digits that a form and all its copies share: same month, role, rater and rules."""
    return _mark(str(month), form.role, form.rater_id, form.rater, fingerprint, length=12)


def _mark(*parts: str, length: int = 16) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:length]


def blocks_with_lines(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Without blocks that have no line."""
    return tuple(block for block in blocks if block.lines)
