"""What several people share: places, pools."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from csctl.core.records.agent import Agent
from tests.core.paying.oracle.exact import cents, shared
from tests.core.paying.oracle.scales import before, by_tiers, settled
from tests.core.paying.oracle.standing import Keys, Standing


def award(month: Standing) -> None:
    """Each happening, each for whom it holds, the first few, months in a row: of those who compete."""
    for keys in month.pay.get("award", []):
        people = [one for one in month.people if month.competes(one)]
        if "first" in keys:
            _first(month, keys, people)
            continue
        for one in people:
            if "streak" in keys:
                length = _row(month, keys["streak"], one)
                every = keys["streak"]["every"]
                count = length // every if length % every == 0 else 0
            else:
                count = month.happened(keys["each"], one) if "each" in keys else int(month.holds(keys["when"], one))
            month.add(one.agent_id, keys["id"], "award", cents(Fraction(keys["amount"]) * count), keys["id"])


def _first(month: Standing, keys: Keys, people: Sequence[Agent]) -> None:
    """By place: those who are tied have the amount of the place each, share those of their places, or have nothing."""
    amounts = [cents(Fraction(one)) for one in keys.get("top") or [keys["amount"]]]
    figures = {one.agent_id: figure for one in people if (figure := month.figure(keys["first"], one)) and figure > 0}
    place = 0
    for figure in sorted(set(figures.values()), reverse=True):
        tied = [who for who, own in figures.items() if own == figure]
        here = amounts[place : place + len(tied)]
        place += len(tied)
        if keys["ties"] == "none" and len(tied) > 1:
            continue
        parts = shared(sum(here), dict.fromkeys(tied, Fraction(1)))
        for who in tied:
            part = parts[who] if keys["ties"] == "split" else (here or [0])[0]
            month.add(who, keys["id"], "award", part, keys["id"])


def _row(month: Standing, streak: Keys, one: Agent) -> int:
    """Months in a row up to this one."""
    length = 0
    for at in [*month.earlier, month][::-1]:
        if not _counts(at, streak, one.agent_id):
            break
        length += 1
    return length


def _counts(month: Standing, streak: Keys, who: str) -> bool:
    found = [one for one in month.given.agents if one.agent_id == who]
    if not found:
        return False
    scores = [score for one in month.given.agents if (score := month.score(one)) is not None]
    first = "first" not in streak or (bool(scores) and month.score(found[0]) == max(scores))
    return first and ("measure" not in streak or (month.value(who, streak["measure"]) or 0) >= 1)


def pool(month: Standing) -> None:
    """One for the team or for each group, shared among those of whom it is known what it is shared by."""
    for number, keys in enumerate(month.pay.get("pool", []), 1):
        if keys.get("per") != "group":
            _pool(month, keys, f"pool{number}", "", month.people)
            continue
        groups = {one.group for one in month.given.agents}
        if "of" in keys and keys["counts"] == "everybody":
            groups |= {one.group for one in month.given.others if month.value(one.agent_id, keys["of"])}
        groups |= {
            group for (name, group) in _carried(month) if name == keys["label"] and keys.get("negative") == "carry"
        }
        for group in sorted(groups):
            _pool(month, keys, f"pool{number}", group, [one for one in month.people if one.group == group])


def _carried(month: Standing) -> set[tuple[str, str]]:
    return {key for earlier in month.earlier for key, left in earlier.left.items() if before(month, *key) and left}


def _pool(month: Standing, keys: Keys, name: str, group: str, team: Sequence[Agent]) -> None:
    claims = _claims(month, keys, team)
    total = _pool_cents(month, keys, group, team, list(claims))
    line = f"{name}.{group}" if group else name
    month.pools[line] = total
    if not sum(claims.values()):
        if total:
            month.said.add("pool-undistributed")
        return
    for who, part in shared(total, claims).items():
        month.add(who, line, "bonus", part, name)


def _claims(month: Standing, keys: Keys, team: Sequence[Agent]) -> dict[str, Fraction]:
    """What each may claim: a score by days, a figure as it is, or days alone; × the weight of the level."""
    by, found = keys.get("split_by", "score"), {}
    for one in team:
        if not month.competes(one):
            continue
        figures = {"score": month.score(one), "equal": Fraction(1)}
        figure = month.value(one.agent_id, keys["measure"]) if by == "measure" else figures[by]
        if figure is None:
            continue
        days = month.regular(one) if keys.get("prorate", True) and by != "measure" else 1
        weight = Fraction(keys.get("weights", {}).get(one.level, 1))
        found[one.agent_id] = max(figure, Fraction(0)) * days * weight
    return found


def _pool_cents(month: Standing, keys: Keys, group: str, team: Sequence[Agent], claiming: Sequence[str]) -> int:
    if "amount" in keys:
        return cents(Fraction(keys["amount"]))
    if "per_head" in keys:
        days = {one.agent_id: Fraction(month.regular(one), month.due) for one in team}
        heads = [days[who] if keys.get("prorate", True) else Fraction(1) for who in claiming]
        return cents(Fraction(keys["per_head"]) * sum(heads))
    others = month.given.others if keys["counts"] == "everybody" else []
    gone = [one for one in others if keys.get("per") != "group" or one.group == group]
    net = sum((month.value(one.agent_id, keys["of"]) or Fraction(0) for one in [*team, *gone]), Fraction(0))
    word = keys["negative"]
    brought = before(month, keys["label"], group) if word == "carry" else Fraction(0)
    if brought:
        month.said.add("carried-from-earlier")
    if net < 0:
        month.said.add(f"below-zero-{word}")
    counted, left = settled(net, brought, word)
    if word == "carry":
        month.left[keys["label"], group] = left
    tiers = [(Fraction(tier["from"]), Fraction(tier["rate"])) for tier in keys["tiers"]]
    commission = sum(by_tiers(counted, tiers, keys["mode"]))
    return cents(Fraction(commission, 100) * Fraction(keys["share"]))
