"""Passwords from a private file, and workbooks under them."""

from __future__ import annotations

import io
from pathlib import Path
from unittest import mock

import msoffcrypto
import pytest
from msoffcrypto.exceptions import InvalidKeyError

from csctl.store.encrypt import LONGEST, Passwords, encrypted, read_passwords
from csctl.store.shipped import template

PASSWORD = "安全 Pass-123"  # noqa: S105 - of this test only


def password_file(folder: Path, text: str, mode: int = 0o600) -> Path:
    """A file of passwords."""
    path = folder / "passwords.txt"
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def codes(path: Path) -> list[tuple[str, int | None]]:
    """What is wrong with a file, and where."""
    passwords, problems = read_passwords(path)
    assert (passwords is None) == bool(problems)
    return [(problem.code, problem.place.row) for problem in problems]


def test_a_single_password_is_everybodys(tmp_path: Path) -> None:
    """Spaces within it count; the end of the line does not."""
    passwords, problems = read_passwords(password_file(tmp_path, f"{PASSWORD}\n"))
    assert problems == []
    assert passwords is not None
    assert passwords.of("007") == passwords.of("7") == PASSWORD


def test_a_table_gives_each_their_own(tmp_path: Path) -> None:
    """Leading zeros count; nobody else's password is a stand-in; a tab may stand in a password."""
    passwords, _ = read_passwords(password_file(tmp_path, "\ufeff007\tone\n\n7\ttwo\tthree\n"))
    assert passwords is not None
    assert [passwords.of(key) for key in ("007", "7", "08")] == ["one", "two\tthree", None]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    """Whatever stands in it."""
    assert codes(password_file(tmp_path, "x", mode)) == [("payslips-passwords-open", None)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [("payslips-passwords-empty", None)]),
        ("\n \n", [("payslips-passwords-empty", None)]),
        ("one\ntwo\n", [("payslips-password-line", 1), ("payslips-password-line", 2)]),
        ("01\ta\n02\n03\t\n", [("payslips-password-line", 2), ("payslips-password-line", 3)]),
        ("01\ta\n01\tb\n", [("payslips-password-twice", 2)]),
        ("x" * (LONGEST + 1), [("payslips-password-long", None)]),
        ("01\t" + "x" * (LONGEST + 1), [("payslips-password-long", None)]),
    ],
)
def test_every_fault_of_a_file_is_found_at_once(tmp_path: Path, text: str, found: list[tuple[str, int | None]]) -> None:
    """With the line; the password itself is never quoted."""
    assert codes(password_file(tmp_path, text)) == found
    assert "xxx" not in str(read_passwords(tmp_path / "passwords.txt"))


def test_a_file_that_is_not_there_or_not_text_is_a_problem(tmp_path: Path) -> None:
    """No traceback."""
    assert codes(tmp_path / "none") == [("payslips-passwords-unreadable", None)]
    path = password_file(tmp_path, "")
    path.write_bytes(b"\xff\xfe\xfa")
    assert codes(path) == [("payslips-passwords-unreadable", None)]


def test_passwords_are_not_printed() -> None:
    """Not by a traceback either."""
    assert PASSWORD not in repr(Passwords(PASSWORD, {"007": PASSWORD}))


def test_an_encrypted_workbook_opens_with_its_password_only() -> None:
    """The same bytes come out, checked for integrity; nothing of the inside can be read without."""
    book = template("generic")
    assert book is not None
    locked = encrypted(book, PASSWORD)
    assert locked is not None
    assert b"xl/workbook.xml" not in locked
    opened = io.BytesIO()
    file = msoffcrypto.OfficeFile(io.BytesIO(locked))
    assert file.is_encrypted()
    file.load_key(password=PASSWORD, verify_password=True)
    file.decrypt(opened, verify_integrity=True)
    assert opened.getvalue() == book
    with pytest.raises(InvalidKeyError):
        msoffcrypto.OfficeFile(io.BytesIO(locked)).load_key(password=f"{PASSWORD} ", verify_password=True)


def test_a_workbook_that_does_not_come_out_as_it_went_in_is_none() -> None:
    """A byte that changed on the way is found before anything is written."""
    from msoffcrypto.format.ooxml import OOXMLFile

    book = template("generic")
    assert book is not None
    encrypt = OOXMLFile.encrypt

    def damaged(self: OOXMLFile, password: str, outfile: io.BytesIO) -> None:
        encrypt(self, password, outfile)
        content = bytearray(outfile.getvalue())
        content[len(content) // 2] ^= 1
        outfile.seek(0)
        outfile.write(content)

    with mock.patch.object(OOXMLFile, "encrypt", damaged):
        assert encrypted(book, PASSWORD) is None
