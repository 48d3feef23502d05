"""Whatever stands in a policy, the answer is a policy or problems with places and words: never a crash."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from csctl.messages import problem_fix, problem_text
from csctl.policy.lines import Path
from csctl.policy.lint import lint_policy
from csctl.policy.merge import inherit
from csctl.policy.tree import SourceText, locator, placed_tree, toml_excerpt
from csctl.policy.validate import validate
from csctl.problems import Problem
from tests.policy.small import SMALL

Tree = dict[str, object]

SOURCE = SourceText("own.toml", SMALL)


def small() -> Tree:
    return tomllib.loads(SMALL, parse_float=Decimal)


def paths(value: object, path: Path = ()) -> Iterator[Path]:
    """Paths to everything in a document."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, item in inside:
        yield (*path, part)
        yield from paths(item, (*path, part))


def put(value: object, path: Path, new: object) -> object:
    """A copy with something else at the path."""
    if not path:
        return new
    if isinstance(value, dict):
        return {key: put(item, path[1:], new) if key == path[0] else item for key, item in value.items()}
    assert isinstance(value, list)
    return [put(item, path[1:], new) if index == path[0] else item for index, item in enumerate(value)]


ATOMS = st.one_of(
    st.none().map(lambda _: date(2026, 1, 1)),
    st.booleans(),
    st.integers(),
    st.decimals(),
    st.sampled_from(["score", "csat", "event.praise", "late", "junior", "", "dimension.service", "1"]),
    st.text(max_size=5),
)
KEYS = st.sampled_from(["id", "label", "measure", "event", "at_least", "all", "where", "keys", "each", "x", "\0x"])
ANYTHING = st.recursive(
    ATOMS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)), max_leaves=6
)


def check(document: Tree, parent: Tree | None = None) -> None:
    own = placed_tree(document, SOURCE)
    tree, problems = inherit(own, [placed_tree(parent, SourceText("parent.toml", SMALL))] if parent else [])
    policy, faults = validate(tree)
    assert (policy is None) == bool(faults)
    if policy is not None:
        faults = lint_policy(policy, locator(tree))
    for problem in problems + faults:
        said(problem)


def said(problem: Problem) -> None:
    for language in ("zh", "en"):
        assert problem_text(problem, language)
        assert problem_fix(problem, language)
    assert problem.place.file in {"own.toml", "parent.toml"}
    assert problem.place.row is not None


@given(st.sampled_from(sorted(paths(small()), key=str)), ANYTHING)
def test_anything_may_stand_anywhere(path: Path, value: object) -> None:
    """One value of a good policy replaced by something random."""
    changed = put(small(), path, value)
    assert isinstance(changed, dict)
    check(changed)


@given(st.sampled_from(sorted(paths(small()), key=str)), ANYTHING, st.lists(KEYS | st.text(max_size=3), max_size=2))
def test_anything_may_be_said_about_a_parent(path: Path, value: object, drop: list[str]) -> None:
    """A child with one random value, and a parent to merge it with."""
    changed = put(small(), path, value)
    assert isinstance(changed, dict)
    check({**changed, "drop": drop}, small())
    check(small(), changed)


@given(st.sampled_from(sorted(paths(small()), key=str)))
def test_whatever_is_left_out_is_missed_or_was_not_needed(path: Path) -> None:
    """One key or entry taken away."""
    document = without(small(), path)
    assert isinstance(document, dict)
    check(document)


def without(value: object, path: Path) -> object:
    """A copy that lacks what stands at the path."""
    if isinstance(value, dict):
        if len(path) == 1:
            return {key: item for key, item in value.items() if key != path[0]}
        return {key: without(item, path[1:]) if key == path[0] else item for key, item in value.items()}
    assert isinstance(value, list)
    if len(path) == 1:
        return [item for index, item in enumerate(value) if index != path[0]]
    return [without(item, path[1:]) if index == path[0] else item for index, item in enumerate(value)]


def test_a_rare_fault_is_told_in_the_words_of_its_finder() -> None:
    """A key that is no text cannot come from TOML; no message of our own waits for it."""
    document: dict[object, object] = dict(small().items())
    document[1] = "x"
    policy, problems = validate(placed_tree(document, SOURCE))
    assert policy is None
    assert [(problem.code, problem.found) for problem in problems] == [("policy-value-wrong", "1")]
    said(problems[0])


@given(ANYTHING)
def test_what_was_read_is_shown_in_short(value: object) -> None:
    """A message never holds more than a line's worth of it."""
    assert len(toml_excerpt(value)) <= 60
