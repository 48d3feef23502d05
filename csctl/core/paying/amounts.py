"""A pay line whose amount is a product: quantity × rate ÷ divisor."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from csctl.core.records.lines import PayLine
from csctl.money import to_cents
from csctl.policy.pay.kinds import PayKind

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Amount:
    """quantity × rate ÷ divisor, in yuan, as a pay line shows it."""

    quantity: Decimal
    unit: str
    rate: Decimal
    divisor: Decimal = ONE

    @property
    def cents(self) -> int:
        """Rounded once, HALF_UP."""
        return to_cents(Fraction(self.quantity) * Fraction(self.rate) / Fraction(self.divisor))


def product_line(
    agent_id: str, line: str, label: str, kind: PayKind, amount: Amount, *, rule: str, note: str = ""
) -> PayLine:
    """A pay line whose amount is a product."""
    return PayLine(
        agent_id=agent_id,
        line=line,
        label=label,
        kind=kind,
        basis="product",
        source="",
        quantity=amount.quantity,
        unit=amount.unit,
        rate=amount.rate,
        divisor=amount.divisor,
        amount_cents=amount.cents,
        rule=rule,
        note=note,
    )


def for_days(monthly: Decimal, days: int, due: Decimal | int, fte: Decimal = ONE) -> Amount:
    """The part of a monthly amount in yuan for so many of the days due; a whole month is one month, not its days.

    ``fte`` is the part of full time that somebody works, where the amount is that of full time.
    """
    if days == due:
        return Amount(fte, "month", monthly)
    return Amount(fte * days, "days", monthly, Decimal(due))
