"""Where the forms of a month stand, on the screen and as data: who has not answered yet, and what."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from csctl.core.forms.status import names_apart
from csctl.messages import say
from csctl.messages.grammar import labelled, listed
from csctl.problems import errors_and_warnings

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.core.forms.status import FormStatus
    from csctl.workflow.forms.status import Standing

ITEMS_SHOWN = 6
"""So many open questions about a person are named without --verbose."""
PEOPLE_SHOWN = 5
"""And so many people of a form."""
_MARKS = {"missing": "  ✗ ", "partly": "  … "}


def show_standing(screen: Screen, found: Standing, *, verbose: bool) -> None:
    """How many forms are in, then every form that is not whole, with what is missing; the whole ones in one line."""
    language = screen.language
    states = Counter(one.state for one in found.forms)
    counts = {state: states[state] for state in ("whole", "partly", "missing")}
    screen.line(say("forms-status-title", language, team=found.team, month=found.month, sent=len(found.forms)), "bold")
    screen.line(say("forms-status-counts", language, **counts))
    for one in found.open:
        _form(screen, one, verbose)
    whole = [_called(one, language) for one in found.forms if one.state == "whole"]
    if whole:
        screen.hanging("  ✓ ", labelled((say("forms-status-whole", language), listed(whole, language)), language))
    if found.unsent:
        screen.hanging("  ? ", say("forms-status-unsent", language, files=found.unsent))
    if errors_and_warnings(found.problems):
        screen.problems(found.problems)
    if found.open:
        screen.line(say("forms-status-remind", language, month=found.month))


def _form(screen: Screen, one: FormStatus, verbose: bool) -> None:
    """The rater and how much is open; below, about whom, and what of it where somebody began."""
    language = screen.language
    counts = {"count": one.open, "asked": one.asked, "people": len(one.pages)}
    own = "-own" if one.own else ""
    text = say(f"forms-status-{one.state}{own}", language, **counts)
    named = [_items(one.pages[0].open, language, verbose)] if one.own and one.state == "partly" else []
    screen.hanging(_MARKS[one.state], labelled((_called(one, language), text, *named), language))
    if one.own:
        return
    if one.state == "missing" and not verbose:
        screen.hanging("      ", _items(tuple(names_apart(one.pages)), language, verbose))
        return
    pages = one.open_pages if verbose else one.open_pages[:PEOPLE_SHOWN]
    for page in pages:
        who = f"{page.agent_id} {page.name}".strip()
        screen.hanging("      ", labelled((who, _items(page.open, language, verbose)), language))
    more = len(one.open_pages) - len(pages)
    if more > 0:
        screen.hanging("      ", say("forms-status-more", language, count=more), "dim")


def _items(labels: tuple[str, ...], language: str, verbose: bool) -> str:
    shown = labels if verbose else labels[:ITEMS_SHOWN]
    more = [say("forms-remind-more", language, count=len(labels) - len(shown))] if len(labels) > len(shown) else []
    return listed([*shown, *more], language)


def _called(one: FormStatus, language: str) -> str:
    """Role and rater, with the number where the form is about the rater."""
    number = one.pages[0].agent_id if one.own else ""
    return " ".join(text for text in (say(f"forms-role-{one.role}", language), number, one.rater) if text)


def standing_object(found: Standing, language: str, text: str | None = None) -> dict[str, Any]:
    """The same as data; with the ``text`` of the reminder where that is what was asked for."""
    from csctl.reports.run_json import SCHEMA, problems_object

    made = {
        "schema": SCHEMA,
        "month": str(found.month) if found.month else None,
        "folder": str(found.folder),
        "forms": [{**asdict(one), "state": one.state, "asked": one.asked, "open": one.open} for one in found.forms],
        "unsent": list(found.unsent),
        "problems": problems_object(found.problems, language),
    }
    return made if text is None else made | {"text": text}
