"""The process that parses workbooks, so that a hostile one can hurt nothing but this process.

It limits its own memory and time before the first parser is loaded, reads one request per line (JSON) and answers
with JSON lines: ``sheet``, ``rows``, ``problem``, and at the end ``done`` or ``failed``.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO, cast

MEMORY_LIMIT = 1024 * 1024 * 1024
_ROWS_PER_LINE = 500
_CELLS_PER_LINE = 20_000

READERS = {
    "xlsx": ("xlsx", "read_xlsx"),
    "xls": ("xls", "read_xls"),
    "xlsb": ("xlsb", "read_xlsb"),
    "ods": ("ods", "read_ods"),
    "xml": ("xml_2003", "read_xml_2003"),
    "html": ("html_tables", "read_html"),
}
"""Module and function for each kind of workbook."""

Tell = Callable[[list[Any]], None]


def serve_workbooks() -> None:
    """Serves until the other end closes the pipe."""
    limits = _limited_memory()
    answers = _private_stdout()
    _without("numpy", "PIL", "lxml")
    gc.disable()  # a sheet is a million objects without a cycle: looking for some takes a tenth of the time
    for request in sys.stdin.buffer:
        wanted = json.loads(request)
        _renew_time(limits, wanted["seconds"])
        _answer(wanted, answers)
        answers.flush()
        gc.collect()


def _limited_memory() -> ModuleType | None:
    """Sets the limits that hold for good; returns the module that knows limits, None where there is none."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only limit
        return None
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_LIMIT if most == resource.RLIM_INFINITY else min(MEMORY_LIMIT, most)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        pass  # some systems know the names but not the limits
    return resource


def _renew_time(limits: ModuleType | None, seconds: int) -> None:
    """Gives this request its own processor time, however many came before it."""
    if limits is None:
        return
    usage = limits.getrusage(limits.RUSAGE_SELF)
    _, most = limits.getrlimit(limits.RLIMIT_CPU)
    until = int(usage.ru_utime + usage.ru_stime) + 1 + seconds
    if most != limits.RLIM_INFINITY:
        until = min(until, most)
    limits.setrlimit(limits.RLIMIT_CPU, (until, most))


def _private_stdout() -> BinaryIO:
    """The answering pipe, out of reach of anything that prints."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _without(*names: str) -> None:
    """Keeps the parsers from loading what they would use if present but do not need: start-up stays short."""
    for name in names:
        sys.modules[name] = cast("ModuleType", None)


def _answer(wanted: dict[str, Any], answers: BinaryIO) -> None:
    from csctl.readers.opening.wire import to_line

    def tell(message: list[Any]) -> None:
        answers.write(to_line(message))

    for message in _last_words(wanted, tell):
        tell(message)


def _last_words(wanted: dict[str, Any], tell: Tell) -> list[list[Any]]:
    """Tells the sheets; returns how it ended, to be told when whatever was read has left the memory."""
    from csctl.readers.opening.sheet_rows import Refused
    from csctl.readers.opening.wire import problem_fields

    try:
        _tell_sheets(wanted, tell)
    except Refused as refusal:
        return [["problem", problem_fields(refusal.problem)], ["failed", "refused"]]
    except MemoryError:
        return [["failed", "memory"]]
    except Exception as fault:  # noqa: BLE001 - broken files raise a dozen kinds, new ones with every release
        return [["failed", type(fault).__name__]]
    return [["done"]]


def _tell_sheets(wanted: dict[str, Any], tell: Tell) -> None:
    import warnings

    warnings.simplefilter("ignore")
    from csctl.readers.opening.wire import problem_fields, row_fields

    for sheet, problems in _sheets(Path(wanted["path"]), wanted["kind"]):
        tell(["sheet", sheet.name, sheet.hidden, sheet.merged, sheet.epoch_1904])
        tell(["unseen", sheet.hidden_rows, sheet.filtered_rows])
        step = max(1, min(_ROWS_PER_LINE, _CELLS_PER_LINE // max(map(len, sheet.rows), default=1)))
        for start in range(0, len(sheet.rows), step):
            tell(["rows", list(map(row_fields, sheet.rows[start : start + step]))])
        for problem in problems:
            tell(["problem", problem_fields(problem)])
    if wanted["kind"] == "xlsx":
        from csctl.readers.opening.xlsx_parts import cell_names

        tell(["names", cell_names(Path(wanted["path"]))])


def _sheets(path: Path, kind: str) -> Iterator[Any]:
    """The sheets of a workbook, through the reader of its kind, which alone is loaded."""
    from importlib import import_module

    module, reader = READERS[kind]
    return getattr(import_module(f"csctl.readers.opening.{module}"), reader)(path)  # type: ignore[no-any-return]


if __name__ == "__main__":
    serve_workbooks()
