"""Who has not answered yet, by what lies in the month's folders of forms; and the text that reminds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from csctl.core.forms.status import FormStatus, Handed, names_apart, status_of, unsent
from csctl.messages import problem, say
from csctl.messages.grammar import labelled, listed, with_aside
from csctl.month import Month
from csctl.problems import Problem
from csctl.readers.forms.reading import Returned
from csctl.workflow.forms.collecting import expected_of, read_folder
from csctl.workflow.forms.form_month import BACK, OUT, month_folder, month_of_forms
from csctl.workflow.month.compute import Asked

NAMED = 6
"""So many people or questions are named in a reminder."""
_EXPECTED = frozenset({"forms-page-empty"})
"""What is no fault here: that nothing is on a page is what is asked about."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the forms of a month stand. ``month`` is None where it cannot be said; ``unsent`` are files that came back
    from somebody who was sent none.
    """

    month: Month | None
    team: str = ""
    language: str = "en"
    folder: Path = Path()
    forms: tuple[FormStatus, ...] = ()
    unsent: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def open(self) -> list[FormStatus]:
        """The forms that are not whole."""
        return [one for one in self.forms if one.state != "whole"]


def standing(asked: Asked, folder: Path | None) -> Standing:
    """What was sent beside what lies in ``folder`` (default: the month's ``in``); nothing is written."""
    found, problems = month_of_forms(asked, evidence=False)
    if found is None:
        return Standing(None, problems=tuple(problems))
    own = month_folder(asked.folder, found.month)
    place = folder or own / BACK
    expected = expected_of(found)
    sent, strange = read_folder(own / OUT, expected)
    problems += [*strange, *_faults(sent)]
    if not any(one.questions for one in sent):
        return Standing(None, problems=(*problems, problem("forms-none-sent", found=found.month)))
    returned, strange = read_folder(place, expected)
    problems += [*strange, *_faults(returned)]
    config = found.workspace.config
    out, back = [_handed(one) for one in sent], [_handed(one) for one in returned]
    forms = tuple(status_of(out, back, expected.pages))
    return Standing(found.month, config.name, config.language, place, forms, tuple(unsent(out, back)), tuple(problems))


def _faults(files: Iterable[Returned]) -> list[Problem]:
    return [fault for one in files for fault in one.problems if fault.code not in _EXPECTED]


def _handed(one: Returned) -> Handed:
    return Handed(one.file, one.role, one.rater, tuple(one.questions))


def reminder(found: Standing, due: str) -> str:
    """The text to paste into a group chat: who still owes which form, and what of it; "" where nobody owes anything.

    Plain lines, for DingTalk and WeCom show them alike: a mark for the person, no markup, no figure. Raises ValueError
    for a month that is not there (a bug).
    """
    if found.month is None:
        raise ValueError("nothing is known of the forms")
    if not found.open:
        return ""
    language = found.language
    head = say("forms-remind-head", language, team=found.team, month=found.month, count=len(found.open))
    day = [say("forms-remind-due", language, due=due)] if due else []
    selves = [one for one in found.forms if one.own]
    called = dict(zip((one.sent for one in selves), names_apart(one.pages[0] for one in selves), strict=True))
    owed = [_owed(one, called.get(one.sent, one.rater), language) for one in found.open]
    return "\n".join([head, *day, *owed, say("forms-remind-end", language)])


def _owed(one: FormStatus, who: str, language: str) -> str:
    """One rater's form: whom it is about, or the questions that are open."""
    role = say(f"forms-remind-{one.role}", language)
    people = [] if one.own else names_apart(one.open_pages)
    if one.state == "missing":
        text = with_aside(say("forms-remind-missing", language), _some(people, language), language)
    else:
        open_now = people or one.open_pages[0].open
        text = with_aside(say("forms-remind-partly", language, count=one.open), _some(open_now, language), language)
    return f"@{who} {labelled((role, text), language)}"


def _some(names: Sequence[str], language: str) -> str:
    more = len(names) - NAMED
    return listed([*names[:NAMED], *([say("forms-remind-more", language, count=more)] if more > 0 else [])], language)
