"""The pages in a real browser: nothing is fetched, nothing is complained about, charts and Chinese are there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from csctl.reports.html.report import report_html
from tests.reports.months import report_input
from tests.reports.pages import page_of
from tests.reports.test_report_page import NASTY, nasty_month, some_weeks

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
)  # fmt: skip
OFFLINE = ("--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--v=0")
BONUS, HEAT = (0x2F, 0x7F, 0xBF), (0xA9, 0xCD, 0xEA)
"""Colours of the style sheet: a bar of the pool, a cell of the heat map."""


def browser(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Start a browser without a screen and without a network. Skips where there is none."""
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium is installed")
    command = [program, *QUIET, *OFFLINE, f"--user-data-dir={folder / 'profile'}", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, encoding="utf-8", errors="replace")


def console(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What a page complained about."""
    return [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def asked_for(log: Path) -> set[str]:
    """The hosts that were asked for something, but for those that the browser asks about itself."""
    hosts = set(re.findall(r'"url":"[a-z]+://([^/:"]+)', log.read_text("utf-8")))
    return {host for host in hosts if not host.endswith((".google.com", ".googleapis.com", ".gvt1.com"))}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with hostile names on the disk."""
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_bytes(report_html(report_input(nasty_month()), some_weeks()))
    return file


def test_a_page_that_fetches_is_caught(tmp_path: Path) -> None:
    """So that silence about ours means something: a picture from elsewhere, and a script that is forbidden."""
    file, log = tmp_path / "bad.html", tmp_path / "net.json"
    file.write_text(
        "<meta http-equiv='Content-Security-Policy' content=\"script-src 'none'\">"
        "<img src='http://pictures.invalid/x.png'><script>document.title = 'ran'</script>",
        "utf-8",
    )
    done = browser(tmp_path, f"--log-net-log={log}", "--dump-dom", file.as_uri())
    assert len(console(done)) == 1
    assert asked_for(log) == {"pictures.invalid"}
    assert "<title>ran" not in done.stdout


def test_ours_fetches_nothing_and_runs_nothing(written: Path, tmp_path: Path) -> None:
    """No request, not one line on the console; every drawing and every hostile name is there, as text."""
    log = tmp_path / "net.json"
    done = browser(tmp_path, f"--log-net-log={log}", "--dump-dom", written.as_uri())
    assert (done.returncode, console(done), asked_for(log)) == (0, [], set())
    read, made = page_of(done.stdout.strip().encode()), page_of(written.read_bytes())
    assert len(read.all("svg")) == len(made.all("svg")) > 20
    assert read.all("script") == []
    assert NASTY[0] in read.text


def pixels(picture: bytes) -> set[tuple[int, int, int]]:
    """The colours of a picture in the plain format PPM."""
    head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", picture)
    assert head
    body = picture[head.end() :]
    return set(zip(body[0::3], body[1::3], body[2::3], strict=True))


@pytest.mark.slow
def test_charts_are_drawn_and_chinese_is_readable_in_print(written: Path, tmp_path: Path) -> None:
    """The browser's print has Chinese text that can be copied, and the colours of bars and of the heat map."""
    tools = {name: shutil.which(name) for name in ("pdftotext", "pdftoppm")}
    if None in tools.values():
        pytest.skip("poppler-utils are not installed")
    file = tmp_path / "report.pdf"
    browser(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={file}", written.as_uri())
    told = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, timeout=60, check=True)
    text = told.stdout.decode()
    for words in ("得分榜", "指标热力图", "奖金池怎么来", "投诉原因"):
        assert words in text
    drawn = subprocess.run(["pdftoppm", "-r", "60", str(file)], capture_output=True, timeout=60, check=True)
    colours = {colour for page in drawn.stdout.split(b"P6\n")[1:] for colour in pixels(b"P6\n" + page)}
    assert {BONUS, HEAT} <= colours
