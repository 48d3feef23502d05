"""Certificates: who earned one, what stands on it, and what it looks like printed."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest
from openpyxl import load_workbook

from csctl.core.certificates import Earned, earned_certificates
from csctl.month import Month
from csctl.policy.certificates import Certificate
from csctl.policy.parts import Comparison
from csctl.sheets.certificate import fill_certificate
from tests.libreoffice import convert
from tests.sheets.month import POLICY, month_result

TEMPLATE = Path(__file__).resolve().parents[2] / "templates" / "certificate.xlsx"
PASSED = Certificate(
    id="training", label="培训合格证书", text="考核合格，特发此证。", table="exams",
    where={"passed": True, "kind": Comparison.model_validate({"not": ["竞聘"]})}, of="kind", number="certificate",
    rule="甲-1",
)  # fmt: skip
OCTOBER = Month(2026, 10)
EXAMS = [
    ("007", date(2026, 10, 9), "投诉处理", True, "P-1"),
    ("007", date(2026, 10, 9), "投诉处理", True, "P-1"),
    ("007", date(2026, 10, 8), "话术", True, None),
    ("007", date(2026, 10, 10), "竞聘", True, "P-2"),
    ("08", date(2026, 10, 9), "投诉处理", False, None),
    ("08", date(2026, 9, 30), "话术", True, "P-0"),
    ("away", date(2026, 10, 9), "话术", True, "P-3"),
]


def earned(certificate: Certificate) -> list[tuple[str, str, str]]:
    """Who, for what and under which number, of the exams above."""
    columns = ("agent", "date", "kind", "passed", "certificate")
    rows = pl.DataFrame(EXAMS, schema=columns, orient="row").with_columns(month=pl.col("date").dt.strftime("%Y-%m"))
    policy = POLICY.model_copy(update={"certificate": [certificate]})
    found = earned_certificates(policy, {"exams": nw.from_native(rows.lazy())}, OCTOBER, {"007", "08"})
    return [(one.agent_id, one.of, one.number) for one in found]


def test_who_passed_in_the_month_earns_one_for_each_exam() -> None:
    """In the order of days; a row read twice earns one; a failure, another month, a stranger none."""
    assert earned(PASSED) == [("007", "话术", ""), ("007", "投诉处理", "P-1")]


def test_a_table_that_was_not_read_earns_nobody_one() -> None:
    """Nothing is known of it."""
    policy = POLICY.model_copy(update={"certificate": [PASSED]})
    assert earned_certificates(policy, {}, OCTOBER, {"007"}) == []


@pytest.mark.parametrize(("language", "words"), [("zh", {"编号", "日期", "签发（盖章）"}), ("en", {"No.", "Date"})])
def test_a_certificate_says_who_earned_it_for_what(language: str, words: set[str]) -> None:
    """In the words of the sheets' language; a name that looks like a formula is text; no number leaves room for one."""
    one = Earned(PASSED, "08", date(2026, 10, 9), "投诉处理", "")
    book, problems = fill_certificate(TEMPLATE.read_bytes(), month_result(), one, language)
    cells = [cell for row in load_workbook(io.BytesIO(book)).worksheets[0].iter_rows() for cell in row if cell.value]
    texts = {str(cell.value) for cell in cells}
    assert problems == []
    assert {"培训合格证书", "考核合格，特发此证。", "投诉处理", "2026-10-09", *words} <= texts
    assert any(text.startswith("=1+1") for text in texts)
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any("{{" in text for text in texts)


@pytest.mark.slow
def test_a_certificate_prints_on_one_page(tmp_path: Path) -> None:
    """Across, however long the name of the training."""
    one = Earned(PASSED, "007", date(2026, 10, 9), "客户投诉处理与情绪安抚专项培训（第三期）" * 2, "PX-2026-0107")
    file = tmp_path / "one.xlsx"
    file.write_bytes(fill_certificate(TEMPLATE.read_bytes(), month_result(), one, "zh")[0])
    pdf = convert([file], "pdf", tmp_path)[0].read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    assert load_workbook(file).worksheets[0].page_setup.orientation == "landscape"


def test_a_placeholder_of_another_sheet_is_an_error() -> None:
    """A certificate knows no score."""
    book = load_workbook(TEMPLATE)
    book.worksheets[0]["B5"] = "{{score.total}}"
    book.save(kept := io.BytesIO())
    one = Earned(PASSED, "007", None, "话术", "")
    content, problems = fill_certificate(kept.getvalue(), month_result(), one, "zh")
    assert (content, [found.code for found in problems]) == (b"", ["template-unknown-placeholder"])
