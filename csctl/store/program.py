"""Which program this is: its version, and a digest of the source that the lines of a month follow from.

The version tells releases apart, the digest every other change. It is made of the texts themselves, so that it is the
same in a checkout, an unpacked archive and an installed wheel, with or without git.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from csctl.release import __version__

SHOWING = frozenset(
    {"cli", "reports", "sheets", "workbook", "interface", "policies", "rules", "templates", "sample_data"}
)
"""Folders of the package that no line follows from: they show lines, or are sealed with the month as texts."""
DIGITS = 12
"""So many hexadecimal digits of the digest are kept."""


@cache
def program() -> str:
    """The version and the digest, such as ``0.2.0+3f2a9c1b7d04``; made when it is first asked for."""
    return f"{__version__}+{source_digest(resources.files('csctl'))}"


def source_digest(package: Traversable) -> str:
    """The digest of a package's Python and TOML files; how their lines end does not count."""
    found = hashlib.sha256()
    for name, file in sorted(_sources(package, ""), key=lambda one: one[0]):
        content = file.read_bytes().replace(b"\r\n", b"\n")
        found.update(f"{name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()[:DIGITS]


def _sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for item in folder.iterdir():
        if item.is_dir():
            if item.name != "__pycache__" and (prefix or item.name not in SHOWING):
                yield from _sources(item, f"{prefix}{item.name}/")
        elif item.name.endswith((".py", ".toml")):
            yield prefix + item.name, item
