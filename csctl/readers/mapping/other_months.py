"""A column of months that speaks against the month of the folder, in a table whose rows have no day of their own."""

from __future__ import annotations

from collections.abc import Mapping

from csctl.headers import Header
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.to_write import toml_string
from csctl.problems import Problem, shortened
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.month_cells import month_of_cell, names_months
from csctl.readers.columns.reading import Grid
from csctl.readers.columns.rows import row_list
from csctl.readers.columns.values import cell_as_text

ABOUT_PEOPLE = (
    "入职", "离职", "转正", "出生", "生日", "到期", "合同", "制表", "打印", "导出", "生成", "更新",
    "hire", "birth", "left on", "leave date", "contract", "print", "export", "generated", "updated",
)  # fmt: skip
"""Parts of headers whose days and months say nothing of when a row happened."""
_OF_MONTHS = ("月", "month", "期", "period")
"""Parts of headers under which 202609 is a month."""
_SHOWN = 3


def other_months(dated: str, bindings: Mapping[str, Binding], grid: Grid, month: Month) -> list[Problem]:
    """One warning for each column of months, bound to nothing, of which a cell names another month than the folder's.

    ``dated`` is the column that such a column can fill.
    """
    bound = {header.column for one in bindings.values() for header in (*one.headers, one.base) if header}
    found: list[Problem] = []
    for header in grid.layout.headers:
        if header.column not in bound and not any(part in header.key for part in ABOUT_PEOPLE):
            found += _others(dated, header, grid, month)
    return found


def _others(dated: str, header: Header, grid: Grid, month: Month) -> list[Problem]:
    cells = grid.cells(header)
    digits = any(part in header.key for part in _OF_MONTHS)
    if not names_months(cells, month, digits=digits):
        return []
    others = [at for at, cell in enumerate(cells) if (own := month_of_cell(cell, month)) is not None and own != month]
    if not others:
        return []
    texts = tuple(dict.fromkeys(cell_as_text(cells[at]) for at in others))
    said = problem(
        "months-unused",
        grid.place.at(row=grid.rows.numbers[others[0]], column=header.text),
        shortened(texts, _SHOWN),
        month=month,
        rows=row_list(grid.rows.numbers[at] for at in others),
        line=f"{dated} = {toml_string(header.text)}",
        name=dated,
    )
    return [said]
