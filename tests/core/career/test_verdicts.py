"""Whole steps: who is a candidate, with what checklist, and what the assessment says beside it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date

import pytest

from csctl.core.career.assess import CHECKLIST, assess
from csctl.core.career.given import CareerMonth
from csctl.core.records.lines import Finding, Verdict, as_frame, as_records
from csctl.messages import catalogue, one_line, say
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Severity
from tests.core.career.world import HERE, Table, World, policy_with, world
from tests.workbench import agent, policy, rating

CASES = [
    pytest.param(case, id=case["title"]) for case in tomllib.loads((HERE / "verdicts.toml").read_text("utf-8"))["case"]
]
JUNE = Month(2026, 6)


def small(policy_name: str, level: str, **changes: object) -> World:
    """Ann alone, scored in June."""
    made = World(policy_with(policy_name), JUNE, {"ann": [80]}, level)
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", CASES)
def test_a_step_names_exactly_its_candidates(case: Table) -> None:
    """Everybody of the month has a verdict on the step, as worked out by hand."""
    assert world({"requirement": "", **case}).verdicts(case["step"]) == case["verdicts"]


def test_a_dismissal_comes_with_what_must_be_proven_first() -> None:
    """The policy's own states, then the checklist of the law; the verdict is never more than a candidate."""
    (verdict,) = [one for one in small("tm", "rep").assess().verdicts if one.step == "out"]
    assert verdict.checklist == ("谈话", "整改", *(catalogue()[code]["zh"] for code in CHECKLIST))
    assert len(CHECKLIST) == 6


def test_a_promotion_lists_the_states_of_its_case() -> None:
    """As the policy orders them, nothing added."""
    (verdict,) = [one for one in small("pr", "高级").assess().verdicts if one.step == "to_reserve"]
    assert verdict.checklist == ("推举", "本人申请", "审核", "答辩", "决定")


def test_a_step_that_does_not_apply_has_a_verdict_and_nothing_else() -> None:
    """No findings, no checklist."""
    assessed = small("pr", "高级").assess()
    verdicts = {one.step: one for one in assessed.verdicts}
    assert verdicts["to_junior"].state == "not_applicable"
    assert verdicts["to_junior"].checklist == ()
    assert {one.step for one in assessed.findings} == {"from_senior", "to_reserve"}


def test_who_has_left_by_the_end_of_the_month_is_on_no_step() -> None:
    """Somebody who leaves later still is."""
    states = {}
    for name, day in {"left": date(2026, 6, 30), "leaving": date(2026, 7, 1)}.items():
        given = small("pr", "初级").given()
        (month,) = given.months
        people = [replace(month.agents[0], left_on=day)]
        assessed = assess(replace(given, months=[replace(month, agents=people)]))
        states[name] = {one.state for one in assessed.verdicts if one.step == "to_middle"}
    assert states == {"left": {"not_applicable"}, "leaving": {"not_yet"}}


@pytest.mark.parametrize(("kind", "applies"), [("promotion", ["a", "b"]), ("demotion", ["d"]), ("dismissal", "abcd")])
def test_from_any_level_a_step_takes_those_it_can_move(kind: str, applies: list[str]) -> None:
    """Up: all below; down: all above; out: everybody."""
    target = 'to_level = "c"\n' if kind != "dismissal" else ""
    text = "".join(f'[[level]]\nid = "{name}"\n' for name in "abcd")
    text += f'[[career.step]]\nid = "s"\nkind = "{kind}"\nfrom_level = "*"\n{target}'
    text += 'any_of = [{ id = "r", label = "R", judge = true }]\n'
    months = [CareerMonth(JUNE, [agent(name, level=name) for name in "abcd"], [], {})]
    assessed = assess(replace(small("pr", "").given(), policy=policy(text), months=months))
    states = {one.agent_id: one.state for one in assessed.verdicts}
    assert states == {name: "needs_judgement" if name in applies else "not_applicable" for name in "abcd"}


def test_alternatives_beside_requirements_need_one_of_them_and_all_of_the_others() -> None:
    """The weakest decides, and of the alternatives the strongest."""
    text = '[[level]]\nid = "a"\n[[career.step]]\nid = "s"\nkind = "dismissal"\nfrom_level = "a"\n'
    text += 'all_of = [{ id = "must", label = "M", judge = true }]\n'
    text += 'any_of = [{ id = "one", label = "1", judge = true }, { id = "two", label = "2", judge = true }]\n'
    rules = policy(text)

    def verdict(**answers: str) -> str:
        said = [rating("ann", item, value) for item, value in answers.items()]
        (one,) = assess(replace(small("pr", "a").given(), policy=rules, ratings=said)).verdicts
        return one.state

    assert verdict(must="是", one="否", two="是") == "candidate"
    assert verdict(must="是", one="否") == "needs_judgement"
    assert verdict(must="是", one="否", two="否") == "not_yet"
    assert verdict(one="是", two="是") == "needs_judgement"
    assert verdict(must="否", one="是", two="是") == "not_yet"


def test_raters_who_differ_leave_it_to_a_person() -> None:
    """One yes and one no; what the agent says of oneself does not count."""
    said = [rating("ann", "culture", "是", rater="甲"), rating("ann", "culture", "否", rater="乙", role="panel")]
    finding = small("pr", "试用", ratings=said).findings("culture")["ann"]
    assert (finding.state, finding.found, finding.evidence) == ("judge", "是、否", ("甲：是", "乙：否"))
    own = small("pr", "试用", ratings=[rating("ann", "culture", "是", role="self")])
    assert own.findings("culture")["ann"].state == "judge"


def test_an_answer_that_is_neither_yes_nor_no_is_a_problem_with_its_place() -> None:
    """The row can be found and mended."""
    problems = small("pr", "试用", ratings=[rating("ann", "culture", "大概")]).assess().problems
    (problem,) = [one for one in problems if one.severity is Severity.WARNING]
    assert one_line(problem, "zh").startswith("ratings.csv · 第 2 行 · “value”列: “culture”的回答“大概”")


@pytest.mark.parametrize(("people", "noted"), [(5, True), (6, False)])
def test_a_small_pool_is_noted(people: int, noted: bool) -> None:
    """With fewer than six ranked people the first three say little."""
    scores = {name: [80 + place] for place, name in enumerate("abcdefgh"[:people])}
    problems = small("pr", "初级", scores=scores).assess().problems
    assert [(one.code, one.found) for one in problems] == [("career-small-pool", str(people))] * noted


def test_no_rank_no_note_about_the_pool() -> None:
    """A ladder that looks at no ranks does not mind how many people there are."""
    assert small("sa", "初级").assess().problems == []


def test_a_month_that_is_not_closed_is_the_one_thing_said() -> None:
    """Neither findings nor verdicts."""
    given = small("pr", "初级").given()
    assessed = assess(replace(given, month=JUNE.shift(1)))
    assert (assessed.findings, assessed.verdicts) == ([], [])
    assert [(one.code, one.severity) for one in assessed.problems] == [("career-month-not-closed", Severity.ERROR)]


def test_a_policy_without_a_ladder_says_nothing() -> None:
    """No steps, no findings, no problems."""
    given = replace(small("pr", "初级").given(), policy=policy(""))
    assert assess(given) == assess(replace(given, months=[]))
    assert assess(given).problems == []


def test_later_months_do_not_count() -> None:
    """An assessment of May is the same whether June, with its promotion, is closed or not."""
    table = {"f": [95, 95, 95], "ann": [50, 50, 99], "bob": [99, 50, 50]}
    whole = small("pr", "初级", scores=table, levels={"ann": ["初级", "中级", "高级"], "bob": ["中级", "中级", "高级"]})
    then = replace(whole.given(), month=Month(2026, 5))
    assert assess(then) == whole.later("2026-05").assess()


def test_without_any_month_after_the_promotion_a_sum_says_nothing() -> None:
    """No month is not the same as a sum of nothing."""
    text = '[[level]]\nid = "a"\n[[level]]\nid = "b"\n[event.late]\nlabel = "迟到"\n'
    text += '[[career.step]]\nid = "s"\nkind = "demotion"\nfrom_level = "b"\nto_level = "a"\nafter_promotion = true\n'
    text += 'any_of = [{ id = "r", label = "R", measure = "event.late", total = { at_most = 0 } }]\n'
    made = World(policy("[score]\npass_mark = 60\n" + text), JUNE, {"ann": [80, 80]}, "a")
    promoted = replace(made, levels={"ann": ["a", "b"]})
    longer = replace(made, scores={"ann": [80, 80, 80]}, levels={"ann": ["a", "b", "b"]})
    assert promoted.findings("r")["ann"].state == "no_data"
    assert longer.findings("r")["ann"].state == "met"


def test_a_month_given_twice_is_refused() -> None:
    """Two versions of one month cannot both be closed."""
    given = small("pr", "初级").given()
    with pytest.raises(ValueError, match="2026-06 comes twice"):
        assess(replace(given, months=[*given.months, *given.months]))


def test_findings_and_verdicts_are_tables_like_the_others() -> None:
    """Records to frame and back."""
    assessed = small("pr", "初级").assess()
    assert as_records(as_frame(assessed.findings, Finding), Finding) == assessed.findings
    assert as_records(as_frame(assessed.verdicts, Verdict), Verdict) == assessed.verdicts


def test_findings_come_by_agent_step_and_requirement() -> None:
    """Ordered for reading, in the policy's order, whatever the order of the input."""
    assessed = small("pr", "初级", scores={"bob": [80], "ann": [80]}).assess()
    names = ["three_fails", "talk", "other_posts", "proposals", "helps", "plans"]
    names += ["middle_rank", "middle_quarter", "middle_tenure"]
    assert [(one.agent_id, one.requirement) for one in assessed.findings] == [
        (who, name) for who in ("ann", "bob") for name in names
    ]


def test_the_words_follow_the_policy_s_language() -> None:
    """English words for an English policy."""
    document = policy_with("sa").model_dump(by_alias=True, exclude_none=True) | {"language": "en"}
    english = Policy.model_validate(document)
    finding = small("sa", "初级", policy=english).findings("middle_time")["ann"]
    assert finding.needed == "months since reaching 初级 ≥ 3"
    assert finding.found == "months: 78"
    assert say("career-found", "en", times=2) == "2"
