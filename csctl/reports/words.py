"""Fixed words of the reports."""

from __future__ import annotations

from csctl.core.records.agent import Agent
from csctl.messages import catalogue, say
from csctl.policy.model import Policy


def word(name: str, language: str, /, **blanks: object) -> str:
    """A word of the reports. Raises KeyError for one the catalogue lacks."""
    return say(f"report-{name}", language, **blanks)


def missing_word(rule: str, language: str) -> str:
    """What a missing rule does, in a word; empty where none was applied."""
    return say(f"sheet.missing-{rule}", language) if f"sheet.missing-{rule}" in catalogue() else rule


def currency_word(policy: Policy, language: str) -> str:
    """The currency of pay: 元, or the ISO code."""
    code = policy.pay.currency if policy.pay else "CNY"
    return say(f"sheet.currency-{code}", language) if f"sheet.currency-{code}" in catalogue() else code


def kind_word(kind: str, language: str) -> str:
    """What people call a kind of pay line."""
    return say(f"sheet.pay-{kind}", language)


def name_of(agent: Agent) -> str:
    """Name and id: two people may share a name."""
    return f"{agent.name} {agent.agent_id}".strip()
