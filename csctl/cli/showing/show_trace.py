"""Which rules of a text a policy carries, and what proves them, on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csctl.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csctl.cli.showing.show import Screen


def show_trace(screen: Screen, traced: dict[str, Any]) -> None:
    """Rules as a table, then how many there are of each status; one rule alone with all that is known of it."""
    heads = [say(f"screen-trace-{name}", screen.language) for name in ("rule", "status", "key", "proof")]
    rows = traced["rules"]
    if len(rows) == 1:
        _one_rule(screen, heads, rows[0])
        return
    shown = [(row["rule"], row["status"], _first_of(row["keys"]), _first_of(row["proofs"])) for row in rows]
    screen.table(heads, shown)
    screen.line("  ".join(f"{status} {count}" for status, count in traced["counts"].items()), "bold")


def _one_rule(screen: Screen, heads: Sequence[str], row: dict[str, Any]) -> None:
    """Every key that carries a rule and every example that proves it, a line each."""
    screen.line(f"{row['rule']}  {row['status']}", "bold")
    for head, texts in ((heads[2], row["keys"]), (heads[3], row["proofs"])):
        screen.line(f"{head} ({len(texts)})", "bold")
        for text in texts:
            screen.line(f"  {text}")


def _first_of(texts: Sequence[str]) -> str:
    """The first of several texts, and how many more there are."""
    return "" if not texts else texts[0] if len(texts) == 1 else f"{texts[0]} (+{len(texts) - 1})"
