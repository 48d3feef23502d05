"""Tables about people: who they are, what they learned, what happened, what was judged."""

from __future__ import annotations

from csctl.tables.attendance import ATTENDANCE_TABLES
from csctl.tables.model import AGENT, Column, Kind, Stated, Table, day

ROSTER = Table(
    "roster",
    "one row per agent, or one for each time that something about an agent holds",
    (
        Column("agent_id", Kind.ID, "staff number: the key of everything", AGENT[0].aliases, required=True),
        Column("agent_name", Kind.TEXT, "name", AGENT[1].aliases, required=True),
        Column(
            "group",
            Kind.TEXT,
            "team or shift group",
            ("组别", "小组", "班组", "客服组", "部门", "group", "team", "department"),
        ),
        Column("post", Kind.TEXT, "position", ("岗位", "职位", "职务", "post", "position", "title")),
        Column(
            "level",
            Kind.TEXT,
            "level on the job ladder",
            ("级别", "职级", "等级", "职称", "客服级别", "level", "grade"),
        ),
        Column(
            "hired_on",
            Kind.DATE,
            "first day",
            (
                "入职日期",
                "入职时间",
                "到岗日期",
                "hire date",
                "hired on",
                "date of hire",
                "start date",
                "joining date",
                "date of joining",
                "date joined",
                "employment date",
            ),
        ),
        Column("regular_on", Kind.DATE, "first day after probation", ("转正日期", "转正时间", "regular date")),
        Column(
            "left_on",
            Kind.DATE,
            "last day",
            ("离职日期", "离职时间", "最后工作日", "leave date", "left on", "last working day", "termination date"),
        ),
        Column(
            "valid_from",
            Kind.DATE,
            "first day on which the row holds, where an agent has several",
            ("生效日期", "生效起始日期", "起始日期", "valid from", "effective from", "from"),
        ),
        Column(
            "valid_to",
            Kind.DATE,
            "last day on which the row holds",
            ("失效日期", "生效截止日期", "截止日期", "valid to", "valid until", "effective to", "to"),
        ),
        Column(
            "base_pay",
            Kind.MONEY,
            "monthly base pay, where the policy takes it from here",
            ("基本工资", "底薪", "base pay", "base salary", "monthly base pay", "monthly base salary"),
            alike=True,
        ),
        Column(
            "fte",
            Kind.RATIO,
            "part of full time that the agent works, 0 to 1; empty for full time",
            ("用工比例", "工时比例", "折合全职", "全职当量", "fte", "full-time equivalent", "part-time share"),
        ),
        Column("supervisor", Kind.TEXT, "direct superior", ("直接上级", "上级", "主管", "supervisor", "manager")),
        Column(
            "contract",
            Kind.TEXT,
            "kind of position: full time, part time, agency …",
            ("岗位编制", "编制", "用工形式", "用工类型", "position type", "employment type"),
        ),
        Column("region", Kind.TEXT, "where labour law applies", ("地区", "城市", "region")),
        Column(
            "accounts",
            Kind.TEXT,
            "other names in exports, joined by 、 or ;",
            ("旺旺昵称", "系统账号", "客服账号", "账号列表", "别名", "accounts", "aliases"),
        ),
    ),
    dated=None,
)

EXAMS = Table(
    "exams",
    "one row per agent and exam taken",
    (
        *AGENT,
        day("考试日期", "考试时间", "exam date"),
        Column("kind", Kind.TEXT, "which exam", ("考试名称", "考试类型", "科目", "kind", "exam"), required=True),
        Column("score", Kind.NUMBER, "points", ("考试成绩", "成绩", "得分", "分数", "score"), required=True),
        Column("full_score", Kind.NUMBER, "points possible", ("满分", "总分", "full score"), best_of="score"),
        Column("passed", Kind.FLAG, "passed", ("是否合格", "是否通过", "passed")),
        Column("retake", Kind.FLAG, "a second try", ("是否补考", "补考", "retake"), ticked=True),
        Column("training", Kind.TEXT, "the training it was about", ("培训名称", "对应培训", "training")),
        Column("certificate", Kind.ID, "number of the certificate given", ("证书编号", "certificate")),
        Column("retake_on", Kind.DATE, "day of the second try or of the repeated training", ("补考日期", "retake on")),
    ),
    together=True,
)

TRAININGS = Table(
    "trainings",
    "one row per agent and training",
    (
        *AGENT,
        day("培训日期", "培训时间", "training date"),
        Column(
            "title",
            Kind.TEXT,
            "what was taught",
            ("培训名称", "课程名称", "课程", "title", "course"),
            required=True,
        ),
        Column("kind", Kind.TEXT, "mandatory, new skill, exchange …", ("培训类型", "类型", "kind")),
        Column("attended", Kind.FLAG, "took part", ("是否参加", "出席", "attended")),
        Column("completed", Kind.FLAG, "finished", ("是否完成", "完成", "completed")),
    ),
)

RATINGS = Table(
    "ratings",
    "one row per agent, rater and rated item",
    (
        *AGENT,
        day("评分日期", "考核月份", meaning="a day of the rated month"),
        Column("rater", Kind.TEXT, "who rates", ("评分人", "考核人", "rater")),
        Column("role", Kind.TEXT, "self, superior, panel …", ("评分角色", "角色", "role"), required=True),
        Column(
            "item",
            Kind.TEXT,
            "what is rated",
            ("评分项", "评分项目", "考核项", "指标", "item"),
            required=True,
        ),
        Column(
            "value",
            Kind.TEXT,
            "a level, a number, or a mark of plus or minus",
            ("评分", "得分", "等级", "value"),
            required=True,
            as_written=True,
        ),
        Column("reason", Kind.TEXT, "why", ("说明", "评分说明", "理由", "reason")),
    ),
)

EVENTS = Table(
    "events",
    "one row per happening that counts for or against somebody",
    (
        *AGENT,
        day(),
        Column(
            "event",
            Kind.TEXT,
            "which happening: an id or label that the policy declares",
            ("事件", "事件类型", "事项", "event"),
            required=True,
            weighs=True,
        ),
        Column("count", Kind.COUNT, "how many times; 1 if empty", ("次数", "数量", "count")),
        Column("severity", Kind.TEXT, "minor or serious", ("严重程度", "severity")),
        Column("excused", Kind.FLAG, "there was a good reason", ("是否免责", "有正当理由", "excused")),
        Column("evidence", Kind.TEXT, "where it can be seen", ("依据", "证据", "说明", "备注", "evidence")),
    ),
    derived=(Column("counted", Kind.FLAG, "nothing excuses it: not marked as excused", follows=("excused",)),),
)

TITLES = Table(
    "titles",
    "one row per honour awarded",
    (
        *AGENT,
        day("授予日期"),
        Column("title", Kind.TEXT, "which honour", ("称号", "荣誉", "title"), required=True),
    ),
)

DISCIPLINE = Table(
    "discipline",
    "one row per warning or other measure",
    (
        *AGENT,
        day("处分日期"),
        Column(
            "measure", Kind.TEXT, "criticism, warning …", ("处分", "处分类型", "measure"), required=True, weighs=True
        ),
        Column("reason", Kind.TEXT, "why", ("原因", "事由", "reason")),
    ),
)

PLANS = Table(
    "plans",
    "one row per item of an improvement plan",
    (
        *AGENT,
        day("截止日期", "计划完成日期", meaning="due day"),
        Column("item", Kind.TEXT, "what is to improve", ("改进项", "计划内容", "item"), required=True),
        Column("done", Kind.FLAG, "done", ("是否完成", "完成", "done"), required=True),
        Column("done_on", Kind.DATE, "day on which it was done", ("完成日期", "done on")),
    ),
)

TASKS = Table(
    "tasks",
    "one row per task, with other departments or as a report to hand in",
    (
        *AGENT,
        day("截止日期", "要求完成日期", meaning="due day"),
        Column("kind", Kind.TEXT, "cross-team, summary, report …", ("任务类型", "类型", "kind")),
        Column("title", Kind.TEXT, "what is to be done", ("任务", "任务名称", "事项", "title")),
        Column("done", Kind.FLAG, "done in time", ("是否完成", "按时完成", "完成", "done"), required=True),
        Column("done_on", Kind.DATE, "day on which it was done or handed in", ("完成日期", "提交日期", "done on")),
    ),
)

TARGETS = Table(
    "targets",
    "one row per agent, month and target",
    (
        *AGENT,
        day("月份", meaning="a day of the month it is for"),
        Column("metric", Kind.TEXT, "target for what", ("目标项", "指标", "metric"), required=True),
        Column("amount", Kind.MONEY, "the target", ("目标值", "目标", "目标金额", "amount"), required=True),
    ),
    stated=Stated.ALWAYS,
)

PAY_ITEMS = Table(
    "pay_items",
    "one row per one-off amount that is paid or taken",
    (
        *AGENT,
        day("月份", "发放月份", meaning="a day of the month it is for"),
        Column(
            "item",
            Kind.TEXT,
            "what it is for, as ``[[pay.manual]]`` names it",
            ("款项", "项目", "奖罚项目", "补贴项目", "pay item", "item"),
            required=True,
            weighs=True,
        ),
        Column("amount", Kind.MONEY, "how much, without a sign", ("金额", "发放金额", "amount"), required=True),
        Column("reason", Kind.TEXT, "why", ("原因", "事由", "理由", "说明", "reason"), required=True),
        Column("approved_by", Kind.TEXT, "who approved it", ("审批人", "批准人", "approved by"), required=True),
    ),
)

APPEALS = Table(
    "appeals",
    "one row per appeal against a score line",
    (
        *AGENT,
        day("申诉日期", "申诉时间"),
        Column("item", Kind.TEXT, "which line", ("申诉项", "申诉项目", "item"), required=True),
        Column("reason", Kind.TEXT, "why", ("申诉理由", "理由", "reason")),
        Column("decision", Kind.TEXT, "accepted, partly, rejected", ("处理结果", "结论", "decision")),
        Column("published_on", Kind.DATE, "day the score was made known", ("公布日期", "published on")),
        Column("decided_on", Kind.DATE, "day of the decision", ("处理日期", "decided on")),
    ),
)

PEOPLE_TABLES = (
    ROSTER,
    *ATTENDANCE_TABLES,
    EXAMS,
    TRAININGS,
    RATINGS,
    EVENTS,
    TITLES,
    DISCIPLINE,
    PLANS,
    TASKS,
    TARGETS,
    PAY_ITEMS,
    APPEALS,
)
