"""What a policy writes down and does not pay, and what it would pay for nothing."""

from __future__ import annotations

from importlib import resources

import pytest

from csctl.policy.known import CALENDARS
from csctl.problems import Problem, Severity
from tests.policy.small import SMALL, changed, load_good, load_texts

COEFFICIENTS = ("at_least = 80\n", "at_least = 80\ncoefficient = 1.5\n")
PAY = SMALL[SMALL.index("[pay.base]") : SMALL.index("[measure.csat]")]
PAY_ASSUMPTION = SMALL[SMALL.index("[[assumption]]") :]


def findings(text: str) -> list[Problem]:
    return list(load_good({"own": text}).findings)


def codes(text: str) -> list[str]:
    return [finding.code for finding in findings(text)]


def test_a_coefficient_that_no_component_of_pay_uses_is_a_warning() -> None:
    """At the line of the first one, once for all grades."""
    text = changed((SMALL[SMALL.index('at_least = 80\n\n[[grade]]') : SMALL.index("[[level]]")],
                    'at_least = 80\ncoefficient = 1.5\n\n[[grade]]\nlabel = "B"\ncoefficient = 0\n\n'))  # fmt: skip
    [found] = findings(text)
    assert (found.code, found.severity, found.found) == ("policy-coefficient-unpaid", Severity.WARNING, "A")
    assert found.place.row == 1 + text.split("\n").index("coefficient = 1.5")


def test_a_coefficient_that_is_0_pays_nothing_either() -> None:
    """Somebody means it to keep the bonus back, and it does not."""
    assert codes(SMALL.replace('label = "B"\n', 'label = "B"\ncoefficient = 0\n')) == ["policy-coefficient-unpaid"]


def test_a_coefficient_that_is_paid_elsewhere_is_nothing_to_speak_of() -> None:
    """The policy says so."""
    text = SMALL.replace(*COEFFICIENTS, 1).replace("[score]\n", '[score]\ncoefficient_paid = "outside"\n')
    assert codes(text) == []


def test_without_pay_a_coefficient_is_shown_and_that_is_a_note() -> None:
    """It cannot be mistaken for something that pays here."""
    text = SMALL.replace(*COEFFICIENTS, 1).replace(PAY, "").replace(PAY_ASSUMPTION, "")
    found = {one.code: one.severity for one in findings(text)}
    assert found["policy-coefficient-shown"] is Severity.NOTE
    assert "policy-coefficient-unpaid" not in found


def test_an_amount_with_a_part_of_a_cent_cannot_be_paid_as_written() -> None:
    """Whole cents are quiet, however they are written; a rate may have as many places as it likes."""
    assert codes(changed(("junior = 2000", "junior = 2000.10"))) == []
    [found] = findings(changed(("junior = 2000", "junior = 2000.001")))
    assert (found.code, found.severity, found.found) == ("policy-part-of-a-cent", Severity.WARNING, "2000.001")


OVERTIME = "[[pay.overtime]]\nid = 'x'\nlabel = 'x'\nquantity = 'worked'\nday = 'rest_day'\nin_lieu = 'off'\n"


@pytest.mark.parametrize(("worked", "off", "said"), [("hours", "h", []), ("days", "h", ["policy-in-lieu-unit"])])
def test_time_off_is_counted_as_the_overtime_is(worked: str, off: str, said: list[str]) -> None:
    """Hours are hours, however a measure writes them; days are something else."""
    keys = "label = 'x'\ntable = 'kpis'\nwhere = {{ metric = 'x' }}\nsum = 'value'\nunit = '{}'\n"
    figures = [f"[measure.{name}]\n{keys.format(unit)}" for name, unit in (("worked", worked), ("off", off))]
    loaded, problems = load_texts({"own": SMALL + OVERTIME + "".join(figures)})
    assert (loaded is None) == bool(said)
    assert [one.code for one in problems if one.code.startswith("policy-in-lieu")] == said


@pytest.mark.parametrize(("where", "said"), [
    ("on_workday = true", ["policy-overtime-other-day"]),
    ("on_public_holiday = true", ["policy-overtime-other-day"]),
    ("on_rest_day = true", []),
    ("on_workday = false", []),
    ("metric = 'x'", []),
])  # fmt: skip
def test_overtime_of_one_kind_of_day_is_measured_on_days_of_that_kind(where: str, said: list[str]) -> None:
    """Where the measure says on which days it counts."""
    measure = "[measure.{}]\nlabel = 'x'\ntable = 'kpis'\nwhere = {{ {} }}\nsum = 'value'\nunit = 'hours'\n"
    found = findings(SMALL + OVERTIME + measure.format("worked", where) + measure.format("off", "metric = 'y'"))
    assert [one.code for one in found if one.code.startswith("policy-overtime")] == said
    assert all(one.severity is Severity.WARNING and one.found == "rest_day" for one in found if one.code in said)


AWARD = "[[pay.award]]\nid = 'x'\nlabel = 'x'\namount = 1\nfirst = 'score'\n"


@pytest.mark.parametrize("limit", ["[pay.cap]\namount = {}\n", AWARD + "cap = {}\n", AWARD + "budget = {}\n"])
def test_a_limit_with_a_part_of_a_cent_can_be_kept_by_nobody(limit: str) -> None:
    """Of all variable pay, of a person, of all together."""
    assert codes(SMALL + limit.format("99.50")) == []
    assert [one.found for one in findings(SMALL + limit.format("99.505"))] == ["99.505"]


def test_amounts_of_levels_beside_base_pay_of_the_roster_pay_nothing() -> None:
    """Said with how many there are."""
    [found] = findings(changed(('by = "level"', 'by = "roster"')))
    assert (found.code, found.severity, found.found) == ("policy-amounts-unused", Severity.WARNING, "2")


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        ("", ["policy-due-days-unknown"]),
        ('[working_time]\nrule = "a"\n', ["policy-due-days-unknown"]),
        ("[working_time]\nrest_days = 0\n", []),
    ],
)
def test_pay_by_due_days_needs_to_know_the_rest_days(rules: str, codes: list[str]) -> None:
    """No rest at all is known rest."""
    text = changed(("[pay.base]", '[pay]\ndays = "due"\n\n[pay.base]'))
    found = load_texts({"own": f"{text}\n{rules}"}, "own")[1]
    assert [one.code for one in found] == codes


def test_the_calendars_that_a_policy_may_name_are_those_that_are_shipped() -> None:
    """One list for the linter, one folder for the run."""
    names = {file.name.removesuffix(".toml") for file in resources.files("csctl").joinpath("calendars").iterdir()}
    assert {name for name in names if not name.startswith((".", "_"))} == set(CALENDARS)


def award(when: str, more: str = "") -> str:
    return SMALL + f'[[pay.award]]\nid = "clean"\nlabel = "零差错奖"\namount = 50\nwhen = {when}\n{more}'


LATE_SUM = '[measure.late_times]\nlabel = "迟到"\nunit = "count"\ntable = "attendance"\nsum = "late_count"\n'
RATIO = (
    '[measure.bad]\nlabel = "差评率"\nunit = "%"\ntable = "surveys"\nrows = true\nshare = { score = { below = 3 } }\n'
)


@pytest.mark.parametrize(
    ("when", "more"),
    [
        ('{ measure = "event.cover", equals = 0 }', ""),
        ('{ measure = "contacts", at_most = 2 }', ""),
        ('{ all = [{ measure = "event.cover", equals = 0 }, { measure = "sales", below = 1 }] }', ""),
    ],
)
def test_an_award_that_somebody_without_a_row_earns_is_a_warning(when: str, more: str) -> None:
    """Counts and sums of nothing are 0."""
    [found] = findings(award(when, more))
    assert (found.code, found.severity, found.found) == ("policy-award-without-data", Severity.WARNING, "零差错奖")


def test_the_warning_names_every_measure_of_the_condition() -> None:
    """By their labels, each once."""
    when = '{ all = [{ measure = "contacts", at_most = 2 }, { measure = "contacts", at_least = 0 }] }'
    assert findings(award(when))[0].parameters["measures"] == "接待量"


@pytest.mark.parametrize(
    ("when", "more"),
    [
        ('{ all = [{ measure = "event.cover", equals = 0 }, { measure = "contacts", above = 0 }] }', ""),
        ('{ all = [{ measure = "event.cover", equals = 0 }], score = { at_least = 0 } }', ""),
        ('{ all = [{ measure = "event.cover", equals = 0 }], first = "contacts" }', ""),
        ('{ measure = "csat", at_least = 0 }', ""),
        ('{ measure = "bad", equals = 0 }', RATIO),
        ('{ measure = "late_times", equals = 0 }', LATE_SUM),
    ],
)
def test_an_award_that_asks_for_something_that_was_done_is_none(when: str, more: str) -> None:
    """Work, a score, a ratio, being the first; and of attendance, no row means that nothing is known."""
    assert codes(award(when, more)) == []
