"""Tables about the service itself: contacts, figures, orders, what customers said, quality."""

from __future__ import annotations

from csctl.tables.care import CASE_COLUMNS
from csctl.tables.days import DAY_COLUMNS
from csctl.tables.model import AGENT, Column, Kind, NoRow, Stated, Table, Texts, day

INTERACTIONS = Table(
    "interactions",
    "one row per call, chat session or ticket",
    (
        *AGENT,
        Column(
            "interaction_id",
            Kind.ID,
            "number of the contact",
            (
                "会话ID",
                "会话编号",
                "通话ID",
                "工单编号",
                "工单ID",
                "call id",
                "call number",
                "conversation id",
                "ticket id",
                "id",
                "session id",
            ),
        ),
        Column(
            "customer_id",
            Kind.ID,
            "the customer",
            (
                "客户",
                "客户ID",
                "客户编号",
                "访客",
                "访客ID",
                "来电号码",
                "买家昵称",
                "customer id",
                "requester id",
            ),
        ),
        Column(
            "channel",
            Kind.TEXT,
            "phone, chat, mail …",
            ("渠道", "接入方式", "来源渠道", "channel", "via", "source"),
        ),
        Column(
            "topic",
            Kind.TEXT,
            "subject of the contact",
            ("咨询分类", "问题分类", "会话分类", "业务类型", "topic", "type", "ticket type", "category"),
        ),
        Column("status", Kind.TEXT, "state of the contact", ("状态", "工单状态", "status")),
        Column(
            "started_at",
            Kind.MOMENT,
            "when the contact began",
            (
                "会话开始时间",
                "开始时间",
                "接入时间",
                "来电时间",
                "呼入时间",
                "创建时间",
                "created at",
                "created time",
                "date of call",
                "start time",
                "started at",
            ),
            required=True,
        ),
        Column(
            "resolved_at",
            Kind.MOMENT,
            "when the contact was solved",
            ("解决时间", "结束时间", "会话结束时间", "solved at", "resolved time", "resolution time"),
        ),
        Column(
            "answered",
            Kind.FLAG,
            "a person answered",
            (
                "是否接听",
                "是否接通",
                "接通",
                "是否应答",
                "是否有效会话",
                "会话有效性",
                "answered",
                "answered (y/n)",
            ),
        ),
        Column(
            "resolved",
            Kind.FLAG,
            "solved in this contact",
            ("是否已解决", "是否解决", "会话解决状态", "解决状态", "一次解决", "resolved"),
        ),
        Column(
            "abandoned",
            Kind.FLAG,
            "the customer left before anybody answered",
            ("是否放弃", "放弃", "abandoned"),
            ticked=True,
        ),
        Column(
            "transferred", Kind.FLAG, "passed on to somebody else", ("是否转接", "是否转出", "transferred"), ticked=True
        ),
        Column("reopened", Kind.COUNT, "times it was reopened", ("重开次数", "reopens")),
        Column(
            "wait_seconds",
            Kind.SECONDS,
            "waiting in the queue until answered",
            (
                "排队时长",
                "等待时长",
                "排队等待时长",
                "振铃时长",
                "speed of answer",
                "speed of answer in seconds",
                "wait time",
                "queue time",
            ),
        ),
        Column(
            "first_response_seconds",
            Kind.SECONDS,
            "first human answer after the first question",
            (
                "首次响应时长",
                "首次响应时间",
                "首响时长",
                "首次响应",
                "first response time",
                "first reply time",
                "first reply time in minutes",
                "initial response time",
                "avg first response time",
            ),
            only_if="answered",
        ),
        Column(
            "response_seconds",
            Kind.SECONDS,
            "mean human answer over all rounds",
            ("平均响应时长", "客服平均响应时长", "平均响应时间", "平均响应", "response time"),
            only_if="answered",
        ),
        Column(
            "talk_seconds",
            Kind.SECONDS,
            "talking, or the session's length",
            ("通话时长", "会话时长", "接待时长", "duration", "avgtalkduration", "talk duration", "talk time"),
        ),
        Column("hold_seconds", Kind.SECONDS, "on hold", ("保持时长", "持线时长", "hold time", "on hold time")),
        Column(
            "after_seconds",
            Kind.SECONDS,
            "work after the contact",
            ("事后处理时长", "话后处理时长", "后处理时长", "after call work", "acw"),
        ),
        Column(
            "resolution_seconds",
            Kind.SECONDS,
            "from creation to solution",
            ("解决时长", "处理时长", "full resolution time", "resolution time in hours"),
        ),
        Column("rounds", Kind.COUNT, "question and answer rounds", ("对话回合数", "回合数", "rounds")),
        Column(
            "agent_messages",
            Kind.COUNT,
            "messages of the agent",
            ("客服消息数", "客服消息量", "replies", "agent interactions"),
        ),
        Column(
            "customer_messages",
            Kind.COUNT,
            "messages of the customer",
            ("买家消息数", "客户消息数", "访客消息数", "customer interactions"),
        ),
        Column(
            "satisfaction",
            Kind.NUMBER,
            "the customer's rating of this contact",
            (
                "满意度评分",
                "满意度",
                "评价分数",
                "satisfaction rating",
                "satisfaction score",
                "csat",
                "survey results",
            ),
            only_if="answered",
            rated=True,
        ),
        Column("order_amount", Kind.MONEY, "sold in this contact", ("购买金额", "purchase amount")),
        *CASE_COLUMNS,
    ),
    dated="started_at",
    derived=(
        Column(
            "next_contact_seconds",
            Kind.SECONDS,
            "from this contact to the same customer's next one; empty if none has followed",
            follows=("customer_id",),
        ),
        Column(
            "next_topic_seconds",
            Kind.SECONDS,
            "from this contact to the same customer's next one on the same topic; empty if none has followed",
            follows=("customer_id", "topic"),
        ),
        Column(
            "observed_seconds", Kind.SECONDS, "from this contact to the last one of all data: how long it was watched"
        ),
    ),
    no_row=NoRow.ACTIVITY,
)

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
