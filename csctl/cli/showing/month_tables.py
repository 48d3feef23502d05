"""The tables of a month on the screen: who stands where, and what was read of each file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from csctl.cli.showing.fitting import table_that_fits
from csctl.cli.showing.harmless import harmless_text
from csctl.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csctl.core.records.fates import Fates
    from csctl.core.records.lines import Score
    from csctl.reports.run_json import ScoreboardRow
    from csctl.workflow.month.compute import Computed


def scoreboard_table(computed: Computed, language: str, width: int) -> Text:
    """Everybody, best first; columns that nobody fills are left out. A month has at least one agent.

    Scores of a closed month are those that hold since the appeals that were won; its pay is what was paid.
    """
    from csctl.reports.run_json import scoreboard

    shown = replace(computed.result, scores=computed.as_it_holds.scores)
    rows = [_cells(row, language) for row in scoreboard(shown)]
    names = [name for name in rows[0] if any(row[name].plain for row in rows)]
    heads = [say(f"screen-{name}", language) for name in names]
    figures = [index for index, name in enumerate(names) if name in ("rank", "score", "pay")]
    return table_that_fits(heads, ([row[name] for name in names] for row in rows), width, right=figures)


def _cells(row: ScoreboardRow, language: str) -> dict[str, Text]:
    from csctl.core.records.marks import SIGN
    from csctl.core.scoring.grades import grade_text

    failed = row.score.passed is False
    return {
        "rank": harmless_text(row.score.rank or "–"),
        "id": harmless_text(row.agent.agent_id),
        "name": harmless_text(row.agent.name),
        "group": harmless_text(row.agent.group),
        "level": harmless_text(row.agent.level),
        "card": harmless_text(row.score.card),
        "score": harmless_text(
            _score_text(row.score, language) + (SIGN if row.score.marks else ""), "red" if failed else ""
        ),
        "grade": harmless_text(grade_text(row.score, language)),
        "pay": harmless_text(_pay_text(row)),
    }


def _score_text(score: Score, language: str) -> str:
    """The score, or why there is none."""
    return say(f"status-{score.status}", language) if score.score is None else str(score.score)


def _pay_text(row: ScoreboardRow) -> str:
    from csctl.core.records.marks import SIGN
    from csctl.money import amount_text

    return "" if row.pay_cents is None else amount_text(row.pay_cents) + (SIGN if row.pay_marked else "")


def files_table(computed: Computed, language: str, width: int) -> Text:
    """What became of the rows, file by file, under the folder they lie in; of older months only what counted."""
    if computed.result.coverage:
        return _fates_table(computed, language, width)
    heads = [say(f"screen-{name}", language) for name in ("file", "table", "accepted", "rejected")]
    rows: list[list[Text]] = []
    folder = ""
    for one in computed.own:
        above, _, name = one.file.rpartition("/")
        if above != folder:
            folder = above
            rows.append([harmless_text(f"{folder}/", "dim"), Text(), Text(), Text()])
        table = harmless_text(say(f"table-{one.table}", language))
        rejected = harmless_text(one.rejected, "yellow" if one.rejected else "")
        rows.append([harmless_text(f"  {name}" if folder else name), table, harmless_text(one.accepted), rejected])
    return table_that_fits(heads, rows, width, right=(2, 3))


def _fates_table(computed: Computed, language: str, width: int) -> Text:
    from csctl.reports.fates_view import fate_heads, fate_numbers

    fates = computed.result.coverage
    heads = [say("screen-file", language), *fate_heads(fates, language)]
    rows: list[list[Text]] = []
    folder = ""
    for one, numbers in zip(fates, fate_numbers(fates), strict=True):
        above, _, name = one.file.rpartition("/")
        if above != folder:
            folder = above
            rows.append([harmless_text(f"{folder}/", "dim"), *[Text()] * (len(heads) - 1)])
        shown = f"{name} [{one.sheet}]" if one.sheet and len(_sheets(fates, one.file)) > 1 else name
        rows.append(
            [harmless_text(f"  {shown}" if folder else shown), *[harmless_text(number or "-") for number in numbers]]
        )
    return table_that_fits(heads, rows, width, right=range(1, len(heads)), gap=1)


def _sheets(fates: Sequence[Fates], file: str) -> list[str]:
    return [one.sheet for one in fates if one.file == file]
