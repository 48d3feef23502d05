"""Problems: each is declared once, and made of its declaration."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import csctl
from csctl.messages import LANGUAGES, one_line, problem, problem_fix, problem_text, say
from csctl.messages.declared import areas, declarations
from csctl.problems import Place, Problem, Severity, as_error, as_warning, errors, errors_and_warnings, in_order
from csctl.tables import TABLES
from tests import parsed
from tests.test_messages import blanks, source, spoken

PACKAGE = Path(csctl.__file__).parent
WEIGHING = {"problems.py", "messages/declared.py", "readers/opening/wire.py", "store/canonical.py"}
"""Where a severity is given: by the declaration, to one problem in its surroundings, or as it was written down."""


def test_every_problem_has_an_example_that_fits_its_blanks() -> None:
    """Exactly the blanks of its words and its remedy, each filled with something."""
    odd = []
    for code, one in declarations().items():
        wanted = set[str]().union(*(blanks(text) for text in one.words.values()))
        odd += [] if wanted == set(one.blanks) and "?" not in one.blanks.values() else [code]
    assert odd == []


def test_every_example_can_be_told_in_both_languages() -> None:
    """Place, fault and remedy; every blank is seen."""
    untold = []
    for code, one in declarations().items():
        for language in LANGUAGES:
            told = one_line(one.example, language)
            shown = problem_text(one.example, language) + problem_fix(one.example, language)
            seen = one.place.file in told and all(_says(shown, value, language) for value in one.blanks.values())
            untold += [] if seen else [f"{code} {language}"]
    assert untold == []


KEYS = {
    "day-ends-without-punches", "policy-out-of-without-full-score", "policy-unknown-column", "profile-table-differs",
    "shape-without-days", "source-column-unknown", "source-table-unknown", "policy-unknown-table",
}  # fmt: skip
"""Problems of what somebody wrote into a TOML file, where a table is called by its key."""
NAMES_IN_EXAMPLES = {
    "figures-unread", "policy-award-without-data", "policy-composite-of-composite", "policy-entry-of-nothing",
    "policy-nobody-meets", "policy-requirement-one-way", "promotion-month-left-out", "score-too-thin",
}  # fmt: skip
"""Problems whose example has a label, a figure's name or a key that a table is called by as well."""
KEY_OF_TABLE = re.compile(rf"(?<![\w./\"\[])({'|'.join(TABLES)})(?![\w/.])")


def test_a_table_is_called_by_its_word() -> None:
    """By its key only where that is what stands, or is to be written, in a TOML file."""
    said = {
        code: problem_text(one.example, "zh") + "\n" + problem_fix(one.example, "zh")
        for code, one in declarations().items()
    }
    assert {code for code, text in said.items() if KEY_OF_TABLE.search(text)} == KEYS | NAMES_IN_EXAMPLES
    seen = problem("people-without-rows", found="Li Na", table=["attendance", "pay_items"], month="2026-10")
    assert "“考勤、一次性款项”" in problem_text(seen, "zh")
    assert "in attendance, one-off amounts counts" in problem_text(seen, "en")
    assert "会话和通话 · talk_seconds" in problem_text(
        problem("columns-accepted", found="interactions.talk_seconds"), "zh"
    )


def _says(shown: str, value: str, language: str) -> bool:
    """A value as it is, or the word for the table by whose name it begins."""
    table = re.match("[a-z_]*", value)[0]  # type: ignore[index]
    return value in shown or (table in TABLES and say(f"table-{table}", language) in shown)


def test_every_problem_that_is_made_is_declared() -> None:
    """A code, or a family of codes, given to ``problem`` has a declaration and not only words."""
    made = {(node.where, node.code) for node in spoken("problem")}
    assert len(made) > 300
    assert [one for one in sorted(made) if not any(re.fullmatch(one[1], code) for code in declarations())] == []


def test_every_problem_that_is_declared_is_made() -> None:
    """Its code stands in the program, or fits a pattern that ``problem`` is given."""
    families = {one.code for one in spoken("problem", "_problem") if not one.exact}
    left = [code for code in declarations() if code not in source().constants]
    assert [code for code in left if not any(re.fullmatch(one, code) for one in families)] == []


def test_a_severity_stands_with_its_declaration() -> None:
    """Nobody else makes a problem by hand or sets its severity."""
    by_hand = set()
    for path in parsed.modules():
        for node in ast.walk(parsed.tree(path)):
            if isinstance(node, ast.Call) and (
                getattr(node.func, "id", "") == "Problem" or any(one.arg == "severity" for one in node.keywords)
            ):
                by_hand.add(path.relative_to(PACKAGE).as_posix())
    assert by_hand - WEIGHING == set()


def test_a_problem_is_as_grave_as_it_is_declared() -> None:
    """One of each kind; what was given stands in it as text."""
    made = [problem("month-none"), problem("role-unknown", found="x", known="y"), problem("history-used", last=1)]
    assert [one.severity for one in made] == [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    assert made[1] == Problem("role-unknown", Severity.WARNING, Place(), "x", (("known", "y"),))
    assert made[2].parameters == {"found": "", "last": "1"}


def test_a_kind_that_is_not_declared_is_a_bug() -> None:
    """Said where it is made, not where it is shown."""
    with pytest.raises(KeyError):
        problem("no-such-code")
    with pytest.raises(KeyError):
        problem("pay-base")


def test_surroundings_may_weigh_a_problem_otherwise() -> None:
    """Everything else stays as it is."""
    one = problem("value-not-a-date", Place("a.csv", row=2), "soon")
    assert (one.severity, as_error(one).severity, as_warning(as_error(one))) == ("warning", "error", one)


def test_problems_are_sorted_out_by_severity() -> None:
    """Errors stop, notes are not counted, the worst comes first."""
    made = [problem("history-used"), problem("role-unknown"), problem("month-none")]
    assert [one.code for one in errors(made)] == ["month-none"]
    assert [one.code for one in errors_and_warnings(made)] == ["role-unknown", "month-none"]
    assert [one.code for one in in_order(made)] == ["month-none", "role-unknown", "history-used"]


def test_areas_hold_every_declaration_once() -> None:
    """As the reference page lists them."""
    assert sum(map(len, areas().values())) == len(declarations())
