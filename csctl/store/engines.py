"""Canonical Parquet on engines beside Polars and pandas: DuckDB in this process, Spark here or on a cluster.

Both are extras (``csctl[duckdb]``, ``csctl[spark]``) and hand their small results over as Arrow tables.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import narwhals as nw
    import polars as pl

REMOTE = "CSCTL_SPARK"
"""Environment variable with the address of a cluster: ``sc://host:15002``, ``spark://host:7077``; else this machine."""


def opened_elsewhere(engine: str, empty: pl.DataFrame, paths: Sequence[Path]) -> nw.LazyFrame[Any]:
    """Rows of Parquet files on DuckDB or Spark, with the columns of ``empty``; those that a file lacks are empty.

    Raises ModuleNotFoundError where the extra is not installed.
    """
    import narwhals as nw

    opened = _on_duckdb if engine == "duckdb" else _on_spark
    return nw.from_native(opened(empty, [str(path) for path in paths]))


def _on_duckdb(empty: pl.DataFrame, paths: list[str]) -> Any:
    import duckdb

    nothing = duckdb.from_arrow(empty.to_arrow())
    if not paths:
        return nothing
    found = duckdb.read_parquet(paths, union_by_name=True)
    kinds = dict(zip(nothing.columns, nothing.types, strict=True))
    columns = [f'"{name}"' if name in found.columns else f'NULL::{kind} AS "{name}"' for name, kind in kinds.items()]
    return found.project(", ".join(columns))


def _on_spark(empty: pl.DataFrame, paths: list[str]) -> Any:
    from pyspark.sql import functions

    session = spark_session()
    nothing = session.createDataFrame(empty.to_arrow())
    found = session.read.option("mergeSchema", "true").parquet(*paths) if paths else nothing
    there = set(found.columns)
    return found.select(
        [
            found[field.name].cast(field.dataType)
            if field.name in there
            else functions.lit(None).cast(field.dataType).alias(field.name)
            for field in nothing.schema
        ]
    )


@cache
def spark_session() -> Any:
    """The session of this process, in UTC so that local times of exports stay what they are."""
    from pyspark.sql import SparkSession

    address = os.environ.get(REMOTE, "local[*]")
    builder: Any = SparkSession.builder
    builder = builder.remote(address) if address.startswith("sc://") else builder.master(address)
    session = builder.appName("csctl").config("spark.ui.enabled", "false").getOrCreate()
    session.conf.set("spark.sql.session.timeZone", "UTC")
    session.conf.set("spark.sql.execution.arrow.pyspark.enabled", "true")
    return session
