"""Policies as files of either form: a workbook to fill in, and one form made of the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from csctl.messages import problem
from csctl.policy.form.filling import fill_policy_form
from csctl.policy.form.whole import says_all
from csctl.policy.load import Fetch, SourceText
from csctl.policy.parse import parse
from csctl.policy.refs import COMPOSITE_PREFIX, EVENT_PREFIX
from csctl.problems import Place, Problem, errors
from csctl.readers.policy_book import WORKBOOKS
from csctl.sheets.policy_book import policy_book
from csctl.store.publish import publish
from csctl.store.shipped import blank_policy, policy_names

TEXT = ".toml"
BLANK = "blank"
"""What a plan to start from goes by in ``csctl init``."""
_MADE_ON = date(2026, 1, 1)
"""Stands in the file's properties: the same policy gives the same bytes on any day."""


@dataclass(frozen=True, slots=True)
class WrittenPolicy:
    """What became of a policy's file: whether it was written, and what is said of what it was made from."""

    done: bool
    problems: tuple[Problem, ...] = ()


def write_form(name: str | None, fetch: Fetch, target: Path, language: str) -> WrittenPolicy:
    """The workbook of a policy with all its usual sheets; without a name that of a small plan to start from."""
    source = fetch(name) if name else blank_source(language)
    return _write(source, name or "", fetch, target, core=True)


def blank_source(language: str, *, pay: bool = True) -> SourceText:
    """The small plan to start from; without pay where no roster says what base pay is."""
    return SourceText(f"{BLANK}{TEXT}", blank_policy(language, pay=pay))


def convert_policy(name: str, fetch: Fetch, target: Path) -> WrittenPolicy:
    """The same policy in the form that the target's name asks for: what it says itself, not what it inherits."""
    return _write(fetch(name), name, fetch, target, core=False)


def _write(source: SourceText | None, name: str, fetch: Fetch, target: Path, *, core: bool) -> WrittenPolicy:
    if target.suffix.lower() not in (TEXT, WORKBOOKS[0]):
        return WrittenPolicy(False, (problem("file-of-no-kind", found=target.name),))
    if target.exists():
        return WrittenPolicy(False, (problem("file-there-already", Place(target.name)),))
    if source is None:
        return WrittenPolicy(False, (problem("policy-unknown", found=name, near=", ".join(policy_names())),))
    if target.suffix.lower() == TEXT:
        content, problems = source.text.encode(), list(source.problems)
    else:
        content, problems = book_of(source, fetch, core=core)
    if errors(problems):
        return WrittenPolicy(False, tuple(problems))
    problems += publish(target.parent, {target.name: content})
    return WrittenPolicy(not errors(problems), tuple(problems))


def book_of(source: SourceText, fetch: Fetch, *, core: bool = True) -> tuple[bytes, list[Problem]]:
    """The workbook of a text; with an error there is none."""
    document, problems = parse(source) if not errors(source.problems) else (None, [])
    problems = [*source.problems, *problems]
    if document is None:
        return b"", problems
    language = "en" if document.get("language") == "en" else "zh"
    filled = fill_policy_form(document, language)
    if not says_all(filled, document, language):
        return b"", [*problems, problem("file-would-lose", Place(source.name))]
    return policy_book(filled, language, sorted(_named_figures(document, fetch).items()), _MADE_ON, core=core), problems


def _named_figures(document: Mapping[str, object], fetch: Fetch) -> dict[str, str]:
    """The figures, each by one name: what builds on a policy may call its figures otherwise, as in another language."""
    named: dict[str, str] = {}
    for name, label in _figures(document, fetch):
        named[name] = named.get(name) or label
    return named


def _figures(
    document: Mapping[str, object], fetch: Fetch, seen: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """What may be named as a measure, with what people call it: of the policy and of those that it builds on."""
    for prefix, kind in (("", "measure"), (EVENT_PREFIX, "event"), (COMPOSITE_PREFIX, "composite")):
        named = document.get(kind)
        for name, entry in named.items() if isinstance(named, Mapping) else ():
            yield prefix + name, str(entry.get("label", "")) if isinstance(entry, Mapping) else ""
    parents = document.get("extends")
    for parent in parents if isinstance(parents, list) else ():
        source = fetch(str(parent)) if parent not in seen else None
        above, _ = parse(source) if source else (None, [])
        yield from _figures(above, fetch, seen | {str(parent)}) if above else ()
