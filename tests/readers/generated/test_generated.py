"""Exports made from facts come back as the same facts, or a problem names the column: nothing changes in silence.

On exports of forms that leave no doubt nothing is said either. ``CSCTL_GENERATED_REPORT`` names a file in which the
long proof keeps what it saw; without it the report lies in the test's own folder.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from csctl.readers.opening.books import BookReader
from tests.readers.generated.not_yet import NOT_YET
from tests.readers.generated.plan import generate
from tests.readers.generated.survey import features
from tests.readers.generated.verdict import SAID, SAME, Verdict, judged

FEW, MANY = 200, 2_000
FIRST_OF_MANY = 100_000
_SHOWN = 5


def _read(seeds: Iterable[int], folder: Path) -> list[Verdict]:
    with BookReader(workers=1) as reader:
        return [judged(generate(seed, NOT_YET), folder, reader) for seed in seeds]


def _summary(verdicts: list[Verdict]) -> str:
    failed = [one for one in verdicts if one.failed]
    counts = Counter(one.outcome for one in verdicts)
    drawn = Counter(name for one in verdicts for name in one.export.features)
    head = f"{len(verdicts)} exports, {len(drawn)} forms: " + ", ".join(f"{counts[name]} {name}" for name in counts)
    return "\n".join([head, *(one.report() for one in failed)])


def _hold(verdicts: list[Verdict]) -> None:
    failed = [one for one in verdicts if one.failed]
    assert not failed, f"{len(failed)} of {len(verdicts)}\n" + "\n".join(one.report() for one in failed[:_SHOWN])


def test_no_fact_of_two_hundred_exports_changes_in_silence(tmp_path: Path) -> None:
    """Same values row by row, or a warning that names the column; on clean exports no warning at all."""
    verdicts = _read(range(FEW), tmp_path)
    _hold(verdicts)
    outcomes = Counter(one.outcome for one in verdicts)
    assert outcomes[SAME] > FEW // 3
    assert outcomes[SAID] > FEW // 20


@pytest.mark.slow
def test_no_fact_of_two_thousand_exports_changes_in_silence(tmp_path: Path) -> None:
    """The same, on other seeds and ten times as many; nearly every form is drawn. The report is kept."""
    verdicts = _read(range(FIRST_OF_MANY, FIRST_OF_MANY + MANY), tmp_path)
    report = Path(os.environ.get("CSCTL_GENERATED_REPORT") or tmp_path / "generated.txt")
    report.write_text(_summary(verdicts) + "\n", "utf-8")
    _hold(verdicts)
    drawn = {name for one in verdicts for name in one.export.features}
    assert len(features().keys() - NOT_YET.keys() - drawn) < 10


def test_what_is_not_yet_read_is_named_as_it_is_drawn() -> None:
    """A form that was renamed would silently be drawn again."""
    assert NOT_YET.keys() <= features().keys()


def test_an_export_is_the_same_whenever_its_seed_is(tmp_path: Path) -> None:
    """A seed in a report is enough to see the file again."""
    first, again = generate(17, NOT_YET), generate(17, NOT_YET)
    assert (first.lines, first.facts, first.mapping) == (again.lines, again.facts, again.mapping)
