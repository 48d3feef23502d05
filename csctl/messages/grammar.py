"""How a language joins a list, separates clauses, and counts.

A message may hold ``{count} {count:row|rows}``: the first word stands beside 1, the second beside any other number.
``{names:? of *;}`` is `` of`` what fills the blank and ``;``, or nothing at all where nothing fills it.
A blank that is given a list shows it as the language writes lists.
``{table:@table}`` is the word for the table by whose name what fills the blank begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from string import Formatter

_SAID = ":@"
"""What parts a blank from the kind of name that it holds."""
_LIST = {"zh": "、", "en": ", "}
_COMMAS = {"zh": "，", "en": ", "}
CLAUSE = {"zh": "；", "en": "; "}
UNKNOWN = "–"
"""What stands in a blank that nothing fills."""
_COLON = {"zh": "：", "en": ": "}
_GAP = {"zh": "\u3000\u3000", "en": "   "}
_BRACKETS = {"zh": "（{}）", "en": " ({})"}


def listed(items: Iterable[object], language: str) -> str:
    """Things of one kind: ``a、b`` or ``a, b``."""
    return _LIST[language].join(map(str, items))


def listed_text(text: str | Sequence[str], language: str) -> str:
    """A text as it is, several as a list."""
    return text if isinstance(text, str) else listed(text, language)


def joined_parts(parts: Iterable[str], language: str) -> str:
    """Parts of one sentence, without those that are empty: ``a，b`` or ``a, b``."""
    return _COMMAS[language].join(part for part in parts if part)


def clauses(parts: Iterable[str], language: str) -> str:
    """Remarks that stand side by side, without those that are empty: ``a；b`` or ``a; b``."""
    return CLAUSE[language].join(part for part in parts if part)


def labelled(parts: Iterable[str], language: str) -> str:
    """A label and what is said of it, without those that are empty: ``a：b`` or ``a: b``."""
    return _COLON[language].join(part for part in parts if part)


def apart(parts: Iterable[str], language: str) -> str:
    """Facts in one line that have nothing to do with each other, without those that are empty."""
    return _GAP[language].join(part for part in parts if part)


def with_aside(text: str, aside: str, language: str) -> str:
    """A text and something in brackets, if there is anything: ``a（b）`` or ``a (b)``."""
    return text + _BRACKETS[language].format(aside) if aside else text


Naming = Callable[[str, str], str]
"""A kind of name (``table``) and a text that begins with one, to the text with the word for it."""


def fill_blanks(text: str, language: str, blanks: Mapping[str, object], naming: Naming = lambda _, name: name) -> str:
    """A message with its blanks filled in. Raises KeyError for a blank that is not given."""
    shown = _Shown(blanks, language, naming)
    text = text.replace(_SAID, "@")
    # Few messages choose, and the quick way of filling blanks cannot.
    return _CHOOSING.vformat(text, (), shown) if "|" in text or ":?" in text else text.format_map(shown)


class _Shown(Mapping[str, object]):
    """Blanks as a language shows them; whoever gives the blanks decides what an unknown one is."""

    def __init__(self, blanks: Mapping[str, object], language: str, naming: Naming) -> None:
        self._blanks, self._language, self._naming = blanks, language, naming

    def __getitem__(self, name: str) -> object:
        name, _, kind = name.partition("@")
        one = self._blanks[name]
        if kind:
            one = [self._naming(kind, str(each)) for each in (one if isinstance(one, tuple | list) else [one])]
        return listed_text(one, self._language) if isinstance(one, tuple | list) else one

    def __iter__(self) -> Iterator[str]:
        return iter(self._blanks)

    def __len__(self) -> int:
        return len(self._blanks)


class _Choosing(Formatter):
    """Formats as usual; ``{count:row|rows}`` chooses a word, ``{names:? of *;}`` whether to say it at all."""

    def format_field(self, value: object, format_spec: str) -> str:
        """One of two words, the value with what stands around it, or the value."""
        if format_spec.startswith("?"):
            return format_spec[1:].replace("*", str(value)) if value not in {"", UNKNOWN} else ""
        if "|" not in format_spec:
            return str(super().format_field(value, format_spec))
        one, other = format_spec.split("|")
        return one if str(value) == "1" else other


_CHOOSING = _Choosing()
