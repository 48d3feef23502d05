"""What the month itself has left open: rows of nobody, sheets not handed in, law, data, assumptions, sums.

Each function gives the lines of one topic of the sign-off: a warning is a question to answer before closing, a note
is information, an error is a sum that does not agree: a bug, or lines that somebody changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from csctl.core.closing.comparing import ABSENT, paid_from, shown_scores, staff_of_month
from csctl.core.closing.publishing import not_appealable
from csctl.core.people.called import id_and_name
from csctl.core.people.cards import cards_of
from csctl.core.people.roster import competing
from csctl.core.records.advice import Advice, article_text
from csctl.core.records.fates import Fates
from csctl.core.records.lines import PayLine, ScoreLine, as_records
from csctl.core.records.result import MonthResult
from csctl.core.scoring.handed_in import BLANK, CODES, NAMED_SUPERIOR, agents_without_sheet, roles_asked
from csctl.core.scoring.ratings import Rating, Sheets
from csctl.messages import catalogue, place_text, problem, problem_text, say
from csctl.money import amount_text, to_cents
from csctl.policy.model import Policy
from csctl.problems import Problem, Severity, errors_and_warnings, in_order, shortened

UNCREDITED = frozenset({"row-without-agent", "agent-unknown", "agent-like", "agents-several", "agent-ambiguous"})
"""Problems of rows that are credited to nobody."""
NOT_EMPLOYED = frozenset({"rows-not-employed", "money-not-employed"})
"""Problems of rows of people who do not work here in the month: they count for no person."""
SHEETS = frozenset({*CODES.values(), NAMED_SUPERIOR, BLANK})
"""Problems of sheets that are missing: they have a topic of their own."""
EXAMPLES_SHOWN = 3


def uncredited_topic(result: MonthResult) -> Iterator[Problem]:
    """Every name and number that stands for nobody, as it was found, and the number of their rows."""
    found = [fault for fault in in_order(result.problems) if fault.code in UNCREDITED]
    others = [fault for fault in in_order(result.problems) if fault.code in NOT_EMPLOYED]
    if not found and not others:
        yield problem("closing-all-credited")
    if found:
        yield problem("closing-uncredited", found=sum(int(str(fault.parameters["rows"])) for fault in found))
    yield from (*found, *others)


def sheets_topic(result: MonthResult, ratings: Iterable[Rating], language: str) -> Iterator[Problem]:
    """Who lacks a sheet that the policy asks for, by role."""
    if not roles_asked(result.policy):
        yield problem("closing-no-sheets-asked")
        return
    staff = staff_of_month(result)
    ranked = sorted(competing(result.policy, staff.values()))
    cards = cards_of(result.policy, staff.values())
    without = agents_without_sheet({agent_id: cards[agent_id].policy for agent_id in ranked}, Sheets(ratings))
    for role, missing in without.items():
        if missing:
            names = tuple(id_and_name(staff[agent_id]) for agent_id in missing)
            yield problem("closing-sheet-missing", found=names, count=len(missing), role=_role(role, language))
    if not any(without.values()):
        yield problem("closing-sheets-whole", found=len(ranked))


def _role(role: str, language: str) -> str:
    return say(f"role-{role}", language) if f"role-{role}" in catalogue() else role


def law_topic(result: MonthResult, language: str) -> Iterator[Problem]:
    """The hints by article: how many, and the first with whom and how much they concern.

    What concerns somebody in this month is asked about; what only the policy says is known every month. Rules that
    bind nobody yet are asked about whether hints are wanted or not.
    """
    for one in not_appealable(result.policy, result.month):
        yield problem("closing-not-in-force", found=result.month, why=problem_text(one, language))
    if not result.policy.under_law:
        yield problem("closing-law-off")
        return
    articles: dict[str, list[Advice]] = {}
    for advice in result.advice:
        articles.setdefault(advice.article, []).append(advice)
    for hints in articles.values():
        code = "closing-law" if any(one.agent_id for one in hints) else "closing-law-in-policy"
        shown = shortened([_concerns(one, language) for one in hints], EXAMPLES_SHOWN)
        article = article_text(hints[0], language)
        yield problem(code, found=article, count=len(hints), first=shown)
    if not articles:
        yield problem("closing-law-nothing")


def _concerns(advice: Advice, language: str) -> str:
    name = advice.agent_id or say("sheet.law-everybody", language)
    return name if advice.amount_cents is None else f"{name} {amount_text(advice.amount_cents)}"


def data_topic(result: MonthResult, language: str) -> Iterator[Problem]:
    """Problems by kind: one as it is, several as their number and the first of them."""
    kinds: dict[str, list[Problem]] = {}
    for fault in in_order(result.problems):
        if fault.code not in UNCREDITED | NOT_EMPLOYED | SHEETS:
            kinds.setdefault(fault.code, []).append(fault)
    notes = [fault for several in kinds.values() for fault in several if fault.severity is Severity.NOTE]
    serious = [several for several in map(errors_and_warnings, kinds.values()) if several]
    for several in serious:
        yield several[0] if len(several) == 1 else _kind_line(several, language)
    if not serious:
        yield problem("closing-data-clean")
    if result.coverage:
        yield _rows_line(result.coverage)
    if notes:
        yield problem("closing-data-notes", found=len(notes))


def _rows_line(coverage: Sequence[Fates]) -> Problem:
    """What became of all rows of the month's files."""
    return problem(
        "closing-fates",
        found=sum(one.rows for one in coverage),
        counted=sum(one.counted for one in coverage),
        form=sum(one.title + one.header + one.blank for one in coverage),
        left_out=sum(one.all_left_out for one in coverage),
        refused=sum(one.refused for one in coverage),
        nobody=sum(one.nobody for one in coverage),
        others=sum(one.not_employed for one in coverage),
    )


def _kind_line(several: Sequence[Problem], language: str) -> Problem:
    first = ": ".join(part for part in (place_text(several[0], language), problem_text(several[0], language)) if part)
    return problem("closing-data-kind", found=first, count=len(several))


def assumptions_topic(policy: Policy) -> Iterator[Problem]:
    """The numbers that were made up so that the policy runs: how many, and each."""
    examples = [one for one in policy.assumption if one.kind == "example"]
    yield problem("closing-examples", found=len(examples)) if examples else problem("closing-no-examples")
    for one in examples:
        yield problem("closing-example", found=one.text, number=one.id)


def arithmetic_topic(result: MonthResult) -> Iterator[Problem]:
    """Sums made a second way: shares and pools, pay lines and shares, products, scores and their lines."""
    wrong = [*_pools(result), *_products(result), *_scores(result)]
    yield from wrong
    if not wrong:
        lines = len(result.pay_lines) + len(result.pools) + len(shown_scores(result))
        yield problem("closing-sums-right", found=lines)


def _pools(result: MonthResult) -> Iterator[Problem]:
    paid: dict[str, int] = {}
    for line in as_records(result.pay_lines, PayLine):
        if line.basis == "pool":
            paid[line.source] = paid.get(line.source, 0) + line.amount_cents
    for one in result.pools:
        due = 0 if one.undistributed else one.pool_cents
        for cents in sorted({paid_from(one), paid.get(one.pool, 0)} - {due}):
            yield problem("closing-pool-unequal", found=one.label, left=amount_text(cents), right=amount_text(due))


def _products(result: MonthResult) -> Iterator[Problem]:
    for line in as_records(result.pay_lines, PayLine):
        product = to_cents(Fraction(line.quantity) * Fraction(line.rate) / Fraction(line.divisor))
        if line.basis == "product" and product != line.amount_cents:
            paid, due = amount_text(line.amount_cents), amount_text(product)
            yield problem("closing-product-unequal", found=line.label, agent=line.agent_id, left=paid, right=due)


def _scores(result: MonthResult) -> Iterator[Problem]:
    sums: dict[str, Decimal] = {}
    for line in as_records(result.score_lines, ScoreLine):
        sums[line.agent_id] = sums.get(line.agent_id, Decimal(0)) + line.contribution
    totals: Mapping[str, Decimal] = shown_scores(result)
    for agent_id in sorted(totals.keys() | sums.keys()):
        score, total = totals.get(agent_id), sums.get(agent_id, Decimal(0))
        # Without a score the lines show what is known and add nothing.
        if (Decimal(0) if score is None else score) != total:
            left = ABSENT if score is None else score
            yield problem("closing-score-unequal", found=agent_id, left=left, right=total)
