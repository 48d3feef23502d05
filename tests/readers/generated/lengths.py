"""Lengths of time in every dress."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from tests.readers.generated.cells import BOOKS, TEXT, Cell, Fact, Form, Num, Row, Span, plain

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
TEXTS = frozenset({TEXT})


def _multiple(step: int, most: int) -> Callable[[Random, Row], Fact]:
    """Seconds in steps, above zero."""
    return lambda dice, _: Decimal(step * dice.randint(1, most // step))


SHORT, LONG = _multiple(1, 3_599), _multiple(1, 40_000)


def _halves(dice: Random, _: Row) -> Fact:
    return Decimal(dice.randint(1, 7_000)) / 2


def _parts(seconds: Decimal) -> tuple[int, int, int]:
    whole = int(seconds)
    return whole // 3600, whole // 60 % 60, whole % 60


def _clock(seconds: Decimal) -> str:
    hours, minutes, rest = _parts(seconds)
    return f"{hours}:{minutes:02d}:{rest:02d}"


def _padded(seconds: Decimal) -> str:
    hours, minutes, rest = _parts(seconds)
    return f"{hours:02d}:{minutes:02d}:{rest:02d}"


def _fraction(seconds: Decimal) -> str:
    return f"{_padded(seconds)}.{int(seconds * 1000 % 1000):03d}"


def _minutes_seconds(seconds: Decimal) -> str:
    return f"{int(seconds) // 60:02d}:{int(seconds) % 60:02d}"


def _hours_minutes(seconds: Decimal) -> str:
    return f"{int(seconds) // 3600:02d}:{int(seconds) // 60 % 60:02d}"


def _words(hour: str, minute: str, second: str, gap: str = "") -> Callable[[Decimal], str]:
    def write(seconds: Decimal) -> str:
        named = zip(_parts(seconds), (hour, minute, second), strict=True)
        return gap.join(f"{count}{word}" for count, word in named if count)

    return write


def _iso(seconds: Decimal) -> str:
    return "PT" + _words("H", "M", "S")(seconds)


def _script(seconds: Decimal) -> str:
    days, rest = divmod(int(seconds), 86_400)
    return f"{days} days {_padded(Decimal(rest))}"


def _python(seconds: Decimal) -> str:
    days, rest = divmod(int(seconds), 86_400)
    return f"{days} day{'s' if days > 1 else ''}, {_clock(Decimal(rest))}"


def _primes(minute: str, second: str) -> Callable[[Decimal], str]:
    return lambda seconds: f"{int(seconds) // 60}{minute}{int(seconds) % 60:02d}{second}"


def _over(divisor: int) -> Callable[[Decimal], Cell]:
    return lambda seconds: Num(seconds / divisor)


def _thousand(seconds: Decimal) -> str:
    return f"{seconds:,}"


def _shown(form: str) -> Callable[[Decimal], Cell]:
    return lambda seconds: Span(seconds, form)


BARE = _over(1)
SECONDS = (
    Form("seconds: bare seconds, header says so", LONG, BARE, unit="seconds"),
    Form("seconds: bare half seconds, header says so", _halves, BARE, unit="seconds"),
    Form("seconds: bare minutes, header says so", _multiple(6, 7_200), _over(60), unit="minutes"),
    Form("seconds: bare hours, header says so", _multiple(36, 30_000), _over(3_600), unit="hours"),
    Form("seconds: bare milliseconds, header says so", LONG, lambda s: Num(s * 1000), unit="milliseconds"),
    Form("seconds: 1,250 under seconds", LONG, _thousand, unit="seconds"),
    Form("seconds: wide digits under seconds", SHORT, lambda s: plain(s).translate(_WIDE), unit="seconds"),
    Form("seconds: bare seconds, mapping says so", LONG, BARE, rule={"unit": "seconds"}),
    Form("seconds: bare minutes, mapping says so", _multiple(6, 7_200), _over(60), rule={"unit": "minutes"}),
    Form("seconds: bare hours, mapping says so", _multiple(36, 30_000), _over(3_600), rule={"unit": "hours"}),
    Form("seconds: bare minutes, mapping against header", _multiple(6, 7_200), _over(60), unit="seconds",
         rule={"unit": "minutes"}),
    Form("seconds: bare seconds, nothing says so", LONG, BARE, clean=False),
    Form("seconds: bare minutes, nothing says so", _multiple(6, 7_200), _over(60), clean=False),
    Form("seconds: bare hours, nothing says so", _multiple(36, 30_000), _over(3_600), clean=False),
    Form("seconds: h:mm:ss and bare seconds mixed", LONG, lambda s: Num(s) if s % 2 else _clock(s), clean=False),
    Form("seconds: h:mm:ss and bare minutes mixed", _multiple(6, 7_200), lambda s: Num(s / 60) if s % 4 else _clock(s),
         clean=False),
    Form("seconds: 2分30秒 and bare minutes mixed", _multiple(6, 7_200),
         lambda s: Num(s / 60) if s % 4 else _words("小时", "分", "秒")(s), clean=False),
    Form("seconds: h:mm:ss", LONG, _clock),
    Form("seconds: hh:mm:ss", SHORT, _padded),
    Form("seconds: hh:mm:ss under a header of seconds", SHORT, _padded, unit="seconds"),
    Form("seconds: hh:mm:ss under a header of minutes", SHORT, _padded, unit="minutes"),
    Form("seconds: hh:mm:ss.fff", _halves, _fraction),
    Form("seconds: hh:mm:ss beyond a day", _multiple(1, 300_000), _padded),
    Form("seconds: mm:ss, header says mm:ss", SHORT, _minutes_seconds, unit="mm:ss"),
    Form("seconds: mm:ss under a header of minutes", SHORT, _minutes_seconds, unit="minutes"),
    Form("seconds: mm:ss, nothing says so", SHORT, _minutes_seconds, clean=False),
    Form("seconds: hh:mm, header says hh:mm", _multiple(60, 80_000), _hours_minutes, unit="hh:mm"),
    Form("seconds: hh:mm under a header of hours", _multiple(60, 80_000), _hours_minutes, unit="hours"),
    Form("seconds: hh:mm, nothing says so", _multiple(60, 80_000), _hours_minutes, clean=False),
    Form("seconds: 1小时2分30秒", LONG, _words("小时", "分", "秒")),
    Form("seconds: 2分钟30秒", SHORT, _words("小时", "分钟", "秒")),
    Form("seconds: 2分30秒 under a header of seconds", SHORT, _words("小时", "分", "秒"), unit="seconds"),
    Form("seconds: 1h 2m 30s", LONG, _words("h", "m", "s", " ")),
    Form("seconds: 2m30s", SHORT, _words("h", "m", "s")),
    Form("seconds: 2 min 30 sec", SHORT, _words(" hr", " min", " sec", " ")),
    Form("seconds: 2 minutes 30 seconds", SHORT, _words(" hours", " minutes", " seconds", " ")),
    Form("seconds: 2 minutes, 30 seconds", SHORT, _words(" hours", " minutes", " seconds", ", "), clean=False),
    Form("seconds: 150秒", LONG, lambda s: f"{s}秒"),
    Form("seconds: 150s", LONG, lambda s: f"{s}s"),
    Form("seconds: 2.5分钟", _multiple(6, 7_200), lambda s: f"{plain(s / 60)}分钟"),
    Form("seconds: 2.5 min under a header of seconds", _multiple(6, 7_200), lambda s: f"{plain(s / 60)} min",
         unit="seconds"),
    Form("seconds: PT2M30S", LONG, _iso),
    Form("seconds: 2'30\"", SHORT, _primes("'", '"')),
    Form("seconds: 2′30″", SHORT, _primes("′", "″")),
    Form("seconds: 0 days 00:02:30", LONG, _script),
    Form("seconds: 1 day, 0:02:30", lambda dice, _: Decimal(dice.randint(86_400, 300_000)), _python),
    Form("seconds: time cell h:mm:ss", LONG, _shown("h:mm:ss"), media=BOOKS),
    Form("seconds: time cell mm:ss", SHORT, _shown("mm:ss"), media=BOOKS),
    Form("seconds: time cell hh:mm", _multiple(60, 7_200), _shown("hh:mm"), media=BOOKS),
    Form("seconds: time cell [h]:mm:ss", _multiple(1, 300_000), _shown("[h]:mm:ss"), media=BOOKS),
    Form("seconds: time cell [mm]:ss", LONG, _shown("[mm]:ss"), media=BOOKS),
    Form("seconds: time cell [ss]", LONG, _shown("[ss]"), media=BOOKS),
    Form("seconds: time cell under a header of minutes", LONG, _shown("h:mm:ss"), media=BOOKS, unit="minutes"),
    Form("seconds: day fraction without a format", LONG, _shown("General"), clean=False, media=BOOKS),
)  # fmt: skip
"""Facts are Decimal seconds."""
