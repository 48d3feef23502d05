"""Twelve invented folders of foreign systems are understood: right, or asked, and hardly asked at all."""

from __future__ import annotations

import re

import pytest

from csctl.readers.proposing.file_names import matches_pattern
from tests.adopting.foreign import NAMES, Folders, bound, first_row, folders_in
from tests.end_to_end.running import csctl
from tests.proofs import mostly_slow


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """Made and adopted once for this module."""
    return folders_in(tmp_path_factory.mktemp("foreign"))


def test_the_folders_tested_are_those_the_tool_makes(folders: Folders) -> None:
    """None is made and not tried."""
    assert folders.names() == sorted(NAMES)


@pytest.mark.parametrize("name", mostly_slow(NAMES, quick=2))
def test_a_foreign_folder_is_read_as_its_key_says(name: str, folders: Folders) -> None:
    """Tables, patterns, the header of every column and the values of the first row; then the month is computed."""
    key = folders.key(name)
    folder, _, outcome = folders.adopted(name)
    assert (outcome.problems, outcome.open) == ((), [])
    assert {one.files: one.draft and one.draft.table for one in outcome.settled} == {
        files: said["table"] for files, said in key["sources"].items()
    }
    for one in outcome.settled:
        said = key["sources"][one.files]
        assert bound(one) == said["columns"], one.files
        assert first_row(one, list(said["first"])) == said["first"], one.files
    assert sorted(one.named.path for one in outcome.unread) == sorted(key["aside"])
    done = csctl("check", "-w", folder, "--language", "en")
    assert done.code in (0, 1), done.err
    assert re.search(r" heads .*counted", done.out)


@pytest.mark.parametrize("name", mostly_slow(NAMES))
def test_the_roster_has_everybody_whom_the_files_name(name: str, folders: Folders) -> None:
    """Where no file is a roster, one is proposed."""
    key = folders.key(name)
    folder, _, outcome = folders.adopted(name)
    if outcome.people is None:
        assert "roster" in {said["table"] for said in key["sources"].values()}
        return
    rows = [line.split(",") for line in (folder / "roster.csv").read_text("utf-8-sig").splitlines()[1:]]
    assert {row[0]: row[1] for row in rows} == key["people"]
    assert all(row[-2] <= row[-1] for row in rows)


@pytest.mark.slow
def test_at_most_one_question_a_file_is_asked_on_average(folders: Folders) -> None:
    """And each question is about a file that is there."""
    files = asked = 0
    for name in NAMES:
        key = folders.key(name)
        _, lead, _ = folders.adopted(name)
        assert {one.name for one in lead.asked} == set(key["answers"])
        assert all(any(matches_pattern(one.files, file) for file in key["files"]) for one in lead.asked)
        files, asked = files + len(key["files"]), asked + len(lead.asked)
    assert asked <= files


@pytest.mark.parametrize("name", mostly_slow(NAMES))
def test_without_answers_every_mapping_is_right_or_said(name: str, folders: Folders) -> None:
    """Whatever is read otherwise than the key says stands among the open questions of its files, or is not read."""
    key = folders.key(name)
    _, _, outcome = folders.adopted(name, answers=False)
    doubted = {one.question.files for one in outcome.open}
    for one in outcome.settled:
        said = key["sources"][one.files]
        right = one.draft is not None and one.draft.table == said["table"] and bound(one) == said["columns"]
        assert (right and first_row(one, list(said["first"])) == said["first"]) or one.files in doubted
