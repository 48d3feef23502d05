"""Which forms there are, and what each of them asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import narwhals as nw
import pytest

from csctl.core.forms.log import Noted, notes_of
from csctl.core.forms.model import ROLES, Allowed, FormPage, Line, form_id, slots_of
from csctl.core.forms.plan import forms_for, page_for, roles_of
from csctl.policy.load import load_policy
from csctl.store.engines import Engine
from csctl.store.shipped import policy_names
from csctl.workspace import policy_source
from tests.core.forms.desk import desk, desk_policy, people
from tests.proofs import mostly_slow
from tests.workbench import OCTOBER, agent, canonical_rows, frame, policy


def lines(page: FormPage) -> dict[str, Line]:
    """The rows of a page by item."""
    return {line.item: line for block in page.blocks for line in block.lines}


def asked(page: FormPage) -> list[str]:
    """The items of a page that somebody is asked about."""
    return [line.item for block in page.blocks for line in block.lines if line.allowed]


def test_everybody_who_has_a_say_gets_one_form() -> None:
    """One self form for each agent who is judged, one for the superior with a page for each of them."""
    given = desk()
    forms = forms_for(given, roles_of(given))
    assert [(form.role, form.rater_id, form.rater, [page.agent.agent_id for page in form.pages]) for form in forms] == [
        ("self", "0002", "王芳", ["0002"]),
        ("self", "0003", "李建国", ["0003"]),
        ("superior", "0001", "方静", ["0002", "0003"]),
    ]


def test_a_superior_is_asked_everything_that_people_judge() -> None:
    """Ratings, figures to overrule, marks, what a measure looks for, the ladder, the interview; in that order."""
    page = page_for(desk(), people()[1], "superior", "方静")
    assert asked(page) == [
        "满意度", "沟通技巧", "小组协助", "O1 守规", "O2 礼貌", "问 整洁", "总结", "总结深度", "insight", "helps",
        "interviewer", "interview-date", "strengths", "gaps", "plan", "comment",
    ]  # fmt: skip


def test_the_agent_sees_figures_but_does_not_judge_them() -> None:
    """A measured value stands on the self form with its unit and nothing to fill in; the ladder is not asked there."""
    own = lines(page_for(desk(), people()[1], "self"))
    assert (own["满意度"].allowed, own["满意度"].evidence) == (None, "92.5分")
    assert "insight" not in own
    assert "strengths" not in own
    assert "总结深度" not in own


@pytest.mark.parametrize(
    ("item", "allowed"),
    [
        ("沟通技巧", Allowed("choice", ("优秀", "良好", "不合格"), asks="scale")),
        ("满意度", Allowed("choice", ("优秀", "不合格"), asks="scale")),
        ("小组协助", Allowed("number", most=Decimal(30), asks="scale")),
        ("O1 守规", Allowed("choice", ("+", "-", "0"), asks="pair")),
        ("O2 礼貌", Allowed("choice", ("-", "0"), asks="pair")),
        ("问 整洁", Allowed("choice", ("是", "否"), asks="question")),
        ("总结深度", Allowed("choice", ("深入", "认真"), open=True)),
        ("insight", Allowed("choice", ("是", "否"), asks="yes or no")),
        ("interview-date", Allowed("date")),
        ("gaps", Allowed("text")),
    ],
)
def test_each_item_takes_what_the_policy_can_read(item: str, allowed: Allowed) -> None:
    """Levels, points, marks, yes and no, days, free text."""
    assert lines(page_for(desk(), people()[1], "superior"))[item].allowed == allowed


def test_an_item_for_a_post_is_asked_of_that_post_only() -> None:
    """R1 is for group leaders."""
    assert "R1 下属" not in lines(page_for(desk(), people()[1], "superior"))
    assert "R1 下属" in lines(page_for(desk(), people()[2], "superior"))


def test_a_panel_takes_the_ladder_over() -> None:
    """Where a panel is named the superior is not asked the same; nobody rates a score on a panel without a share."""
    given = desk(panel=["钱主任", "周经理", "钱主任"])
    forms = {form.rater: form for form in forms_for(given, roles_of(given)) if form.role != "self"}
    assert list(forms) == ["方静", "钱主任", "周经理"]
    assert "insight" not in asked(forms["方静"].pages[0])
    assert [asked(page) for page in forms["钱主任"].pages] == [["insight", "helps"]]


def test_more_superiors_rate_everybody() -> None:
    """A second superior who stands on nobody's line of the roster."""
    forms = {form.rater: form for form in forms_for(desk(superiors=["许静"]), ("superior",))}
    assert [page.agent.agent_id for page in forms["许静"].pages] == ["0002", "0003"]


def test_without_a_supervisor_the_team_lead_is_asked() -> None:
    """Nobody is left out because the roster has a gap."""
    forms = forms_for(desk(agents=[agent("0002", name="王芳", level="初级")]), ("superior",))
    assert [(form.rater, form.rater_id) for form in forms] == [("团队负责人", "")]


def test_an_appeal_names_what_can_be_appealed() -> None:
    """Indicators and adjustments, each once; the days stand above."""
    page = page_for(desk(), people()[1], "appeal")
    rows = lines(page)
    assert rows["1"].allowed == Allowed("choice", ("满意度", "沟通", "协助", "服从", "总结", "顶班"))
    assert [slot.part for slot in slots_of(page) if slot.item == "1"] == ["item", "claim", "reason", "evidence"]


def test_a_form_has_one_number_whoever_saves_it() -> None:
    """The number depends on month, rater and rules, and on nothing else."""
    first, second = (forms_for(desk(), ("superior",))[0] for _ in range(2))
    assert form_id(first, OCTOBER, "a") == form_id(second, OCTOBER, "a")
    assert form_id(first, OCTOBER, "a") != form_id(first, OCTOBER.shift(1), "a")
    assert form_id(first, OCTOBER, "a") != form_id(first, OCTOBER, "b")


@pytest.mark.parametrize("name", mostly_slow(policy_names(), quick=6))
def test_no_page_of_a_shipped_policy_asks_the_same_twice(name: str) -> None:
    """Items and cell names of a page are different, and no two rows can be confused by their labels."""
    loaded, _ = load_policy(name, lambda one: policy_source(one, None), policy_names())
    assert loaded is not None
    levels = [level.id for level in loaded.policy.level] or [""]
    staff = [agent(f"{number:04}", level=level, post="组长") for number, level in enumerate(levels)]
    given = desk(policy=loaded.policy, agents=staff)
    pages = [page_for(given, one, role) for role in ROLES for one in staff]
    for page in pages:
        slots = slots_of(page)
        assert len({slot.name for slot in slots}) == len(slots)
        labels = [line.label for block in page.blocks for line in block.lines]
        assert len(set(labels)) == len(labels), name
    assert len({slot.name for page in pages for slot in slots_of(page)}) == sum(len(slots_of(page)) for page in pages)


def test_a_policy_without_people_asks_nothing() -> None:
    """No score, no ladder: no form."""
    empty = desk_policy().model_copy(update={"score": None, "dimension": [], "career": None})
    assert forms_for(desk(policy=empty), ("self", "superior", "panel")) == []


def test_a_superior_sees_what_was_noted_in_the_month_and_nobody_else_does() -> None:
    """A line an event, with nothing to fill in; who has none is told so; without a file of events there is no block."""
    noted = {"0002": [Noted("10-05", "顶班", "2", False, "排班表"), Noted("10-09", "迟到", "", True, "")]}
    given = desk(notes=noted, panel=["钱主任"])
    pages = {
        (form.role, page.agent.agent_id): [block for block in page.blocks if block.kind == "log"]
        for form in forms_for(given, ("self", "superior", "panel"))
        for page in form.pages
    }
    assert {role for (role, _), blocks in pages.items() if blocks} == {"superior"}
    (own,), (other,) = pages["superior", "0002"], pages["superior", "0003"]
    assert [(line.label, line.standard, line.evidence, line.allowed) for line in own.lines] == [
        ("10-05", "顶班 × 2", "排班表", None), ("10-09", "迟到（有正当理由）", "", None),
    ]  # fmt: skip
    assert [line.standard for line in other.lines] == ["本月没有登记的事件"]
    kinds = {block.kind for form in forms_for(desk(), ("superior",)) for page in form.pages for block in page.blocks}
    assert "log" not in kinds


def test_the_log_asks_nothing_more() -> None:
    """The same cells are to be filled in with it as without."""
    with_log, without = (
        [slot.name for form in forms_for(given, ("superior",)) for page in form.pages for slot in slots_of(page)]
        for given in (desk(notes={"0002": [Noted("10-05", "顶班", "", False, "")]}), desk())
    )
    assert with_log == without


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_events_are_noted_by_their_label_in_the_order_of_days(tmp_path: Path, engine: Engine) -> None:
    """By id or label of the policy, of the month alone; what the policy does not know stands as it was written."""
    rules = policy('[event.cover]\nlabel = "顶班"\n')
    rows: list[Mapping[str, Any]] = [
        {"event": "顶班", "date": date(2026, 10, 9), "count": 2, "evidence": "排班表"},
        {"event": "cover", "date": date(2026, 10, 5), "excused": True},
        {"event": "锦旗", "date": date(2026, 10, 7), "count": 1},
        {"event": "cover", "date": date(2026, 9, 5), "month": "2026-09"},
    ]
    stored = frame(tmp_path, "events", canonical_rows("events", rows), engine)
    named = stored.with_columns(nw.lit("0002").alias("agent"))
    assert notes_of(rules, named, OCTOBER) == {
        "0002": [
            Noted("10-05", "顶班", "", True, ""), Noted("10-07", "锦旗", "", False, ""),
            Noted("10-09", "顶班", "2", False, "排班表"),
        ]
    }  # fmt: skip
