"""The words of a computed month, for whoever wants to see all of them."""

from __future__ import annotations

import narwhals as nw

from csctl.core.frames.frame import records
from csctl.core.measuring.word_use import WordUse, word_use
from csctl.core.preparing.tables import credited_tables
from csctl.core.working_time.verdict_use import VerdictUse, verdict_use
from csctl.workflow.month.compute import Computed
from csctl.workflow.month.credited import identity_of


def word_uses(computed: Computed) -> list[WordUse]:
    """Every word of every column that the month's policy asks about."""
    policy, identity = computed.result.policy, identity_of(computed)
    tables = {
        **computed.frames,
        **credited_tables(policy, computed.frames, identity, calendar=computed.material.calendar),
    }
    return word_use(policy, tables, computed.month, identity.knows)


def verdicts_of(computed: Computed) -> list[VerdictUse]:
    """Every verdict of the month's attendance, whoever it is about; none where the policy has no working time."""
    frame = computed.frames.get("attendance")
    if frame is None or computed.result.policy.working_time is None:
        return []
    return verdict_use(records(frame.filter(nw.col("month") == str(computed.month))))
