"""What a policy asks of the words of a column."""

from __future__ import annotations

from csctl.policy.asked import AskedColumn, asked_columns
from csctl.policy.to_write import ignore_lines, texts_line
from tests.workbench import policy

RULES = """
[measure.rude]
label = "Rude"
unit = "count"
table = "complaints"
rows = true
where = { category = ["manner", "tone"], valid = true }

[measure.other]
label = "Other"
unit = "count"
table = "complaints"
rows = true
where = { category = { not = ["tone", "price"] } }

[event.late]
label = "Came late"

[words."complaints.category"]
ignore = ["Weather"]
"""


def _asked(name: str) -> AskedColumn:
    return next(one for one in asked_columns(policy(RULES)) if one.name == name)


def test_the_texts_of_all_rules_on_a_column_are_one_set() -> None:
    """Each goes by the first rule that names it; what is only excluded is named, too, and not looked for."""
    asked = _asked("complaints.category")
    assert asked.rules == {"manner": "measure.rude", "tone": "measure.rude", "price": "measure.other"}
    assert [(one.texts, one.wanted) for one in asked.questions] == [
        (("manner", "tone"), True),
        (("tone", "price"), False),
    ]
    assert asked.leaves_alone == {"weather"}


def test_events_may_be_written_by_id_or_by_label() -> None:
    """One declaration, two words."""
    assert [one.texts for one in _asked("events.event").questions] == [("late", "Came late")]


def test_lines_to_write_are_toml_with_open_meanings() -> None:
    """Signs inside a word are escaped; what is known keeps its meaning."""
    assert texts_line("valid", ["a", 'b"c'], {"a": "Y"}) == 'columns.valid.texts = { "a" = "Y", "b\\"c" = "" }'
    assert ignore_lines("leave.kind", ["x"]) == '⏎ [words."leave.kind"] ⏎ ignore = ["x"]'
