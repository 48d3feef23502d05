"""Columns that no export has: when a customer came back, how long that was watched for, how long a complaint took.

They are worked out over all rows brought in, whoever the rows are credited to and whatever month they lie in, and
only where the policy names them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import narwhals as nw

from csctl.core.frames.columns import comparable, where_expression
from csctl.core.frames.frame import Frame, collected
from csctl.core.measuring.moments import MICROSECONDS_IN_MILLISECOND, day_number, microseconds
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import Term
from csctl.policy.refs import columns_named
from csctl.policy.walk import uses
from csctl.problems import Problem
from csctl.tables import DAY_BY

OBSERVED = "observed_seconds"
SCOPES = {"next_contact_seconds": ["customer_id"], "next_topic_seconds": ["customer_id", "topic"]}
"""What must be the same for a contact to be a return."""
_SEPARATOR = "\x1f"
_BEGUN = "begun"
"""When a row's contact began, in microseconds."""


def derived_columns(policy: Policy) -> dict[str, set[str]]:
    """The derived columns that the policy names, by table."""
    found: dict[str, set[str]] = {}
    for table, column in columns_named(policy):
        if any(column == one.name for one in table.derived):
            found.setdefault(table.name, set()).add(column)
    return found


def tables_of_following_month(policy: Policy) -> set[str]:
    """The tables whose rows of the month after tell about a month: who came back, and what had to be made ready."""
    contacts = {"interactions"} if derived_columns(policy).get("interactions") else set[str]()
    ahead = [check for check in policy.check if check.ahead]
    rotas = {check.expected.rota.table for check in ahead if check.expected and check.expected.rota}
    return contacts | {check.table for check in ahead} | rotas


def with_derived(policy: Policy, frames: Mapping[str, Frame]) -> dict[str, Frame]:
    """The frames with the derived columns that the policy names, as whole numbers of their smallest unit."""
    wanted = derived_columns(policy)
    return {name: DERIVATIONS[name](frame, wanted[name]) if name in wanted else frame for name, frame in frames.items()}


def _with_repeats(frame: Frame, names: Collection[str]) -> Frame:
    frame = frame.with_columns(microseconds(nw.col("started_at")).alias(_BEGUN))
    if OBSERVED in names:
        frame = frame.with_columns(_milliseconds(nw.col(_BEGUN).max(), nw.col(_BEGUN)).alias(OBSERVED))
    for name, scope in SCOPES.items():
        if name in names:
            frame = _with_next(frame, name, scope)
    return frame.drop(_BEGUN)


def _with_next(frame: Frame, name: str, scope: Sequence[str]) -> Frame:
    """Time from each contact to the next one with the same scope; rows with one contact number are one contact.

    Of contacts that began at the same moment the lower number comes first. Where the customer (or the topic) is
    unknown nobody can say who came back.
    """
    numbered = frame.with_columns(_contact().alias("contact"))
    known = numbered.filter(*(nw.col(column).fill_null("") != "" for column in scope))
    contacts = known.group_by(*scope, "contact").agg(nw.col(_BEGUN).min().alias("first"))
    followed = contacts.with_columns(
        nw.col("first").shift(-1).over(*scope, order_by=["first", "contact"]).alias("next")
    )
    joined = numbered.join(followed, on=[*scope, "contact"], how="left")
    taken = _milliseconds(nw.col("next"), nw.col("first"))
    return joined.with_columns(taken.alias(name)).drop("contact", "first", "next")


def _contact() -> nw.Expr:
    """The contact's number; a row without one is a contact of its own."""
    place = nw.concat_str(
        nw.col("source_file").fill_null(""),
        nw.col("source_sheet").fill_null(""),
        nw.col("source_row").cast(nw.String()),
        separator=_SEPARATOR,
    )
    number = nw.col("interaction_id").fill_null("")
    return nw.when(number != "").then(number).otherwise(place)


def _milliseconds(later: nw.Expr, earlier: nw.Expr) -> nw.Expr:
    return ((later - earlier) // MICROSECONDS_IN_MILLISECOND).cast(nw.Int64())


def _with_settlement(frame: Frame, names: Collection[str]) -> Frame:
    taken = day_number(nw.col("resolved_at")) - day_number(nw.col("date"))
    return frame.with_columns(taken.cast(nw.Int64()).alias(name) for name in names)


def _with_counted(frame: Frame, names: Collection[str]) -> Frame:
    return frame.with_columns((~nw.col("excused").fill_null(value=False)).alias(name) for name in names)


def _without_days(frame: Frame, names: Collection[str]) -> Frame:
    """Nothing is known of a day before it is known whose it is: who credits the rows fills the columns."""
    kinds = {name: nw.String() if name == DAY_BY else nw.Boolean() for name in names}
    return frame.with_columns(nw.lit(None).cast(kind).alias(name) for name, kind in kinds.items())


DERIVATIONS: dict[str, Callable[[Frame, Collection[str]], Frame]] = {
    "interactions": _with_repeats,
    "complaints": _with_settlement,
    "events": _with_counted,
    "attendance": _without_days,
    "kpis": _without_days,
    "agent_states": _without_days,
}


def provisional(policy: Policy, tables: Mapping[str, Frame], month: Month) -> list[Problem]:
    """One note for each measure that leaves out contacts because they were not yet watched for long enough.

    ``tables`` have their derived columns. Once the following month is there, nothing is left out any more.
    """
    left_out: dict[str, int] = {}
    for path, term in uses(policy, Term):
        if OBSERVED not in term.where or term.table not in tables:
            continue
        others = where_expression(term.table, {name: test for name, test in term.where.items() if name != OBSERVED})
        watched = where_expression(term.table, {OBSERVED: term.where[OBSERVED]})
        kept = comparable(tables[term.table], term.table, [term.where]).filter(nw.col("month") == str(month))
        kept = kept if others is None else kept.filter(others)
        kept = kept if watched is None else kept.filter(~watched)
        count = int(collected(kept.select(nw.len())).item())
        name = str(path[1])
        left_out[name] = max(left_out.get(name, 0), count)
    return [
        problem("contacts-provisional", found=count, measure=policy.measure[name].label)
        for name, count in left_out.items()
        if count
    ]
