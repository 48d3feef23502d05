"""Edges, bands, steps and a line between two values in one cell, and read back."""

from __future__ import annotations

import re
from collections.abc import Mapping

from csctl.policy.form.lists import COMMAS, LINES
from csctl.policy.form.numbers import is_number, number, number_as_cell

Table = Mapping[str, object]
SIGNS = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<", "equals": "="}
_TYPED = {">=": "≥", "=>": "≥", "<=": "≤", "=<": "≤", "==": "=", "＞": ">", "＜": "<", "＝": "="}
_KEYS = {sign: key for key, sign in SIGNS.items()}
SIGN = re.compile(r"\s*(≥|>=|=>|≤|<=|=<|==|[><=＞＜＝])\s*")
FIGURE = re.compile(r"[A-Za-z][\w.]*")
"""The name of a measure or of a column."""
_ARROW = re.compile(r"\s*(?:→|->)\s*")
_ELSE = ("else", "其他")
_LINEAR = (("zero", "full"), ("零分", "满分"))


def edges_said(value: object) -> str:
    """Bounds as ``≥ 60, < 80``; "" for none."""
    table = checked_table(value, SIGNS)
    return ", ".join(f"{SIGNS[key]} {number_as_cell(table[key])}" for key in SIGNS if key in table)


def edges(text: str) -> dict[str, object]:
    """``≥ 60, < 80`` as the keys of bounds; none for no text."""
    found: dict[str, object] = {}
    for part in filter(None, re.split(r"\s*(?:[,，]|\band\b|且)\s*", text.strip())):
        sign = SIGN.match(part)
        if sign is None:
            raise ValueError(text)
        key = _KEYS[_TYPED.get(sign[1], sign[1])]
        if key in found:
            raise ValueError(text)
        found[key] = number(part[sign.end() :])
    return found


def checked_table(value: object, keys: Mapping[str, object] | tuple[str, ...]) -> Table:
    """A table with no other keys than these. Raises ValueError."""
    if not isinstance(value, Mapping) or not set(value) <= set(keys):
        raise ValueError(value)
    return value


def bands_said(value: list[Table], language: str) -> str:
    """Each band on a line: ``≥ 90 → level``, with points of its own behind ``=``; ``else`` without a bound."""
    return "\n".join(
        _band_said(checked_table(band, (*SIGNS, "level", "points", "measure")), language) for band in value
    )


def _band_said(band: Table, language: str) -> str:
    said = edges_said({key: band[key] for key in SIGNS if key in band})
    measure = str(band.get("measure", ""))
    where = f"{measure} {said}".strip() or _ELSE[language == "zh"]
    points = f" = {number_as_cell(band['points'])}" if "points" in band else ""
    return f"{where} → {band['level']}{points}"


def bands(text: str) -> list[dict[str, object]]:
    """Such lines read back."""
    return [_band(line) for line in LINES.split(text.strip())]


def _band(line: str) -> dict[str, object]:
    where, level = _ARROW.split(line)
    band: dict[str, object] = {}
    if where.strip() not in _ELSE:
        measure = FIGURE.match(where)
        band = edges(where[measure.end() :] if measure else where)
        if measure:
            band["measure"] = measure[0]
    name, equals, points = level.rpartition("=")
    if equals and is_number(points):
        return band | {"level": name.strip(), "points": number(points)}
    return band | {"level": level.strip()}


def steps_said(key: str, value: list[Table], _: str) -> str:
    """Each step on a line: where it begins, and its rate, amount or factor, which stands under ``key``."""
    own = [checked_table(one, ("from", key)) for one in value]
    return "\n".join(f"≥ {number_as_cell(one['from'])} → {number_as_cell(one[key])}" for one in own)


def steps(key: str, text: str) -> list[dict[str, object]]:
    """Such lines read back; a rate may be in percent."""
    found: list[dict[str, object]] = []
    for line in LINES.split(text.strip()):
        edge, step = _ARROW.split(line)
        begins = edges(edge)
        found.append({"from": begins.pop("at_least"), key: number(step, part=True)})
        if begins:
            raise ValueError(text)
    return found


def linear_said(value: object, language: str) -> str:
    """Where there are no points and where there are all: ``zero 50, full 90``."""
    table, words = checked_table(value, ("zero", "full")), _LINEAR[language == "zh"]
    return f"{words[0]} {number_as_cell(table['zero'])}, {words[1]} {number_as_cell(table['full'])}"


def linear(text: str) -> dict[str, object]:
    """Such words read back."""
    found: dict[str, object] = {}
    for part in COMMAS.split(text.strip()):
        word, _, value = part.partition(" ")
        key = next(_LINEAR[0][place] for pair in _LINEAR for place, name in enumerate(pair) if name == word)
        found[key] = number(value)
    return found
