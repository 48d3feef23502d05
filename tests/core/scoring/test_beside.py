"""A measured value in words."""

from __future__ import annotations

import pytest

from csctl.core.scoring.beside import measured_text
from tests.workbench import D


@pytest.mark.parametrize(
    ("value", "unit", "language", "text"),
    [
        ("87.50", "%", "zh", "87.5%"),
        ("87.50", "%", "en", "87.5%"),
        ("3", "count", "zh", "3次"),
        ("3", "count", "en", "3 times"),
        ("1200", "count", "en", "1200 times"),
        ("0.00", "count", "en", "0 times"),
    ],
)
def test_a_unit_stands_apart_in_english_and_a_percent_sign_never(
    value: str, unit: str, language: str, text: str
) -> None:
    """No zeros that say nothing, and no powers of ten."""
    assert measured_text(D(value), unit, language) == text
