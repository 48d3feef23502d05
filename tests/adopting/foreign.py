"""The foreign folders of ``tools/foreign_folders.py``, and whoever answers from their keys."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from csctl.readers.proposing.questions import Answer, Question
from csctl.workflow.adopting.adopt import adopt_folder
from csctl.workflow.adopting.before import Adopting
from csctl.workflow.adopting.records import Adopted, Settled
from tests.end_to_end.running import ROOT

NAMES = (
    "abroad", "approvals", "call-centre", "clocks", "dialler", "figures", "helpdesk", "island", "machines",
    "scorecards", "shop", "yearbook",
)  # fmt: skip


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


Led = tuple[Path, Lead, Adopted]


@dataclass
class Folders:
    """The folders as the tool makes them, and each adopted once for all who look at it."""

    made: Path
    room: Path
    _adopted: dict[tuple[str, bool], Led] = field(default_factory=dict)

    def names(self) -> list[str]:
        """All folders that the tool makes."""
        return sorted(path.stem for path in self.made.glob("*.json"))

    def key(self, name: str) -> dict[str, Any]:
        """What its files mean, and what is answered."""
        key: dict[str, Any] = json.loads((self.made / f"{name}.json").read_text("utf-8"))
        return key

    def adopted(self, name: str, *, answers: bool = True) -> Led:
        """The folder adopted as its key says, or without an answer to anything."""
        if (name, answers) not in self._adopted:
            key = self.key(name)
            folder = Path(shutil.copytree(self.made / name, self.room / str(answers) / name))
            lead = Lead(key["answers"] if answers else {})
            outcome = adopt_folder(Adopting(folder, folder, key["policy"], key["language"], lead))
            self._adopted[name, answers] = folder, lead, outcome
        return self._adopted[name, answers]


def folders_in(room: Path) -> Folders:
    """Everything made anew below a room of one's own."""
    made = room / "made"
    subprocess.run([sys.executable, str(ROOT / "tools" / "foreign_folders.py"), str(made)], check=True)
    return Folders(made, room / "adopted")


def bound(one: Settled) -> dict[str, str]:
    """The header of each canonical column in the first file."""
    return {name: binding.headers[0].text for name, binding in one.views[0].bindings.items() if binding.headers}


def first_row(one: Settled, names: list[str]) -> dict[str, str]:
    """What the first row that counts says."""
    columns = one.views[0].imports[0].columns
    return {name: str(columns[name][0]) for name in names}
