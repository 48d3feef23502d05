"""The tables of a month on the screen: who stands where, and what was read of each file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from csctl.cli.showing.harmless import plain
from csctl.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csctl.core.records.fates import Fates
    from csctl.core.records.lines import Score
    from csctl.reports.run_json import ScoreboardRow
    from csctl.workflow.month.compute import Computed


def scoreboard_table(computed: Computed, language: str) -> Table:
    """Everybody, best first; columns that nobody fills are left out. A month has at least one agent.

    Scores of a closed month are those that hold since the appeals that were won; its pay is what was paid.
    """
    from csctl.reports.run_json import scoreboard

    shown = replace(computed.result, scores=computed.as_it_holds.scores)
    rows = [_cells(row, language) for row in scoreboard(shown)]
    table = Table(box=None, pad_edge=False, header_style="bold")
    names = [name for name in rows[0] if any(row[name].plain for row in rows)]
    for name in names:
        number = name in ("rank", "score", "pay")
        justify: Any = "right" if number else "left"
        table.add_column(say(f"screen-{name}", language), justify=justify, no_wrap=number)
    for row in rows:
        table.add_row(*[row[name] for name in names])
    return table


def _cells(row: ScoreboardRow, language: str) -> dict[str, Text]:
    from csctl.core.records.marks import SIGN
    from csctl.core.scoring.grades import grade_text

    failed = row.score.passed is False
    return {
        "rank": plain(row.score.rank or "–"),
        "id": plain(row.agent.agent_id),
        "name": plain(row.agent.name),
        "group": plain(row.agent.group),
        "level": plain(row.agent.level),
        "card": plain(row.score.card),
        "score": plain(_score_text(row.score, language) + (SIGN if row.score.marks else ""), "red" if failed else ""),
        "grade": plain(grade_text(row.score, language)),
        "pay": plain(_pay_text(row)),
    }


def _score_text(score: Score, language: str) -> str:
    """The score, or why there is none."""
    return say(f"status-{score.status}", language) if score.score is None else str(score.score)


def _pay_text(row: ScoreboardRow) -> str:
    from csctl.core.records.marks import SIGN
    from csctl.money import from_cents

    return "" if row.pay_cents is None else f"{from_cents(row.pay_cents):,.2f}" + (SIGN if row.pay_marked else "")


def files_table(computed: Computed, language: str) -> Table:
    """What became of the rows, file by file, under the folder they lie in; of older months only what counted."""
    if computed.result.coverage:
        return _fates_table(computed, language)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("file", "table"):
        table.add_column(say(f"screen-{name}", language), overflow="fold")
    for name in ("accepted", "rejected"):
        table.add_column(say(f"screen-{name}", language), justify="right")
    folder = ""
    for one in computed.own:
        above, _, name = one.file.rpartition("/")
        if above != folder:
            folder = above
            table.add_row(plain(f"{folder}/", "dim"), "", "", "")
        table.add_row(
            plain(f"  {name}" if folder else name), plain(one.table), plain(one.accepted),
            plain(one.rejected, "yellow" if one.rejected else ""),
        )  # fmt: skip
    return table


def _fates_table(computed: Computed, language: str) -> Table:
    from csctl.reports.fates_view import fate_heads, fate_numbers

    fates = computed.result.coverage
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(say("screen-file", language), overflow="fold")
    heads = fate_heads(fates, language)
    for head in heads:
        table.add_column(head, justify="right")
    folder = ""
    for one, numbers in zip(fates, fate_numbers(fates), strict=True):
        above, _, name = one.file.rpartition("/")
        if above != folder:
            folder = above
            table.add_row(plain(f"{folder}/", "dim"), *[""] * len(heads))
        shown = f"{name} [{one.sheet}]" if one.sheet and len(_sheets(fates, one.file)) > 1 else name
        table.add_row(plain(f"  {shown}" if folder else shown), *[plain(number or "-") for number in numbers])
    return table


def _sheets(fates: Sequence[Fates], file: str) -> list[str]:
    return [one.sheet for one in fates if one.file == file]
