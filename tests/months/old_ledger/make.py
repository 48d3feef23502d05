"""How ``closed_by_0.1.0.zip`` was made: a workspace whose three months were closed by csctl 0.1.0.

Run with the sources of csctl 0.1.0 first on the path; it writes the zip beside this file. It is kept as it is: no
later program may make it again, for what it proves is that later programs read what that one sealed. The policy has
two grades of one name; the linter is switched off, as if it were one that did not know that rule yet. The policy is
put right afterwards.
"""

from __future__ import annotations

import tempfile
import zipfile
from datetime import date
from pathlib import Path

import csctl
from csctl.policy import load
from csctl.workflow.closing.one_month import CloseAsked, close_month
from csctl.workflow.month.compute import Asked

TARGET = Path(__file__).with_name("closed_by_0.1.0.zip")
MONTHS = ("2026-07", "2026-08", "2026-09", "2026-10")
LEFT_OUT = ("canonical", "sealed", "out", "log", "lock")

CONFIG = """\
name = "Old desk"
policy = "policy.toml"
language = "en"

[[source]]
table = "roster"
files = "data/roster.csv"

[[source]]
table = "exams"
files = "data/{month}/exams.csv"

[[source]]
table = "orders"
files = "data/{month}/orders.csv"
"""

POLICY = """\
id = "old"
label = "Old desk"
version = "1"
language = "en"
state = "reviewed"

[scale]
good = 100
poor = 40

[score]
decimals = 2
pass_mark = 60

[[dimension]]
id = "knowledge"
label = "Knowledge"
weight = 100

[[dimension.indicator]]
id = "exam"
label = "Exam"
measure = "exam"
missing = "zero"
out_of = 100

[[grade]]
label = "A"
at_least = 90

[[grade]]
label = "B"
at_least = 60

[measure.exam]
label = "Exam"
unit = "points"
table = "exams"
mean = "score"

[measure.sales]
label = "Sales"
unit = "yuan"
table = "orders"
sum = "amount"

[pay.base]
by = "roster"

[pay.guarantee]
mode = "annual"
amounts = [3060]

[[pay.pool]]
label = "Commission"
of = "sales"
mode = "marginal"
tiers = [{ from = 0, rate = 0.01 }]
share = 1

[[pay.award]]
id = "star"
label = "Star"
amount = 500
when = { measure = "sales", at_least = 3000 }

[appeal]
window_days = 60
decide_days = 5

[[grade]]
label = "B"
"""
TWICE = """
[[grade]]
label = "B"
"""
"""How the policy ends: with a grade that has the name of another one. It is put right after the last closing."""

ROSTER = """\
staff id,name,hire date,base pay
K01,Ann,2026-01-01,3000
K02,Bob,2026-01-01,3000
K03,Cid,2026-01-01,3000
K04,Dee,2026-01-01,3000
"""
EXAMS = {"Ann": 90, "Bob": 50, "Cid": 70, "Dee": 80}
SALES = {"Ann": 1000, "Bob": 2000, "Cid": 3000}


def main() -> None:
    """Write the workspace, close three of its four months, and pack it."""
    assert csctl.__version__ == "0.1.0"
    vars(load)["lint"] = lambda *_: []
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        write(folder)
        for month in MONTHS[:-1]:
            asked = CloseAsked(Asked(folder, month, date(2026, 11, 2)), "Lead", "2026-11-02T09:00:00+08:00")
            closing = close_month(asked, lambda _computed, _page: True)
            assert closing.state == "closed", closing.problems
        (folder / "policy.toml").write_text(POLICY.removesuffix(TWICE) + TWICE.replace('"B"', '"C"'), "utf-8")
        pack(folder)


def write(folder: Path) -> None:
    """The workspace's own files."""
    texts = {"csctl.toml": CONFIG, "policy.toml": POLICY, "data/roster.csv": ROSTER}
    for month in MONTHS:
        exams = "".join(f"{name},{month}-10,Products,{score},100\n" for name, score in EXAMS.items())
        texts[f"data/{month}/exams.csv"] = "agent,date,exam,score,full marks\n" + exams
        orders = "".join(f"{month}{name},{name},{month}-04,{amount}\n" for name, amount in SALES.items())
        texts[f"data/{month}/orders.csv"] = "order id,agent,order date,amount\n" + orders
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def pack(folder: Path) -> None:
    """All of it but caches and outputs."""
    with zipfile.ZipFile(TARGET, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder)
            if path.is_file() and not {*name.parts, path.stem} & set(LEFT_OUT):
                archive.write(path, name.as_posix())


if __name__ == "__main__":
    main()
