"""``python -m tests.readers.generated.survey [repeats] [--not-yet]``: how each form is read, alone in clean exports.

One line for each form that is not simply read: how many exports of it were read the same, said, or changed in silence,
or made noise where all was well, with one example of the worst.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from zlib import crc32

from csctl.readers.opening.books import BookReader
from tests.readers.generated.columns import FORMS
from tests.readers.generated.days import SPLIT, SPLIT_MAPPED
from tests.readers.generated.files import KINDS
from tests.readers.generated.heads import DRESSES, UNIT_PLACES
from tests.readers.generated.marks import EMPTY_ANYWHERE, EMPTY_DOUBTFUL, EMPTY_FIGURES
from tests.readers.generated.not_yet import NOT_YET
from tests.readers.generated.plan import COMBINED, generate
from tests.readers.generated.shapes import SHAPES
from tests.readers.generated.verdict import NOISE, SAID, SAME, SILENT, Verdict, judged
from tests.readers.generated.warps import WARPS

_WORST_FIRST = (SILENT, NOISE, SAID, SAME)


def features() -> dict[str, bool]:
    """Every feature that an export can have, and whether it leaves no doubt."""
    forms = {form.name: form.clean for kind in FORMS.values() for form in kind}
    marks = {f"empty: {mark}": True for mark in (*EMPTY_ANYWHERE, *EMPTY_FIGURES)}
    marks |= dict.fromkeys((f"empty: {mark}" for mark in EMPTY_DOUBTFUL), False)
    marks |= dict.fromkeys((SPLIT, SPLIT_MAPPED), True)
    shapes = {name: clean for name, (_, clean) in SHAPES.items()}
    shapes |= {name: warp.clean for name, warp in WARPS.items()}
    shapes |= {name: not kind.doubtful for name, kind in KINDS.items()}
    return forms | marks | shapes | dict.fromkeys((*UNIT_PLACES, *DRESSES, *COMBINED), True)


def examined(feature: str, clean: bool, repeats: int, folder: Path, reader: BookReader) -> list[Verdict]:
    """Exports that have the feature, and else only what is read for certain."""
    doubtful = {name for name, plain in features().items() if not plain}
    banned = (doubtful | set(NOT_YET)) - {feature}
    start = crc32(feature.encode()) % 10_000
    verdicts: list[Verdict] = []
    for seed in range(start, start + 40 * repeats):
        export = generate(seed, banned, feature, clean=clean)
        if feature in export.features:
            verdicts.append(judged(export, folder, reader))
        if len(verdicts) == repeats:
            break
    return verdicts


def main() -> None:
    """Print the survey."""
    repeats = next((int(text) for text in sys.argv[1:] if text.isdecimal()), 6)
    asked = {name: clean for name, clean in features().items() if "--not-yet" not in sys.argv or name in NOT_YET}
    with tempfile.TemporaryDirectory() as folder, BookReader(workers=1) as reader:
        for feature, clean in asked.items():
            verdicts = examined(feature, clean, repeats, Path(folder), reader)
            counts = Counter(verdict.outcome for verdict in verdicts)
            if set(counts) == {SAME} and "--not-yet" not in sys.argv:
                continue
            found = "  ".join(f"{name} {counts[name]}" for name in _WORST_FIRST if counts[name])
            holds = verdicts and not any(verdict.failed for verdict in verdicts)
            verdict = "   holds: can go" if feature in NOT_YET and holds else ""
            print(f"{feature}   {'(clean) ' if clean else ''}{found or 'never drawn'}{verdict}", flush=True)
            worst = min(verdicts, key=lambda one: _WORST_FIRST.index(one.outcome), default=None)
            if worst and worst.failed:
                print("    " + worst.report().replace("\n", "\n    "), flush=True)


if __name__ == "__main__":
    main()
