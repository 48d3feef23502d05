"""Every key of the policies' models that refers to something, and where shipped policies and small ones fill it in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from csctl.policy.keys import Free, Mark, Names, Ref
from csctl.policy.known import Known
from csctl.policy.load import Loaded, SourceText, load_policy
from csctl.policy.model import Policy
from csctl.policy.parts import Part
from csctl.policy.refs import references
from csctl.policy.schema import keys_of, models_below, texts_in
from csctl.policy.walk import Met
from csctl.problems import Problem
from csctl.store import shipped
from tests.policy.small import SMALL

ROOT = Path(__file__).resolve().parents[2]
OWN = {
    "small": SMALL,
    "every": Path(__file__).with_name("every_reference.toml").read_text("utf-8"),
    "sample": (ROOT / "sample_data" / "policy.toml").read_text("utf-8"),
}
SILENT = ("policy", "inherited key", "policy key")
"""Of these the names that there are are told only where one is wrong."""
MISSPELT = "x"
"""What is written behind a name to misspell it."""


@dataclass(frozen=True, order=True)
class Slot:
    """A text of a model that refers to something: where it is declared, and to what."""

    model: str
    key: str
    to: str

    def __str__(self) -> str:
        return f"{self.model}.{self.key} → {self.to}"


@dataclass(frozen=True)
class Filled:
    """A reference in a policy: the text that holds it, its line, its key, and the name."""

    policy: str
    text: str
    row: int
    key: str
    name: str


def all_texts(root: type[Part]) -> Iterator[tuple[type[Part], str, tuple[Mark, ...]]]:
    """Every text that a policy may hold: its model, its key, what is declared of it."""
    for model in models_below(root):
        for key, spec in keys_of(model).items():
            for marks in texts_in(spec):
                yield model, key, marks


def slots(root: type[Part] = Policy) -> set[Slot]:
    """Every text that refers to something."""
    return {
        Slot(_declaring(model, key), key, mark.to)
        for model, key, marks in all_texts(root)
        for mark in marks
        if isinstance(mark, Ref)
    }


def undeclared(root: type[Part] = Policy) -> list[str]:
    """Texts of which nobody says whether they name something."""
    return [
        f"{model.__name__}.{key}"
        for model, key, marks in all_texts(root)
        if not any(isinstance(mark, Ref | Names | Free) for mark in marks)
    ]


def _declaring(model: type[Part], key: str) -> str:
    """The model in which a key is first declared."""
    return [base.__name__ for base in model.__mro__ if issubclass(base, Part) and key in keys_of(base)][-1]


def text_of(name: str) -> str:
    """The text of one of the policies here or of a shipped one; "" if there is none."""
    return OWN.get(name) or shipped.policy_text(name) or ""


def load(name: str, texts: Mapping[str, str]) -> tuple[Loaded | None, list[Problem]]:
    """A policy, some of the texts it is made of replaced."""

    def fetch(wanted: str) -> SourceText | None:
        text = texts.get(wanted) or text_of(wanted)
        return SourceText(f"{wanted}.toml", text) if text else None

    return load_policy(name, fetch, (*OWN, *shipped.policy_names()))


@cache
def filled() -> dict[Slot, Filled]:
    """For each slot that any policy fills in, one place of it; what holds without being written is none."""
    found: dict[Slot, Filled] = {}
    for name in (*OWN, *shipped.policy_names()):
        loaded, problems = load(name, {})
        assert loaded is not None, (name, problems)
        known = Known(loaded.policy)
        for met, ref in references(loaded.policy):
            written = any(met.field.name in owner.model_fields_set for owner in met.owners)
            if written and met.text not in ref.also and (ref.to in SILENT or known.names(met, ref) is not None):
                place = loaded.locate(met.path)
                slot = Slot(_declaring(_owner(met), met.field.key), met.field.key, ref.to)
                found.setdefault(
                    slot, Filled(name, place.file.removesuffix(".toml"), place.row or 0, met.field.key, met.text)
                )
    return found


def _owner(met: Met) -> type[Part]:
    return next(type(one) for one in reversed(met.owners) if keys_of(type(one)).get(met.field.key) is met.field)


def misspell(text: str, row: int, key: str, name: str) -> str:
    """The text with the name that stands under a key misspelt, quoted or bare as it was; both begin on that line."""
    start = sum(len(line) + 1 for line in text.split("\n")[: row - 1])
    under = re.compile(rf"\b{re.escape(key)}\b").search(text, start, text.index("\n", start))
    written = re.compile(rf'"{re.escape(name)}(?=")|(?<![\w.-]){re.escape(name)}(?=\s*=)')
    at = written.search(text, under.end() if under else start)
    assert at is not None, (row, name)
    return text[: at.end()] + MISSPELT + text[at.end() :]
