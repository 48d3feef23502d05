"""The worked examples beside the policies come out exactly as they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from csctl.core.explaining.trace import rule_ids
from tests.policies.examples import example_files
from tests.policies.expectations import check, same, wanted_of
from tests.policies.runner import Ran, read_example, run_example


@cache
def _ran(path: Path, folder: Path) -> Ran:
    return run_example(read_example(path), folder / path.parent.name / path.stem)


QUICK = 2
"""Examples of a policy that every run tries; the others are longer proofs."""


def _cases() -> Iterable[Any]:
    for folder, paths in groupby(example_files(), key=lambda path: path.parent):
        for turn, path in enumerate(paths):
            marks = [pytest.mark.slow] if turn >= QUICK else []
            for number, expected in enumerate(read_example(path).get("expect", []), 1):
                yield pytest.param(path, expected, id=f"{folder.name}-{path.stem}-{number}", marks=marks)


@pytest.mark.parametrize(("path", "expected"), list(_cases()))
def test_a_worked_example_comes_out_as_it_says(
    path: Path, expected: Mapping[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Every figure named in the expectation is the one computed, exactly."""
    ran = _ran(path, tmp_path_factory.getbasetemp())
    assert expected["text"]
    assert all(rule_ids(rule) == [rule] for rule in expected["rules"])
    everything = list(wanted_of(expected))
    assert everything, "the expectation expects nothing"
    for kind, wanted in everything:
        check(ran, expected, kind, wanted)


def test_an_example_that_expects_something_else_fails(tmp_path: Path) -> None:
    """The comparison can fail: a figure off by a cent, a level of another name, a line that is not there."""
    assert not same(Decimal("1.00"), "1.01")
    assert same(Decimal("1.00"), "1")
    assert not same(None, "0")
    assert same(None, "none")
