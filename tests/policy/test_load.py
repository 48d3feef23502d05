"""Policies built on others: who is found, who disagrees, and which file is named."""

from __future__ import annotations

from importlib import resources

import pytest

from csctl.messages import problem_fix, problem_text
from csctl.policy.load import SourceText, fingerprint, load_policy
from csctl.problems import Problem, Severity
from tests.policy.small import SMALL, changed, line_with, load_good, load_texts

CHILD = 'id = "own"\nlabel = "自己的"\nversion = "2"\nstate = "reviewed"\nextends = ["small"]\n'


def codes(problems: list[Problem]) -> list[tuple[str, str, int | None]]:
    return [(problem.code, problem.place.file, problem.place.row) for problem in problems]


def test_a_child_takes_everything_but_who_it_is() -> None:
    """The rules are the parent's, the name is its own."""
    loaded = load_good({"own": CHILD, "small": SMALL})
    parent = load_good({"own": SMALL})
    assert (loaded.policy.id, loaded.policy.version, loaded.policy.effective.from_) == ("own", "2", None)
    assert (loaded.policy.dimension, loaded.policy.pay) == (parent.policy.dimension, parent.policy.pay)
    assert [source.name for source in loaded.sources] == ["own.toml", "small.toml"]


def test_a_child_must_say_who_it_is() -> None:
    """Id, label and version are missing, not inherited, and all three are said."""
    _, problems = load_texts({"own": 'extends = ["small"]', "small": SMALL})
    assert [(problem.code, problem.found) for problem in problems] == [
        ("policy-key-missing", "id"),
        ("policy-key-missing", "label"),
        ("policy-key-missing", "version"),
    ]


def test_a_fault_names_the_file_in_which_it_is_written() -> None:
    """The child's bad weight is in the child; what it breaks in the parent is there."""
    text = CHILD + '[[dimension]]\nid = "attitude"\nweight = "30"\n'
    small = changed(('unit = "yuan"', 'unit = "元"'))
    _, problems = load_texts({"own": text, "small": small})
    assert codes(problems) == [
        ("policy-not-a-number", "own.toml", line_with(text, "weight")),
        ("policy-not-a-choice", "small.toml", line_with(small, '"元"')),
    ]


def test_a_lint_finding_names_the_line_of_the_key_that_is_wrong() -> None:
    """Whichever text it came from."""
    text = CHILD + '[[pay.fine]]\nid = "late"\neach = { measure = "latte" }\n'
    _, problems = load_texts({"own": text, "small": SMALL})
    assert codes(problems) == [("policy-unknown-measure", "own.toml", line_with(text, "latte"))]
    assert problems[0].place.column == "pay.fine[late].each.measure"


def test_all_faults_are_shown_in_one_run() -> None:
    """In the order of the lines."""
    text = changed(
        ("pass_mark = 60", "pas_mark = 60"), ('missing = "zero"', 'missing = "no"'), ("amount = 10\n", "amount = 0\n")
    )
    _, problems = load_texts({"own": text})
    assert [(problem.code, problem.place.column) for problem in problems] == [
        ("policy-key-missing", "score.pass_mark"),
        ("policy-unknown-key-near", "score.pas_mark"),
        ("policy-not-a-choice", "dimension[service].indicator[praise].missing"),
        ("policy-not-above", "pay.fine[late].amount"),
    ]


def test_a_path_names_entries_by_id_and_others_by_number_from_one() -> None:
    """As people count."""
    text = changed(('{ level = "合格" }', '{ level = "合格", at_leest = 1 }'))
    _, problems = load_texts({"own": text})
    assert [problem.place.column for problem in problems] == ["dimension[service].indicator[csat].bands[2].at_leest"]


def test_findings_that_stop_nothing_come_with_the_policy() -> None:
    """A draft with something unused is loaded; both are said."""
    text = changed(('state = "reviewed"\n', ""), ('each = { event = "cover" }', 'each = { event = "praise" }'))
    findings = load_good({"own": text}).findings
    assert [(finding.code, finding.severity) for finding in findings] == [
        ("policy-unused-event", Severity.WARNING),
        ("policy-is-a-draft", Severity.NOTE),
    ]
    assert findings[0].place.row == line_with(text, "cover = {")


def test_an_unused_measure_is_a_warning() -> None:
    """It costs nothing, but somebody may have forgotten something."""
    text = SMALL + '[measure.extra]\nlabel = "x"\ntable = "orders"\nrows = true\n'
    assert [(finding.code, finding.found) for finding in load_good({"own": text}).findings] == [
        ("policy-unused-measure", "extra")
    ]


EVENT_MEASURE = '[measure.extra]\nlabel = "x"\ntable = "events"\nrows = true\n'
EVENT_FINE = '[[pay.fine]]\nid = "f"\nlabel = "f"\namount = 1\neach = { measure = "extra" }\n'


def counting(where: str) -> str:
    """The small policy without its use of the event ``cover``, and with a fine for a count of events."""
    each = ('each = { event = "cover" }', 'each = { measure = "late" }')
    unit = EVENT_MEASURE + 'unit = "count"\n' + where + "\n"
    return changed(each) + unit + EVENT_FINE


@pytest.mark.parametrize("where", ['where = { event = "cover" }', 'where = { event = ["主动顶班"] }', ""])
def test_an_event_is_used_by_a_measure_that_counts_it(where: str) -> None:
    """By id, by label, or because the measure counts whatever happens."""
    assert load_good({"own": counting(where)}).findings == ()


@pytest.mark.parametrize("test", ['"covr"', '["cover", "covr"]', '{ not = ["covr"] }'])
def test_an_unknown_event_in_a_measure_is_an_error(test: str) -> None:
    """However it is compared, with the nearest id, at its line."""
    text = counting(f"where = {{ event = {test} }}")
    _, problems = load_texts({"own": text})
    assert codes(problems) == [("policy-unknown-event", "own.toml", line_with(text, "covr"))]
    assert "cover" in problem_fix(problems[0], "en")


@pytest.mark.parametrize(
    ("amount", "fits"),
    [
        ("999_999_999_999_999", True),
        ("1_000_000_000_000_000", False),
        ("0.000000000001", True),
        ("1.0000000000001", False),
        ("1e14", True),
        ("1e15", False),
    ],
)
def test_numbers_have_at_most_fifteen_digits_before_the_point_and_twelve_after_it(amount: str, fits: bool) -> None:
    """More than any salary needs, and little enough to compute with exactly."""
    _, problems = load_texts({"own": changed(("amount = 100\n", f"amount = {amount}\n"))})
    assert [problem.code for problem in problems] == ([] if fits else ["policy-number-too-long"])


@pytest.mark.parametrize(
    ("rates", "codes", "words"),
    [
        (("0.01", "0.02"), ["policy-cliff-up"], "500.00"),
        (("0.02", "0.01"), ["policy-cliff-down"], "1000.00"),
        (("0.01", "0.01"), [], ""),
    ],
)
def test_a_cliff_in_a_commission_scale_is_a_warning_with_its_amounts(
    rates: tuple[str, str], codes: list[str], words: str
) -> None:
    """At 50,000 yuan, everything at the rate reached: 1 % is 500 yuan, 2 % is 1,000."""
    edits = (('mode = "marginal"', 'mode = "whole"'), ("from = 0, rate = 0 ", f"from = 0, rate = {rates[0]} "))
    text = changed(*edits, ("rate = 0.008", f"rate = {rates[1]}"))
    findings = load_good({"own": text}).findings
    assert [finding.code for finding in findings] == codes
    assert all(words in problem_text(finding, language) for finding in findings for language in ("zh", "en"))
    assert all(finding.found == "50000" for finding in findings)


def test_a_marginal_scale_with_a_falling_rate_has_no_cliff() -> None:
    """Each part keeps its own rate, so one more yuan never lowers pay."""
    text = changed(("from = 0, rate = 0 ", "from = 0, rate = 0.02 "))
    assert load_good({"own": text}).findings == ()


NO_SCORE = """
id = "own"
label = "x"
version = "1"
state = "reviewed"
[[grade]]
label = "A"
[[adjustment]]
id = "a"
label = "a"
points = 1
each = { event = "e" }
[event.e]
label = "E"
[measure.m]
label = "m"
unit = "yuan"
table = "orders"
sum = "amount"
[pay.base]
by = "roster"
[[pay.pool]]
label = "p"
of = "m"
mode = "whole"
share = 1
tiers = [{ from = 0, rate = 0 }]
[[pay.award]]
id = "first"
label = "f"
amount = 1
first = "score"
[[pay.fine]]
id = "low"
label = "l"
amount = 1
when = { score = { below = 60 } }
"""


def test_whatever_needs_a_score_needs_dimensions() -> None:
    """Adjustments, grades, pools, the first in score, and conditions on it."""
    _, problems = load_texts({"own": NO_SCORE})
    assert {problem.code for problem in problems} == {"policy-score-not-made"}
    assert [problem.place.column for problem in problems] == [
        "grade[A]",
        "adjustment[a]",
        "pay.pool[p]",
        "pay.award[first].first",
        "pay.fine[low].when",
    ]


def test_a_rating_by_levels_needs_a_scale() -> None:
    """Without one, nobody knows what a level is worth."""
    edits = [('[scale]\n"优秀" = 100\n"合格" = 60\n', ""), ('level = "优秀"', 'level = "优秀", points = 9')]
    _, problems = load_texts({"own": changed(*edits, ('level = "合格"', 'level = "合格", points = 6'))})
    assert [(problem.code, problem.found) for problem in problems] == [("policy-rating-without-scale", "manner")]


TWO = 'id = "own"\nlabel = "x"\nversion = "1"\nstate = "reviewed"\nextends = ["small", "large"]\n'
LARGE = changed(
    ('id = "small"', 'id = "large"'), ("pass_mark = 60", "pass_mark = 70"), ("at_least = 90", "at_least = 95")
)


def test_parents_that_differ_are_never_merged_silently() -> None:
    """Each differing key is an error that names both policies and both values."""
    loaded, problems = load_texts({"own": TWO, "small": SMALL, "large": LARGE})
    assert loaded is None
    assert [problem.found for problem in problems] == ["dimension.service.indicator.csat.bands", "score.pass_mark"]
    assert codes(problems) == [("policy-parents-differ", "own.toml", 5)] * 2
    assert "small.toml says 60, large.toml says 70" in problem_text(problems[1], "en")
    assert "small.toml 为 60，large.toml 为 70" in problem_text(problems[1], "zh")


def test_a_child_settles_a_difference_by_saying_or_dropping_it() -> None:
    """What it says holds; what it drops is gone."""
    settled = TWO + '[score]\npass_mark = 65\n[[dimension]]\nid = "service"\n[[dimension.indicator]]\nid = "csat"\n'
    said = load_good({"own": settled + 'bands = [ { level = "优秀" } ]', "small": SMALL, "large": LARGE}).policy
    assert said.score is not None
    assert said.score.pass_mark == 65
    dropped = TWO + 'drop = ["dimension.service.indicator.csat"]\n[score]\npass_mark = 65\n'
    dropped += '[[dimension]]\nid = "service"\n[[dimension.indicator]]\nid = "praise"\nweight = 70\n'
    policy = load_good({"own": dropped, "small": SMALL, "large": LARGE}).policy
    assert [indicator.id for indicator in policy.dimension[0].indicator] == ["praise"]


def test_parents_with_a_common_parent_do_not_differ_in_what_both_inherit() -> None:
    """The grandparent is read once and listed once."""
    one, other = (f'id = "{name}"\nlabel = "x"\nversion = "1"\nextends = ["small"]\n' for name in ("one", "other"))
    own = TWO.replace('"small", "large"', '"one", "other"')
    loaded = load_good({"own": own, "one": one, "other": other, "small": SMALL})
    assert [source.name for source in loaded.sources] == ["own.toml", "one.toml", "small.toml", "other.toml"]


def test_a_policy_that_builds_on_itself_is_refused_with_the_chain() -> None:
    """At the line that closes the circle."""
    texts = {"own": CHILD.replace("small", "b"), "b": 'id = "b"\nextends = ["own"]\n'}
    _, problems = load_texts(texts)
    assert codes(problems) == [("policy-extends-itself", "b.toml", 2)]
    assert "own → b → own" in problem_text(problems[0], "zh")


def test_an_unknown_parent_is_refused_with_the_nearest_shipped_names() -> None:
    """At the line that names it; nothing else is said, since all else depends on it."""
    _, problems = load_texts({"own": CHILD.replace("small", "insurence")})
    assert codes(problems) == [("policy-unknown", "own.toml", 5)]
    assert "insurance" in problem_fix(problems[0], "en")


def test_an_unknown_policy_is_refused() -> None:
    """With the shipped names if none is near, and without a list if there is none."""
    _, problems = load_texts({}, "zzz")
    assert "ecommerce-pay, insurance" in problem_fix(problems[0], "zh")
    _, problems = load_policy("zzz", lambda _: None)
    assert [problem.code for problem in problems] == ["policy-unknown-alone"]


def test_faults_of_all_parents_are_shown_together() -> None:
    """One run, all texts."""
    texts = {"own": TWO.replace('"large"', '"nobody"'), "small": "x = "}
    _, problems = load_texts(texts)
    assert codes(problems) == [("policy-unknown", "own.toml", 5), ("policy-syntax-no-value", "small.toml", 1)]


def test_too_many_policies_are_refused() -> None:
    """A chain has an end."""
    texts = {f"p{index}": f'extends = ["p{index + 1}"]' for index in range(50)}
    _, problems = load_texts(texts, "p0")
    assert [problem.code for problem in problems] == ["policy-extends-too-many"]


@pytest.mark.parametrize(
    ("drop", "code", "words"),
    [
        ("dimension.service.indicator.csot", "policy-drop-unknown-near", "dimension.service.indicator.csat"),
        ("zzzzzzzz", "policy-drop-unknown", "does not inherit"),
    ],
)
def test_dropping_what_nobody_has_is_an_error(drop: str, code: str, words: str) -> None:
    """With the nearest keys, at the line that drops it."""
    text = CHILD + f'drop = [\n  "{drop}",\n]\n'
    _, problems = load_texts({"own": text, "small": SMALL})
    assert codes(problems) == [(code, "own.toml", 7)]
    assert words in problem_text(problems[0], "en") + problem_fix(problems[0], "en")


def test_a_policy_without_parents_has_nothing_to_drop() -> None:
    """Drop concerns what is inherited, never what the text itself says."""
    text = changed(('version = "1"', 'version = "1"\ndrop = ["measure.late"]'))
    assert codes(load_texts({"own": text})[1]) == [("policy-drop-unknown", "own.toml", 4)]


def test_lists_of_the_wrong_kind_are_refused_by_name() -> None:
    """Extends and drop are lists of texts; anything else is a fault of the text, not a crash."""
    text = SMALL.replace('version = "1"', 'version = "1"\nextends = "small"\ndrop = [1]')
    assert codes(load_texts({"own": text})[1]) == [
        ("policy-not-a-list", "own.toml", 4),
        ("policy-not-a-text", "own.toml", 5),
    ]


def test_the_fingerprint_sees_rules_not_layout() -> None:
    """Comments, order of keys and 60.0 for 60 change nothing; a rule does; so does the order of the scale."""
    first = load_good({"own": SMALL}).fingerprint
    relaid = changed(
        ("pass_mark = 60\n", "# why\n"),
        ('[[dimension]]\nid = "service"', 'pass_mark = 60.0\n[[dimension]]\nid = "service"'),
    )
    assert load_good({"own": relaid}).fingerprint == first
    assert load_good({"own": changed(("pass_mark = 60", "pass_mark = 61"))}).fingerprint != first
    swapped = changed(('"优秀" = 100\n"合格" = 60', '"合格" = 60\n"优秀" = 100'))
    assert load_good({"own": swapped}).fingerprint != first


def test_the_fingerprint_of_a_document_never_changes() -> None:
    """Closed months keep it, so a new program must find the same one."""
    document = {"id": "x", "scale": {"b": 1, "a": 2}, "list": [True, "1", 1]}
    assert fingerprint(document) == "a7946291ecea0bd618e8530a72d012eb18b00d06c01ccad25192acd21f938af3"


def test_a_text_with_a_byte_order_mark_has_its_lines() -> None:
    """The mark is cut from the text that problems are placed in."""
    text = "\ufeff" + changed(("pass_mark = 60", "pass_mark = true"))
    assert codes(load_texts({"own": text})[1]) == [("policy-not-a-number", "own.toml", line_with(text, "pass_mark"))]


def test_the_policy_tells_where_its_keys_were_written() -> None:
    """Also after loading, for findings about months and pay."""
    loaded = load_good({"own": CHILD, "small": SMALL})
    place = loaded.locate(("pay", "fine", 0, "amount"))
    assert (place.file, place.row) == ("small.toml", SMALL.split("\n").index("amount = 10") + 1)


def shipped() -> dict[str, str]:
    folder = resources.files("csctl") / "policies"
    return {
        file.name.removesuffix(".toml"): file.read_text("utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    }


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_shipped_policy_has_no_findings(name: str) -> None:
    """Not even a warning."""
    texts = shipped()
    loaded, problems = load_policy(name, lambda wanted: SourceText(wanted, texts[wanted]) if wanted in texts else None)
    assert problems == []
    assert loaded is not None
    assert loaded.findings == ()
