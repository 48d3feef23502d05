"""Files appear whole and together, or not at all: the one door through which results reach the disk.

Everything is first written to a private room inside the folder, read back and checked. Then each file is moved into
its place; before the first move a journal says which old files the moves will cover, and copies of them lie in the
room. A failed move takes all earlier ones back at once; a killed run is taken back by the next one. While the
journal stands the old files hold; once it is gone the new ones do.
"""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.store.syncing import sync_folder

ROOM_PREFIX = ".csctl-writing-"
_JOURNAL = "journal.json"
_ENCRYPTED = bytes.fromhex("d0cf11e0a1b11ae1")
"""How the file begins in which Office keeps an encrypted workbook."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def publish(folder: Path, files: Mapping[str, bytes], remove: Iterable[str] = ()) -> list[Problem]:
    """Write ``files`` (by path below ``folder``, with ``/``) and remove stale ones, all or nothing; what went wrong.

    Folders get mode 0700 and files 0600 whatever the umask; links are never followed; a file whose bytes have not
    changed is not touched. After an error every old file is as it was, stale ones too; only if the disk fails in the
    very last step may all the new ones be there. Callers hold the workspace's lock.
    Raises ValueError for a path that leads out of the folder (a bug).
    """
    stale = sorted(set(remove) - set(files))
    for name in [*files, *stale]:
        _check_name(name)
    try:
        problems = _prepare(folder, files)
        if problems:
            return problems
        changed = {name: content for name, content in files.items() if not _holds(folder / name, content)}
        going = [name for name in stale if _may_go(folder, folder / name)]
        return _publish_changed(folder, changed, going) if changed or going else []
    except OSError as fault:
        return [_problem_of(fault, folder.name)]


def _check_name(name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or str(path) != name or ".." in path.parts or "\\" in name or ":" in name or name == ".":
        raise ValueError(f"not a path below the folder: {name!r}")


def _prepare(folder: Path, files: Iterable[str]) -> list[Problem]:
    """Make folders, take back what a killed run left, and see that nothing is in the way."""
    above = next((path for path in folder.parents if path.exists() and not path.is_dir()), None)
    if above is not None:
        return [_in_the_way(above, above.name)]
    _make_folder(folder)
    if folder.is_symlink() or not folder.is_dir():
        return [_in_the_way(folder, folder.name)]
    for room in sorted(folder.glob(f"{ROOM_PREFIX}*")):
        if room.is_dir() and not room.is_symlink():
            _take_back(folder, room)
            _clear(room)
    problems: list[Problem] = []
    for name in files:
        parents = [folder / parent for parent in reversed(PurePosixPath(name).parents[:-1])]
        blocked = [path for path in parents if path.is_symlink() or (path.exists() and not path.is_dir())]
        target = folder / name
        if not blocked and (target.is_symlink() or (target.exists() and not target.is_file())):
            blocked = [target]
        problems += [_in_the_way(path, name) for path in blocked[:1]]
    return list(dict.fromkeys(problems))


def _in_the_way(path: Path, name: str) -> Problem:
    return problem("output-is-a-link" if path.is_symlink() else "output-in-the-way", Place(file=name), path.name)


def _make_folder(folder: Path) -> None:
    """The folder and those above it, for the owner only where they are new."""
    for path in [*reversed(folder.parents), folder]:
        if not path.exists() and not path.is_symlink():
            path.mkdir(mode=0o700)
            path.chmod(0o700)
            sync_folder(path.parent)


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content


def _may_go(folder: Path, target: Path) -> bool:
    """Whether a stale file is there, and one that csctl can have written."""
    try:
        return stat.S_ISREG(target.lstat().st_mode) and target.parent.resolve().is_relative_to(folder.resolve())
    except (FileNotFoundError, NotADirectoryError):
        return False


def _publish_changed(folder: Path, files: Mapping[str, bytes], going: list[str]) -> list[Problem]:
    """Stage, journal, move. The room is gone afterwards, whatever happened."""
    room = Path(tempfile.mkdtemp(prefix=ROOM_PREFIX, dir=folder))
    try:
        problems = _stage(room, files)
        if problems:
            return problems
        for name in files:
            _make_folder((folder / name).parent)
        _write_journal(folder, room, [*files, *going])
        return _move(folder, room, list(files), going)
    except BaseException:
        _take_back(folder, room)
        raise
    finally:
        _clear(room)


def _stage(room: Path, files: Mapping[str, bytes]) -> list[Problem]:
    """Every file under its number in the private room, on the disk and read back."""
    for number, (name, content) in enumerate(files.items()):
        staged = room / f"new-{number}"
        try:
            _write_private(staged, content)
            sound = staged.read_bytes() == content and (not _should_be_zip(name, content) or _sound_zip(content))
        except OSError as fault:
            return [_problem_of(fault, name)]
        if not sound:
            return [problem("output-damaged", Place(file=name))]
    sync_folder(room)
    return []


def _write_private(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o600)


def _should_be_zip(name: str, content: bytes) -> bool:
    """A workbook is a zip, unless it is encrypted."""
    return name.endswith(".xlsx") and not content.startswith(_ENCRYPTED)


def _sound_zip(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.testzip() is None
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return False


def _write_journal(folder: Path, room: Path, names: list[str]) -> None:
    """A copy of every old file, then the list that says so; from here on a killed run can be taken back."""
    entries = []
    for number, name in enumerate(names):
        target, kept = folder / name, room / f"old-{number}"
        if target.exists():
            _keep(target, kept)
        entries.append({"name": name, "old": target.exists()})
    _write_private(room / "draft.json", json.dumps(entries).encode())
    os.replace(room / "draft.json", room / _JOURNAL)
    sync_folder(room)


def _keep(target: Path, kept: Path) -> None:
    """A second name for the old file, or a copy where the file system knows no second names."""
    try:
        os.link(target, kept, follow_symlinks=False)
    except (OSError, NotImplementedError):
        _write_private(kept, target.read_bytes())


def _move(folder: Path, room: Path, names: list[str], going: list[str]) -> list[Problem]:
    """Each staged file into its place, stale ones away. From the journal's end on the new files hold."""
    for number, name in enumerate([*names, *going]):
        try:
            if number < len(names):
                os.replace(room / f"new-{number}", folder / name)
            else:
                (folder / name).unlink()
        except OSError as fault:
            _take_back(folder, room)
            return [_problem_of(fault, name)]
    for parent in sorted({(folder / name).parent for name in [*names, *going]}):
        sync_folder(parent)
    (room / _JOURNAL).unlink()
    sync_folder(room)
    return []


def _take_back(folder: Path, room: Path) -> None:
    """Undo the moves of a room whose journal still stands: old files return, new ones go."""
    journal = room / _JOURNAL
    if not journal.exists():
        return
    entries = json.loads(journal.read_bytes())
    for number, entry in enumerate(entries):
        target, kept = folder / entry["name"], room / f"old-{number}"
        if kept.exists():
            os.replace(kept, target)
        elif not entry["old"] and not (room / f"new-{number}").exists():
            target.unlink(missing_ok=True)
    for parent in sorted({(folder / entry["name"]).parent for entry in entries}):
        sync_folder(parent)
    journal.unlink()


def _clear(room: Path) -> None:
    """Remove a room, unless its journal still stands: then the old files in it are still needed."""
    if not (room / _JOURNAL).exists():
        shutil.rmtree(room, ignore_errors=True)


def _problem_of(fault: OSError, name: str) -> Problem:
    """What an operating system's refusal means to a user."""
    place = Place(file=name)
    if fault.errno in _FULL:
        return problem("output-disk-full", place)
    if isinstance(fault, PermissionError):
        code = "output-open-elsewhere" if os.name == "nt" else "output-folder-not-usable"
        return problem(code, place, fault.strerror or "")
    return problem("output-not-written", place, fault.strerror or type(fault).__name__)
