"""The pool page: how each bonus pool arose, tier by tier, and how it was split, as formulas a person can follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from csctl.core.records.lines import PoolResult, PoolShare, TierPart
from csctl.money import from_cents, round_half_up, to_cents
from csctl.sheets.words import sheet_word
from csctl.workbook.cells import Cell, Content, Formula, Row, address, column_range, head_cells, live, proved
from csctl.workbook.looks import Look

EXACT_LIMIT = 10**14
"""Products of whole numbers up to here are divided without error by every spreadsheet program."""
SHARE_COLUMN = 10


@dataclass(frozen=True, slots=True)
class PoolPlan:
    """Rows of the page, and where others find things on it."""

    rows: list[Row] = field(default_factory=list)
    shares: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    """By pay line and agent: the row of the share, and its cents."""
    share_heads: list[int] = field(default_factory=list)
    """Per pool: the row of the heads above its shares."""
    checks: list[tuple[PoolResult, int, int]] = field(default_factory=list)
    """Per pool: the row of the amount to be shared (column 1), and of the sum of shares (``SHARE_COLUMN``)."""


def plan_pools(
    pools: Sequence[PoolResult], names: dict[str, str], score_decimals: int, currency: str, language: str
) -> PoolPlan:
    """All pools below each other, row 0 left free for a title. ``names`` are the agents' names by id.

    Raises ValueError if tiers, pool or shares contradict each other (a bug).
    """
    plan = PoolPlan()
    for pool in pools:
        plan.rows.append([])
        _plan_tiers(plan.rows, pool, currency, language)
        top = len(plan.rows)
        _plan_amount(plan.rows, pool, language)
        first = _plan_shares(plan, pool, names, score_decimals, top + 3, currency, language)
        plan.share_heads.append(first - 1)
        plan.checks.append((pool, top + 4, first + len(pool.shares)))
    return plan


def amount_due(pool: PoolResult) -> int:
    """Cents that must arrive at the agents: the pool, or nothing where nobody has a weight."""
    return pool.pool_cents if any(share.weight for share in pool.shares) else 0


def _plan_tiers(rows: list[Row], pool: PoolResult, currency: str, language: str) -> None:
    """The team's base and what each step of the scale makes of it."""
    rows.append([Cell(pool.label, "title")])
    rows.append([Cell(sheet_word("rule", language)), Cell(pool.rule, "said")])
    rows.append([Cell(sheet_word("pool-mode", language)), Cell(sheet_word(f"pool-{pool.mode}", language), "said")])
    rows += _base_rows(pool, len(rows), currency, language)
    base_row = _plan_carried(rows, pool, currency, language)
    names = ("tier", "tier-from", "tier-to", "tier-base", "tier-rate")
    amount = sheet_word("amount", language, currency=currency)
    rows.append(head_cells([*(sheet_word(name, language) for name in names), amount]))
    for number, tier in enumerate(pool.tiers, start=1):
        rows.append(_tier_row(pool, tier, len(rows), base_row, number, language))


def _base_rows(pool: PoolResult, row: int, currency: str, language: str) -> list[Row]:
    """What stands on the scale: a figure, or so much for each who takes part."""
    if pool.per_head is None:
        label = Cell(sheet_word("pool-base", language, currency=currency))
        return [[label, Cell(from_cents(pool.base_cents), "money")]]
    per_head, heads, due = (address(row + at, 1) for at in range(3))
    made = to_cents(Fraction(pool.per_head) * pool.heads / pool.due)
    base = proved(f"ROUND({per_head}*{heads}/{due},2)", made, pool.base_cents, f"base of {pool.pool}")
    shown: list[tuple[str, Content, Look]] = [
        ("pool-per-head", pool.per_head, "money"),
        ("pool-heads", pool.heads, "number"),
        ("pool-heads-due", pool.due, "number"),
        ("pool-base", base, "money"),
    ]
    return [[Cell(sheet_word(name, language, currency=currency)), Cell(value, look)] for name, value, look in shown]


def _plan_carried(rows: list[Row], pool: PoolResult, currency: str, language: str) -> int:
    """What counts beside the month's own base, where earlier and later months do. Returns the row that counts."""
    own = len(rows) - 1
    if pool.negative != "carry":
        return own
    both = f"{address(own, 1)}+{address(own + 1, 1)}"
    cells: list[tuple[str, Content]] = [
        ("pool-brought", from_cents(pool.brought_cents)),
        ("pool-carried", Formula(f"ROUND(MIN(0,{both}),2)", from_cents(pool.carried_cents))),
        ("pool-counted", Formula(f"ROUND(MAX(0,{both}),2)", from_cents(pool.counted_cents))),
    ]
    rows += [[Cell(sheet_word(name, language, currency=currency)), Cell(content, "money")] for name, content in cells]
    return len(rows) - 1


def _plan_amount(rows: list[Row], pool: PoolResult, language: str) -> None:
    """Five rows from the commission to the amount to be shared, and a remark on how it is shared."""
    top, tiers = len(rows), len(pool.tiers)
    made = sum(tier.amount_cents for tier in pool.tiers)
    commission = proved(
        f"ROUND(SUM({column_range(top - max(tiers, 1), top - 1, 5)}),2)",
        made,
        pool.commission_cents,
        f"commission of {pool.pool}",
    )
    amount = proved(
        f"ROUND({address(top, 1)}*{address(top + 1, 1)},2)",
        to_cents(pool.share * from_cents(pool.commission_cents)),
        pool.pool_cents,
        f"pool {pool.pool}",
    )
    weights = column_range(top + 7, top + 6 + max(len(pool.shares), 1), 5)
    due = Formula(f"IF(SUM({weights})>0,{address(top + 2, 1)},0)", from_cents(amount_due(pool)))
    size = address(top + 2, 1) if pool.negative != "deduct" else f"ABS({address(top + 2, 1)})"
    cents = Formula(f"ROUND({size}*100,0)", abs(pool.pool_cents))
    rows.append([Cell(sheet_word("pool-commission", language), "total"), Cell(commission, "total_money")])
    rows.append([Cell(sheet_word("pool-share", language)), Cell(pool.share, "percent")])
    rows.append([Cell(sheet_word("pool-amount", language), "total"), Cell(amount, "total_money")])
    rows.append([Cell(sheet_word("pool-cents", language)), Cell(cents, "number")])
    rows.append([Cell(sheet_word("pool-due", language)), Cell(due, "money")])
    distributed = amount_due(pool) or not pool.pool_cents
    rows.append([Cell(sheet_word("pool-how" if distributed else "pool-undistributed", language), "remark")])


def _tier_row(pool: PoolResult, tier: TierPart, row: int, base_row: int, number: int, language: str) -> Row:
    in_tier, modelled = _in_tier(pool, tier, address(base_row, 1), (address(row, 1), address(row, 2)))
    amount = proved(
        f"ROUND({address(row, 3)}*{address(row, 4)},2)",
        to_cents(from_cents(tier.base_cents) * tier.rate),
        tier.amount_cents,
        f"tier {number} of {pool.pool}",
    )
    return [
        Cell(number, "count"),
        Cell(from_cents(tier.from_cents), "money"),
        Cell(sheet_word("tier-open", language), "plain")
        if tier.to_cents is None
        else Cell(from_cents(tier.to_cents), "money"),
        Cell(live(in_tier, from_cents(modelled), from_cents(tier.base_cents)), "money"),
        Cell(tier.rate, "percent"),
        Cell(amount, "money"),
    ]


def _in_tier(pool: PoolResult, tier: TierPart, counted: str, edges: tuple[str, str]) -> tuple[str, int]:
    """The part of the base in a tier, as a formula and in cents; less than nothing is the mirror image."""
    (start, end), top, size = edges, tier.to_cents, abs(pool.counted_cents)
    base = f"ABS({counted})" if pool.negative == "deduct" else counted
    if pool.mode == "marginal":
        reached = base if top is None else f"MIN({base},{end})"
        in_tier = f"ROUND(MAX(0,{reached}-{start}),2)"
        modelled = max(0, (size if top is None else min(size, top)) - tier.from_cents)
    else:
        inside = f"{base}>={start}" if top is None else f"AND({base}>={start},{base}<{end})"
        in_tier = f"IF({inside},{base},0)"
        modelled = size if size >= tier.from_cents and (top is None or size < top) else 0
    if pool.negative != "deduct":
        return in_tier, modelled
    return f"SIGN({counted})*{in_tier}", modelled if pool.counted_cents >= 0 else -modelled


@dataclass(frozen=True, slots=True)
class _Split:
    """The splitting in whole numbers, one entry per share: what the formulas must come to."""

    floors: list[int]
    remainders: list[int]
    claims: list[int]
    whole: int
    leftover: int

    @classmethod
    def of(cls, pool: PoolResult, shares: Sequence[PoolShare]) -> _Split:
        """Floors, remainders and claims. Raises ValueError if the pool's shares are not what they make."""
        whole = sum(share.weight for share in shares)
        cents = abs(pool.pool_cents)
        parts = [divmod(cents * share.weight, whole) if whole else (0, 0) for share in shares]
        leftover = cents - sum(floor for floor, _ in parts) if whole else 0
        order = sorted(range(len(shares)), key=lambda index: (-parts[index][1], -shares[index].weight, index))
        place = {index: claim for claim, index in enumerate(order, start=1)}
        claims = [place[index] for index in range(len(shares))]
        for share, (floor, _), claim in zip(shares, parts, claims, strict=True):
            if floor + (claim <= leftover) != abs(share.amount_cents):
                raise ValueError(f"pool {pool.pool}: {share.agent_id} got {share.amount_cents} cents, not {floor}")
        return cls([floor for floor, _ in parts], [rest for _, rest in parts], claims, whole, leftover)


def _plan_shares(
    plan: PoolPlan,
    pool: PoolResult,
    names: dict[str, str],
    decimals: int,
    cents_row: int,
    currency: str,
    language: str,
) -> int:
    """The claims of the agents. Returns the row of the first."""
    shares = sorted(pool.shares, key=lambda share: (share.agent_id, share.number))
    split = _Split.of(pool, shares)
    by_level = any(share.level_weight != 1 for share in shares)
    plan.rows.append(_share_heads(pool, currency, language, by_level=by_level))
    first = len(plan.rows)
    last = first + len(shares) - 1
    exact = all(abs(pool.pool_cents) * share.weight < EXACT_LIMIT for share in shares) and split.whole > 0
    sign = f"SIGN({address(cents_row - 1, 1)})*" if pool.negative == "deduct" else ""
    for index, share in enumerate(shares):
        row = first + index
        plan.shares[pool.line_of(share), share.agent_id] = (row, share.amount_cents)
        weight, scaled = _weight(pool, share, row, decimals, by_level=by_level)
        plan.rows.append([
            Cell(index + 1, "count"),
            Cell(share.agent_id),
            Cell(names.get(share.agent_id, "")),
            Cell(share.score, "score" if pool.split_by == "score" else "plain"),
            Cell(share.days, "count"),
            Cell(live(weight, scaled, share.weight), "count"),
            *_claim_cells(split, index, row, (first, last), cents_row, exact=exact),
            Cell(_paid(row, last + 1, share.amount_cents, sign), "money"),
            *([Cell(share.level_weight, "plain")] if by_level else []),
        ])  # fmt: skip
    plan.rows.append(_totals(pool, split, first, last, cents_row, language))
    return first


def _share_heads(pool: PoolResult, currency: str, language: str, *, by_level: bool) -> Row:
    """What the columns of claims are; the weight of a level only where levels weigh differently."""
    figure = "score" if pool.split_by == "score" else f"pool-by-{pool.split_by}"
    columns = (
        "number", "agent-id", "agent-name", figure, "days", "pool-weight",
        "pool-floor", "pool-remainder", "pool-quota", "pool-claim",
    )  # fmt: skip
    paid = sheet_word("pool-paid", language, currency=currency)
    said = head_cells([*(sheet_word(name, language) for name in columns), paid])
    return [*said, Cell(sheet_word("pool-level-weight", language), "head")] if by_level else said


def _weight(pool: PoolResult, share: PoolShare, row: int, decimals: int, *, by_level: bool) -> tuple[str, int]:
    """The weight of a claim as a formula, and what the formula comes to."""
    places = decimals if pool.places is None else pool.places
    scaled = max(0, int(round_half_up(share.score, places).scaleb(places))) * share.days
    weight = f"MAX(0,ROUND({address(row, 3)}*{10**places},0))*{address(row, 4)}"
    if not by_level:
        return weight, scaled
    level = f"ROUND({address(row, SHARE_COLUMN + 1)}*{10**pool.weight_places},0)"
    return f"{weight}*{level}", scaled * int(share.level_weight.scaleb(pool.weight_places))


def _claim_cells(
    split: _Split, index: int, row: int, block: tuple[int, int], cents_row: int, *, exact: bool
) -> list[Cell]:
    """Floor, remainder, exact quota and claim of one agent; plain numbers where formulas would lose digits."""
    first, last = block
    weight, floor, rest = (address(row, column) for column in (5, 6, 7))
    weights, rests = column_range(first, last, 5), column_range(first, last, 7)
    whole, pool = address(last + 1, 5), address(cents_row, 1)
    fraction = round_half_up(Fraction(split.remainders[index], split.whole), 4) if split.whole else Decimal(0)
    ahead = (
        f"1+SUMPRODUCT(({rests}>{rest})+({rests}={rest})*({weights}>{weight})"
        f"+({rests}={rest})*({weights}={weight})*(ROW({rests})<{row + 1}))"
    )
    formulas: list[tuple[str, Decimal | int, Look]] = [
        (f"({pool}*{weight}-{rest})/{whole}", split.floors[index], "count"),
        (f"MOD({pool}*{weight},{whole})", split.remainders[index], "count"),
        (f"ROUND(({floor}+ROUND({rest}/{whole},4))/100,6)", (split.floors[index] + fraction).scaleb(-2), "plain"),
        (ahead, split.claims[index], "count"),
    ]
    return [Cell(Formula(expression, value) if exact else value, style) for expression, value, style in formulas]


def _paid(row: int, totals_row: int, cents: int, sign: str) -> Formula:
    floor, claim, leftover = address(row, 6), address(row, 9), address(totals_row, 7)
    return Formula(f"{sign}({floor}+IF({claim}<={leftover},1,0))/100", from_cents(cents))


def _totals(pool: PoolResult, split: _Split, first: int, last: int, cents_row: int, language: str) -> Row:
    """Sums below the claims; the cents left over stand below the remainders."""

    def total(expression: str, value: Decimal | int) -> Content:
        return Formula(expression, value) if pool.shares else value

    left = f"IF({address(last + 1, 5)}>0,{address(cents_row, 1)}-SUM({column_range(first, last, 6)}),0)"
    paid = sum(share.amount_cents for share in pool.shares)
    return [
        Cell(sheet_word("total", language), "total"),
        *(Cell(None, "total") for _ in range(4)),
        Cell(total(f"SUM({column_range(first, last, 5)})", split.whole), "total_count"),
        Cell(total(f"SUM({column_range(first, last, 6)})", sum(split.floors)), "total_count"),
        Cell(total(left, split.leftover), "total_count"),
        Cell(sheet_word("pool-leftover", language), "total"),
        Cell(None, "total"),
        Cell(total(f"ROUND(SUM({column_range(first, last, SHARE_COLUMN)}),2)", from_cents(paid)), "total_money"),
    ]
