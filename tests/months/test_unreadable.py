"""A ledger that this program cannot read all of: one line says which month, and by which csctl; nothing crashes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from csctl.policy import grammar
from csctl.store.ledger.entries import EntryDraft
from csctl.store.ledger.ledger import content_digest
from csctl.store.seals import Basis, SealedInput, document_of, packed, unpacked
from csctl.workflow.ledger.closed import append_to_ledger
from tests.end_to_end.running import csctl
from tests.months.team import AT, MONTHS, books_of, computed, month_of, seal, small_team
from tests.proofs import mostly_slow

NEWER = "9.0.0+aaaaaaaaaaaa"
LATEST = MONTHS[1]
OF_THE_NEXT = [["run", "-m", MONTHS[2]], ["close", "-m", MONTHS[2], "--yes"]]
"""An open month: it follows from the lines of the closed ones, and from their rules, but not from their csctl.toml."""
COMMANDS = [
    ["run", "-m", LATEST],
    ["check", "-m", LATEST],
    ["explain", "Bob", "-m", LATEST],
    ["report", "-m", LATEST],
    ["correct"],
    ["correct", "--program"],
    ["close", "-m", LATEST],
    ["appeal", "file", "Bob", "tone", "--reason", "x", "-m", LATEST],
    ["simulate", "--policy", "policy.toml"],
]
"""Whatever looks at the month. Promotions need a ladder, which this team has not."""


@pytest.fixture
def one_closed(tmp_path: Path) -> Path:
    """Three months, of which the first is closed."""
    return seal(small_team(tmp_path / "ws", MONTHS[:3]), MONTHS[:1])


Spoil = Callable[[dict[str, Any], dict[str, bytes]], None]
"""Make a seal's document or contents such as only a newer program would write."""


def _sealed_by_a_newer(folder: Path, spoil: Spoil) -> None:
    """Close the second month as a newer program would have."""
    from csctl.workflow.ledger.sealing import seal_draft

    found = computed(folder, LATEST)
    draft, contents = seal_draft(found.material, found.workspace.config_text, found.result, "Lead", AT)
    document = json.loads(json.dumps(draft.document))
    document["basis"]["program"] = NEWER
    spoil(document, contents)
    assert append_to_ledger(books_of(folder), [replace(draft, document=document)], contents) == []


def _new_text(document: dict[str, Any], contents: dict[str, bytes], old: str, change: Callable[[str], str]) -> str:
    key = content_digest(packed(change(unpacked(contents[old]).decode()).encode()))
    contents[key] = packed(change(unpacked(contents[old]).decode()).encode())
    return key


def _newer_grammar(document: dict[str, Any], _contents: dict[str, bytes]) -> None:
    document["basis"]["grammar"] = grammar.GRAMMAR + 1


def _unknown_policy_key(document: dict[str, Any], contents: dict[str, bytes]) -> None:
    [policy] = document["basis"]["policies"]
    policy["text_digest"] = _new_text(document, contents, policy["text_digest"], lambda text: "strange = 1\n" + text)
    document["basis"]["fingerprint"] = "f" * 64


def _unknown_config_key(document: dict[str, Any], contents: dict[str, bytes]) -> None:
    basis = document["basis"]
    basis["config_digest"] = _new_text(document, contents, basis["config_digest"], lambda text: "strange = 1\n" + text)


def _unknown_kind_of_line(document: dict[str, Any], contents: dict[str, bytes]) -> None:
    lines = document["lines_digest"]
    document["lines_digest"] = _new_text(
        document, contents, lines, lambda text: text.replace('"kind":"base"', '"kind":"shares"')
    )


def _lacks_a_field(document: dict[str, Any], _contents: dict[str, bytes]) -> None:
    del document["agents"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "spoil", [_newer_grammar, _unknown_policy_key, _unknown_config_key, _unknown_kind_of_line, _lacks_a_field]
)
def test_every_command_says_in_one_line_which_month_and_which_csctl(one_closed: Path, spoil: Spoil) -> None:
    """Exit 2, the month, the version that sealed it, no traceback; nothing is booked or written."""
    _sealed_by_a_newer(one_closed, spoil)
    ledger = (one_closed / ".csctl/ledger.db").read_bytes()
    for words in [*COMMANDS, *([] if spoil is _unknown_config_key else OF_THE_NEXT)]:
        done = csctl("--language", "en", words[0], *words[1:], "-w", one_closed)
        assert (done.code, len(done.faults)) == (2, 1), (words, done)
        assert LATEST in done.faults[0], words
        assert NEWER in done.faults[0], words
    assert (one_closed / ".csctl/ledger.db").read_bytes() == ledger
    assert not (one_closed / "out").exists()


@pytest.mark.parametrize(
    "spoil",
    mostly_slow([_newer_grammar, _unknown_policy_key, _unknown_config_key, _unknown_kind_of_line, _lacks_a_field]),
)
def test_history_and_verify_still_list_what_they_can(one_closed: Path, spoil: Spoil) -> None:
    """Every entry, every month that can be read, and the line; exit 2."""
    _sealed_by_a_newer(one_closed, spoil)
    verified = csctl("--language", "en", "verify", "-w", one_closed)
    assert (verified.code, verified.faults[0].count(NEWER)) == (2, 1)
    assert any(line.startswith(f"{MONTHS[0]} ") for line in verified.out.splitlines())
    history = csctl("--language", "en", "history", "-w", one_closed)
    assert {"1", "2"} <= {line.split()[0] for line in history.out.splitlines()}
    assert history.code == (0 if spoil is _unknown_kind_of_line else 2)
    assert csctl("history", "-w", one_closed, "--json").code == history.code


def test_an_entry_of_a_kind_to_come_is_not_passed_over(one_closed: Path) -> None:
    """What it means for the money of a month is not known here, so nothing is computed; history shows it as it is."""
    assert append_to_ledger(books_of(one_closed), [EntryDraft("reversal", MONTHS[0], AT, {"of": MONTHS[0]})]) == []
    done = csctl("--language", "en", "run", "-w", one_closed, "-m", LATEST)
    assert (done.code, len(done.faults), "reversal" in done.faults[0]) == (2, 1, True)
    history = csctl("--language", "en", "history", "-w", one_closed)
    assert (history.code, "reversal" in history.out) == (2, True)
    assert csctl("verify", "-w", one_closed, "--ledger-only").code == 2


def test_a_field_that_only_newer_programs_know_is_passed_over(one_closed: Path) -> None:
    """The month is what its known fields say."""

    def more(document: dict[str, Any], contents: dict[str, bytes]) -> None:
        document["mood"] = "good"
        document["basis"]["weather"] = "fine"
        lines = document["lines_digest"]
        document["lines_digest"] = _new_text(
            document, contents, lines, lambda text: text.replace('"kind":"base"', '"kind":"base","shift":"early"')
        )

    before = computed(one_closed, LATEST).result
    _sealed_by_a_newer(one_closed, more)
    assert books_of(one_closed).sealed(month_of(LATEST)).pay_lines.equals(before.pay_lines)
    assert csctl("run", "-w", one_closed, "-m", LATEST, "--quiet").code == 0
    assert csctl("verify", "-w", one_closed).code == 0


def test_lines_without_what_came_later_are_read(one_closed: Path) -> None:
    """An older program had neither hints nor checks nor lists."""

    def fewer(document: dict[str, Any], contents: dict[str, bytes]) -> None:
        lines = json.loads(unpacked(contents[document["lines_digest"]]))
        kept = {name: value for name, value in lines.items() if name not in ("advice", "findings", "listings")}
        document["lines_digest"] = _new_text(document, contents, document["lines_digest"], lambda _: json.dumps(kept))
        del document["basis"]["grammar"]

    _sealed_by_a_newer(one_closed, fewer)
    assert csctl("run", "-w", one_closed, "-m", LATEST, "--quiet").code == 0


def test_rows_that_lack_a_column_are_read_as_empty_in_it(one_closed: Path) -> None:
    """A program that knew fewer columns sealed them; on both engines."""
    import polars as pl

    from csctl.store.canonical import open_frame, read_rows

    path = one_closed / "rows.parquet"
    pl.DataFrame({"agent_name": ["Bob"], "strange": [1], "month": [LATEST]}).write_parquet(path)
    for engine in ("polars", "pandas"):
        frame = open_frame("orders", [path], engine).collect()
        assert (frame["agent_name"].to_list(), frame["amount"].is_null().to_list()) == (["Bob"], [True])
        assert "strange" not in frame.columns
    [row] = read_rows("orders", [path])
    assert (row["agent_name"], row["amount"]) == ("Bob", None)


@pytest.mark.slow
def test_a_message_that_is_no_more_does_not_hide_a_closed_month(one_closed: Path) -> None:
    """A sealed problem of a kind that this program has no words for is shown by its code."""

    def strange(document: dict[str, Any], contents: dict[str, bytes]) -> None:
        lines = json.loads(unpacked(contents[document["lines_digest"]]))
        place = {"file": "a.csv", "sheet": "", "row": 3, "column": ""}
        lines["problems"].append(
            {"code": "gone-by-now", "severity": "warning", "place": place, "found": "x", "details": []}
        )
        document["lines_digest"] = _new_text(document, contents, document["lines_digest"], lambda _: json.dumps(lines))

    _sealed_by_a_newer(one_closed, strange)
    done = csctl("run", "-w", one_closed, "-m", LATEST)
    assert (done.code, "gone-by-now" in done.out) == (0, True)


def test_a_seal_without_a_grammar_is_of_the_first(one_closed: Path) -> None:
    """As csctl 0.1.0 wrote them."""
    basis = Basis("0.1.0", "", (), "", "", (), (SealedInput("a", "orders", "", "", "", 0, 0),))
    assert basis.grammar == 1
    assert document_of(basis)["grammar"] == 1
    with sqlite3.connect(one_closed / ".csctl/ledger.db") as connection:
        [document] = connection.execute("SELECT document FROM entry").fetchone()
    assert json.loads(document)["basis"]["grammar"] == grammar.GRAMMAR
