"""One export from a seed: facts first, then a file that holds them in forms drawn for each column."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from csctl.month import Month
from tests.readers.generated import heads
from tests.readers.generated.cells import TEXT, Cell, Fact, Form, Row
from tests.readers.generated.columns import AGENT_CHOICES, COLUMNS, FORMS, IDENTIFIED, METRICS, Wish, kind_of, suiting
from tests.readers.generated.days import DAY_HALF, SPLIT, SPLIT_HEADERS, SPLIT_MAPPED, TIME_HALF
from tests.readers.generated.export import Column, Export
from tests.readers.generated.files import KINDS, FileKind
from tests.readers.generated.marks import EMPTY_ANYWHERE, EMPTY_DOUBTFUL, EMPTY_FIGURES, LATIN_WORDS, WORDS, empty_cell
from tests.readers.generated.shapes import BROKEN_AGAIN, SHAPES, Totals, laid_out
from tests.readers.generated.warps import WARPS

MONTH = Month(2026, 10)
_WITH_FIGURE_MARKS = frozenset({"flag", "count", "number", "days", "leave", "seconds", "money", "date", "moment"})
_KEYS = frozenset({"agent_id", "agent_name"})
_HOLES = 0.15
_EXTRA_CHANCE = 0.4
_TRIES = 300
_WARPED = 0.2


def _time_beside_mapped_day(columns: Sequence[Column]) -> bool:
    mapped = any(column.name == "date" and "format" in column.rule for column in columns)
    return mapped and any("beside the day" in column.form.name or "次日" in column.form.name for column in columns)


def _above(one: Fact, other: Fact) -> bool:
    return isinstance(one, Decimal) and isinstance(other, Decimal) and one > other


COMBINED: Mapping[str, Callable[[Sequence[Column]], bool]] = {
    "columns: a time of day beside a day in a mapped format": _time_beside_mapped_day,
}
"""Features of several columns together."""


class Planner:
    """Draws one export. ``banned`` features are never drawn; ``wanted`` is in it wherever the table allows."""

    def __init__(self, seed: int, banned: Collection[str] = (), wanted: str = "", clean: bool | None = None) -> None:
        self.seed = seed
        self.dice = Random(seed)  # noqa: S311 - no secret
        self.banned = frozenset(banned) - {wanted}
        self.wanted = wanted
        self.features: set[str] = set()
        self.drawn: list[str] = []
        self.clean = self.dice.random() < 0.4 if clean is None else clean
        self.language = self.dice.choice(("zh", "en"))
        self.latin = ""

    def export(self) -> Export:
        """The export of this seed."""
        table = self._table()
        kind = KINDS[self._pick([name for name, kind in KINDS.items() if self._medium_fits(kind.medium)
                                 and not (self.clean and kind.doubtful)])]  # fmt: skip
        self.latin = kind.latin
        self.language = "en" if kind.latin else self.language
        columns = self._together(table, kind.medium)
        shapes = self._shapes(table, kind, columns)
        facts = self._facts(columns, "shape: rows of another month" in shapes)
        body = [[self._cell(column, fact[column.name]) for column in columns] for fact in facts]
        self._junk(body)
        headers = [column.header for column in columns] + self.junk
        first = next(index for index, column in enumerate(columns) if column.name in _KEYS)
        texts = [index for index, column in enumerate(columns) if column.kind == "text"]
        totals = self._totals(columns, facts, body, first, self.dice.choice(texts) if texts else None)
        lines, numbers = laid_out(self.dice, shapes, headers, body, totals, self.language)
        month = MONTH if self.clean or self.dice.random() < 0.6 else None
        other: list[list[Cell]] = [["说明"], ["本表由系统导出"]] if "shape: another sheet" in shapes else []
        made = Export(self.seed, table, kind, columns, facts, numbers, lines, self.clean, month,
                      frozenset(self.features), headers, other)  # fmt: skip
        return self._warped(made)

    def _warped(self, made: Export) -> Export:
        """The export after what befell it: nothing, most of the time."""
        possible = [name for name, warp in WARPS.items() if (warp.clean or not self.clean)
                    and warp.medium in {"", made.kind.medium.partition(" ")[0]}]  # fmt: skip
        wanted = [name for name in possible if name == self.wanted]
        allowed = [name for name in possible if name not in self.banned]
        if wanted or (allowed and self.dice.random() < _WARPED):
            name = self.dice.choice(wanted or allowed)
            if WARPS[name].apply(self.dice, made):
                made.features |= {name}
        return made

    # ---- what is drawn --------------------------------------------------------

    def _allowed(self, features: Sequence[str]) -> list[str]:
        return [name for name in features if name not in self.banned]

    def _pick(self, features: Sequence[str]) -> str:
        """One of the features: the wanted one if it is among them."""
        chosen = self.wanted if self.wanted in features else self.dice.choice(self._allowed(features))
        self._drew(chosen)
        return chosen

    def _drew(self, feature: str) -> None:
        self.features.add(feature)
        self.drawn.append(feature)

    def _table(self) -> str:
        tables = [table for table in COLUMNS if self._table_fits(table)]
        return self.dice.choice(tables or list(COLUMNS))

    def _table_fits(self, table: str) -> bool:
        kind = self.wanted.partition(": ")[0]
        if self.wanted in {SPLIT, SPLIT_MAPPED}:
            return table == "interactions"
        if kind in FORMS:
            return any(form.name == self.wanted for form in self._suited(table))
        if self.wanted == "shape: exact double":
            return table in IDENTIFIED
        if self.wanted in COMBINED:
            return table == "attendance"
        if self.wanted.startswith("unit: "):
            return table in {"interactions", "kpis"}
        return True

    def _suited(self, table: str) -> list[Form]:
        if table == "kpis":
            metrics = [form for kind in METRICS for form in FORMS[kind]]
            return [*metrics, *FORMS["date"], *FORMS["id"], *FORMS["name"]]
        names = [wish.name for wish in COLUMNS[table]] + [*_KEYS]
        return [form for name in names for form in suiting(kind_of(table, name), name)]

    def _medium_fits(self, medium: str) -> bool:
        kind = self.wanted.partition(": ")[0]
        form = next((form for form in FORMS.get(kind, ()) if form.name == self.wanted), None)
        if self.wanted == "shape: another sheet":
            return medium != TEXT
        if self.wanted in WARPS:
            return WARPS[self.wanted].medium in {"", medium.partition(" ")[0]}
        return form is None or medium in form.media

    def _shapes(self, table: str, kind: FileKind, columns: Sequence[Column]) -> set[str]:
        suiting_file = [name for name, (medium, clean) in SHAPES.items()
                        if (clean or not self.clean) and (not medium or kind.medium != TEXT)]  # fmt: skip
        possible = [name for name in suiting_file if name != "shape: exact double" or self._numbered(table)]
        # What tells such a row is that it has no number, where all others have one.
        numbered = self._numbered(table) or set(_KEYS) <= set(self.names) or "agent_id" in self.names
        possible = [name for name in possible if name != "shape: totals with a day" or numbered]
        broken = any(" ".join(column.header.split()) != column.header.strip() for column in columns)
        possible = [name for name in possible if name != ("shape: header again" if broken else BROKEN_AGAIN)]
        drawn = {name for name in self._allowed(possible) if self.dice.random() < 0.2}
        if self.wanted in SHAPES and self.wanted in possible:
            drawn.add(self.wanted)
        self.features |= drawn
        return drawn

    def _numbered(self, table: str) -> bool:
        return any(column == IDENTIFIED.get(table) for column in self.names)

    def _together(self, table: str, medium: str) -> list[Column]:
        """Columns, drawn again until what they are only together is allowed, and what is wanted of them is there."""
        before = set(self.features)
        columns: list[Column] = []
        for _ in range(_TRIES):
            self.features = set(before)
            columns = self._columns(table, medium)
            held = {name for name, holds in COMBINED.items() if holds(columns)}
            if not held & self.banned and (self.wanted not in COMBINED or self.wanted in held):
                self.features |= held
                break
        return columns

    # ---- columns --------------------------------------------------------------

    def _columns(self, table: str, medium: str) -> list[Column]:
        keys = [Wish(name, 1, holes=False) for name in self.dice.choice(AGENT_CHOICES)]
        if self.wanted.startswith(("id: ", "name: ")):
            keys = [Wish("agent_id", 1, holes=False), Wish("agent_name", 1, holes=False)]
        wishes = keys + [
            wish for wish in COLUMNS[table] if self.dice.random() < wish.chance or self._wished(table, wish)
        ]
        self.names = [wish.name for wish in wishes]
        columns = [
            column for wish in wishes for column in self._halves(table, wish) or [self._column(table, wish, medium)]
        ]
        if table == "kpis":
            columns += self._metrics(medium)
        self.dice.shuffle(columns)
        return columns

    def _wished(self, table: str, wish: Wish) -> bool:
        return any(form.name == self.wanted for form in suiting(kind_of(table, wish.name), wish.name)) or (
            self.wanted.startswith("unit: ") and wish.name == "wait_seconds"
        )

    def _writable(self, name: str) -> bool:
        """Whether the letters of a form, which stand in its name, can stand in the file."""
        letters = name.replace("wide", "（").replace("·", "")
        return not self.latin or (letters.isascii() and "words of totals" not in name)

    def _form(self, kind: str, name: str, medium: str) -> Form:
        possible = [form for form in suiting(kind, name) if medium in form.media and self._writable(form.name)]
        wished = [form for form in possible if form.name == self.wanted]
        if self.wanted.startswith("unit: "):
            wished = [form for form in possible if form.unit in heads.OF_TIME and not form.rule and form.clean]
        allowed = [form for form in possible if form.name not in self.banned and (form.clean or not self.clean)]
        form = self.dice.choice(wished or allowed)
        self._drew(form.name)
        return form

    def _halves(self, table: str, wish: Wish) -> list[Column]:
        """The start of a contact as a column of days and one of times; now and then."""
        if table != "interactions" or wish.name != "started_at":
            return []
        splits = [name for name in (SPLIT, SPLIT_MAPPED) if name not in self.banned]
        if self.wanted not in splits and (not splits or self.dice.random() > 0.15 or self.wanted.startswith("moment")):
            return []
        self.drawn = []
        mapped = self._pick(splits) == SPLIT_MAPPED
        words = [self.dice.choice(names) for names in SPLIT_HEADERS[self.language]]
        headers = [f"X-{word}" for word in words] if mapped else words
        rule = {"from": " + ".join(headers)} if mapped else {}
        return [Column(wish.name, "moment", header, form, "", False, rule, tuple(self.drawn))
                for header, form in zip(headers, (DAY_HALF, TIME_HALF), strict=True)]  # fmt: skip

    def _column(self, table: str, wish: Wish, medium: str) -> Column:
        kind = kind_of(table, wish.name)
        self.drawn = []
        form = self._form(kind, wish.name, medium)
        rule = dict(form.rule)
        declared = heads.aliases(table, wish.name, self.language)
        if not declared or self.dice.random() < 0.08:
            base = heads.unknown(self.dice, self.language, len(self.names) + self.dice.randrange(10_000))
            header = self._titled(base, form, dressed=False)
            rule["from"] = header
        else:
            header = self._titled(self.dice.choice(declared), form)
            if rule and self.dice.random() < 0.5:
                rule["from"] = header
        mark = self._mark(kind)
        return Column(wish.name, kind, header, form, mark, wish.holes, rule, tuple(self.drawn))

    def _metrics(self, medium: str) -> list[Column]:
        found = []
        for kind, names in METRICS.items():
            for pair in names:
                wished = self.wanted.startswith(kind) or self.wanted.startswith("unit: ")
                if self.dice.random() < 0.5 and not wished:
                    continue
                base = pair[0] if self.language == "zh" else pair[1]
                self.drawn = []
                form = self._form(kind, base, medium)
                if form.rule:
                    continue
                header = self._titled(base, form, dressed=False)
                found.append(Column(base, kind, header, form, "", True, {}, tuple(self.drawn)))
        if not found:
            self.drawn = []
            form = self._form("kpi count", "", medium)
            base = METRICS["kpi count"][0][0]
            found.append(Column(base, "kpi count", base, form, "", True, {}, tuple(self.drawn)))
        return found

    def _titled(self, base: str, form: Form, dressed: bool = True) -> str:
        western = {"header: UPPER", "header: Title", "header: snake_case"}
        eastern = {"header: wide", "header: with a colon"} if self.latin else set()
        dresses = [name for name in heads.DRESSES if name not in (eastern if base.isascii() else western)]
        if self.wanted == BROKEN_AGAIN:
            dresses = ["header: with a line break"]
        plain_one = not dressed or (self.wanted not in dresses and self.dice.random() < 0.7)
        header = base if plain_one else heads.DRESSES[self._pick(dresses)](base)
        if form.unit:
            words = heads.UNIT_WORDS[form.unit][self.language]
            word = self.dice.choice(words)
            header = heads.with_unit(header, form.unit, word, self._place(form.unit, word))
        return header

    def _place(self, unit: str, word: str) -> str:
        places = list(filter(self._writable, heads.places_for(unit, word, self.language)))
        if not set(self._allowed(places)):
            return heads.FIRST_PLACE
        return self._pick(places)

    def _mark(self, kind: str) -> str:
        marks = EMPTY_ANYWHERE + (EMPTY_FIGURES if kind in _WITH_FIGURE_MARKS else ())
        if not self.clean and kind in _WITH_FIGURE_MARKS:
            marks += EMPTY_DOUBTFUL
        features = [f"empty: {mark}" for mark in marks if self._writable(mark)]
        return self._pick(features).removeprefix("empty: ")

    # ---- facts and cells ------------------------------------------------------

    def _facts(self, columns: Sequence[Column], other_month: bool) -> list[dict[str, Fact]]:
        facts = []
        small_days = any(column.form.small_days for column in columns)
        for index in range(self.dice.randint(8, 24)):
            # the first day is one that no month has the number of: it proves the order of days and months
            days = range(1, 13) if small_days else range(13, 31) if index == 0 else range(1, 31)
            month = 9 if other_month and index % 7 == 3 else MONTH.number
            row = Row(index, date(MONTH.year, month, self.dice.choice(days)), self.latin)
            fact = {column.name: column.form.invent(self.dice, row) for column in columns}
            for column in columns:
                if column.holes and index and self.dice.random() < _HOLES:
                    fact[column.name] = None
            self._within(columns, fact, row)
            facts.append(fact)
        self._ticked(columns, facts)
        return facts

    def _ticked(self, columns: Sequence[Column], facts: Sequence[dict[str, Fact]]) -> None:
        """A column of yes and nothing alone would mean no where nothing stands: somebody has to say no."""
        for column in columns:
            if column.kind == "flag" and not any(fact[column.name] is False for fact in facts):
                facts[0][column.name] = False

    def _within(self, columns: Sequence[Column], fact: dict[str, Fact], row: Row) -> None:
        """No score lies above its full score, which every row has, and no refund above what was paid."""
        scored = {column.name: column for column in columns if column.name in {"score", "full_score"}}
        tries = 0
        while len(scored) > 1 and (fact["full_score"] is None or _above(fact["score"], fact["full_score"])):
            tries += 1
            fact |= {name: None if tries > _TRIES else one.form.invent(self.dice, row) for name, one in scored.items()}
            if tries > _TRIES:
                break
        if _above(fact.get("refund_amount"), fact.get("amount")):
            fact["refund_amount"] = None

    def _cell(self, column: Column, fact: Fact) -> Cell:
        return empty_cell(column.mark) if fact is None else column.form.write(fact)

    def _junk(self, body: list[list[Cell]]) -> None:
        """Columns that nobody knows, at the right."""
        self.junk: list[str] = []
        if self.dice.random() < _EXTRA_CHANCE:
            title = "内部标记" if self.language == "zh" else "internal tag"
            self.junk.append(title)
            for row in body:
                row.append(self.dice.choice(LATIN_WORDS[self.latin] if self.latin else WORDS))

    def _totals(
        self, columns: Sequence[Column], facts: Sequence[dict[str, Fact]], body: Sequence[Sequence[Cell]], first: int,
        text: int | None,
    ) -> Totals:  # fmt: skip
        """What may stand in rows of totals, in as many cells as the rows of facts have."""
        spare: list[Cell] = [None] * len(self.junk)
        sums = self._sums(columns, facts) + spare
        counts: list[Cell] = [
            None if column.name in _KEYS else str(sum(fact[column.name] is not None for fact in facts))
            for column in columns
        ]
        # The last day of the file, which other rows of it may bear as well.
        days = [
            body[-1][index] if column.kind == "date" else cell
            for index, (column, cell) in enumerate(zip(columns, sums, strict=False))
        ]
        return Totals(sums, counts + spare, days + spare, first, text)

    def _sums(self, columns: Sequence[Column], facts: Sequence[dict[str, Fact]]) -> list[Cell]:
        """A row of sums: figures that can be added, in the form of their column."""
        adding: dict[str, Callable[[Sequence[Any]], Any]] = {"money": sum, "count": sum}
        cells: list[Cell] = []
        for column in columns:
            filled = [fact[column.name] for fact in facts if fact[column.name] is not None]
            add = adding.get(column.kind)
            cells.append(column.form.write(add(filled)) if add and filled else None)
        return cells


def generate(seed: int, banned: Collection[str] = (), wanted: str = "", clean: bool | None = None) -> Export:
    """The export of a seed."""
    return Planner(seed, banned, wanted, clean).export()
