"""What a canonical table is: columns with a kind, a meaning and the names exports use for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from csctl.headers import same_header
from csctl.words import same_word, sender_of


class Kind(StrEnum):
    """How a column's values are read, checked and stored."""

    TEXT = "text"
    ID = "id"
    """Text that identifies: kept as written, leading zeros and 18 digits included."""
    FLAG = "flag"
    COUNT = "count"
    NUMBER = "number"
    RATIO = "ratio"
    """A share between 0 and 1; ``99.71%`` and ``0.9971`` are the same value."""
    SECONDS = "seconds"
    MONEY = "money"
    DATE = "date"
    MOMENT = "moment"
    """Local date and time."""


class Texts(Enum):
    """What the texts of a column are, and so which of them are one word to a rule that asks for it."""

    WORDS = "words"
    """Width, case, invisible signs and spaces do not matter."""
    HEADERS = "headers"
    """Names of figures as exports head them: units in brackets do not matter either."""
    SENDERS = "senders"
    """Who wrote: all words for the agent are one, and so are those for the customer. The agent's own name, number or
    account says the same as the word for the agent."""

    def same(self, text: str) -> str:
        """The form in which two texts are one word."""
        if self is Texts.HEADERS:
            return same_header(text)
        return sender_of(text) or same_word(text) if self is Texts.SENDERS else same_word(text)


class NoRow(Enum):
    """What it means that somebody has no row in a table that was read."""

    PRESENCE = "presence"
    """Everybody who works has rows: without one nothing is known, and every figure is missing."""
    HAPPENING = "happening"
    """A row is something that happened: without one it did not."""
    ACTIVITY = "activity"
    """A row is work done: without one counts are 0, means and shares are missing, and it is odd where others have
    some."""


class Stated(Enum):
    """Whether the figures of a table's rows are what somebody worked out or set, and so not 0 where none is written."""

    NOT = "not"
    """A row is one happening or one piece of work: an empty cell of it is nothing."""
    IN_ROWS = "in rows"
    """A row states several figures: where the export writes its zeros, an empty cell is none."""
    EACH = "each"
    """Every row is a figure: whoever has none in the table has none at all."""
    ALWAYS = "always"
    """Every row is a figure that is never nothing."""


DECIMALS: dict[Kind, int] = {Kind.COUNT: 0, Kind.NUMBER: 4, Kind.RATIO: 8, Kind.SECONDS: 3, Kind.MONEY: 2}
"""Decimal places that canonical storage keeps of each numeric kind; further places are rounded HALF_UP on import."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a canonical table.

    ``aliases`` are the names under which exports carry it, in any spelling that header normalisation makes equal
    (width, case, spaces, bracketed units). ``required`` columns must be found in a source.
    A required column with an ``alternative`` may be missing where that other column is there instead, in the file as in
    each of its rows. A column that is ``part_of`` another says nothing in a row in which that one is empty.
    One that is the ``best_of`` another says how much that one can be at the most.
    One with ``only_if`` has a value only where that flag is yes: zeros elsewhere are doubtful. A flag that is
    ``ticked`` tells of what happens now and then: where its column says yes or nothing, nothing is no. An answer or a
    verdict is none: nobody may have been asked.
    One that ``may_lack`` must have a header, and a row in which it is empty counts all the same, as open.
    ``as_written`` columns may be empty even if required, and a lone ``-`` is a value in them, as in marks of plus and
    minus. ``texts``: which texts are one word. ``weighs``: its words cost or earn, so once rules ask for some of them,
    each that no rule names is said; where ``weighs_if`` names a flag of the same row, only in rows in which that is
    true. A column that is ``rated`` holds what customers gave on a scale: what lies off it is doubtful. A moment
    ``on_day`` is one of the day in that column, which a time alone is of. Amounts that are ``alike`` are of one size:
    one far from the others, or below 0, is doubtful. A derived column ``follows`` from these of the same row.
    """

    name: str
    kind: Kind
    meaning: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    may_lack: bool = False
    as_written: bool = False
    alternative: str = ""
    part_of: str = ""
    best_of: str = ""
    only_if: str = ""
    ticked: bool = False
    texts: Texts = Texts.WORDS
    weighs: bool = False
    weighs_if: str = ""
    rated: bool = False
    on_day: str = ""
    alike: bool = False
    follows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One canonical table. ``dated`` names the column whose day places a row in a month; ``no_row`` says what it means
    that somebody has none in it. ``together``: where most of the same group and post have a row, so should the others,
    though a month may be without any. ``stated``: whether an empty figure is none. Where a row may last, ``until``
    names the column of its last day and ``length`` that of its days: it belongs to every month that it touches.

    ``derived`` columns stand in no export and in no file: they follow from the stored rows, and measures may test
    them and work on them like any other.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    dated: str | None = "date"
    derived: tuple[Column, ...] = ()
    no_row: NoRow = NoRow.HAPPENING
    together: bool = False
    stated: Stated = Stated.NOT
    until: str = ""
    length: str = ""

    def column(self, name: str) -> Column | None:
        """The stored column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)

    def measurable(self, name: str) -> Column | None:
        """The stored or derived column of that name, or None."""
        return self.column(name) or next((column for column in self.derived if column.name == name), None)

    @property
    def has_agents(self) -> bool:
        """Whether its rows are credited to agents."""
        return self.column("agent_id") is not None


AGENT = (
    Column(
        "agent_id",
        Kind.ID,
        "staff number or account of the agent",
        (
            "工号",
            "员工编号",
            "员工工号",
            "客服ID",
            "客服工号",
            "坐席工号",
            "UserId",
            "账号",
            "帐号",
            "agent id",
            "employee id",
            "employee number",
            "employee no",
            "staff id",
            "rep id",
            "representative",
            "user id",
        ),
    ),
    Column(
        "agent_name",
        Kind.TEXT,
        "name or nickname of the agent",
        (
            "姓名",
            "员工姓名",
            "客服",
            "客服姓名",
            "客服昵称",
            "客服名称",
            "旺旺昵称",
            "旺旺",
            "坐席",
            "坐席姓名",
            "员工",
            "agent",
            "agent name",
            "assignee",
            "name",
            "employee",
            "employee name",
            "full name",
            "staff",
        ),
    ),
)
"""The two columns by which a row is credited; at least one must be found in a source of a table about agents."""


AGENT_NAMES = tuple(column.name for column in AGENT)
"""Their names, the number first."""


def day(*aliases: str, meaning: str = "day") -> Column:
    """The date column of a table that has one row per day or per happening."""
    return Column("date", Kind.DATE, meaning, ("日期", "时间", "发生日期", "date", "day", *aliases))


UNREADABLE = "unreadable"
"""The column that names the row's columns whose cell held something that could not be read, parted by spaces: what
cannot be read is not empty."""

PROVENANCE = ("source_file", "source_sheet", "source_row", "month", UNREADABLE)
"""Columns that every stored row has besides its own: where it was read, the month it belongs to, and what in it could
not be read."""
