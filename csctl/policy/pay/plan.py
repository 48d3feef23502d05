"""All that makes a salary."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from csctl.policy.keys import Ref, Text, Whole
from csctl.policy.parts import Part
from csctl.policy.pay.allowance import Allowance
from csctl.policy.pay.award import Award
from csctl.policy.pay.base import BasePay, Probation
from csctl.policy.pay.commission import Commission
from csctl.policy.pay.deduction import Deduction
from csctl.policy.pay.draw import Draw
from csctl.policy.pay.fine import Fine
from csctl.policy.pay.guarantee import Guarantee
from csctl.policy.pay.limited import PayCap
from csctl.policy.pay.manual import Manual
from csctl.policy.pay.overtime import Overtime
from csctl.policy.pay.performance import Performance
from csctl.policy.pay.piece import Piece
from csctl.policy.pay.pool import Pool

Entry = Overtime | Allowance | Performance | Commission | Piece | Draw | Deduction | Award | Manual | Fine
"""A component whose lines go by its id; a pool's go by its number."""
ENTRIES: tuple[type[Part], ...] = get_args(Entry)


class Pay(Part):
    """All that makes a salary."""

    currency: Text = Field("CNY", description="ISO code, shown on sheets")
    calendar: Annotated[str, Ref("calendar")] = Field("cn", description="working-day calendar")
    days: Literal["workdays", "paid", "due", "calendar"] = Field(
        "workdays",
        description="days that part of a month is paid by: workdays of the calendar, those and the public holidays on "
        "weekdays (paid), every day but the rest days of [working_time], of which a part of the month has its part, "
        "to the nearest whole day (due), or every day (calendar)",
    )
    round: Literal["cent", "jiao", "yuan"] = Field(
        "cent", description="what is paid out is rounded to, a half away from 0; the rest is a line of its own"
    )
    base: BasePay = Field(description="monthly base pay")
    probation: Probation | None = Field(None, description="pay while on probation: no bonus, no guarantee")
    guarantee: Guarantee | None = Field(None, description="monthly minimum")
    cap: PayCap | None = Field(None, description="most that somebody's variable pay comes to in a month")
    pool: Annotated[list[Pool], Whole()] = Field(
        default_factory=list, description="bonuses earned together and shared by score"
    )
    overtime: list[Overtime] = Field(default_factory=list, description="time worked beyond normal hours")
    allowance: list[Allowance] = Field(default_factory=list, description="so much each time, or a month")
    performance: list[Performance] = Field(default_factory=list, description="amounts that results multiply")
    commission: list[Commission] = Field(default_factory=list, description="parts of an agent's own sales")
    piece: list[Piece] = Field(default_factory=list, description="so much for each")
    draw: list[Draw] = Field(default_factory=list, description="advances on what results earn, paid back later")
    deduction: list[Deduction] = Field(default_factory=list, description="time not worked")
    award: list[Award] = Field(default_factory=list, description="money for results")
    manual: list[Manual] = Field(default_factory=list, description="one-off amounts, by reason and approver")
    fine: list[Fine] = Field(default_factory=list, description="money taken")

    @property
    def entries(self) -> list[Entry]:
        """Every component that has an id, in the order of a slip."""
        gained: list[Entry] = [*self.overtime, *self.allowance, *self.performance, *self.commission, *self.piece]
        return [*gained, *self.draw, *self.deduction, *self.award, *self.manual, *self.fine]
