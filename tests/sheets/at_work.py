"""Work for processes that make workbooks; here so that they can find it by its name."""

from __future__ import annotations

import os


def told(given: str) -> bytes:
    """The text; nothing can be made of an odd one."""
    if given == "odd":
        raise ValueError("nothing can be made of it")
    return given.encode()


def dies_elsewhere(here: int, given: str) -> bytes:
    """The text, in the process ``here`` alone: any other ends."""
    if os.getpid() != here:
        os._exit(1)
    return given.encode()
