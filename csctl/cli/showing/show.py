"""Where a command speaks: lines, tables, problems and progress. What a month looks like is ``show_month``'s.

Text from files is shown as text: no markup, no control characters. What a user asked for goes to standard output,
progress and problems to standard error.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console, ConsoleRenderable
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from csctl.cli.showing.fitting import table_that_fits
from csctl.cli.showing.harmless import harmless_text
from csctl.cli.showing.problem_lines import ProblemLine, alike, problem_lines
from csctl.cli.showing.wrapping import wrapped
from csctl.messages import one_line, problem_text, say
from csctl.policy.to_write import NEW_LINE
from csctl.problems import Problem, Severity, errors, errors_and_warnings, in_order

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
ALIKE_SHOWN = 5
"""So many errors of one kind and file are listed without --verbose where they stop a command."""
ROWS_REFUSED = frozenset({"most-rows-refused", "tried-rows-refused"})
"""Errors that only the warnings about the rows of the same file explain."""
AMOUNT_LACKS = {"no-base-pay-on-roster": "value-not-money"}
"""Errors that a warning of another kind may explain, whatever file it is about."""
LOG_EVERY = 20
"""Without a terminal, progress is a line for each so many files."""
HANGING = 4
"""Columns by which the later lines of a long line are set in."""
_UNCUT = 1_000
"""Without a terminal no table is folded before this many columns."""
CLOSED = ("month-closed", "month-rescored", "month-corrected")
"""Notes shown above the figures of a closed month."""
_FIGURE = re.compile(r"[+-]?[\d,]*\.?\d*%?|–")


def _reasons(found: Sequence[Problem]) -> list[Problem]:
    """The warnings about columns of files whose rows could not be read, and about amounts that are lacking."""
    files = {one.place.file for one in found if one.code in ROWS_REFUSED}
    codes = {AMOUNT_LACKS[one.code] for one in found if one.code in AMOUNT_LACKS}
    warnings = [one for one in found if one.severity is Severity.WARNING and one.place.column]
    return [one for one in warnings if one.place.file in files or one.code in codes]


def pasted(text: str, style: str = "") -> Text:
    """Harmless text in which several lines to write stand each in a line of its own, to be copied."""
    return Text("\n    ").join(harmless_text(line.rstrip(), style) for line in text.split(NEW_LINE))


def _width(stream: TextIO | None) -> int | None:
    """Columns to keep to: a terminal's own or what COLUMNS says (None); in a file or a mail, nothing is cut."""
    told = bool(os.environ.get("COLUMNS")) or (stream is not None and stream.isatty())
    return None if told else _UNCUT


class Screen:
    """Where a command speaks: in one language, and only as much as wanted."""

    def __init__(self, language: str, *, quiet: bool = False, verbose: bool = False) -> None:
        """``quiet`` leaves only what stops a command; ``verbose`` adds every problem and note."""
        self.language = language
        self.quiet = quiet
        self.verbose = verbose
        self._out = Console(highlight=False, width=_width(sys.stdout))
        self._err = Console(stderr=True, highlight=False, width=_width(sys.stderr))
        self._bar: Progress | None = None

    # -- while working ------------------------------------------------------------------------------------------

    @contextmanager
    def working(self) -> Iterator[None]:
        """A progress bar on a terminal while files are read; it leaves no trace."""
        if self.quiet or not self._err.is_terminal:
            yield
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self._err, transient=True) as self._bar:
            yield
        self._bar = None

    def progress(self, done: int, total: int, name: str) -> None:
        """One more file was read."""
        self._told("screen-reading", "screen-read", (done, total, name), last=True)

    def _told(self, doing: str, said: str, step: tuple[int, int, str], *, last: bool) -> None:
        """A step of a long work: on its bar; without a terminal a line for every so many, and for the last if asked."""
        done, total, name = step
        if self._bar is not None:
            task = next((one for one in self._bar.tasks if one.fields["doing"] == doing), None)
            known = task.id if task else self._bar.add_task(say(doing, self.language), total=total, doing=doing)
            self._bar.update(known, completed=done, total=total)
        elif not self.quiet and (done % LOG_EVERY == 0 or (last and done == total)):
            self._err.print(harmless_text(say(said, self.language, done=done, total=total, name=name)))

    def making(self, done: int, total: int, name: str) -> None:
        """One more workbook was made for somebody."""
        self._told("screen-making", "screen-made-so-far", (done, total, name), last=False)

    @property
    def width(self) -> int:
        """Columns of standard output."""
        return self._out.width

    # -- results ------------------------------------------------------------------------------------------------

    def json(self, value: object) -> None:
        """One object on standard output; in escapes where the output's encoding may lack letters."""
        escaped = not self._out.encoding.startswith("utf")
        self._out.file.write(json.dumps(value, ensure_ascii=escaped, indent=1) + "\n")

    def stopped(self, problems: Iterable[Problem]) -> None:
        """Why nothing was done: an error a line, those that say the same of several in one, the first of each kind and
        file, and what to write so that rows can be read; with --verbose all, and all else.

        One file with hundreds of faults never hides what is wrong with another.
        """
        found = in_order(problems)
        listed = found if self.verbose else [*errors(found), *_reasons(found)]
        before: Counter[tuple[str, str]] = Counter()
        for line in self._lines(listed):
            kind = line.problem.code, line.problem.place.file
            before[kind] += 1
            if self.verbose or before[kind] <= ALIKE_SHOWN:
                text = f"csctl: {line.whole(self.language)}"
                _lay(self._err, pasted(text, COLOURS[line.problem.severity]))
        more = 0 if self.verbose else sum(max(0, count - ALIKE_SHOWN) for count in before.values())
        if more:
            _lay(self._err, harmless_text(say("screen-more-alike", self.language, count=more)))

    def aside(self, problems: Iterable[Problem]) -> None:
        """What went wrong beside the command, on standard error, a line each; the command itself is not affected."""
        for problem in in_order(problems):
            self._err.print(
                pasted(f"csctl: {one_line(problem, self.language)}", COLOURS[problem.severity]), soft_wrap=True
            )

    def findings(self, problems: Iterable[Problem]) -> None:
        """Each problem with place, fault and remedy; those that say the same of several in one line."""
        for line in self._lines(in_order(problems)):
            many = f"{line.count} × " if line.count > 1 else ""
            text = f"{self._severity(line.problem)} {many}{line.whole(self.language)}"
            self.put(pasted(text, COLOURS[line.problem.severity]))

    def _lines(self, problems: Sequence[Problem]) -> list[ProblemLine]:
        """With --verbose each alone."""
        return [ProblemLine((one,)) for one in problems] if self.verbose else alike(problems, self.language)

    def problems(self, problems: Iterable[Problem]) -> None:
        """A line for each kind of problem and for each thing to write, within a dozen; with --verbose all of them."""
        found = in_order(problems)
        shown = found if self.verbose else errors_and_warnings(found)
        if not shown:
            self._out.print(harmless_text(say("screen-no-problems", self.language), "green"))
            return
        if self.verbose:
            self.findings(shown)
            return
        self.line(say("screen-problems", self.language, count=len(shown)), "bold")
        for line in problem_lines(shown, self.language):
            self.put(self._problem_line(line))

    def _problem_line(self, line: ProblemLine) -> Text:
        said, where, fix = line.words(self.language)
        text = Text.assemble((f" {line.count:>3} × ", COLOURS[line.problem.severity]), harmless_text(said))
        if where:
            text.append_text(harmless_text(f"  [{where}]", "dim"))
        if fix:
            text.append_text(pasted(f" → {fix}"))
        return text

    def _severity(self, problem: Problem) -> str:
        return say(f"severity.{problem.severity}", self.language)

    def put(self, text: Text) -> None:
        """A line of any length on standard output."""
        _lay(self._out, text)

    def print(self, ready: ConsoleRenderable) -> None:
        """What is ready: a table, a tree, or a text that is folded where it stands."""
        self._out.print(ready)

    def closed(self, problems: Iterable[Problem]) -> None:
        """That the month is closed, and what was corrected since: notes that change what the figures mean."""
        for problem in in_order(problems):
            if problem.code in CLOSED:
                self.line(problem_text(problem, self.language), "yellow")

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[object]], whole: Collection[int] = ()) -> None:
        """A plain table; columns of figures stand to the right, and those of ``whole`` are never folded."""
        cells = [[harmless_text(cell) for cell in row] for row in rows]
        figures = [
            index for index in range(len(heads)) if cells and all(_FIGURE.fullmatch(row[index].plain) for row in cells)
        ]
        self._out.print(table_that_fits(heads, cells, self._out.width, right=figures, whole=whole))

    def texts(self, heads: Sequence[str], rows: Sequence[Sequence[Text]], *, right: Collection[int] = ()) -> None:
        """A table of texts that have looks of their own."""
        self._out.print(table_that_fits(heads, rows, self._out.width, right=right))

    def line(self, text: str, style: str = "") -> None:
        """A line on standard output."""
        self.put(harmless_text(text, style))

    def hanging(self, mark: str, text: str, style: str = "") -> None:
        """A line behind its mark, which may be blank; what does not fit the screen goes on below, set in as deep."""
        if not mark:
            self._out.print(harmless_text(text, style))
            return
        grid = Table.grid()
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(harmless_text(mark), harmless_text(text, style))
        self._out.print(grid)


def _lay(console: Console, text: Text) -> None:
    """A line of any length: on a terminal its later lines hang; lines to be copied, and files, have it in one."""
    if not console.is_terminal:
        console.print(text, soft_wrap=True)
        return
    first, *copied = text.split("\n", allow_blank=True) or [text]
    inner = len(first.plain) - len(first.plain.lstrip(" "))
    console.print(wrapped(first, console.width, inner + HANGING), soft_wrap=True)
    for line in copied:
        console.print(line, soft_wrap=True)
