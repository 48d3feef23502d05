"""Everything csctl puts on a screen; the only place that knows rich.

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
from typing import TYPE_CHECKING, Any, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from csctl.cli.showing.fitting import table_that_fits
from csctl.cli.showing.harmless import plain
from csctl.cli.showing.problem_lines import ProblemLine, problem_lines
from csctl.cli.showing.wrapping import wrapped
from csctl.messages import one_line, problem_text, say
from csctl.policy.to_write import NEW_LINE
from csctl.problems import Problem, Severity, counted, errors, in_order, shortened

if TYPE_CHECKING:
    from csctl.core.explaining.explain import Node
    from csctl.workflow.month.compute import Computed
    from csctl.workflow.writing.run import RunOutcome

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
ROWS_SHOWN = 20
"""So many rows that failed a check are listed without --verbose."""
MARKED_NAMED = 8
"""So many people with a sign behind a figure are named below the scoreboard."""
ALIKE_SHOWN = 5
"""So many errors of one kind and file are listed without --verbose where they stop a command."""
ROWS_REFUSED = frozenset({"most-rows-refused"})
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
    return Text("\n    ").join(plain(line.rstrip(), style) for line in text.split(NEW_LINE))


def _width(stream: TextIO | None) -> int | None:
    """Columns to keep to: a terminal's own or what COLUMNS says (None); in a file or a mail, nothing is cut."""
    told = bool(os.environ.get("COLUMNS")) or (stream is not None and stream.isatty())
    return None if told else _UNCUT


class Screen:
    """Where a command speaks: in one language, and only as much as wanted."""

    def __init__(self, language: str, *, quiet: bool = False, verbose: bool = False) -> None:
        """``quiet`` leaves only what stops a command; ``verbose`` adds every problem and note."""
        self.language = language
        self._quiet = quiet
        self._verbose = verbose
        self._out = Console(highlight=False, width=_width(sys.stdout))
        self._err = Console(stderr=True, highlight=False, width=_width(sys.stderr))
        self._bar: Progress | None = None

    # -- while working ------------------------------------------------------------------------------------------

    @contextmanager
    def working(self) -> Iterator[None]:
        """A progress bar on a terminal while files are read; it leaves no trace."""
        if self._quiet or not self._err.is_terminal:
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
        elif not self._quiet and (done % LOG_EVERY == 0 or (last and done == total)):
            self._err.print(plain(say(said, self.language, done=done, total=total, name=name)))

    def making(self, done: int, total: int, name: str) -> None:
        """One more workbook was made for somebody."""
        self._told("screen-making", "screen-made-so-far", (done, total, name), last=False)

    # -- results ------------------------------------------------------------------------------------------------

    def json(self, value: object) -> None:
        """One object on standard output; in escapes where the output's encoding may lack letters."""
        escaped = not self._out.encoding.startswith("utf")
        self._out.file.write(json.dumps(value, ensure_ascii=escaped, indent=1) + "\n")

    def stopped(self, problems: Iterable[Problem]) -> None:
        """Why nothing was done: an error a line, the first of each kind and file, and what to write so that rows can be
        read; with --verbose all, and all else.

        One file with hundreds of faults never hides what is wrong with another.
        """
        found = in_order(problems)
        listed = found if self._verbose else [*errors(found), *_reasons(found)]
        before: Counter[tuple[str, str]] = Counter()
        for problem in listed:
            kind = problem.code, problem.place.file
            before[kind] += 1
            if self._verbose or before[kind] <= ALIKE_SHOWN:
                text = f"csctl: {one_line(problem, self.language)}"
                self._put(self._err, pasted(text, COLOURS[problem.severity]))
        more = 0 if self._verbose else sum(max(0, count - ALIKE_SHOWN) for count in before.values())
        if more:
            self._put(self._err, plain(say("screen-more-alike", self.language, count=more)))

    def aside(self, problems: Iterable[Problem]) -> None:
        """What went wrong beside the command, on standard error, a line each; the command itself is not affected."""
        for problem in in_order(problems):
            self._err.print(
                pasted(f"csctl: {one_line(problem, self.language)}", COLOURS[problem.severity]), soft_wrap=True
            )

    def month(self, outcome: RunOutcome) -> None:
        """The scoreboard, the problems and where the files are."""
        from csctl.cli.showing.show_month import scoreboard_table

        if outcome.computed is None or self._quiet:
            return
        self._out.print(self._title(outcome.computed))
        self.closed(outcome.problems)
        self._out.print(scoreboard_table(outcome.computed, self.language, self._out.width))
        self._marks(outcome.computed)
        self._pools(outcome.computed)
        self._law(outcome.computed)
        self._assumptions(outcome.computed)
        self.problems(outcome.problems)
        self._files(outcome.computed, outcome.written)

    def wrote(self, outcome: RunOutcome) -> None:
        """Where the files are, how much had to be read, and how many problems there are to look at."""
        if outcome.computed is None or self._quiet:
            return
        self.closed(outcome.problems)
        self._files(outcome.computed, outcome.written)
        if self._verbose:
            self.findings(outcome.problems)
        elif found := counted(in_order(outcome.problems)):
            self.line(say("screen-problems-elsewhere", self.language, count=len(found)), "bold")

    def _files(self, computed: Computed, written: Sequence[str]) -> None:
        folder = computed.workspace.out_folder(computed.month)
        counts = Counter(name.split("/")[0] + ("/" if "/" in name else "") for name in written)
        listed = [f"{name} ({count})" if name.endswith("/") else name for name, count in sorted(counts.items())]
        code = "screen-files" if listed else "screen-files-none"
        self.line(say(code, self.language, folder=folder, files="  ".join(listed)))
        self._out.print(
            plain(say("screen-imported", self.language, fresh=computed.fresh, unchanged=computed.unchanged), "dim")
        )

    def checked(self, outcome: RunOutcome) -> None:
        """What was read of each file, then every problem."""
        if outcome.computed is None:
            return
        if not self._quiet:
            self._out.print(self._title(outcome.computed))
            self.closed(outcome.problems)
            self.files(outcome.computed)
            self._failed_rows(outcome.computed)
        found = in_order(outcome.problems)
        shown = found if self._verbose else counted(found)
        self.findings(shown)
        self._out.print(plain(say("screen-problem-count", self.language, count=len(counted(found)))))

    def files(self, computed: Computed) -> None:
        """What became of every row, file by file."""
        from csctl.cli.showing.show_month import files_table

        self._out.print(files_table(computed, self.language, self._out.width))

    def findings(self, problems: Iterable[Problem]) -> None:
        """Each problem with place, fault and remedy."""
        for problem in in_order(problems):
            text = f"{self._severity(problem)} {one_line(problem, self.language)}"
            self._put(self._out, pasted(text, COLOURS[problem.severity]))

    def problems(self, problems: Iterable[Problem]) -> None:
        """A line for each kind of problem and for each thing to write, within a dozen; with --verbose all of them."""
        found = in_order(problems)
        shown = found if self._verbose else counted(found)
        if not shown:
            self._out.print(plain(say("screen-no-problems", self.language), "green"))
            return
        if self._verbose:
            self.findings(shown)
            return
        self.line(say("screen-problems", self.language, count=len(shown)), "bold")
        for line in problem_lines(shown, self.language):
            self._put(self._out, self._problem_line(line))

    def _problem_line(self, line: ProblemLine) -> Text:
        said, where, fix = line.words(self.language)
        text = Text.assemble((f" {line.count:>3} × ", COLOURS[line.problem.severity]), plain(said))
        if where:
            text.append_text(plain(f"  [{where}]", "dim"))
        if fix:
            text.append_text(pasted(f" → {fix}"))
        return text

    def _severity(self, problem: Problem) -> str:
        return say(f"severity.{problem.severity}", self.language)

    def _put(self, console: Console, text: Text) -> None:
        """A line of any length: on a terminal its later lines hang; lines to be copied, and files, have it in one."""
        if not console.is_terminal:
            console.print(text, soft_wrap=True)
            return
        first, *copied = text.split("\n", allow_blank=True) or [text]
        inner = len(first.plain) - len(first.plain.lstrip(" "))
        console.print(wrapped(first, console.width, inner + HANGING), soft_wrap=True)
        for line in copied:
            console.print(line, soft_wrap=True)

    # -- pieces -------------------------------------------------------------------------------------------------

    def closed(self, problems: Iterable[Problem]) -> None:
        """That the month is closed, and what was corrected since: notes that change what the figures mean."""
        for problem in in_order(problems):
            if problem.code in CLOSED:
                self.line(problem_text(problem, self.language), "yellow")

    def _title(self, computed: Computed) -> Text:
        policy = computed.result.policy
        name = computed.workspace.config.name
        return plain(f"{name} · {computed.month} · {policy.label} {policy.version}", "bold")

    def _marks(self, computed: Computed) -> None:
        """What the sign behind a figure means, where any has it."""
        from csctl.core.records.marks import SIGN
        from csctl.reports.run_json import scoreboard

        marked = [row.agent.agent_id for row in scoreboard(computed.result) if row.marked]
        if marked:
            people = shortened(marked, MARKED_NAMED)
            self.line(say("screen-marks", self.language, sign=SIGN, people=people, agent=marked[0]), "dim")

    def _pools(self, computed: Computed) -> None:
        from csctl.core.explaining.claim_words import pool_rule
        from csctl.money import from_cents

        for pool in computed.result.pools:
            paid = from_cents(sum(share.amount_cents for share in pool.shares))
            rule = pool_rule(computed.result.policy, pool)
            text = say(
                "screen-pool-fixed" if rule is not None and rule.of is None else "screen-pool",
                self.language,
                label=pool.label,
                base=f"{from_cents(pool.base_cents):,.2f}",
                amount=f"{from_cents(pool.pool_cents):,.2f}",
                paid=f"{paid:,.2f}",
            )
            self.line(text)

    def _law(self, computed: Computed) -> None:
        """One line for each kind of legal hint, the first as an example; with --verbose all of them."""
        from csctl.core.records.advice import advice_text, article_text, by_kind

        hints = computed.result.advice
        if not hints:
            return
        self.line(say("law-heading", self.language, count=len(hints)), "yellow")
        for group in by_kind(hints):
            for one in group if self._verbose else group[:1]:
                count = 1 if self._verbose else len(group)
                line = Text.assemble((f" {count:>3} × ", "yellow"), f"{one.check} ")
                line.append_text(plain(advice_text(one, self.language)))
                about = " · ".join(text for text in (one.agent_id, article_text(one, self.language)) if text)
                line.append_text(plain(f"  [{about}]", "dim"))
                self._put(self._out, line)

    def _assumptions(self, computed: Computed) -> None:
        listed = computed.result.policy.assumption
        if not listed:
            return
        examples = [one for one in listed if one.kind == "example"]
        self.line(say("screen-assumptions", self.language, count=len(listed), examples=len(examples) or ""), "yellow")
        if self._verbose:
            for one in listed:
                self._out.print(plain(f"  {one.id} [{one.kind}] {one.text}"))

    def _failed_rows(self, computed: Computed) -> None:
        from csctl.reports.checks_view import finding_lines

        for line in finding_lines(computed.result, self.language, None if self._verbose else ROWS_SHOWN):
            self._put(self._out, plain(line.text, "red" if line.overdue else ""))

    # -- explanations and policies ------------------------------------------------------------------------------

    def tree(self, node: Node) -> None:
        """An explanation as a tree; a line that is too long goes on below its own beginning."""
        from csctl.cli.showing.show_tree import tree_of

        self._out.print(tree_of(node, self.language, self._out.width))

    def node_object(self, node: Node | None, problems: Iterable[Problem]) -> dict[str, Any]:
        """An explanation as data."""
        from csctl.cli.showing.show_tree import as_data
        from csctl.reports.run_json import SCHEMA, problems_object

        found = {"schema": SCHEMA, "problems": problems_object(problems, self.language)}
        return found | ({"explanation": as_data(node)} if node else {})

    def trace(self, traced: dict[str, Any]) -> None:
        """Rules as a table, then how many there are of each status; one rule alone with all that is known of it."""
        heads = [say(f"screen-trace-{name}", self.language) for name in ("rule", "status", "key", "proof")]
        rows = traced["rules"]
        if len(rows) == 1:
            self._one_rule(heads, rows[0])
            return
        shown = [(row["rule"], row["status"], _first_of(row["keys"]), _first_of(row["proofs"])) for row in rows]
        self.table(heads, shown)
        self.line("  ".join(f"{status} {count}" for status, count in traced["counts"].items()), "bold")

    def _one_rule(self, heads: Sequence[str], row: dict[str, Any]) -> None:
        """Every key that carries a rule and every example that proves it, a line each."""
        self.line(f"{row['rule']}  {row['status']}", "bold")
        for head, texts in ((heads[2], row["keys"]), (heads[3], row["proofs"])):
            self.line(f"{head} ({len(texts)})", "bold")
            for text in texts:
                self.line(f"  {text}")

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[object]], whole: Collection[int] = ()) -> None:
        """A plain table; columns of figures stand to the right, and those of ``whole`` are never folded."""
        cells = [[plain(cell) for cell in row] for row in rows]
        figures = [
            index for index in range(len(heads)) if cells and all(_FIGURE.fullmatch(row[index].plain) for row in cells)
        ]
        self._out.print(table_that_fits(heads, cells, self._out.width, right=figures, whole=whole))

    def texts(self, heads: Sequence[str], rows: Sequence[Sequence[Text]], *, right: Collection[int] = ()) -> None:
        """A table of texts that have looks of their own."""
        self._out.print(table_that_fits(heads, rows, self._out.width, right=right))

    def line(self, text: str, style: str = "") -> None:
        """A line on standard output."""
        self._put(self._out, plain(text, style))

    def hanging(self, mark: str, text: str, style: str = "") -> None:
        """A line behind its mark, which may be blank; what does not fit the screen goes on below, set in as deep."""
        if not mark:
            self._out.print(plain(text, style))
            return
        grid = Table.grid()
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(plain(mark), plain(text, style))
        self._out.print(grid)


def _first_of(texts: Sequence[str]) -> str:
    """The first of several texts, and how many more there are."""
    return "" if not texts else texts[0] if len(texts) == 1 else f"{texts[0]} (+{len(texts) - 1})"
