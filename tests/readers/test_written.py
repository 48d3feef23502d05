"""Texts that people write by hand are read in whatever encoding an editor saves, and the encoding is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from csctl.problems import Place, Severity
from csctl.readers.opening.written import read_text_file

TEXT = 'label = "客服考核"\nname = "A"\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_without_a_word(tmp_path: Path, encoding: str) -> None:
    """With a mark or without; line ends are those of the text."""
    path = tmp_path / "policy.toml"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    assert read_text_file(path, "policy.toml") == (TEXT, [])


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("gbk", "GBK (GB18030)"),
        ("big5", "Big5"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_other_encodings_are_read_and_said(tmp_path: Path, encoding: str, said: str) -> None:
    """With the name of the file and of the encoding. UTF-16 is known without its mark too."""
    text = TEXT.replace("客服", "服務") if encoding == "big5" else TEXT
    path = tmp_path / "policy.toml"
    path.write_bytes(text.encode(encoding))
    read, problems = read_text_file(path, "my/policy.toml")
    assert read == text
    assert [(p.code, p.severity, p.place, p.found) for p in problems] == [
        ("text-not-utf8", Severity.WARNING, Place("my/policy.toml"), said)
    ]


def test_bytes_of_no_encoding_are_refused_by_line(tmp_path: Path) -> None:
    """Never shown as characters that nobody wrote."""
    path = tmp_path / "policy.toml"
    path.write_bytes(b'a = 1\nb = "\xff\xff\xff"\n')
    text, problems = read_text_file(path, "policy.toml")
    assert (text, [(p.code, p.place.file, p.place.row) for p in problems]) == (
        None,
        [("text-unreadable", "policy.toml", 2)],
    )


def test_western_letters_are_not_guessed_at(tmp_path: Path) -> None:
    """Any bytes are some Western letters; what a policy says is not left to that."""
    path = tmp_path / "policy.toml"
    path.write_bytes('a = 1\nb = "Zoé"\n'.encode("cp1252"))
    text, problems = read_text_file(path, "policy.toml")
    assert (text, [(p.code, p.place.row) for p in problems]) == (None, [("text-unreadable", 2)])
