"""Every problem the readers of tables can report has words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import csctl.readers.mapping
from csctl.messages import catalogue

ROOM = Path(csctl.readers.mapping.__file__).parent
MODULES = ["values", "durations", "dates", "profile", "matching", "rows", "reading", "checks", "melt", "importer"]
CODE = re.compile(r'(?:\b(?:error|warning|note|Fault)\(\s*)"([a-z]+(?:-[a-z]+)+)"')


@pytest.mark.parametrize("module", MODULES)
def test_every_code_of_a_module_has_words_in_both_languages(module: str) -> None:
    """A code without words would crash where the problem is shown, not where it is found."""
    codes = set(CODE.findall((ROOM / f"{module}.py").read_text("utf-8")))
    assert codes
    assert {code for code in codes if not {"zh", "en"} <= catalogue().get(code, {}).keys()} == set()
