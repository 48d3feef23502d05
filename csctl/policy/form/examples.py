"""How the cells of a policy are written: an example of each kind of key, in the words that are read back."""

from __future__ import annotations

from collections.abc import Iterator

from csctl.messages import say
from csctl.policy.form.cells import choices_of, is_flag
from csctl.policy.form.conditions import YES
from csctl.policy.form.phrases import kind_of
from csctl.policy.schema import Spec

KINDS = ("bands", "steps", "linear", "condition", "happening", "tests", "amounts", "names", "numbers", "literal")


def example_of(spec: Spec, language: str) -> str:
    """What may stand in a cell of the key; "" for a plain text or number."""
    if is_flag(spec):
        return YES[language == "zh"]
    if found := choices_of(spec):
        return " / ".join(found)
    kind = kind_of(spec)
    return say(f"policy-form-way-{kind}", language) if kind else ""


def ways_to_write(language: str) -> Iterator[tuple[str, str]]:
    """Each kind of cell that has words of its own: what it says, and how."""
    for kind in KINDS:
        yield say(f"policy-form-what-{kind}", language), say(f"policy-form-way-{kind}", language)
