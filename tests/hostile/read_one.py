"""Reads one file in a process of its own and says, as JSON, what became of it and what it cost."""

from __future__ import annotations

import json
import re
import resource
import sys
from pathlib import Path

from csctl.readers.opening.books import BookReader


def _most_memory() -> int:
    """MiB that this process had at most."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024 if found else 0


def main() -> None:
    """Standard output: rows of the first sheet as texts (None if refused), problems, CPU seconds, MiB."""
    path = Path(sys.argv[1])
    with BookReader(workers=1) as reader:
        book, problems = reader.read(path, path.name)
    here, there = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    sheets = book.sheets if book else ()
    answer = {
        "rows": [[str(cell) for cell in row] for row in sheets[0].rows[:100]] if sheets else None,
        "count": sum(len(sheet.rows) for sheet in sheets) if book else None,
        "problems": [(one.code, one.severity.name) for one in problems],
        "seconds": here.ru_utime + here.ru_stime + there.ru_utime + there.ru_stime,
        "memory": max(_most_memory(), there.ru_maxrss // 1024),
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
