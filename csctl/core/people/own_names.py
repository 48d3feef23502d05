"""Who wrote a message, where the export names the agent instead of saying that it was the agent."""

from __future__ import annotations

import narwhals as nw

from csctl.core.measuring.columns import Frame
from csctl.core.measuring.sameness import with_words, word_column
from csctl.core.people.identity import Identity
from csctl.tables import TABLES, Texts
from csctl.words import AGENT


def with_own_names(frame: Frame, table: str, identity: Identity) -> Frame:
    """The frame with the words of its senders, in which whoever the row is credited to counts as the agent.

    ``frame`` is credited. Any name, number or account of that person will do; a colleague's says nothing.
    """
    for column in TABLES[table].columns:
        if column.texts is Texts.SENDERS:
            frame = _with_own_names(with_words(frame, table, [column.name]), column.name, identity)
    return frame


def _with_own_names(frame: Frame, name: str, identity: Identity) -> Frame:
    word = nw.col(word_column(name))
    pairs = frame.select("agent", name).unique().collect()
    own: dict[str, list[str]] = {}
    for agent, text in zip(pairs["agent"].to_list(), pairs[name].to_list(), strict=True):
        if isinstance(text, str) and identity.resolve(text, text) == agent:
            own.setdefault(agent, []).append(text)
    for agent, texts in own.items():
        mine = (nw.col("agent") == agent) & nw.col(name).is_in(texts)
        word = nw.when(mine).then(nw.lit(AGENT)).otherwise(word)
    return frame.with_columns(word.alias(word_column(name)))
