"""The cache of canonical tables: one Parquet file per imported export, keyed by what was read and how.

The key covers the export's bytes, its name, the mapping and the reader's version, so the same export costs nothing the
second time, and a changed one is read again. A damaged or half-written entry is as good as none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from csctl.core.coverage.readings import UNREAD, FileReading
from csctl.core.records.fates import Fates
from csctl.long_columns import LongColumn
from csctl.problems import Problem
from csctl.store.engines import Engine, on_duckdb
from csctl.store.parts import write_atomically
from csctl.store.spark import LOCAL, Spark, on_spark
from csctl.tables import AGENT_NAMES, DECIMALS, PROVENANCE, TABLES, Kind

if TYPE_CHECKING:
    import narwhals as nw
    import polars as pl

STORE_VERSION = 3
"""Part of every key: raised when the layout of an entry changes."""


@dataclass(frozen=True, slots=True)
class CacheEntry:
    """One imported export: where its rows are, how many were taken and left out, and what was wrong with it.

    ``fates`` and ``reading`` are what became of its rows and columns.
    """

    table: str
    path: Path
    accepted: int
    rejected: int
    problems: tuple[Problem, ...]
    fates: tuple[Fates, ...] = ()
    reading: FileReading = UNREAD


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on reading an export: how many of its rows were taken and left out, and all that is said of it."""

    accepted: int
    rejected: int
    problems: tuple[Problem, ...]
    fates: tuple[Fates, ...] = ()
    reading: FileReading = UNREAD


_FOUND = TypeAdapter(Found)


def parts_digest(*parts: str) -> str:
    """SHA-256 of texts, as 64 hexadecimal digits; the parts cannot run into each other."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class CanonicalStore:
    """Entries in one folder of the workspace."""

    def __init__(self, folder: Path) -> None:
        """The folder is made when the first entry is saved."""
        self._folder = folder

    def find(self, table: str, key: str) -> CacheEntry | None:
        """The entry saved under this key, if it is whole."""
        path, facts_path = self._paths(table, key)
        try:
            facts = json.loads(facts_path.read_text("utf-8"))
            if facts["parquet"] != file_digest(path):
                return None
            found = _FOUND.validate_python(facts["found"])
            return CacheEntry(table, path, found.accepted, found.rejected, found.problems, found.fates, found.reading)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def save(self, table: str, key: str, columns: Mapping[str, Sequence[object]], found: Found) -> CacheEntry:
        """Store the rows (canonical column → values, provenance included) and what was found on reading them.

        The numbers of ``found`` count rows of the export, which may make several canonical rows each.
        """
        return self.save_frame(table, key, canonical_frame(table, columns), found)

    def save_frame(self, table: str, key: str, frame: pl.DataFrame, found: Found) -> CacheEntry:
        """Store rows that are in their canonical form already."""
        path, facts_path = self._paths(table, key)
        parquet = BytesIO()
        frame.write_parquet(parquet)
        facts = {
            "parquet": hashlib.sha256(parquet.getvalue()).hexdigest(),
            "found": _FOUND.dump_python(found, mode="json"),
        }
        write_atomically(path, parquet.getvalue())
        write_atomically(facts_path, json.dumps(facts, ensure_ascii=False).encode())
        return CacheEntry(table, path, found.accepted, found.rejected, found.problems, found.fates, found.reading)

    def _paths(self, table: str, key: str) -> tuple[Path, Path]:
        folder = self._folder / table
        return folder / f"{key}.parquet", folder / f"{key}.json"


def canonical_frame(table: str, columns: Mapping[str, Sequence[object]]) -> pl.DataFrame:
    """Rows in their canonical form, empty columns included."""
    import polars as pl

    schema = canonical_schema(table)
    height = max((len(values) for values in columns.values()), default=0)
    return pl.DataFrame([_series(name, columns.get(name) or [None] * height, dtype) for name, dtype in schema.items()])


def _series(name: str, column: Sequence[object], dtype: Any) -> pl.Series:
    """A column in its canonical type."""
    import polars as pl

    if isinstance(column, LongColumn):
        return column.series(dtype).alias(name)
    return pl.Series(name, column, dtype, strict=True)


def canonical_schema(table: str) -> dict[str, Any]:
    """Polars types of a canonical table, provenance included."""
    import polars as pl

    types = {
        Kind.TEXT: pl.String(),
        Kind.ID: pl.String(),
        Kind.FLAG: pl.Boolean(),
        Kind.COUNT: pl.Int64(),
        Kind.DATE: pl.Date(),
        Kind.MOMENT: pl.Datetime("us"),
    }
    schema = {
        column.name: types.get(column.kind) or pl.Decimal(18, DECIMALS[column.kind]) for column in TABLES[table].columns
    }
    return schema | {name: pl.Int64() if name == "source_row" else pl.String() for name in PROVENANCE}


def open_frame(table: str, paths: Sequence[Path], engine: Engine, spark: Spark = LOCAL) -> nw.LazyFrame[Any]:
    """The rows of several entries of one table as one frame on the chosen engine; empty if there are no paths.

    Rows that an older or newer program sealed have the columns of this one: what they lack is empty in them. ``spark``
    says where Spark is, if it is the engine; raises RefusalError where it is not.
    """
    import narwhals as nw
    import polars as pl

    if engine == "pandas":
        eager: nw.DataFrame[Any] = nw.from_native(_pandas_frame(table, paths), eager_only=True)
        return eager.lazy()
    schema = canonical_schema(table)
    if engine == "duckdb":
        return on_duckdb(pl.DataFrame(schema=schema), paths)
    if engine == "spark":
        return on_spark(pl.DataFrame(schema=schema), paths, spark)
    if paths and all(list(pl.read_parquet_schema(path)) == list(schema) for path in paths):
        return nw.from_native(pl.scan_parquet(list(paths)))
    empty = pl.LazyFrame(schema=schema)
    return nw.from_native(pl.concat([empty, *map(pl.scan_parquet, paths)], how="diagonal").select(list(schema)))


def _pandas_frame(table: str, paths: Sequence[Path]) -> Any:
    import pandas as pd
    import polars as pl

    empty = pl.DataFrame(schema=canonical_schema(table)).to_pandas(use_pyarrow_extension_array=True)
    if not paths:
        return empty
    found = pd.concat([pd.read_parquet(path, dtype_backend="pyarrow") for path in paths], ignore_index=True)
    for name in empty.columns.difference(found.columns):
        found[name] = pd.Series([None] * len(found), dtype=empty.dtypes[name])
    return found[empty.columns]


def read_rows(table: str, paths: Sequence[Path]) -> list[dict[str, Any]]:
    """All rows of a small table (roster, ratings) as typed records, in file order.

    A column that rows of another program lack is None in them.
    """
    import polars as pl

    empty: dict[str, Any] = dict.fromkeys(canonical_schema(table))
    return [empty | row for path in paths for row in pl.read_parquet(path).iter_rows(named=True)]


def people_in(path: Path) -> frozenset[tuple[str, ...]]:
    """Whom the rows of a file name, each number and name once, "" for what is empty or not there."""
    import polars as pl

    there = [name for name in AGENT_NAMES if name in pl.read_parquet_schema(path)]
    rows = pl.read_parquet(path, columns=there).unique().fill_null("") if there else pl.DataFrame()
    return frozenset(map(tuple, rows.iter_rows()))
