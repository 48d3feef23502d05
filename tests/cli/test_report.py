"""``csctl report`` and ``csctl explain --html``."""

from __future__ import annotations

import stat
from pathlib import Path

from tests.cli.small import MONTH, change
from tests.end_to_end.running import csctl, tree
from tests.reports.pages import page_of


def out(workspace: Path) -> Path:
    """The month's folder."""
    return workspace / "out" / MONTH


def test_a_run_writes_the_report(small_run: Path) -> None:
    """As a page and a workbook, for the owner's eyes only, named in the record of the run."""
    for name in ("report.html", "report.xlsx"):
        assert stat.S_IMODE((out(small_run) / name).stat().st_mode) == 0o600
    record = (out(small_run) / "run.json").read_text("utf-8")
    assert '"report.html"' in record
    assert '"report.xlsx"' in record
    assert not (out(small_run) / "agents").exists()


def test_the_report_alone_is_that_of_the_run(small: Path) -> None:
    """The same bytes, without anything else."""
    run = tree(out(small))
    for file in out(small).rglob("*"):
        if file.is_file():
            file.unlink()
    done = csctl("report", "-w", small, "--month", MONTH)
    assert (done.code, done.faults) == (0, [])
    assert tree(out(small)) == {name: run[name] for name in ("report.html", "report.xlsx")}


def test_weeks_are_added_when_asked_for(small: Path) -> None:
    """As a part of the page; the month's other parts stay."""
    csctl("report", "-w", small, "--month", MONTH, "--weekly")
    page = page_of((out(small) / "report.html").read_bytes())
    assert "weekly" in [one["id"] for one in page.all("section")]
    assert "W41" in page.text


def test_one_week_is_written_alone(small: Path) -> None:
    """Into files named after it; its month is that of its Thursday."""
    done = csctl("report", "-w", small, "--week", "2026-W40", "--json")
    assert done.data["files"] == ["weeks/2026-W40.html", "weeks/2026-W40.xlsx"]
    text = page_of((out(small) / "weeks" / "2026-W40.html").read_bytes()).text
    assert "W40" in text
    assert "10-01 … 10-04" in text


def test_a_week_that_is_none_is_refused(small: Path) -> None:
    """With what to write instead; so is one of another month."""
    done = csctl("report", "-w", small, "--week", "43")
    assert (done.code, done.faults) == (2, ["csctl: “43” is not a week → write an ISO week such as 2026-W43"])
    done = csctl("report", "-w", small, "--week", "2026-W20", "--month", MONTH)
    assert done.code == 2
    assert "2026-10 has no day of week 2026-W20" in done.faults[0]


def test_an_agents_page_holds_that_agents_data_only(small: Path) -> None:
    """By number or by name; with it comes the report."""
    done = csctl("report", "-w", small, "--month", MONTH, "--agent", "01", "--agent", "Bob", "--json")
    pages = ["agents/01_Ann.html", "agents/02_Bob.html"]
    assert done.data["files"] == [*pages, "report.html", "report.xlsx"]
    text = page_of((out(small) / pages[0]).read_bytes()).text
    assert "Ann 01" in text
    assert "Bob" not in text
    assert "Cid" not in text
    assert "calls.csv" in text
    assert stat.S_IMODE((out(small) / pages[0]).stat().st_mode) == 0o600


def test_everybody_gets_a_page_when_asked_for(small: Path) -> None:
    """One each; somebody nobody knows is refused, and nothing is written."""
    done = csctl("report", "-w", small, "--month", MONTH, "--agents", "--json")
    assert [name for name in done.data["files"] if name.startswith("agents/")] == [
        "agents/01_Ann.html", "agents/02_Bob.html", "agents/03_Cid.html",
    ]  # fmt: skip
    before = tree(out(small))
    assert csctl("report", "-w", small, "--month", MONTH, "--agent", "Zoe").code == 2
    assert tree(out(small)) == before


def test_whoever_rated_is_not_named_to_the_one_who_was_rated(small: Path) -> None:
    """The rating and its place stand on the page, the rater's name does not."""
    change(
        small / "policy.toml",
        'id = "speed"\nlabel = "Speed of answer"\nmeasure = "asa"',
        'id = "speed"\nlabel = "Speed of answer"\nrating = "speed"',
    )
    change(small / "policy.toml", 'bands = [{ level = "good", at_most = 30 }, { level = "poor" }]\n', "")
    change(
        small / "csctl.toml",
        '[[source]]\ntable = "orders"',
        '[[source]]\ntable = "ratings"\nfiles = "data/{month}/ratings.csv"\n\n[[source]]\ntable = "orders"',
    )
    (small / "data" / MONTH / "ratings.csv").write_text(
        f"agent,rater,role,item,value,date\nAnn,Mallory,superior,speed,good,{MONTH}-20\n", "utf-8"
    )
    done = csctl("report", "-w", small, "--month", MONTH, "--agent", "01")
    assert (done.code, done.faults) == (0, [])
    text = page_of((out(small) / "agents" / "01_Ann.html").read_bytes()).text
    assert "ratings.csv" in text
    assert "Mallory" not in text


def test_an_explanation_can_be_handed_out_as_a_page(small: Path, tmp_path: Path) -> None:
    """Instead of on the screen; the same figures."""
    file = tmp_path / "why.html"
    done = csctl("explain", "01", "-w", small, "--month", MONTH, "--html", file)
    assert (done.code, "".join(done.out.split())) == (0, "".join(f"wrote {file}".split()))
    text = page_of(file.read_bytes()).text
    screen = csctl("explain", "01", "-w", small, "--month", MONTH).out
    assert "Commission" in text
    assert "Commission" in screen
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_only_complaints_that_were_upheld_are_counted_among_the_causes(small: Path) -> None:
    """Worked by hand: of five, three were upheld, two of them for the price; undecided and refused ones are said."""
    change(
        small / "csctl.toml",
        '[[source]]\ntable = "orders"',
        '[[source]]\ntable = "complaints"\nfiles = "data/{month}/complaints.csv"\n\n[[source]]\ntable = "orders"',
    )
    rows = ["price,yes", "price,yes", "network,no", "network,yes", "tone,no"]
    text = "\n".join(f"C{at},{MONTH}-1{at},01,Ann,{row}" for at, row in enumerate(rows))
    heads = "complaint id,received at,agent id,agent,cause,valid"
    (small / "data" / MONTH / "complaints.csv").write_text(f"{heads}\n{text}\n", "utf-8")
    done = csctl("report", "-w", small, "--month", MONTH)
    assert (done.code, done.faults) == (0, [])
    page = (out(small) / "report.html").read_text("utf-8")
    part = page_of(page[page.index('<section id="causes">') : page.index('<section id="sign-off">')].encode()).text
    assert part.split("\n")[:8] == [
        "Causes of complaints", "Causes of upheld complaints", "3 in all; 2 that were not upheld are not counted",
        "Value", "Count", "Share", "price", "2",
    ]  # fmt: skip
    assert "tone" not in part
