"""A policy by its name: its text and those it builds on, merged, checked, and ready to compute with."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from csctl.messages import problem
from csctl.policy.assumed import with_assumed
from csctl.policy.grammar import GRAMMAR, migrated, removed_keys
from csctl.policy.lint import lint_policy
from csctl.policy.lint_names import own_measures
from csctl.policy.merge import inherit
from csctl.policy.model import Policy
from csctl.policy.parse import parse
from csctl.policy.refs import measures_named
from csctl.policy.tree import Locate, Placed, SourceText, locator, node_place, placed_tree, plain_document, step
from csctl.policy.validate import validate
from csctl.problems import NOWHERE, Place, Problem, errors, in_order

__all__ = ["Fetch", "Loaded", "Locate", "SourceText", "load_policy", "load_sealed"]

Fetch = Callable[[str], SourceText | None]
"""A shipped id, or a path in the workspace, as its text; None if there is none."""

MOST_POLICIES = 32


@dataclass(frozen=True)
class Loaded:
    """A policy without errors.

    ``sources``: its own text first, then those of all policies it builds on; ``names`` are what they were asked for by,
    in the same order. ``fingerprint``: SHA-256 over the merged
    document, the same however its texts are laid out. ``findings``: warnings and notes about it. ``locate``: where a
    key of it was written. ``grammar`` is the one its texts are written in.
    """

    policy: Policy
    sources: tuple[SourceText, ...]
    names: tuple[str, ...]
    fingerprint: str
    findings: tuple[Problem, ...]
    locate: Locate = field(compare=False, repr=False)
    grammar: int = GRAMMAR


@dataclass
class _Reading:
    """What has been read so far. ``trees`` are complete policies by name; None: it could not be made.

    ``sealed`` is the grammar of texts that were sealed; None: they are of today.
    """

    fetch: Fetch
    model: type[Policy] = Policy
    shipped: tuple[str, ...] = ()
    sealed: int | None = None
    sources: dict[str, SourceText] = field(default_factory=dict)
    trees: dict[str, Placed | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load_policy(
    name: str,
    fetch: Fetch,
    shipped: Iterable[str] = (),
    model: type[Policy] = Policy,
    asked: Place = NOWHERE,
) -> tuple[Loaded | None, list[Problem]]:
    """The policy of that name, merged with those it extends, validated and linted.

    ``shipped`` are names to suggest when one is unknown; ``model`` is what a policy may say; ``asked`` is where it was
    named. The problems are errors,
    all that can be found at once; the first element is None if there is any. Warnings and notes are in
    ``Loaded.findings``.
    """
    loaded, problems = _load(name, _Reading(fetch, model, tuple(shipped)), asked)
    if loaded is None:
        return None, problems
    read = [fault for source in loaded.sources for fault in source.problems]
    findings = in_order([*read, *lint_policy(loaded.policy, loaded.locate)])
    if errors(findings):
        return None, errors(findings)
    return replace(loaded, policy=_complete(loaded), findings=tuple(findings)), []


def load_sealed(name: str, fetch: Fetch, grammar: int) -> tuple[Loaded | None, list[Problem]]:
    """A policy that a closed month was computed with, from texts in the grammar of then.

    Brought to today's grammar, merged and validated, and never linted: what held then is not judged by what is asked
    of policies today. Raises NewerGrammarError for texts of a grammar to come.
    """
    loaded, problems = _load(name, _Reading(fetch, sealed=grammar))
    if loaded is None:
        return None, problems
    return replace(loaded, policy=_complete(loaded), grammar=grammar), []


def _load(name: str, reading: _Reading, asked: Place = NOWHERE) -> tuple[Loaded | None, list[Problem]]:
    """The policy, merged and valid, with everything its texts declare."""
    tree = _resolve(name, reading, (), asked)
    if tree is None or reading.problems:
        return None, in_order(reading.problems)
    policy, faults = validate(tree, reading.model)
    if policy is None:
        return None, in_order(faults)
    sources, names = tuple(reading.sources.values()), tuple(reading.sources)
    return Loaded(policy, sources, names, fingerprint(plain_document(tree)), (), locator(tree)), []


def _complete(loaded: Loaded) -> Policy:
    """The policy with what is used of it, and with what is assumed where it says nothing."""
    return with_assumed(needed(loaded.policy, loaded.locate))


def needed(policy: Policy, where: Locate) -> Policy:
    """The policy less the inherited measures that nothing in it names: a library costs only what is used of it."""
    used = {*own_measures(policy, where), *(met.text for met in measures_named(policy))}
    kept = {name: measure for name, measure in policy.measure.items() if name in used}
    return policy.model_copy(update={"measure": kept})


def fingerprint(document: object) -> str:
    """SHA-256 of a document in one canonical form. Equal numbers count as equal: 0.10 and 0.1, 5 and 5.0."""
    text = json.dumps(_canonical(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _canonical(value: object) -> object:
    if isinstance(value, dict):
        # Keys are sorted, save those of a scale: its order is part of what it says.
        return {
            key: list(_canonical(item).items()) if key == "scale" and isinstance(item, dict) else _canonical(item)  # type: ignore[attr-defined]
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return value
    return {"number": str(value) if isinstance(value, int) else f"{value.normalize() + 0:f}"}


def _resolve(name: str, reading: _Reading, below: tuple[str, ...], asked: Place) -> Placed | None:
    """The complete tree of one policy. ``below`` are the names on the way to it, ``asked`` is who names it."""
    if name in below:
        chain = " → ".join((*below[below.index(name) :], name))
        reading.problems.append(problem("policy-extends-itself", asked, name, chain=chain))
        return None
    if name not in reading.trees:
        reading.trees[name] = _read(name, reading, below, asked)
    return reading.trees[name]


def _read(name: str, reading: _Reading, below: tuple[str, ...], asked: Place) -> Placed | None:
    if len(reading.sources) >= MOST_POLICIES:
        reading.problems.append(problem("policy-extends-too-many", asked, name, limit=MOST_POLICIES))
        return None
    source = reading.fetch(name)
    if source is None:
        reading.problems.append(_unknown(name, reading.shipped, asked))
        return None
    reading.sources[name] = source
    if errors(source.problems):
        reading.problems += errors(source.problems)
        return None
    document, faults = parse(source)
    reading.problems += faults
    if document is None:
        return None
    if reading.sealed is not None:
        document = migrated(document, reading.sealed)
    own = placed_tree(document, replace(source, text=source.text.removeprefix("\ufeff")))
    gone = removed_keys(own) if reading.sealed is None else []
    if gone:
        reading.problems += gone
        return None
    parents = [_resolve(parent, reading, (*below, name), place) for parent, place in _extends(own)]
    tree, faults = inherit(own, [parent for parent in parents if parent], reading.model)
    # A parent that cannot be read is one fault; all that is missing without it would only be noise.
    reading.problems += faults if all(parents) else []
    return tree if all(parents) else None


def _extends(own: Placed) -> list[tuple[str, Place]]:
    """Names of the parents, and where each is named. What is no list of texts is left to the models to refuse."""
    node = step(own, "extends")
    entries = node.value if node and isinstance(node.value, list) else []
    named = {entry.value: node_place(entry, "extends") for entry in entries if isinstance(entry.value, str)}
    return list(named.items())


def _unknown(name: str, shipped: tuple[str, ...], asked: Place) -> Problem:
    near = difflib.get_close_matches(name, shipped, n=3) or sorted(shipped)
    code = "policy-unknown" if near else "policy-unknown-alone"
    return problem(code, asked, name, near=", ".join(near))
