"""Templates on the screen and as data: what is filled where, what labels propose, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from csctl.cli.showing.harmless import quoted_path
from csctl.cli.showing.show import Screen
from csctl.messages import say
from csctl.problems import Problem
from csctl.reports.run_json import SCHEMA, problems_object
from csctl.sheets.form_propose import Proposal, placeholder_text
from csctl.sheets.placeholders import meaning

if TYPE_CHECKING:
    from csctl.policy.model import Policy
    from csctl.workflow.templating import Adoption, Template, Templating


def show_checked_templates(screen: Screen, done: Templating) -> None:
    """Each template: its cells with what they will show, what its labels propose, then every problem."""
    for one in done.templates:
        screen.line(say("screen-template", screen.language, name=one.name, count=len(one.looked.spots)), "bold")
        if done.policy is not None:
            _spots(screen, one, done.policy)
        if one.proposals:
            file = quoted_path(one.name)
            screen.line(say("screen-template-labels", screen.language, count=len(one.proposals), file=file), "yellow")
            _proposals(screen, one.proposals, {})
    problems = [*done.problems, *(problem for one in done.templates for problem in one.problems)]
    screen.findings(problems)
    if not problems:
        screen.line(say("screen-template-ok", screen.language), "green")


def _spots(screen: Screen, one: Template, policy: Policy) -> None:
    """The cells of each sheet that are filled; fixed words are only counted."""
    language = screen.language
    heads = [say(f"screen-template-{name}", language) for name in ("cell", "placeholder", "meaning")]
    for sheet, spots in groupby(one.looked.spots, key=lambda spot: spot.sheet):
        shown = [(spot, key) for spot in spots for key in spot.keys]
        figures = [
            (spot.cell, placeholder_text(key), meaning(key, policy, language)) for spot, key in shown if _tells(key)
        ]
        words = len(shown) - len(figures)
        screen.line(say("screen-template-sheet", language, sheet=sheet, count=words))
        screen.table(heads, figures, whole=(0, 1))


def _tells(key: str) -> bool:
    return not key.startswith("word.")


def show_proposals(screen: Screen, done: Templating, adoption: Adoption) -> None:
    """What is proposed, and what somebody must settle."""
    _proposals(screen, adoption.proposals, adoption.chosen)
    for one in adoption.open:
        said = [f"--set {quoted_path(f'{one.sheet}!{one.cell}={key}')}" for key in one.choices]
        text = say("screen-template-doubt", screen.language, label=one.label, at=one.at, choices=tuple(said))
        screen.line(text, "yellow")
    screen.findings(done.problems)


def _proposals(screen: Screen, found: tuple[Proposal, ...], chosen: Mapping[tuple[str, str], str]) -> None:
    heads = [say(f"screen-template-{name}", screen.language) for name in ("label", "at", "cell", "shows")]
    for sheet, some in groupby(found, key=lambda one: one.sheet):
        screen.line(sheet)
        rows = [(one.label, one.at, one.cell, chosen.get((one.sheet, one.cell), one.text) or "?") for one in some]
        screen.table(heads, rows)


def show_written_template(screen: Screen, done: Templating) -> None:
    """Where the template lies, how a policy names it, and what it still lacks."""
    language = screen.language
    name = PurePath(done.written).stem
    screen.findings([*done.problems, *(problem for one in done.templates for problem in one.problems)])
    screen.line(say("screen-template-written", language, file=done.written))
    policy = done.workspace.config.policy if done.workspace else ""
    if policy.endswith(".toml"):
        screen.line(say("screen-template-named", language, policy=policy, name=name))
    elif "." in policy:
        screen.line(say("screen-template-named-book", language, policy=policy, name=name))
    else:
        screen.line(say("screen-template-named-own", language, policy=policy, name=name))
    screen.line(say("screen-template-then", language, name=name))


def show_placeholders(screen: Screen, known: Mapping[str, str]) -> None:
    """Every placeholder with its meaning."""
    heads = [say(f"screen-template-{name}", screen.language) for name in ("placeholder", "meaning")]
    screen.table(heads, [(placeholder_text(key), said) for key, said in known.items()], whole=(0,))


def checked_object(done: Templating, language: str) -> dict[str, Any]:
    """What was found, as data."""
    templates = [
        {
            "template": one.name,
            "filled": [
                {"sheet": spot.sheet, "cell": spot.cell, "name": spot.name, "placeholders": list(spot.keys)}
                for spot in one.looked.spots
            ],
            "proposals": [_proposal_object(proposal) for proposal in one.proposals],
        }
        for one in done.templates
    ]
    problems = [*done.problems, *(problem for one in done.templates for problem in one.problems)]
    return {"schema": SCHEMA, "templates": templates, "problems": problems_object(problems, language)}


def adopted_object(done: Templating, adoption: Adoption, language: str) -> dict[str, Any]:
    """What was proposed and written, as data."""
    proposals = [_proposal_object(one) for one in adoption.proposals]
    return {**written_object(done, language), "proposals": proposals}


def _proposal_object(one: Proposal) -> dict[str, Any]:
    return {
        "sheet": one.sheet, "cell": one.cell, "label": one.label, "at": one.at, "text": one.text,
        "choices": list(one.choices),
    }  # fmt: skip


def written_object(done: Templating, language: str) -> dict[str, Any]:
    """What was written, as data."""
    problems: list[Problem] = [*done.problems, *(problem for one in done.templates for problem in one.problems)]
    files = [done.written] if done.written else []
    return {"schema": SCHEMA, "files": files, "problems": problems_object(problems, language)}


def placeholders_object(done: Templating, known: Mapping[str, str], language: str) -> dict[str, Any]:
    """All placeholders, as data."""
    return {"schema": SCHEMA, "placeholders": dict(known), "problems": problems_object(done.problems, language)}
