"""Conditions, happenings and tests of columns in one cell, and read back."""

from __future__ import annotations

from collections.abc import Mapping

from csctl.messages import say
from csctl.policy.form.bounds import FIGURE, SIGN, SIGNS, Table, checked_table, edges, edges_said
from csctl.policy.form.lists import LINES, names_said, parse_names
from csctl.policy.form.numbers import is_number, number, number_as_cell
from csctl.policy.refs import EVENT_PREFIX
from csctl.words import NO, YES, same_word

_FIRST = ("first", "第一")
_SCORE = ("score", "得分")
_FILLED, _EMPTY = ("filled", "已填"), ("empty", "为空")
_NOT = "≠"


def condition_said(value: Table, language: str) -> str:
    """``complaints = 0``, ``score ≥ 90``, ``first contacts``; several that must all hold on lines of their own."""
    if set(value) == {"all"} and isinstance(value["all"], list) and len(value["all"]) > 1:
        parts = [_part_said(one, language) for one in value["all"]]
        return "\n".join(parts)
    return _part_said(value, language)


def _part_said(value: object, language: str) -> str:
    part = checked_table(value, (*SIGNS, "measure", "score", "first"))
    if "first" in part:
        return f"{_FIRST[language == 'zh']} {checked_table(part, ('first',))['first']}"
    if "score" in part:
        return f"{_SCORE[language == 'zh']} {edges_said(checked_table(part, ('score',))['score'])}"
    return f"{part['measure']} {edges_said({key: part[key] for key in SIGNS if key in part})}"


def condition(text: str) -> dict[str, object]:
    """Such lines read back."""
    parts = [_part(line) for line in LINES.split(text.strip())]
    return parts[0] if len(parts) == 1 else {"all": parts}


def _part(line: str) -> dict[str, object]:
    word, _, rest = line.partition(" ")
    if word in _FIRST:
        return {"first": rest.strip()}
    sign = SIGN.search(line)
    if sign is None:
        raise ValueError(line)
    name, within = line[: sign.start()].strip(), edges(line[sign.start() :])
    if name in _SCORE:
        return {"score": within}
    if not FIGURE.fullmatch(name):
        raise ValueError(line)
    return {"measure": name} | within


def happening_said(value: object) -> str:
    """``event.late``, or the name of a measure."""
    table = checked_table(value, ("event", "measure"))
    if len(table) != 1:
        raise ValueError(value)
    return EVENT_PREFIX + str(table["event"]) if "event" in table else str(table["measure"])


def happening(text: str) -> dict[str, object]:
    """Such a name read back."""
    name = text.strip()
    if not FIGURE.fullmatch(name):
        raise ValueError(text)
    event = name.removeprefix(EVENT_PREFIX)
    return {"event": event} if event != name else {"measure": name}


def tests_said(value: Table, language: str) -> str:
    """Each column on a line: ``score ≥ 4``, ``kind = call, chat``, ``≠`` what it is not, ``filled``, ``empty``."""
    return "\n".join(f"{column} {_test_said(test, language)}" for column, test in value.items())


def _test_said(test: object, language: str) -> str:
    here = language == "zh"
    if isinstance(test, bool):
        return f"= {flag_word(test, language)}"
    if isinstance(test, str):
        return f"= {test}"
    if isinstance(test, list):
        return f"= {names_said(test, language)}"
    if not isinstance(test, Mapping):
        return f"= {number_as_cell(test)}"
    if set(test) == {"known"}:
        return (_FILLED if test["known"] else _EMPTY)[here]
    if set(test) == {"not"}:
        return f"{_NOT} {names_said(test['not'], language)}"
    return edges_said(test).replace("= ", "== ") if set(test) == {"equals"} else edges_said(test)


def tests(text: str) -> dict[str, object]:
    """Such lines read back."""
    found: dict[str, object] = {}
    for line in LINES.split(text.strip()):
        column, _, test = line.strip().partition(" ")
        if not FIGURE.fullmatch(column) or column in found:
            raise ValueError(text)
        found[column] = _test(test.strip())
    return found


def _test(text: str) -> object:
    if text in (*_FILLED, *_EMPTY):
        return {"known": text in _FILLED}
    if text.startswith(_NOT):
        return {"not": _some(parse_names(text[1:]))}
    if text and (not text.startswith("=") or text.startswith("==")):
        return edges(text)
    value = text[1:].strip()
    answer = flag_of(value)
    if answer is not None:
        return answer
    if is_number(value):
        return number(value)
    words = _some(parse_names(value))
    return words if len(words) > 1 else words[0]


def _some(found: list[str]) -> list[str]:
    """What is named. Raises ValueError where that is nothing."""
    if not found:
        raise ValueError(found)
    return found


def flag_word(flag: bool, language: str) -> str:
    """Yes or no."""
    return say("screen-yes" if flag else "screen-no", language)


def flag_of(text: str) -> bool | None:
    """What an answer says; None where it says neither."""
    word = same_word(text)
    return (word in YES) if word in YES | NO else None
