"""Files read as a draft says, with what is needed to ask about them: cells, bindings, what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from csctl.headers import Header, find_headers, lettered
from csctl.month import Month
from csctl.problems import Place, Problem, shortened
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.layout import Layout
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.grid import Book, Cell
from csctl.readers.mapping.above import with_above
from csctl.readers.mapping.importer import Imported, import_book
from csctl.readers.mapping.matching import bind
from csctl.readers.mapping.sheets import choose_sheets
from csctl.readers.proposing.drafts import Draft
from csctl.readers.shaping.shapes import of_shape
from csctl.tables import TABLES, Table

_SAMPLES, _LONGEST = 4, 40
_LOOKED_AT = 2_000


@dataclass(frozen=True, slots=True)
class Opened:
    """One file, open: its name as it is shown, its month if its name says it."""

    shown_as: str
    book: Book
    month: Month | None


@dataclass(frozen=True, slots=True)
class View:
    """What files came to under a draft; ``layout`` and ``bindings`` are those of the first."""

    draft: Draft
    files: str
    imports: tuple[Imported, ...]
    layout: Layout | None
    bindings: dict[str, Binding]

    @property
    def table(self) -> Table:
        """The table they are read as."""
        return TABLES[self.draft.table]

    @property
    def problems(self) -> list[Problem]:
        """All that is said of them, each once."""
        return list(dict.fromkeys(one for imported in self.imports for one in imported.problems))

    @property
    def headers(self) -> tuple[Header, ...]:
        """The headers of the first file."""
        return self.layout.headers if self.layout else ()

    @property
    def sheets(self) -> frozenset[str]:
        """The names of the sheets that are read."""
        return frozenset(name for one in self.imports for name in one.sheets)

    def free(self) -> list[Header]:
        """The headers that nothing was read from."""
        taken = {header.column for one in self.bindings.values() for header in one.used}
        return [header for header in self.headers if header.column not in taken]

    def cells(self, header: Header) -> list[Cell]:
        """The cells below a header, as far as anybody looks."""
        rows = self.layout.sheet.rows[self.layout.header_row :] if self.layout else []
        return [row[header.column] if header.column < len(row) else None for row in rows[:_LOOKED_AT]]

    def samples(self, header: Header) -> tuple[str, ...]:
        """The first different texts below a header."""
        texts = dict.fromkeys(cell_as_text(cell) for cell in self.cells(header) if not is_empty(cell))
        found = [text if len(text) <= _LONGEST else text[:_LONGEST] + "…" for text in islice(texts, _SAMPLES + 1)]
        return shortened(found, _SAMPLES)

    def called(self, header: Header) -> str:
        """How a source calls this header and no other."""
        return header.text if len(find_headers(list(self.headers), header.text)) == 1 else lettered(header.column)


def view(files: str, draft: Draft, opened: Sequence[Opened]) -> View:
    """The files of one pattern as a draft reads them."""
    source = draft.source(files)
    assert source is not None, draft  # noqa: S101 - drafts are made of what the reader itself proposes
    imports = tuple(import_book(one.book, source, one.shown_as, one.month) for one in opened)
    first = opened[0]
    chosen = choose_sheets(first.book, source, first.shown_as, first.month)
    if not chosen.read:
        return View(draft, files, imports, None, {})
    layout = chosen.read[0]
    shaped = with_above(of_shape(source, TABLES[draft.table], layout), layout)
    rows = layout.sheet.rows[layout.header_row :]
    bindings, _ = bind(TABLES[draft.table], shaped, layout.headers, Place(first.shown_as), rows)
    return View(draft, files, imports, layout, bindings)
