"""``csctl payslips`` and the slips of a run: private, whole, under a password if asked."""

from __future__ import annotations

import io
import os
import re
import sys
from decimal import Decimal
from pathlib import Path
from unittest import mock

import msoffcrypto
import openpyxl
import pytest

from tests.cli.small import MONTH, add, change
from tests.end_to_end.running import csctl, outputs, record, rows_of_csv
from tests.reports.pages import page_of

SLIPS = {f"{MONTH}/payslips/{name}.xlsx" for name in ("01_Ann", "02_Bob", "03_Cid")}


def slips(workspace: Path) -> dict[str, bytes]:
    """The payslips in the month's folder."""
    return {name: content for name, content in outputs(workspace).items() if "/payslips/" in name}


def passwords(folder: Path, text: str = "01\tone\n02\ttwo\n03\tthree\n") -> Path:
    """A private file of passwords outside the workspace."""
    path = folder.parent / "passwords.txt"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    return path


def opened(content: bytes, password: str) -> bytes:
    """An encrypted workbook without its encryption."""
    file, plain = msoffcrypto.OfficeFile(io.BytesIO(content)), io.BytesIO()
    file.load_key(password=password, verify_password=True)
    file.decrypt(plain, verify_integrity=True)
    return plain.getvalue()


def test_a_run_writes_a_private_slip_for_everybody_and_the_list(small_run: Path) -> None:
    """Listed in the record; readable by the owner only."""
    assert set(slips(small_run)) == SLIPS
    assert set(record(small_run)["files"]) >= {"published.csv", "published.xlsx", "summary.md"}
    folder = small_run / "out" / MONTH
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o600}
    assert (folder / "payslips").stat().st_mode & 0o777 == 0o700
    listed = rows_of_csv(outputs(small_run)[f"{MONTH}/published.csv"])
    ranks = [str(row["rank"]) for row in record(small_run)["scoreboard"]]
    assert [(row["Rank"], row["Score"]) for row in listed] == [(rank, "") for rank in ranks], "three are too few"
    assert len({row["Code"] for row in listed}) == 3
    assert all(re.fullmatch(r"[B-Z]{4}", row["Code"]) for row in listed)


def test_the_total_on_the_slip_is_the_pay_on_the_scoreboard(small_run: Path) -> None:
    """For everybody."""
    for row in record(small_run)["scoreboard"]:
        content = slips(small_run)[f"{MONTH}/payslips/{row['agent_id']}_{row['name']}.xlsx"]
        sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
        (total,) = [cells[5].value for cells in sheet.iter_rows() if str(cells[0].value).startswith("Total (")]
        assert f"{total:.2f}" == row["pay"]


def test_the_command_writes_slips_alone_and_the_same_as_a_run(small_run: Path, small: Path) -> None:
    """Of all, or of the one meant by number or name."""
    for name in slips(small):
        (small / "out" / name).unlink()
    done = csctl("payslips", "-w", small, "--month", MONTH, "--agent", "Bob")
    assert (done.code, done.faults, set(slips(small))) == (0, [], {f"{MONTH}/payslips/02_Bob.xlsx"})
    assert "payslips/ (1)" in done.out
    assert csctl("payslips", "-w", small, "--month", MONTH, "--quiet").out == ""
    assert outputs(small) == outputs(small_run)
    assert csctl("payslips", "-w", small, "--month", MONTH, "--agent", "Eve").code == 2


@pytest.mark.slow
def test_encrypted_slips_open_with_each_ones_own_password(small_run: Path, small: Path) -> None:
    """What comes out is the plain slip; the plain one is gone."""
    file = passwords(small)
    done = csctl("payslips", "-w", small, "--month", MONTH, "--encrypt", "--password-file", file)
    assert (done.code, done.faults) == (0, [])
    locked, plain = slips(small), slips(small_run)
    assert locked.keys() == plain.keys()
    for key, password in {"01_Ann": "one", "02_Bob": "two", "03_Cid": "three"}.items():
        name = f"{MONTH}/payslips/{key}.xlsx"
        assert opened(locked[name], password) == plain[name]
        with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
            opened(locked[name], "four")
    words = ("one", "two", "three")
    assert not any(f" {word}" in done.out + done.err for word in words)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("01\tone\n02\ttwo\n", "no line for 03"),
        ("01\tone\n02\ttwo\n03\n", "row 3: this line is not"),
        ("01\tone\n01\ttwo\n03\tx\n", "01 has two passwords"),
        ("", "the password file is empty"),
    ],
)
def test_one_wrong_password_keeps_all_slips_as_they_are(small: Path, text: str, said: str) -> None:
    """Exit 2, one line that says whose, and nothing written."""
    before = outputs(small)
    done = csctl("payslips", "-w", small, "--month", MONTH, "--encrypt", "--password-file", passwords(small, text))
    assert (done.code, done.out, len(done.faults)) == (2, "", 1)
    assert said in done.faults[0]
    assert outputs(small) == before


def test_a_password_file_that_others_may_read_is_refused(small: Path) -> None:
    """With the command that mends it."""
    before, file = outputs(small), passwords(small)
    file.chmod(0o644)
    done = csctl("payslips", "-w", small, "--month", MONTH, "--encrypt", "--password-file", file)
    assert (done.code, len(done.faults)) == (2, 1)
    assert "chmod 600" in done.faults[0]
    assert outputs(small) == before


def test_a_slip_that_does_not_decrypt_is_not_written(small: Path) -> None:
    """Neither are the others."""
    before = outputs(small)
    with mock.patch("csctl.workflow.writing.payslips.encrypted", side_effect=[b"x", None]):
        done = csctl("payslips", "-w", small, "--month", MONTH, "--encrypt", "--password-file", passwords(small, "all"))
    assert (done.code, "payslip of 02" in done.faults[0]) == (2, True)
    assert outputs(small) == before


def test_encryption_without_the_library_says_what_to_install(small: Path) -> None:
    """Before anything is computed."""
    with mock.patch.dict(sys.modules, {"msoffcrypto": None}), mock.patch("importlib.util.find_spec", return_value=None):
        done = csctl("payslips", "-w", small, "--month", MONTH, "--encrypt", "--password-file", passwords(small))
    assert done.code == 2
    assert 'pip install "csctl[encrypt]"' in done.faults[0]


@pytest.mark.parametrize("half", [["--encrypt"], ["--password-file", os.devnull]])
def test_half_of_the_options_is_a_fault(small: Path, half: list[str]) -> None:
    """Nobody gets a plain file who wanted an encrypted one."""
    before = outputs(small)
    done = csctl("payslips", "-w", small, "--month", MONTH, *half)
    assert (done.code, done.out, len(done.faults)) == (2, "", 1)
    assert outputs(small) == before


def test_a_policy_without_pay_has_no_slips(small: Path) -> None:
    """The command says so; a run goes on without."""
    policy = small / "policy.toml"
    policy.write_text(policy.read_text("utf-8").partition("[pay.base]")[0], "utf-8")
    done = csctl("payslips", "-w", small, "--month", MONTH)
    assert (done.code, "has no pay" in done.faults[0]) == (2, True)
    assert csctl("run", "-w", small, "--month", MONTH).code == 0
    assert slips(small) == {}
    assert f"{MONTH}/published.xlsx" in outputs(small)


def test_the_slip_of_somebody_who_left_goes_with_the_next_run(small: Path) -> None:
    """As sheets do."""
    change(small / "data" / "roster.csv", "03,Cid,A,junior,2025-01-01\n", "")
    assert csctl("run", "-w", small, "--month", MONTH).code == 0
    assert set(slips(small)) == SLIPS - {f"{MONTH}/payslips/03_Cid.xlsx"}


def test_a_name_that_is_a_formula_or_a_path_harms_nothing(small: Path) -> None:
    """It stays text inside, and a plain file name outside."""
    add(small / "data" / "roster.csv", "04,=1+1/../../x,A,junior,2025-01-01\n")
    assert csctl("run", "-w", small, "--month", MONTH).code == 0
    (name,) = set(slips(small)) - SLIPS
    assert name.count("/") == 2
    book = openpyxl.load_workbook(io.BytesIO(slips(small)[name]))
    assert all(
        str(cell.value).startswith(("=ROUND(", "=F")) for row in book.worksheets[0] for cell in row
        if cell.data_type == "f"
    )  # fmt: skip


def page(workspace: Path, name: str) -> str:
    """The markup of a slip as a page."""
    return slips(workspace)[f"{MONTH}/payslips/{name}.html"].decode()


@pytest.mark.parametrize(("language", "total"), [("en", "Total (CNY)"), ("zh", "应发合计（元）")])
def test_a_page_for_the_phone_lies_beside_each_slip(small: Path, language: str, total: str) -> None:
    """One file that fetches nothing; its lines come to the pay on the scoreboard, in both languages."""
    done = csctl("payslips", "-w", small, "--month", MONTH, "--html", "-l", language)
    assert (done.code, done.faults) == (0, [])
    assert set(slips(small)) == SLIPS | {name.replace(".xlsx", ".html") for name in SLIPS}
    for row in record(small)["scoreboard"]:
        made = page(small, f"{row['agent_id']}_{row['name']}")
        read = page_of(made.encode())
        assert read.all("script") == read.all("img") == read.all("link") == []
        assert not re.search(r"url\(|@import|https?:", made)
        pay = made[made.index('<section id="pay">') : made.index('<section id="score">')]
        amounts = re.findall(r"<summary><span>[^<]+</span><b[^>]*>(-?[\d,]+\.\d\d)</b></summary>", pay)
        assert sum(Decimal(one.replace(",", "")) for one in amounts) == Decimal(row["pay"])
        assert f"<dt>{total}</dt><dd>{Decimal(row['pay']):,.2f}</dd>" in made


def test_on_the_page_the_explanation_is_folded_below_each_line(small: Path) -> None:
    """Closed at first; opened, it has the rows of the exports behind the figure."""
    csctl("payslips", "-w", small, "--month", MONTH, "--html", "--agent", "01")
    made = page(small, "01_Ann")
    slip = made[made.index('<section id="score">') : made.index('<section id="objections">')]
    lines = re.findall(r"<details><summary>", slip)
    assert len(lines) == slip.count("<details>") > 1
    line = slip[slip.index("Speed of answer") :]
    assert "calls.csv" in line[: line.index("<details>") if "<details>" in line else len(line)]
    assert "@media print" in made
    assert ".slip details:not([open]) { display: block; }" in made


def test_a_page_has_nothing_of_anybody_else(small: Path) -> None:
    """No name, number or pay of the others; no rater's name."""
    csctl("payslips", "-w", small, "--month", MONTH, "--html")
    rows = record(small)["scoreboard"]
    for row in rows:
        text = page_of(page(small, f"{row['agent_id']}_{row['name']}").encode()).text
        assert row["name"] in text
        others = [one for one in rows if one is not row]
        assert [one["name"] for one in others if re.search(rf"\b{one['name']}\b", text)] == []
        assert [
            one["pay"] for one in others if f"{Decimal(one['pay']):,.2f}" in text and one["pay"] != row["pay"]
        ] == []


def test_a_page_and_a_password_do_not_go_together(small: Path) -> None:
    """Said before anything is read, and nothing is written."""
    before = outputs(small)
    wanted = ("--html", "--encrypt", "--password-file", passwords(small))
    done = csctl("payslips", "-w", small, "--month", MONTH, *wanted)
    assert (done.code, len(done.faults)) == (2, 1)
    assert "run twice" in done.faults[0]
    assert outputs(small) == before
