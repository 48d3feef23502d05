"""Words of cells and words of rules: which are one, which no rule names, which never occur."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from csctl.core.frames.frame import Frame
from csctl.core.measuring.measures import compute_measures
from csctl.core.measuring.word_problems import word_problems
from csctl.core.measuring.word_use import WordStanding, word_use
from csctl.core.people.identity import Person, build_identity
from csctl.core.preparing.tables import credited_tables
from csctl.messages import problem_fix, problem_text
from csctl.policy.model import Policy
from csctl.problems import NOWHERE, Problem
from csctl.store.engines import Engine
from tests.workbench import OCTOBER, Row, canonical_rows, frame, policy

ENGINES: tuple[Engine, ...] = ("polars", "pandas")
PEOPLE = [Person("a1", "Ann Lee", ("ann@desk",), NOWHERE), Person("a2", "Bob", (), NOWHERE)]
IDENTITY, _ = build_identity(PEOPLE, {"annie": "a1"})


def counting(table: str, where: str, more: str = "") -> Policy:
    """A policy that counts the rows of a table for which this holds."""
    body = f'label = "M"\nunit = "count"\ntable = "{table}"\nrows = true\nwhere = {{ {where} }}\n'
    return policy(f"[measure.m]\n{body}\n{more}")


def tables(folder: Path, rules: Policy, table: str, rows: Sequence[Row], engine: Engine = "polars") -> dict[str, Frame]:
    """Rows of agent a1 unless they say otherwise, as rules see them."""
    complete = canonical_rows(table, [{"agent_id": "a1", **row} for row in rows])
    return credited_tables(rules, {table: frame(folder, table, complete, engine)}, IDENTITY)


def count(folder: Path, rules: Policy, table: str, rows: Sequence[Row], engine: Engine = "polars") -> int:
    """What the measure comes to for a1."""
    (found,) = compute_measures(rules, tables(folder, rules, table, rows, engine), ["a1"], OCTOBER)
    assert found.value is not None
    return int(found.value)


def said(folder: Path, rules: Policy, table: str, rows: Sequence[Row], engine: Engine = "polars") -> list[Problem]:
    """What is said of the words of that table."""
    return word_problems(word_use(rules, tables(folder, rules, table, rows, engine), OCTOBER, IDENTITY.knows))


# ---- one word in several letters -------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("test", "right"),
    [
        ('"Phone  call"', 4),
        ('["phone call", "chat"]', 5),
        ('{ not = ["PHONE CALL"] }', 2),
        ('"phone"', 0),
        ("{ known = true }", 6),
    ],
)
def test_case_width_and_spaces_do_not_matter_on_either_side(
    test: str, right: int, engine: Engine, tmp_path: Path
) -> None:
    """Four spellings of one word, another word, and one that is merely longer; an empty cell meets no test."""
    spellings = ["phone call", "PHONE CALL", "Ｐｈｏｎｅ　ｃａｌｌ", " Phone call\u200b"]
    channels = [*spellings, "chat", "phone call back", None]
    rules = counting("interactions", f"channel = {test}")
    assert count(tmp_path, rules, "interactions", [{"channel": one} for one in channels], engine) == right


@pytest.mark.parametrize("metric", ["Avg Reply (s)", "avg reply", "ＡＶＧ REPLY（秒）", "Avg  reply(min)"])
@pytest.mark.parametrize("header", ["Avg reply (s)", "avg reply"])
def test_a_figure_is_found_by_its_header_with_or_without_the_unit(metric: str, header: str, tmp_path: Path) -> None:
    """Whether it was stored as written or as closed months have it."""
    rows = [{"metric": header, "value": 20}, {"metric": "avg reply rate", "value": 1}, {"metric": "reply", "value": 2}]
    assert count(tmp_path, counting("kpis", f'metric = "{metric}"'), "kpis", rows) == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_whoever_a_message_is_credited_to_is_the_agent(engine: Engine, tmp_path: Path) -> None:
    """By a word for the agent, by name, number, account or alias; a colleague and the customer are not."""
    senders = ["客服", "AGENT", "ann lee", "A1", "ann@desk", "Annie", "Bob", "客户", "stranger", None]
    rules = counting("messages", 'sender = "坐席"')
    rows = [{"sender": one, "text": "hello"} for one in senders]
    assert count(tmp_path, rules, "messages", rows, engine) == 6


# ---- what is said ----------------------------------------------------------

KINDS = counting("surveys", 'kind = "revisit"')


@pytest.mark.parametrize("engine", ENGINES)
def test_a_word_that_never_occurs_is_said_with_the_words_that_do(engine: Engine, tmp_path: Path) -> None:
    """Each with its rows, where it first stands, and the rule's word that it is like."""
    rows = [{"kind": "phone revisit"}, {"kind": "contact"}, {"kind": "Phone Revisit"}]
    (found,) = said(tmp_path, KINDS, "surveys", rows, engine)
    assert (found.code, found.found, found.place.row) == ("words-never-occur", "revisit", 2)
    text = problem_text(found, "en")
    assert "surveys · kind" in text
    assert "“Phone Revisit” × 2 (surveys.csv:2) ≈ revisit" in text
    assert 'ignore = ["Phone Revisit", "contact"]' in problem_fix(found, "en")
    assert 'columns.kind.texts = { "Phone Revisit" = "", "contact" = "" }' in problem_fix(found, "zh")


@pytest.mark.parametrize(
    "kinds",
    [["REVISIT", "contact"], [None, None], [], ["contact"]],
    ids=["it occurs", "the column is empty", "no rows", "the rest is ignored"],
)
def test_nothing_is_said_where_nothing_can_be_wrong(kinds: list[str | None], tmp_path: Path) -> None:
    """Words beside the one that is asked for cost nothing here."""
    rules = counting("surveys", 'kind = "revisit"', '[words."surveys.kind"]\nignore = ["Contact"]')
    assert said(tmp_path, rules, "surveys", [{"kind": one} for one in kinds]) == []


def test_words_of_other_months_are_not_this_months_affair(tmp_path: Path) -> None:
    """A year of rows lies in the table."""
    rows = [{"kind": "contact", "month": "2026-09"}, {"kind": "revisit"}]
    assert said(tmp_path, KINDS, "surveys", rows) == []


def test_all_rules_on_a_column_are_one_set(tmp_path: Path) -> None:
    """That one of two measures finds nothing is an ordinary month."""
    other = counting("surveys", 'kind = "exit"').measure["m"]
    more = KINDS.model_copy(update={"measure": {**KINDS.measure, "other": other}})
    assert said(tmp_path, more, "surveys", [{"kind": "revisit"}, {"kind": "contact"}]) == []


COMPLAINTS = counting("complaints", 'category = ["manner", "speed"], valid = true')


def test_where_words_cost_each_that_no_rule_names_is_said(tmp_path: Path) -> None:
    """Though another one is found; in valid complaints only, and without those that the policy ignores."""
    rows: list[Row] = [
        {"category": "Manner", "valid": True},
        {"category": "manners", "valid": True},
        {"category": "weather", "valid": True},
        {"category": "weather", "valid": True},
        {"category": "noise", "valid": False},
        {"category": "price", "valid": True},
    ]
    rules = COMPLAINTS.model_copy(update={"words": policy('words."complaints.category".ignore = ["PRICE"]').words})
    (found,) = said(tmp_path, rules, "complaints", rows)
    assert (found.code, found.found) == ("words-no-rule-names", ("weather", "manners"))
    assert "“manners” × 1 (complaints.csv:3) ≈ manner" in problem_text(found, "zh")
    assert 'ignore = ["PRICE", "weather", "manners"]' in problem_fix(found, "en")


@pytest.mark.parametrize(
    ("named", "other", "told"),
    [
        ("服务之星", "月度服务之星", True),
        ("月度服务之星", "服务之星", True),
        ("star", "Star of the month", True),
        ("服务之星", "销售冠军", False),
        ("星", "服务之星", False),
    ],
)
def test_a_word_that_holds_what_a_rule_asks_for_is_said_beside_it(
    named: str, other: str, told: bool, tmp_path: Path
) -> None:
    """Honours are no column in which every word costs or earns; one that is named nearly so is very likely meant."""
    rows = [{"title": named}, {"title": other}]
    found = said(tmp_path, counting("titles", f'title = "{named}"'), "titles", rows)
    assert [(one.code, one.found) for one in found] == [("words-no-rule-names", other)] * told
    settled = f'[words."titles.title"]\nignore = ["{other}"]'
    assert said(tmp_path, counting("titles", f'title = "{named}"', settled), "titles", rows) == []


def test_a_column_that_no_rule_asks_about_is_left_alone(tmp_path: Path) -> None:
    """Every complaint costs the same: its kind is the export's own affair."""
    rules = counting("complaints", "valid = true")
    assert said(tmp_path, rules, "complaints", [{"category": "manner", "valid": True}]) == []


@pytest.mark.parametrize(
    ("table", "column", "word"), [("discipline", "measure", "warning"), ("quality", "item", "greeting")]
)
def test_other_columns_that_cost_or_earn(table: str, column: str, word: str, tmp_path: Path) -> None:
    """Discipline and items of quality reviews."""
    rules = counting(table, f'{column} = "{word}"')
    (found,) = said(tmp_path, rules, table, [{column: word}, {column: "other"}])
    assert (found.code, found.found, found.place.row) == ("words-no-rule-names", "other", 3)


def test_events_that_are_not_declared_are_said_once_each(tmp_path: Path) -> None:
    """By id or label in any letters they are known; without any declared event none is."""
    rules = policy('[event.late]\nlabel = "Came Late"\n')
    rows = [{"event": one} for one in ("LATE", "came  late", "odd", "odd", "queer")]
    assert [(one.code, one.found, one.place.row) for one in said(tmp_path, rules, "events", rows)] == [
        ("event-unknown", "odd", 4),
        ("event-unknown", "queer", 6),
    ]
    assert len(said(tmp_path, policy(""), "events", rows)) == 4


def test_kinds_of_leave_that_no_list_has_are_said(tmp_path: Path) -> None:
    """Any list of the leave rules names a kind; without lists there is nothing to compare with."""
    rows = [{"kind": one} for one in ("Annual", "sick", "moving")]
    listed = policy('[working_time.leave]\nkinds = ["annual"]\nunpaid = ["sick"]\n')
    (found,) = said(tmp_path, listed, "leave", rows)
    assert (found.code, found.found, found.parameters["known"]) == ("leave-kind-unknown", "moving", ("annual", "sick"))
    assert said(tmp_path, policy("[working_time.leave]\n"), "leave", rows) == []


def test_a_figure_that_no_export_has_is_said_with_the_nearest(tmp_path: Path) -> None:
    """Others in the export are nobody's affair; of several names of one figure one is enough."""
    rows = [{"metric": "First reply time (s)", "value": 1}, {"metric": "Chats", "value": 2}]
    (found,) = said(tmp_path, counting("kpis", 'metric = "first replies time"'), "kpis", rows)
    assert (found.code, found.found) == ("metrics-missing", "first replies time")
    assert found.parameters["nearest"] == "First reply time (s)"
    assert problem_text(found, "en").endswith("; alike: First reply time (s)")
    assert said(tmp_path, counting("kpis", 'metric = ["talks", "chats"]'), "kpis", rows) == []
    assert said(tmp_path, counting("kpis", 'metric = "talks"'), "kpis", []) == []


def test_where_nothing_is_alike_nothing_is_said_of_it(tmp_path: Path) -> None:
    """No dash in the place of a name."""
    (found,) = said(tmp_path, counting("kpis", 'metric = "refunds"'), "kpis", [{"metric": "Chats", "value": 2}])
    assert problem_text(found, "en").endswith("which rules ask for")
    assert problem_text(found, "zh").endswith("：refunds")


def test_senders_whom_nobody_knows_are_said(tmp_path: Path) -> None:
    """Words for the customer, colleagues and customers under their own number are known, though no rule names them."""
    rules = counting("messages", 'sender = "agent"')
    rows = [{"sender": one, "customer_id": "c9"} for one in ("agent", "客户", "Bob", "Ann Lee", "c9", "robot", "robot")]
    (found,) = said(tmp_path, rules, "messages", rows)
    assert (found.code, found.found) == ("words-no-rule-names", "robot")


def test_the_full_list_has_every_word_and_who_knows_it(tmp_path: Path) -> None:
    """Most frequent first; what rules look for in vain stands last."""
    rules = counting("surveys", 'kind = ["revisit", "call"]', '[words."surveys.kind"]\nignore = ["spam"]')
    rows = [{"kind": one} for one in ("revisit", "spam", "spam", "other", "Revisit", "revisit")]
    (use,) = word_use(rules, tables(tmp_path, rules, "surveys", rows), OCTOBER, IDENTITY.knows)
    assert [(word.text, word.rows, word.standing, word.rule) for word in use.words] == [
        ("revisit", 3, WordStanding.NAMED, "measure.m"),
        ("spam", 2, WordStanding.IGNORED, ""),
        ("other", 1, WordStanding.UNKNOWN, ""),
    ]
    (use,) = word_use(rules, tables(tmp_path / "b", rules, "surveys", rows[1:4]), OCTOBER, IDENTITY.knows)
    assert (use.words[-1].text, use.words[-1].standing) == ("revisit / call", WordStanding.NEVER)


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_that_cost_and_say_not_by_what_are_counted(tmp_path: Path, engine: Engine) -> None:
    """Of complaints only the valid ones weigh; where no rule tells kinds apart, an empty one is nothing."""
    kinds = ["rude", None, "", None]
    rows = [{"category": one, "valid": at < 3, "date": OCTOBER.first} for at, one in enumerate(kinds)]
    by_kind = counting("complaints", 'category = "rude", valid = true')
    [found] = said(tmp_path, by_kind, "complaints", rows, engine)
    assert (found.code, found.parameters["count"], found.parameters["column"]) == (
        "words-blank", "2", "complaints.category"
    )  # fmt: skip
    assert said(tmp_path, counting("complaints", "valid = true"), "complaints", rows, engine) == []
    assert said(tmp_path, by_kind, "complaints", rows[:1], engine) == []
