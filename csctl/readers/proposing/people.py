"""Several columns that could name the agent of a row."""

from __future__ import annotations

from collections.abc import Iterator

from csctl.headers import Header
from csctl.policy.to_write import named_line
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.proposing.questions import Choice, Matter, Question
from csctl.readers.proposing.viewing import View
from csctl.words import fold


def person_questions(view: View) -> Iterator[Question]:
    """One where two columns of people name different ones in the same row; two names of the same are no doubt."""
    for problem in view.problems:
        if problem.code != "agent-header-chosen" or not isinstance(problem.found, str):
            continue
        others = problem.parameters["others"]
        texts = [problem.found, *((others,) if isinstance(others, str) else others)]
        found = {one.text: one for one in view.headers}
        headers = [found[text] for text in texts if text in found and _is_filled(view, found[text])]
        if len(headers) > 1 and not all(_same_people(view, headers[0], one) for one in headers[1:]):
            yield _question(view, str(problem.parameters["name"]), headers)


def _is_filled(view: View, header: Header) -> bool:
    return any(not is_empty(cell) for cell in view.cells(header))


def _same_people(view: View, one: Header, other: Header) -> bool:
    """Whether each name of one column goes with one name of the other."""
    pairs = {
        (fold(cell_as_text(left)), fold(cell_as_text(right)))
        for left, right in zip(view.cells(one), view.cells(other), strict=True)
        if not is_empty(left) and not is_empty(right)
    }
    return len(pairs) == len({left for left, _ in pairs}) == len({right for _, right in pairs})


def _question(view: View, name: str, headers: list[Header]) -> Question:
    choices = tuple(
        Choice(one.text, (named_line(name, view.called(one)),), ", ".join(view.samples(one))) for one in headers
    )
    blanks = {"name": name, "table": view.table.name}
    return Question(view.files, Matter.PERSON, name, blanks, choices, choices[0].name, choices[0].lines)
