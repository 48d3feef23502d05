"""Codes for a notice board: each finds the own line by the code on the payslip, nobody a colleague's (W-08).

A staff number with its middle hidden names everybody in a small team: ``6**1`` to ``6**7`` are seven people who know
each other's numbers. A code says nothing of the number, and is another one every month.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from csctl.core.records.lines import PayLine, ScoreLine, as_records
from csctl.core.records.result import MonthResult

FEWEST_WITH_SCORES = 5
"""With fewer people on the list a score beside a rank would tell whose it is."""
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Without vowels no word comes out, without digits nothing that a spreadsheet takes for a number."""
_SHORTEST = 4


def codes_of(result: MonthResult, agent_ids: Iterable[str]) -> dict[str, str]:
    """A code for each id, by what the month holds of everybody: whoever does not have all of it cannot find one out."""
    return codes(agent_ids, _secret(result))


def codes(agent_ids: Iterable[str], secret: str) -> dict[str, str]:
    """A code for each id: the same for the same secret, all as long as is needed for no two to be the same."""
    ids = sorted(set(agent_ids))
    length = _SHORTEST
    while True:
        made = {agent_id: _drawn(agent_id, secret, length) for agent_id in ids}
        if len(set(made.values())) == len(ids):
            return made
        length += 1


def _drawn(agent_id: str, secret: str, length: int) -> str:
    digest = hashlib.sha256(f"{secret}\n{agent_id}".encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest, "big")
    letters = []
    for _ in range(length):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    return "".join(letters)


def _secret(result: MonthResult) -> str:
    """A digest of every amount and every part of every score: nobody but who makes the list knows all of them."""
    pay = [f"{one.agent_id} {one.line} {one.amount_cents}" for one in as_records(result.pay_lines, PayLine)]
    parts = [f"{one.agent_id} {one.line} {one.contribution:f}" for one in as_records(result.score_lines, ScoreLine)]
    text = "\n".join([str(result.month), *sorted(pay), *sorted(parts)])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
