"""A power cut: what must be on the disk is there before what relies on it is begun.

A killed process says nothing of that, since what it wrote is not lost with it; the order of its calls does.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.crashes.injecting import Point
from tests.crashes.rig import Rig, known

LEDGER = "/here/.csctl/ledger.db"


def _first(points: list[Point], wanted: Callable[[Point], bool], after: int = -1) -> int:
    """The place of the first such call behind another. Raises StopIteration if there is none."""
    return next(place for place, point in enumerate(points) if place > after and wanted(point))


def _is(call: str, about: str) -> Callable[[Point], bool]:
    return lambda point: point.call == call and point.about == about


def test_the_journal_is_on_the_disk_before_the_ledger_changes(traced: Rig) -> None:
    """Journal written, synced, its name synced; then the pages, synced; the journal goes; its going is synced."""
    points = known(traced, "close").points
    written = [place for place, point in enumerate(points) if (point.call, point.about) == ("pwrite64", LEDGER)]
    journal = f"{LEDGER}-journal"
    last = max(place for place, point in enumerate(points) if point.call == "pwrite64" and point.about == journal)
    assert last < _first(points, _is("fdatasync", journal), last) < written[0]
    assert _first(points, _is("fdatasync", "/here/.csctl")) < written[0]
    synced = _first(points, _is("fdatasync", LEDGER), written[-1])
    gone = _first(points, _is("unlink", journal))
    assert synced < gone < _first(points, _is("fdatasync", "/here/.csctl"), gone)


def test_a_month_is_sealed_before_its_files_are_published(traced: Rig) -> None:
    """Nothing below ``out`` is touched until the ledger holds the month and has noted its head."""
    points = known(traced, "close").points
    gone = _first(points, _is("unlink", f"{LEDGER}-journal"))
    sealed = _first(points, _is("fdatasync", "/here/.csctl"), gone)
    noted = _first(points, lambda point: point.call == "rename" and point.about.endswith("/here/.csctl/ledger.head"))
    published = _first(points, lambda point: "/here/out" in point.about)
    assert sealed < noted < published


def test_files_are_on_the_disk_before_they_get_their_names(traced: Rig) -> None:
    """Each new file and the journal synced, then the names; then their folders; then the journal goes, synced."""
    points = known(traced, "run").points
    room = "/here/out/2026-10/.csctl-writing-*"
    moves = [place for place, point in enumerate(points) if point.call == "rename" and f"{room}/new-" in point.about]
    assert moves
    for place in moves:
        staged, _, target = points[place].about.partition(" ")
        assert _first(points, _is("fsync", staged)) < moves[0]
        assert _first(points, _is("fsync", target.rpartition("/")[0]), moves[-1]) > place
    draft = _first(points, _is("fsync", f"{room}/draft.json"))
    begun = _first(points, _is("rename", f"{room}/draft.json {room}/journal.json"))
    assert draft < begun < _first(points, _is("fsync", room), begun) < moves[0]
    ended = _first(points, _is("unlink", f"{room}/journal.json"))
    folders = [place for place, point in enumerate(points) if moves[-1] < place < ended and point.call == "fsync"]
    assert len(folders) == len({points[place].about.partition(" ")[2].rpartition("/")[0] for place in moves})
    assert _first(points, _is("fsync", room), ended) > ended


@pytest.mark.slow
def test_a_backup_is_on_the_disk_before_it_replaces_the_last_one(traced: Rig) -> None:
    """The copy synced, then its name, then the folder; the same for a ledger that comes back."""
    for name, folder, target in (("backup", "/here/usb", "copy.db"), ("restore", "/here/.csctl", "ledger.db")):
        points = known(traced, name).points
        part = f"{folder}/.{target.removesuffix('.db')}.db.*.part"
        synced = _first(points, _is("fsync", part))
        moved = _first(points, _is("rename", f"{part} {folder}/{target}"))
        assert synced < moved < _first(points, _is("fsync", folder), moved)
