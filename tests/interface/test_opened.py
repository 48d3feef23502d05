"""A workspace opened from Python: what its frames hold is what the workbooks and run.json say."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import csctl
from csctl.interface.frames import FRAMES
from tests.end_to_end.running import MONTH, ROOT
from tests.end_to_end.running import csctl as command

CLOSED = "2026-08"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small workspace of three months, of which August is closed and October was run."""
    made = tmp_path_factory.mktemp("interface") / "team"
    assert command("init", made, "--policy", "ecommerce-pay").code == 0
    assert command("run", "-w", made, "--month", MONTH, "--quiet").code == 0
    assert command("close", "-w", made, "--month", CLOSED, "--yes").code == 0
    return made


@pytest.fixture(scope="module")
def month(folder: Path) -> csctl.OpenedMonth:
    """October, open."""
    return csctl.open(folder, language="zh").month(MONTH)


@pytest.fixture(scope="module")
def record(folder: Path) -> dict[str, list[dict[str, object]]]:
    """What the run wrote of the same month."""
    text = (folder / "out" / MONTH / "run.json").read_text("utf-8")
    found: dict[str, list[dict[str, object]]] = json.loads(text)
    return found


def test_months_are_those_with_data_or_a_seal(folder: Path) -> None:
    """Three months, of which one is sealed."""
    team = csctl.open(str(folder))
    assert team.months == (CLOSED, "2026-09", MONTH)
    assert team.closed == (CLOSED,)
    assert (team.month(CLOSED).closed, team.month(MONTH).closed) == (True, False)


@pytest.mark.parametrize("name", ["measures", "score_lines", "pay_lines"])
def test_a_frame_has_the_rows_of_the_record(
    name: str, month: csctl.OpenedMonth, record: dict[str, list[dict[str, object]]]
) -> None:
    """Agent by agent and line by line, in the same order."""
    frame, kept = month.frame(name), record[name]  # type: ignore[arg-type]
    key = "measure" if name == "measures" else "line"
    assert [*zip(frame["agent_id"], frame[key], strict=True)] == [(one["agent_id"], one[key]) for one in kept]


def test_amounts_are_exact_and_sum_to_what_the_record_pays(
    month: csctl.OpenedMonth, record: dict[str, list[dict[str, object]]]
) -> None:
    """Whole cents, and the same in yuan as a Decimal."""
    pay = month.frame("pay_lines")
    paid = sum((Decimal(str(line["amount"])) for line in record["pay_lines"]), Decimal(0))
    assert {type(amount) for amount in pay["amount"]} == {Decimal}
    assert pay["amount"].sum() == paid
    assert pay["amount_cents"].sum() == paid * 100


def test_contributions_sum_to_the_score(month: csctl.OpenedMonth) -> None:
    """Of everybody who has one."""
    sums = month.frame("score_lines").groupby("agent_id")["contribution"].sum()
    scored = month.frame("scores").dropna(subset=["score"])
    assert len(scored) == 7
    assert {who: sums[who] for who in scored["agent_id"]} == dict(zip(scored["agent_id"], scored["score"], strict=True))


def test_the_fates_of_a_sheet_sum_to_its_rows(month: csctl.OpenedMonth) -> None:
    """Every row has one."""
    frame = month.frame("coverage")
    names = list(frame.columns)
    fates = names[names.index("rows") + 1 : names.index("undated")]
    assert (frame[fates].sum(axis=1) == frame["rows"]).all()


@pytest.mark.parametrize("name", FRAMES)
def test_columns_have_types(name: str, month: csctl.OpenedMonth) -> None:
    """What is not a decimal is a text, a whole number or yes and no."""
    frame = month.frame(name)  # type: ignore[arg-type]
    objects = frame.select_dtypes(include="object")
    kinds = {type(cell) for column in objects for cell in objects[column] if cell is not None}
    assert kinds <= {Decimal}
    assert {str(kind) for kind in frame.dtypes} <= {"string", "Int64", "boolean", "object"}


def test_an_empty_frame_has_the_same_columns_and_types(tmp_path: Path) -> None:
    """Of a policy that pays nothing."""
    made = tmp_path / "team"
    assert command("init", made, "--policy", "attitude-appraisal").code == 0
    team = csctl.open(made)
    pay = team.month(team.months[-1]).frame("pay_lines")
    assert (len(pay), str(pay["amount_cents"].dtype), str(pay["label"].dtype)) == (0, "Int64", "string")


def test_messages_are_the_problems_in_the_language_asked_for(folder: Path, month: csctl.OpenedMonth) -> None:
    """As many as there are problems; English ones where English is asked for."""
    english = csctl.open(folder, language="en").month(MONTH)
    assert len(month.messages) == len(month.problems) == len(english.messages)
    assert any("policy" in line for line in english.messages)
    assert any("制度" in line for line in month.messages)


def test_an_explanation_leads_to_file_and_row(month: csctl.OpenedMonth) -> None:
    """Its first line is the agent, its deepest ones are rows of exports."""
    why = month.explain("6002")
    assert why["depth"].iloc[0] == 0
    assert why["depth"].max() >= 3
    assert why["where"].str.contains("data/2026-10/").any()
    part = month.explain("6002", line="sick_leave")
    assert 0 < len(part) < len(why)


def test_what_moved_between_two_months_sums_to_what_scores_and_pay_moved_by(folder: Path) -> None:
    """Line by line with the reason, as ``csctl diff`` says; a month beside itself moved nothing."""
    team = csctl.open(folder, language="en")
    old, new = (team.month(name) for name in ("2026-09", MONTH))
    moved = old.diff(new)
    paid = [one.frame("pay_lines")["amount"].sum() for one in (old, new)]
    pay = moved[moved["of"] == "pay"]
    assert len(pay)
    assert pay["difference"].sum() == paid[1] - paid[0]
    assert (moved["new"] - moved["old"] == moved["difference"]).all()
    assert (moved["why"] != "").any()
    empty = old.diff(old)
    assert (len(empty), list(empty.columns)) == (0, list(moved.columns))


def test_the_policy_is_the_one_of_the_month(month: csctl.OpenedMonth) -> None:
    """As it was parsed, with everything inherited."""
    assert month.policy.pay is not None
    assert month.policy.pay.pool


@pytest.mark.parametrize(
    ("who", "line", "code"), [("9999", None, "agent-not-found"), ("6002", "nope", "line-not-found")]
)
def test_what_is_not_there_is_an_error_that_says_so(
    who: str, line: str | None, code: str, month: csctl.OpenedMonth
) -> None:
    """With what to write instead."""
    with pytest.raises(csctl.CsctlError) as raised:
        month.explain(who, line=line)
    assert [one.code for one in raised.value.problems] == [code]
    assert (who if line is None else line) in str(raised.value)


def test_a_month_without_data_and_a_folder_without_a_workspace_are_errors(folder: Path, tmp_path: Path) -> None:
    """No traceback of the inside."""
    with pytest.raises(csctl.CsctlError, match="2019-01"):
        csctl.open(folder).month("2019-01")
    with pytest.raises(csctl.CsctlError, match=r"csctl\.toml"):
        csctl.open(tmp_path)


def test_all_that_is_wrong_with_a_month_is_said_at_once(folder: Path, tmp_path: Path) -> None:
    """A policy that is none, in a copy."""
    broken = tmp_path / "team"
    shutil.copytree(folder, broken, ignore=shutil.ignore_patterns("out", ".csctl"))
    text = (broken / "csctl.toml").read_text("utf-8")
    lines = ['policy = "nowhere.toml"' if line.startswith("policy") else line for line in text.splitlines()]
    (broken / "csctl.toml").write_text("\n".join(lines), "utf-8")
    with pytest.raises(csctl.CsctlError) as raised:
        csctl.open(broken).month(MONTH)
    assert raised.value.problems


def test_a_name_that_no_frame_has_is_a_key_error(month: csctl.OpenedMonth) -> None:
    """As of a dictionary; those there are are named."""
    with pytest.raises(KeyError, match="measures, score_lines, scores, pay_lines, coverage"):
        month.frame("lines")  # type: ignore[arg-type]


def test_what_is_done_to_a_frame_stays_in_it(month: csctl.OpenedMonth) -> None:
    """Each is a copy."""
    frame = month.frame("scores")
    frame["score"] = None
    assert month.frame("scores")["score"].notna().any()


def test_importing_csctl_loads_neither_pandas_nor_pydantic() -> None:
    """The command line starts without them."""
    code = "import csctl, sys; print(sorted({'pandas', 'pydantic', 'polars'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert not hasattr(csctl, "nothing_of_that_name")


def test_frames_of_a_closed_month_are_what_was_sealed(folder: Path) -> None:
    """Whatever is done to its exports since."""
    before = csctl.open(folder).month(CLOSED).frame("pay_lines")
    export = next((folder / "data" / CLOSED).glob("*.csv"))
    text = export.read_bytes()
    export.write_bytes(text.splitlines(keepends=True)[0])
    try:
        after = csctl.open(folder).month(CLOSED).frame("pay_lines")
    finally:
        export.write_bytes(text)
    pd.testing.assert_frame_equal(before, after)
