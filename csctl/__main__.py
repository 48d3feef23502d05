"""``python -m csctl`` is ``csctl``."""

from __future__ import annotations

import gc
import sys

from csctl.asked_again.looking import workspace_looked_at


def main() -> None:
    """The entry point: what was asked before is answered before csctl itself is loaded."""
    gc.disable()  # until a command begins: starting makes no garbage, and looking for it takes a tenth of the time
    words = sys.argv[1:]
    if workspace_looked_at(words) is None:
        _work()
        return
    from csctl.asked_again.answers import answer

    answer(words, _work)


def _work() -> None:
    from csctl.cli import run_command_line

    run_command_line()


if __name__ == "__main__":
    main()
