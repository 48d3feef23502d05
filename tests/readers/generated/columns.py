"""Which columns generated exports have, and the forms that each kind of column may take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from csctl.tables import TABLES, Kind
from tests.readers.generated.cells import Form
from tests.readers.generated.days import DATES, MOMENTS
from tests.readers.generated.figures import COUNTS, DAYS, LEAVE, MONEY, NUMBERS, SHARES, named, signed
from tests.readers.generated.lengths import SECONDS
from tests.readers.generated.marks import FLAGS, IDS, NAMES, TEXT_FORMS

FORMS: Mapping[str, tuple[Form, ...]] = {
    "id": IDS, "name": NAMES, "text": TEXT_FORMS, "flag": FLAGS, "count": COUNTS, "number": NUMBERS, "days": DAYS,
    "leave": LEAVE, "seconds": SECONDS, "money": MONEY, "date": DATES, "moment": MOMENTS,
    "kpi count": named(COUNTS, "kpi count"), "kpi seconds": named(SECONDS, "kpi seconds"),
    "kpi money": named(MONEY, "kpi money"), "kpi share": named(SHARES, "kpi share"),
}  # fmt: skip
"""All forms by the kind of column they are for."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A column that an export may have: how often, and whether cells of it may be empty."""

    name: str
    chance: float
    holes: bool = True


def _always(*names: str) -> tuple[Wish, ...]:
    return tuple(Wish(name, 1, holes=False) for name in names)


def _often(*names: str) -> tuple[Wish, ...]:
    return tuple(Wish(name, 0.5) for name in names)


COLUMNS: Mapping[str, tuple[Wish, ...]] = {
    "interactions": (
        *_always("started_at"), Wish("interaction_id", 0.8, holes=False), Wish("customer_id", 0.3),
        *_often("channel", "topic", "resolved_at", "answered", "resolved", "transferred", "wait_seconds",
                "first_response_seconds", "talk_seconds", "after_seconds", "rounds", "satisfaction", "order_amount",
                "note"),
    ),
    "orders": (
        *_always("date", "amount"), Wish("order_id", 0.9, holes=False), *_often("refund_amount", "attribution"),
    ),
    "surveys": (*_always("date", "score"), *_often("full_score", "satisfied", "comment", "kind", "customer_id")),
    "attendance": (
        *_always("date"),
        *_often("shift", "in_at", "out_at", "meal_seconds", "worked_days", "late_count", "late_seconds",
                "early_count", "missed_count", "absent_days", "sick_leave_days"),
    ),
    "complaints": (
        *_always("date", "valid"), Wish("complaint_id", 0.8, holes=False),
        *_often("category", "resolved_at", "satisfied", "reopened", "content", "resolution", "feedback_at"),
    ),
    "quality": (
        *_always("date", "item"), *_often("passed", "critical", "score", "full_score", "reviewer", "told_on"),
    ),
    "kpis": _always("date"),
}  # fmt: skip

METRICS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "kpi count": (("接待人数", "Chats"), ("询单人数", "Enquiries"), ("转出次数", "Handovers")),
    "kpi share": (("应答率", "Answer rate"), ("询单转化率", "Conversion"), ("满意率", "Happy share")),
    "kpi seconds": (("平均响应时长", "Avg response time"), ("平均接待时长", "Avg handling time")),
    "kpi money": (("销售额", "Sales"), ("客单价", "Basket value")),
}
"""Figures of wide tables: Chinese and English headers."""

AGENT_CHOICES = (("agent_id",), ("agent_name",), ("agent_id", "agent_name"))
IDENTIFIED = {"interactions": "interaction_id", "orders": "order_id", "complaints": "complaint_id"}
"""Tables of which a row with a number counts once, however often it stands there."""

_KINDS = {
    Kind.ID: "id", Kind.TEXT: "text", Kind.FLAG: "flag", Kind.COUNT: "count", Kind.NUMBER: "number",
    Kind.SECONDS: "seconds", Kind.MONEY: "money", Kind.DATE: "date", Kind.MOMENT: "moment",
}  # fmt: skip


def kind_of(table: str, name: str) -> str:
    """The kind of a column, a key of FORMS."""
    if name == "agent_name":
        return "name"
    if name.endswith("_leave_days"):
        return "leave"
    if name.endswith("_days"):
        return "days"
    column = TABLES[table].column(name)
    assert column is not None, (table, name)
    return _KINDS[column.kind]


def suiting(kind: str, name: str) -> list[Form]:
    """The forms for one column."""
    forms = [form for form in FORMS[kind] if not form.columns or name in form.columns]
    # Refunds of both signs in one column are said: nobody can tell what they mean.
    return [form for form in forms if form.invent is not signed] if name == "refund_amount" else forms
