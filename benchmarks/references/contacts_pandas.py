"""The same by hand in pandas, as most people write it: ``contacts_pandas.py FOLDER [ENCODING]``."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd


def main() -> None:
    """Share of solved contacts and median first response of each agent."""
    files = sorted(Path(sys.argv[1]).glob("contacts*.csv"))
    encoding = sys.argv[2] if len(sys.argv) > 2 else "utf-8-sig"
    rows = pd.concat([pd.read_csv(path, dtype={"客服工号": str}, encoding=encoding) for path in files])
    rows["开始时间"] = pd.to_datetime(rows["开始时间"], format="%Y-%m-%d %H:%M:%S")
    rows = rows[rows["开始时间"].dt.strftime("%Y-%m") == "2026-10"]
    rows["solved"] = (rows["是否解决"] == "是").astype(float).where(rows["是否接听"] == "是")
    print(rows.groupby("客服工号").agg({"会话ID": "size", "solved": "mean", "首次响应时长(秒)": "median"}))


if __name__ == "__main__":
    main()
