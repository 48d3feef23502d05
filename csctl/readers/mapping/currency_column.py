"""Amounts of several currencies, by the words of a column that says which: 币种, Currency."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from csctl.headers import Header, find_headers
from csctl.messages import problem
from csctl.policy.to_write import toml_string
from csctl.problems import Problem, shortened
from csctl.readers.columns.binding import Binding, melts
from csctl.readers.columns.currencies import is_foreign, said_of
from csctl.readers.columns.reading import Grid, Reading
from csctl.readers.columns.source import Source
from csctl.readers.columns.title_units import names_money
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.tables import Kind, Table

_NAMES = re.compile(
    r"(?:结算|交易|支付|订单)?(?:币种|币别|货币|货币单位|货币代码)"
    r"|(?:order |payment |settlement )?(?:currency|currency code|ccy)"
)
_SHOWN = 6


def currency_column(
    table: Table, bindings: Mapping[str, Binding], source: Source, grid: Grid, reading: Reading
) -> list[Problem]:
    """A warning where amounts count whose row names another currency; none where the source asks for its words."""
    amounts = [
        reading.columns[one.name] for one in table.columns if one.kind is Kind.MONEY and one.name in reading.columns
    ]
    header = next((one for one in grid.layout.headers if _NAMES.fullmatch(one.key)), None)
    # Figures of a wide table have no columns yet.
    figures = melts(table, source, bindings) and any(map(names_money, grid.layout.headers))
    if not (amounts or figures) or header is None or _is_asked(source, header):
        return []
    rows = (at for at in range(len(grid.rows.cells)) if at not in reading.bad)
    counted = [at for at in rows if figures or any(one[at] for one in amounts)]
    cells = grid.cells(header)
    words = Counter("–" if is_empty(cells[at]) else cell_as_text(cells[at]) for at in counted)
    foreign = [word for word in words if is_foreign(word)]
    if not foreign:
        return []
    place = grid.place.at(column=header.text)
    if len(words) == 1:
        return said_of(foreign, place, header.text)
    own = [word for word in words if word not in foreign and word != "–"]
    kept = own or [words.most_common(1)[0][0]]
    return [
        problem(
            "money-of-several-currencies",
            place,
            shortened([f"{word} × {count}" for word, count in words.most_common()], _SHOWN),
            line=f"keep = {{ {toml_string(header.text)} = [{', '.join(map(toml_string, kept))}] }}",
        )
    ]


def _is_asked(source: Source, header: Header) -> bool:
    return any(header in find_headers([header], name) for name in (*source.keep, *source.leave_out))
