"""Which program computed something: the same wherever its source lies, another one when that changes."""

from __future__ import annotations

import re
import shutil
from importlib import resources
from pathlib import Path

import pytest

from csctl import __version__
from csctl.store.program import program, source_digest

PACKAGE = Path(str(resources.files("csctl")))


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package's sources elsewhere, with what an installation adds, and without git."""
    target = tmp_path_factory.mktemp("unpacked") / "csctl"
    shutil.copytree(PACKAGE, target, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("templates", "sample_data", "__pycache__"):
        (target / name).mkdir(exist_ok=True)
        (target / name / "more.toml").write_text("a = 1\n", "utf-8")
    return target


def test_the_program_is_its_version_and_a_digest() -> None:
    """Such as 0.2.0+3f2a9c1b7d04."""
    assert re.fullmatch(re.escape(__version__) + r"\+[0-9a-f]{12}", program())


def test_a_copy_without_git_is_the_same_program(unpacked: Path) -> None:
    """What a wheel has besides does not count."""
    assert source_digest(unpacked) == source_digest(PACKAGE)


@pytest.mark.parametrize(
    ("file", "counts"),
    [
        ("core/paying/pool.py", True),
        ("readers/columns/values.py", True),
        ("profiles/dingtalk-daily.toml", True),
        ("money.py", True),
        ("cli/showing/show.py", False),
        ("workbook/charted.py", False),
        ("policies/insurance.toml", False),
        ("py.typed", False),
    ],
)
def test_what_lines_follow_from_counts(unpacked: Path, file: str, counts: bool) -> None:
    """What only shows them does not, nor a policy, which is sealed as a text; the end of a line never does."""
    path, before = unpacked / file, source_digest(unpacked)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"\n", b"\r\n"))
    assert source_digest(unpacked) == before
    path.write_bytes(content + b"\n# one more\n")
    assert (source_digest(unpacked) != before) == counts
    path.write_bytes(content)


def test_a_file_under_another_name_is_another_program(unpacked: Path) -> None:
    """Names count, so that no text can stand for another."""
    before = source_digest(unpacked)
    (unpacked / "core/paying/pool.py").rename(unpacked / "core/paying/pot.py")
    assert source_digest(unpacked) != before
    (unpacked / "core/paying/pot.py").rename(unpacked / "core/paying/pool.py")
