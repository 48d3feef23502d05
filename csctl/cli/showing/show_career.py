"""Promotion reviews and cases on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from csctl.cli.showing.harmless import harmless_text
from csctl.cli.showing.show import Screen
from csctl.core.career.telling import event_text
from csctl.messages import say
from csctl.reports import career_view as words

if TYPE_CHECKING:
    from csctl.core.career.reviewed import KeptStep, ReviewedMonth, StepReview
    from csctl.month import Month
    from csctl.problems import Problem

STYLES: dict[words.Tone, str] = {
    "plain": "", "strong": "bold", "faint": "dim", "good": "green", "bad": "red", "open": "yellow",
}  # fmt: skip


_INDENT = 5
"""Columns that stand before a detail: the mark, a gap, and two more; one stays free at the end."""


class CareerScreen:
    """Shows reviews on a screen, in its language."""

    def __init__(self, screen: Screen) -> None:
        """Lines go where the screen's own do."""
        self._screen = screen
        self._out = Console(highlight=False)

    def review(self, view: ReviewedMonth, as_of: Month, *, in_full: bool) -> None:
        """What applies to somebody in full, what ended beside it, the others in a line each, possibilities last.

        ``in_full``: everybody in full.
        """
        language = self._screen.language
        self._screen.line(words.title_line(view, language), "bold")
        candidates = [row for row in view.open_rows if row.verdict.state == "candidate"]
        for row in candidates:
            self._step(row)
        self._kept(view)
        for row in [*view.open_rows[len(candidates) :], *(view.other_rows if in_full else ())]:
            self._step(row)
        if not view.open_rows and not view.kept:
            self._screen.line(say("promotion-none-open", language))
        self._others([] if in_full else view.other_rows, view)
        if view.cases:
            self._out.print()
            self._screen.line(say("promotion-cases", language), "bold")
            self.cases(view, as_of)
        self._bare(view, in_full=in_full)
        shown = [*view.open_rows, *(view.bare_rows if in_full else ())]
        if any(row.unanswered for row in shown):
            self._out.print()
            self._screen.line(say("promotion-to-answer", language), "yellow")

    def _kept(self, view: ReviewedMonth) -> None:
        for code, unknown in (("promotion-kept", False), ("promotion-kept-unknown", True)):
            kept = [one for one in view.kept if bool(one.unknown) is unknown]
            if kept:
                self._out.print()
                self._screen.line(say(code, self._screen.language), "bold")
            for one in kept:
                self._step(one.row, one)

    def _bare(self, view: ReviewedMonth, *, in_full: bool) -> None:
        """What only a person's word would bring about: counted, or each in full."""
        if in_full:
            for row in view.bare_rows:
                self._step(row)
        elif view.bare_rows:
            self._out.print()
            self._screen.line(say("promotion-bare-title", self._screen.language), "dim")
            for one in view.bare_steps:
                kind = say(f"promotion-kind-{one.kind}", self._screen.language)
                target = one.target or "–"
                line = say(
                    "promotion-bare", self._screen.language, kind=kind, target=target, step=one.step, count=one.people
                )
                self._screen.line(f"  {line}", "dim")

    def _step(self, row: StepReview, kept: KeptStep | None = None) -> None:
        self._out.print()
        heading = harmless_text(words.row_heading(row, self._screen.language, kept), "bold")
        heading.append_text(harmless_text(f"  [{row.verdict.step}]", "green"))
        self._out.print(heading, soft_wrap=True)
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=1)
        grid.add_column(overflow="fold")
        for line in words.full_lines(row, self._screen.language):
            grid.add_row(
                harmless_text(line.mark, STYLES[line.tone]),
                harmless_text(line.text, "" if line.mark else STYLES[line.tone]),
            )
            for detail in line.details:
                for text in _filled(detail, self._out.width - _INDENT):
                    grid.add_row("", harmless_text(f"  {text}", "dim"))
        self._out.print(grid)

    def _others(self, rows: Sequence[StepReview], view: ReviewedMonth) -> None:
        language = self._screen.language
        calm = [row for row in rows if words.is_calm(row)]
        lines = [words.short_line(row, language) for row in rows if row not in calm]
        lines += [words.idle_line(agent, language) for agent in view.idle_agents]
        if lines:
            self._out.print()
            self._screen.line(say("promotion-others", language, count=len(lines)), "bold")
        for line in lines:
            self._screen.line(line)
        for line in words.calm_lines(calm, language):
            self._screen.line(line)
        for line in words.gap_lines(rows, language):
            self._screen.line(line, "yellow")

    def cases(self, view: ReviewedMonth, as_of: Month) -> None:
        """All cases with their state and history."""
        language = self._screen.language
        if not view.cases:
            self._screen.line(say("promotion-no-cases", language))
        for case in view.cases:
            name = view.names.get(case.first.agent_id, "")
            heading = harmless_text(words.case_heading(case, name, language, as_of))
            heading.append_text(harmless_text(f"  [{case.first.step}]", "green"))
            self._out.print(heading, soft_wrap=True)
            for event in case.events:
                text = f"    {event_text(event, language)}"
                self._screen.line(text, "dim")

    def remarks(self, problems: Iterable[Problem]) -> None:
        """Warnings and notes about what was read or decided."""
        found = list(problems)
        if found:
            self._out.print()
            self._screen.findings(found)


def _filled(pieces: Sequence[str], width: int) -> list[str]:
    """Pieces put together to lines no wider than the screen, as far as a piece itself is not."""
    lines: list[str] = []
    for piece in pieces:
        if lines and cell_len(lines[-1] + piece.rstrip()) <= width:
            lines[-1] += piece
        else:
            lines.append(piece)
    return lines
