"""Tables about what follows a contact: complaints, poor reviews, quality reviews."""

from __future__ import annotations

from csctl.tables.model import AGENT, Column, Kind, NoRow, Table, day

FOLLOW_UP = (
    Column("transferred_at", Kind.MOMENT, "when it was passed on", ("转交时间", "转接时间", "transferred at")),
    Column("to_department", Kind.TEXT, "to whom it was passed on", ("转交部门", "to department")),
    Column("promised_at", Kind.MOMENT, "by when the customer was promised a word", ("承诺回复时间", "promised at")),
    Column(
        "extended_at", Kind.MOMENT, "when the customer was told that it takes longer", ("延期告知时间", "extended at")
    ),
    Column("extended_to", Kind.MOMENT, "by when instead", ("延期至", "新承诺时间", "extended to")),
    Column("feedback_at", Kind.MOMENT, "when the customer was told the outcome", ("反馈时间", "feedback at")),
)
"""Steps of a case that is not settled on the spot."""

CASE_COLUMNS = (
    Column("customer_phone", Kind.ID, "the customer's telephone number", ("手机号码", "客户电话", "customer phone")),
    Column("service_number", Kind.ID, "the contract or service it is about", ("业务号码", "service number")),
    Column("note", Kind.TEXT, "what the agent wrote down", ("服务记录", "备注", "note")),
    Column("cause", Kind.TEXT, "cause of the customer's problem", ("问题原因", "原因", "cause")),
    Column("resolved_on_spot", Kind.FLAG, "answered at once", ("是否当场解决", "当场解决", "resolved on spot")),
    *FOLLOW_UP,
)
"""What is noted of a contact and of the case it opens."""

COMPLAINTS = Table(
    "complaints",
    "one row per complaint",
    (
        *AGENT,
        Column("complaint_id", Kind.ID, "number of the complaint", ("投诉编号", "投诉单号", "complaint id")),
        day("投诉时间", "投诉日期", "受理时间", "received at", "complaint date"),
        Column("customer_id", Kind.ID, "who complained", ("投诉人", "客户", "customer id")),
        Column(
            "category",
            Kind.TEXT,
            "kind of complaint",
            ("投诉类型", "投诉分类", "类型", "category"),
            weighs=True,
            weighs_if="valid",
        ),
        Column("cause", Kind.TEXT, "cause found", ("投诉原因", "原因", "cause")),
        Column(
            "valid",
            Kind.FLAG,
            "judged valid",
            ("是否有效", "是否有效投诉", "有效投诉", "valid"),
            required=True,
        ),
        Column("resolved_at", Kind.MOMENT, "when it was settled", ("处理完成时间", "办结时间", "resolved at")),
        Column("revisited_at", Kind.MOMENT, "when the customer was called back", ("回访时间", "revisited at")),
        Column("satisfied", Kind.FLAG, "satisfied with the settlement", ("回访是否满意", "处理满意", "satisfied")),
        Column("reopened", Kind.COUNT, "times it was reopened", ("重开次数", "reopens")),
        Column(
            "complainant", Kind.TEXT, "who complained, as a name or a way to reach them", ("投诉人信息", "complainant")
        ),
        Column("content", Kind.TEXT, "what is complained about", ("投诉内容", "投诉问题", "content")),
        Column("channel", Kind.TEXT, "how it came in", ("投诉渠道", "受理渠道", "channel")),
        Column("complexity", Kind.TEXT, "simple or complex", ("复杂程度", "complexity")),
        Column("resolution", Kind.TEXT, "how it was settled", ("处理结果", "处理方案", "resolution")),
        *FOLLOW_UP,
        Column("progress_at", Kind.MOMENT, "last word to the customer on how it goes", ("进度反馈时间", "progress at")),
        Column(
            "reopened_at", Kind.MOMENT, "when it was last taken up again", ("重开时间", "重新处理时间", "reopened at")
        ),
        Column("escalated_at", Kind.MOMENT, "when it went to the manager", ("升级时间", "上报时间", "escalated at")),
    ),
    derived=(
        Column(
            "settle_days", Kind.COUNT, "calendar days from the complaint to its settlement", follows=("resolved_at",)
        ),
    ),
)

REVIEWS = Table(
    "reviews",
    "one row per poor product review to follow up",
    (
        *AGENT,
        day("评价时间"),
        Column("customer_id", Kind.ID, "the buyer", ("旺旺id", "买家昵称", "customer id")),
        Column("product", Kind.TEXT, "what was bought", ("购买物品", "商品", "product")),
        Column("content", Kind.TEXT, "what the review says", ("评价内容", "content")),
        Column("severity", Kind.TEXT, "how grave", ("严重程度", "severity")),
        Column("state", Kind.TEXT, "state of the follow-up", ("处理状态", "state")),
        Column("progress", Kind.TEXT, "what has been done", ("进展情况", "progress")),
        Column("messaged_at", Kind.MOMENT, "when the buyer was written to", ("留言时间", "messaged at")),
        Column("replied_at", Kind.MOMENT, "when the buyer answered", ("回复时间", "replied at")),
        Column("phone", Kind.ID, "how to call the buyer", ("联系电话", "phone")),
        Column("called_at", Kind.MOMENT, "when the buyer was called", ("电话沟通时间", "电话回访时间", "called at")),
    ),
)

QUALITY = Table(
    "quality",
    "one row per quality-review item of a contact",
    (
        *AGENT,
        day("质检日期", "质检时间", "reviewed at", "review date", "reviewed on", "evaluation date"),
        Column("interaction_id", Kind.ID, "the contact reviewed", ("会话ID", "通话ID", "工单编号", "call id")),
        Column("method", Kind.TEXT, "live, recording or online", ("质检方式", "method")),
        Column(
            "spot_check",
            Kind.FLAG,
            "an unannounced check, apart from the regular ones",
            ("是否抽查", "抽查", "spot check"),
            ticked=True,
        ),
        Column(
            "item",
            Kind.TEXT,
            "what was looked at",
            ("质检项", "质检项目", "检查项", "item", "evaluation form", "form"),
            required=True,
            weighs=True,
        ),
        Column("passed", Kind.FLAG, "in order", ("是否合格", "是否通过", "质检结果", "合格", "passed")),
        Column("critical", Kind.FLAG, "a fault here fails the whole review", ("是否致命", "critical"), ticked=True),
        Column("score", Kind.NUMBER, "points given", ("质检得分", "得分", "score")),
        Column("full_score", Kind.NUMBER, "points possible", ("满分", "full score"), best_of="score"),
        Column("reviewer", Kind.TEXT, "who reviewed", ("质检员", "reviewer")),
        Column("told_on", Kind.DATE, "day on which the agent was told of a fault", ("反馈日期", "told on")),
        Column("rectify_by", Kind.DATE, "day by which a fault is to be mended", ("整改期限", "rectify by")),
        Column("rectified_on", Kind.DATE, "day on which it was", ("整改日期", "整改完成日期", "rectified on")),
    ),
    no_row=NoRow.ACTIVITY,
)

CARE_TABLES = (COMPLAINTS, REVIEWS, QUALITY)
