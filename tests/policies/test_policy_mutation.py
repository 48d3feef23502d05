"""Every number and structural word of a shipped policy is held by a worked example, or said to mean the same."""

from __future__ import annotations

from collections import Counter

import pytest

from csctl.store import shipped
from tests.policies.examples import SAMPLE, policy_text
from tools.policy_mutation.__main__ import counted, said_of
from tools.policy_mutation.changes import Change, changes
from tools.policy_mutation.proofs import REFUSED, examples_of
from tools.policy_mutation.rules import unproved
from tools.policy_mutation.run import all_changes, policies, sampled, try_changes
from tools.policy_mutation.same import explained, same_meaning

TEXT = """# at least 90, all of it
id = "toy"
version = "3"
[[grade]]
label = "90 and more"
at_least = 90
[measure.share]
unit = "%"
sum = "amount"
rate = 0.25
[[career.step]]
id = "up"
all_of = [{ id = "fails", months = 3, consecutive = true }, { id = "b", quarters = 2 }]
order = ["first", "then"]
[[working_time.shift]]
id = "day"
start = "08:00"
[pay.base]
by = "level"
"""


def test_numbers_words_and_flags_are_changed_one_at_a_time_and_prose_never() -> None:
    """Both directions, the smallest step; with the key's path and its line."""
    made = {(one.path, one.line, one.before, one.after) for one in changes("toy", TEXT)}
    assert made == {
        ("grade[90 and more].at_least", 6, "90", "91"),
        ("grade[90 and more].at_least", 6, "90", "89"),
        ("grade[90 and more].at_least", 6, "at_least", "above"),
        ("measure.share.unit", 8, "%", "count"),
        ("measure.share.sum", 9, "sum", "mean"),
        ("measure.share.rate", 10, "0.25", "0.26"),
        ("measure.share.rate", 10, "0.25", "0.24"),
        ("career.step[up].all_of", 13, "all_of", "any_of"),
        ("career.step[up].all_of[fails].months", 13, "3", "4"),
        ("career.step[up].all_of[fails].months", 13, "3", "2"),
        ("career.step[up].all_of[fails].consecutive", 13, "true", "false"),
        ("career.step[up].all_of[b].quarters", 13, "2", "3"),
        ("career.step[up].all_of[b].quarters", 13, "2", "1"),
        ("career.step[up].all_of[b].quarters", 13, "quarters", "consecutive = true, quarters"),
        ("career.step[up].order", 14, '["first", "then"]', '["then", "first"]'),
        ("working_time.shift[day].start", 17, "08:00", "08:01"),
        ("working_time.shift[day].start", 17, "08:00", "07:59"),
        ("pay.base.by", 19, "level", "roster"),
    }


def test_each_change_is_of_one_place_only() -> None:
    """The changed text differs from the policy's own in nothing but what is said."""
    assert all(
        one.text != TEXT and len(one.text.splitlines()) == len(TEXT.splitlines()) for one in changes("toy", TEXT)
    )


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    """So many of all, in their order."""
    everything = list(changes("toy", TEXT))
    assert sampled(everything, 4, 7) == sampled(everything, 4, 7) != sampled(everything, 4, 8)
    assert sampled(everything, None, 7) == everything


def _change(before: str, after: str) -> Change:
    text = policy_text("express-service")
    assert text is not None
    assert text.count(before) == 1
    return Change("express-service", "somewhere", 1, before, after, text.replace(before, after), ())


def test_a_change_is_noticed_refused_or_survives() -> None:
    """An example fails; the loader refuses; or nobody sees that a dimension is called otherwise."""
    examples = examples_of("express-service", own=True)
    assert examples.notice(_change("at_most = 30 }, {", "at_most = 29 }, {"))[0][0].startswith("express-service/")
    assert examples.notice(_change("weight = 20\n", "weight = 21\n")) == [(REFUSED, ())]
    assert examples.notice(_change('label = "响应速度"', 'label = "快慢"')) == []


def test_everything_said_to_mean_the_same_is_a_change_that_there_is() -> None:
    """The list has a reason for each entry, and none that covers nothing."""
    everything = all_changes(policies())
    idle = [one for one in same_meaning() if not any(one.covers(change) for change in everything)]
    assert idle == []
    assert all(one.reason for one in same_meaning())
    assert explained(_change("weight = 20\n", "weight = 21\n"), same_meaning()) is None


@pytest.mark.slow
def test_every_change_of_every_policy_is_noticed() -> None:
    """Or it provably means the same. Prints how many there are of each."""
    counts: dict[str, Counter[str]] = {}
    survivors = []
    for one in try_changes(all_changes(policies()), same_meaning()):
        counts.setdefault(one.change.policy, Counter())[one.kind] += 1
        if one.kind == "survived":
            survivors.append(said_of(one))
    print("\n".join(counted(counts)))
    assert survivors == []


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted({*policies()} - {*shipped.LIBRARIES, SAMPLE}))
def test_every_rule_called_computed_is_proved(name: str) -> None:
    """An example that cites the rule fails once what carries the rule is taken away or changed."""
    assert unproved(name) == []
