"""How the cells of a policy are written: an example of each kind of key, in the words that are read back."""

from __future__ import annotations

from collections.abc import Iterator

from csctl.messages import say
from csctl.policy.form.cells import allowed_words, is_flag
from csctl.policy.form.conditions import flag_word
from csctl.policy.form.phrases import phrase_kind
from csctl.policy.schema import Spec

KINDS = (
    "bands",
    "steps",
    "linear",
    "condition",
    "happening",
    "tests",
    "amounts",
    "whose",
    "names",
    "numbers",
    "literal",
)


def example_of(spec: Spec, language: str) -> str:
    """What may stand in a cell of the key; "" for a plain text or number."""
    kind = phrase_kind(spec)
    return choices_said(spec, language) or (say(f"policybook-way-{kind}", language) if kind else "")


def choices_said(spec: Spec, language: str) -> str:
    """The few words of which a key is one."""
    flags = [flag_word(flag, language) for flag in (True, False)] if is_flag(spec) else []
    return " / ".join(flags or allowed_words(spec))


def ways_to_write(language: str) -> Iterator[tuple[str, str]]:
    """Each kind of cell that has words of its own: what it says, and how."""
    for kind in KINDS:
        yield say(f"policybook-what-{kind}", language), say(f"policybook-way-{kind}", language)
