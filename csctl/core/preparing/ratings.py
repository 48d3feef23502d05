"""The ratings of a month: each of a known role, credited, and counted once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import narwhals as nw

from csctl.core.forms.once import RETURNED, typed_or_returned
from csctl.core.frames.frame import Frame, records
from csctl.core.people.identity import Identity
from csctl.core.people.roster import row_place
from csctl.core.scoring.ratings import Rating
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Problem
from csctl.words import ANSWERERS, rater_of


def ratings_of(frame: Frame | None, identity: Identity, month: Month) -> tuple[list[Rating], list[Problem]]:
    """The month's ratings, each credited, and once where it was typed and came back on a form as well.

    A role that is not known is a problem.
    """
    ratings, problems = _credited_ratings(frame, identity, month)
    kept, found = typed_or_returned(ratings)
    return kept, problems + found


def _credited_ratings(frame: Frame | None, identity: Identity, month: Month) -> tuple[list[Rating], list[Problem]]:
    ratings: list[Rating] = []
    problems: list[Problem] = []
    for row in _month_rows(frame, month) if frame is not None else ():
        agent = identity.resolve(row["agent_id"] or "", row["agent_name"] or "")
        role = rater_of(row["role"] or "")
        if role is None:
            known = [word for words in ANSWERERS.values() for word in words]
            problems.append(problem("role-unknown", row_place(row), row["role"] or "", known=known))
        elif agent is not None:
            ratings.append(_rating(row, agent, role))
    return ratings, problems


def _rating(row: Mapping[str, Any], agent: str, role: str) -> Rating:
    return Rating(
        agent_id=agent,
        role=role,
        rater=row["rater"] or "",
        item=row["item"],
        value=row["value"] or "",
        reason=row["reason"] or "",
        place=row_place(row),
        day=row["date"],
    )


def _month_rows(frame: Frame, month: Month) -> Iterable[Mapping[str, Any]]:
    return records(frame.filter(nw.col("month") == str(month)).sort("source_file", "source_sheet", "source_row"))


def distinct_ratings(frame: Frame, identity: Identity) -> Frame:
    """The ratings without the rows that ``ratings_of`` leaves out, of all months."""
    returned = frame.filter(nw.col("source_file").str.starts_with(RETURNED))
    texts = {row["month"] for row in records(returned)}
    months = sorted(month for text in texts if text and (month := Month.parse(text)))
    doubles: dict[tuple[str, str], list[int | None]] = {}
    for month in months:
        everything, _ = _credited_ratings(frame, identity, month)
        kept = {one.place for one in typed_or_returned(everything)[0]}
        for place in (one.place for one in everything if one.place not in kept):
            doubles.setdefault((place.file, place.sheet), []).append(place.row)
    for (file, sheet), rows in doubles.items():
        table = (nw.col("source_file") == file) & (nw.col("source_sheet").fill_null("") == sheet)
        frame = frame.filter(~(table & nw.col("source_row").is_in(rows)))
    return frame
