"""A small month made by hand, from the golden numbers of the rules: pool 3,000.00 for scores 95, 85 and 60."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured, PayLine, PoolResult, PoolShare, Score, ScoreLine, TierPart, as_frame
from csctl.core.records.result import MonthResult
from csctl.messages import problem
from csctl.money import apportion, to_cents
from csctl.month import Month
from csctl.policy.model import Assumption, Policy, SheetForm
from csctl.policy.parts import Measure
from csctl.policy.pay.base import BasePay
from csctl.policy.pay.plan import Pay
from csctl.policy.scoring import Band, Dimension, Grade, Indicator, ScoreRules

D = Decimal
_BANDS = [Band(level="优秀", at_least=D(90), points=D(100)), Band(level="合格", points=D(60))]


def _indicator(key: str, label: str) -> Indicator:
    return Indicator(
        id=key, label=label, target="≥ 90", standard="90 分及以上优秀", measure=key, missing="reweight", bands=_BANDS,
        rule="IN-11", note="",
    )  # fmt: skip


POLICY = Policy(
    id="example",
    label="客服考核",
    version="1",
    scale={"优秀": D(100), "合格": D(60)},
    score=ScoreRules(pass_mark=D(60), raters={"self": D(30), "superior": D(70)}),
    dimension=[
        Dimension(
            id="satisfaction", label="客户满意度", weight=D(40), indicator=[_indicator("csat", "客户满意度评分")]
        ),
        Dimension(
            id="skill",
            label="业务能力",
            weight=D(60),
            indicator=[_indicator("exam", "业务考试"), _indicator("response", "首次响应")],
        ),
    ],
    measure={
        "csat": Measure(label="满意度", table="surveys", mean="score", unit="points"),
        "exam": Measure(label="考试成绩", table="exams", mean="score", unit="points"),
        "response": Measure(label="首次响应", table="interactions", mean="first_response_seconds", unit="s"),
    },
    grade=[Grade(label="良好", at_least=D(80), coefficient=D("1.2")), Grade(label="合格", coefficient=D(1))],
    pay=Pay(base=BasePay(by="roster")),
    sheet=SheetForm(title="绩效考核表"),
    assumption=[Assumption(id="A-40", kind="example", text="各级分值为示例", keys=["scale"], rule="IN-51")],
)


def agent(key: str, name: str, group: str = "一组") -> Agent:
    """An agent with the fields that do not matter here filled in."""
    return Agent(key, name, group, "客服专员", "C1", "赵主管", None, None, None, D(3500))


AGENTS = (agent("007", "王小明"), agent("08", "=1+1"), agent("100000000000000001", "张三"), agent("7", "李四", ""))


def indicator_line(key: str, line: str, value: Decimal | None, contribution: str, **changes: object) -> ScoreLine:
    """A score line of an indicator that both raters gave full points, unless told otherwise."""
    made = ScoreLine(
        agent_id=key, line=line, kind="indicator", dimension="satisfaction" if line == "csat" else "skill",
        label={"csat": "客户满意度评分", "exam": "业务考试", "response": "首次响应"}[line], source=line, value=value,
        text="", unit="s" if line == "response" else "points", n=12, band="优秀", points=D(100), out_of=D(100),
        self_points=D(100), superior_points=D(100), weight=D(40) if line == "csat" else D(30),
        contribution=D(contribution), missing="", rule="IN-11", note="",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


ADJUSTMENT = ScoreLine(
    agent_id="007", line="cover", kind="adjustment", dimension="", label="顶班", source="events", value=None, text="",
    unit="", n=1, band="", points=D(5), out_of=None, self_points=None, superior_points=None, weight=D(0),
    contribution=D("5.00"), missing="", rule="SA-103", note="=2+2 不是公式",
)  # fmt: skip

SCORE_LINES = (
    indicator_line("007", "csat", D("92.50"), "40.00"),
    indicator_line("007", "exam", D("88.00"), "20.00", points=D("66.67"), self_points=D(60), superior_points=D(70)),
    indicator_line("007", "response", D("75.25"), "30.00"),
    ADJUSTMENT,
    indicator_line("08", "csat", D("91.00"), "40.00"),
    indicator_line("08", "exam", D("90.00"), "45.00", weight=D(60)),
    indicator_line(
        "08", "response", None, "0.00", weight=D(0), missing="reweight", n=0, band="", points=None, self_points=None,
        superior_points=None,
    ),
    indicator_line("100000000000000001", "csat", D("60.00"), "24.00", points=D(60)),
    indicator_line("100000000000000001", "exam", D("60.00"), "18.00", points=D(60)),
    indicator_line("100000000000000001", "response", D("600.00"), "18.00", points=D(60)),
)  # fmt: skip


def score(key: str, total: str, rank: int, grade: str, adjustments: str = "0.00") -> Score:
    """A scored agent's result; the raters' totals are what the indicators came to."""
    before = D(total) - D(adjustments)
    return Score(key, "scored", before, before, before, D(adjustments), D(total), grade, D(1), passed=True, rank=rank)


SCORES = (
    score("007", "95.00", 1, "良好", "5.00"),
    score("08", "85.00", 2, "良好"),
    score("100000000000000001", "60.00", 3, "合格"),
    Score("7", "excluded", None, None, None, None, None, "", None, None, None),
)

TIERS = (
    TierPart(0, 50_000_00, D(0), 50_000_00, 0),
    TierPart(50_000_00, 100_000_00, D("0.008"), 50_000_00, 400_00),
    TierPart(100_000_00, 150_000_00, D("0.012"), 50_000_00, 600_00),
    TierPart(150_000_00, None, D("0.015"), 30_000_00, 450_00),
)


def pool(name: str, cents: int, claims: dict[str, tuple[str, int]], **changes: object) -> PoolResult:
    """A pool of a single tier with everything from it, split by score and days of each claim."""
    weights = {key: max(0, int(D(points) * 100)) * days for key, (points, days) in claims.items()}
    parts = apportion(cents, weights) if any(weights.values()) else dict.fromkeys(weights, 0)
    shares = tuple(PoolShare(key, D(points), days, weights[key], parts[key]) for key, (points, days) in claims.items())
    tier = TierPart(0, None, D(1), cents, cents)
    made = PoolResult(
        name, "团队奖金", "marginal", cents, (tier,), cents, D(1), cents, not any(weights.values()), shares, "SA-093"
    )
    return replace(made, **changes)  # type: ignore[arg-type]


GOLDEN_CLAIMS = {"007": ("95.00", 21), "08": ("85.00", 21), "100000000000000001": ("60.00", 21)}
GOLDEN_POOL = pool("team", 3000_00, GOLDEN_CLAIMS)
TIER_POOL = pool(
    "tiers", 1015_00, {"007": ("90.00", 21), "08": ("80.00", 21), "7": ("77.00", 10)},
    label="分段", base_cents=180_000_00, tiers=TIERS, commission_cents=1450_00, share=D("0.7"),
)  # fmt: skip


def pay_line(key: str, line: str, kind: str, quantity: str, rate: str, divisor: str = "1") -> PayLine:
    """A line that is a product, with the amount the rules say: once rounded, half up."""
    cents = to_cents(Fraction(D(quantity)) * Fraction(D(rate)) / Fraction(D(divisor)))
    return PayLine(
        key, line, line, kind, "product", "", D(quantity), "days", D(rate), D(divisor), cents, "SA-080", "说明"  # type: ignore[arg-type]
    )  # fmt: skip


def pool_line(share: PoolShare, source: str) -> PayLine:
    """The line that pays a share."""
    return PayLine(
        share.agent_id, source, "奖金", "bonus", "pool", source, D(1), "", D(share.amount_cents).scaleb(-2),
        D(1), share.amount_cents, "SA-093", "",
    )  # fmt: skip


PAY_LINES = (
    *(pay_line(each.agent_id, "base", "base", "1", "3500.00") for each in AGENTS),
    pay_line("007", "late", "unworked", "-1.5", "3500", "21.75"),
    pay_line("08", "sick", "unworked", "-0.25", "3333.33", "174"),
    pay_line("08", "fine", "fine", "-7", "50"),
    pay_line("7", "award", "award", "1", "33.335"),
    PayLine("7", "top_up", "保底", "guarantee", "guarantee", "", D(1), "", D("12.34"), D(1), 1234, "SA-088", ""),
    PayLine("08", "top_up", "保底", "guarantee", "guarantee", "", D(0), "", D(0), D(1), -4321, "SA-088", "收回上月"),
    *(pool_line(share, made.pool) for made in (GOLDEN_POOL, TIER_POOL) for share in made.shares),
)

MEASURES = (
    Measured("007", "csat", D("92.50"), 12, D(1110), D(12), "surveys"),
    Measured("08", "response", None, 0, None, None, "interactions"),
)


def month_result(**changes: object) -> MonthResult:
    """The month; give a field of ``MonthResult`` to change it."""
    made = MonthResult(
        month=Month(2026, 10),
        policy=POLICY,
        agents=AGENTS,
        measures=as_frame(MEASURES, Measured),
        score_lines=as_frame(SCORE_LINES, ScoreLine),
        scores=as_frame(SCORES, Score),
        pay_lines=as_frame(PAY_LINES, PayLine),
        pools=(GOLDEN_POOL, TIER_POOL),
        problems=(problem("forms-agent-unknown", found="旧文件"),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]
