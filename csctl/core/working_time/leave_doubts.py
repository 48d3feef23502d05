"""What requests for leave leave open, said: one warning a kind of doubt, with whom it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from csctl.core.people.called import name_and_id
from csctl.core.people.roster import row_place
from csctl.core.working_time.doubts import Doubts
from csctl.core.working_time.leave import Doubt
from csctl.core.working_time.marks import place_key
from csctl.core.working_time.saying import PEOPLE_SHOWN
from csctl.messages import problem
from csctl.problems import Problem, shortened


def leave_doubts_said(doubts: Iterable[Doubts]) -> list[Problem]:
    """One warning for each code, at the first row it is about, naming people, dates and figures."""
    by_code: dict[str, list[tuple[Doubts, Doubt]]] = {}
    for one in doubts:
        for doubt in one.requests:
            by_code.setdefault(doubt.code, []).append((one, doubt))
    return [_said(code, entries) for code, entries in sorted(by_code.items())]


def _said(code: str, entries: Sequence[tuple[Doubts, Doubt]]) -> Problem:
    first = min((doubt.request for _, doubt in entries), key=place_key)
    texts = [f"{name_and_id(who.agent)}: {doubt.about}" for who, doubt in entries]
    return problem(code, row_place(first), shortened(texts, PEOPLE_SHOWN))
