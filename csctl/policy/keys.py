"""What a policy key means, declared once where the key is: what it names, what it refers to, how it is inherited.

A field says so in its type: ``quantity: Annotated[str, Ref("measure", units=("days", "hours"))]``. The linter, merging,
the reference page and the explanations read the declarations; nothing has to be told elsewhere of a new key.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from csctl.tables import DECIMALS, Kind


class Columns(Enum):
    """Kinds of columns a key can work on, and the problem code of a column of another kind."""

    NUMBERS = (frozenset(DECIMALS), "policy-column-not-numeric")
    WORDS = (frozenset({Kind.TEXT, Kind.ID}), "check-column-not-text")
    TIMES = (frozenset({Kind.DATE, Kind.MOMENT}), "check-column-not-a-time")

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds that suit."""
        return self.value[0]

    @property
    def code(self) -> str:
        """What is wrong with a column of another kind."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Ref:
    """The text names something declared elsewhere: in the policy, in the canonical tables, or by csctl itself.

    ``to``: what it names; a space of ``Names``, or one of those in ``known.KNOWN``. ``units``: those of a measure that
    make sense here. ``columns``: kinds of columns that do. ``also``: words that may stand instead of a name.
    ``unless``: with that sibling key given, the text is no reference.
    """

    to: str
    units: tuple[str, ...] = ()
    columns: Columns | None = None
    also: tuple[str, ...] = ()
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The text is a name, found once in its space; entries of a list go by the first such key of their model.

    ``within``: every table of that key is a space of its own. ``alike``: width and case tell no names apart.
    """

    space: str
    within: str = ""
    alike: bool = False


@dataclass(frozen=True, slots=True)
class ListKey:
    """Entries of a list go by this text or number, though it need not differ from all others."""


@dataclass(frozen=True, slots=True)
class Free:
    """The text names nothing: words for people, or what exports and raters write."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Replaced as one piece by a child: half of one and half of another would mean something nobody wrote."""


@dataclass(frozen=True, slots=True)
class Own:
    """Never inherited."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """A table of names whose order says something."""


Mark = Ref | Names | ListKey | Free | Whole | Own | Ordered

Text = Annotated[str, Free()]
MeasureName = Annotated[str, Ref("measure")]
"""Any figure: a declared measure, ``event.…``, ``composite.…``, ``check.…``, ``attendance.…``."""
CountName = Annotated[str, Ref("measure", units=("count",))]
RankedName = Annotated[str, Ref("measure", also=("score",))]
TableName = Annotated[str, Ref("table")]
ColumnName = Annotated[str, Ref("column")]
"""A column of the nearest table named around it, derived columns included."""
NumberColumn = Annotated[str, Ref("column", columns=Columns.NUMBERS)]
StoredColumn = Annotated[str, Ref("stored column")]
WordColumn = Annotated[str, Ref("stored column", columns=Columns.WORDS)]
TimeColumn = Annotated[str, Ref("stored column", columns=Columns.TIMES)]
ColumnValue = Annotated[str, Ref("value")]
"""What a column is compared with; a reference where the column holds names of the policy."""
LevelName = Annotated[str, Ref("job level")]
