"""Workbooks that open with a password only, and the file the passwords are read from.

The encryption is that of Office itself (Agile, AES-256); protecting a sheet would hide nothing. Every call draws new
salts, so the same workbook gives other bytes each time. Passwords never stand in a command line or a message.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Place, Problem

LONGEST = 255
"""Characters of a password that Excel accepts."""
_MOST_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Passwords:
    """``one`` for everybody, or one each ``by_agent``. Neither is ever printed."""

    one: str = field(default="", repr=False)
    by_agent: Mapping[str, str] = field(default_factory=dict, repr=False)

    def of(self, agent_id: str) -> str | None:
        """An agent's password, or None."""
        return self.one or self.by_agent.get(agent_id)


def read_passwords(path: Path) -> tuple[Passwords | None, list[Problem]]:
    """A private file (mode 0600) with a single password, or a line ``id<TAB>password`` for each agent."""
    place = Place(path.name)
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if os.name != "nt" and stat.S_IMODE(mode) & 0o077:
                return None, [problem("payslips-passwords-open", place, f"{stat.S_IMODE(mode):04o}")]
            text = file.read(_MOST_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        return None, [problem("payslips-passwords-unreadable", place, type(fault).__name__)]
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        return None, [problem("payslips-passwords-empty", place)]
    if len(lines) == 1 and "\t" not in lines[0][1]:
        return _checked(Passwords(one=lines[0][1]), place)
    return _table(lines, place)


def _table(lines: Iterable[tuple[int, str]], place: Place) -> tuple[Passwords | None, list[Problem]]:
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for number, line in lines:
        agent_id, tab, password = line.partition("\t")
        agent_id = agent_id.strip()
        if not tab or not agent_id or not password:
            problems.append(problem("payslips-password-line", place.at(row=number)))
        elif agent_id in found:
            problems.append(problem("payslips-password-twice", place.at(row=number), agent_id))
        else:
            found[agent_id] = password
    return (None, problems) if problems else _checked(Passwords(by_agent=found), place)


def _checked(passwords: Passwords, place: Place) -> tuple[Passwords | None, list[Problem]]:
    longest = max(map(len, (passwords.one, *passwords.by_agent.values())))
    if longest > LONGEST:
        return None, [problem("payslips-password-long", place, most=LONGEST)]
    return passwords, []


def can_encrypt() -> bool:
    """Whether the optional library is there."""
    from importlib.util import find_spec

    return find_spec("msoffcrypto") is not None


def encrypted(workbook: bytes, password: str) -> bytes | None:
    """The workbook under a password; None if it did not decrypt, checked for integrity, to the same bytes."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, EncryptionError, FileFormatError, InvalidKeyError
    from msoffcrypto.format.ooxml import OOXMLFile

    locked, opened = io.BytesIO(), io.BytesIO()
    try:
        OOXMLFile(io.BytesIO(workbook)).encrypt(password, locked)
        book = msoffcrypto.OfficeFile(io.BytesIO(locked.getvalue()))
        book.load_key(password=password, verify_password=True)
        book.decrypt(opened, verify_integrity=True)
    except (DecryptionError, EncryptionError, FileFormatError, InvalidKeyError):
        return None
    return locked.getvalue() if opened.getvalue() == workbook else None
