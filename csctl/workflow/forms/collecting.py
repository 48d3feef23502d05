"""Forms back: every workbook of a folder read, checked and written as tables that the next run reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from csctl.core.forms.model import ROLES, FormPage
from csctl.core.forms.plan import page_for
from csctl.core.forms.returned import (
    Happened,
    Objection,
    Reviewed,
    Said,
    happenings_once,
    objections_once,
    ratings_once,
    reviews_once,
    said_once,
)
from csctl.core.scoring.ratings import Rating
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Place, Problem, Severity, errors
from csctl.readers.forms.reading import ExpectedForms, Returned, read_form
from csctl.readers.opening.books import BookReader
from csctl.store.publish import publish
from csctl.workflow.forms.form_month import BACK, FOLDER, FormMonth, month_folder, month_of_forms
from csctl.workflow.forms.form_tables import (
    EVENTS,
    INTERVIEWS,
    QUALITY,
    RATINGS,
    TablesAbout,
    appeals_name,
    form_table_files,
)
from csctl.workflow.ledger.closed import open_books
from csctl.workflow.month.compute import Asked
from csctl.workflow.session import session

_WORKBOOKS = (".xlsx", ".xlsm", ".xls")


@dataclass(frozen=True, slots=True)
class Collecting:
    """What ``collect`` came to. ``month`` is None where nothing was written."""

    month: Month | None
    folder: Path
    returned: tuple[Returned, ...] = ()
    ratings: tuple[Rating, ...] = ()
    said: tuple[Said, ...] = ()
    objections: tuple[Objection, ...] = ()
    happened: tuple[Happened, ...] = ()
    reviewed: tuple[Reviewed, ...] = ()
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def collect_forms(asked: Asked, folder: Path | None) -> Collecting:
    """Read the forms in ``folder`` (default: the month's ``in``) and write their answers, all or none."""
    with session(asked.folder) as hindered:
        if hindered:
            return Collecting(None, asked.folder, problems=hindered)
        found, problems = month_of_forms(asked, evidence=False)
        if found is None:
            return Collecting(None, asked.folder, problems=tuple(problems))
        place = folder or month_folder(asked.folder, found.month) / BACK
        return _collect(asked.folder, found, place, problems)


def _collect(workspace: Path, found: FormMonth, folder: Path, problems: list[Problem]) -> Collecting:
    problems += _closed(found)
    returned, strange = read_folder(folder, expected_of(found))
    problems += strange
    problems += [fault for one in returned for fault in one.problems]
    if not returned:
        problems.append(problem("forms-nothing-returned", found=folder))
    everything = [rating for one in returned for rating in one.ratings]
    ratings, doubles = ratings_once(sorted(everything, key=lambda one: (one.agent_id, one.role, one.rater)))
    said, twice = said_once([text for one in returned for text in one.said])
    objections, again = objections_once([row for one in returned for row in one.objections])
    happened, same = happenings_once([row for one in returned for row in one.happened])
    reviewed, both = reviews_once([row for one in returned for row in one.reviewed])
    problems += [*doubles, *twice, *again, *same, *both]
    kept = Collecting(
        None, folder, tuple(returned), tuple(ratings), tuple(said), tuple(objections), tuple(happened), tuple(reviewed)
    )
    if errors(problems):
        return replace(kept, problems=tuple(problems))
    inspected = any(one.role == "inspection" for one in returned)
    files = form_table_files(_about(found), ratings, said, objections, happened if inspected else None, reviewed)
    stale = [name for name in _written_before(workspace, found.month) if name not in files]
    problems += publish(workspace / FOLDER, files, stale)
    if errors(problems):
        return replace(kept, problems=tuple(problems))
    return replace(kept, month=found.month, files=tuple(sorted(files)), problems=tuple(problems))


def _about(found: FormMonth) -> TablesAbout:
    names = {agent.agent_id: agent.name for agent in found.given.agents}
    return TablesAbout(found.month, names, found.workspace.config.language)


def _closed(found: FormMonth) -> list[Problem]:
    """A closed month does not change: what comes back now is kept and not counted."""
    books, problems = open_books(found.workspace)
    late = books is not None and found.month in books.seals
    return [*problems, *([problem("forms-month-closed", found=found.month)] if late else [])]


def expected_of(found: FormMonth) -> ExpectedForms:
    """Every page that any role could have been sent."""
    given = found.given
    pages: dict[tuple[str, str], FormPage] = {
        (role, agent.agent_id): page_for(given, agent, role) for role in ROLES for agent in given.agents
    }
    return ExpectedForms(str(found.month), found.loaded.fingerprint, pages)


def read_folder(folder: Path, expected: ExpectedForms) -> tuple[list[Returned], list[Problem]]:
    """Every workbook in a folder and below it, by name; other files are said to be left out."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(("~$", ".")))
    books = [path for path in paths if path.suffix.lower() in _WORKBOOKS]
    named = [(path, path.relative_to(folder).as_posix(), None) for path in books]
    others = [path.relative_to(folder).as_posix() for path in paths if path not in books]
    problems = [problem("forms-file-left-out", Place(name)) for name in others]
    returned = []
    with BookReader(workers=1) as reader:
        for (_, name, _), (book, found) in zip(named, reader.read_all(named), strict=True):
            problems += [fault for fault in found if fault.severity is not Severity.NOTE]
            returned.append(read_form(book, name, expected) if book else Returned(name))
    return returned, problems


def _written_before(workspace: Path, month: Month) -> list[str]:
    """The tables that an earlier collection of the same month made."""
    folder = workspace / FOLDER
    own = [folder / str(month) / name for name in (RATINGS, INTERVIEWS, EVENTS, QUALITY)]
    paths = [*own, *folder.glob(f"*/{appeals_name(month)}")]
    return [path.relative_to(folder).as_posix() for path in paths if path.is_file()]
