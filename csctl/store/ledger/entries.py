"""Entries of the ledger: what is booked, its one way of being written down, and the chain that links it.

A document is plain JSON without fractions. Its canonical text has sorted keys, no spaces and letters as they are, so
the same document is the same bytes everywhere; the chain of an entry is the SHA-256 of the canonical text of all the
entry says, the chain of the entry before it included. Whoever changes one entry has to change every later one, and
the last chain, the head, which may be noted elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

BEGINNING = "0" * 64
"""What the first entry continues: the head of a ledger without entries."""


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """Not yet booked. ``document`` has JSON values only: str, int, bool, None, list, dict; ``at`` is a time as text.

    Contents are named in the document by their digests: a text under a key that ends in ``_digest``, a list of them
    under one that ends in ``_digests``; "" names none.
    """

    kind: str
    month: str
    at: str
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """Booked. Numbers count from 1 without a gap; ``previous`` and ``chain`` are 64 hexadecimal digits."""

    number: int
    kind: str
    month: str
    at: str
    document: Mapping[str, Any]
    previous: str
    chain: str


Row = tuple[int, str, str, str, str, str, str]
"""An entry as the database holds it: the document as its canonical text."""


def content_digest(content: bytes) -> str:
    """SHA-256 of a content, as 64 hexadecimal digits: the name it goes by."""
    return hashlib.sha256(content).hexdigest()


def canonical_text(value: object) -> str:
    """The one way of writing a JSON value. Raises TypeError for anything but JSON values, fractions included."""
    _check(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _check(value: object) -> None:
    """Exact types only: numpy's numbers, decimals, floats and tuples would come back as something else."""
    if type(value) is dict:
        for key, inner in value.items():
            if type(key) is not str:
                raise TypeError(f"the ledger keeps texts as keys, not {type(key).__name__}")
            _check(inner)
    elif type(value) is list:
        for inner in value:
            _check(inner)
    elif value is not None and type(value) not in (str, int, bool):
        raise TypeError(f"the ledger keeps JSON values without fractions, not {type(value).__name__}")


def chained_entry(draft: EntryDraft, number: int, previous: str) -> Entry:
    """The entry a draft becomes after the entry ``number - 1``. Raises TypeError for a draft that is not plain JSON."""
    for text in (draft.kind, draft.month, draft.at):
        if type(text) is not str:
            raise TypeError(f"the ledger keeps kind, month and time as texts, not {type(text).__name__}")
    document = json.loads(canonical_text(dict(draft.document)))
    chain = _chain(number, draft.kind, draft.month, draft.at, document, previous)
    return Entry(number, draft.kind, draft.month, draft.at, document, previous, chain)


def row_of(entry: Entry) -> Row:
    """The entry as the database holds it."""
    text = canonical_text(dict(entry.document))
    return entry.number, entry.kind, entry.month, entry.at, text, entry.previous, entry.chain


def entry_of(row: Row) -> Entry | None:
    """The entry of a row, or None if the row does not say what its chain was made from."""
    number, kind, month, at, text, previous, chain = row
    if type(number) is not int or any(type(one) is not str for one in row[1:]):
        return None
    try:
        document = json.loads(text)
        canonical = canonical_text(document)
    except (ValueError, TypeError, RecursionError):
        return None
    if type(document) is not dict or canonical != text:
        return None
    if chain != _chain(number, kind, month, at, document, previous):
        return None
    return Entry(number, kind, month, at, document, previous, chain)


def _chain(number: int, kind: str, month: str, at: str, document: dict[str, Any], previous: str) -> str:
    said = {"number": number, "kind": kind, "month": month, "at": at, "document": document, "previous": previous}
    return content_digest(canonical_text(said).encode())


def contents_named(document: object) -> Iterator[str]:
    """The digests of all contents a document names, at any depth; some may come twice."""
    if isinstance(document, list):
        for inner in document:
            yield from contents_named(inner)
    elif isinstance(document, dict):
        for key, inner in document.items():
            if key.endswith("_digest") and isinstance(inner, str):
                yield from [inner] if inner else []
            elif key.endswith("_digests") and isinstance(inner, list):
                yield from (one for one in inner if isinstance(one, str) and one)
            else:
                yield from contents_named(inner)
