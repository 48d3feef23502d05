"""An English desk sees no Chinese, a Chinese one no English: screens, workbooks, pages, texts for programs, help.

Both are the desks of the guide's first hour, whose names and data are of the one language; so whatever is of the other
is a word of csctl's own.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from csctl.core.explaining.describe import policy_summary
from csctl.messages import LANGUAGES
from csctl.policy.load import load_policy
from csctl.store.english import translated_names
from csctl.store.shipped import LIBRARIES, policy_names
from csctl.workspace import policy_source
from tests.cli.test_english import cell_texts
from tests.docs.pages import DOCS, blocks, put
from tests.end_to_end.running import csctl
from tests.test_grammar import CHINESE, CHINESE_SIGN

WHO = {"zh": "K03", "en": "E3"}
PLAN = {"zh": "hotline", "en": "hotline-en"}
COMMANDS = """
adopt . --yes
check
check --columns
check --words
check --json
score
schedule
run
explain {who} --html why.html --xlsx why.xlsx
policy list
policy show
policy lint
policy form form.xlsx
policy diff {plan} policy.xlsx
policy convert policy.xlsx second.toml
template new own --from generic
template placeholders
tasks
sample
simulate --agent {who}
forms send
payslips
close --by me --yes
history
verify
appeal items
appeal file {who} csat --reason 1
appeal list
"""
MARKUP = re.compile(r"<(style|script)[^>]*>.*?</\1>|<[^>]+>", re.DOTALL)
ENGLISH = re.compile(r"(?<![\w./{\[_=-])[A-Za-z][a-z'-]+(?: [A-Za-z][a-z'-]+)+")
OURS = re.compile(r"`[^`\n]*`|csctl(?: [a-z-]+| --?[a-z-]+| [A-Z]\d+)*|https?://\S+|\bpolicy\.\w+")
"""Commands and names of files, which are the same in every language."""
TECHNICAL = re.compile(
    r"Windows|PowerShell|Task Scheduler|Excel|TOML|TAB|crontab -e|systemctl .*|loginctl .*|mkdir .*|Zhou Min|Ctrl-C"
)
READ_AS = re.compile(r"\([\u4e00-\u9fff, ]+\)")
"""A header by which exports carry a column, behind the column's own name."""
CHINESE_EXAMPLES = {"appeal.md", "sample.md"}
"""Help whose example quotes a word of the sample's data."""


def foreign(text: str, language: str) -> list[str]:
    """What a text has of the other language."""
    if language == "en":
        return [line.strip()[:80] for line in READ_AS.sub("", text).splitlines() if _is_chinese(line)]
    return [one for one in ENGLISH.findall(TECHNICAL.sub("", OURS.sub("", text))) if one]


def _is_chinese(line: str) -> bool:
    return bool(CHINESE.search(line) or CHINESE_SIGN.search(line))


@pytest.fixture(scope="module", params=LANGUAGES)
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, str]]:
    """The language, the folder after all commands, and all that they showed, each under its own line."""
    language, folder = str(request.param), tmp_path_factory.mktemp("desk")
    shown = []
    said = {"COLUMNS": "100", "CSCTL_LANGUAGE": language}
    with mock.patch.dict(os.environ, said), contextlib.chdir(folder):
        for block in blocks((DOCS / language / "first-hour.md").read_text("utf-8")):
            if block.marker == "file":
                put(block)
        os.chdir("desk")
        for line in COMMANDS.strip().splitlines():
            done = csctl(*line.format(who=WHO[language], plan=PLAN[language]).split())
            assert done.code in (0, 1), (line, done)
            shown.append(done.out + done.err)
        yield language, folder / "desk", "\n".join(shown)


@pytest.mark.slow
def test_no_screen_has_a_word_of_the_other_language(desk: tuple[str, Path, str]) -> None:
    language, _, shown = desk
    assert len(shown) > 5000
    assert foreign(shown, language) == []


@pytest.mark.slow
def test_no_file_has_a_word_of_the_other_language(desk: tuple[str, Path, str]) -> None:
    """Workbooks cell by cell, pages, records, texts; also those that are to be filled in."""
    language, folder, _ = desk
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and ".csctl" not in path.parts]
    texts = {path: _text(path) for path in files if path.suffix in (".xlsx", ".html", ".json", ".csv", ".md", ".toml")}
    assert {path.suffix for path in texts} == {".xlsx", ".html", ".json", ".csv", ".md", ".toml"}
    found = {path.relative_to(folder).as_posix(): foreign(text, language) for path, text in texts.items()}
    assert {name: words for name, words in found.items() if words} == {}


def _text(path: Path) -> str:
    if path.suffix == ".xlsx":
        return MARKUP.sub("\n", cell_texts(path))
    text = path.read_text("utf-8-sig")
    return MARKUP.sub("\n", text) if path.suffix == ".html" else text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_help_has_a_sentence_of_the_other_language(language: str) -> None:
    """As the pages of commands show it, which are made of it; examples may quote the sample's data."""
    pages = sorted((DOCS / language / "commands").glob("*.md"))
    assert len(pages) > 20
    found = {page.name: foreign(_prose(page), language) for page in pages}
    allowed = CHINESE_EXAMPLES if language == "en" else set()
    assert {name for name, words in found.items() if words} == allowed


def _prose(page: Path) -> str:
    """A page without its links to the other language."""
    return "\n".join(
        line for line in page.read_text("utf-8").splitlines() if "[English]" not in line and "[中文]" not in line
    )


@pytest.mark.parametrize("name", policy_names())
def test_a_shipped_policy_is_called_by_its_name_in_either_language(name: str) -> None:
    """In its own language as it calls itself."""
    loaded, _ = load_policy(name, lambda one: policy_source(one, None), policy_names())
    assert loaded is not None
    policy = loaded.policy
    called = {language: str(policy_summary(policy, language)["label"]) for language in LANGUAGES}
    assert called[policy.language] == policy.label
    assert CHINESE.search(called["zh"])
    assert not CHINESE.search(called["en"])


TRANSLATED = [
    name if name == "insurance" else pytest.param(name, marks=pytest.mark.slow)
    for name in translated_names()
    if name not in LIBRARIES
]


@pytest.mark.slow
@pytest.mark.parametrize("name", TRANSLATED)
def test_the_english_of_a_shipped_system_is_english_in_all_that_comes_out(name: str, tmp_path: Path) -> None:
    """Its example data, policy in words, explanation, sheets, workbooks, pages, records and forms."""
    folder = tmp_path / "desk"
    assert csctl("init", folder, "--policy", f"{name}-en", "--language", "en").code == 0
    commands = ("run", "policy show", "forms send")
    shown = [csctl(*line.split(), "-w", folder, "--language", "en") for line in commands]
    assert [done.code for done in shown] == [0] * len(commands), shown
    assert [foreign(done.out + done.err, "en") for done in shown] == [[]] * len(commands)
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in (".xlsx", ".html", ".json", ".csv", ".md")]
    own = [path for path in files if ".csctl" not in path.parts]
    found = {path.relative_to(folder).as_posix(): foreign(_text(path), "en") for path in own}
    assert len(found) > 10
    assert {place: words for place, words in found.items() if words} == {}


def test_what_is_of_the_other_language_is_found() -> None:
    """A word, a sign, a sentence; not what is the same in both."""
    assert foreign("rows\n共 3 行\n3 rows，all of them", "en") == ["共 3 行", "3 rows，all of them"]
    assert foreign("共 3 行 were not read；见 csctl check --columns", "zh") == ["were not read"]
    assert foreign("no file has wait_seconds (等待时长)", "en") == []
