"""Fresh copies of a workbook that was opened once: opening it anew costs ten times as much as filling it."""

from __future__ import annotations

import io
import pickle
from typing import Any

from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook import Workbook
from openpyxl.worksheet.dimensions import DimensionHolder


def frozen(book: Workbook) -> bytes:
    """A workbook as bytes of this process; they are never written to a file nor read from one."""
    buffer = io.BytesIO()
    _Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump(book)
    return buffer.getvalue()


def thawed(frozen_book: bytes) -> Workbook:
    """A workbook of its own, equal to the one that was frozen."""
    book: Workbook = pickle.loads(frozen_book)  # noqa: S301  - made by frozen() in this process
    return book


class _Pickler(pickle.Pickler):
    """Two collections of openpyxl do not survive pickling by themselves.

    Its lists of looks drop doubles when they are filled, and cells name looks by place, so none may go. Its rows and
    columns make themselves when they are asked for, and forget how.
    """

    def reducer_override(self, obj: Any) -> Any:
        if type(obj) is IndexedList:
            return _looks, (list(obj), obj.clean)
        if type(obj) is DimensionHolder:
            state = (obj.__dict__, obj.default_factory)
            return DimensionHolder, (None,), state, None, iter(obj.items()), _remember
        return NotImplemented


def _looks(items: list[Any], clean: bool) -> IndexedList[Any]:
    """As openpyxl makes it of the looks it read."""
    made = IndexedList(items)
    made.clean = clean
    return made


def _remember(holder: Any, state: tuple[dict[str, Any], Any]) -> None:
    attributes, holder.default_factory = state
    holder.__dict__.update(attributes)
