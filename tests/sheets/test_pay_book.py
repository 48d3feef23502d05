"""The pay workbook: every number is a formula with its exact value, and a second program agrees."""

from __future__ import annotations

import io
import itertools
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_type_hints

import openpyxl
import pytest

from csctl.core.records.lines import PayLine, Score, ScoreLine, as_frame
from csctl.core.records.pay_item import PayItem
from csctl.core.records.result import MonthResult
from csctl.messages import say
from csctl.policy.model import Assumption
from csctl.policy.pay.kinds import PAY_KINDS
from csctl.policy.scoring import Missing
from csctl.problems import NOWHERE
from csctl.sheets.pay_book import pay_book
from csctl.sheets.scores_book import scores_book
from tests.core.paying.plan import EVERY, plan
from tests.libreoffice import all_recalculated, recalculated
from tests.sheets.month import GOLDEN_POOL, PAY_LINES, SCORES, TIER_POOL, month_result, pay_line, pool, pool_line
from tests.workbench import OCTOBER, agent, month_of

D = Decimal
ROOT = Path(__file__).resolve().parents[2]


def values(book: bytes) -> dict[tuple[str, str], Any]:
    """Every filled cell by sheet and address, formulas as their cached values."""
    loaded = openpyxl.load_workbook(io.BytesIO(book), data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in loaded
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def rows_of(book: bytes, sheet: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet as shown."""
    return openpyxl.load_workbook(io.BytesIO(book), data_only=True)[sheet].iter_rows(values_only=True)


def formulas(book: bytes) -> list[tuple[str, str, str]]:
    """Sheet, address and text of every formula."""
    loaded = openpyxl.load_workbook(io.BytesIO(book))
    return [
        (sheet.title, cell.coordinate, str(cell.value))
        for sheet in loaded
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def differences(book: bytes, again: bytes) -> list[str]:
    """Cells that a recalculation changed."""
    ours, theirs = values(book), values(again)
    return [
        f"{key}: {ours.get(key)!r} → {theirs.get(key)!r}" for key in ours | theirs if ours.get(key) != theirs.get(key)
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_salary_table_shows_each_agents_sum_of_lines(language: str) -> None:
    """Totals, read by a program that does not calculate, are the sums of the agent's cents."""
    rows = list(rows_of(pay_book(month_result(), language), say("sheet.page-salary", language)))
    total = next(at for at, row in enumerate(rows) if row[0] == say("sheet.total", language))
    for row in rows[2:total]:
        cents = sum(line.amount_cents for line in PAY_LINES if line.agent_id == row[1])
        assert D(str(row[-1])) * 100 == cents
    everything = sum(line.amount_cents for line in PAY_LINES)
    assert D(str(rows[total][-1])) * 100 == everything


def test_ids_that_a_spreadsheet_takes_as_equal_keep_their_own_money() -> None:
    """007 and 7 are two people: SUMIFS by id would add them up, the running number does not."""
    rows = {row[1]: row for row in rows_of(pay_book(month_result(), "zh"), "工资表")}
    assert rows["7"][-1] == 3500.00 + 33.34 + 12.34 + 180.08
    assert rows["7"][-1] != rows["007"][-1]


def test_the_golden_pool_is_split_as_the_rules_say() -> None:
    """Pool 3,000.00, scores 95, 85, 60: 1187.50, 1062.50, 750.00."""
    shares = [
        row[10]
        for row in rows_of(pay_book(month_result(), "zh"), "奖金池")
        if row[1] in ("007", "08") and row[0] in (1, 2)
    ]
    assert shares[:2] == [1187.50, 1062.50]
    assert [share.amount_cents for share in GOLDEN_POOL.shares] == [118750, 106250, 75000]


def test_the_golden_tiers_show_what_each_step_gives() -> None:
    """180,000.00 over the example scale gives 400 + 600 + 450, and 70 % of it is the pool."""
    rows = list(rows_of(pay_book(month_result(), "zh"), "奖金池"))
    start = next(index for index, row in enumerate(rows) if row[0] == "分段")
    assert [row[5] for row in rows[start + 5 : start + 9]] == [0, 400, 600, 450]
    assert [row[1] for row in rows[start + 9 : start + 14]] == [1450, 0.7, 1015, 101500, 1015]


def test_every_formula_has_a_cached_value_and_needs_no_new_function() -> None:
    """Nothing a previewer would show as empty, and nothing LibreOffice 7 or Excel 2010 lacks."""
    book = pay_book(month_result(), "zh")
    cached = values(book)
    found = formulas(book)
    assert len(found) > 100
    assert [key for sheet, at, _ in found if (key := (sheet, at)) not in cached] == []
    assert not any("_xlfn" in text for *_, text in found)


@pytest.mark.slow
def test_recalculating_changes_no_cell(tmp_path: Path) -> None:
    """LibreOffice's hard recalculation comes to the same value in every cell of both workbooks."""
    books = [pay_book(month_result(), "zh"), scores_book(month_result(), "en")]
    for book, again in zip(books, all_recalculated(books, tmp_path), strict=True):
        assert differences(book, again) == []


def test_every_component_of_pay_is_a_live_line(tmp_path: Path) -> None:
    """Overtime, allowances, performance pay, commission, piece pay, places, one-off amounts: recalculated, nothing
    moves; the salary table has a column for each kind that somebody has, and none for others.
    """
    about = {"hours": "3.5", "nights": 5, "sold": "1234.56"}
    people = [agent("a", level="junior"), agent("b", level="senior", left_on=date(2026, 10, 15))]
    once = [PayItem("a", "heat", Decimal("123.45"), "a reason", "Li", NOWHERE)]
    month = month_of(plan(EVERY), people, {"a": {"x": "87.35", **about}, "b": {"x": 64, **about}}, items=once)
    book = pay_book(month, "en")
    assert differences(book, recalculated(book, tmp_path)) == []
    heads = list(rows_of(book, "Salary"))[1]
    kinds = ["Base pay", "Overtime", "Allowance", "Performance pay", "Commission", "Piece pay", "Award", "One-off"]
    assert [head for head in heads if head in kinds] == kinds
    assert not {"Fine", "Guarantee", "Bonus"} & set(heads)


BELOW = """
[[pay.pool]]
label = "team"
of = "sold"
mode = "marginal"
share = 0.7
tiers = [ { from = 0, rate = 0.0125 }, { from = 700, rate = 0.03 } ]
[[pay.pool]]
label = "all at once"
of = "sold"
mode = "whole"
share = 1
tiers = [ { from = 0, rate = 0.0125 }, { from = 700, rate = 0.03 } ]
[[pay.commission]]
id = "own"
label = "commission"
of = "sold"
tiers = [ { from = 0, rate = 0.0125 }, { from = 300, rate = 0.03 } ]
"""


@pytest.mark.slow
@pytest.mark.parametrize("word", ["carry", pytest.param("deduct", marks=pytest.mark.slow)])
def test_a_month_below_nothing_and_the_one_after_it_stay_live(word: str, tmp_path: Path) -> None:
    """What is carried, set off or taken back, of agents and of pools, each split of three people among them."""
    rules = plan(BELOW.replace("of =", f"negative = '{word}'\nof ="))
    people = [agent(who, level="junior") for who in "abc"]
    points = {"a": "87.35", "b": "64.01", "c": "64.01"}
    made: list[MonthResult] = []
    for step, sold in enumerate(("-411.11", "500.07", "900")):
        values = {who: {"x": points[who], "sold": sold} for who in "abc"}
        made.append(month_of(rules, people, values, month=OCTOBER.shift(step - 2), past=made))
    books = [pay_book(one, "en") for one in made]
    for book, again in zip(books, all_recalculated(books, tmp_path), strict=True):
        assert differences(book, again) == []
    first = [str(cell) for row in rows_of(pay_book(made[0], "en"), "Pool") for cell in row]
    assert any(cell.startswith("Left to later months") for cell in first) == (word == "carry")


@pytest.mark.slow
def test_what_is_cut_is_live_and_a_column_of_its_own(tmp_path: Path) -> None:
    """By person, by budget and of all variable pay; the checks of the workbook agree."""
    limits = BELOW.replace("of =", "cap = 20\nbudget = 50\nof =") + "[pay.cap]\namount = 44.44\n"
    people = [agent(who, level="junior") for who in "abc"]
    month = month_of(plan(limits), people, {who: {"x": 81, "sold": 900 + ord(who)} for who in "abc"})
    book = pay_book(month, "en")
    assert differences(book, recalculated(book, tmp_path)) == []
    assert "Above limits" in list(rows_of(book, "Salary"))[1]
    assert "✗" not in [cell for row in rows_of(book, "Checks") for cell in row]


SHARED = """
[[pay.pool]]
label = "fixed"
amount = 1000
split_by = "measure"
measure = "hours"
weights = { junior = 0.75, senior = 1.5 }
[[pay.pool]]
label = "per head"
per_head = 333.33
split_by = "equal"
[[pay.pool]]
label = "by score"
per_head = 100
weights = { senior = 2 }
prorate = false
"""


@pytest.mark.slow
def test_fixed_pools_and_other_claims_are_live(tmp_path: Path) -> None:
    """So much per head, hours, equal parts, weights of levels: recalculated, nothing moves, and the checks agree."""
    people = [
        agent("a", level="junior"), agent("b", level="senior"), agent("c", level="junior", left_on=date(2026, 10, 15))
    ]  # fmt: skip
    values: dict[str, dict[str, object]] = {
        "a": {"x": "81.5", "hours": "7.25"},
        "b": {"x": 64, "hours": 3},
        "c": {"x": 64, "hours": "0.5"},
    }
    book = pay_book(month_of(plan(SHARED), people, values), "en")
    assert differences(book, recalculated(book, tmp_path)) == []
    shown = [str(cell) for row in rows_of(book, "Pool") for cell in row]
    assert {"Weight of the level", "Shared by", "Alike for all", "Score"} <= set(shown)
    assert "✗" not in [cell for row in rows_of(book, "Checks") for cell in row]
    assert len([text for sheet, _, text in formulas(book) if sheet == "Pool" and text.startswith("=MAX(0,ROUND(")]) == 9


def test_only_a_measure_shared_by_leaves_no_column_of_days() -> None:
    """Its claims count as they are; the total stands where the checks look for it."""
    one_pool = SHARED[: SHARED.index("[[pay.pool]]", 5)]
    book = pay_book(month_of(plan(one_pool), [agent("a", level="junior")], {"a": {"x": 80, "hours": 3}}), "en")
    assert "Days counted" not in list(rows_of(book, "Salary"))[1]
    assert {row[3] for row in list(rows_of(book, "Checks"))[2:]} == {"OK"}


@pytest.mark.slow
def test_the_comparison_sees_a_wrong_cached_value(tmp_path: Path) -> None:
    """A cached value that is not what its formula makes is found, so the test above can fail."""
    book = pay_book(month_result(), "zh")
    patched = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(patched, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>1187.50</v>", b"<v>1187.51</v>"))
    found = differences(patched.getvalue(), recalculated(patched.getvalue(), tmp_path))
    assert found
    assert all("1187.51 → 1187.5" in line for line in found)


@pytest.mark.slow
def test_recalculation_agrees_for_awkward_pools_and_products(tmp_path: Path) -> None:
    """Ties, negative scores, days, one cent, nobody, large sums, and products that end on half a cent."""
    chance = random.Random(20261001)  # noqa: S311
    claims = [
        {f"A{number:02d}": (f"{chance.randint(-500, 10000) / 100:.2f}", chance.randint(0, 23)) for number in range(9)}
        for _ in range(12)
    ]
    ties = {"A1": ("80.00", 20), "A2": ("80.00", 20), "A3": ("80.00", 20), "A4": ("40.00", 20), "A5": ("40.00", 20)}
    pools = [pool(f"p{index}", chance.randint(1, 5_000_000), claim) for index, claim in enumerate(claims)]
    pools += [
        pool("ties", 100_01, ties),
        pool("cent", 1, ties),
        pool("none", 500_00, {"A1": ("0.00", 20), "A2": ("-3.00", 20)}),
        pool("nobody", 500_00, {}),
        pool("zero", 0, ties),
        pool("near", 499_999_999, {"A1": ("95.01", 21), "A2": ("95.00", 21), "A3": ("94.99", 21)}),
        pool("huge", 9_000_000_000_00, ties),
    ]  # fmt: skip
    lines = [pay_line("A1", f"half{number}", "award", f"{number}.5", "0.01", "1") for number in range(1, 40)]
    lines += [
        pay_line(
            "A2",
            f"cut{number}",
            "unworked",
            f"-{chance.randint(1, 999)}",
            f"{chance.randint(1, 99999) / 100:.2f}",
            divisor,
        )
        for number, divisor in enumerate(["21.75", "174", "3", "7", "8", "1.6"] * 8)
    ]
    lines += [pool_line(share, made.pool) for made in pools for share in made.shares]
    result = month_result(agents=(), pay_lines=as_frame(lines, PayLine), pools=tuple(pools))
    book = pay_book(result, "en")
    assert differences(book, recalculated(book, tmp_path)) == []
    assert not any(cell == "✗" for cell in values(book).values())


@pytest.mark.slow
def test_a_whole_tier_scale_uses_one_rate_for_everything(tmp_path: Path) -> None:
    """Mode whole: the tier reached pays on the full base, the others show nothing."""
    tiers = tuple(
        replace(tier, base_cents=base, amount_cents=amount)
        for tier, base, amount in zip(TIER_POOL.tiers, (0, 0, 12_000_000, 0), (0, 0, 144_000, 0), strict=True)
    )
    made = pool(
        "whole",
        144_000,
        {"007": ("90.00", 1)},
        mode="whole",
        base_cents=12_000_000,
        tiers=tiers,
        commission_cents=144_000,
    )
    lines = [pool_line(share, "whole") for share in made.shares]
    book = pay_book(month_result(pools=(made,), pay_lines=as_frame(lines, PayLine)), "zh")
    assert [text for *_, text in formulas(book) if text.startswith("=IF(AND(")]
    assert differences(book, recalculated(book, tmp_path)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"pay_lines": as_frame([replace(PAY_LINES[0], amount_cents=350001)], PayLine)},
        {"pools": (replace(GOLDEN_POOL, pool_cents=300001),)},
        {"pools": (replace(GOLDEN_POOL, commission_cents=299999),)},
        {"pools": (replace(GOLDEN_POOL, shares=(replace(GOLDEN_POOL.shares[0], amount_cents=1),)),)},
        {"pools": (replace(TIER_POOL, tiers=(replace(TIER_POOL.tiers[1], amount_cents=40001),)),)},
    ],
)
def test_a_line_that_contradicts_its_parts_is_a_bug(changes: dict[str, object]) -> None:
    """Amounts, tiers, pools and shares are proved while the workbook is planned."""
    with pytest.raises(ValueError, match=r"\d"):
        pay_book(month_result(**changes), "zh")


def test_no_text_becomes_a_formula_or_a_link() -> None:
    """Names, labels and notes that look like formulas or addresses stay text."""
    hostile = [
        "=1+1",
        "{=1+1}",
        "http://a.example",
        "mailto:x@a.example",
        "+1",
        "-1",
        "@SUM(1)",
        "=",
        "\x0b\x00a",
        "_x0041_",
    ]
    lines = [replace(PAY_LINES[0], line=text, label=text, note=text, rule=text, unit=text) for text in hostile]
    clean = [replace(PAY_LINES[0], line="base") for _ in hostile]
    books = [pay_book(month_result(pay_lines=as_frame(each, PayLine)), "zh") for each in (lines, clean)]
    assert len(formulas(books[0])) == len(formulas(books[1]))
    with zipfile.ZipFile(io.BytesIO(books[0])) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"<hyperlink" not in everything
    assert [row[12] for row in rows_of(books[0], "明细")][2:] == [*hostile[:8], "a", "_x0041_"]


def test_the_checks_say_ok_and_the_warnings_stand_in_words() -> None:
    """One check for the sums, one per pool, one per agent; problems are lines of text."""
    book = pay_book(month_result(), "zh")
    verdicts = [row[3] for row in rows_of(book, "核对")][2:]
    assert verdicts == ["OK"] * (1 + 2 + 4)
    assert any("旧文件" in str(cell) for row in rows_of(book, "警告") for cell in row)
    assert any("各级分值为示例" in str(cell) for row in rows_of(book, "假设") for cell in row)


@pytest.mark.slow
def test_a_month_without_anything_still_makes_a_workbook(tmp_path: Path) -> None:
    """No agents, no lines, no pools: empty pages, no broken formula."""
    empty = month_result(
        agents=(),
        pools=(),
        problems=(),
        **{name: getattr(month_result(), name).iloc[:0] for name in ("pay_lines", "score_lines", "scores", "measures")},
    )
    for name, book in [("pay", pay_book(empty, "zh")), ("scores", scores_book(empty, "zh"))]:
        assert differences(book, recalculated(book, tmp_path / name)) == []


def test_the_same_month_gives_the_same_bytes_in_any_order_of_lines() -> None:
    """Bytes are equal, run by run and for shuffled agents' lines."""
    by_agent = [
        list(lines)
        for _, lines in itertools.groupby(sorted(PAY_LINES, key=lambda line: line.agent_id), lambda line: line.agent_id)
    ]
    shuffled = as_frame([line for lines in reversed(by_agent) for line in lines], PayLine)
    first = pay_book(month_result(), "zh")
    assert pay_book(month_result(), "zh") == first
    assert pay_book(month_result(pay_lines=shuffled), "zh") == first


DIGESTS = """
import hashlib, pathlib
from tests.sheets.one_alone import fill_form
from csctl.problems import NOWHERE
from csctl.sheets.pay_book import pay_book
from csctl.sheets.scores_book import scores_book
from tests.sheets.month import month_result
month = month_result()
form = pathlib.Path("templates/generic.xlsx").read_bytes()
for book in (pay_book(month, "zh"), scores_book(month, "zh"), fill_form(form, month, "007", "zh")[0]):
    print(hashlib.sha256(book).hexdigest())
"""


@pytest.mark.slow
def test_another_process_gives_the_same_bytes() -> None:
    """Neither the seed of hashes nor the time zone nor the locale gets into any workbook."""
    outputs = set()
    for seed, zone, locale in (("1", "Asia/Shanghai", "C"), ("2", "America/New_York", "C.UTF-8")):
        names = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", DIGESTS], cwd=ROOT, env=os.environ | names, capture_output=True)
        assert done.returncode == 0, done.stderr
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_every_kind_and_state_has_words() -> None:
    """A kind of line, an assumption, a status or a missing rule without a word would break a workbook."""
    names = [f"pay-{kind}" for kind in PAY_KINDS] + [f"missing-{rule}" for rule in get_args(Missing)]
    names += [f"kind-{kind}" for kind in get_args(Assumption.model_fields["kind"].annotation)]
    names += [f"line-{kind}" for kind in get_args(get_type_hints(ScoreLine)["kind"])]
    names += list(get_args(get_type_hints(Score)["status"]))
    for language in ("zh", "en"):
        assert all(say(f"sheet.{name}", language) for name in names)
        assert len({say(f"sheet.pay-{kind}", language) for kind in PAY_KINDS}) == len(PAY_KINDS)


def test_the_sheets_print_on_a4_across_with_heads_repeated() -> None:
    """Landscape A4, one page wide, heads in sight on screen and on paper."""
    sheet = openpyxl.load_workbook(io.BytesIO(pay_book(month_result(), "zh")))["工资表"]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize or 0)) == ("landscape", 9)
    assert (sheet.page_setup.fitToHeight, sheet.freeze_panes, sheet.print_title_rows) == (0, "D3", "$2:$2")


def test_scores_sum_from_their_lines_and_rank_first() -> None:
    """The scoreboard is ordered by rank, who is not scored stands last and blank."""
    heads, *rows = list(rows_of(scores_book(month_result(), "zh"), "得分"))[1:]
    assert [(row[0], row[2], row[heads.index("得分")]) for row in rows] == [
        (1, "007", 95), (2, "08", 85), (3, "100000000000000001", 60), (None, "7", None)
    ]  # fmt: skip


def test_lines_that_do_not_sum_to_the_score_are_a_bug() -> None:
    """A scoreboard that its own lines contradict is never written."""
    wrong = as_frame([replace(SCORES[0], score=D("95.01"))], Score)
    with pytest.raises(ValueError, match=r"95\.01"):
        scores_book(month_result(scores=wrong), "zh")
