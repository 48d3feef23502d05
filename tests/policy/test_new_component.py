"""A component of pay and a requirement that nobody has told csctl of: declared in a model, known everywhere."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from csctl.core.explaining.describe import as_tree
from csctl.core.explaining.explain import line_ids
from csctl.messages.grammar import listed_text
from csctl.policy.career import Career, CareerStep, Requirement
from csctl.policy.diff import policy_changes
from csctl.policy.keys import Names, Ref, Text
from csctl.policy.load import Loaded, SourceText, load_policy
from csctl.policy.model import Policy
from csctl.policy.parts import Identifier, Number, Part
from csctl.policy.pay.plan import Pay
from csctl.policy.refs import figures_named
from csctl.policy.schema import meaning_at, model_at
from csctl.policy.walk import entry_named
from csctl.problems import Problem
from tests.policy.references import slots, undeclared
from tests.policy.small import changed


class Night(Part):
    """So much a night."""

    id: Annotated[Identifier, Names("pay line")] = Field(description="name in explanations")
    label: Text = Field(description="what people call it")
    quantity: Annotated[str, Ref("measure", units=("count",))] = Field(description="nights worked")
    amount: Number = Field(gt=0, description="yuan a night")


class NightPay(Pay):
    """Pay with nights."""

    night: list[Night] = Field(default_factory=list, description="night allowances")


class Taught(Requirement):
    """A requirement that may ask for hours taught."""

    hours_of: Annotated[str, Ref("measure", units=("hours",))] | None = Field(None, description="hours taught")


class TaughtStep(CareerStep):
    """A step with such requirements."""

    all_of: list[Taught] = Field(default_factory=list, description="all must be met")  # type: ignore[assignment]


class TaughtCareer(Career):
    """A ladder with such steps."""

    step: list[TaughtStep] = Field(default_factory=list, description="steps")  # type: ignore[assignment]


class NightPolicy(Policy):
    """A policy that may say all that."""

    pay: NightPay | None = Field(None, description="what makes a salary")
    career: TaughtCareer | None = Field(None, description="promotion")


LIBRARY = """
id = "library"
label = "数据"
version = "1"
state = "reviewed"
[measure.nights]
label = "夜班数"
unit = "count"
table = "attendance"
sum = "late_count"
[measure.taught]
label = "授课时数"
unit = "hours"
table = "attendance"
sum = "due_days"
[measure.idle]
label = "谁也不用"
unit = "count"
table = "interactions"
rows = true
"""
OWN = (
    changed(('state = "reviewed"', 'state = "reviewed"\nextends = ["library"]'))
    + """
[[assumption]]
id = "A-2"
kind = "example"
text = "夜班每晚 30 元。"
keys = ["pay.night.shift.amount"]

[[pay.night]]
id = "shift"
label = "夜班津贴"
quantity = "nights"
amount = 30

[[career.step]]
id = "up"
kind = "promotion"
from_level = "junior"
to_level = "senior"
all_of = [ { id = "teaches", label = "授课", judge = true, hours_of = "taught" } ]
"""
)


def load_new(texts: Mapping[str, str], name: str = "own") -> tuple[Loaded | None, list[Problem]]:
    """Load a policy whose models have the new component and the new requirement."""

    def fetch(wanted: str) -> SourceText | None:
        return SourceText(f"{wanted}.toml", texts[wanted]) if wanted in texts else None

    return load_policy(name, fetch, model=NightPolicy)


def loaded_new(texts: Mapping[str, str], name: str = "own") -> Loaded:
    """The same, without errors."""
    loaded, problems = load_new({"library": LIBRARY, **texts}, name)
    assert problems == []
    assert loaded is not None
    return loaded


def night_of(policy: Policy) -> list[Night]:
    """Its night allowances."""
    assert isinstance(policy.pay, NightPay)
    return policy.pay.night


def test_it_loads_without_a_finding() -> None:
    """Its measures count as used, and an assumption may speak of its amount."""
    loaded = loaded_new({"own": OWN})
    assert loaded.findings == ()
    assert [(one.id, one.amount) for one in night_of(loaded.policy)] == [("shift", Decimal(30))]


AMOUNT = "pay.night.shift.amount"
KEYS = f'keys = ["{AMOUNT}"]'
WRONG = {
    "quantity misspelt": ('quantity = "nights"', 'quantity = "nigths"', "policy-unknown-measure", "nights"),
    "hours misspelt": ('hours_of = "taught"', 'hours_of = "tought"', "policy-unknown-measure", "taught"),
    "quantity in hours": ('quantity = "nights"', 'quantity = "taught"', "policy-wrong-unit", ""),
    "hours that are a count": ('hours_of = "taught"', 'hours_of = "nights"', "policy-wrong-unit", ""),
    "a fine's id": ('id = "shift"', 'id = "late"', "policy-double-name", ""),
    "key of an assumption": (
        KEYS,
        KEYS.replace("night", "nihgt"),
        "policy-assumption-key-unknown",
        "pay.night.shift.amount",
    ),
}


@pytest.mark.parametrize(("old", "new", "code", "near"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_name_in_it_is_refused_at_its_line(old: str, new: str, code: str, near: str) -> None:
    """Misspelt, of the wrong unit, or borne by something else."""
    text = OWN if old == KEYS else OWN.replace(KEYS, "")
    text = changed((old, new), text=text)
    loaded, problems = load_new({"library": LIBRARY, "own": text})
    assert loaded is None
    told = [(problem.code, problem.place.file, problem.place.row) for problem in problems]
    assert told == [(code, "own.toml", row_of_last(text, new))]
    assert not near or near in listed_text(problems[0].parameters["near"], "en").split(", ")


def row_of_last(text: str, marker: str) -> int:
    """The last line that holds the marker."""
    return max(number for number, line in enumerate(text.split("\n"), start=1) if marker in line)


def test_a_misspelt_key_of_it_is_told_with_the_nearest_key() -> None:
    """As of any key."""
    text = changed(('quantity = "nights"', 'quantty = "nights"'), text=OWN)
    _, problems = load_new({"library": LIBRARY, "own": text})
    assert ("policy-unknown-key-near", "quantity") in [(one.code, one.parameters.get("near")) for one in problems]


def test_the_measures_it_names_are_needed_and_no_others_of_a_library() -> None:
    """What is inherited and named by nothing is left out."""
    assert {"nights", "taught"} <= set(loaded_new({"own": OWN}).policy.measure)
    assert "idle" not in loaded_new({"own": OWN}).policy.measure


def test_a_child_changes_one_key_of_it() -> None:
    """Entries merge by their id."""
    child = 'id = "child"\nlabel = "子"\nversion = "1"\nstate = "reviewed"\nextends = ["own"]\n'
    child += '[[pay.night]]\nid = "shift"\namount = 40\n'
    policy = loaded_new({"own": OWN, "child": child}, "child").policy
    assert [(one.label, one.amount) for one in night_of(policy)] == [("夜班津贴", Decimal(40))]


def test_a_changed_amount_of_it_is_one_difference() -> None:
    """Told by its id."""
    old = loaded_new({"own": OWN}).policy
    new = loaded_new({"own": changed(("amount = 30", "amount = 35"), text=OWN)}).policy
    assert [(one.path, one.old, one.new, one.label) for one in policy_changes(old, new)] == [
        (("pay", "night", "shift", "amount"), Decimal(30), Decimal(35), "夜班津贴")
    ]


def test_an_explanation_finds_the_measures_behind_its_line() -> None:
    """And the policy in words shows it."""
    policy = loaded_new({"own": OWN}).policy
    entry = entry_named(policy, "pay line", "shift")
    assert entry is night_of(policy)[0]
    assert figures_named(night_of(policy)[0]) == ["nights"]
    assert "shift" in line_ids(as_tree(policy))


def test_its_keys_and_their_meaning_are_known() -> None:
    """Where messages look them up, and where the proofs of references do."""
    assert model_at(("pay", "night", 0), NightPolicy) is Night
    assert meaning_at(("pay", "night", 0, "quantity"), NightPolicy) == "nights worked"
    new = {str(slot) for slot in slots(NightPolicy) - slots()}
    assert new == {"Night.quantity → measure", "Taught.hours_of → measure"}
    assert undeclared(NightPolicy) == []


def test_the_reference_page_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its place, and what its keys name."""
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[2] / "tools"))
    page = importlib.import_module("docs.models").policy_page(NightPolicy)
    section = page.partition("## Night\n")[2].partition("\n## ")[0]
    assert "`[[pay.night]]`" in section
    assert "| `id` | name (pay line) " in section
    assert "| `quantity` | → measure (count) | **required** | nights worked |" in section
