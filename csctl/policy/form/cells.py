"""A value of a policy in one cell of a workbook, and a cell as a value: each kind of key as people write it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import tomli_w

from csctl.policy.form.conditions import flag_of, flag_word
from csctl.policy.form.numbers import number, number_as_cell
from csctl.policy.form.phrases import understood, value_phrase
from csctl.policy.model import MONTH
from csctl.policy.schema import Spec

Cell = str | int | float | bool | Decimal | datetime | date | time | None
"""What a cell of a workbook may hold."""
REMARK = "#"
"""How a row or a sheet begins that is for people alone."""
LITERAL = ('"', "'", "[", "{")
"""How a value as TOML writes it begins, that is not a bare number or flag."""


class UnreadableError(ValueError):
    """A cell from which no value can be made for its key."""


def to_cell(value: object, spec: Spec, language: str) -> str | int | Decimal:
    """What to write for a value: a number, plain text, words, or what TOML writes; always read back as the same."""
    tried = _plainly(value, spec, language)
    if tried is not None and not _looks_like_nothing(tried):
        try:
            found = from_cell(tried, spec)
            if same(found, value) and _in_order(found, spec) == _in_order(value, spec):
                return tried
        except UnreadableError:
            pass
    return literal(value)


def _looks_like_nothing(tried: str | int | Decimal) -> bool:
    """Whether a cell of this would be passed over: as empty, or as a remark."""
    return isinstance(tried, str) and (not tried.strip() or tried.lstrip().startswith(REMARK))


def from_cell(cell: Cell, spec: Spec) -> object:
    """The value that a filled cell gives for its key. Raises UnreadableError."""
    if isinstance(cell, str):
        return _of_text(cell, spec)
    kinds = _kinds(spec)
    if isinstance(cell, bool):
        return _if(cell, bool in kinds, cell)
    if isinstance(cell, int | float | Decimal):
        exact = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
        whole = int(exact) if exact == exact.to_integral_value() else exact
        if Decimal in kinds or int in kinds:
            return whole
        return _if(cell, str in kinds or _is_list(spec), _one(f"{whole}", spec))
    if isinstance(cell, date | time):
        return _if(cell, str in kinds, _moment(cell, spec))
    raise UnreadableError(str(cell))


def same(one: object, other: object) -> bool:
    """Whether two values of a document are one: 5 and 5.0 are, 1 and true are not."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return set(one) == set(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) is isinstance(other, bool) and one == other


def _in_order(value: object, spec: Spec) -> list[str]:
    """The names of a table of names in their order: that of a scale says something."""
    return list(value) if isinstance(value, Mapping) and spec.keys is not None else []


def name_to_cell(name: str) -> str:
    """What to write where an entry is called by its name: read without the spaces around it."""
    plain = name == name.strip() and not _looks_like_nothing(name) and not name.startswith(LITERAL)
    return name if plain else literal(name)


def name_of_cell(cell: Cell) -> str:
    """The name in such a cell; "" if it is empty. Raises UnreadableError."""
    text = "" if cell is None else str(cell).strip()
    return str(of_literal(text)) if text.startswith(LITERAL) else text


def literal(value: object) -> str:
    """A value on one line as TOML writes it."""
    if isinstance(value, Mapping):
        inside = ", ".join(f"{written_key(name)} = {literal(item)}" for name, item in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    return tomli_w.dumps({"x": value}).removeprefix("x = ").rstrip("\n")


def of_literal(text: str) -> object:
    """The value of such a text. Raises UnreadableError."""
    try:
        document = tomllib.loads(f"x = {text}", parse_float=Decimal)
    except (ValueError, RecursionError) as fault:
        raise UnreadableError(text) from fault
    if list(document) != ["x"]:
        raise UnreadableError(text)
    return document["x"]


def written_key(name: str) -> str:
    """A key as TOML writes it: in quotes where it is no plain word."""
    return tomli_w.dumps({name: 0}).removesuffix(" = 0\n")


def _plainly(value: object, spec: Spec, language: str) -> str | int | Decimal | None:
    if isinstance(value, bool):
        return flag_word(value, language)
    if isinstance(value, int | Decimal):
        return value if spec.item is None else number_as_cell(value)
    if isinstance(value, str):
        return value
    return value_phrase(value, spec, language)


def _of_text(text: str, spec: Spec) -> object:
    kinds, word = _kinds(spec), text.strip()
    if word.startswith(LITERAL):
        return of_literal(word)
    answer = flag_of(word) if bool in kinds else None
    if answer is not None:
        return answer
    exact = _number(word, part=_is_part(spec)) if Decimal in kinds or int in kinds else None
    if exact is not None:
        return exact
    if str in kinds:
        return text
    found = understood(text, spec)
    if found is None:
        raise UnreadableError(text)
    return found


def _number(word: str, *, part: bool) -> Decimal | int | None:
    try:
        return number(word, part=part)
    except ValueError:
        return None


def _is_part(spec: Spec) -> bool:
    """Whether a key is a part of something: 1 is all of it."""
    tops = [getattr(one, "le", None) for one in (spec.info.metadata if spec.info else ())]
    return 1 in tops


def _if(cell: object, fits: bool, value: object) -> object:
    if not fits:
        raise UnreadableError(str(cell))
    return value


def _one(text: str, spec: Spec) -> object:
    """A number that stands alone in a cell of texts or of a list."""
    return _of_text(text, spec) if _is_list(spec) else text


def _is_list(spec: Spec) -> bool:
    return spec.item is not None and spec.keys is None and not spec.item.models


def _moment(cell: date | time, spec: Spec) -> str:
    """A day or a time of day that the spreadsheet made of a text, as the text it was."""
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    day = cell.date() if isinstance(cell, datetime) else cell
    patterns = [getattr(one, "pattern", None) for one in (spec.info.metadata if spec.info else ())]
    return f"{day:%Y-%m}" if MONTH in patterns else day.isoformat()


def _kinds(spec: Spec) -> frozenset[type]:
    """The plain types that a key may have: a word of several is a text."""
    return frozenset(_types(spec.info.annotation)) if spec.info else frozenset({str} if spec.text else ())


def _types(annotation: Any) -> Sequence[type]:
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _types(inside[0])
    if origin in (Union, UnionType):
        return [found for member in inside for found in _types(member)]
    if origin is Literal:
        return [type(one) for one in inside]
    return [annotation] if annotation in (str, bool, int, Decimal) else []


def is_flag(spec: Spec) -> bool:
    """Whether a key is yes or no and nothing else."""
    return _kinds(spec) == {bool}


def allowed_words(spec: Spec) -> list[str]:
    """The words of which a key is one; none where it may be anything."""
    return list(_choices(spec.info.annotation)) if spec.info else []


def _choices(annotation: Any) -> Sequence[str]:
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _choices(inside[0])
    if origin is Literal:
        return [one for one in inside if isinstance(one, str)]
    if origin in (Union, UnionType) and all(get_origin(one) is Literal or one is type(None) for one in inside):
        return [found for member in inside for found in _choices(member)]
    return []
