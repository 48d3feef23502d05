"""Who wrote a message, where the export names the agent instead of saying that it was the agent."""

from __future__ import annotations

import narwhals as nw

from csctl.core.frames.frame import Frame, collected, small
from csctl.core.frames.sameness import with_words, word_column
from csctl.core.people.identity import Identity
from csctl.tables import TABLES, Texts
from csctl.words import AGENT

_OWN = "own name"


def with_own_names(frame: Frame, table: str, identity: Identity) -> Frame:
    """The frame with the words of its senders, in which whoever the row is credited to counts as the agent.

    ``frame`` is credited. Any name, number or account of that person will do; a colleague's says nothing.
    """
    for column in TABLES[table].columns:
        if column.texts is Texts.SENDERS:
            frame = _with_own_names(with_words(frame, table, [column.name]), column.name, identity)
    return frame


def _with_own_names(frame: Frame, name: str, identity: Identity) -> Frame:
    pairs = collected(frame.select("agent", name).unique())
    texts = [text if isinstance(text, str) else "" for text in pairs[name].to_list()]
    own = [(agent, text) for agent, text in zip(pairs["agent"].to_list(), texts, strict=True)
           if agent in identity.meant_by(text)]  # fmt: skip
    table = {"agent": [agent for agent, _ in own], name: [text for _, text in own], _OWN: [AGENT] * len(own)}
    lookup = small(frame, table, dict.fromkeys(table, nw.String()))
    said = nw.when(nw.col(_OWN).is_null()).then(nw.col(word_column(name))).otherwise(nw.col(_OWN))
    return frame.join(lookup, on=["agent", name], how="left").with_columns(said.alias(word_column(name))).drop(_OWN)
