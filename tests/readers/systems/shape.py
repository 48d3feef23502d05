"""What a generated export is: a way to write facts as one system does, and what must be read of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from csctl.readers.grid import Cell

Rows = list[Sequence[Cell]]


@dataclass(frozen=True)
class Made:
    """The sheets of one export, in order, and the values of canonical columns that must come out, row by row."""

    sheets: Sequence[tuple[str, Rows]]
    expected: Mapping[str, Sequence[object]]


@dataclass(frozen=True)
class Shape:
    """One way in which an export of a profile is written; ``lines``: the lines that its profile asks for are needed."""

    profile: str
    name: str
    make: Callable[[Random], Made]
    lines: bool = field(default=False)


@dataclass(frozen=True)
class Person:
    """Somebody with a number, which may begin with zeros, and an account."""

    id: str
    name: str
    account: str


_SURNAMES, _GIVEN = "王李张欧阳赵单仇", "芳伟丽强静敏磊"
_ENGLISH = ("Ann Li", "Bob O'Neil", "Chen, Mei", "Dora Wu")


def people(random: Random, *, english: bool = False) -> list[Person]:
    """Two to four people of different numbers and names."""
    count = random.randint(2, 4)
    numbers = random.sample(range(1, 90), count)
    if english:
        names = random.sample(_ENGLISH, count)
    else:
        names = [f"{surname}{random.choice(_GIVEN)}" for surname in random.sample(_SURNAMES, count)]
    return [Person(f"{number:04}", name, f"u{number}") for number, name in zip(numbers, names, strict=True)]


def clock(minutes: int) -> str:
    """Minutes since midnight as HH:MM."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def length(seconds: int) -> str:
    """A length as H:MM:SS."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
