"""A workspace of three people and a handful of rows, in text files only: computed in a moment."""

from __future__ import annotations

from pathlib import Path

CONFIG = """\
name = "Small desk"
policy = "policy.toml"
language = "en"

[[source]]
table = "roster"
files = "data/roster.csv"

[[source]]
table = "interactions"
files = "data/{month}/calls.csv"
columns = { wait_seconds = { from = "wait time", unit = "seconds" } }

[[source]]
table = "orders"
files = "data/{month}/orders.csv"
"""

POLICY = """\
id = "small"
label = "Small desk"
version = "1"
language = "en"
state = "reviewed"
effective = { from = "2026-01", to = "2026-12" }

[scale]
good = 100
poor = 40

[score]
decimals = 2
pass_mark = 60
raters = { superior = 100 }

[[level]]
id = "junior"

[[level]]
id = "senior"

[[dimension]]
id = "service"
label = "Service"
weight = 100

[[dimension.indicator]]
id = "fcr"
label = "First contact resolution"
measure = "fcr"
missing = "reweight"
linear = { zero = 0, full = 100 }

[[dimension.indicator]]
id = "speed"
label = "Speed of answer"
measure = "asa"
missing = "zero"
bands = [{ level = "good", at_most = 30 }, { level = "poor" }]

[measure.fcr]
label = "First contact resolution"
unit = "%"
table = "interactions"
rows = true
where = { answered = true }
share = { resolved = true }

[measure.asa]
label = "Speed of answer"
unit = "s"
table = "interactions"
mean = "wait_seconds"

[measure.sales]
label = "Sales"
unit = "yuan"
table = "orders"
sum = "amount"

[pay.base]
by = "level"
amounts = { junior = 3000, senior = 4000 }

[[pay.pool]]
label = "Commission"
of = "sales"
mode = "marginal"
tiers = [{ from = 0, rate = 0.01 }, { from = 1000, rate = 0.02 }]
share = 1
"""

ROSTER = """\
staff id,name,group,level,hire date
01,Ann,A,junior,2025-01-01
02,Bob,A,senior,2025-01-01
03,Cid,A,junior,2025-01-01
"""

CALLS = """\
call id,agent,created at,answered,resolved,wait time
1,Ann,{month}-03 09:00,Y,Y,10
2,Ann,{month}-04 09:00,Y,N,20
3,Bob,{month}-05 09:00,Y,Y,60
4,Cid,{month}-06 09:00,Y,Y,40
5,Cid,{month}-06 10:00,N,N,
"""

ORDERS = """\
order id,agent,order date,amount
o1,Ann,{month}-03,900.00
o2,Bob,{month}-04,600.50
"""

MONTHS = ("2026-09", "2026-10")
MONTH = MONTHS[-1]


def small_workspace(folder: Path) -> Path:
    """Write the workspace into a new folder; no problem is in it."""
    files = {"csctl.toml": CONFIG, "policy.toml": POLICY, "data/roster.csv": ROSTER}
    for month in MONTHS:
        files[f"data/{month}/calls.csv"] = CALLS.replace("{month}", month)
        files[f"data/{month}/orders.csv"] = ORDERS.replace("{month}", month)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def change(file: Path, old: str, new: str) -> None:
    """Replace a text that must be there."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def add(file: Path, text: str) -> None:
    """Write something at the end of a file."""
    file.write_text(file.read_text("utf-8") + text, "utf-8")
