"""Whose row is this: numbers, accounts, names, nicknames, and rows of nobody."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.measuring.terms import credited
from csctl.core.people.credit import uncredited_keys, uncredited_problems
from csctl.core.people.identity import Identity, Person, build_identity
from csctl.core.people.likeness import may_be
from csctl.core.people.roster import agents_of_month, people_on_roster
from csctl.messages import problem_fix
from csctl.problems import NOWHERE, Place, Severity
from csctl.store.engines import Engine
from csctl.tables import TABLES
from csctl.words import fold
from tests.workbench import OCTOBER, Row, canonical_rows, frame, policy

ENGINES: tuple[Engine, ...] = ("polars", "pandas")
TEAM = [
    Person("007", "王小明", ("旺旺:小明", "wang.m"), Place("roster.csv", row=2)),
    Person("08", "王小明", ("小王",), Place("roster.csv", row=3)),
    Person("110101199001011234", "Li Lei", (), Place("roster.csv", row=4)),
]


def team(aliases: dict[str, str] | None = None, order: Sequence[Person] = TEAM) -> Identity:
    """The identity of the team, without regard to problems."""
    return build_identity(order, aliases or {})[0]


@pytest.mark.parametrize(
    ("agent_id", "name", "expected"),
    [
        ("007", "", "007"),
        ("007", "Li Lei", "007"),
        ("08", "王小明", "08"),
        ("", "王小明", None),
        ("", "Li Lei", "110101199001011234"),
        ("110101199001011234", "", "110101199001011234"),
        ("7", "", None),
        ("8", "", None),
        ("wang.m", "", "007"),
        ("", "wang.m", "007"),
        ("", "旺旺:小明", "007"),
        ("", "小王", "08"),
        ("Li Lei", "", "110101199001011234"),
        ("王小明", "", None),
        ("", "nobody", None),
        ("", "", None),
        (" ", " ", None),
    ],
)
def test_who_is_meant(agent_id: str, name: str, expected: str | None) -> None:
    """A number or account decides; leading zeros and 18 digits count; a name that two people share means nobody."""
    assert team().resolve(agent_id, name) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("００７", "007"),
        (" 007 ", "007"),
        ("WANG.M", "007"),
        ("ｌｉ ｌｅｉ", "110101199001011234"),
        ("LI LEI", "110101199001011234"),
    ],
)
def test_width_case_and_outer_spaces_do_not_matter(written: str, expected: str) -> None:
    """What a person reads as the same is the same."""
    assert team().resolve(written, "") == expected
    assert team().resolve("", written) == expected


@pytest.mark.parametrize(
    "text",
    [
        "周帆-02",
        "02周帆",
        "[02]周帆",
        "02 周帆",
        "周帆 02",
        "周帆_02",
        "周帆（02）",
        "周帆#02",
        "zf.02/周帆",
        "０２－周帆",
    ],
)
def test_a_name_and_its_own_number_in_one_text_are_that_person(text: str) -> None:
    """Whatever stands between, and in either order; an account is as good as a number."""
    order = [Person("02", "周帆", ("zf.02",), NOWHERE), Person("2", "周舟", (), NOWHERE)]
    assert team(order=order).resolve("", text) == team(order=order).resolve(text, "") == "02"


@pytest.mark.parametrize("text", ["周帆-03", "周舟-02", "周帆102", "周帆-2", "周帆组02", "02-2", "周帆", "02周帆2"])
def test_a_name_beside_what_is_not_its_number_is_nobody(text: str) -> None:
    """Two namesakes keep apart by their numbers alone."""
    order = [Person("02", "周帆", (), NOWHERE), Person("04", "周帆", (), NOWHERE), Person("2", "周舟", (), NOWHERE)]
    assert team(order=order).resolve("", text) is None
    assert team(order=order).resolve("", "周帆 04") == "04"


def test_an_alias_settles_who_is_meant() -> None:
    """A nickname of the workspace names one of two namesakes, or somebody the roster calls otherwise."""
    identity = team({"王小明": "08", "阿明": "007"})
    assert identity.resolve("", "王小明") == "08"
    assert identity.resolve("", "阿明") == "007"


def test_a_name_shared_by_two_means_both() -> None:
    """The problem can say how many it may be."""
    assert team().meant_by("王小明") == {"007", "08"}
    assert team().meant_by("nobody") == team().meant_by("") == frozenset()


def test_nobody_is_known_by_an_empty_name() -> None:
    """A row without number and name belongs to nobody, even if one person's name is blank."""
    identity = team(order=[Person("1", "", (), NOWHERE), Person("2", " ", (), NOWHERE)])
    assert identity.resolve("", "") is None
    assert team({"": "007"}).resolve("", "") is None


PAIR = [("007", ("wang.m",)), ("08", ())]


@pytest.mark.parametrize(
    ("keys", "aliases", "expected"),
    [
        ([("1", ()), ("1", ())], {}, [("agent-id-twice", Severity.ERROR)]),
        ([("a1", ()), ("A1", ())], {}, [("agent-id-twice", Severity.ERROR)]),
        ([("1", ("x",)), ("2", ("X",))], {}, [("account-of-two", Severity.WARNING)]),
        ([("1", ("2",)), ("2", ())], {}, [("account-of-two", Severity.WARNING)]),
        (PAIR, {"x": "99"}, [("alias-of-nobody", Severity.ERROR)]),
        (PAIR, {"08": "007"}, [("account-of-two", Severity.WARNING)]),
        (PAIR, {"x": "007", "王小明": "08"}, []),
        (PAIR, {}, []),
    ],
)
def test_problems_of_the_roster(
    keys: list[tuple[str, tuple[str, ...]]], aliases: dict[str, str], expected: list[tuple[str, Severity]]
) -> None:
    """A number twice, a key of two people, an alias of nobody."""
    order = [Person(agent_id, "王小明", accounts, NOWHERE) for agent_id, accounts in keys]
    assert [(one.code, one.severity) for one in build_identity(order, aliases)[1]] == expected


def test_a_staff_number_stays_with_its_owner() -> None:
    """Neither an account nor an alias can take somebody's number away."""
    order = [Person("1", "A", ("2",), NOWHERE), Person("2", "B", (), NOWHERE)]
    assert team(order=order).resolve("2", "") == "2"
    assert team({"08": "007"}).resolve("08", "") == "08"


def test_the_order_of_the_roster_decides_nothing() -> None:
    """Whatever two people claim goes to the same one in every order."""
    order = [
        Person("3", "A", ("x",), NOWHERE),
        Person("1", "B", ("x", "y"), NOWHERE),
        Person("2", "C", ("y",), NOWHERE),
    ]
    found = {(team(order=turned).resolve("x", ""), team(order=turned).resolve("y", ""))
             for turned in itertools.permutations(order)}  # fmt: skip
    assert found == {("1", "1")}


@given(st.text(max_size=8), st.text(max_size=8))
def test_folding_is_done_once(text: str, other: str) -> None:
    """Folding a folded text changes nothing; spaces around never matter, nor what kind and how many stand inside."""
    assert fold(f"  {text}\t") == fold(text)
    if text.isascii():
        assert fold(fold(text)) == fold(text)
        assert (fold(text) == fold(other)) == (" ".join(text.lower().split()) == fold(other))


# ---- rows ------------------------------------------------------------------

CONTACTS: list[Row] = [
    {"agent_id": "007", "agent_name": "somebody else"},
    {"agent_id": None, "agent_name": "Li Lei"},
    {"agent_id": None, "agent_name": "王小明"},
    {"agent_id": None, "agent_name": "王小明"},
    {"agent_id": "99", "agent_name": None},
    {"agent_id": None, "agent_name": None},
    {"agent_id": "小王", "agent_name": None},
    {"agent_id": "99", "agent_name": None, "month": "2026-09"},
]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_row_is_credited_or_named(tmp_path: Path, engine: Engine) -> None:
    """What is credited and what is not make up the whole table, on every engine."""
    table = frame(tmp_path, "interactions", canonical_rows("interactions", CONTACTS), engine)
    rows = credited(table, team()).sort("source_row").collect()
    assert list(zip(rows["source_row"].to_list(), rows["agent"].to_list(), strict=True)) == [
        (2, "007"), (3, "110101199001011234"), (8, "08"),
    ]  # fmt: skip
    found = uncredited_keys(table, team(), OCTOBER)
    assert [(one.key, one.shared_by, one.rows, one.place.row) for one in found] == [
        ("王小明", 2, 2, 4), ("99", 0, 1, 6), ("", 0, 1, 7),
    ]  # fmt: skip
    assert [(problem.code, problem.found, problem.parameters["rows"]) for problem in uncredited_problems(found)] == [
        ("agent-ambiguous", "王小明", "2"), ("agent-unknown", "99", "1"), ("row-without-agent", "", "1"),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_alias_that_is_proposed_finds_the_person(tmp_path: Path, language: str) -> None:
    """As TOML under [aliases]; where nobody is like the name, only its right side is to be filled in."""
    rows: list[Row] = [{"agent_id": None, "agent_name": "L i Lei"}, {"agent_id": "7", "agent_name": "Bean"}]
    table = frame(tmp_path, "interactions", canonical_rows("interactions", rows), ENGINES[0])
    remedies = [problem_fix(one, language) for one in uncredited_problems(uncredited_keys(table, team(), OCTOBER))]
    lines = [fix[fix.index('"') : fix.rindex('"') + 1] for fix in remedies]
    aliases = tomllib.loads("\n".join(lines))
    assert list(aliases) == ["L i Lei", "7"]
    assert uncredited_keys(table, team({key: found or "08" for key, found in aliases.items()}), OCTOBER) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_a_row_of_several_figures_is_one_row(tmp_path: Path, engine: Engine) -> None:
    """As the lead sees it in the sheet: two figures of one row and one of another are two rows."""
    rows: list[Row] = [
        {"agent_id": "99", "metric": name, "value": 1, "source_row": row}
        for name, row in (("a", 2), ("b", 2), ("a", 3))
    ]
    (found,) = uncredited_keys(frame(tmp_path, "kpis", canonical_rows("kpis", rows), engine), team(), OCTOBER)
    assert found.rows == 2


@pytest.mark.parametrize("engine", ENGINES)
def test_a_table_without_rows_of_anybody_is_empty(tmp_path: Path, engine: Engine) -> None:
    """Nothing known, nothing credited, and no crash."""
    table = frame(tmp_path, "interactions", canonical_rows("interactions", [{"agent_id": "99"}]), engine)
    assert len(credited(table, team()).collect()) == 0
    nothing = frame(tmp_path, "interactions", [], engine)
    assert len(credited(nothing, team()).collect()) == 0
    assert uncredited_keys(nothing, team(), OCTOBER) == []


@pytest.mark.parametrize("table", sorted(name for name, table in TABLES.items() if table.has_agents))
def test_every_table_about_agents_can_be_credited(tmp_path: Path, table: str) -> None:
    """All of them name agents in the same two columns."""
    rows = credited(frame(tmp_path, table, canonical_rows(table, [{"agent_id": "007"}])), team()).collect()
    assert rows["agent"].to_list() == ["007"]


# ---- the roster ------------------------------------------------------------


def roster(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    """Canonical roster rows."""
    return canonical_rows("roster", rows)


def test_accounts_are_split_at_any_usual_mark() -> None:
    """Several accounts in one cell."""
    (person,) = people_on_roster(roster({"agent_id": "1", "agent_name": "A", "accounts": "a、b;c，d|e f / g"}))
    assert person.accounts == ("a", "b", "c", "d", "e", "f", "g")


def test_the_agents_of_a_month_are_those_employed_in_it() -> None:
    """One day is enough; somebody gone or yet to come is known but not scored. Sorted by id, whatever the order."""
    rows = roster(
        {"agent_id": "3", "agent_name": "stays"},
        {"agent_id": "1", "agent_name": "leaves", "left_on": OCTOBER.first},
        {"agent_id": "2", "agent_name": "comes", "hired_on": OCTOBER.last},
        {"agent_id": "4", "agent_name": "left", "left_on": OCTOBER.shift(-1).last},
        {"agent_id": "5", "agent_name": "later", "hired_on": OCTOBER.shift(1).first},
        {"agent_id": None, "agent_name": "no number"},
    )
    agents, problems = agents_of_month(rows, OCTOBER, policy(""))
    assert [one.agent_id for one in agents] == ["1", "2", "3"]
    assert agents_of_month(rows[::-1], OCTOBER, policy(""))[0] == agents
    assert problems == []
    assert len(people_on_roster(rows)) == 5


def test_a_level_must_be_on_the_ladder() -> None:
    """By id or label; an unknown one is an error with its row and those to choose from."""
    rules = policy('[[level]]\nid = "C1"\nlabel = "Junior"\n[[level]]\nid = "C2"\n')
    rows = roster({"agent_id": "1", "level": "Junior"}, {"agent_id": "2", "level": "C9"}, {"agent_id": "3"})
    agents, problems = agents_of_month(rows, OCTOBER, rules)
    assert [one.level for one in agents] == ["C1", "C9", ""]
    assert [(one.code, one.severity, one.place.row, one.parameters["known"]) for one in problems] == [
        ("level-unknown", Severity.ERROR, 3, ("C1", "C2")), ("level-missing", Severity.ERROR, 4, ("C1", "C2")),
    ]  # fmt: skip


def test_cells_that_name_several_people_are_one_line_with_all_signs_between_them(tmp_path: Path) -> None:
    """A sign, another one, and the blank of Chinese names; in English a blank stands within a name."""
    people = [
        Person(number, name, (), NOWHERE) for number, name in (("1", "王芳"), ("2", "李雷"), ("3", "Li"), ("4", "Lei"))
    ]
    known, _ = build_identity(people, {})
    names = ["王芳、李雷", "王芳 李雷", "李雷/王芳", "王芳、李雷", "Li Lei"]
    table = frame(tmp_path, "orders", canonical_rows("orders", [{"agent_name": name} for name in names]))
    found = {one.code: one for one in uncredited_problems(uncredited_keys(table, known, OCTOBER))}
    assert sorted(found) == ["agent-unknown", "agents-several"]
    said = found["agents-several"]
    assert (said.parameters["rows"], said.place.row) == ("4", 2)
    assert said.parameters["line"] == 'columns.agent_name.several = ["、", " ", "/"]'


@pytest.mark.parametrize("text", ["王芳(一组)", "王芳（旗舰店）", "王芳-李宁店", "王芳@shop.cn", "王 芳【晚班】"])
def test_a_name_with_something_behind_it_is_suggested_and_never_taken(text: str) -> None:
    """A group, a shop, an address: the line names whom it may be."""
    known, _ = build_identity([Person("1", "王芳", (), NOWHERE), Person("2", "王芳芳", (), NOWHERE)], {})
    assert (known.resolve("", text), may_be(text, known)) == (None, ("1",))
    assert may_be("李雷(一组)", known) == ()
