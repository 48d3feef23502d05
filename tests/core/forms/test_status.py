"""What was sent beside what came back: which form is whole, which is not, and what of it is open."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from csctl.core.forms.model import ROLES, FormPage
from csctl.core.forms.plan import page_for
from csctl.core.forms.status import FormQuestion, Handed, PageStatus, names_apart, status_of, unsent
from tests.core.forms.desk import desk

DESK = replace(desk(), interview=True)
PAGES: dict[tuple[str, str], FormPage] = {
    (role, agent.agent_id): page_for(DESK, agent, role) for role in ROLES for agent in DESK.agents
}


def form(role: str, rater: str, agents: list[str], answered: set[tuple[str, str]] | None = None) -> Handed:
    """A file with every question of these pages, some of them answered."""
    lines = [
        (agent, line) for agent in agents for block in PAGES[role, agent].blocks for line in block.lines if line.allowed
    ]
    questions = tuple(
        FormQuestion(agent, line.item, (agent, line.item) in (answered or set())) for agent, line in lines
    )
    return Handed(f"{role}_{rater}.xlsx", role, rater, questions)


def due(role: str, agent: str) -> dict[str, str]:
    """The items that must be answered about somebody, by the label that a status shows."""
    found = {}
    for block in PAGES[role, agent].blocks:
        for line in block.lines:
            if line.allowed and not line.optional:
                found[line.item] = block.title if block.kind == "facts" else line.label
    return found


SENT = form("superior", "方静", ["0002", "0003"])
EVERY = sorted((agent, item) for agent in ("0002", "0003") for item in due("superior", agent))


def test_nothing_back_is_missing_everything_back_is_whole() -> None:
    """Of the superior's form; a figure that data give already is not asked for."""
    [gone] = status_of([SENT], [], PAGES)
    [there] = status_of([SENT], [form("superior", "方静", ["0002", "0003"], set(EVERY))], PAGES)
    assert (gone.state, gone.back, gone.open) == ("missing", (), gone.asked)
    assert (there.state, there.back, there.open) == ("whole", ("superior_方静.xlsx",), 0)
    assert "满意度" not in gone.pages[1].open


@given(st.sets(st.sampled_from(EVERY)))
def test_what_is_open_is_exactly_what_no_file_answers(answered: set[tuple[str, str]]) -> None:
    """Whatever is answered, and in however many files: the labels of the rest, an interview as one."""
    first = {one for one in answered if one[0] == "0002"}
    back = [form("superior", "方静", ["0002"], first), form("superior", " 方静 ", ["0003"], answered - first)]
    [found] = status_of([SENT], back, PAGES)
    for page in found.pages:
        labels = due("superior", page.agent_id)
        told = {label for item, label in labels.items() if (page.agent_id, item) in answered}
        assert set(page.open) == set(labels.values()) - told
        assert page.asked == len(set(labels.values()))


def test_whoever_rates_oneself_is_known_without_a_name() -> None:
    """The file says somebody else's name; the person it is about decides."""
    answers = {("0002", item) for item in due("self", "0002")}
    sent = [form("self", "王芳", ["0002"]), form("self", "李建国", ["0003"])]
    states = {one.rater: one.state for one in status_of(sent, [form("self", "W. Fang", ["0002"], answers)], PAGES)}
    assert states == {"李建国": "missing", "王芳": "whole"}


def test_what_nobody_waits_for_is_not_listed() -> None:
    """Objections come when there is something to object to."""
    assert status_of([form("appeal", "王芳", ["0002"])], [], PAGES) == []


def test_a_file_of_somebody_who_was_sent_none_is_named() -> None:
    """It may be of a superior who changed; collecting counts it."""
    assert unsent([SENT], [form("superior", "许静", ["0002"]), form("superior", "方静", ["0003"])]) == [
        "superior_许静.xlsx"
    ]


def test_two_of_one_name_are_told_apart_by_number() -> None:
    """And somebody without a name goes by the number."""
    pages = [PageStatus("1", "王芳", 1, ()), PageStatus("2", "王芳", 1, ()), PageStatus("3", "", 1, ())]
    assert names_apart([*pages, PageStatus("4", "李", 1, ())]) == ["王芳 1", "王芳 2", "3", "李"]
