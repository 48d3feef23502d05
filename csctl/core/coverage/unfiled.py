"""Tables that the policy looks at and that have no file: what is judged without them."""

from __future__ import annotations

from collections.abc import Collection

from csctl.core.coverage.rests_on import resting
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Place, Problem, shortened

NAMED = 6
"""So many entries one table names."""


def unfiled_said(policy: Policy, filed: Collection[str], month: Month, place: Place) -> list[Problem]:
    """One warning for the tables on which scores or pay rest, one note for the others; ``filed``: tables that have
    a file, or of which it is said elsewhere that they have none.

    Each is named with what is judged without it.
    """
    entries = resting(policy)
    counting: list[str] = []
    others: list[str] = []
    for table in sorted(frozenset().union(*(one.tables for one in entries)) - frozenset(filed)):
        own = [one for one in entries if table in one.tables]
        labels = shortened(list(dict.fromkeys(one.label for one in own)), NAMED)
        said = f"{table} ({' / '.join(labels)})"
        (counting if any(one.counts for one in own) else others).append(said)
    found = (("tables-without-file", counting), ("tables-without-file-unpaid", others))
    return [problem(code, place, tuple(said), month=month) for code, said in found if said]
