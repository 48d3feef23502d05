"""Forms for raters ask about what is on the scorecard of the person judged, and about nothing else."""

from __future__ import annotations

from csctl.core.forms.rated import Subject, rated_blocks
from tests.card_month import PEOPLE, rules


def test_a_form_has_the_items_of_the_own_card() -> None:
    """The tone of a chat is not asked of somebody on the hot line."""
    asked = [
        [line.item for block in rated_blocks(rules(), Subject(one, "superior", "en")) for line in block.lines]
        for one in PEOPLE[:2]
    ]
    assert asked == [["Calls", "Manner"], ["Chats", "Tone", "Manner"]]
