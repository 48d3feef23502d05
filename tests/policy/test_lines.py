"""Line numbers of keys, compared with what the standard parser reads from the same text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.policy.lines import Path, line_of

EXAMPLE = '''\
# a comment with key = 1 and [table]
id = "x"   # [[dimension]]
"quoted key" = 1
'a.b' = 2
one.two.three = 3
text = """
[not.a.table]
fake = 1
"""

[[dimension]]
id = "first"
[[dimension.indicator]]
id = "a"
bands = [ # ]
    { level = "x", at_least = 1 },

    { level = "y" },
]
[[dimension.indicator]]
id = "b"
[[dimension]]
id = "second"
[[dimension.indicator]]
id = "c"
[dimension.extra]
deep = { er = { est = 1 } }
[ pay . "base" ]
amounts = { "初级" = 2000, "高级" = [
    1,
    2,
] }
'''

WANTED: list[tuple[Path, int | None]] = [
    (("id",), 2),
    (("quoted key",), 3),
    (("a.b",), 4),
    (("one",), 5),
    (("one", "two", "three"), 5),
    (("text",), 6),
    (("fake",), None),
    (("dimension",), 11),
    (("dimension", 0), 11),
    (("dimension", 0, "id"), 12),
    (("dimension", 0, "indicator", 0), 13),
    (("dimension", 0, "indicator", 0, "bands", 0, "at_least"), 16),
    (("dimension", 0, "indicator", 0, "bands", 1), 18),
    (("dimension", 0, "indicator", 1, "id"), 21),
    (("dimension", 1), 22),
    (("dimension", 1, "indicator", 0, "id"), 25),
    (("dimension", 1, "extra", "deep", "er", "est"), 27),
    (("pay", "base"), 28),
    (("pay", "base", "amounts", "高级", 1), 31),
    (("dimension", 1, "extra", "nothing", "here"), 26),
    (("dimension", 7, "id"), 11),
    (("nowhere",), None),
    ((), None),
]


@pytest.mark.parametrize(("path", "line"), WANTED, ids=str)
def test_a_key_stands_on_the_line_where_it_is_written(path: Path, line: int | None) -> None:
    """Headers, nested arrays of tables, dotted and quoted keys, inline tables, and the nearest known ancestor."""
    assert line_of(EXAMPLE, path) == line


def test_the_example_is_read_by_the_standard_parser() -> None:
    """The paths asked for are those of a real document."""
    read = tomllib.loads(EXAMPLE)
    assert read["dimension"][0]["indicator"][0]["bands"][1] == {"level": "y"}
    assert read["pay"]["base"]["amounts"]["高级"] == [1, 2]


def test_line_ends_of_windows_count_once() -> None:
    """A text saved on Windows has the same line numbers."""
    text = EXAMPLE.replace("\n", "\r\n")
    assert [line_of(text, path) for path, _ in WANTED] == [line for _, line in WANTED]


SCALARS = (
    '"{}"',
    "'{} # = ['",
    '"{} \\" ] }} \\\\"',
    "'''{} ' ] ''' #'''",
    '"""{} \\""" "" \\\nx = 1\n[[y]]\n"""""',
    "'''{}\n[z]\nq = '' [ '''''",
)


class Writer:
    """Writes random TOML in which every key and every text is unique, so each has one right line."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.numbers = count(1)
        self.lines: list[str] = []

    def key(self) -> tuple[str, str]:
        """A key, and how it is written."""
        name = f"k{next(self.numbers)}_"
        return self.draw(st.sampled_from([(name, name), (f"{name}.#=", f'"{name}.#="'), (f"{name}]", f"'{name}]'")]))

    def value(self, depth: int, inline: bool) -> str:
        kind = self.draw(st.sampled_from("sssnal" if depth else "ssn"))
        if kind == "s":
            shapes = SCALARS[:3] if inline else SCALARS[:3] + SCALARS[4:]
            shape: str = self.draw(st.sampled_from(shapes))
            return shape.format(f"v{next(self.numbers)}_")
        if kind == "n":
            return self.draw(st.sampled_from(["1", "-2.5e3", "true", "1979-05-27 07:32:00", "0x1F"]))
        if kind == "a":
            items = [self.value(depth - 1, inline) for _ in range(self.draw(st.integers(0, 3)))]
            gap = "" if inline else self.draw(st.sampled_from(["", "\n  ", " # ] [\n\n"]))
            return "[" + gap + ("," + gap).join(items) + gap + "]"
        pairs = [f"{self.key()[1]} = {self.value(depth - 1, True)}" for _ in range(self.draw(st.integers(0, 3)))]
        return "{ " + ", ".join(pairs) + " }"

    def pairs(self) -> None:
        for _ in range(self.draw(st.integers(0, 3))):
            dotted = " . ".join(self.key()[1] for _ in range(self.draw(st.integers(1, 3))))
            self.lines.append(f"{dotted} = {self.value(2, False)}{self.draw(st.sampled_from(['', ' # x = 1']))}")

    def table(self, header: str, depth: int) -> None:
        self.pairs()
        for _ in range(self.draw(st.integers(0, 2)) if depth else 0):
            written = self.key()[1]
            path = f"{header}.{written}" if header else written
            if self.draw(st.booleans()):
                self.lines.append(f"[{path}]")
                self.table(path, depth - 1)
            else:
                for _ in range(self.draw(st.integers(1, 3))):
                    self.lines += ["# [[no]]", f"[[ {path} ]]"]
                    self.table(path, depth - 1)


@st.composite
def documents(draw: st.DrawFn) -> str:
    writer = Writer(draw)
    writer.table("", 3)
    return "\n".join(writer.lines) + "\n"


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """All paths to what holds nothing further."""
    inside = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    if not inside:
        yield path, value
    for part, item in inside:
        yield from leaves(item, (*path, part))


@given(documents())
def test_every_leaf_of_any_document_is_found_on_the_line_that_holds_its_key(text: str) -> None:
    """For each path the standard parser gives, the line named holds the last key, or the value of an array entry."""
    lines = text.split("\n")
    for path, value in leaves(tomllib.loads(text)):
        if not path:
            continue
        named = line_of(text, path)
        assert named is not None
        if isinstance(path[-1], str):
            assert path[-1] in lines[named - 1]
        elif isinstance(value, str):
            assert value.split("_")[0] + "_" in lines[named - 1]
