"""Rows of orders that were never sold, or were given back, by the words of a column that nobody asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from csctl.headers import Header, find_headers
from csctl.messages import problem
from csctl.policy.to_write import toml_string
from csctl.problems import Problem, shortened
from csctl.readers.columns.reading import Grid, Reading
from csctl.readers.columns.source import Source
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.tables import Table
from csctl.words import same_word

_STATES = re.compile(r"状态|status|\bstate\b")
_KINDS = re.compile(r"(?:^|订单|交易|单据|业务)类型$|^(?:order |transaction )?type$|^(?:order |transaction )?kind$")
_OTHER_STATES = re.compile(r"物流|发货|配送|评价|开票|发票|客服|会员|ship|deliver|invoice|fulfil")
"""States of something else than the sale."""
_NOT_SOLD = re.compile(
    r"关闭|取消|作废|失效|撤销|撤单|拒收|未付|未支付|待付|待支付|等待买家付款|等待付款"
    r"|cancel|closed|void|unpaid|declined|expired|failed|pending payment|awaiting payment"
)
_GIVEN_BACK = re.compile(r"退款|退货|退单|售后|refund|return|chargeback")
_NOTHING_BACK = re.compile(r"^(?:无|未|没|非|不)|关闭$|失败$|^(?:no|not) ")
"""Before or behind a word of giving back: nothing was."""
_SOLD = re.compile(
    r"成功|完成|签收|收货|发货|已付|已支付|已结算|评价|销售|正常|有效"
    r"|paid|complete|ship|deliver|fulfil|success|settled|done|sale|normal"
)
_SHOWN = 4
_MOST_WORDS = 20
"""A column with more different words than that tells no states."""


@dataclass
class _Word:
    """One word of such a column: its rows with an amount above 0, and their sum."""

    text: str
    rows: int = 0
    amount: Decimal = field(default_factory=Decimal)


def order_states(table: Table, source: Source, grid: Grid, reading: Reading) -> list[Problem]:
    """One warning for each column of states, not spoken of by the source, in which orders that count were cancelled,
    not paid or given back, or are in a state nobody knows: words, rows, amounts, and the line that leaves them out.
    """
    amounts = reading.columns.get("amount")
    if table.name != "orders" or amounts is None:
        return []
    refunds = any(reading.columns.get("refund_amount") or ())
    found: list[Problem] = []
    for header in grid.layout.headers:
        states = bool(_STATES.search(header.key)) and not _OTHER_STATES.search(header.key)
        if header.column in reading.used or not (states or _KINDS.search(header.key)):
            continue
        words = _words(header, grid, reading, amounts)
        odd = [one for one in words if _is_odd(one.text, states=states, refunds=refunds)]
        counting = [one for one in odd if one.rows and same_word(one.text) not in _named(source, header)]
        if counting and len(words) <= _MOST_WORDS:
            found.append(_said(header, words, counting, source, grid))
    return found


def _words(header: Header, grid: Grid, reading: Reading, amounts: Sequence[object]) -> list[_Word]:
    """The words of a column, the most frequent first."""
    words: dict[str, _Word] = {}
    order: Counter[str] = Counter()
    for at, cell in enumerate(grid.cells(header)):
        if at in reading.bad or is_empty(cell):
            continue
        form = same_word(cell_as_text(cell))
        word, amount = words.setdefault(form, _Word(cell_as_text(cell))), amounts[at]
        order[form] += 1
        if isinstance(amount, Decimal) and amount > 0:
            word.rows += 1
            word.amount += amount
    return [words[form] for form, _ in order.most_common()]


def _is_odd(text: str, *, states: bool, refunds: bool) -> bool:
    """Whether orders of this word are no sales, or nobody knows; ``refunds``: what was given back has a column."""
    form = same_word(text)
    if not any(map(str.isalpha, form)):
        return False
    if _GIVEN_BACK.search(form):
        return not refunds and not _NOTHING_BACK.search(form)
    if _NOT_SOLD.search(form):
        return True
    return states and not _SOLD.search(form)


def _named(source: Source, header: Header) -> frozenset[str]:
    """The folded texts of this column that the source speaks of; with ``keep``, all that is left was asked for."""
    tests = [test for said in (source.keep, source.leave_out) for name, test in said.items()
             if header in find_headers([header], name)]  # fmt: skip
    return frozenset(same_word(text) for test in tests for text in test.texts)


def _said(header: Header, words: Sequence[_Word], odd: Sequence[_Word], source: Source, grid: Grid) -> Problem:
    shown = [f"“{one.text}” × {one.rows} ({one.amount:,.2f})" for one in odd]
    sold = [one.text for one in words if one not in odd and _SOLD.search(same_word(one.text))]
    kept: Mapping[str, Sequence[str]] = {name: test.texts for name, test in source.keep.items()}
    line = _line("keep", {**kept, header.text: sold}) if sold else _line(
        "leave_out", {**{name: test.texts for name, test in source.leave_out.items()},
                      header.text: [one.text for one in odd]})  # fmt: skip
    return problem(
        "order-states-unasked",
        grid.place.at(column=header.text),
        shortened(shown, _SHOWN),
        rows=sum(one.rows for one in odd),
        amount=f"{sum((one.amount for one in odd), Decimal()):,.2f}",
        line=line,
        every=_line("keep", {**kept, header.text: [one.text for one in words]}),
    )


def _line(key: str, tests: Mapping[str, Sequence[str]]) -> str:
    inside = ", ".join(f"{toml_string(name)} = [{', '.join(map(toml_string, texts))}]" for name, texts in tests.items())
    return f"{key} = {{ {inside} }}"
