"""The words of a computed month, for whoever wants to see all of them."""

from __future__ import annotations

from csctl.core.measuring.word_use import WordUse, word_use
from csctl.core.prepare import credited_tables
from csctl.workflow.compute import Computed
from csctl.workflow.explaining import identity_of


def words_of(computed: Computed) -> list[WordUse]:
    """Every word of every column that the month's policy asks about."""
    policy, identity = computed.result.policy, identity_of(computed)
    tables = {**computed.frames, **credited_tables(policy, computed.frames, identity)}
    return word_use(policy, tables, computed.month, identity.knows)
