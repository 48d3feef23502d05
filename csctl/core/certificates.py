"""Who has earned which certificate in a month."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import narwhals as nw

from csctl.core.frames.columns import comparable, where_expression
from csctl.core.frames.frame import Frame, records
from csctl.month import Month
from csctl.policy.certificates import Certificate
from csctl.policy.model import Policy
from csctl.tables import TABLES


@dataclass(frozen=True, slots=True)
class Earned:
    """One certificate: ``of`` is the training, exam or honour; ``number`` is "" where none is written down."""

    rule: Certificate
    agent_id: str
    day: date | None
    of: str
    number: str


def earned_certificates(
    policy: Policy, frames: Mapping[str, Frame], month: Month, known: Collection[str]
) -> list[Earned]:
    """The certificates of the people ``known``, as the policy lists them, then by number of staff, day and name.

    ``frames`` are credited canonical tables.

    A row that says the same as another, such as one read from two exports, earns no second one.
    """
    found: list[Earned] = []
    for rule in policy.certificate:
        if rule.table in frames:
            rows = _rows(rule, frames[rule.table], month)
            own = {(one.agent_id, str(one.day), one.of, one.number): one for one in rows if one.agent_id in known}
            found += [own[key] for key in sorted(own)]
    return found


def _rows(rule: Certificate, frame: Frame, month: Month) -> Iterator[Earned]:
    dated = TABLES[rule.table].dated
    kept = frame if dated is None else frame.filter(nw.col("month") == str(month))
    kept = comparable(kept, rule.table, [rule.where])
    where = where_expression(rule.table, rule.where)
    for row in records(kept if where is None else kept.filter(where)):
        number = row[rule.number] if rule.number else None
        day = row[dated] if dated else None
        yield Earned(rule, row["agent"] or "", day, str(row[rule.of] or ""), str(number or ""))
