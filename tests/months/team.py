"""A team of four people and five months in text files, small enough to close and correct many times in a moment.

The pay is made so that what happens in one month reaches later ones: a guarantee settled over the year, an award for
two months in a row at the top, a pool shared by score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from unittest import mock

import openpyxl

from csctl.core.closing.sign_off import SignOff
from csctl.core.records.lines import PayLine, as_records
from csctl.core.records.result import MonthResult
from csctl.month import Month
from csctl.store import program as program_module
from csctl.store.program import program
from csctl.workflow.closing.correcting import CorrectAsked, Correcting, correct_months
from csctl.workflow.closing.one_month import CloseAsked, Closing, close_month
from csctl.workflow.ledger.closed import Books, append_to_ledger, open_books
from csctl.workflow.ledger.sealing import seal_draft
from csctl.workflow.month.compute import Asked, Computed, compute
from csctl.workspace import open_workspace

CONFIG = """\
name = "Late desk"
policy = "policy.toml"
language = "en"

[[source]]
table = "roster"
files = "data/roster.csv"

[[source]]
table = "interactions"
files = "data/{month}/calls*.csv"

[[source]]
table = "orders"
files = "data/{month}/orders.csv"

[[source]]
table = "ratings"
files = "data/{month}/ratings.xlsx"
optional = true

[[source]]
table = "events"
files = "data/{month}/events.csv"
optional = true

[[source]]
table = "appeals"
files = "data/{month}/appeals.csv"
optional = true
"""

POLICY = """\
id = "late"
label = "Late desk"
version = "1"
language = "en"
state = "reviewed"

[scale]
good = 100
fair = 70
poor = 40

[score]
decimals = 2
pass_mark = 60
raters = { superior = 100 }

[[level]]
id = "junior"

[[level]]
id = "senior"

[event]
cover = { label = "Covered a shift" }
rude = { label = "Rude to a customer" }

[[dimension]]
id = "service"
label = "Service"
weight = 60

[[dimension.indicator]]
id = "fcr"
label = "First contact resolution"
measure = "fcr"
missing = "zero"
linear = { zero = 0, full = 100 }

[[dimension]]
id = "manner"
label = "Manner"
weight = 40

[[dimension.indicator]]
id = "tone"
label = "Tone"
rating = "Tone"
missing = "full"

[[adjustment]]
id = "cover"
label = "Cover"
points = 2
each = { event = "cover" }

[[grade]]
label = "A"
at_least = 80

[[grade]]
label = "B"

[measure.fcr]
label = "First contact resolution"
unit = "%"
table = "interactions"
rows = true
where = { answered = true }
share = { resolved = true }

[measure.sales]
label = "Sales"
unit = "yuan"
table = "orders"
sum = "amount"

[pay.base]
by = "level"
amounts = { junior = 3000, senior = 3600 }

[pay.guarantee]
mode = "annual"
amounts = [3020]

[[pay.pool]]
label = "Commission"
of = "sales"
mode = "marginal"
tiers = [{ from = 0, rate = 0.01 }, { from = 5000, rate = 0.02 }]
share = 1

[[pay.award]]
id = "champion"
label = "Champion"
amount = 100
streak = { first = "score", every = 2 }
ties = "all"

[[pay.fine]]
id = "rude"
label = "Rudeness"
amount = 50
each = { event = "rude" }

[appeal]
window_days = 7
decide_days = 5
"""

LOOKS_BACK = """
[measure.sales_so_far]
label = "Sales so far"
unit = "yuan"
table = "orders"
sum = "amount"
window = "year_to_date"

[[pay.award]]
id = "seller"
label = "Seller of the year so far"
amount = 77
when = { measure = "sales_so_far", at_least = 5600 }
"""
"""An award that follows from the rows of earlier months."""

ROSTER = """\
staff id,name,level,hire date,leave date
01,Ann,junior,2025-07-01,
02,Bob,senior,2025-07-01,
03,Cid,junior,2025-07-01,
04,Dan,junior,2025-07-01,2026-08-20
"""

MONTHS = ("2026-07", "2026-08", "2026-09", "2026-10", "2026-11")
AT = "2026-12-01T09:00:00+08:00"
TODAY = date(2026, 12, 1)
CALLS_HEAD = "call id,agent,created at,answered,resolved\n"
ORDERS_HEAD = "order id,agent,order date,amount\n"
EVENTS_HEAD = "staff id,date,event\n"
RATED = {"01": "good", "02": "fair", "03": "poor"}


def small_team(folder: Path, months: Iterable[str] = MONTHS) -> Path:
    """Write the workspace into a new folder. No problem is in it."""
    write(folder / "csctl.toml", CONFIG)
    write(folder / "policy.toml", POLICY)
    write(folder / "data/roster.csv", ROSTER)
    for number, month in enumerate(months):
        answered = {"Ann": (4, 5), "Bob": (3, 4), "Cid": (2 + number % 2, 4)}
        write(folder / f"data/{month}/calls.csv", calls(month, answered))
        write(folder / f"data/{month}/orders.csv", orders(month, {"Ann": 2500 + 100 * number, "Bob": 3000}))
        write(folder / f"data/{month}/events.csv", EVENTS_HEAD + f"03,{month}-05,rude\n")
        rate(folder, month, RATED)
    return folder


def write(path: Path, text: str) -> None:
    """A text file, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def calls(month: str, resolved: dict[str, tuple[int, int]]) -> str:
    """An export of calls: by name, how many were resolved of how many."""
    rows = [
        f"{name}{number},{name},{month}-03 09:00,Y,{'Y' if number < solved else 'N'}\n"
        for name, (solved, all_calls) in resolved.items()
        for number in range(all_calls)
    ]
    return CALLS_HEAD + "".join(rows)


def orders(month: str, sales: dict[str, object]) -> str:
    """An export of orders: one by each name, of so many yuan."""
    return ORDERS_HEAD + "".join(f"o{name},{name},{month}-04,{amount}\n" for name, amount in sales.items())


def rate(folder: Path, month: str, levels: dict[str, str]) -> None:
    """The superior's sheet of a month: staff number → level of the tone."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["staff id", "role", "item", "value"])
    for agent_id, level in levels.items():
        sheet.append([agent_id, "superior", "Tone", level])
    path = folder / f"data/{month}/ratings.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


# ---- the commands, inside the test's process -------------------------------------------------------------------


def asked(folder: Path, month: str | None = None, today: date = TODAY) -> Asked:
    """A question about a month, asked on a day when all months are over."""
    return Asked(folder, month, today)


def yes(*_: object) -> bool:
    """Whatever is shown: agreed."""
    return True


def close_one(folder: Path, month: str, today: date = TODAY, at: str = AT) -> Closing:
    """Close a month without asking."""
    return close_month(CloseAsked(asked(folder, month, today), "Lead", at), lambda _computed, _page: True)


def seal(folder: Path, months: Iterable[str]) -> Path:
    """Close months one after another, without the files that ``close_one`` publishes."""
    for month in months:
        found = computed(folder, month)
        draft, contents = seal_draft(found.material, found.workspace.config_text, found.result, "Lead", AT)
        assert append_to_ledger(found.books, [draft], contents) == []
    return folder


def correct_all(folder: Path, reason: str = "late data", month: str = "") -> Correcting:
    """Book what changed."""
    return correct_months(CorrectAsked(folder, month, reason, "Lead", AT), yes)


def books_of(folder: Path) -> Books:
    """The ledger as it is now."""
    workspace, problems = open_workspace(folder)
    assert workspace is not None, problems
    books, problems = open_books(workspace)
    assert books is not None, problems
    return books


def computed(folder: Path, month: str, today: date = TODAY) -> Computed:
    """A month, computed or from the ledger; it must be possible."""
    found, problems = compute(asked(folder, month, today))
    assert found is not None, problems
    return found


def paid(results: Iterable[MonthResult]) -> dict[str, int]:
    """Cents by agent over these months, every line counted."""
    cents: Counter[str] = Counter()
    for result in results:
        for line in as_records(result.pay_lines, PayLine):
            cents[line.agent_id] += line.amount_cents
    return dict(cents)


def month_of(text: str) -> Month:
    """A month that is one."""
    month = Month.parse(text)
    assert month is not None
    return month


@contextmanager
def another_program(digest: str = "another") -> Iterator[None]:
    """Within, csctl is a program whose source has another digest."""
    with mock.patch.object(program_module, "source_digest", return_value=digest):
        program.cache_clear()
        try:
            yield
        finally:
            program.cache_clear()


def page_codes(page: SignOff) -> list[str]:
    """The codes of everything a sign-off page says."""
    return [line.code for topic in page.topics for line in topic.lines]


def pay_of(result: MonthResult, agent_id: str, line: str) -> int:
    """Cents of one agent's lines of that name."""
    lines = as_records(result.pay_lines, PayLine)
    return sum(one.amount_cents for one in lines if (one.agent_id, one.line) == (agent_id, line))
