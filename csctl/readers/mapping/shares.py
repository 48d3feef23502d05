"""Shares that one column writes in two ways: 95% beside a bare 92, 0.9 beside 95, 0.95 under a header of percent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from csctl.messages import problem
from csctl.policy.to_write import toml_string
from csctl.problems import Place, Problem, shortened
from csctl.readers.columns.cells import Cells
from csctl.readers.columns.columns import Parsed
from csctl.readers.columns.rows import row_list
from csctl.readers.columns.title_units import names_share
from csctl.readers.columns.values import cell_as_text, narrow
from csctl.readers.grid import Cell
from csctl.tables import Kind

_MOSTLY_HIGH = (
    "满意", "解决", "接通", "应答", "达成", "完成", "合格", "好评", "准确", "出勤", "参评", "服务水平", "及时",
    "satisf", "csat", "resol", "fcr", "answer", "service level", "sla", "accuracy", "attendance", "complet", "pass",
)  # fmt: skip
"""Parts of headers of shares of which nobody has less than one percent."""
_MOSTLY_LOW = ("不满", "未", "不合格", "差评", "dissatisf", "unsatisf", "unresol", "unanswer", "not ")
_GAP = 10
_HUNDREDFOLD = (50, 300)
_PERCENT, _ALL, _MOST = Decimal("0.01"), Decimal(1), Decimal(10)
_TWICE = Decimal(2)
_NEAR = Decimal("1.25")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Share:
    """One distinct cell, the share it was read as, and whether it bears a percent sign itself."""

    cell: Cell
    share: Decimal
    signed: bool


def written_in_two_ways(
    one: Cells, unit: str, parse: Callable[[Cell], Parsed], numbers: Sequence[int], place: Place
) -> list[Problem]:
    """A warning if some cells of a column of shares were likely read a hundredfold too large or too small.

    ``unit`` is what its bare numbers count, ``parse`` how they are read, ``numbers`` the rows of its cells. A unit that
    mapping or profile give is obeyed, and nothing is said.
    """
    header = one.binding.headers[0]
    if one.binding.rule.unit or one.binding.column.kind is Kind.SECONDS:
        return []
    found = _shares(one, parse)
    if not (unit == "%" or names_share(header) or any(share.signed for share in found)):
        return []
    odd = _too_small(found, header.key) if unit == "%" else _too_large(found)
    if not odd:
        return []
    cells = {share.cell for share in odd}
    rows = [number for number, cell in zip(numbers, one.cells, strict=True) if cell in cells]
    others = [share for share in found if share.cell not in cells]
    said = problem(
        "shares-in-two-ways",
        place.at(row=rows[0], column=header.text),
        shortened([cell_as_text(share.cell) for share in odd], _SHOWN),
        rows=row_list(rows),
        read=shortened([_read(share) for share in (*odd[:_SHOWN], *others[:1])], _SHOWN + 1),
        header=toml_string(header.text),
    )
    return [said]


def _read(share: _Share) -> str:
    percent = f"{share.share * 100:f}"
    percent = percent.rstrip("0").rstrip(".") if "." in percent else percent
    return f"{cell_as_text(share.cell)} → {percent}%"


def _shares(one: Cells, parse: Callable[[Cell], Parsed]) -> list[_Share]:
    found: list[_Share] = []
    for cell in one.counts:
        value = parse(cell)
        if isinstance(value, Decimal) and value > 0:
            found.append(_Share(cell, value, isinstance(cell, str) and narrow(cell).endswith("%")))
    return found


def _too_large(found: Sequence[_Share]) -> list[_Share]:
    """Bare numbers far above 100 % beside shares, or percent signs behind what was a percentage before."""
    signed = [share for share in found if share.signed]
    if hundredfold := [share for share in signed if share.share >= _MOST]:
        return hundredfold
    if signed:
        return [share for share in found if not share.signed and share.share > _TWICE]
    high = [share for share in found if share.share > _ALL]
    low = [share for share in found if share.share <= _ALL]
    return high if _apart([share.share for share in high], [share.share for share in low]) else []


def _too_small(found: Sequence[_Share], key: str) -> list[_Share]:
    """Bare numbers up to 1 under a header of percent that are shares, as the others of the column show."""
    low = [share for share in found if not share.signed and share.share <= _PERCENT]
    low = low if any(share.share != _PERCENT for share in low) else []
    others = [share for share in found if share not in low]
    if others:
        shares = sorted(share.share for share in others)
        lower = shares[len(shares) // 4]
        # A small share is odd only where the others are much the same, and a hundred times as much is among them.
        among = lower * 2 >= shares[-1] and all(share.share * 100 * _NEAR >= lower for share in low)
        return low if among and _apart(shares, [share.share for share in low]) else []
    high = any(word in key for word in _MOSTLY_HIGH) and not any(word in key for word in _MOSTLY_LOW)
    return low if high and all(share.share >= _PERCENT / 2 for share in low) else []


def _apart(high: Sequence[Decimal], low: Sequence[Decimal]) -> bool:
    """Two heaps of figures with nothing between them, one about a hundred times the other."""
    if not high or not low or min(high) < _GAP * max(low):
        return False
    least, most = _HUNDREDFOLD
    return least <= median(high) / median(low) <= most
