"""What the sheets of a policy and their heads are called, in either language, and how they are told by it."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import lru_cache

from csctl.messages import LANGUAGES, catalogue, say
from csctl.messages.grammar import listed
from csctl.policy.form.cells import REMARK
from csctl.policy.form.layout import GENERAL, EntrySheet, entry_sheets
from csctl.policy.schema import Spec
from csctl.words import fold

KEY, VALUE, NAME = "head-key", "head-value", "head-name"


def sheet_or_head_name(code: str, language: str) -> str:
    """The name of a sheet or of a head."""
    return say(f"policybook-{code}", language)


def meaning_of(keys: Sequence[str], language: str) -> str:
    """What a key means that is written once; "" for one that nobody has described."""
    path = ("rule",) if keys[-1] == "rule" else keys
    code = f"policybook-means-{'-'.join(path).replace('_', '-')}"
    return say(code, language) if code in catalogue() else ""


def head_of(spec: Spec) -> str:
    """The code of the head of a key's column."""
    return f"key-{spec.key}".replace("_", "-")


def heads_of(sheet: EntrySheet) -> list[str]:
    """The codes of all heads of a sheet, in the order of its columns."""
    owner = [sheet.within.code] if sheet.within else []
    return [*owner, *([NAME] if sheet.named else []), *map(head_of, sheet.columns)]


def is_called(found: object, code: str) -> bool:
    """Whether a title or a cell is that name, in any language; a head may also be the key itself."""
    if not isinstance(found, str) or not found.strip():
        return False
    return fold(found) in _names_of(code)


@lru_cache(maxsize=512)
def _names_of(code: str) -> frozenset[str]:
    names = {fold(sheet_or_head_name(code, language)) for language in LANGUAGES}
    return frozenset(names | {code.removeprefix("key-").replace("-", "_")})


def is_remark(found: object) -> bool:
    """Whether a row that begins so, or a sheet of that title, is left out."""
    return isinstance(found, str) and found.lstrip().startswith(REMARK)


def language_of_title(title: str, code: str) -> str:
    """The language in which a sheet is called by that title."""
    return next((one for one in LANGUAGES if fold(title) == fold(sheet_or_head_name(code, one))), LANGUAGES[-1])


def nearest_sheet(title: str) -> str:
    """The sheets whose name is most like a title, in its letters; all where none is."""
    language = "en" if title.isascii() else "zh"
    names = [sheet_or_head_name(code, language) for code in (GENERAL, *(one.code for one in entry_sheets()))]
    return listed(difflib.get_close_matches(title, names, n=3) or names, language)
