"""Laws of merging, and what becomes of each kind of key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.policy.merge import inherit, override, unite, value_named, without
from csctl.policy.tree import Placed, SourceText, placed_tree, plain_document, reach
from csctl.problems import Problem

Document = dict[str, object]


def tree(document: Document, name: str = "p") -> Placed:
    return placed_tree(document, SourceText(f"{name}.toml", ""))


def toml(text: str, name: str = "p") -> Placed:
    return placed_tree(tomllib.loads(text, parse_float=Decimal), SourceText(f"{name}.toml", text))


VALUES: st.SearchStrategy[object] = st.integers(0, 2)
NAMES = st.sampled_from(["a", "b", "c"])
ENTRIES = st.dictionaries(NAMES, st.fixed_dictionaries({}, optional={"points": VALUES, "rule": VALUES}), max_size=3)


def entry_list(key: str, entries: dict[str, Document]) -> list[Document]:
    return [{key: name, **entry} for name, entry in entries.items()]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents in which a key always has the same kind of value, as in real policies."""
    document: Document = {}
    if draw(st.booleans()):
        document["scale"] = draw(st.dictionaries(NAMES, VALUES))
    if draw(st.booleans()):
        document["adjustment"] = entry_list("id", draw(ENTRIES))
    if draw(st.booleans()):
        document["grade"] = entry_list("label", draw(ENTRIES))
    if draw(st.booleans()):
        measures = st.fixed_dictionaries({}, optional={"unit": VALUES, "where": st.dictionaries(NAMES, VALUES)})
        document["measure"] = draw(st.dictionaries(NAMES, measures))
    if draw(st.booleans()):
        fines = entry_list("id", draw(ENTRIES))
        document["pay"] = {"currency": draw(VALUES), "fine": fines, "pool": draw(st.lists(st.just({"of": "x"})))}
    return document


def unordered(value: object) -> object:
    """The document without the order of its entries, which depends on who came first."""
    if isinstance(value, dict):
        return {key: unordered(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted((unordered(item) for item in value), key=str)
    return value


@given(documents())
def test_a_policy_over_itself_is_itself(document: Document) -> None:
    """Saying the same again changes nothing, and two equal parents do not differ."""
    assert plain_document(override(tree(document), tree(document))) == document
    united, differences = unite(tree(document), tree(document))
    assert plain_document(united) == document
    assert differences == []


@given(documents())
def test_an_empty_policy_adds_nothing(document: Document) -> None:
    """Neither as parent nor as child."""
    assert plain_document(override(tree(document), tree({}))) == document
    assert plain_document(override(tree({}), tree(document))) == document


@given(documents(), documents(), documents())
def test_three_generations_may_be_merged_in_any_grouping(old: Document, middle: Document, new: Document) -> None:
    """A child of a child says the same as one text that says it all."""
    left = override(override(tree(old), tree(middle)), tree(new))
    right = override(tree(old), override(tree(middle), tree(new)))
    assert plain_document(left) == plain_document(right)


@given(documents(), documents())
def test_the_child_has_the_last_word(parent: Document, child: Document) -> None:
    """Whatever the child says stands in the result as the child says it."""
    merged = override(tree(parent), tree(child))
    for path, value in said(tree(child)):
        node = value_named(merged, path)
        assert node is not None
        assert plain_document(node) == plain_document(value)


@given(documents(), documents())
def test_the_order_of_two_parents_does_not_matter_where_they_agree(one: Document, other: Document) -> None:
    """The same keys differ either way, and without differences both orders make the same policy."""
    first, differences = unite(tree(one), tree(other))
    second, mirrored = unite(tree(other), tree(one))
    assert {entry.path for entry in differences} == {entry.path for entry in mirrored}
    if not differences:
        assert unordered(plain_document(first)) == unordered(plain_document(second))


@given(documents(), documents())
def test_every_value_remembers_where_it_was_written(parent: Document, child: Document) -> None:
    """Following a value's own path in its own text leads to the same value."""
    texts = {"parent.toml": tree(parent, "parent"), "child.toml": tree(child, "child")}
    merged = override(texts["parent.toml"], texts["child.toml"])
    for _, node in said(merged):
        original, count = reach(texts[node.source.name], node.path)
        assert count == len(node.path)
        assert plain_document(original) == plain_document(node)


def said(node: Placed) -> Iterator[tuple[tuple[str, ...], Placed]]:
    """All values of one piece, with their names."""
    yield from _said(node, "", ())


def _said(node: Placed, keyword: str | None, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Placed]]:
    entries = {"adjustment": "id", "grade": "label", "fine": "id"}
    if isinstance(node.value, dict) and keyword != "where":
        for key, item in node.value.items():
            yield from _said(item, None if keyword in {"measure", "scale"} else key, (*path, key))
    elif isinstance(node.value, list) and keyword in entries:
        for entry in node.value:
            yield from _said(entry, None, (*path, str(entry.value[entries[keyword]].value)))
    else:
        yield path, node


def test_an_award_named_like_a_keyword_is_still_an_entry() -> None:
    """A name decides nothing about how what it names is merged."""
    parent = toml('[[pay.award]]\nid = "streak"\namount = 1\nrule = "r"')
    child = toml('[[pay.award]]\nid = "streak"\namount = 2')
    assert plain_document(override(parent, child)) == {"pay": {"award": [{"id": "streak", "amount": 2, "rule": "r"}]}}


def test_entries_without_a_name_or_with_one_twice_are_all_kept() -> None:
    """Faults are left for the linter to find, not merged away."""
    parent = toml('[[level]]\nid = "a"\n[[level]]\nlabel = "x"', "parent")
    child = toml('[[level]]\nid = "a"\n[[level]]\nid = "a"\n[[level]]\nlabel = "x"', "child")
    assert plain_document(override(parent, child)) == {
        "level": [{"id": "a"}, {"label": "x"}, {"id": "a"}, {"label": "x"}],
    }


BASE = """
id = "base"
[score]
pass_mark = 60
raters = { self = 30, superior = 70 }
[[dimension]]
id = "d"
weight = 100
[[dimension.indicator]]
id = "i"
weight = 60
bands = [ { level = "x", at_least = 1 }, { level = "y" } ]
[[dimension.indicator]]
id = "j"
weight = 40
[pay]
[[pay.pool]]
label = "p"
tiers = [ { from = 0, rate = 0 } ]
[measure.m]
where = { kind = "a", valid = true }
[[career.step]]
id = "s"
all_of = [ { id = "t", total = { at_least = 1 } } ]
[[assumption]]
id = "A-1"
text = "weights"
keys = ["dimension.d.indicator.i.weight", "dimension.d.indicator.j.weight"]
[[assumption]]
id = "A-2"
text = "pool"
keys = ["pay.pool.tiers"]
[[assumption]]
id = "A-3"
text = "indicator"
keys = ["dimension.d.indicator.j"]
[[assumption]]
id = "A-4"
text = "always"
"""


def child_of_base(text: str) -> tuple[Document, list[Problem]]:
    merged, problems = inherit(toml(text, "own"), [toml(BASE, "base")])
    document = plain_document(merged)
    assert isinstance(document, dict)
    return document, problems


def test_an_entry_is_changed_key_by_key_and_new_ones_follow() -> None:
    """The child repeats only what it changes."""
    document, problems = child_of_base('[[dimension]]\nid = "d"\nlabel = "D"\n[[dimension]]\nid = "e"')
    assert problems == []
    dimensions = document["dimension"]
    assert isinstance(dimensions, list)
    assert [(entry["id"], entry.get("label"), entry.get("weight")) for entry in dimensions] == [
        ("d", "D", 100),
        ("e", None, None),
    ]


def test_references_of_two_parents_stand_side_by_side_and_a_step_is_changed_in_one_requirement() -> None:
    """References are named by their rules, steps and requirements by their ids."""
    one = '[[reference]]\nrule = "A-1"\n[[career.step]]\nid = "up"\nall_of = [{ id = "x", exam = 1 }, { id = "y" }]'
    other = '[[reference]]\nrule = "B-1"'
    own = 'extends = ["one", "other"]\n[[career.step]]\nid = "up"\nall_of = [{ id = "x", exam = 2 }]'
    merged, problems = inherit(toml(own, "own"), [toml(one, "one"), toml(other, "other")])
    document = plain_document(merged)
    assert isinstance(document, dict)
    assert problems == []
    assert document["reference"] == [{"rule": "A-1"}, {"rule": "B-1"}]
    assert document["career"] == {"step": [{"id": "up", "all_of": [{"id": "x", "exam": 2}, {"id": "y"}]}]}


@pytest.mark.parametrize(
    ("text", "path", "wanted"),
    [
        (
            '[[dimension]]\nid = "d"\n[[dimension.indicator]]\nid = "i"\nbands = [{ level = "z" }]',
            "dimension.d.indicator.i.bands",
            [{"level": "z"}],
        ),
        ('[measure.m]\nwhere = { kind = "b" }', "measure.m.where", {"kind": "b"}),
        ("[score]\nraters = { panel = 100 }", "score.raters", {"panel": 100}),
        ('[[pay.pool]]\nlabel = "q"', "pay.pool", [{"label": "q"}]),
        ("[score]\nrule = 'r'", "score.pass_mark", 60),
        (
            '[[career.step]]\nid = "s"\nall_of = [{ id = "t", total = { at_most = 2 } }]',
            "career.step.s.all_of.t.total",
            {"at_most": 2},
        ),
    ],
)
def test_what_is_of_one_piece_is_replaced_as_a_whole(text: str, path: str, wanted: object) -> None:
    """Bands, tests, raters and lists without names are never mixed; tables keep what the child leaves out."""
    merged, _ = inherit(toml(text, "own"), [toml(BASE, "base")])
    node = value_named(merged, tuple(path.split(".")))
    assert node is not None
    assert plain_document(node) == wanted


def test_a_policy_never_inherits_who_it_is() -> None:
    """Id, label, version, state, language and months are the child's own to say."""
    parent = 'id = "x"\nlabel = "x"\nversion = "1"\nstate = "published"\nlanguage = "en"\n'
    parent += 'effective = { from = "2026-01" }\nextends = []\ndrop = []'
    merged, _ = inherit(toml("", "own"), [toml(parent)])
    assert plain_document(merged) == {}


@pytest.mark.parametrize(
    ("drop", "gone", "left"),
    [
        ("dimension.d.indicator.j", "dimension.d.indicator.j", "dimension.d.indicator.i"),
        ("pay.pool", "pay.pool", "pay"),
        ("measure.m", "measure.m", "measure"),
        ("assumption.A-4", "assumption.A-4", "assumption.A-1"),
    ],
)
def test_a_dropped_key_is_gone(drop: str, gone: str, left: str) -> None:
    """And only that one."""
    merged, problems = inherit(toml(f'drop = ["{drop}"]', "own"), [toml(BASE, "base")])
    assert problems == []
    assert value_named(merged, tuple(gone.split("."))) is None
    assert value_named(merged, tuple(left.split("."))) is not None


def test_a_key_dropped_and_written_anew_is_the_child_s_alone() -> None:
    """Nothing of the inherited entry shines through."""
    merged, _ = inherit(toml('drop = ["dimension.d"]\n[[dimension]]\nid = "d"', "own"), [toml(BASE, "base")])
    node = value_named(merged, ("dimension", "d"))
    assert node is not None
    assert plain_document(node) == {"id": "d"}


IN_D = '[[dimension]]\nid = "d"\n[[dimension.indicator]]\n'


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ["A-1", "A-2", "A-3", "A-4"]),
        ('drop = ["pay.pool"]', ["A-1", "A-3", "A-4"]),
        ('[[pay.pool]]\nlabel = "own"', ["A-1", "A-3", "A-4"]),
        (IN_D + 'id = "j"\nlabel = "J"', ["A-1", "A-2", "A-3", "A-4"]),
        (IN_D + 'id = "j"\nweight = 10\nlabel = "J"', ["A-1", "A-2", "A-4"]),
        ('drop = ["dimension.d.indicator.j"]\n' + IN_D + 'id = "i"\nweight = 1', ["A-2", "A-4"]),
        ('[[assumption]]\nid = "A-4"\ntext = "mine"', ["A-1", "A-2", "A-3", "A-4"]),
    ],
)
def test_an_assumption_goes_when_all_it_concerns_is_dropped_or_said_anew(text: str, kept: list[str]) -> None:
    """One key that still holds keeps it."""
    document, problems = child_of_base(text)
    assert problems == []
    assumptions = document["assumption"]
    assert isinstance(assumptions, list)
    assert [entry["id"] for entry in assumptions] == kept


def test_a_kept_assumption_speaks_only_of_keys_that_still_hold() -> None:
    """A key that was dropped is no longer named."""
    document, _ = child_of_base('drop = ["dimension.d.indicator.j"]')
    assumptions = document["assumption"]
    assert isinstance(assumptions, list)
    assert assumptions[0]["keys"] == ["dimension.d.indicator.i.weight"]


def test_assumptions_of_one_id_say_all_that_each_parent_says() -> None:
    """Texts are joined, keys united, nothing is lost."""
    one = '[[assumption]]\nid = "A"\ntext = "first"\nkeys = ["x", "y"]\n[[assumption]]\nid = "B"\ntext = "same"'
    other = '[[assumption]]\nid = "A"\ntext = "second"\nkeys = ["y", "z"]\n[[assumption]]\nid = "B"\ntext = "same"'
    merged, problems = inherit(toml("", "own"), [toml(one, "one"), toml(other, "other")])
    assert problems == []
    assert plain_document(merged) == {
        "assumption": [{"id": "A", "text": "first / second", "keys": ["x", "y", "z"]}, {"id": "B", "text": "same"}]
    }


def test_dropping_from_a_tree_leaves_the_tree_as_it_was() -> None:
    """Trees are values."""
    base = toml(BASE)
    before = plain_document(base)
    assert without(base, ("dimension", "d", "indicator", "j")) is not None
    assert plain_document(base) == before
