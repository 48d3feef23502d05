"""One fault at a time: set up, disturb, look at what is left, run again, look once more."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.crashes.cases import CASES, State, leftovers, state, taken_back
from tests.crashes.injecting import COUNTING, Ended, Fault, Point, Warm, hit, injecting, points, without_chance


@dataclass(frozen=True)
class Known:
    """The state before a case, the state after it if nothing disturbs it, and its calls that write, in order."""

    old: State
    new: State
    points: list[Point]


@dataclass(frozen=True)
class Rig:
    """The warm process, and the folder below which everything happens and every call counts.

    ``healed``: by case, the digest of all that a disturbed command left before a rerun healed it. What is left again
    byte for byte will be healed again.
    """

    started: Warm
    root: Path
    known: dict[str, Known] = field(default_factory=dict)
    healed: set[tuple[str, str]] = field(default_factory=set)

    @property
    def here(self) -> Path:
        """Where the commands work; temporary files lie beside it."""
        return self.root / "here"


def known(rig: Rig, name: str) -> Known:
    """What is known of a case; found out the first time."""
    if name not in rig.known:
        case, here = CASES[name], rig.here
        shutil.rmtree(here, ignore_errors=True)
        case.prepare(here, rig.started)
        shutil.copytree(here, rig.root.parent / name)
        old = state(here)
        done = rig.started.run(case.call, case.words(here), COUNTING)
        assert (done.code, done.err_lines) == (0, [])
        assert leftovers(here) == []
        rig.known[name] = Known(old, state(here), points(done.trace, rig.root))
    return rig.known[name]


def fresh(rig: Rig, name: str) -> Path:
    """The folder as it is before a case."""
    known(rig, name)
    shutil.rmtree(rig.here)
    return Path(shutil.copytree(rig.root.parent / name, rig.here))


def command(rig: Rig, name: str, strace: Sequence[str] = ()) -> Ended:
    """Run the command of a case."""
    case = CASES[name]
    return rig.started.run(case.call, case.words(rig.here), strace)


def disturbed(rig: Rig, name: str, point: Point, fault: Fault) -> list[str]:
    """One fault at one call, and the rerun; all that is wrong then."""
    here, old, new = fresh(rig, name), known(rig, name).old, known(rig, name).new
    ended = command(rig, name, injecting(point, fault))
    wrong = [] if hit(ended, rig.root) == point.about else [f"met {hit(ended, rig.root)} instead"]
    left = seen(here)
    wrong += left_wrong(here, left, old, new)
    if fault == "killed":
        wrong += [] if ended.code == -9 else [f"ended with {ended.code}"]
    else:
        wrong += said_wrong(ended, done=not _differing(left, new))
    digest = _digest(rig.root)
    if (name, digest) not in rig.healed:
        not_healed = healing_wrong(rig, name)
        rig.healed.update([] if not_healed else [(name, digest)])
        wrong += not_healed
    _forget(rig.root / "tmp")
    return [f"{name}, {fault} at {point.call} {point.nth} {point.about}: {one}" for one in wrong]


def healing_wrong(rig: Rig, name: str) -> list[str]:
    """What a plain rerun does not put right."""
    again, new = command(rig, name), known(rig, name).new
    wrong = [] if (again.code, again.err_lines) == (0, []) else [f"rerun: {again.code} {again.err}"]
    if state(rig.here) != new:
        wrong.append(f"not healed: {_differing(state(rig.here), new)}")
    return wrong + [f"left over: {one}" for one in leftovers(rig.here)]


def _digest(root: Path) -> str:
    """Of every file and folder below, by its name without what is another in each run."""
    found = sorted((without_chance(f"/{path.relative_to(root)}"), path) for path in root.rglob("*"))
    whole = hashlib.sha256()
    for name, path in found:
        whole.update(f"{name}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes() if path.is_file() else b"").digest())
    return whole.hexdigest()


def seen(here: Path, *, back: bool = False) -> State:
    """What lasts in a folder, looked at in a copy of it: looking rolls back what a killed command left half-written.

    ``back``: after that half-published files were taken back as well.
    """
    with tempfile.TemporaryDirectory() as copy:
        left = Path(shutil.copytree(here, Path(copy) / "here"))
        if back:
            taken_back(left)
        return state(left)


def left_wrong(here: Path, left: State, old: State, new: State) -> list[str]:
    """Each file seen is the old one or the new one, and what is published is one set of them."""
    wrong = [
        f"damaged: {name}"
        for name in sorted(left.keys() | (old.keys() & new.keys()))
        if left.get(name) not in (old.get(name), new.get(name))
    ]
    published = _outputs(seen(here, back=True) if any(here.rglob("journal.json")) else left)
    if published not in (_outputs(old), _outputs(new)):
        wrong.append(f"half published: {_differing(published, _outputs(old))}")
    return wrong


def said_wrong(ended: Ended, *, done: bool) -> list[str]:
    """Exit 0 with everything done, or exit 2 with words; never more of Python than that."""
    if ended.code not in (0, 2) or (ended.code == 0 and not done):
        return [f"exit {ended.code}, {'done' if done else 'not done'}: {ended.err}"]
    if (ended.code and not ended.err_lines) or "Traceback" in ended.err or "Exception ignored" in ended.err:
        return [f"exit {ended.code} and said {ended.err!r}"]
    return []


def _forget(temporary: Path) -> None:
    """What one command left there must not be held against the next."""
    for path in temporary.iterdir():
        path.unlink()


def _outputs(everything: State) -> State:
    return {name: content for name, content in everything.items() if name.startswith("out/")}


def _differing(one: State, other: State) -> list[str]:
    """The files that differ. The note of the ledger's head may lag behind: the next command writes it."""
    names = sorted(one.keys() | other.keys())
    return [name for name in names if one.get(name) != other.get(name) and not name.endswith(".head")]
