"""Events that nothing excuses can be told apart in measures, on every engine."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from csctl.core.frames.frame import records
from csctl.core.measuring.derived import with_derived
from csctl.store.engines import Engine
from tests.workbench import canonical_rows, frame, policy


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_only_events_marked_as_excused_do_not_count(tmp_path: Path, engine: Engine) -> None:
    """An empty cell and a no both mean that the event counts."""
    rules = policy(
        '[measure.days]\nlabel = "x"\nunit = "count"\ntable = "events"\ndistinct = "date"\nwhere = { counted = true }\n'
    )
    given = [
        {"agent_id": "a1", "date": date(2026, 10, 5), "event": "x", "excused": said} for said in (None, False, True)
    ]
    frames = {"events": frame(tmp_path, "events", canonical_rows("events", given), engine)}
    found = records(with_derived(rules, frames)["events"].select("source_row", "counted"))
    assert [row["counted"] for row in sorted(found, key=lambda row: int(row["source_row"]))] == [True, True, False]
