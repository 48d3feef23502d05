"""What if: the same policy changes nothing, another one gives what it would have given; and the next level pays."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from csctl.workflow.simulating.what_if import SimulateAsked, agent_next_steps, simulate_months
from tests.cli.small import change
from tests.end_to_end.running import csctl
from tests.months.team import (
    LOOKS_BACK,
    MONTHS,
    POLICY,
    TODAY,
    asked,
    books_of,
    computed,
    correct_all,
    month_of,
    paid,
    rate,
    seal,
    small_team,
    write,
)
from tests.proofs import mostly_slow

OTHER = (
    POLICY.replace('id = "late"', 'id = "other"')
    .replace("weight = 60", "weight = 20")
    .replace("weight = 40", "weight = 80")
    .replace("junior = 3000, senior = 3600", "junior = 3100, senior = 3300")
    .replace("rate = 0.01", "rate = 0.03")
)


def _ask(folder: Path, policy: str, first: str = "", last: str = "") -> SimulateAsked:
    return SimulateAsked(folder, policy, first, last, TODAY)


def test_the_same_policy_changes_nothing(closed: Path) -> None:
    """No cent and no score of anybody in any month; corrected months stand as corrected."""
    rate(closed, "2026-08", {"01": "poor", "02": "good", "03": "good"})
    correct_all(closed)
    found, problems = simulate_months(_ask(closed, "policy.toml"))
    assert (problems, found is not None) == ([], True)
    assert found is not None
    cells = found.simulation.cells
    assert {str(one.month) for one in cells} == set(MONTHS[:-1])
    assert [one for one in cells if one.pay.difference or one.actual_score != one.simulated_score] == []
    actual = paid(books_of(closed).effective(month_of(month)) for month in MONTHS[:-1])
    assert {one.agent_id: one.pay.actual for one in found.simulation.agents} == actual


@pytest.mark.parametrize("extra", mostly_slow(["", LOOKS_BACK]), ids=["other rules", "rules that look back"])
def test_another_policy_gives_what_it_would_have_given(closed: Path, extra: str) -> None:
    """Cost by agent and month equals that of a workspace which always had the policy; the exports may be gone."""
    write(closed / "other.toml", OTHER + extra)
    fresh = Path(shutil.copytree(closed, closed.parent / "fresh", ignore=shutil.ignore_patterns(".csctl", "out")))
    write(fresh / "policy.toml", OTHER + extra)
    last = computed(fresh, MONTHS[-2])
    expected = {one.month: paid([one]) for one in (*last.given.past, last.result)}
    shutil.rmtree(closed / "data")
    found, problems = simulate_months(_ask(closed, "other.toml"))
    assert (problems, found is not None) == ([], True)
    assert found is not None
    cells = found.simulation.cells
    assert {(one.month, one.agent_id): one.pay.simulated for one in cells} == {
        (month, agent_id): cents for month, own in expected.items() for agent_id, cents in own.items()
    }
    assert found.simulation.pay.difference != 0


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        (("2026-11", ""), "simulate-no-month"),
        (("2026-09", "2026-08"), "simulate-no-month"),
        (("soon", ""), "month-malformed"),
        (("", "2026-13"), "month-malformed"),
    ],
)
def test_ends_that_leave_no_month_are_refused(closed_once: Path, ends: tuple[str, str], code: str) -> None:
    """With what is closed, or what was written."""
    found, problems = simulate_months(_ask(closed_once, "policy.toml", *ends))
    assert (found, [one.code for one in problems]) == (None, [code])


def test_only_the_months_asked_for(closed_once: Path) -> None:
    """Both ends belong to them."""
    found, _ = simulate_months(_ask(closed_once, "policy.toml", "2026-08", "2026-09"))
    assert found is not None
    assert [str(one.month) for one in found.simulation.months] == ["2026-08", "2026-09"]


@pytest.mark.slow
def test_a_month_that_cannot_be_computed_is_named(closed: Path) -> None:
    """A policy that blocks where somebody was not rated: the first month in which that is so."""
    write(closed / "strict.toml", POLICY.replace('missing = "full"', 'missing = "block"'))
    rate(closed, "2026-08", {"01": "good", "02": "fair"})
    correct_all(closed)
    done = csctl("simulate", "--policy", "strict.toml", "-w", closed)
    assert (done.code, done.out) == (2, "")
    assert [fault.split(" is missing")[0] for fault in done.faults] == ["csctl: 2026-08: “Tone” of 03"]


@pytest.mark.parametrize("words", [[], ["--policy", "policy.toml", "--agent", "Bob"]])
def test_a_policy_or_an_agent(closed_once: Path, words: list[str]) -> None:
    """Neither nothing nor both."""
    assert csctl("simulate", *words, "-w", closed_once).code == 2


def test_the_comparison_is_a_workbook_too(closed: Path) -> None:
    """It opens, and its total is the screen's."""
    write(closed / "other.toml", OTHER)
    done = csctl("simulate", "--policy", "other.toml", "-w", closed, "--xlsx", closed / "what-if.xlsx")
    assert (done.code, done.err) == (0, "")
    total = next(line.split()[-1] for line in done.out.splitlines() if line.startswith("total"))
    book = openpyxl.load_workbook(io.BytesIO((closed / "what-if.xlsx").read_bytes()), data_only=True)
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    wanted = float(total.replace(",", ""))
    assert any(isinstance(one, int | float) and abs(one - wanted) < 0.005 for one in cells)


# ---- the next level --------------------------------------------------------------------------------------------


def test_the_next_level_pays_what_is_promised(closed: Path) -> None:
    """Bob's tone one level up: a rating changed so gives exactly that score, pay, and loss of the others."""
    steps, agent, _, problems = agent_next_steps(asked(closed, "2026-11"), "Bob")
    assert (problems, agent is not None, steps is not None) == ([], True, True)
    assert steps is not None
    [step] = [one for one in steps if one.item == "tone"]
    assert (step.now, step.next) == ("fair", "good")
    before = paid([computed(closed, "2026-11").result])
    rate(closed, "2026-11", {"01": "good", "02": "good", "03": "poor"})
    result = computed(closed, "2026-11").result
    after = paid([result])
    assert after["02"] - before["02"] == step.gain_cents > 0
    assert sum(after.values()) - sum(before.values()) == step.gain_cents + step.others_cents
    [score] = [one for one, who in zip(result.scores["score"], result.scores["agent_id"], strict=True) if who == "02"]
    assert score == step.score_then


def test_a_closed_month_has_next_levels_as_well(closed: Path) -> None:
    """From its sealed rows: the same steps, whatever the exports say now."""
    before = agent_next_steps(asked(closed, "2026-10"), "Bob")[0]
    change(closed / "data/2026-10/orders.csv", ",3000", ",9000")
    after = agent_next_steps(asked(closed, "2026-10"), "Bob")[0]
    assert after == before
    assert before


def test_the_steps_are_shown(closed_once: Path) -> None:
    """One row each, with what it gains; nobody of that name is an error."""
    done = csctl("simulate", "--agent", "Bob", "--month", "2026-10", "-w", closed_once)
    assert done.code == 0
    assert re.search(r"Tone +fair +good +30\.00 +85\.00", done.out)
    assert csctl("simulate", "--agent", "Eve", "-w", closed_once).code == 2


@pytest.mark.slow
def test_the_steps_are_a_workbook_too(closed_once: Path, tmp_path: Path) -> None:
    """What stands on the screen, in one page; a place that cannot be written is an error in either form."""
    book = tmp_path / "steps.xlsx"
    words = ["simulate", "--agent", "Bob", "--month", "2026-10", "-w", str(closed_once), "--xlsx"]
    done = csctl(*words, str(book))
    assert (done.code, str(book) in done.out.replace("\n", "")) == (0, True)
    rows = list(openpyxl.load_workbook(book).worksheets[0].iter_rows(values_only=True))
    assert ("Tone", "fair", "good", 30, 85) in [row[:5] for row in rows]
    assert csctl(*words, str(tmp_path)).code == 2
    assert csctl(*words, str(tmp_path), "--json").code == 2
    book.unlink()
    assert (csctl(*words, str(book), "--json").code, book.is_file()) == (0, True)


def test_a_span_of_months_is_not_dropped_in_silence(closed_once: Path) -> None:
    """An agent's next levels are those of one month."""
    assert csctl("simulate", "--agent", "Bob", "--from", "2026-09", "-w", closed_once).code == 2


@pytest.mark.slow
def test_open_months_are_simulated_where_none_was_ever_closed_and_said_to_be_provisional(tmp_path: Path) -> None:
    """The same cents as after closing them; the screen, the data and every page of the workbook say it."""
    folder = small_team(tmp_path / "ws", MONTHS[:3])
    (folder / "other.toml").write_text(OTHER, "utf-8")
    provisional, problems = simulate_months(_ask(folder, "other.toml", last=MONTHS[2]))
    assert provisional is not None, problems
    assert provisional.provisional
    done = csctl("simulate", "--policy", "other.toml", "--to", MONTHS[2], "--xlsx", folder / "sim.xlsx", "-w", folder)
    assert done.code == 0, done.err
    assert f"csctl close --through {MONTHS[2]}" in done.out
    book = openpyxl.load_workbook(folder / "sim.xlsx")
    assert all("provisional" in str(sheet["A1"].value) for sheet in book)
    assert books_of(folder).months == []
    closed, problems = simulate_months(_ask(seal(folder, MONTHS[:3]), "other.toml"))
    assert closed is not None, problems
    assert not closed.provisional
    assert closed.simulation == provisional.simulation


def test_an_open_month_that_cannot_be_computed_stops_a_simulation(tmp_path: Path) -> None:
    """A sum without it would be of other months than asked for."""
    folder = small_team(tmp_path / "ws", MONTHS[:2])
    for file in (folder / "data" / MONTHS[0]).iterdir():
        file.write_text("nothing\n", "utf-8")
    found, problems = simulate_months(_ask(folder, "policy.toml", last=MONTHS[1]))
    assert (found, bool(problems)) == (None, True)
