"""The form of the review meeting comes back through the same door."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from csctl.core.forms.model import ROLES
from csctl.core.forms.plan import FormInput, page_for
from csctl.problems import errors_and_warnings
from csctl.readers.forms.reading import ExpectedForms, read_form
from csctl.readers.opening.books import BookReader
from csctl.sheets.anchors import HIDDEN
from csctl.sheets.rating_form import About
from csctl.sheets.review_book import review_book
from tests.core.career.review import people, team, view_of


def test_answers_of_the_review_meeting_come_back(tmp_path: Path) -> None:
    """Yes and no of the panel, by requirement; pages left open are no answers."""
    world = team()
    view = view_of(world)
    book = openpyxl.load_workbook(io.BytesIO(review_book(view, About(view.month, "客服部", "晋升 1", "print", "zh"))))
    asked = [row[:6] for row in book[HIDDEN].iter_rows(values_only=True) if row[1] == "ann" and row[3] == "value"]
    for number, (_, _, _, _, sheet, cell) in enumerate(asked):
        book[str(sheet)][str(cell)].value = "是" if number else "否"
    file = tmp_path / "评审.xlsx"
    book.save(file)
    with BookReader(workers=1) as reader:
        opened, _ = reader.read(file, file.name)
    given = FormInput(world.policy, view.month, people(world), "zh")
    pages = {(str(role), one.agent_id): page_for(given, one, role) for role in ROLES for one in given.agents}
    assert opened is not None
    returned = read_form(opened, file.name, ExpectedForms(str(view.month), "print", pages))
    assert errors_and_warnings(returned.problems) == []
    assert [(one.role, one.agent_id, one.item) for one in returned.ratings] == [
        ("panel", "ann", str(item)) for _, _, item, _, _, _ in asked
    ]
    assert [one.value for one in returned.ratings] == ["否", *["是"] * (len(asked) - 1)]
