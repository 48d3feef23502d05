"""What happened to a case, in words."""

from __future__ import annotations

from csctl.core.career.cases import CaseEvent
from csctl.messages import say
from csctl.messages.grammar import joined_parts


def event_text(event: CaseEvent, language: str) -> str:
    """When, what, by whom and why; of a score also of what, and how many points."""
    code = "promotion-case-by" if event.reason else "promotion-case-by-plain"
    kind = say(f"promotion-event-{event.kind}", language)
    parts = [say(code, language, on=event.on, kind=kind, by=event.by, reason=event.reason)]
    if event.score is not None:
        score = event.score
        parts.append(
            say("promotion-case-score", language, part=score.label, points=f"{score.points:f}", full=f"{score.full:f}")
        )
    if event.effective:
        parts.append(say("promotion-case-effective", language, month=event.since))
    if event.despite:
        parts.append(say("promotion-case-despite", language))
    return joined_parts(parts, language)
