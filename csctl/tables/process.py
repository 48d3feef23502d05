"""Tables about single steps and forms: chat messages, after-sale cases, plans, swaps, registers."""

from __future__ import annotations

from csctl.tables.model import AGENT, Column, Kind, Table, Texts, day

MESSAGES = Table(
    "messages",
    "one row per message of a chat",
    (
        *AGENT,
        Column(
            "interaction_id",
            Kind.ID,
            "the contact it belongs to",
            ("会话ID", "会话编号", "conversation id", "session id"),
        ),
        Column("customer_id", Kind.ID, "the customer", ("客户", "客户ID", "买家昵称", "customer id")),
        Column("sent_at", Kind.MOMENT, "when it was sent", ("发送时间", "消息时间", "sent at"), required=True),
        Column(
            "sender",
            Kind.TEXT,
            "who wrote it: a word for the agent or for the customer, or the agent's own name, number or account",
            ("发送人", "发送方", "消息来源", "sender", "sender type"),
            texts=Texts.SENDERS,
            weighs=True,
        ),
        Column("text", Kind.TEXT, "what was written", ("消息内容", "聊天内容", "text", "message"), required=True),
    ),
    dated="sent_at",
)

AFTERSALES = Table(
    "aftersales",
    "one row per after-sale case",
    (
        *AGENT,
        day("受理日期", "登记日期"),
        Column("order_id", Kind.ID, "number of the order", ("订单编号", "订单号", "order id")),
        Column("customer_id", Kind.ID, "the buyer", ("旺旺id", "买家昵称", "客户", "customer id")),
        Column("category", Kind.TEXT, "kind of case", ("售后类型", "问题类型", "类型", "category"), required=True),
        Column("cause", Kind.TEXT, "cause found", ("原因", "问题原因", "cause")),
        Column("apologised", Kind.FLAG, "the buyer was apologised to", ("是否致歉", "已道歉", "apologised")),
        Column("log_checked", Kind.FLAG, "chat log and order were looked at", ("是否查记录", "已核查", "log checked")),
        Column("signed", Kind.FLAG, "the buyer had signed for the parcel", ("是否签收", "已签收", "signed")),
        Column("photo", Kind.FLAG, "the buyer sent a photo", ("是否有照片", "照片", "photo")),
        Column("fault", Kind.TEXT, "whose fault: ours, courier, buyer, supplier", ("责任方", "fault")),
        Column("resolution", Kind.TEXT, "refund, exchange, reshipment …", ("处理方式", "处理结果", "resolution")),
        Column("compensation", Kind.MONEY, "paid to the buyer", ("补偿金额", "compensation")),
        Column("chases", Kind.COUNT, "times the buyer had to ask again", ("催促次数", "chases")),
        Column("told_at", Kind.MOMENT, "when the buyer was told", ("告知时间", "told at")),
        Column("resolved_at", Kind.MOMENT, "when it was settled", ("处理完成时间", "resolved at")),
        Column("submitted_on", Kind.DATE, "day the record was handed in", ("提交日期", "submitted on")),
    ),
)

REMINDERS = Table(
    "reminders",
    "one row per unpaid order whose buyer was reminded",
    (
        *AGENT,
        day("催付日期"),
        Column("order_id", Kind.ID, "number of the order", ("订单编号", "订单号", "order id")),
        Column("reminded_at", Kind.MOMENT, "when the buyer was reminded", ("催付时间", "reminded at")),
        Column("flagged", Kind.FLAG, "the order carries the mark", ("是否标旗", "标旗", "flagged"), ticked=True),
        Column("note", Kind.TEXT, "what was noted on the order", ("标旗备注", "备注", "note")),
        Column("paid", Kind.FLAG, "the order was paid after all", ("是否付款", "催付成功", "paid")),
    ),
)

BAD_CUSTOMERS = Table(
    "bad_customers",
    "one row per customer put on the register of bad customers",
    (
        *AGENT,
        day("上报日期"),
        Column("customer_id", Kind.ID, "the customer", ("客户", "客户ID", "买家昵称", "customer id"), required=True),
        Column("reason", Kind.TEXT, "why", ("原因", "理由", "reason")),
        Column("reported_by", Kind.TEXT, "who reported", ("上报人", "reported by")),
        Column("confirmed_by", Kind.TEXT, "who confirmed", ("确认人", "confirmed by")),
        Column("filed_on", Kind.DATE, "day it was put on file", ("备案日期", "filed on")),
    ),
)

SHIFT_PLANS = Table(
    "shift_plans",
    "one row per agent and planned day",
    (
        *AGENT,
        day("值班日期", "排班日期"),
        Column("shift", Kind.TEXT, "which shift", ("班次", "值班班次", "shift")),
        Column("published_on", Kind.DATE, "day the plan was made known", ("发布日期", "公布日期", "published on")),
    ),
)

SHIFT_SWAPS = Table(
    "shift_swaps",
    "one row per swap of shifts",
    (
        *AGENT,
        day("调班日期", meaning="day that was swapped"),
        Column("partner", Kind.TEXT, "with whom", ("调班对象", "替班人", "partner")),
        Column("filed_at", Kind.MOMENT, "when it was asked for", ("申请时间", "filed at")),
        Column("approver", Kind.TEXT, "who granted it", ("审批人", "approver")),
        Column("approved", Kind.FLAG, "granted", ("是否批准", "审批结果", "approved")),
    ),
)

TRAINING_PLANS = Table(
    "training_plans",
    "one row per training planned for a year",
    (
        Column("year", Kind.COUNT, "the year", ("年度", "年份", "year"), required=True),
        Column("content", Kind.TEXT, "what is to be taught", ("培训内容", "content")),
        Column("method", Kind.TEXT, "how", ("培训方式", "method")),
        Column("date", Kind.DATE, "when", ("培训时间", "培训日期", "计划时间", "date")),
        Column("audience", Kind.TEXT, "for whom", ("培训对象", "参训人员", "audience")),
    ),
    dated=None,
)

PROCESS_TABLES = (MESSAGES, AFTERSALES, REMINDERS, BAD_CUSTOMERS, SHIFT_PLANS, SHIFT_SWAPS, TRAINING_PLANS)
