"""Odd things that a workspace can hold or a command be given, each with the exit code it must end with.

Every entry changes a copy of the small workspace and calls one command there. None may end as a bug (70), none may
hang, and what is refused is refused in words.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.cli.small import MONTH, ORDERS, ROSTER, add, change

Spoil = Callable[[Path], object]
RUN = ("run", "--month", MONTH)
CHECK = ("check", "--month", MONTH)


@dataclass(frozen=True)
class Odd:
    """One input: what is changed, the command, the exit code, and words that the screen must have (in any order)."""

    name: str
    spoil: Spoil
    code: int
    words: tuple[str, ...] = ()
    command: tuple[str, ...] = RUN


def config(old: str, new: str) -> Spoil:
    """Another text in ``csctl.toml``."""
    return lambda folder: change(folder / "csctl.toml", old, new)


def policy(old: str, new: str) -> Spoil:
    """Another text in the policy."""
    return lambda folder: change(folder / "policy.toml", old, new)


def orders(text: str | bytes) -> Spoil:
    """Another file of orders."""
    content = text.encode() if isinstance(text, str) else text
    return lambda folder: (folder / "data" / MONTH / "orders.csv").write_bytes(content)


def roster(text: str) -> Spoil:
    """Another roster."""
    return lambda folder: (folder / "data" / "roster.csv").write_text(text, "utf-8")


def nothing(_folder: Path) -> None:
    """The workspace as it is."""


def all_odd() -> Iterator[Odd]:
    """Every input."""
    yield from _patterns()
    yield from _configurations()
    yield from _policies()
    yield from _tables()
    yield from _places()
    yield from _arguments()


def _patterns() -> Iterator[Odd]:
    """``files`` of a source."""
    file = '"data/{month}/orders.csv"'
    for pattern in ("", ".", "/", "..", "../*.csv", "/etc/passwd", "/tmp/*.csv", "C:\\\\x.csv", "data/../../x.csv"):
        yield Odd(f"files = {pattern!r}", config(file, f'"{pattern}"'), 2, ("csctl.toml",))
    for pattern in ("data/{month}/nothing*.csv", "data/{month}/[.csv", "data/{month}/orders.csv/", "data/{moth}/x.csv"):
        yield Odd(f"files = {pattern!r}", config(file, f'"{pattern}"'), 2, ("csctl.toml",))
    yield Odd("files with a NUL", config(file, '"data/\\u0000.csv"'), 2, ("csctl.toml",))
    yield Odd("files with a line break", config(file, '"data/a\\nb.csv"'), 2, ("csctl.toml",))
    yield Odd("files of 5,000 characters", config(file, f'"data/{"x" * 5000}.csv"'), 2, ("csctl.toml",))
    yield Odd("files of 400 folders", config(file, f'"{"a/" * 400}x.csv"'), 2, ("csctl.toml",))
    yield Odd("files with twenty double stars", config(file, f'"{"**/" * 20}orders.csv"'), 0)
    yield Odd("the same file twice", config(file, '["data/{month}/orders.csv"]'), 2, ("csctl.toml", "files"))


def _configurations() -> Iterator[Odd]:
    """Values of ``csctl.toml``."""
    for value in ("", ".", "/", "policy.toml\\u0000", "x" * 5000, "../policy.toml", "data", "con"):
        yield Odd(f"policy = {value[:20]!r}", config('"policy.toml"', f'"{value}"'), 2, ("csctl.toml",))
    for value in ("%Y%Y", "%", "%Q", "", "%Y-%m-%d %Y", "%j", "x" * 3000, "%d%d", "(%Y"):
        spoil = config(
            'files = "data/{month}/orders.csv"',
            f'files = "data/{{month}}/orders.csv"\ncolumns.ordered_on = {{ from = "order date", format = "{value}" }}',
        )
        yield Odd(f"format = {value[:20]!r}", spoil, 2, ("csctl.toml",))
    for engine in ("spark", "", "Polars"):
        yield Odd(f"engine = {engine!r}", config('language = "en"', f'language = "en"\nengine = "{engine}"'), 2)
    for name in ("calendar.csv", "", "..", "data"):
        expected = 0 if not name else 2
        yield Odd(f"calendar = {name!r}", config('language = "en"', f'language = "en"\ncalendar = "{name}"'), expected)
    yield Odd("a configuration of nothing", lambda folder: (folder / "csctl.toml").write_bytes(b""), 2, ("csctl.toml",))
    yield Odd("a configuration of NULs", lambda folder: (folder / "csctl.toml").write_bytes(b"\0" * 99), 2)
    yield Odd("a configuration that is a folder", _folder_for("csctl.toml"), 2, ("csctl.toml",))
    yield Odd("a configuration with a BOM", lambda folder: _prefix(folder / "csctl.toml", b"\xef\xbb\xbf"), 0)
    yield Odd("a name of 100,000 characters", config("Small desk", "x" * 100_000), 2, ("csctl.toml",))
    yield Odd("a name of 4,000 characters", config("Small desk", "x" * 4_000), 0)
    yield Odd("a name with escapes for a terminal", config("Small desk", "\\u001b[31mred\\u0007"), 0)
    yield Odd("a deep table", lambda folder: add(folder / "csctl.toml", f"[{'a.' * 3000}b]\n"), 2, ("csctl.toml",))
    yield Odd("a deep list", lambda folder: add(folder / "csctl.toml", f"x = {'[' * 5000}{']' * 5000}\n"), 2)
    yield Odd(
        "a deep list in lines that are short enough",
        lambda folder: add(folder / "csctl.toml", f"x = {'[' * 1500}{']' * 1500}\n"),
        2,
    )
    yield Odd(
        "questions of adopt in a deep list",
        lambda folder: (folder / "adopt.toml").write_text(f"question = {'[' * 1500}{']' * 1500}\n"),
        0,
    )
    yield Odd("a huge number", lambda folder: add(folder / "csctl.toml", f"x = {'9' * 9000}\n"), 2, ("csctl.toml",))
    yield Odd("no sources", lambda folder: (folder / "csctl.toml").write_text('name="x"\npolicy="policy.toml"\n'), 2)
    yield Odd("two hundred sources of one file", _many_sources, 0)
    yield Odd("a column from nothing", config('from = "wait time"', 'from = ""'), 2, ("wait_seconds",))
    yield Odd("a column from a list of nothing", config('from = "wait time"', "from = []"), 2, ("csctl.toml",))
    yield Odd("a unit that is none", config('unit = "seconds"', 'unit = "moons"'), 2, ("moons",))
    yield Odd("an alias of itself", lambda folder: add(folder / "csctl.toml", '[aliases]\n"01" = "01"\n'), 0)
    yield Odd(
        "an alias in a ring", lambda folder: add(folder / "csctl.toml", '[aliases]\n"Bo" = "Al"\n"Al" = "Bo"\n'), 2
    )
    yield Odd(
        "readings of garbage", lambda folder: (folder / "readings.toml").write_bytes(b"\xff\0=="), 2, ("readings",)
    )
    yield Odd("readings of nothing", lambda folder: (folder / "readings.toml").write_bytes(b""), 0)
    yield Odd("readings that are a folder", lambda folder: (folder / "readings.toml").mkdir(), 0)


def _policies() -> Iterator[Odd]:
    """Values of the policy."""
    for old, new in (
        ("weight = 100", "weight = -1"),
        ("weight = 100", "weight = 1e400"),
        ("weight = 100", "weight = nan"),
        ("pass_mark = 60", "pass_mark = inf"),
        ("decimals = 2", "decimals = 99999"),
        ("decimals = 2", "decimals = -1"),
        ("full = 100", "full = 0"),
        ("at_most = 30", "at_most = nan"),
        ("junior = 3000", "junior = 1e30"),
        ("junior = 3000", "junior = -3000"),
        ("rate = 0.02", "rate = inf"),
        ("from = 1000", "from = 0"),
        ("from = 1000", "from = -5"),
        ('measure = "fcr"', 'measure = "fcr" \nmeasure = "asa"'),
        ('table = "orders"', 'table = "order\\u0000s"'),
        ('sum = "amount"', 'sum = "amount; drop"'),
        ('id = "small"', 'id = ""'),
        ('id = "small"', 'id = "../../etc"'),
        ('from = "2026-01"', 'from = "2026-13"'),
        ('from = "2026-01"', 'from = "2027-01"'),
        ("share = 1\n", "share = 2\n"),
    ):
        yield Odd(f"policy: {new[:40]}", policy(old, new), 2, ("policy.toml",))
    yield Odd("a policy of nothing", lambda folder: (folder / "policy.toml").write_bytes(b""), 2, ("policy.toml",))
    yield Odd("a policy that is a folder", _folder_for("policy.toml"), 2, ("policy.toml",))
    yield Odd("a policy of a megabyte of brackets", lambda folder: add(folder / "policy.toml", "[" * 1_000_000), 2)
    yield Odd("a label of line breaks", policy('label = "Speed of answer"', 'label = "a\\n\\n\\nb"'), 0)
    yield Odd("a label that is a formula", policy('label = "Speed of answer"\nmeas', 'label = "=1+1"\nmeas'), 0)
    yield Odd(
        "a label of 3,000 characters", policy('label = "Speed of answer"\nmeas', f'label = "{"l" * 3_000}"\nmeas'), 0
    )


def _tables() -> Iterator[Odd]:
    """Rows of the tables."""
    head = "order id,agent,order date,amount\n"
    for name, text, code in (
        ("an amount of 1e400", "o1,Ann,2026-10-03,1e400\n", 0),
        ("an amount of nan", "o1,Ann,2026-10-03,nan\n", 0),
        ("an amount of infinity", "o1,Ann,2026-10-03,inf\n", 0),
        ("an amount of 400 digits", f"o1,Ann,2026-10-03,{'9' * 400}\n", 0),
        ("an amount of full-width digits", "o1,Ann,2026-10-03,９００\n", 0),
        ("an amount in Arabic digits", "o1,Ann,2026-10-03,٩٠٠\n", 0),
        ("an amount that is a formula", "o1,Ann,2026-10-03,=1+1\n", 0),
        ("a day in year 0", "o1,Ann,0000-10-03,1\n", 0),
        ("a day in year 9999", "o1,Ann,9999-10-03,1\n", 0),
        ("the 31st of a month of 30", "o1,Ann,2026-11-31,1\n", 0),
        ("a day of 300 characters", f"o1,Ann,{'2026-10-03' * 30},1\n", 0),
        ("an agent of 30,000 characters", f"o1,{'A' * 30_000},2026-10-03,1\n", 0),
        ("an agent that is a formula", "o1,=Ann,2026-10-03,1\n", 0),
        ("an agent in another direction", "o1,\u202eAnn,2026-10-03,1\n", 0),
        ("an agent with an escape", "o1,\x1b[31mAnn,2026-10-03,1\n", 0),
        ("an id of line breaks", '"o\n\n\n1",Ann,2026-10-03,1\n', 0),
        ("an id of 100,000 characters", f"{'o' * 100_000},Ann,2026-10-03,1\n", 0),
        ("rows of too many cells", "o1,Ann,2026-10-03,1" + ",x" * 150 + "\n", 2),
        ("rows of 10,000 cells", "o1,Ann,2026-10-03,1" + ",x" * 10_000 + "\n", 2),
        ("no rows", "", 0),
        ("blank rows only", "\n" * 5_000 + ",,,\n" * 500, 0),
    ):
        yield Odd(f"orders: {name}", orders(head + text), code)
    yield Odd("orders: the header twice", orders(head + head + "o1,Ann,2026-10-03,1\n"), 0)
    yield Odd(
        "orders: two columns of one name", orders("order id,agent,order date,amount,amount\n1,Ann,2026-10-03,1,2\n"), 0
    )
    yield Odd("orders: a header of 5,000 characters", orders("x" * 5000 + "\n1\n"), 2)
    yield Odd("orders: only NULs", orders(b"\0" * 5000), 2)
    yield Odd("orders: a picture", orders(b"\x89PNG\r\n\x1a\n" + bytes(range(256))), 2)
    yield Odd(
        "orders: a page with a login", orders("<!doctype html><html><form><input type=password></form></html>"), 2
    )
    yield Odd("orders: JSON", orders('{"rows": [{"order id": 1}]}'), 2)
    first = ROSTER.splitlines()[0] + "\n"
    for name, text, code in (
        ("nobody", "", 2),
        ("one without a number", ",Ann,A,junior,2025-01-01\n", 2),
        ("one without a name", "01,,A,junior,2025-01-01\n", 2),
        ("hired on no day", "01,Ann,A,junior,2025-02-30\n", 0),
        ("a level that is a formula", "01,Ann,A,=junior,2025-01-01\n", 2),
        ("a name that is a path", "01,../../Ann,A,junior,2025-01-01\n", 0),
        ("a name that a computer keeps", "01,CON,A,junior,2025-01-01\n02,nul,A,junior,2025-01-01\n", 0),
        ("a name of 300 characters", f"01,{'张' * 300},A,junior,2025-01-01\n", 0),
        ("numbers that differ in case", "a1,Ann,A,junior,2025-01-01\nA1,Bob,A,junior,2025-01-01\n", 2),
        ("names of one person twice", "01,Ann,A,junior,2025-01-01\n02,Ann,A,junior,2025-01-01\n", 0),
        ("a name with a bell", "01,An\x07n,A,junior,2025-01-01\n02,Bob,A,junior,2025-01-01\n", 0),
    ):
        yield Odd(f"roster: {name}", roster(first + text), code)


def _places() -> Iterator[Odd]:
    """Folders, links and names."""
    yield Odd("a file name in GBK bytes", _gbk_name, 0)
    yield Odd("a file name with an escape", _named("a\x1b[31m.csv"), 0)
    yield Odd("a file name in another direction", _named("\u202eb.csv"), 0)
    yield Odd("a file name of one character short of the limit", _named("n" * 251 + ".csv"), 0)
    yield Odd("a pipe instead of a file", _pipe, 2)
    yield Odd("a folder instead of a file", _folder_for(f"data/{MONTH}/orders.csv"), 2)
    yield Odd("a link to nothing", _link("/nowhere/at/all"), 2)
    yield Odd("a link to itself", _link("orders.csv"), 2)
    yield Odd("a link to a device", _link("/dev/zero"), 2)
    yield Odd("a sparse file of two terabytes", _sparse, 2)
    yield Odd("out is a link elsewhere", _out_is_a_link, 0)
    yield Odd("the state folder is a file", _state_is_a_file, 2, (".csctl",))
    yield Odd("the ledger is text", _ledger(b"not a ledger at all" * 99), 2)
    yield Odd("the ledger is empty", _ledger(b""), 0)
    yield Odd("a template that merges everything", _monstrous_template, 2, command=("sheets", "--month", MONTH))
    yield Odd("a template that is text", _template(b"not a workbook"), 2, command=("sheets", "--month", MONTH))


def _arguments() -> Iterator[Odd]:
    """What is typed."""
    for month in (
        "",
        "2026-13",
        "2026-1",
        "26-10",
        "2026-10-01",
        "0000-01",
        "9999-12",
        "x" * 5000,
        "-1",
    ):
        yield Odd(f"--month {month[:12]!r}", nothing, 2, command=("run", "--month", month))
    yield Odd("--month in full width", nothing, 0, command=("run", "--month", "２０２６-10"))
    for person in ("", "99", "An", "'; drop table", "\x1b[31m", "x" * 5000, "../01", "＊"):
        yield Odd(f"explain {person[:12]!r}", nothing, 2, command=("explain", person, "--month", MONTH))
    yield Odd("explain by a number in full width", nothing, 0, command=("explain", "０１", "--month", MONTH))
    yield Odd("a policy that is none", nothing, 2, command=("policy", "show", "../../etc/passwd"))
    yield Odd("explain a line that is none", nothing, 2, command=("explain", "01", "nothing", "--month", MONTH))
    for through in ("2026-13", ""):
        yield Odd(f"close --through {through!r}", nothing, 2, command=("close", "--through", through, "--yes"))
    yield Odd("verify without a ledger", nothing, 2, command=("verify",))
    yield Odd("history without a ledger", nothing, 2, command=("history",))
    yield Odd("restore from nothing", nothing, 2, command=("restore", "nothing.db"))
    yield Odd("restore from a table", nothing, 2, command=("restore", f"data/{MONTH}/orders.csv"))
    yield Odd("forms that came back empty", _empty_forms, 2, command=("forms", "collect", "back", "--month", MONTH))
    yield Odd("simulate with nothing", nothing, 2, command=("simulate", "--month", MONTH))


def _folder_for(name: str) -> Spoil:
    def spoil(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return spoil


def _prefix(path: Path, content: bytes) -> None:
    path.write_bytes(content + path.read_bytes())


def _many_sources(folder: Path) -> None:
    one = '\n[[source]]\ntable = "titles"\nfiles = "data/titles{}.csv"\noptional = true\n'
    add(folder / "csctl.toml", "".join(one.format(number) for number in range(200)))


def _named(name: str) -> Spoil:
    def spoil(folder: Path) -> None:
        change(folder / "csctl.toml", '"data/{month}/orders.csv"', '"data/{month}/orders/*.csv"')
        for month in ("2026-09", MONTH):
            home = folder / "data" / month / "orders"
            home.mkdir()
            (home / name).write_text(ORDERS.replace("{month}", month), "utf-8")

    return spoil


def _gbk_name(folder: Path) -> None:
    _named("x.csv")(folder)
    home = os.fsencode(folder / "data" / MONTH / "orders")
    os.rename(home + b"/x.csv", home + b"/" + "订单.csv".encode("gbk"))


def _orders_of(folder: Path) -> Path:
    path = folder / "data" / MONTH / "orders.csv"
    path.unlink()
    return path


def _pipe(folder: Path) -> None:
    os.mkfifo(_orders_of(folder))


def _link(to: str) -> Spoil:
    return lambda folder: _orders_of(folder).symlink_to(to)


def _sparse(folder: Path) -> None:
    with _orders_of(folder).open("wb") as file:
        file.truncate(2 << 40)


def _out_is_a_link(folder: Path) -> None:
    shutil.rmtree(folder / "out")
    (folder / "elsewhere").mkdir()
    (folder / "out").symlink_to(folder / "elsewhere")


def _state_is_a_file(folder: Path) -> None:
    shutil.rmtree(folder / ".csctl")
    (folder / ".csctl").write_text("mine")


def _ledger(content: bytes) -> Spoil:
    return lambda folder: (folder / ".csctl" / "ledger.db").write_bytes(content)


def _template(content: bytes) -> Spoil:
    def spoil(folder: Path) -> None:
        add(folder / "policy.toml", '\n[sheet]\ntemplate = "own"\n')
        (folder / "templates").mkdir()
        (folder / "templates" / "own.xlsx").write_bytes(content)

    return spoil


def _monstrous_template(folder: Path) -> None:
    from tests.readers.hostile import save, sheet_xml, text

    _template(b"")(folder)
    merged = '<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'
    save(folder / "templates" / "own.xlsx", sheet_xml(f'<row r="1">{text("A1", "{{name}}")}</row>', after=merged))


def _empty_forms(folder: Path) -> None:
    (folder / "back").mkdir()
    (folder / "back" / "form.xlsx").write_bytes(b"")
