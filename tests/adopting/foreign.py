"""The foreign folders of ``tools/foreign_folders.py``, and whoever answers from their keys."""

from __future__ import annotations

import atexit
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from csctl.readers.proposing.questions import Answer, Question
from csctl.workflow.adopting.adopt import adopt
from csctl.workflow.adopting.before import Adopting
from csctl.workflow.adopting.records import Outcome, Settled
from tests.end_to_end.running import ROOT

NAMES = (
    "abroad", "approvals", "call-centre", "clocks", "dialler", "figures", "helpdesk", "island", "machines",
    "scorecards", "shop", "yearbook",
)  # fmt: skip


def _folder() -> Path:
    """A folder that is there till the tests end."""
    made = TemporaryDirectory()
    atexit.register(made.cleanup)
    return Path(made.name)


@cache
def _made() -> Path:
    folder = _folder()
    subprocess.run([sys.executable, str(ROOT / "tools" / "foreign_folders.py"), str(folder)], check=True)
    return folder


def folder_of(name: str, target: Path) -> Path:
    """One of the folders, to be adopted below ``target``."""
    return Path(shutil.copytree(_made() / name, target / name))


def key_of(name: str) -> dict[str, Any]:
    """What its files mean, and what is answered."""
    key: dict[str, Any] = json.loads((_made() / f"{name}.json").read_text("utf-8"))
    return key


def names() -> list[str]:
    """All folders that the tool makes."""
    return sorted(path.stem for path in _made().glob("*.json"))


@dataclass
class Lead:
    """Somebody who answers what the key knows, and remembers what was asked."""

    answers: dict[str, str | list[str]]
    asked: list[Question] = field(default_factory=list)

    def __call__(self, question: Question) -> Answer:
        """The answer of the key; nobody has one to a question that it does not know."""
        self.asked.append(question)
        answer = self.answers.get(question.name, ())
        return (answer,) if isinstance(answer, str) else tuple(answer)


@cache
def adopted(name: str, *, answers: bool = True) -> tuple[Path, Lead, Outcome]:
    """The folder adopted as its key says, or without an answer to anything; once for all who look at it."""
    key, folder = key_of(name), folder_of(name, _folder())
    lead = Lead(key["answers"] if answers else {})
    return folder, lead, adopt(Adopting(folder, folder, key["policy"], key["language"], lead))


def bound(one: Settled) -> dict[str, str]:
    """The header of each canonical column in the first file."""
    return {name: binding.headers[0].text for name, binding in one.views[0].bindings.items() if binding.headers}


def first_row(one: Settled, names: list[str]) -> dict[str, str]:
    """What the first row that counts says."""
    columns = one.views[0].imports[0].columns
    return {name: str(columns[name][0]) for name in names}
