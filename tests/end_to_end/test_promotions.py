"""Promotions of the sample team: every verdict by hand, and again by a reckoning that knows nothing of csctl.

The reckoning reads ranks and scores from the workbooks of scores, as a lead with a pocket calculator would.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.small import change
from tests.end_to_end.running import csctl
from tests.end_to_end.samples import copy_workspace

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
MONTHS = [f"2026-{number:02d}" for number in range(3, 11)]
TABLE = tomllib.loads((HERE / "promotions.toml").read_text("utf-8"))["verdicts"]
STATES = ("candidate", "needs_judgement", "not_yet")
Figures = dict[str, dict[str, tuple[str, Decimal | None, int | None]]]
"""Month → agent → level, score and rank."""


@pytest.fixture(scope="module")
def closed(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with the ladder of this folder and all its months closed, and their workbooks of scores written."""
    folder = copy_workspace(sample, tmp_path_factory.mktemp("ladder") / "ws")
    shutil.copy(HERE / "ladder.toml", folder / "ladder.toml")
    change(folder / "csctl.toml", 'policy = "policy.toml"', 'policy = "ladder.toml"')
    for month in MONTHS:
        done = csctl("close", "--month", month, "--yes", "-w", folder)
        assert done.code == 0, done.err
        assert csctl("score", "--month", month, "-w", folder).code == 0
    return folder


@pytest.fixture(scope="module")
def found(closed: Path) -> dict[tuple[str, str], dict[str, list[str]]]:
    """What promote-check says: month and step → verdict → agents."""
    said: dict[tuple[str, str], dict[str, list[str]]] = {}
    for month in ("2026-06", "2026-10"):
        for row in csctl("promote-check", "--json", "--month", month, "-w", closed).data["steps"]:
            said.setdefault((month, row["step"]), {}).setdefault(row["verdict"], []).append(row["agent_id"])
    return said


@pytest.mark.parametrize("case", TABLE, ids=[f"{case['month']} {case['step']}" for case in TABLE])
def test_exactly_these_are_named(case: dict[str, Any], found: dict[tuple[str, str], dict[str, list[str]]]) -> None:
    """Candidates, those to be judged and those who are not there yet, as worked out by hand."""
    said = found[case["month"], case["step"]]
    assert {state: said.get(state, []) for state in STATES} == {state: case.get(state, []) for state in STATES}


def test_the_table_has_every_step_of_both_months(found: dict[tuple[str, str], dict[str, list[str]]]) -> None:
    """No step goes unproven."""
    assert {(case["month"], case["step"]) for case in TABLE} == set(found)


# ---- the reckoning ---------------------------------------------------------------------------------------------


def read_scores(folder: Path) -> Figures:
    """The first page of each month's workbook of scores."""
    figures: Figures = {}
    for month in MONTHS:
        sheet = openpyxl.load_workbook(folder / "out" / month / "scores.xlsx", data_only=True).worksheets[0]
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        at = {name: rows[0].index(name) for name in ("排名", "工号", "职级", "得分")}
        figures[month] = {
            str(row[at["工号"]]): (
                str(row[at["职级"]]),
                None if row[at["得分"]] is None else Decimal(str(row[at["得分"]])),
                None if row[at["排名"]] is None else int(str(row[at["排名"]])),
            )
            for row in rows[1:]
        }
    return figures


def read_people(folder: Path) -> dict[str, tuple[date, date | None]]:
    """When everybody came and, if so, left."""
    sheet = openpyxl.load_workbook(folder / "data" / "roster.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    at = {name: rows[0].index(name) for name in ("工号", "入职日期", "离职日期")}
    days = {str(row[at["工号"]]): (row[at["入职日期"]], row[at["离职日期"]]) for row in rows[1:] if row[at["工号"]]}
    return {who: (came.date(), left.date() if left else None) for who, (came, left) in days.items()}  # type: ignore[union-attr]


class Reckoning:
    """What a lead works out from the printed figures, as of the end of a month."""

    def __init__(self, folder: Path, month: str) -> None:
        """``month`` is the last that counts."""
        self.figures = read_scores(folder)
        self.month = month
        self.known = [one for one in MONTHS if one <= month]

    def window(self, length: int) -> list[str]:
        """The last months; those before March have no figures."""
        last = int(self.month[-2:])
        return [f"2026-{number:02d}" for number in range(last - length + 1, last + 1)]

    def scores(self, who: str, months: Sequence[str]) -> list[Decimal]:
        """An agent's scores in those of the months that are known."""
        found = (self.figures.get(month, {}).get(who, ("", None, None))[1] for month in months)
        return [score for score in found if score is not None]

    def ranks(self, who: str, months: Sequence[str]) -> list[int]:
        """An agent's ranks."""
        found = (self.figures.get(month, {}).get(who, ("", None, None))[2] for month in months)
        return [rank for rank in found if rank is not None]

    def mean_rank(self, who: str, length: int) -> int | None:
        """The place of an agent's mean among everybody's; none if a month is not known."""
        months = self.window(length)
        if not set(months) <= set(self.known):
            return None
        means = {other: self.mean(self.scores(other, months)) for other in self.figures[self.month]}
        ahead = [mean for mean in means.values() if mean is not None and mean > (means[who] or 0)]
        return len(ahead) + 1

    def mean(self, scores: Sequence[Decimal]) -> Decimal | None:
        """A mean as printed, to the hundredth, half up."""
        if not scores:
            return None
        return (sum(scores, Decimal(0)) / len(scores)).quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")

    def quarters(self, who: str, length: int = 8) -> list[Decimal]:
        """Means of whole quarters that end among the last months, of those with three scores."""
        ends = [month for month in self.window(length) if int(month[-2:]) % 3 == 0 and month in self.known]
        trios = [[f"2026-{int(end[-2:]) - back:02d}" for back in (2, 1, 0)] for end in ends]
        own = [self.scores(who, trio) for trio in trios]
        return [mean for scores in own if len(scores) == 3 and (mean := self.mean(scores)) is not None]

    def in_a_row(self, hits: Sequence[bool]) -> int:
        """The longest run."""
        best = run = 0
        for hit in hits:
            run = run + 1 if hit else 0
            best = max(best, run)
        return best

    def months_here(self, came: date) -> int:
        """Whole months until the end of the month."""
        months = (2026 - came.year) * 12 + int(self.month[-2:]) + 1 - came.month
        return months if came.day == 1 else months - 1


def reckoned(about: Reckoning, step: str, who: str, came: date) -> str:
    """The verdict by plain arithmetic."""
    six = about.window(6)
    if step == "up_reserve":
        return "needs_judgement"
    if step == "up_middle":
        rank, grades = about.mean_rank(who, 3), [88 <= mean < 93 for mean in about.quarters(who, 3)]
        return "candidate" if rank and rank <= 8 and any(grades) and about.months_here(came) >= 6 else "not_yet"
    if step == "up_senior":
        rank = about.mean_rank(who, 6)
        return "needs_judgement" if rank and rank <= 6 and about.months_here(came) >= 24 else "not_yet"
    if step == "up_veteran":
        whole = set(six) <= set(about.known)
        best = max(about.ranks(who, six)) <= 3 and about.in_a_row([m >= 93 for m in about.quarters(who, 6)]) >= 2
        return "candidate" if whole and best else "not_yet"
    if step == "down_senior":
        missed = about.ranks(who, about.known)[-2:]
        poor = min(missed) > 3 or any(mean < 88 for mean in about.quarters(who))
    elif step == "down_middle":
        missed = [rank for rank in about.ranks(who, six) if rank > 7]
        poor = len(missed) >= 5 or any(mean < 88 for mean in about.quarters(who, 6))
    else:
        poor = about.in_a_row([score < 60 for score in about.scores(who, six)]) >= 2
    return "candidate" if poor else "not_yet"


START = {
    "up_middle": "初级客服", "out": "初级客服", "up_senior": "中级客服", "down_middle": "中级客服",
    "up_veteran": "高级客服", "down_senior": "高级客服", "up_reserve": "储备主管",
}  # fmt: skip


@pytest.mark.parametrize("month", ["2026-06", "2026-10"])
def test_a_reckoning_from_the_workbooks_names_the_same(
    month: str, closed: Path, found: dict[tuple[str, str], dict[str, list[str]]]
) -> None:
    """Every agent before every step, from printed ranks and scores and from the roster alone."""
    about, people = Reckoning(closed, month), read_people(closed)
    for step, start in START.items():
        expected: dict[str, list[str]] = {}
        for who, (level, _, _) in sorted(about.figures[month].items()):
            came, left = people[who]
            gone = left is not None and left.strftime("%Y-%m") <= month
            state = "not_applicable" if gone or level != start else reckoned(about, step, who, came)
            expected.setdefault(state, []).append(who)
        assert found[month, step] == expected, step


def test_the_form_of_the_sample_names_those_to_talk_about(closed: Path, tmp_path: Path) -> None:
    """One sheet for each, with 0007, whose failed months wait for a decision; 0001 is only judged and has none."""
    file = tmp_path / "review.xlsx"
    assert csctl("promote-check", "-w", closed, "--xlsx", file).code == 0
    names = openpyxl.load_workbook(file).sheetnames
    assert [name.split()[0] for name in names[1:-1]] == ["0003", "0004", "0005", "0007", "0013", "0014", "0015"]
