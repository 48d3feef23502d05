"""By hand in Polars what ``csctl check`` finds in the contacts of a month: ``contacts_polars.py FOLDER [ENCODING]``."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl


def main() -> None:
    """Share of solved contacts and median first response of each agent."""
    files = sorted(Path(sys.argv[1]).glob("contacts*.csv"))
    encoding = sys.argv[2] if len(sys.argv) > 2 else ""
    sources = [path.read_text(encoding).encode() for path in files] if encoding else files
    found = (
        pl.scan_csv(sources, infer_schema=False)
        .with_columns(
            pl.col("开始时间").str.to_datetime("%Y-%m-%d %H:%M:%S"),
            pl.col("首次响应时长(秒)").cast(pl.Float64),
            answered=pl.col("是否接听") == "是",
            solved=(pl.col("是否解决") == "是").cast(pl.Float64),
        )
        .filter(pl.col("开始时间").dt.strftime("%Y-%m") == "2026-10")
        .group_by("客服工号")
        .agg(pl.len(), pl.col("solved").filter("answered").mean(), pl.col("首次响应时长(秒)").median())
        .sort("客服工号")
        .collect(engine="streaming")
    )
    print(found)


if __name__ == "__main__":
    main()
