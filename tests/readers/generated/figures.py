"""Counts, points, days, money and shares in every dress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from random import Random

from tests.readers.generated.cells import BOOKS, TEXT, Cell, Fact, Form, Num, Row, Stamp, plain

TEXTS = frozenset({TEXT})
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def _between(least: int, most: int, per: int = 1) -> Callable[[Random, Row], Fact]:
    """Decimals from ``least`` to ``most`` in steps of one ``per``-th."""
    return lambda dice, _: Decimal(dice.randint(least * per, most * per)) / per


def _whole(most: int) -> Callable[[Random, Row], Fact]:
    return lambda dice, _: dice.randint(0, most)


def signed(dice: Random, row: Row) -> Fact:
    """An amount above or below 0."""
    return Decimal(dice.randint(-99_999, 999_999)) / 100


CENTS = _between(0, 20_000, 100)


def _thousands(dice: Random, _: Row) -> Fact:
    return Decimal(1000 * dice.randint(1, 90))


POINTS = _between(1, 5, 2)


def _money(sign: str = "", end: str = "", comma: str = ",") -> Callable[[Decimal], str]:
    return lambda amount: f"{sign}{format(amount, f'{comma}.2f')}{end}"


def _accountant(write: Callable[[Decimal], str], before: str, after: str) -> Callable[[Decimal], str]:
    return lambda amount: f"{before}{write(-amount)}{after}" if amount < 0 else write(amount)


def _continental(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def _comma(places: int) -> Callable[[Decimal], str]:
    return lambda number: f"{number:.{places}f}".replace(".", ",")


def _shown(form: str) -> Callable[[Decimal], Cell]:
    return lambda number: Num(Decimal(number), form)


MONEY = (
    Form("money: 1234.5", CENTS, Num),
    Form("money: 1234.50 under 元", CENTS, Num, unit="元"),
    Form("money: 1,234.50", CENTS, _money()),
    Form("money: ¥1,234.50", CENTS, _money("¥")),
    Form("money: ￥1234.50", CENTS, _money("￥", comma="")),
    Form("money: 1234.50元", CENTS, _money(end="元", comma="")),
    Form("money: CNY 1,234.50", CENTS, _money("CNY ")),
    Form("money: wide digits", CENTS, lambda amount: f"{amount:.2f}".translate(_WIDE)),
    Form("money: 0.1234 under 万元", _between(1, 90_000), lambda amount: Num(amount / 10_000), unit="万元"),
    Form("money: 1.2万", _thousands, lambda amount: f"{plain(amount / 10_000)}万"),
    Form("money: -123.45", signed, Num),
    Form("money: -¥123.45", signed, _accountant(_money("¥"), "-", ""), False),
    Form("money: ¥-123.45", signed, _money("¥")),
    Form("money: (123.45)", signed, _accountant(_money(), "(", ")"), False),
    Form("money: （123.45）", signed, _accountant(_money(), "（", "）"), False),
    Form("money: 123.45-", signed, _accountant(_money(), "", "-"), False),
    Form("money: −123.45", signed, _accountant(_money(), "−", "")),
    Form("money: $1,234.50", CENTS, _money("$"), False),
    Form("money: US$1,234.50", CENTS, _money("US$"), False),
    Form("money: 1,234.50 €", CENTS, _money(end=" €"), False),
    Form("money: 1234,50", CENTS, _comma(2), False),
    Form("money: 1.234,50", CENTS, _continental, False),
    Form(
        "money: 1.234 for a thousand and more",
        lambda dice, _: Decimal(dice.randint(1_000, 90_000)),
        lambda amount: f"{amount:,}".replace(",", "."),
        False,
    ),
    Form("money: 1.5k", _thousands, lambda amount: f"{plain(amount / 1000)}k", False),
    Form(
        "money: 1.2345 under 千元",
        _between(1, 90_000),
        lambda amount: Num(amount / 1_000),
        False,
        unit="千元",
        columns=frozenset({"amount", "refund_amount", "order_amount"}),
    ),
    Form("money: 1 234.50", CENTS, lambda amount: _money()(amount).replace(",", " "), False),
    Form("money: cell #,##0.00", signed, _shown("#,##0.00"), media=BOOKS),
    Form("money: cell ¥#,##0.00", CENTS, _shown('"¥"#,##0.00'), media=BOOKS),
    Form("money: cell in thousands", CENTS, _shown('#,##0.0,"k"'), False, BOOKS),
)
COUNTS = (
    Form("count: 12", _whole(60), lambda n: Num(Decimal(n))),
    Form("count: 12.0", _whole(60), lambda n: f"{n}.0"),
    Form("count: 12次", _whole(60), lambda n: f"{n}次"),
    Form("count: 1,234", _whole(5_000), lambda n: f"{n:,}"),
    Form("count: wide digits", _whole(60), lambda n: str(n).translate(_WIDE)),
    Form("count: 1.5万", lambda dice, _: 1000 * dice.randint(1, 90), lambda n: f"{plain(Decimal(n) / 10_000)}万"),
    Form(
        "count: 1.000 for a thousand",
        lambda dice, _: 1000 * dice.randint(1, 9),
        lambda n: f"{n:,}".replace(",", "."),
        False,
    ),
    Form("count: 12 between spaces", _whole(60), lambda n: f" {n} "),
)

NUMBERS = (
    Form("number: 4.5", POINTS, Num),
    Form("number: 4.50", POINTS, lambda n: f"{n:.2f}"),
    Form("number: 95分", _between(0, 100), lambda n: f"{n}分"),
    Form("number: 95 under 分", _between(0, 100), Num, unit="points"),
    Form("number: wide digits", POINTS, lambda n: plain(n).translate(_WIDE)),
    Form("number: 4,5", POINTS, _comma(1), False),
    Form("number: 4,50", POINTS, _comma(2), False),
    Form("number: 4/5", _between(1, 5), lambda n: f"{n}/5", False),
    Form("number: 5星", _between(1, 5), lambda n: f"{n}星", False),
    Form("number: a cell that became a date", lambda dice, _: Decimal(dice.randint(11, 59)) / 10,
         lambda n: Stamp(datetime(2026, int(n), int(n * 10) % 10 or 1), 'm"月"d"日"'), False, BOOKS),  # noqa: DTZ001
)  # fmt: skip

DAYS = (
    Form("days: 0.5", _between(0, 23, 2), Num),
    Form("days: 0.5 under 天", _between(0, 23, 2), Num, unit="days"),
    Form("days: 22天", _between(0, 23), lambda n: f"{n}天"),
    Form("days: 0,5", _between(0, 23, 2), _comma(1), False),
    Form("days: 4 under 小时", _between(0, 3, 2), lambda n: Num(n * 8), False, unit="hours"),
    Form("days: 4小时", _between(0, 3, 2), lambda n: f"{plain(n * 8)}小时", False),
)

# Leave on the row of a day is part of that day.
LEAVE = (
    Form("leave: 0.5", _between(0, 1, 2), Num),
    Form("leave: 0.5 under 天", _between(0, 1, 2), Num, unit="days"),
    Form("leave: 1天", _between(0, 1), lambda n: f"{n}天"),
    Form("leave: 0,5", _between(0, 1, 2), _comma(1), False),
    Form("leave: 4 under 小时", _between(0, 1, 2), lambda n: Num(n * 8), False, unit="hours"),
    Form("leave: 4小时", _between(0, 1, 2), lambda n: f"{plain(n * 8)}小时", False),
)

_PARTS = _between(0, 1, 1000)
SHARES = (
    Form("share: 95.3%", _PARTS, lambda n: f"{plain(n * 100)}%"),
    Form("share: 0.953", _PARTS, Num),
    Form("share: 95.3 under (%)", _PARTS, lambda n: Num(n * 100), unit="%"),
    Form("share: 95.3% under (%)", _PARTS, lambda n: f"{plain(n * 100)}%", unit="%"),
    Form("share: ９５.３％", _PARTS, lambda n: f"{plain(n * 100)}％"),
    Form("share: 95,3%", _PARTS, lambda n: _comma(1)(n * 100) + "%", False),
    Form("share: percent cell", _PARTS, _shown("0.00%"), media=BOOKS),
    Form("share: percent cell under (%)", _PARTS, _shown("0.00%"), media=BOOKS, unit="%"),
)


def named(forms: Sequence[Form], kind: str) -> tuple[Form, ...]:
    """The same forms for figures of a wide table."""
    return tuple(form.renamed(kind) for form in forms)
