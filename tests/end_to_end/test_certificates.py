"""``csctl sheets`` prints the certificates that were earned, with the policy's template or one's own."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.end_to_end.running import csctl

MONTH = "2026-10"
CONFIG = """\
name = "热线"
policy = "telecom-hotline"
language = "zh"

[[source]]
table = "roster"
files = "data/roster.csv"

[[source]]
table = "exams"
files = "data/{month}/exams.csv"
"""
ROSTER = """\
工号,姓名,组别,岗位,级别,入职日期,基本工资
01,王芳,一组,热线客服,客服代表,2024-01-01,4000
02,李建国,一组,热线客服,客服代表,2024-01-01,4000
"""
EXAMS = """\
姓名,考试日期,考试名称,考试成绩,满分,是否合格,证书编号
王芳,2026-10-09,理论考试,90,100,是,PX-7
王芳,2026-10-12,实操考核,90,100,是,
李建国,2026-10-09,理论考试,40,100,否,
"""


@pytest.fixture
def hotline(tmp_path: Path) -> Path:
    """Two people, one of whom passed two exams."""
    (tmp_path / "data" / MONTH).mkdir(parents=True)
    (tmp_path / "csctl.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "data/roster.csv").write_text(ROSTER, "utf-8")
    (tmp_path / "data" / MONTH / "exams.csv").write_text(EXAMS, "utf-8")
    return tmp_path


def certificates(workspace: Path) -> dict[str, set[object]]:
    """The texts of each certificate that ``csctl sheets`` wrote."""
    done = csctl("sheets", "-w", workspace, "--month", MONTH)
    assert done.code == 0, done.err
    folder = workspace / "out" / MONTH / "certificates"
    return {
        path.name: {cell.value for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row}
        for path in sorted(folder.glob("*"))
    }


def test_everybody_who_passed_has_one_for_each_exam(hotline: Path) -> None:
    """Credited by name like every export; in the order of days; whoever failed has none."""
    found = certificates(hotline)
    assert list(found) == ["01_王芳_training.xlsx", "01_王芳_training_2.xlsx"]
    first, second = found.values()
    assert {"培训合格证书", "王芳（01）", "理论考试", "PX-7", "2026-10-09", "一组"} <= first
    assert {"实操考核", "2026-10-12"} <= second
    assert "PX-7" not in second


def test_ones_own_template_is_used(hotline: Path) -> None:
    """A file of the same name in the workspace goes before the shipped one."""
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "{{certificate.of}}：{{agent.name}}（{{policy.label}}）"
    (hotline / "templates").mkdir()
    book.save(hotline / "templates" / "certificate.xlsx")
    assert "理论考试：王芳（电信热线客服管理）" in certificates(hotline)["01_王芳_training.xlsx"]


@pytest.mark.parametrize("template", ["certificate", "generic"])
@pytest.mark.parametrize(("command", "code"), [("sheets", 2), ("check", 1), ("policy lint", 1)])
def test_a_template_with_a_wrong_placeholder_is_named_wherever_it_is_looked_at(
    hotline: Path, template: str, command: str, code: int
) -> None:
    """Nothing is written: a brace on a certificate or a sheet is worse than none. The same fault, once each."""
    book = openpyxl.Workbook()
    book.worksheets[0]["B2"] = "{{certificate.off}}"
    (hotline / "templates").mkdir()
    book.save(hotline / "templates" / f"{template}.xlsx")
    month = () if command == "policy lint" else ("--month", MONTH)
    done = csctl(*command.split(), "-w", hotline, *month, "--json")
    found = done.data["problems"]["list"] if "problems" in done.data else done.data["findings"]
    [fault] = [one for one in found if one["code"] == "template-unknown-placeholder"]
    assert (fault["file"], fault["found"], done.code) == (f"templates/{template}", "certificate.off", code)
    assert not (hotline / "out" / MONTH).exists()
