"""Names and headers of other languages, as their Windows writes them: read right or asked about, never mojibake."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.problems import Place, Problem, Severity
from csctl.readers.opening.encoding import find_encoding

HERE = Place(file="data/x.csv")
HEADERS = {
    "cp1251": ("имя", "номер", "дата", "отдел", "Оператор", "звонки", "ФИО", "смена", "оценка"),
    "cp1253": ("όνομα", "αριθμός", "ημερομηνία", "τμήμα", "κλήσεις", "βάρδια"),
    "cp1255": ("שם", "מספר", "תאריך", "מחלקה", "שיחות", "נציג"),
    "cp1256": ("الاسم", "الرقم", "التاريخ", "القسم", "المكالمات", "الموظف"),
    "cp932": ("氏名", "番号", "日付", "担当者", "オペレーター", "通話数", "部署", "シフト"),
    "big5hkscs": ("姓名", "工號", "日期", "部門", "遲到次數", "滿意度", "接聽數量"),
    "cp1252": ("Name", "Straße", "téléphone", "prénom", "número", "época", "Größe"),
    "cp1250": ("jméno", "číslo", "směna", "oddělení", "hodnocení", "středisko"),
    "gb18030": ("工号", "姓名", "日期", "部门", "迟到次数", "满意度", "接听量", "开始时间", "是否解决", "订单编号"),
}
NAMES = {
    "cp1251": ("Иванов", "Петрова", "СИДОРОВ", "Мария", "Алексей", "Дмитрий", "Ольга", "Екатерина", "Шевченко"),
    "cp1253": ("Παπαδόπουλος", "Γιώργος", "Μαρία", "Ελένη", "Νίκος", "Κωνσταντίνος"),
    "cp1255": ("משה", "כהן", "לוי", "שרה", "יעקב", "רבקה"),
    "cp1256": ("محمد", "أحمد", "فاطمة", "علي", "يوسف", "خديجة"),
    "cp932": ("田中", "佐藤", "鈴木花子", "一郎", "さくら", "渡辺", "高橋", "ﾀﾅｶ ﾊﾅｺ"),
    "big5hkscs": ("陳大文", "王小明", "林美玲", "黃志強", "張雅婷", "李佳穎"),
    "cp1252": ("Müller", "José", "François", "Zoé", "Conceição", "Ångström"),
    "cp1250": ("Dvořák", "Jiří", "Šťastný", "Novotná", "Růžička", "Žižka"),
    "gb18030": ("张三", "李四", "王五", "欧阳娜娜", "诸葛亮", "男", "女", "是", "否", "赵喆", "马冬梅", "iPhone手机",
                "VIP客户"),
}  # fmt: skip


def found(content: bytes) -> tuple[str | None, list[Problem]]:
    """What is found for a file of these bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.csv")
        path.write_bytes(content)
        return find_encoding(path, None, HERE)


def tables(encoding: str) -> st.SearchStrategy[str]:
    """Three headers or more above five rows or more, each of a name and two figures."""
    headers = st.lists(st.sampled_from(HEADERS[encoding]), min_size=3, max_size=6, unique=True)
    names = st.lists(st.sampled_from(NAMES[encoding]), min_size=5, max_size=12)
    return st.builds(
        lambda heads, people: "\n".join([",".join(heads), *(f"{one},{at},5" for at, one in enumerate(people))]) + "\n",
        headers,
        names,
    )


@pytest.mark.law
@pytest.mark.parametrize("encoding", HEADERS)
@given(data=st.data())
def test_a_table_is_read_in_the_encoding_it_was_written_in_or_asked_about(encoding: str, data: st.DataObject) -> None:
    """Whatever names and headers; what is no Chinese encoding is always said, with the line to write."""
    text = data.draw(tables(encoding))
    name, problems = found(text.encode(encoding))
    codes = {"gb18030": ["encoding-guessed"], "big5hkscs": ["encoding-guessed"]}
    if name is None:
        assert encoding != "gb18030"
        assert [one.severity for one in problems] == [Severity.ERROR]
        return
    assert text.encode(encoding).decode(name) == text
    assert [one.code for one in problems] == codes.get(
        encoding, ["encoding-western" if encoding in ("cp1250", "cp1252") else "encoding-by-script"]
    )


def test_letters_that_are_those_of_two_scripts_are_asked_about_with_both() -> None:
    """Two Hebrew names whose bytes are small letters of Russian as common as they are in Hebrew."""
    name, problems = found("יעקב,1\nנציג,2\n".encode("cp1255"))
    assert (name, [one.code for one in problems]) == (None, ["encoding-open"])
    assert {"cp1251", "cp1255"} <= set(problems[0].found)


def test_text_of_which_hardly_a_character_is_a_common_one_is_asked_about() -> None:
    """Bytes that GB18030 takes as characters that nobody uses."""
    name, problems = found(b"a,b\n" + "龘靐齉,爩\n鱻麤,灪\n".encode("gb18030"))
    assert (name, [one.code for one in problems]) == (None, ["encoding-open"])
    assert problems[0].parameters["line"] == 'encoding = "gb18030"'
