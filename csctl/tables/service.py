"""Tables about the service itself: figures, orders, what customers said; contacts have a file of their own."""

from __future__ import annotations

from csctl.tables.days import DAY_COLUMNS
from csctl.tables.interactions import INTERACTIONS
from csctl.tables.model import AGENT, Column, Kind, NoRow, Stated, Table, Texts, day

KPIS = Table(
    "kpis",
    "figures that a system has already summed per agent: one row per agent, day and figure",
    (
        *AGENT,
        day("统计日期"),
        Column(
            "metric",
            Kind.TEXT,
            "name of the figure: the export's header; case, width, spaces and a unit in brackets do not matter",
            ("指标", "指标名称", "考核指标"),
            required=True,
            texts=Texts.HEADERS,
        ),
        Column(
            "value",
            Kind.NUMBER,
            "the figure: seconds for a duration, 0 to 1 for a share",
            ("指标值", "数值"),
            required=True,
        ),
    ),
    derived=DAY_COLUMNS,
    no_row=NoRow.ACTIVITY,
    stated=Stated.EACH,
)

ORDERS = Table(
    "orders",
    "one row per order credited to an agent",
    (
        *AGENT,
        Column("order_id", Kind.ID, "number of the order", ("订单编号", "订单号", "订单ID", "order id")),
        Column("customer_id", Kind.ID, "the customer", ("买家昵称", "买家", "客户", "customer id")),
        day("付款日期", "付款时间", "订单付款时间", "下单时间", "paid at", "paid on", "payment date", "order date"),
        Column(
            "amount",
            Kind.MONEY,
            "paid by the customer",
            ("销售额", "付款金额", "实付金额", "订单金额", "买家实际支付金额", "amount", "paid amount"),
            required=True,
        ),
        Column("refund_amount", Kind.MONEY, "refunded", ("退款金额", "成功退款金额", "refund", "refund amount")),
        Column(
            "attribution",
            Kind.TEXT,
            "won in a talk (落实) or without one (静默)",
            ("绑定方式", "归属方式", "成交方式", "attribution"),
        ),
    ),
)

SURVEYS = Table(
    "surveys",
    "one row per answered satisfaction survey",
    (
        *AGENT,
        day("提交答卷时间", "提交时间", "评价时间", "submitted at", "survey date", "rated on", "rating date"),
        Column("customer_id", Kind.ID, "the customer", ("客户", "客户ID", "customer id")),
        Column("kind", Kind.TEXT, "which survey: contact, revisit …", ("问卷类型", "类型", "kind", "survey")),
        Column(
            "score",
            Kind.NUMBER,
            "the rating given",
            ("满意度评分", "满意度", "评分", "得分", "总分", "score", "rating", "satisfaction rating"),
            required=True,
            alternative="satisfied",
            rated=True,
        ),
        Column(
            "full_score",
            Kind.NUMBER,
            "the best rating possible",
            ("满分", "full score", "scale"),
            part_of="score",
            best_of="score",
        ),
        Column("satisfied", Kind.FLAG, "the customer said yes to being satisfied", ("是否满意", "satisfied")),
        Column("comment", Kind.TEXT, "free words", ("意见", "建议", "备注", "comment")),
    ),
    no_row=NoRow.ACTIVITY,
)

SERVICE_TABLES = (INTERACTIONS, KPIS, ORDERS, SURVEYS)
