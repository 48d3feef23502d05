"""What a run came to, for people who were not there: a line for the subject of a mail, a short text for a group chat.

Neither says what anybody earns. The text keeps to what the robots of DingTalk and WeCom both show: headings, bold,
paragraphs; no table, no picture, no link; WeCom takes 4,096 bytes.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

from csctl.core.records.lines import Score, as_records
from csctl.core.records.result import MonthResult
from csctl.messages import say
from csctl.problems import Problem, Severity, in_order

MOST_BYTES = 4_096
_BEST = 3
_MOST_NAMED = 10
_LONGEST_TEAM, _LONGEST_NAME, _LONGEST_GRADE, _MOST_GRADES = 60, 24, 24, 8
_MARKED = "\\`*_[]()<>#~@&"
"""What markdown, HTML or a chat's mention would take for its own: shown as its full-width twin."""
_TWINS = {ord(mark): ord(mark) + 0xFEE0 for mark in _MARKED}


def summary_line(team: str, month: str, scored: int, problems: int, code: int, language: str) -> str:
    """The last line of a run, complete in itself: month, team, how many are scored, how many problems, exit code."""
    return _plain(
        say("unattended-subject", language, month=month, team=team, scored=scored, problems=problems, code=code)
    )


def subject_of_nothing(team: str, month: str, problems: int, code: int, language: str) -> str:
    """The same for a run that wrote nothing; ``month`` may be empty."""
    return _plain(say("unattended-subject-nothing", language, month=month, team=team, problems=problems, code=code))


def summary_markdown(result: MonthResult, problems: Iterable[Problem], team: str, language: str) -> bytes:
    """``summary.md``: how many, who leads, how the grades fall, what to look at; at most ``MOST_BYTES`` of UTF-8."""
    scores = as_records(result.scores, Score)
    scored = [one for one in scores if one.score is not None]
    title = say("unattended-title", language, team=_shown(team, _LONGEST_TEAM), month=result.month)
    parts = [f"# {title}", say("unattended-scored", language, scored=len(scored), others=len(scores) - len(scored))]
    parts += _leaders(result, scored, language)
    parts += _grades(scored, language)
    parts += _to_look_at(result, problems, language)
    return ("\n\n".join(parts) + "\n").encode()


def _leaders(result: MonthResult, scored: Iterable[Score], language: str) -> list[str]:
    """The first three ranks by name; of many equals so many that the text stays short."""
    names = {agent.agent_id: agent.name or agent.agent_id for agent in result.agents}
    best = sorted((one.rank, one.agent_id) for one in scored if one.rank is not None and one.rank <= _BEST)
    if not best:
        return []
    shown = best[:_MOST_NAMED]
    lines = [f"**{rank}** {_shown(names.get(agent_id, agent_id), _LONGEST_NAME)}" for rank, agent_id in shown]
    more = [say("unattended-more", language, count=len(best) - len(shown))] if len(best) > len(shown) else []
    return [f"## {say('unattended-leaders', language)}", *lines, *more]


def _grades(scored: Iterable[Score], language: str) -> list[str]:
    """How many have each grade, in the order in which they fall from the best score down."""
    ordered = sorted(scored, key=lambda one: (-(one.score or 0), one.agent_id))
    counts = Counter(one.grade for one in ordered if one.grade)
    if not counts:
        return []
    listed = [f"{_shown(grade, _LONGEST_GRADE)} **{count}**" for grade, count in counts.items()][:_MOST_GRADES]
    return [f"## {say('unattended-grades', language)}", say("unattended-between", language).join(listed)]


def _to_look_at(result: MonthResult, problems: Iterable[Problem], language: str) -> list[str]:
    counts = Counter(one.severity for one in in_order(problems))
    found = counts[Severity.ERROR] + counts[Severity.WARNING]
    examples = sum(one.kind == "example" for one in result.policy.assumption)
    said = [("unattended-problems", found), ("unattended-law", len(result.advice)), ("unattended-examples", examples)]
    listed = [say(code, language, count=count) for code, count in said if count]
    return [f"## {say('unattended-look', language)}", *(listed or [say("unattended-nothing", language)])]


def _shown(text: str, longest: int) -> str:
    """A text of somebody's as plain words: cut, and with nothing a chat would act upon."""
    kept = _plain(text)
    kept = kept if len(kept) <= longest else kept[: longest - 1] + "…"
    return kept.translate(_TWINS)


def _plain(text: str) -> str:
    kept = "".join(" " if unicodedata.category(mark)[0] in "CZ" else mark for mark in text)
    return " ".join(kept.split())
