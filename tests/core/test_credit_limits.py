"""Names and numbers of nobody: each is said, and of very many the first ones and how many more there are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from csctl.core.people.credit import uncredited_keys, uncredited_problems
from csctl.core.people.identity import Person, build_identity
from csctl.problems import Place
from tests.workbench import OCTOBER, canonical_rows, frame


@pytest.mark.parametrize(
    ("names", "said", "more"), [(200, 200, None), (201, 201, ("1", "3")), (1200, 201, ("1000", "3000"))]
)
def test_of_very_many_names_of_nobody_the_first_are_said_and_the_rest_counted(
    tmp_path: Path, names: int, said: int, more: tuple[str, str] | None
) -> None:
    """Three rows of each; whoever is on the roster is no part of it, and every row is in one of the problems."""
    identity, _ = build_identity([Person("0101", "Ann", (), Place("roster.csv"))], {})
    whose = ["Ann", *(f"Bob {number}" for number in range(names))]
    rows = canonical_rows(
        "kpis",
        [{"agent_name": who, "date": date(2026, 10, 6), "metric": "n"} for who in whose for _ in range(3)],
    )
    found = uncredited_problems(uncredited_keys(frame(tmp_path, "kpis", rows), identity, OCTOBER))
    assert len(found) == said
    assert [one.found for one in found[:2]] == ["Bob 0", "Bob 1"]
    assert sum(int(str(one.parameters["rows"])) for one in found) == 3 * names
    last = found[-1]
    assert last.code == ("agents-unknown-more" if more else "agent-unknown")
    assert more is None or (last.parameters["count"], last.parameters["rows"]) == more
