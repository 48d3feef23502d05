"""What run says of many problems: each kind, and each thing to write, within a dozen lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from csctl.cli.showing.problem_lines import LINES, alike, problem_lines
from csctl.messages import problem
from csctl.problems import Place, Problem
from tests.cli.small import MONTH, change
from tests.end_to_end.running import csctl

COLUMNS = {"answered": "perhaps", "resolved": "half", "abandoned": "maybe"}
CALLS = "call id,agent,created at,answered,resolved,abandoned,wait time\n"


def _word(word: str, file: str = "a.csv") -> Problem:
    line = f'columns.valid.texts = {{ "{word}" = "" }}'
    return problem("value-not-a-flag", Place(file, row=2, column="valid"), word, line=line)


@pytest.fixture
def asking(small: Path) -> Path:
    """Three columns of one file hold words of their own."""
    row = ",".join(COLUMNS.values())
    rows = "".join(f"{number},Ann,2026-10-{number:02} 09:00,{row},10\n" for number in range(2, 6))
    (small / f"data/{MONTH}/calls.csv").write_text(CALLS + rows, "utf-8")
    return small


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_column_of_one_file_shows_its_own_line_to_write(asking: Path, language: str) -> None:
    """And with these lines, filled in, nothing is asked any more."""
    change(asking / "csctl.toml", 'language = "en"', f'language = "{language}"')
    done = csctl("run", "-w", asking, "--month", MONTH)
    proposed = [f'columns.{name}.texts = {{ "{word}" = "" }}' for name, word in COLUMNS.items()]
    for line in proposed:
        assert done.out.count(line) == 1
    written = "\n".join(line.replace('""', '"Y"') for line in proposed)
    change(asking / "csctl.toml", 'columns = { wait_seconds = { from = "wait time", unit = "seconds" } }', written)
    assert csctl("run", "-w", asking, "--month", MONTH).code == 0
    record = json.loads((asking / "out" / MONTH / "run.json").read_text("utf-8"))
    assert "value-not-a-flag" not in {one["code"] for one in record["problems"]["list"]}


def test_the_same_line_of_many_files_is_shown_once() -> None:
    """With how many problems it settles."""
    (line,) = problem_lines([_word("perhaps", f"{day}.csv") for day in range(31)], "en")
    assert line.count == 31
    assert 'columns.valid.texts = { "perhaps" = "" }' in line.words("en")[2]


def test_one_line_of_several_people_names_them_and_of_several_files_counts_them() -> None:
    """Nobody is hidden behind the number of a line; of many the first are named."""
    sheets = [problem("sheet-incomplete", found=f"a{number}", indicators="Tone") for number in range(1, 8)]
    (line,) = problem_lines(sheets[:2], "en")
    assert line.words("en")[0].endswith("; likewise a2")
    (line,) = problem_lines(sheets, "zh")
    assert line.words("zh")[0].endswith("；同样的还有 a2、a3、a4、a5 …")
    (line,) = problem_lines([_word("perhaps", f"{name}.csv") for name in "abc"], "en")
    assert line.words("en")[1].endswith("2 other files")
    assert "likewise" not in line.words("en")[0]
    (line,) = problem_lines(sheets[:1], "en")
    assert "likewise" not in line.words("en")[0]


def test_what_is_the_same_of_several_people_is_one_line_and_nothing_of_it_is_lost() -> None:
    """All of them by name; another remedy, place, share or file is another line, and so is the second file of one."""
    same = [problem("no-base-pay-on-roster", agent=f"a{number}") for number in range(1, 8)]
    levels = [
        problem("level-unknown", found=level, agent=agent, known="C1") for level, agent in (("x", "b1"), ("x", "b2"))
    ]
    words = [_word("perhaps", "a.csv"), _word("half", "a.csv"), _word("perhaps", "b.csv")]
    one, two, *apart = alike([*same, *levels, *words], "en")
    assert (one.count, two.count, [line.count for line in apart]) == (7, 2, [1, 1, 1])
    assert "of a1 that can be used; likewise a2, a3, a4, a5, a6, a7 → write the amount" in one.whole("en")
    assert "likewise b2" in two.whole("en")
    assert "a1" not in apart[0].whole("en")


@pytest.mark.parametrize("command", ["check", "run"])
def test_check_and_run_name_several_people_in_one_line(small: Path, command: str) -> None:
    """Three without base pay on the roster; with --verbose each has a line."""
    change(small / "policy.toml", 'by = "level"', 'by = "roster"')
    done = csctl(command, "-w", small, "--month", MONTH)
    assert "no base pay of 01 that can be used; likewise 02, 03 →" in done.err
    verbose = csctl(command, "-w", small, "--month", MONTH, "--verbose")
    assert "likewise" not in verbose.err
    assert (done.err.count("no base pay of"), verbose.err.count("no base pay of")) == (1, 3)


def test_a_dozen_lines_are_shared_among_the_kinds() -> None:
    """Hundreds of words leave other kinds their own; what has no line is counted by the last of its kind."""
    many = [_word(f"word {number}") for number in range(200)]
    others = [problem("event-unknown", Place("e.csv", row=row), f"e{row}", ignore=f"⏎ x{row}") for row in (2, 3)]
    lines = problem_lines([*many, *others, problem("value-too-large", Place("b.csv"), "9e9")], "en")
    assert len(lines) == LINES
    assert sum(line.count for line in lines) == 203
    assert [line.count for line in lines if line.problem.code == "event-unknown"] == [1, 1]
    assert max(line.count for line in lines) == 192


def test_a_remedy_that_is_the_same_for_all_is_left_to_check() -> None:
    """Rows that differ only in what stood there are one line."""
    twice = [problem("id-twice", Place("a.csv", row=row, column="ID"), f"C{row}", first="2") for row in range(3, 9)]
    (line,) = problem_lines(twice, "zh")
    assert (line.count, line.words("zh")[2]) == (6, "")
