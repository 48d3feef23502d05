"""A page for each command, from the help that ``--help`` shows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import typer.main

from docs.markdown import cell, code, page, table

WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
"""What the pages say besides the help, by language."""
TYPES = {str: "TEXT", int: "NUMBER", Path: "PATH"}
_EXAMPLE = re.compile(r"^(?:示例：|Example: )(.*)$", re.DOTALL)


def tree() -> dict[str, Any]:
    """Every command that does something by its full name, ``appeal file`` and the like, in the order of the help."""
    from csctl.cli import app

    return dict(_below("", typer.main.get_command(app)))


def groups() -> dict[str, Any]:
    """The commands that only hold others."""
    from csctl.cli import app

    root: Any = typer.main.get_command(app)
    return {name: one for name, one in root.commands.items() if hasattr(one, "commands")}


def _below(prefix: str, group: Any) -> Iterator[tuple[str, Any]]:
    for name, one in group.commands.items():
        full = f"{prefix} {name}".strip()
        if hasattr(one, "commands"):
            yield from _below(full, one)
        else:
            yield full, one


def command_pages(language: str) -> dict[str, str]:
    """All pages of one language by path below docs. To be called in a process that speaks that language."""
    words, found = WORDS[language], tree()
    pages: dict[str, list[str]] = {}
    for name in found:
        pages.setdefault(name.split()[0], []).append(name)
    made = {}
    for first, names in pages.items():
        made[f"{language}/commands/{first}.md"] = _page(language, first, {name: found[name] for name in names})
    rows = [(f"[`csctl {name}`]({name.split()[0]}.md)", cell(paragraphs(one.help)[0])) for name, one in found.items()]
    made[f"{language}/commands/README.md"] = page(
        language, f"# {words['index']}", words["home"], table([words["commands"], words["does"]], rows), words["shared"]
    )
    return made


def _page(language: str, first: str, found: dict[str, Any]) -> str:
    words = WORDS[language]
    alone = list(found) == [first]
    parts = [f"# csctl {first}", words["back"]]
    if not alone:
        parts += paragraphs(groups()[first].help)
    for name, one in found.items():
        parts += ([] if alone else [f"## csctl {name}"]) + list(_command(language, name, one, 2 if alone else 3))
    return page(language, *parts)


def _command(language: str, name: str, one: Any, level: int) -> Iterator[str]:
    """The parts of one command's text."""
    words, head = WORDS[language], "#" * level
    texts = paragraphs(one.help)
    yield from (text for text in texts if not _EXAMPLE.match(text))
    parameters = [parameter for parameter in one.params if parameter.name != "help"]
    arguments = [parameter for parameter in parameters if parameter.param_type_name == "argument"]
    options = [parameter for parameter in parameters if parameter.param_type_name == "option"]
    kinds = get_type_hints(one.callback, include_extras=True)
    called = " ".join(["csctl", name, *map(_argument, arguments), *(["[OPTIONS]"] if options else [])])
    yield f"{head} {words['usage']}\n\n```text\n{called}\n```"
    for title, some in (("arguments", arguments), ("options", options)):
        if some:
            heads = [words[key] for key in ("name", "value", "default", "does")]
            rows = (_row(words, parameter, kinds.get(parameter.name)) for parameter in some)
            yield f"{head} {words[title]}\n\n" + table(heads, rows)
    examples = [found[1] for text in texts if (found := _EXAMPLE.match(text))]
    yield f"{head} {words['examples']}\n\n```sh\n" + "\n".join(examples) + "\n```"
    yield f"{head} {words['codes']}\n\n" + table([words["code"], words["meaning"]], _codes(words, name, options))


def _codes(words: dict[str, Any], name: str, options: list[Any]) -> Iterator[tuple[str, str]]:
    strict = any("--strict" in option.opts for option in options)
    found = words["found"].get(name) or (words["strict"] if strict else "")
    for number, meaning in words["exit"].items():
        if meaning or found:
            yield number, meaning or found


def _argument(parameter: Any) -> str:
    shown = parameter.name.upper()
    return shown if parameter.required else f"[{shown}]"


def _row(words: dict[str, Any], parameter: Any, kind: Any) -> tuple[str, str, str, str]:
    if parameter.param_type_name == "argument":
        names = code(parameter.name.upper())
    else:
        names = words["between"].join(map(code, parameter.opts))
    return names, _value(kind), _default(words, parameter), cell(parameter.help or "")


def _value(kind: Any) -> str:
    """What a parameter of that type is given, in a word; nothing for a flag."""
    choices = [one for part in _alternatives(kind) for one in _choices(part)]
    if choices:
        return " ".join(map(code, choices))
    return next((code(word) for part in _alternatives(kind) for type_, word in TYPES.items() if part is type_), "")


def _alternatives(kind: Any) -> Iterator[Any]:
    """The types a parameter may have, without wrappers."""
    origin = get_origin(kind)
    if origin in (Annotated, list):
        yield from _alternatives(get_args(kind)[0])
    elif origin in (Union, UnionType):
        for one in get_args(kind):
            yield from _alternatives(one)
    else:
        yield kind


def _choices(kind: Any) -> list[str]:
    if get_origin(kind) is Literal:
        return [str(one) for one in get_args(kind)]
    return [str(one.value) for one in kind] if isinstance(kind, type) and issubclass(kind, Enum) else []


def _default(words: dict[str, Any], parameter: Any) -> str:
    if parameter.required:
        return words["required"]
    if isinstance(parameter.show_default, str):
        return cell(parameter.show_default)
    default = parameter.default
    nothing = default is None or default == () or default == [] or callable(default)
    return "" if nothing or isinstance(default, bool) else code(default)


def paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a help text."""
    return [part.strip() for part in (text or "").split("\n\n") if part.strip()]
