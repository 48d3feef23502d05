"""Appeals on the screen: filed, decided, listed, and what can be appealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from csctl.cli.showing.show import Screen
from csctl.cli.showing.show_ledger import ledger_heads, show_money
from csctl.core.deciding.items import may_write
from csctl.messages import say
from csctl.problems import errors_and_warnings

if TYPE_CHECKING:
    from csctl.core.deciding.appeals import Appeal, Filed
    from csctl.core.deciding.items import Item
    from csctl.workflow.appeals.appealing import Appealing, AppealMoved
    from csctl.workflow.calling import Calling


def show_appealing(screen: Screen, found: Appealing, calling: Calling, *, previewed: bool = False) -> None:
    """What filing or deciding came to; whom it moves only where that has not been shown before."""
    if found.appeal is None:
        _show_collected(screen, found, calling)
        return
    filed = found.appeal.filed
    about = _about(filed, calling)
    if found.state == "filed":
        screen.line(say("screen-appeal-filed", screen.language, **about), "bold")
        if filed.due:
            screen.line(say("screen-appeal-due", screen.language, due=filed.due))
        screen.line(say("screen-appeal-next", screen.language, number=filed.number))
        return
    if not previewed:
        show_moved(screen, found)
    screen.line(say(f"screen-appeal-{found.state}", screen.language, **about), "bold")


def _about(filed: Filed, calling: Calling) -> dict[str, object]:
    """Number, person, item and month of an appeal, as people call them."""
    who, what = calling.person(filed.agent_id, filed.month), calling.item(filed.item, filed.month)
    return {"number": filed.number, "agent": who, "item": what, "month": filed.month}


def _show_collected(screen: Screen, found: Appealing, calling: Calling) -> None:
    for one in found.collected:
        screen.line(say("screen-appeal-filed", screen.language, **_about(one.filed, calling)))
    screen.findings(errors_and_warnings(found.problems))
    screen.line(say("screen-appeals-collected", screen.language, count=len(found.collected)), "bold")


def show_items(screen: Screen, items: Sequence[Item]) -> None:
    """What can be appealed, and what a decision may say."""
    rows = [(one.name, one.label, may_write(one, screen.language)) for one in items]
    screen.table(ledger_heads(screen, "item-id", "item", "may"), rows)


def show_moved(screen: Screen, found: Appealing) -> None:
    """Whose score and money a decision moves, month by month."""
    agent = found.appeal.filed.agent_id if found.appeal else ""
    for one in found.moved:
        who = f"{agent} {one.names.get(agent, '')}".strip()
        about = {"month": one.month, "old": one.old_score, "new": one.new_score, "agent": who}
        _show_item(screen, one)
        screen.line(say("screen-appeal-score", screen.language, **about), "bold")
        deltas = [(one.month, delta) for delta in one.deltas]
        show_money(screen, deltas, [(one.month, move) for move in one.moves], one.names)
    if found.hanging:
        screen.line(say("screen-appeal-hanging", screen.language, hanging=found.hanging))
    if found.into:
        screen.line(say("screen-appeal-into", screen.language, into=found.into))


def _show_item(screen: Screen, moved: AppealMoved) -> None:
    """The item that was appealed: what was measured and what it came to, before and after."""
    stands = moved.new_item or moved.old_item
    if stands is None:
        return
    none = say("screen-appeal-item-none", screen.language)
    old = (moved.old_item.value, moved.old_item.comes_to) if moved.old_item else (none, none)
    new = (moved.new_item.value, moved.new_item.comes_to) if moved.new_item else (none, none)
    about = {"label": stands.label, "old": old[0], "old_points": old[1], "new": new[0], "new_points": new[1]}
    screen.line(say("screen-appeal-item", screen.language, **about))


def show_appeals(screen: Screen, appeals: Sequence[Appeal], today: date, calling: Calling) -> None:
    """All appeals, the undecided first; people and items as ``calling`` names them."""
    if not appeals:
        screen.line(say("screen-appeals-none", screen.language))
        return
    ordered = sorted(appeals, key=lambda one: (one.decided is not None, one.filed.number))
    columns = ledger_heads(screen, "number", "month", "agent", "item", "state", "due", "reason")
    screen.table(
        columns,
        [
            (
                one.filed.number,
                one.filed.month,
                calling.person(one.filed.agent_id, one.filed.month),
                calling.item(one.filed.item, one.filed.month),
                say(f"appeal-state-{one.state(today)}", screen.language),
                one.filed.due or "",
                one.filed.reason,
            )
            for one in ordered
        ],
    )
