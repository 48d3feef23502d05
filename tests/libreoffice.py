"""LibreOffice without a screen: a second program that reads and recalculates our workbooks."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

_RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


def convert(files: list[Path], target: str, folder: Path) -> list[Path]:
    """Convert workbooks (``xlsx``: recalculated hard; ``pdf``: as printed) into ``folder``, in one start.

    Skips the test where LibreOffice is not installed.
    """
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(_RECALCULATE_ALWAYS, "utf-8")
    out = folder / target
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", target]
    done = subprocess.run(
        [*command, "--outdir", str(out), *map(str, files)], capture_output=True, text=True, timeout=180
    )
    converted = [out / file.with_suffix(f".{target}").name for file in files]
    assert all(file.exists() for file in converted), done.stdout + done.stderr
    return converted


def recalculated(workbook: bytes, folder: Path) -> bytes:
    """The workbook after a hard recalculation of every cell."""
    return all_recalculated([workbook], folder)[0]


def all_recalculated(workbooks: Sequence[bytes], folder: Path) -> list[bytes]:
    """The same of several, in one start: it takes longer than recalculating them."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"book{number}.xlsx" for number, _ in enumerate(workbooks)]
    for file, workbook in zip(files, workbooks, strict=True):
        file.write_bytes(workbook)
    return [file.read_bytes() for file in convert(files, "xlsx", folder)]
