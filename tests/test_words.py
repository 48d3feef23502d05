"""A word means the same wherever it is read, by what is asked there, and is declared in one place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import csctl
from csctl import words
from csctl.core.career.assess import assess
from csctl.core.forms.model import Slot, slots_of
from csctl.core.forms.plan import page_for
from csctl.core.scoring.marks import mark_of
from csctl.core.scoring.points import points_of_text
from csctl.messages import LANGUAGES, say
from csctl.month import Month
from csctl.policy.scoring import TallyMark
from csctl.problems import NOWHERE
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.columns.values import CellFault, is_empty, parse_count, parse_text
from csctl.readers.forms.answers import read_cell
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import import_book
from tests import parsed
from tests.core.career.test_verdicts import small
from tests.core.forms.desk import desk, people
from tests.workbench import policy, rating

YES = "是 有 对 能 y yes true √ ✓ ✔ ☑"
NO = "否 没有 错 不能 n no false × ✗ ✘ x"
GOOD = (
    "有效 有效会话 有效投诉 已解决 解决 合格 通过 已通过 审批通过 符合 已完成 完成 满意 同意 已同意 批准 已批准 接通 "
    "已接通 已接 已接听 接听 已应答 应答 已参加 参加 出席 "
    "answered resolved solved passed pass valid satisfied approved done"
)
BAD = (
    "无效 无效会话 无效投诉 未解决 不合格 未通过 不通过 审批不通过 不符合 未完成 不满意 拒绝 已拒绝 不同意 驳回 未批准 "
    "未接通 未接 未接听 未应答 未参加 缺席 "
    "abandoned unanswered unresolved unsolved failed fail invalid dissatisfied rejected undone"
)
NEITHER = "大概 一般 2 maybe 优 基本符合 ++"
NOTHING = "-- --- —— N/A"
SIGNS = {"+": 1, "＋": 1, "加": 1, "+1": 1, "-": -1, "－": -1, "—": -1, "–": -1, "−": -1, "减": -1, "-1": -1, "−1": -1}


def expected() -> dict[str, bool | None]:
    """What every word says that is asked yes or no."""
    said = {True: f"{YES} {GOOD} 1", False: f"{NO} {BAD} 0 无", None: f"{NEITHER} {NOTHING}"}
    return {word: answer for answer, line in said.items() for word in line.split()}


def on_scale(word: str) -> bool | None:
    """What a word says where a level or points are asked for."""
    return True if word in YES.split() else False if word in NO.split() else None


def in_pair(word: str) -> int | None:
    """What a word says where plus and minus are asked for."""
    if word in ("1", "0", "无"):
        return int(word == "1")
    answer = on_scale(word)
    return SIGNS.get(word) if answer is None else 1 if answer else -1


def ways(word: str) -> list[str]:
    """The word in the ways people write it."""
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in word)
    return [word, word.upper(), word.title(), wide, wide.upper(), f" {word}\t", f"\u3000{word}\u200b", f"{word}\ufe0f"]


def slot(item: str) -> Slot:
    """The cell of an item on the superior's form about somebody."""
    page = page_for(desk(), people()[1], "superior")
    return next(one for one in slots_of(page) if (one.item, one.part) == (item, "value"))


def returned(item: str, text: str) -> str:
    """What a form gives that came back with this text in the cell; "" if it is refused."""
    return read_cell(text, slot(item), NOWHERE)[0]


WORDS = expected()
QUESTION, TURNED = (TallyMark(item="x", question="?", reverse=reverse) for reverse in (False, True))


def test_the_lists_of_this_test_are_all_the_words_there_are() -> None:
    """No word is left untried."""
    asked = {word for word, answer in WORDS.items() if answer is not None}
    declared = [words.YES, words.NO, words.YES_VERDICTS, words.NO_VERDICTS, words.YES_FIGURES, words.NO_FIGURES]
    assert asked == set().union(*declared, words.ABSENCE)
    assert {words.fold(word) for word in SIGNS} | {"1"} == words.PLUS | words.MINUS


def _flags(texts: list[str]) -> dict[str, object]:
    """What a flag column of an export gives for each text; None if the cell is refused or empty."""
    rows: list[tuple[Cell, ...]] = [("投诉编号", "投诉时间", "客服", "是否有效")]
    rows += [(f"C{index}", "2026-10-05", "王芳", text) for index, text in enumerate(texts)]
    source, _ = resolve_source(Source.model_validate({"table": "complaints", "files": "x"}))
    assert source is not None
    imported = import_book(Book((Sheet("数据", rows),)), source, "x.xlsx", Month(2026, 10))
    read = dict(zip(imported.columns["complaint_id"], imported.columns["valid"], strict=True))
    return {text: read.get(f"C{index}") for index, text in enumerate(texts)}


def test_yes_and_no_mean_the_same_wherever_they_are_asked_for() -> None:
    """A flag column, a question of a tally typed and on a form, a condition of a career step on a form."""
    texts = {text: answer for word, answer in WORDS.items() for text in ways(word)}
    signs = {"": None, "是": True, "否": False}
    assert _flags(list(texts)) == texts
    for text, answer in texts.items():
        assert signs[returned("insight", text)] is answer, text
        if answer is not None:
            assert signs[returned("问 整洁", text)] is answer, text
            assert mark_of(text, QUESTION) == (1 if answer else -1), text
            assert mark_of(text, TURNED) == (-1 if answer else 1), text


def test_a_condition_of_a_career_step_takes_the_same_words_from_a_table() -> None:
    """What the ratings table says of it is met, unmet, or left to a person and told."""
    world = small("pr", "试用")
    states = {True: "met", False: "unmet", None: "judge"}
    for word, answer in WORDS.items():
        found = assess(replace(world.given(), ratings=[rating("ann", "culture", word)]))
        (finding,) = [one for one in found.findings if one.requirement == "culture" and one.agent_id == "ann"]
        assert finding.state == states[answer], word
        assert ("career-answer-unknown" in [one.code for one in found.problems]) is (answer is None), word


@pytest.mark.parametrize("word", [*WORDS, *SIGNS])
def test_a_pair_takes_signs_and_answers_from_tables_and_forms_alike(word: str) -> None:
    """A verdict does not say which side holds, and 无 says that neither does."""
    marks = {1: "+", -1: "-", 0: "0", None: ""}
    for text in ways(word):
        assert mark_of(text) == in_pair(word), text
        assert returned("O1 守规", text) == marks[in_pair(word)], text


@pytest.mark.parametrize("word", list(SIGNS))
def test_a_question_of_a_tally_takes_signs_from_tables_and_forms_alike(word: str) -> None:
    """A sign is never turned; a condition of a career step and an export know none."""
    assert mark_of(word, TURNED) == SIGNS[word] == mark_of(returned("问 整洁", word), TURNED)
    assert returned("insight", word) == ""
    assert words.yes_or_no(word) is None


SCALE = (
    '[scale]\n"优秀" = 100\n"通过" = 60\n[score]\npass_mark = 60\n[[dimension]]\nid = "d"\nlabel = "D"\nweight = 100\n'
)
INDICATOR = '[[dimension.indicator]]\nid = "i"\nlabel = "I"\nmissing = "block"\nrating = "r"\n'


@pytest.mark.parametrize("word", [word for word in WORDS if not word.isdecimal() and word != "通过"])
def test_a_scale_takes_answers_and_no_verdicts_from_tables_and_forms_alike(word: str) -> None:
    """Full points or none; 合格 may be a level of another scale, and 无 may mean that nobody was rated."""
    rules = policy(SCALE + INDICATOR)
    answer = on_scale(word)
    for text in ways(word):
        points = points_of_text(rules, rules.dimension[0].indicator[0], text, {})
        assert (None if points is None else points.points) == (None if answer is None else 100 * answer), text
        for item in ("沟通技巧", "小组协助") if word != "不合格" else ("小组协助",):
            assert words.fold(returned(item, text)) == ("" if answer is None else words.fold(text)), (item, text)


def test_a_level_of_that_name_comes_first() -> None:
    """What the policy declares is what a word means there."""
    rules = policy(SCALE + INDICATOR)
    points = points_of_text(rules, rules.dimension[0].indicator[0], "通过", {})
    assert points is not None
    assert (int(points.points), points.level) == (60, "通过")


def test_absence_is_a_text_in_a_column_of_data_and_a_fault_in_one_of_figures() -> None:
    """无 is never taken for an empty cell, nor for 0."""
    assert (parse_text("无"), is_empty("无")) == ("无", False)
    assert parse_count("无") == CellFault("value-not-a-number")
    assert [parse_text(text) for text in (*NOTHING.split(), "－", "−")] == [None] * 6
    assert [parse_count(text) for text in ("null", "NULL", "Ｎ／Ａ", "nan", "NaT", "/", "／")] == [None] * 7
    assert parse_text("NULL") == "NULL"


@pytest.mark.parametrize("text", ["无", " 无 ", "--", "n/a", "", "NULL"])
def test_nothing_is_no_reason(text: str) -> None:
    """Where somebody must give a reason or a name."""
    assert words.says_nothing(text)
    assert not rating("a", "i", "优秀", reason=text).is_reasoned
    assert rating("a", "i", "优秀", reason="无故缺勤").is_reasoned


# ---- other words -------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "called"),
    [
        ("self", "self 自评 本人 员工 员工自评"),
        ("superior", "superior 上级 主管 上级评分"),
        ("panel", "panel 评审 评审团 评审组"),
    ],
)
def test_a_rater_is_called_the_same_in_tables_and_on_forms(role: str, called: str) -> None:
    """All the names of a role, however written, and those that our own forms print."""
    printed = [say(f"forms-role-{role}", language) for language in LANGUAGES]
    for word in [*called.split(), *printed]:
        assert {words.rater_of(text) for text in ways(word)} == {role}, word
        assert {words.filler_of(text) for text in ways(word)} == {role}, word


def test_whoever_appeals_rates_nobody() -> None:
    """The role is one of forms alone."""
    for language in LANGUAGES:
        text = say("forms-role-appeal", language)
        assert (words.filler_of(text), words.rater_of(text)) == ("appeal", None)


@pytest.mark.parametrize("text", ["合计", "合计：", " Grand  Total ", "ＴＯＴＡＬ", "小計", "店铺汇总值"])
def test_a_totals_row_is_known_by_one_word_alone(text: str) -> None:
    """With or without a colon."""
    assert words.is_total(text)
    assert not words.is_total(f"{text} 王芳")


@pytest.mark.parametrize("text", [
    "本月合计", "客服一组小计", "合 计", "全员人均", "合计(12人)", "小计（元）", "平均值：", "* 总计 *", "同比",
    "Team total", "Total (2)", "Average per agent", "Total for Ann", "All agents", "Phone sub-total", "Avg.", "Median",
])  # fmt: skip
def test_a_word_for_sums_may_say_whose_they_are(text: str) -> None:
    """Before it, behind it, and in brackets how many."""
    assert words.is_total(text)


@pytest.mark.parametrize("text", [
    "王会计", "张总", "总机", "平均响应时长", "人均接待", "Max Miller", "Mean Lee", "Lok Sum", "Total Wellness", "Sumi",
])  # fmt: skip
def test_a_name_that_only_sounds_like_sums_heads_none(text: str) -> None:
    """Neither people nor figures."""
    assert not words.is_total(text)


def test_a_unit_in_brackets_means_one_unit() -> None:
    """No word is claimed by two."""
    assert sum(map(len, words.UNITS.values())) == len(words.UNIT_OF)


# ---- one place ---------------------------------------------------------------

CODES = {*words.UNITS, *words.FILLERS}
"""What the program calls units and roles itself: names, no words of files."""


@cache
def _vocabulary() -> frozenset[str]:
    """Every word that is declared, without the program's own names."""
    known: set[str] = set()
    for name, value in vars(words).items():
        if isinstance(value, frozenset | tuple) and name.isupper():
            known |= set(value)
    for table in (words.UNITS, words.DURATIONS, words.FILLERS):
        known |= {word for each in table.values() for word in each}
    return frozenset(known - {""} - CODES)


def _collections(tree: ast.AST) -> Iterator[tuple[int, set[str]]]:
    """Texts that stand together in one literal, or in one call that makes words of a text."""
    for node in ast.walk(tree):
        parts: list[ast.expr | None] = []
        texts: list[str] = []
        if isinstance(node, ast.Set | ast.List | ast.Tuple):
            parts = [*node.elts]
        elif isinstance(node, ast.Dict):
            parts = [*node.keys, *node.values]
        elif isinstance(node, ast.Call):
            inside = [*node.args, *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
            texts = [part.value for part in inside if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            texts = [word for text in texts for word in text.split()]
        texts += [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if texts:
            yield getattr(node, "lineno"), {words.fold(text) for text in texts}  # noqa: B009 - every literal has one


def declared_again(source: ast.Module) -> list[tuple[int, list[str]]]:
    """Lines of a module where two or more of the declared words stand together."""
    known = _vocabulary()
    found = [(line, sorted(texts & known)) for line, texts in _collections(source)]
    return [(line, some) for line, some in found if len(some) > 1]


@pytest.mark.parametrize(
    "source",
    ['X = {"是", "yes"}', 'X = frozenset(("有", "没有"))', 'X = {"上级": 1, "主管": 2}', 'X = "合计 总计".split()',
     'X = ["休", "Off"]', 'X = words("min 分钟")', 'if a in ("N/A", "--"): pass'],
)  # fmt: skip
def test_a_second_declaration_would_be_found(source: str) -> None:
    """The next test can fail."""
    assert declared_again(ast.parse(source))


OTHER_MEANINGS = {
    "core/deciding/appeals.py": "open rejected",
    "core/measuring/percents.py": "同比 环比 完成",
    "readers/columns/lengths.py": "day 天",
    "core/forms/model.py": "day passed",
    "reports/readings_view.py": "h min s 小时 秒",
    "core/career/cases.py": "approved rejected",
    "core/career/kept.py": "approved rejected",
    "cli/showing/show_between.py": "+ -",
    "core/explaining/explain_measures.py": "false true",
    "core/forms/rated.py": "+ - 0",
    "core/measuring/terms.py": "mean sum",
    "policy/checks.py": "failed passed",
    "policy/pay/award.py": "all none",
    "policy/scoring.py": "all none",
    "policy/pay/piece.py": "h min",
    "readers/columns/clocks.py": "am pm 上午 下午 全天 整天",
    "readers/mapping/leave_times.py": "上午 下午",
    "policy/parts.py": "h mean min s sum",
    "readers/columns/time_units.py": "average avg mean 平均",
    "readers/holidays.py": "holiday weekend 周末 放假 法定假日 法定节假日 节假日 调休",
    "unit_words.py": "d day hrs mins secs 分钟 天 日 早退 时 時 秒 迟到",
    "readers/opening/xlsx_cells.py": "1 true",
    "readers/mapping/shares.py": "pass 完成 合格 应答 接通 满意 解决",
    "readers/columns/title_units.py": "人 单 次 笔",
    "readers/mapping/units_row.py": "k y/n 万 千 日 时 時 是/否",
    "readers/mapping/unlikely.py": "average avg mean 平均",
    "readers/columns/values.py": "cny k rmb 万 亿 千",
    "readers/opening/workbook.py": "done failed false true",
    "readers/columns/day_labels.py": "holiday 休 休息 假日 节假日",
    "reports/career_view.py": "- ✓ ✗",
    "reports/html/charts.py": "false true",
    "workbook/looks.py": "percent total",
    "sheets/form_put.py": "+ -",
    "sheets/names.py": "- --",
    "store/csv_text.py": "+ -",
    "workflow/forms/form_tables.py": "+ -",
}
"""Names of the program's own (states, aggregates, units of a policy, looks), parts of headers and of figures (units,
scales, what is counted), and signs that it writes itself."""


def test_no_other_module_declares_these_words() -> None:
    """Names of headers are not words of cells: they stand in the tables."""
    root = Path(csctl.__file__).parent
    kept = [path for path in parsed.modules() if path.parent not in {root / "words", root / "tables"}]
    again = {path.relative_to(root).as_posix(): declared_again(parsed.tree(path)) for path in kept}
    found = {name: {word for _, some in lines for word in some} for name, lines in again.items() if lines}
    assert found == {name: set(some.split()) for name, some in OTHER_MEANINGS.items()}


# ---- spaces within words ----------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("不 满意", "不满意"),
        ("服　务 态度", "服务态度"),
        ("A 级", "a级"),
        ("迟到 30 分钟", "迟到30分钟"),
        ("Very   Satisfied", "very satisfied"),
        ("not  ok", "not ok"),
        ("매우 만족", "매우 만족"),
    ],
)
def test_spaces_part_english_words_and_no_chinese_ones(written: str, meant: str) -> None:
    """Korean parts its words as English does."""
    assert words.same_word(written) == meant


def test_a_known_word_is_known_with_spaces_in_it() -> None:
    """Whoever types 未 解决 means no; two English words without a space are another word."""
    assert [words.yes_or_no(text) for text in ("未 解决", "已 解 决", "un resolved", "unresolved")] == [
        False,
        True,
        None,
        False,
    ]
    assert (words.is_rest("休 息"), words.is_rest_shift("公 假"), words.sender_of("人工 客服")) == (True, True, "agent")


def test_names_of_people_keep_their_spaces() -> None:
    """张 丽华 is suggested, never taken."""
    assert words.fold("张 丽华") != words.fold("张丽华")


def test_words_of_a_source_are_found_with_spaces_in_them() -> None:
    """As keys of texts, and as what is kept."""
    said = {
        "table": "surveys",
        "files": "x",
        "columns": {"score": {"texts": {"不满意": "1", "Very satisfied": "5"}}},
        "leave_out": {"问卷类型": ["内部测试"]},
    }
    source, problems = resolve_source(Source.model_validate(said))
    assert source is not None, problems
    rows: list[tuple[Cell, ...]] = [
        ("客服", "日期", "问卷类型", "评分"),
        ("何晴", "2026-05-04", "回访", "不 满意"),
        ("何晴", "2026-05-04", "回访", "very  Satisfied"),
        ("何晴", "2026-05-04", "内部 测试", "5"),
    ]
    found = import_book(Book((Sheet("", rows),)), source, "x.csv", Month(2026, 5))
    assert [int(str(score).partition(".")[0]) for score in found.columns["score"]] == [1, 5]
