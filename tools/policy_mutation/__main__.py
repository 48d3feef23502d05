"""``python -m tools.policy_mutation``: the changes of the shipped policies that no worked example notices."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping

from csctl.store import shipped
from tools.policy_mutation.rules import unproved
from tools.policy_mutation.run import Outcome, all_changes, policies, sampled, try_changes
from tools.policy_mutation.same import same_meaning

KINDS = ("noticed", "refused", "same", "survived")


def main() -> int:
    """Print the counts of each policy and every survivor; 1 if there is one."""
    asked = _arguments().parse_args()
    if asked.rules:
        return _rules(asked.policy or shipped.policy_names())
    everything = [one for one in all_changes(asked.policy or policies()) if asked.key in one.path]
    wanted = sampled(everything, asked.sample, asked.seed)
    counts: dict[str, Counter[str]] = {}
    for one in try_changes(wanted, same_meaning(), asked.jobs):
        counts.setdefault(one.change.policy, Counter())[one.kind] += 1
        if asked.verbose or one.kind == "survived":
            print(said_of(one), flush=True)
    for line in counted(counts):
        print(line)
    return int(any(kinds["survived"] for kinds in counts.values()))


def _rules(names: Iterable[str]) -> int:
    """Print the rules called computed of which no example would notice a change; 1 if there is one."""
    missing = {name: unproved(name) for name in names}
    for name, rules in missing.items():
        print(f"{name}: {', '.join(rules) or 'every rule called computed is proved'}")
    return int(any(missing.values()))


def said_of(one: Outcome) -> str:
    """A change with its file, line and key, and what came of it."""
    where = f"{one.change.policy}.toml:{one.change.line}: {one.change.path}"
    return f"{where}: {one.change.before} → {one.change.after}: {one.by or one.reason or 'SURVIVED'}"


def counted(counts: Mapping[str, Counter[str]]) -> list[str]:
    """A line of numbers for each policy, and one for all."""
    total: Counter[str] = sum(counts.values(), Counter())
    return [*(_count(name, kinds) for name, kinds in counts.items()), _count("all", total)]


def _count(name: str, kinds: Counter[str]) -> str:
    return f"{name}: {kinds.total()} changes: " + ", ".join(f"{kinds[kind]} {kind}" for kind in KINDS)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.policy_mutation", description=__doc__)
    parser.add_argument("--policy", action="append", metavar="NAME", help="only this one; may be given again")
    parser.add_argument("--key", default="", metavar="TEXT", help="only keys whose path has this text")
    parser.add_argument("--sample", type=int, metavar="N", help="only so many changes, chosen at random")
    parser.add_argument("--seed", type=int, default=0, help="of the choice (default 0)")
    parser.add_argument("--jobs", type=int, metavar="N", help="processes (default: one for each core)")
    parser.add_argument("--rules", action="store_true", help="instead, the rules called computed that are not proved")
    parser.add_argument("--verbose", action="store_true", help="every change with who noticed it")
    return parser


if __name__ == "__main__":
    sys.exit(main())
