"""What several people share: places, pools."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tests.core.paying.oracle.exact import cents, shared
from tests.core.paying.oracle.people import Person, Stay
from tests.core.paying.oracle.scales import before, by_tiers, settled
from tests.core.paying.oracle.scored import contests, figure, holds, score
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
                count = month.happened(keys["each"], one) if "each" in keys else int(holds(month, keys["when"], one))
            month.add(one.agent_id, keys["id"], "award", cents(Fraction(keys["amount"]) * count), keys["id"])


def _first(month: Standing, keys: Keys, people: Sequence[Person]) -> None:
    """By place: those who are tied have the amount of the place each, share those of their places, or have nothing."""
    amounts = [cents(Fraction(one)) for one in keys.get("top") or [keys["amount"]]]
    for contest in contests(month, keys["first"]):
        own = [(one.agent_id, figure(month, keys["first"], one)) for one in contest if one in people]
        figures = {who: each for who, each in own if each is not None and each > 0}
        place = 0
        for best in sorted(set(figures.values()), reverse=True):
            tied = [who for who, each in figures.items() if each == best]
            here = amounts[place : place + len(tied)]
            place += len(tied)
            if keys["ties"] == "none" and len(tied) > 1:
                continue
            parts = shared(sum(here), dict.fromkeys(tied, Fraction(1)))
            for who in tied:
                part = parts[who] if keys["ties"] == "split" else (here or [0])[0]
                month.add(who, keys["id"], "award", part, keys["id"])


def _row(month: Standing, streak: Keys, one: Person) -> int:
    """Months in a row up to this one."""
    length = 0
    for at in [*month.earlier, month][::-1]:
        if not _counts(at, streak, one.agent_id):
            break
        length += 1
    return length


def _counts(month: Standing, streak: Keys, who: str) -> bool:
    found = [one for one in month.people if one.agent_id == who]
    if not found:
        return False
    first = "first" not in streak or _leads(month, found[0])
    return first and ("measure" not in streak or (month.value(who, streak["measure"]) or 0) >= 1)


def _leads(month: Standing, one: Person) -> bool:
    """Whether somebody has the highest score of those who are compared."""
    [people] = [own for own in contests(month, "score") if one in own]
    scores = [own for other in people if (own := score(month, other)) is not None]
    return bool(scores) and score(month, one) == max(scores)


def pool(month: Standing) -> None:
    """One for the team or for each group, shared among those of whom it is known what it is shared by."""
    for number, keys in enumerate(month.pay.get("pool", []), 1):
        if keys.get("per") != "group":
            _pool(month, keys, f"pool{number}", "")
            continue
        groups = {stay.group for one in month.people for stay in _stays(month, keys, one)}
        if "of" in keys:
            groups |= {
                stay.group
                for one in month.people
                for stay in one.stays
                if month.value_on(one, keys["of"], lambda other, stay=stay: other.group == stay.group)  # type: ignore[misc]
                and month.dated(one, keys["of"])
            }
        if "of" in keys and keys["counts"] == "everybody":
            groups |= {group for who, group in month.others if month.value_beside(who, keys["of"])}
        groups |= {
            group for (name, group) in _carried(month) if name == keys["label"] and keys.get("negative") == "carry"
        }
        for group in sorted(groups):
            _pool(month, keys, f"pool{number}", group)


def _carried(month: Standing) -> set[tuple[str, str]]:
    return {key for earlier in month.earlier for key, left in earlier.left.items() if before(month, *key) and left}


def _stays(month: Standing, keys: Keys, one: Person) -> list[Stay]:
    """The parts of the month that a pool counts by their days: the end of it for all, where part of a month is as good
    as all of it, or where a figure tells no days.
    """
    by_days = keys.get("prorate", True) and ("measure" not in keys or month.parted(one, keys["measure"]))
    return one.stays if by_days else one.stays[-1:]


def _pool(month: Standing, keys: Keys, name: str, group: str) -> None:
    heads: dict[tuple[str, int], int] = {}
    claims: dict[str, Fraction] = {}
    lines: dict[str, tuple[str, str]] = {}
    line = f"{name}.{group}" if group else name
    for one in month.people:
        for number, (claim, days) in enumerate(_claims(month, keys, group, one), 1):
            key = one.agent_id if number == 1 else f"{one.agent_id} {number:02}"
            claims[key], heads[one.agent_id, number] = claim, days
            lines[key] = (one.agent_id, line if number == 1 else f"{line}.{number}")
    total = _pool_cents(month, keys, group, sum(heads.values()))
    month.pools[line] = total
    if not sum(claims.values()):
        if total:
            month.said.add("pool-undistributed")
        return
    for key, part in shared(total, claims).items():
        month.add(*lines[key], "bonus", part, name)


def _claims(month: Standing, keys: Keys, group: str, one: Person) -> list[tuple[Fraction, int]]:
    """What somebody may claim, one for each weight: a score by days, a figure as it is, or days alone; and the days."""
    stays, by = _stays(month, keys, one), keys.get("split_by", "score")
    whole = len(stays) < len(one.stays)
    own = [stay for stay in stays if stay.level != "lead" and (not group or stay.group == group)]
    if not own or not (month.regular(one) if by == "measure" or whole else sum(stay.regular for stay in own)):
        return []
    found = []
    for weight in dict.fromkeys(_weight(keys, stay) for stay in own):
        parts = [stay for stay in own if _weight(keys, stay) == weight]
        figures = {"score": score(month, one), "equal": Fraction(1)}
        known = figures.get(by)
        if by == "measure":
            known = month.value_on(one, keys["measure"], lambda stay, parts=parts: whole or stay in parts)  # type: ignore[misc]
        if known is None:
            continue
        days = (
            (month.regular(one) if whole else sum(stay.regular for stay in parts)) if keys.get("prorate", True) else 1
        )
        found.append((max(known, Fraction(0)) * (1 if by == "measure" else days) * weight, days))
    return found


def _weight(keys: Keys, stay: Stay) -> Fraction:
    weight = Fraction(keys.get("weights", {}).get(stay.level, 1))
    return weight * stay.fte if keys.get("by_fte") else weight


def _pool_cents(month: Standing, keys: Keys, group: str, heads: int) -> int:
    if "amount" in keys:
        return cents(Fraction(keys["amount"]))
    if "per_head" in keys:
        due = month.due if keys.get("prorate", True) else 1
        return cents(Fraction(keys["per_head"]) * heads / due) if heads else 0
    net = sum((_sold(month, keys, group, one) for one in month.people), Fraction(0))
    if keys["counts"] == "everybody":
        beside = [month.value_beside(who, keys["of"]) for who, own in month.others if not group or own == group]
        net += sum((own for own in beside if own is not None), Fraction(0))
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


def _sold(month: Standing, keys: Keys, group: str, one: Person) -> Fraction:
    """What somebody sold in a group: each row by its day; all of it at the end, where nothing tells the days."""
    if not group or not month.parted(one, keys["of"]):
        return (month.value(one.agent_id, keys["of"]) or Fraction(0)) if group in ("", one.group) else Fraction(0)
    return month.value_on(one, keys["of"], lambda stay: stay.group == group) or Fraction(0)
