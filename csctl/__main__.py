"""``python -m csctl`` is ``csctl``."""

from __future__ import annotations

import sys

from csctl.asked_again.answers import answer


def main() -> None:
    """The entry point: what was asked before is answered before csctl itself is loaded."""
    answer(sys.argv[1:], _work)


def _work() -> None:
    from csctl.cli import main as work

    work()


if __name__ == "__main__":
    main()
