"""The catalogue of words: whole in both languages, and exactly what the program says."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from string import Formatter

import pytest

from csctl.messages import LANGUAGES, catalogue, one_line, place_text, problem, problem_fix, problem_text, say
from csctl.messages.loading import merged_catalogues, read_catalogues
from csctl.messages.units import unit_word
from csctl.problems import NOWHERE, Place
from tests import parsed

CATALOGUES = parsed.PACKAGE / "messages"
CODES = sorted(catalogue())
PATTERNS = frozenset(map(re.escape, CODES))
FIELDS = ({"zh", "en"}, {"zh", "en", "zh_fix", "en_fix"})
SAYING = {"say", "words", "problem", "Fault", "fault", "helped"}
"""Functions whose first argument is a code."""
MAKING = {"problem", "Fault", "fault"}
"""Those that may give the text that was read."""
FAMILY = re.compile(r"([a-z]+\\[-.])+\.\*")
"""How the pattern of a family of codes begins: small letters up to a dash or dot, then what is filled in."""
COMMAND = re.compile(r"^(?:示例：|Example: ).*|--[a-z]+ \S+", re.MULTILINE)
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”）}][,:;?!][\u4e00-\u9fff“（{]")
WRITTEN_SO = {
    "promotion-form-decision-choices": "a list of choices of a cell: the workbook wants this comma",
    "value-duration-ambiguous": "minutes:seconds is how the value itself is written",
}
"""Chinese entries in which a half-width mark between two characters is meant."""


def blanks(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_code_is_whole_in_both_languages() -> None:
    """Words in Chinese and English, a remedy in both or in neither, and nothing else; a lone empty unit is meant."""
    assert [code for code, entry in catalogue().items() if entry.keys() not in FIELDS] == []
    assert [code for code, entry in catalogue().items() if not all(entry.values())] == ["unit-"]


def test_both_languages_have_the_same_blanks() -> None:
    """In the words and in the remedy, each named as a parameter can be."""
    odd = []
    for code, entry in catalogue().items():
        words, remedies = [
            [blanks(entry.get(f"{language}{end}", "")) for language in LANGUAGES] for end in ("", "_fix")
        ]
        named = all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in words[0] | remedies[0])
        odd += [] if named and words[0] == words[1] and remedies[0] == remedies[1] else [code]
    assert odd == []


def test_an_entry_read_by_itself_is_what_it_is_in_its_file() -> None:
    """No text holds a line that looks like the beginning of an entry; the reader of whole files says what is there."""
    for file in sorted(CATALOGUES.rglob("*.toml")):
        whole = tomllib.loads(file.read_text("utf-8"))
        by_entry = read_catalogues(file.parent.relative_to(CATALOGUES).as_posix(), file.stem)[file.stem]
        assert dict(by_entry) == whole, file.name
        assert list(by_entry) == list(whole)


def test_a_code_that_stands_twice_is_a_bug() -> None:
    """In one catalogue or in two."""
    with pytest.raises(ValueError, match="twice"):
        merged_catalogues({"a": {}}, {"b": {}}, {"a": {}})


def test_english_is_english() -> None:
    """No English sentence is written in Chinese by mistake; Chinese words may be quoted."""
    quoted = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'|\([^)]*\)")
    assert [
        code for code, entry in catalogue().items() if re.search(r"[。，；！？]", quoted.sub("", entry["en"]))
    ] == []


def test_chinese_has_chinese_punctuation() -> None:
    """Between two Chinese characters stands no half-width comma, colon, semicolon or question mark."""
    half_width = {
        code
        for code, entry in catalogue().items()
        for name, text in entry.items()
        if name.startswith("zh") and HALF_WIDTH.search(COMMAND.sub("", text))
    }
    assert half_width == set(WRITTEN_SO)


def test_what_the_lead_wrote_has_one_name() -> None:
    """A policy is 制度 everywhere."""
    assert [code for code, entry in catalogue().items() if any("策略" in text for text in entry.values())] == []


# ---- what the program says -------------------------------------------------


@dataclass(frozen=True)
class Spoken:
    """A code written in the source: exactly, or as a pattern; ``given`` fills its blanks (None: not known here)."""

    where: str
    code: str
    exact: bool
    given: frozenset[str] | None


def texts(node: ast.AST) -> Iterator[tuple[str, bool]]:
    """The texts an expression may be: as they are, or as patterns where parts are filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value), True
    elif isinstance(node, ast.JoinedStr):
        parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*" for part in node.values]
        yield "".join(parts), False
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)


def called(node: ast.Call) -> str:
    """The name of the function called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


@dataclass(frozen=True)
class Source:
    """What stands in the program's source: its texts, the patterns that codes are put together by, and every call whose
    first argument is a text: by which name, whether as a method, and what it says.
    """

    constants: frozenset[str]
    patterns: frozenset[str]
    calls: tuple[tuple[str, bool, Spoken], ...]


@cache
def source() -> Source:
    """Every module, parsed once for all who ask."""
    constants: set[str] = set()
    patterns: set[str] = set()
    calls: list[tuple[str, bool, Spoken]] = []
    for path in parsed.modules():
        for node in ast.walk(parsed.tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                patterns |= {pattern for pattern, _ in texts(node) if FAMILY.match(pattern)}
            elif isinstance(node, ast.Call) and node.args:
                calls += _said(node, path.name)
                if called(node) == "startswith":
                    patterns |= {f"{start}.*" for start, _ in texts(node.args[0]) if start.endswith(".")}
    return Source(frozenset(constants), frozenset(patterns), tuple(calls))


def _said(node: ast.Call, file: str) -> Iterator[tuple[str, bool, Spoken]]:
    name = called(node)
    starred = any(keyword.arg is None for keyword in node.keywords)
    names = {keyword.arg for keyword in node.keywords if keyword.arg} | ({"found"} if name in MAKING else set())
    given = None if starred or name == "Fault" else frozenset(names)
    for code, exact in texts(node.args[0]):
        yield name, isinstance(node.func, ast.Attribute), Spoken(f"{file}:{node.lineno}", code, exact, given)


def spoken(*by: str) -> list[Spoken]:
    """Every code that is written where it is said; ``by``: only by these functions. ``words`` says one as a method."""
    said = [(name, one) for name, method, one in source().calls if method or by or name != "words"]
    return [one for name, one in said if name in (by or SAYING)]


def test_every_code_that_is_said_is_in_the_catalogue() -> None:
    """A code written in a call exists; a pattern has at least one code that fits."""
    unknown = [f"{one.where} {one.code}" for one in spoken() if not _is_known(one)]
    assert unknown == []


def _is_known(one: Spoken) -> bool:
    return one.code in PATTERNS if one.exact else any(re.fullmatch(one.code, code) for code in CODES)


def test_every_blank_is_filled_where_the_code_is_said() -> None:
    """The words never ask for what the call does not give."""
    empty = []
    for one in spoken():
        if one.exact and one.given is not None:
            entry = next((catalogue()[code] for code in CODES if re.fullmatch(one.code, code)), {})
            missing = {name for text in entry.values() for name in blanks(text)} - one.given
            empty += [f"{one.where} {one.code}: {sorted(missing)}"] if missing else []
    assert empty == []


def test_every_code_of_the_catalogue_is_used() -> None:
    """No word is left over: each code stands in the source, or fits a pattern that is said there."""
    constants, patterns = source().constants, {one.code for one in spoken() if not one.exact} | source().patterns
    left = [code for code in CODES if code not in constants and not any(re.fullmatch(one, code) for one in patterns)]
    assert left == []


# ---- telling a problem -----------------------------------------------------


def test_a_problem_is_told_in_one_line() -> None:
    """Place, fault and remedy, in the language asked for."""
    fault = problem("role-unknown", Place("ratings.xlsx", "Sheet1", 7, "role"), "boss", known="self, superior")
    assert one_line(fault, "en") == (
        "ratings.xlsx · Sheet1 · row 7 · column “role”: the rater's role “boss” is not known; the rating is left out"
        " → write one of self, superior"
    )
    assert place_text(fault, "zh") == "ratings.xlsx · Sheet1 · 第 7 行 · “role”列"
    assert problem_fix(fault, "zh") == "写其中之一：self, superior"


def test_a_problem_without_a_place_begins_with_its_fault() -> None:
    """No empty colon."""
    fault = problem("calendar-unknown-year", NOWHERE, 2031)
    assert one_line(fault, "en").startswith("the working-day calendar has no data for 2031 → ")


@pytest.mark.parametrize("odd", ["{found}", "{0}", "}{", "%s", "[/]"])
def test_braces_in_what_was_read_stay_as_they_are(odd: str) -> None:
    """What a file says is shown, never filled in."""
    assert odd in problem_text(problem("event-unknown", found=odd), "en")
    assert problem_text(problem("event-unknown", found=odd), "en").count("{found}") == (odd == "{found}")


def test_a_code_that_is_not_there_is_a_bug() -> None:
    """Said loudly, not shown as an empty line."""
    with pytest.raises(KeyError):
        say("no-such-code", "en")
    with pytest.raises(KeyError):
        say("pay-base", "fr")
    assert LANGUAGES == ("zh", "en")


@pytest.mark.parametrize("unit", ["count", "times", "days", "hours", "points"])
def test_one_of_something_is_not_called_several(unit: str) -> None:
    """In English; Chinese has one word for both, and a head of a column is not beside a number."""
    several = unit_word(unit, "en")
    assert unit_word(unit, "en", Decimal(2)) == unit_word(unit, "en", Decimal("0.5")) == several
    assert unit_word(unit, "en", Decimal("1.0")) == several.removesuffix("s") != several
    assert unit_word(unit, "zh", Decimal(1)) == unit_word(unit, "zh")


def test_a_count_behind_what_was_read_stands_off_from_the_next_word() -> None:
    """As a last sign of several cells; a quoted text needs no space in Chinese."""
    place = Place("a.csv", row=2, column="score")
    said = {cells[-1]: problem_text(problem("value-not-a-number", place, ["缺考"], cells=cells, cell_rows="2-4"), "zh")
            for cells in (["“缺考” × 2"], ["“缺考” × 2", "“免考”"])}  # fmt: skip
    assert said["“缺考” × 2"].startswith("“缺考” × 2 不是数字（")
    assert said["“免考”"].startswith("“缺考” × 2、“免考”不是数字（")
