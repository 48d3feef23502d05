"""What the linter refuses in checks and listings, at which line."""

from __future__ import annotations

import pytest

from csctl.policy.refs import named_figures
from csctl.problems import Severity
from tests.policy.small import SMALL, line_with, load_good, load_texts

GOOD = """
[[check]]
id = "revisit"
label = "投诉回访"
table = "complaints"
where = { valid = true }
deadline = { from = "resolved_at", to = "revisited_at", hours = 48 }
rule = "X-1"

[[check]]
id = "words"
label = "用语"
table = "messages"
text = "text"
together = "interaction_id"
banned = ["不补货了→工厂不生产了"]

[[check]]
id = "plan"
label = "培训计划"
table = "training_plans"
filled = ["content"]

[[listing]]
id = "causes"
label = "原因"
table = "complaints"
by = "cause"
"""

BAD = {
    "unknown table": ('table = "complanits"\nfilled = ["content"]', "policy-unknown-table", "table ="),
    "roster": ('table = "roster"\nfilled = ["post"]', "check-roster", "table ="),
    "unknown column": ('table = "complaints"\nfilled = ["contents"]', "policy-unknown-column", "filled ="),
    "unknown column in must": (
        'table = "complaints"\nmust = { contents = "x" }',
        "policy-unknown-column",
        "must =",
    ),
    "test that does not suit": ('table = "complaints"\nmust = { valid = "x" }', "policy-test-unsuited", "must ="),
    "where on another kind": (
        'table = "complaints"\nfilled = ["content"]\nwhere = { date = "x" }',
        "policy-test-unsuited",
        "where =",
    ),
    "deadline on a text": (
        'table = "complaints"\ndeadline = { from = "content", to = "date", days = 1 }',
        "check-column-not-a-time",
        "deadline =",
    ),
    "deadline to nowhere": (
        'table = "complaints"\ndeadline = { from = "date", to = "revisit", days = 1 }',
        "policy-unknown-column",
        "deadline =",
    ),
    "order of texts": ('table = "complaints"\norder = ["date", "cause"]', "check-column-not-a-time", "order ="),
    "order of one": ('table = "complaints"\norder = ["date"]', "check-order-too-short", "order ="),
    "search in a flag": ('table = "complaints"\ntext = "valid"\nbanned = ["x"]', "check-column-not-text", "text ="),
    "nothing to search": ('table = "messages"\ntext = "text"\nbanned = ["→x"]', "check-phrase-empty", "banned ="),
    "blank phrase": ('table = "messages"\ntext = "text"\nrequired = [" "]', "check-phrase-empty", "required ="),
    "no limit": (
        'table = "complaints"\ndeadline = { from = "date", to = "revisited_at" }',
        "policy-deadline-hours-or-days",
        "deadline =",
    ),
    "two limits": (
        'table = "complaints"\ndeadline = { from = "date", to = "revisited_at", days = 1, until = "week_end" }',
        "policy-deadline-hours-or-days",
        "deadline =",
    ),
    "two ways": (
        'table = "complaints"\nfilled = ["content"]\nmust = { valid = true }',
        "policy-check-one-way",
        "[[check]]",
    ),
    "no way": ('table = "complaints"', "policy-check-one-way", "[[check]]"),
    "phrases without text": ('table = "messages"\nbanned = ["x"]', "policy-check-text", "[[check]]"),
    "together without phrases": (
        'table = "messages"\nfilled = ["text"]\ntogether = "interaction_id"',
        "policy-check-text",
        "[[check]]",
    ),
}


@pytest.mark.parametrize(("keys", "code", "marker"), BAD.values(), ids=BAD.keys())
def test_a_check_that_cannot_work_is_refused_at_its_line(keys: str, code: str, marker: str) -> None:
    """With the code of the fault; nothing else is said."""
    text = f'{SMALL}\n[[check]]\nid = "one"\nlabel = "one"\n{keys}\n'
    loaded, problems = load_texts({"own": text})
    assert loaded is None
    line = next(number for number, line in reversed(list(enumerate(text.split("\n"), 1))) if line.startswith(marker))
    assert [(problem.code, problem.place.row) for problem in problems] == [(code, line)]


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ('table = "complanits"\nby = "cause"', "policy-unknown-table"),
        ('table = "complaints"\nby = "causes"', "policy-unknown-column"),
        ('table = "complaints"\nby = "reopened"', "check-column-not-text"),
        ('table = "roster"\nby = "post"', "check-roster"),
    ],
)
def test_a_listing_that_cannot_work_is_refused(keys: str, code: str) -> None:
    """It counts texts of a table that is there."""
    loaded, problems = load_texts({"own": f'{SMALL}\n[[listing]]\nid = "one"\nlabel = "one"\n{keys}\n'})
    assert loaded is None
    assert [problem.code for problem in problems] == [code]


def test_two_checks_of_one_name_are_refused() -> None:
    """Their measures could not be told apart."""
    again = '\n[[check]]\nid = "plan"\nlabel = "又一个"\ntable = "training_plans"\nfilled = ["method"]\n'
    loaded, problems = load_texts({"own": SMALL + GOOD + again})
    assert loaded is None
    assert [problem.code for problem in problems] == ["policy-double-name"]


def test_hours_after_a_day_are_said() -> None:
    """A note: the policy loads."""
    text = f"{SMALL}\n" + GOOD.replace('from = "resolved_at"', 'from = "date"')
    loaded = load_good({"own": text})
    (said,) = [problem for problem in loaded.findings if problem.code == "check-hours-on-days"]
    assert (said.severity, said.found, said.place.row) == (Severity.NOTE, "date", line_with(text, "hours = 48"))


def test_a_measure_on_a_table_about_nobody_is_refused() -> None:
    """No row of it is an agent's."""
    measure = '\n[measure.plans]\nlabel = "p"\ntable = "training_plans"\nrows = true\n'
    _, problems = load_texts({"own": SMALL + measure})
    assert "measure-table-without-agents" in [problem.code for problem in problems]


def test_a_certificate_for_a_row_about_nobody_is_refused() -> None:
    """A training plan passes no examination."""
    certificate = '\n[[certificate]]\nid = "plan"\nlabel = "p"\ntable = "training_plans"\nof = "content"\n'
    _, problems = load_texts({"own": SMALL + certificate})
    assert "measure-table-without-agents" in [problem.code for problem in problems]


def test_checks_may_be_named_as_measures_with_their_units() -> None:
    """Counts and a share; not those of a table about nobody."""
    policy = load_good({"own": SMALL + GOOD}).policy
    found = {name: (one.label, one.unit, one.rule) for name, one in named_figures(policy).items() if "check." in name}
    assert found == {
        "check.revisit.passed": ("投诉回访：合格", "count", "X-1"),
        "check.revisit.failed": ("投诉回访：不合格", "count", "X-1"),
        "check.revisit.rate": ("投诉回访：合格率", "%", "X-1"),
        "check.words.passed": ("用语：合格", "count", ""),
        "check.words.failed": ("用语：不合格", "count", ""),
        "check.words.rate": ("用语：合格率", "%", ""),
    }


def test_a_fine_cannot_count_a_share() -> None:
    """66.67 % is no number of times."""
    fine = '\n[[pay.fine]]\nid = "x"\nlabel = "x"\namount = 5\neach = { measure = "check.revisit.rate" }\n'
    _, problems = load_texts({"own": SMALL + GOOD + fine})
    assert [problem.code for problem in problems] == ["policy-wrong-unit"]


def test_a_child_changes_one_key_of_an_inherited_check() -> None:
    """Entries merge by their id; a deadline is of one piece."""
    child = """
id = "child"
label = "子制度"
version = "1"
state = "reviewed"
extends = ["own"]
[[check]]
id = "revisit"
deadline = { from = "date", to = "revisited_at", days = 1 }
"""
    policy = load_good({"own": SMALL + GOOD, "child": child}, "child").policy
    (revisit,) = [check for check in policy.check if check.id == "revisit"]
    assert revisit.label == "投诉回访"
    assert revisit.deadline is not None
    assert (revisit.deadline.start, revisit.deadline.hours, revisit.deadline.days) == ("date", None, 1)
