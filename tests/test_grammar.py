"""Lists, plurals and punctuation follow the language of the reader, in every message and on every screen."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter

import pytest
from pydantic import TypeAdapter

import csctl
from csctl.messages import catalogue, one_line, problem, problem_found, problem_text, say
from csctl.messages.grammar import clauses, fill_blanks, joined_parts, labelled, listed, with_aside
from csctl.problems import NOWHERE, Place, Problem, Severity, blank_text, in_order, shortened
from csctl.readers.opening.wire import problem_fields, problem_from
from csctl.store.canonical import CanonicalStore, Found, canonical_schema


def _made(code: str, place: Place = NOWHERE, found: object = "", **details: object) -> Problem:
    """A problem of a kind that nobody declares, its blanks made as those of any other."""
    blanks = tuple((name, blank_text(one)) for name, one in details.items())
    return Problem(code, Severity.WARNING, place, blank_text(found), blanks)


CHINESE_SIGN = re.compile(r"[\u3000-\u303f\uff00-\uffef]")
CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")
PLURAL = re.compile(
    r"\b1\**(?: (?!(?:of|the|and|or|in|with|has|as|to)\b)[a-z]+){0,2}? (?:rows|files|months|days|columns|notes|hints|"
    r"values|problems|errors|contacts|changes|conditions|times|points|hours|numbers|exports|answers|ratings|appeals|"
    r"objections|differences|entries|figures|characters|assumptions|things|formulas|workdays|decimals|people|weeks|"
    r"cells|sheets|agents|forms|items|pages|questions|tasks|levels|places|quarters|warnings|events|lines|rules|"
    r"bytes|dates|superiors|ones|workbooks|reviews|surveys|votes|tables|sources|headers|measures|indicators|components|"
    r"shifts|minutes|seconds|steps|grades|bands|shares|templates|commands|doubts|corrections|candidates|wins)\b"
)
QUOTED = {
    "help-appeal-decide": "an example with a level of the sample's policy",
    "help-appeal-file": "an example with a level of the sample's policy",
    "help-sample": "an example with a channel of the sample's data",
    "value-not-a-duration": "a form in which exports write durations",
    "value-not-money": "a form in which exports write amounts",
}
"""English entries that quote Chinese on purpose."""
NEVER_ONE = {
    "agent-ambiguous", "cell-too-long", "fine-runs-away", "parquet-too-long", "payslips-password-long",
    "policy-line-too-long", "policy-too-large", "sheet-too-long", "sheet-too-wide", "spark-no-work",
    "unattended-task-too-long", "window-not-whole", "workbook-too-much",
}  # fmt: skip
"""Entries whose numbers are limits, people who share a name, or months of a window of several."""
SAID_BY_CLICK = "help-typer.extra"
"""The words by which the command line's own message is known; they are never shown."""


def english(code: str) -> list[str]:
    """The words of an entry and its remedy."""
    return [text for name, text in catalogue()[code].items() if name.startswith("en")]


def with_ones(text: str) -> str:
    """A message in which every number is 1."""
    return fill_blanks(text, "en", {name: "1" for _, name, _, _ in Formatter().parse(text) if name})


def test_english_has_no_chinese_signs_and_quotes_chinese_words_only_where_it_is_meant() -> None:
    """Every entry of the catalogue."""
    with_signs = [code for code in catalogue() if any(CHINESE_SIGN.search(text) for text in english(code))]
    with_words = {code for code in catalogue() if any(CHINESE.search(text) for text in english(code))}
    assert (with_signs, with_words) == ([], set(QUOTED))


def test_english_counts_one_as_one() -> None:
    """Neither "row(s)" nor "1 rows"."""
    undecided = [code for code in catalogue() if any(re.search(r"\w\((?:e?s)\)", text) for text in english(code))]
    wrong = {code for code in catalogue() for text in english(code) if PLURAL.search(with_ones(text))}
    assert (undecided, wrong) == ([SAID_BY_CLICK], NEVER_ONE)


@pytest.mark.parametrize(("count", "text"), [(0, "0 rows are"), (1, "1 row is"), ("1", "1 row is"), (2, "2 rows are")])
def test_a_word_follows_its_number(count: object, text: str) -> None:
    """One, and any other number."""
    assert fill_blanks("{n} {n:row is|rows are}", "en", {"n": count}) == text


@pytest.mark.parametrize(
    ("language", "texts"),
    [("zh", ("a、b", "a，b", "a；b", "a：b", "a（b）")), ("en", ("a, b", "a, b", "a; b", "a: b", "a (b)"))],
)
def test_each_language_has_its_own_signs(language: str, texts: tuple[str, ...]) -> None:
    """Lists, sentences, remarks, labels, asides; what is empty leaves no sign behind."""
    parts = ["a", "", "b"]
    joined = [joined_parts(parts, language), clauses(parts, language), labelled(parts, language)]
    assert (listed(["a", "b"], language), *joined, with_aside("a", "b", language)) == texts
    assert with_aside("a", "", language) == "a"


def test_what_fills_a_blank_is_shown_as_it_was_read() -> None:
    """Braces and bars of a user's file mean nothing."""
    assert fill_blanks("{n} {n:row|rows}: {odd}", "en", {"n": 2, "odd": "{x:a|b}"}) == "2 rows: {x:a|b}"


# ---- lists in problems -------------------------------------------------------


def test_a_problem_keeps_a_list_and_each_reader_joins_it() -> None:
    """It has no language until it is told."""
    fault = problem("role-unknown", Place("r.csv"), ["boss", "chief"], known=("self", "superior"))
    assert (fault.found, fault.parameters["known"]) == (("boss", "chief"), ("self", "superior"))
    assert problem_text(fault, "en").count("“boss, chief”") == 1
    assert one_line(fault, "zh").endswith("写其中之一：self、superior")
    assert (problem_found(fault, "zh"), problem_found(fault, "en")) == ("boss、chief", "boss, chief")


@pytest.mark.parametrize(("items", "kept"), [([], ""), (["a"], "a"), ([1, 2], ("1", "2"))])
def test_a_list_of_one_is_its_item(items: list[object], kept: object) -> None:
    """So that one thing is equal to itself, however it was given."""
    assert _made("x", found=items, names=items) == _made("x", found=kept, names=kept)


def test_problems_with_lists_are_hashed_sorted_and_sealed_like_others() -> None:
    """Also beside older ones, whose lists were joined when they were sealed."""
    kind = TypeAdapter(Problem)
    made = [_made("x", found=["b", "c"]), _made("x", found="b、c"), _made("x", found="a", known=("p", "q"))]
    assert in_order([*made, *made]) == [made[2], made[0], made[1]]
    assert [kind.validate_json(kind.dump_json(one)) for one in made] == made
    older = {"code": "x", "severity": "warning", "place": {"file": "f"}, "found": "", "details": [["known", "p、q"]]}
    assert kind.validate_json(json.dumps(older)).parameters["known"] == "p、q"


def test_problems_with_lists_come_out_of_the_cache_and_the_reading_process_as_they_went_in(tmp_path: Path) -> None:
    """Both keep them as JSON, which knows no tuples."""
    fault = _made("x", Place("f.csv", "S", 3, "c"), ["b", "c"], known=("p", "q"), count=2)
    assert problem_from(json.loads(json.dumps(problem_fields(fault))), "f.csv") == fault
    store = CanonicalStore(tmp_path)
    columns = {name: ["x"] if name == "agent_id" else [None] for name in canonical_schema("roster")}
    store.save("roster", "key", columns, Found(1, 0, (fault,)))
    entry = store.find("roster", "key")
    assert entry is not None
    assert entry.problems == (fault,)


def test_a_long_list_ends_in_dots() -> None:
    """What is not shown is not hidden."""
    assert shortened(["a", "b", "c"], 3) == ("a", "b", "c")
    assert shortened(["a", "b", "c"], 2) == ("a", "b …")


def test_a_list_in_any_message_is_joined() -> None:
    """Not only in problems."""
    assert say("marked-by-data", "en", items=["x +", "y −"]).endswith("x +, y −")


@pytest.mark.parametrize("counts", ["", " {n:row|rows}"])
def test_a_doubled_brace_is_shown_as_one_even_where_nothing_is_to_be_filled_in(counts: str) -> None:
    """Whether or not the message counts."""
    shown = " rows" if counts else ""
    assert fill_blanks(f"add }}}} or {{{{{counts}", "en", {"n": 2}) == f"add }} or {{{shown}"
    assert fill_blanks(f"add }}}}{counts}", "en", {"n": 2}) == f"add }}{shown}"


def test_a_unit_behind_a_number_is_said_by_the_one_place_that_knows_of_one() -> None:
    """So nowhere is it "1 times"; an item that may be decided names its unit without a number."""
    package = Path(csctl.__file__).parent
    direct = re.compile(r"f[\"']unit-\{")
    assert {path.name for path in package.rglob("*.py") if direct.search(path.read_text("utf-8"))} == {
        "units.py",
        "items.py",
    }
    plural = [code for code in catalogue() if code.startswith("unit-") and say(code, "en").endswith(("es", "rs", "ys"))]
    singular = {code: say(code.replace("unit-", "unit-one-"), "en") for code in plural}
    assert {"unit-times", "unit-days", "unit-hours"} <= set(singular)
    assert not any(word.endswith("s") for word in singular.values())
