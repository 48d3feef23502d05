"""Units that a header names itself, where only a profile says what bare numbers under it count.

A profile knows in which unit a system usually exports a column whose header names none. Some systems let people choose
the unit and write the chosen one into the header: what stands in the file is then right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from csctl.headers import Header
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.columns import time_unit
from csctl.readers.columns.profile import Resolved
from csctl.readers.columns.source import Source
from csctl.tables import Kind


def with_own_units(bindings: Mapping[str, Binding], source: Source) -> dict[str, Binding]:
    """The bindings, of which none has a profile's unit where its header names another one or a form of a clock."""
    inherited = source.inherited if isinstance(source, Resolved) else {}
    return {
        name: _as_headed(one) if "unit" in inherited.get(name, ()) else one for name, one in bindings.items()
    }  # fmt: skip


def _as_headed(one: Binding) -> Binding:
    written = _as_headed(one.written) if one.written else None
    header = one.headers[0] if one.headers and one.since is None else None
    named = _named(header) if header else ""
    if header is None or not (named or header.clock) or named == one.rule.unit:
        return replace(one, written=written)
    # A figure is a length of time only if a rule says so.
    unit = None if one.column.kind is Kind.SECONDS else named or one.rule.unit
    return replace(one, rule=one.rule.model_copy(update={"unit": unit}), written=written)


def _named(header: Header) -> str:
    return time_unit(Kind.SECONDS, header.unit) or time_unit(Kind.SECONDS, header.of_time)
