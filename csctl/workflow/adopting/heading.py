"""What stands above the sources of a configuration: name, policy, language, as they are or proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from csctl.workflow.adopting.before import BLANK, Adopting, Before
from csctl.workflow.adopting.config_text import head_text
from csctl.workflow.adopting.policies import own_policy, policy_question, settled_name
from csctl.workflow.adopting.records import Answered, Settled
from csctl.workspace_folder import CONFIG_NAME


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the sources; ``own``: nobody has changed it since it was written."""

    text: str
    policy: str
    own: bool


def workspace_head(adopting: Adopting, before: Before, sources: Sequence[Settled]) -> tuple[Head, list[Answered]]:
    """The name, the policy and the language: as they stand there, or proposed."""
    workspace, language = before.workspace, adopting.language
    name = adopting.workspace.resolve().name
    if workspace:
        named = workspace.config.policy
        text = above_sources(before.text)
        if not before.remembered.wrote(CONFIG_NAME, text) or not sources:
            return Head(text, named, own=False), []
        name, language = workspace.config.name, workspace.config.language
    if adopting.policy or not sources:
        chosen = settled_name(adopting.policy, adopting.workspace) if adopting.policy else ""
        return Head(head_text(name, chosen, language), chosen, own=True), []
    question = policy_question(
        {one.draft.table for one in sources if one.draft}, own_policy(adopting.workspace), language
    )
    asked = Answered(question, before.remembered.answer(question) or adopting.ask(question))
    chosen = asked.answer[0] if asked.answer else question.proposed
    return Head(head_text(name, chosen, language), chosen, own=True), [asked]


def above_sources(text: str) -> str:
    """The parts above the first source."""
    parts = text.rstrip("\n").split(BLANK)
    first = next((at for at, part in enumerate(parts) if "[[source]]" in part.splitlines()), len(parts))
    return BLANK.join(parts[:first])
