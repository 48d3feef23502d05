"""The encoding is found, said, and never guessed into mojibake."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.problems import Place, Problem, Severity
from csctl.readers.opening.encoding import common_characters, common_share, find_encoding
from csctl.readers.opening.european import is_european

HERE = Place(file="data/x.csv")

SIMPLIFIED = [
    "旺旺昵称,咨询人数,接待人数,未回复人数,平均响应时长（秒)\n",
    "姓名,考勤组,部门,工号,迟到次数,上班缺卡次数\n张三,客服部,售前,001,2,0\n",
    "序号,提交答卷时间,所用时间,1、您对本次服务是否满意？\n1,2026/09/03 12:00:00,86秒,非常满意┋愿意推荐\n",
    "工号,姓名\n1001,王\n",
    "id,score,名\n",
    "坐席,通话时长\n李四,2分30秒\n赵六,7小时41分52秒\n",
    "姓名,备注\n王五,联通\n",
]
TRADITIONAL = [
    "姓名,遲到次數,部門\n陳大文,2,客服部\n",
    "客服人員,滿意度,接聽數量\n王小明,非常滿意,120\n",
    "編號,時間,說明\n1,二分鐘,顧客投訴未處理\n",
]


def found(folder: Path, content: bytes, wanted: str | None = None) -> tuple[str | None, list[Problem]]:
    """What is found for a file of these bytes."""
    path = folder / "x.csv"
    path.write_bytes(content)
    return find_encoding(path, wanted, HERE)


@pytest.mark.parametrize("text", [*SIMPLIFIED, *TRADITIONAL, "plain,ascii\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_found_without_a_word(tmp_path: Path, text: str, encoding: str) -> None:
    """A mark or strict UTF-8 is certain, so nothing needs saying."""
    content = text.encode(encoding)
    name, problems = found(tmp_path, content)
    assert name is not None
    assert (content.decode(name), problems) == (text, [])


def test_utf16_of_either_byte_order_is_found_by_its_mark(tmp_path: Path) -> None:
    """Macs write big-endian."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert found(tmp_path, mark + "工号\n".encode(encoding)) == ("utf-16", [])


@pytest.mark.parametrize("text", [*SIMPLIFIED, *TRADITIONAL[:2], "姓名,备注\n王,😀𠮷\n"])
def test_gbk_and_gb18030_are_found_and_said(tmp_path: Path, text: str) -> None:
    """Even from a header alone, and with traditional text in it."""
    name, problems = found(tmp_path, text.encode("gb18030"))
    assert name == "gb18030"
    assert [(problem.code, problem.severity, problem.found) for problem in problems] == [
        ("encoding-guessed", Severity.NOTE, "GB18030")
    ]


@pytest.mark.parametrize("text", [*TRADITIONAL, "姓名,備註\n陳,嘅\n"])
def test_big5_is_found_and_said(tmp_path: Path, text: str) -> None:
    """Hong Kong's characters included."""
    name, problems = found(tmp_path, text.encode("big5hkscs"))
    assert name == "big5hkscs"
    assert [(problem.code, problem.found) for problem in problems] == [("encoding-guessed", "BIG5")]


def test_the_word_that_fools_editors_is_read_right(tmp_path: Path) -> None:
    """联通 in GBK is valid UTF-8 by chance; among other GBK lines it is no sign of a mixed file."""
    name, problems = found(tmp_path, "运营商\n联通\n移动\n".encode("gbk"))
    assert name == "gb18030"
    assert [problem.code for problem in problems] == ["encoding-guessed"]


@pytest.mark.parametrize(
    ("first", "second", "line", "utf8", "other"),
    [("utf-8", "gbk", 3, "1", "3"), ("gbk", "utf-8", 3, "3", "1"), ("utf-8", "big5", 3, "1", "3")],
)
def test_a_file_of_two_encodings_is_refused_by_line(
    tmp_path: Path, first: str, second: str, line: int, utf8: str, other: str
) -> None:
    """Two exports joined by hand: GB18030 would swallow both halves and make one of them mojibake."""
    content = "工号,姓名\n1001,张三\n".encode(first) + "1002,李四\n".encode(second)
    name, problems = found(tmp_path, content)
    assert name is None
    assert [(problem.code, problem.severity, problem.place.row) for problem in problems] == [
        ("encoding-mixed", Severity.ERROR, line)
    ]
    assert problems[0].parameters == {"found": "", "utf8": utf8, "other": other}


def test_bytes_of_no_encoding_are_refused_by_line(tmp_path: Path) -> None:
    """The line is named, so that it can be looked at."""
    name, problems = found(tmp_path, b"a,b\n1,2\n\xff\xff\xff,3\n")
    assert (name, [(p.code, p.place.row) for p in problems]) == (None, [("encoding-wrong", 3)])


def test_a_mark_that_lies_is_refused_by_line(tmp_path: Path) -> None:
    """A UTF-8 mark before GBK text."""
    name, problems = found(tmp_path, b"\xef\xbb\xbfa,b\n" + "张三,1\n".encode("gbk"))
    assert (name, [(p.code, p.place.row) for p in problems]) == (None, [("encoding-wrong", 2)])


@pytest.mark.parametrize(
    ("wanted", "name"),
    [("gbk", "gb18030"), ("GB2312", "gb18030"), ("Big5", "big5hkscs"), ("utf-8", "utf-8-sig"), ("cp1252", "cp1252")],
)
def test_a_named_encoding_is_obeyed_in_its_widest_form(tmp_path: Path, wanted: str, name: str) -> None:
    """Programs that say GBK write GB18030 characters."""
    assert found(tmp_path, b"a,b\n1,2\n", wanted) == (name, [])


def test_a_named_encoding_that_does_not_fit_is_refused_by_line(tmp_path: Path) -> None:
    """The user's word is checked against the whole file."""
    name, problems = found(tmp_path, b"a,b\n" + "张三,1\n".encode("gbk"), "utf-8")
    assert name is None
    assert [(p.code, p.found, p.place.row) for p in problems] == [("encoding-wrong", "utf-8", 2)]


@pytest.mark.parametrize("wanted", ["klingon", "base64", "rot13", "", "utf\0"])
def test_a_name_of_no_encoding_is_refused(tmp_path: Path, wanted: str) -> None:
    """Python knows codecs that are no text encodings; they are none here."""
    name, problems = found(tmp_path, b"a,b\n", wanted)
    assert (name, [(p.code, p.found) for p in problems]) == (None, [("encoding-unknown-name", wanted)])


def test_a_character_cut_by_a_block_boundary_is_whole(tmp_path: Path) -> None:
    """Files are read in blocks; 3-byte characters do not divide a block."""
    content = ("a" + "客" * 700_000).encode()
    assert found(tmp_path, content) == ("utf-8", [])
    name, problems = found(tmp_path, content + b"\n\xe5")
    assert name is None
    assert problems[0].parameters == {"found": "", "utf8": "1", "other": "2"}


@pytest.mark.parametrize(
    "text",
    ["id,agent\n1,Zoé\n2,the buyer’s café\n", "id,agent\n1,Müller\n", "Straße;Größe\n", "año,niño\n€ 3,à bientôt\n"],
)
def test_western_windows_text_is_read_and_said(tmp_path: Path, text: str) -> None:
    """Letters with accents, also those that are a rare Chinese character by chance (ül in Müller)."""
    name, problems = found(tmp_path, text.encode("cp1252"))
    assert name == "cp1252"
    assert [(p.code, p.severity, p.found) for p in problems] == [("encoding-western", Severity.WARNING, "cp1252")]


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("id,name\n1,Łukasz Żółć\n2,Wąsik Święty\n", "cp1250"),
        ("id,name\n1,Dvořák\n2,Jiří Šťastný\n3,žluťoučký kůň\n", "cp1250"),
        ("id,name\n1,Kőszegi Ödön\n2,Szűcs Ágnes\n", "cp1250"),
        ("id,name\n1,Şükrü Çağlar\n2,İğdır\n", "cp1254"),
        ("id,name\n1,Müller Größe\n2,Über Öl\n", "cp1252"),
        ("id,name\n1,João Conceição\n2,São\n", "cp1252"),
    ],
)
def test_names_of_europe_are_read_in_the_page_that_has_their_letters(tmp_path: Path, text: str, page: str) -> None:
    """Many of them are Chinese characters by chance, common ones among them."""
    content = text.encode(page)
    name, problems = found(tmp_path, content)
    assert (name, content.decode(name or "ascii")) == (page, text)
    assert [(p.code, p.severity, p.found) for p in problems] == [("encoding-western", Severity.WARNING, page)]


_LATIN = st.sampled_from(["", "A", "k", "app", "VIP", "iPhone", "No", "T", "ok ", "kg"])
_CHINESE = st.text(alphabet=sorted(one for one in common_characters() if "一" <= one <= "龥"), min_size=1, max_size=4)


@given(st.lists(st.tuples(_LATIN, _CHINESE, _LATIN), min_size=2, max_size=20))
def test_chinese_beside_latin_letters_is_never_taken_for_european(cells: list[tuple[str, str, str]]) -> None:
    """``VIP客户``, ``iPhone手机``, ``app客服k``: the bytes of one character between letters are no accent."""
    text = "\n".join("".join(parts) for parts in cells)
    for encoding in ("gb18030", "big5hkscs"):
        try:
            sample = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        assert not is_european(sample)


def test_a_damaged_chinese_file_is_no_western_one(tmp_path: Path) -> None:
    """Its long runs of foreign bytes say so, though every byte would be some Western character."""
    damaged = "工号,姓名\n1001,张三丰\n".encode("gbk") + b"\xe9,1\n"
    name, problems = found(tmp_path, damaged)
    assert (name, [(p.code, p.found, p.place.row) for p in problems]) == (None, [("encoding-wrong", "GB18030", 3)])


def test_common_characters_hold_everyday_text_and_no_mojibake() -> None:
    """The set that decides, on text whose nature is known."""
    assert common_share("客服姓名满意度") == 1.0
    assert common_share("遲到次數") == 1.0
    assert common_share("客服姓名满意度".encode().decode("gbk", "ignore")) < 0.5
    assert common_share("plain") == 0.0


@given(st.lists(st.sampled_from(sorted(common_characters() & set(map(chr, range(0x4E00, 0xA000))))), min_size=1))
def test_a_share_of_common_characters_is_one(characters: list[str]) -> None:
    """Whatever the characters, and ASCII between them does not count."""
    assert common_share(",".join(characters)) == 1.0
