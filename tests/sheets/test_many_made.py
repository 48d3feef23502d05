"""Workbooks for many: by one process or several, stopped and gone on with, and with something wrong for one person."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from csctl.month import Month
from csctl.problems import Severity
from csctl.store.publish import publish
from csctl.workbook.cells import Cell, SheetPage
from csctl.workbook.pages import write_page
from csctl.workflow.writing.making import WorkbookOrder, made, made_before
from csctl.workflow.writing.pool import answered
from csctl.workflow.writing.pool_worker import Fault
from tests.sheets.at_work import dies_elsewhere, told

PEOPLE = [f"{number:04d}" for number in range(20)]
ORDERS = [WorkbookOrder(f"sheets/{one}.xlsx", one) for one in PEOPLE]


def page(whom: str) -> SheetPage:
    """A page with a person's number on it."""
    return SheetPage("one", [[Cell(whom)]])


def workspace(folder: Path, making: Callable[[int, int, str], None] | None = None) -> Any:
    """As much of a computed month as the making of workbooks looks at."""
    place = SimpleNamespace(folder=folder, out_folder=lambda month: folder / "out" / str(month))
    return SimpleNamespace(workspace=place, month=Month(2026, 10), making=making)


class Counted:
    """Makes workbooks, and counts for whom."""

    def __init__(self) -> None:
        self.__qualname__ = "counted"
        self.whom: list[str] = []

    def __call__(self, given: SheetPage) -> bytes:
        cell = given.rows[0][0]
        assert cell is not None
        self.whom.append(str(cell.content))
        return write_page(date(2026, 10, 1), given)


def test_several_processes_make_the_same_files_as_one_in_the_same_order() -> None:
    """Byte for byte, whoever was ready first."""
    work = partial(write_page, date(2026, 10, 1))
    asked = [(one, page(one)) for one in PEOPLE]
    assert list(answered(work, iter(asked), 2)) == list(answered(work, iter(asked), 1))


@pytest.mark.parametrize("processes", [1, 2])
def test_what_goes_wrong_for_one_leaves_the_others_as_they_are(processes: int) -> None:
    """The fault stands where the file would, with what was wrong."""
    asked = [(number, text) for number, text in enumerate(["a", "odd", "b"])]
    wrong = Fault("ValueError: nothing can be made of it")
    assert list(answered(told, iter(asked), processes)) == [(0, b"a"), (1, wrong), (2, b"b")]


def test_what_a_process_was_asked_for_that_dies_is_made_all_the_same() -> None:
    """By the one that asked."""
    found = answered(partial(dies_elsewhere, os.getpid()), iter([(1, "a"), (2, "b")]), 2)
    assert list(found) == [(1, b"a"), (2, b"b")]


def test_a_fault_is_an_error_that_names_the_person_and_the_file(tmp_path: Path) -> None:
    """Whether planning the workbook or making it goes wrong."""

    def plan(whom: str) -> str:
        if whom == "0003":
            raise KeyError("level")
        return "odd" if whom == "0007" else whom

    files, problems = made(workspace(tmp_path), ORDERS, plan, told)
    assert files == {f"sheets/{one}.xlsx": one.encode() for one in PEOPLE if one not in ("0003", "0007")}
    assert [(one.code, one.severity, one.found, one.place.file) for one in problems] == [
        ("workbook-not-made", Severity.ERROR, "0003", "sheets/0003.xlsx"),
        ("workbook-not-made", Severity.ERROR, "0007", "sheets/0007.xlsx"),
    ]


def test_a_run_that_was_stopped_publishes_nothing_and_the_next_goes_on_where_it_was(tmp_path: Path) -> None:
    """Stopped after the seventh: nothing lies half-written; thirteen are left, and the files are the same."""

    def stop(done: int, total: int, name: str) -> None:
        assert (total, name) == (20, PEOPLE[done - 1])
        if done == 7:
            raise KeyboardInterrupt

    first, second = Counted(), Counted()
    with pytest.raises(KeyboardInterrupt):
        made(workspace(tmp_path, stop), ORDERS, page, first)
    assert not (tmp_path / "out").exists()
    files, problems = made(workspace(tmp_path), ORDERS, page, second)
    whole, _ = made(workspace(tmp_path / "other"), ORDERS, page, Counted())
    assert (first.whom, second.whom) == (PEOPLE[:7], PEOPLE[7:])
    assert (files, list(files), problems) == (whole, list(whole), [])


def test_a_published_file_is_made_again_only_for_other_figures_or_where_it_was_changed(tmp_path: Path) -> None:
    """One has other figures, one was written over, one is gone: three of twenty; nothing is kept beside them."""
    computed = workspace(tmp_path)
    out = computed.workspace.out_folder(computed.month)
    files, _ = made(computed, ORDERS, page, Counted())
    assert publish(out, files) == []
    made_before(computed).published()
    assert [path.name for path in (tmp_path / ".csctl" / "made" / "2026-10").iterdir()] == ["made.json"]
    (out / ORDERS[4].name).write_bytes(b"by hand")
    (out / ORDERS[5].name).unlink()
    again = Counted()
    found, _ = made(computed, ORDERS, lambda whom: page("other" if whom == "0009" else whom), again)
    assert sorted(again.whom) == ["0004", "0005", "other"]
    assert {name for name in files if found[name] != files[name]} == {"sheets/0009.xlsx"}


def test_what_is_not_to_be_kept_leaves_no_trace(tmp_path: Path) -> None:
    """As what is written under a password."""
    made(workspace(tmp_path), ORDERS, page, Counted(), keeps=False)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_list_or_file_of_what_was_made_is_made_anew(tmp_path: Path) -> None:
    """Cut short by a power failure, say."""
    computed = workspace(tmp_path)
    whole, _ = made(computed, ORDERS, page, Counted())
    for path in (tmp_path / ".csctl" / "made" / "2026-10").iterdir():
        path.write_bytes(path.read_bytes()[:40])
    again = Counted()
    assert made(computed, ORDERS, page, again)[0] == whole
    assert again.whom == PEOPLE
