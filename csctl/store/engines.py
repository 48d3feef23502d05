"""What may compute the measures, and canonical Parquet on DuckDB.

It is an extra (``csctl[duckdb]``) and hands its small results over as Arrow tables.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any, Literal

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.store.spark import CONNECT, LOCAL, Spark
from csctl.workspace_folder import CONFIG_NAME

if TYPE_CHECKING:
    import narwhals as nw
    import polars as pl

Engine = Literal["polars", "pandas", "duckdb", "spark"]
EXTRAS: Mapping[Engine, tuple[str, Sequence[str]]] = {
    "pandas": ("arrow", ("pyarrow",)),
    "duckdb": ("duckdb", ("duckdb", "pyarrow")),
    "spark": ("spark", ("pyspark", "pyarrow")),
}
"""The extra of each engine that does not come with csctl, and the libraries in it."""


def missing_engine(engine: Engine, spark: Spark = LOCAL) -> list[Problem]:
    """What to install, where an engine that is asked for is not there."""
    extra, libraries = EXTRAS.get(engine, ("", ()))
    lacking = tuple(name for name in libraries if find_spec(name) is None)
    place = Place(CONFIG_NAME, column="engine")
    if lacking:
        return [problem("engine-not-installed", place, engine, libraries=lacking, extra=extra)]
    java = engine != "spark" or spark.master.startswith(CONNECT) or os.environ.get("JAVA_HOME") or which("java")
    return [] if java else [problem("engine-without-java", place, engine)]


def on_duckdb(empty: pl.DataFrame, paths: Sequence[Path]) -> nw.LazyFrame[Any]:
    """Rows of Parquet files on DuckDB, with the columns of ``empty``; those that a file lacks are empty."""
    import duckdb
    import narwhals as nw

    relation: Any = duckdb.from_arrow(empty.to_arrow())
    if paths:
        kinds = dict(zip(relation.columns, relation.types, strict=True))
        relation = duckdb.read_parquet([str(path) for path in paths], union_by_name=True)
        there = set(relation.columns)
        columns = [f'"{name}"' if name in there else f'NULL::{kind} AS "{name}"' for name, kind in kinds.items()]
        relation = relation.project(", ".join(columns))
    opened: nw.LazyFrame[Any] = nw.from_native(relation)
    return opened
