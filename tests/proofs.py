"""Which cases of a proof belong to the default run, and which to the longer one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def mostly_slow(cases: Iterable[Any], quick: int = 1) -> list[Any]:
    """Cases of a parametrised test of which each takes long: the first ``quick`` ones run always, the others with
    ``-m slow``. A case is what ``parametrize`` takes: a value, a tuple of values, or a ``pytest.param``.
    """
    return [case if number < quick else _slow(case) for number, case in enumerate(cases)]


def _slow(case: Any) -> Any:
    if hasattr(case, "marks"):
        return pytest.param(*case.values, id=case.id, marks=[*case.marks, pytest.mark.slow])
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow)
