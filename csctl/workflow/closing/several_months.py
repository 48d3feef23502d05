"""Closing several months in order with one signature: each as one close would, up to the first that may not be.

All pages are made before anything is booked, so that they can be looked at together. Then month after month is
computed again on top of the one just closed, sealed and published: whatever interrupts it, the months before are
closed and whole, and the same command goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from csctl.core.closing.limits import missing_before, missing_months_problem
from csctl.core.closing.sign_off import SignOff, has_findings
from csctl.messages import problem
from csctl.month import Month, months_between
from csctl.problems import Problem, errors, errors_and_warnings, shortened
from csctl.workflow.closing.one_month import CloseAsked, Closing, close_next, sign_off_of
from csctl.workflow.ledger.closed import Books
from csctl.workflow.month.compute import Computed
from csctl.workflow.month.open_months import OpenMonth, computed_open, months_to_close
from csctl.workflow.session import session


@dataclass(frozen=True, slots=True)
class SignedPage:
    """A month's page before it is closed; without one there are the problems that stand in its way."""

    month: Month
    computed: Computed | None
    page: SignOff | None
    problems: tuple[Problem, ...]

    @property
    def stops(self) -> bool:
        """Whether the month cannot be closed at all."""
        return self.page is None or bool(errors(self.problems))

    @property
    def to_look_at(self) -> bool:
        """Whether somebody must look at it before it is closed."""
        return self.stops or self.page is None or has_findings(self.page)


AgreeAll = Callable[[Sequence[SignedPage]], bool]
"""Shown all pages, asked once: whether to close the months that need a look as well."""


@dataclass(frozen=True, slots=True)
class ClosingThrough:
    """What closing several months came to, in their order; the last is where it stopped, if it did.

    ``stopped_at`` is the month that was not closed, with ``problems`` that say why and what to write.
    """

    closings: tuple[Closing, ...]
    stopped_at: Month | None
    problems: tuple[Problem, ...]


def close_through(wanted: CloseAsked, agree: AgreeAll) -> ClosingThrough:
    """Close all open months up to the one asked for. ``agree`` is asked once, before anything is booked."""
    with session(wanted.asked.folder) as hindered:
        if hindered:
            return ClosingThrough((), None, hindered)
        return _close_through(wanted, agree)


def _close_through(wanted: CloseAsked, agree: AgreeAll) -> ClosingThrough:
    books, months, problems = months_to_close(wanted.asked)
    if books is None:
        return ClosingThrough((), None, tuple(problems))
    if not months:
        last = books.months[-1] if books.months else None
        return ClosingThrough((), None, (problem("close-nothing-open", found=wanted.asked.month, last=last or "–"),))
    beyond = _beyond(wanted, books, months)
    if beyond is not None:
        return ClosingThrough((), None, (beyond,))
    pages = _all_pages(wanted, books, months)
    agreed = agree(pages)
    closings: list[Closing] = []
    for signed in pages:
        if signed.stops:
            return ClosingThrough(tuple(closings), signed.month, errors_or_all(signed.problems))
        if signed.to_look_at and not agreed:
            return ClosingThrough(tuple(closings), signed.month, (_look_at(signed.month, wanted),))
        closing = close_next(replace(wanted, asked=replace(wanted.asked, month=str(signed.month))), _as_signed(signed))
        if closing.state == "declined":
            return ClosingThrough(tuple(closings), signed.month, (_look_at(signed.month, wanted),))
        closings.append(closing)
        if closing.state != "closed":
            return ClosingThrough(tuple(closings), signed.month, closing.problems)
    return ClosingThrough(tuple(closings), None, ())


def _beyond(wanted: CloseAsked, books: Books, months: Sequence[Month]) -> Problem | None:
    """Why nothing is closed where the month asked for lies behind all that have a file: it was mistyped, or files are
    not there yet.
    """
    last = Month.parse(wanted.asked.month or "")
    never = books.workspace.config.sign_off.never
    after = [one for one in months_between(months[-1].shift(1), last) if str(one) not in never] if last else []
    if last is None or not after:
        return None
    missing = shortened([str(one) for one in after])
    future = last.last >= wanted.asked.today
    code = "close-through-future" if future else "close-through-missing"
    return problem(code, found=last, months=missing, through=months[-1])


def errors_or_all(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """What stands in the way: the errors; all of them if none is one."""
    return tuple(errors(problems)) or tuple(problems)


def _all_pages(wanted: CloseAsked, books: Books, months: Sequence[Month]) -> list[SignedPage]:
    """The pages of all months, up to the first before which a month is missing: it could never be closed later."""
    limits = books.workspace.config.sign_off
    for number, month in enumerate(months):
        earlier = months[number - 1] if number else books.months[-1] if books.months else month
        missing = missing_before(limits, earlier, month, ())
        if missing:
            pages = _pages(computed_open(wanted.asked, months[:number]))
            stops = SignedPage(month, None, None, (missing_months_problem(limits, month, missing),))
            return pages if pages and pages[-1].stops else [*pages, stops]
    return _pages(computed_open(wanted.asked, months))


def _pages(months: Sequence[OpenMonth]) -> list[SignedPage]:
    """The pages up to the first month that cannot be computed: later ones would build on it."""
    pages: list[SignedPage] = []
    for one in months:
        page = sign_off_of(one.computed) if one.computed else None
        lines = [line for topic in page.topics for line in topic.lines] if page else list(one.problems)
        pages.append(SignedPage(one.month, one.computed, page, tuple(lines)))
        if pages[-1].stops:
            break
    return pages


def _as_signed(signed: SignedPage) -> Callable[[Computed, SignOff], bool]:
    """Whether a page made just before the month is sealed holds no finding but those that were looked at."""
    known = {(line.code, str(line.place), str(line.found)) for line in errors_and_warnings(signed.problems)}

    def agree(_: Computed, page: SignOff) -> bool:
        lines = [line for topic in page.topics for line in errors_and_warnings(topic.lines)]
        return all((line.code, str(line.place), str(line.found)) in known for line in lines)

    return agree


def _look_at(month: Month, wanted: CloseAsked) -> Problem:
    return problem("close-look-first", found=month, through=wanted.asked.month)
