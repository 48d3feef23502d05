"""What a policy asks of the words of a column: which texts its rules name, and which it says to leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from csctl.policy.keys import Names, Ref
from csctl.policy.known import COLUMNS_OF_NAMES
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.refs import texts_compared
from csctl.policy.scoring import Indicator
from csctl.policy.walk import Met, path_steps, texts, uses
from csctl.tables import TABLES, Column, Kind, Table

DECLARED = {**COLUMNS_OF_NAMES, ("leave", "kind"): "leave kind"}
"""Columns whose words a policy declares by themselves, and the space of these names."""


RATED = ("ratings", "item")


@dataclass(frozen=True, slots=True)
class AskedTexts:
    """The texts of one test or declaration: any of them will do. ``wanted``: some row of a month should have one."""

    rule: str
    texts: tuple[str, ...]
    wanted: bool


@dataclass(frozen=True, slots=True)
class AskedColumn:
    """A column of words that rules ask about. Words are compared in the column's own form (``Texts.same``)."""

    table: Table
    column: Column
    questions: tuple[AskedTexts, ...]
    ignored: tuple[str, ...]

    @property
    def name(self) -> str:
        """Table and column as policies write them: ``complaints.category``."""
        return f"{self.table.name}.{self.column.name}"

    @property
    def rules(self) -> dict[str, str]:
        """The first rule that names a word, by the word's form."""
        pairs = [(self.column.texts.same(text), one.rule) for one in self.questions for text in one.texts]
        return dict(reversed(pairs))

    @property
    def leaves_alone(self) -> frozenset[str]:
        """The forms of the words that the policy says to ignore."""
        return frozenset(map(self.column.texts.same, self.ignored))


def asked_columns(policy: Policy) -> list[AskedColumn]:
    """Every column of words that the policy asks about, in the order of tables; columns of its own names always."""
    found: dict[tuple[str, str], dict[Path, list[str]]] = {key: {} for key in COLUMNS_OF_NAMES}
    for key, path, text in (*_compared(policy), *_declared(policy)):
        found.setdefault(key, {}).setdefault(path, []).append(text)
    order = list(TABLES)
    entries = sorted(found.items(), key=lambda entry: order.index(entry[0][0]))
    return [
        AskedColumn(TABLES[table], column, _questions(policy, asked), tuple(_ignored(policy, f"{table}.{name}")))
        for (table, name), asked in entries
        if (column := TABLES[table].measurable(name)) is not None and column.kind is Kind.TEXT
    ]


def _compared(policy: Policy) -> Iterator[tuple[tuple[str, str], Path, str]]:
    """Texts of tests: those of one test lie at one path, which ends with the column, or with ``not`` after it."""
    for table, column, met in texts_compared(policy):
        path = met.path[:-1] if isinstance(met.path[-1], int) else met.path
        yield (table.name, column), path, met.text


def _declared(policy: Policy) -> Iterator[tuple[tuple[str, str], Path, str]]:
    """Names that stand in a column of their own, and rated items."""
    for path, indicator in uses(policy, Indicator):
        yield from ((RATED, path, item) for item in indicator.rated_items)
    for item in sorted(policy.career.judged_items) if policy.career else ():
        yield RATED, ("career",), item
    keys = {space: key for key, space in DECLARED.items()}
    for met in texts(policy):
        key = keys.get(_space(met))
        if key and met.text:
            yield key, met.path[:2], met.text


def _space(met: Met) -> str:
    return met.mark.space if isinstance(met.mark, Names) else met.mark.to if isinstance(met.mark, Ref) else ""


def _questions(policy: Policy, asked: dict[Path, list[str]]) -> tuple[AskedTexts, ...]:
    return tuple(AskedTexts(_rule(policy, path), tuple(words), _wanted(path)) for path, words in asked.items())


def _wanted(path: Path) -> bool:
    """Whether rules look for the texts: not where all others are meant, nor answers that few are ever asked for."""
    return path[-1] != "not" and path[0] != "career"


def _rule(policy: Policy, path: Path) -> str:
    """The rule that a text lies in: ``measure.rude``, ``check[greeting]``, ``dimension[service].indicator[csat]``."""
    return ".".join(path_steps(policy, path[: 4 if path[0] == "dimension" else 2])).replace(".[", "[")


def _ignored(policy: Policy, name: str) -> list[str]:
    rule = policy.words.get(name)
    return rule.ignore if rule else []
