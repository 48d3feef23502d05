"""One file as the source of two tables, and twice of one table: nothing of it is a double."""

from __future__ import annotations

import contextlib
from pathlib import Path

from tests.end_to_end.running import Done, csctl

CONFIG = """
name = "Desk"
policy = "policy.toml"
language = "en"

[[source]]
table = "roster"
files = "roster.csv"
"""
CONTACTS = """
[[source]]
table = "interactions"
files = "{month}/calls.csv"
[source.columns]
started_at = "Start time"
"""
RATINGS = """
[[source]]
table = "surveys"
files = "{month}/calls.csv"
keep = { "Rating" = { known = true } }
[source.columns]
date = "Start time"
score = "Rating"
"""
POLICY = """
id = "desk"
label = "Desk"
version = "1"
state = "reviewed"
language = "en"

[measure.talk]
label = "Talk"
unit = "s"
table = "interactions"
sum = "talk_seconds"
"""
RATED = """
[measure.rating]
label = "Rating"
unit = "points"
table = "surveys"
mean = "score"
"""


def _check(folder: Path, sources: str, policy: str = POLICY) -> Done:
    (folder / "2026-10").mkdir()
    (folder / "csctl.toml").write_text(CONFIG + sources, "utf-8")
    (folder / "policy.toml").write_text(policy, "utf-8")
    (folder / "roster.csv").write_text("staff id,name,hire date\n1,Ann,2025-01-06\n2,Bob,2025-01-06\n", "utf-8")
    (folder / "2026-10" / "calls.csv").write_text(
        "ID,Agent,Passed to,Start time,Talk time (s),Way,Rating\n"
        "1,Ann,Bob,2026-10-08 09:00,60,in,5\n"
        "2,Bob,Ann,2026-10-08 10:00,90,out,\n"
        "3,Zoe,Bob,2026-10-08 11:00,30,out,4\n"
        "4,Bob,Ann,2026-10-08 12:00,20,in,3\n",
        "utf-8",
    )
    with contextlib.chdir(folder):
        return csctl("check", "--json")


def _fates(done: Done) -> list[tuple[str, int, int]]:
    return [(one["table"], one["counted"], one["nobody"]) for one in done.data["coverage"]]


def _problems(done: Done) -> list[tuple[str, str]]:
    return [(one["code"], one["found"]) for one in done.data["problems"]["list"]]


def test_one_file_may_hold_contacts_and_their_ratings(tmp_path: Path) -> None:
    """Each row has a fate in either table; who is not on the roster is said once."""
    done = _check(tmp_path, CONTACTS + RATINGS, POLICY + RATED)
    assert _fates(done) == [("roster", 2, 0), ("interactions", 3, 1), ("surveys", 2, 1)]
    assert _problems(done) == [("agent-unknown", "Zoe")]
    values = {(one["agent_id"], one["measure"]): one["value"] for one in done.data["measures"]}
    assert (values["1", "talk"], values["2", "talk"]) == ("60.00", "110.00")
    assert (values["1", "rating"], values["2", "rating"]) == ("5.00", "3.00")


def test_two_sources_may_take_different_rows_of_one_file(tmp_path: Path) -> None:
    """Calls that came in are whose line it was, calls that went out are whoever they were passed to."""
    ways = [
        CONTACTS.replace("[source.columns]", 'keep = { "Way" = "in" }\n[source.columns]'),
        CONTACTS.replace("[source.columns]", 'keep = { "Way" = "out" }\n[source.columns]\nagent = "Passed to"'),
    ]
    done = _check(tmp_path, "".join(ways))
    assert _fates(done) == [("roster", 2, 0), ("interactions", 2, 0), ("interactions", 2, 0)]
    assert _problems(done) == []
    assert [one["value"] for one in done.data["measures"]] == ["150.00", "50.00"]
