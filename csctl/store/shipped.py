"""Files shipped with csctl: policies, calendars, templates, the sample workspace."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from csctl.core.people.workdays import WorkCalendar
from csctl.store.english import ENDING, english_catalogue, translated_names


def _folder(name: str) -> Traversable:
    """Inside the package where csctl is installed; beside it in a checkout."""
    inside = resources.files("csctl").joinpath(name)
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / name


LIBRARIES = ("metrics", "metrics-en")
"""Shipped policies that only declare measures: nobody is judged by them alone."""


def policy_names() -> list[str]:
    """Ids of the shipped policies."""
    items = resources.files("csctl").joinpath("policies").iterdir()
    written = [item.name.removesuffix(".toml") for item in items if item.name.endswith(".toml")]
    return sorted([*written, *(name + ENDING for name in translated_names())])


def policy_text(name: str) -> str | None:
    """The text of a shipped policy, or None."""
    if words := english_catalogue(name):
        return words.policy(_text(_policy_file(name.removesuffix(ENDING))))
    return _text(_policy_file(name)) if name in policy_names() else None


def _policy_file(name: str) -> Traversable:
    return resources.files("csctl").joinpath("policies", f"{name}.toml")


def blank_policy(language: str, *, pay: bool = True) -> str:
    """The text of a small complete plan to start from: four items, three grades; base pay and one pool, or no pay."""
    names = (language, f"{language}-pay") if pay else (language,)
    folder = resources.files("csctl").joinpath("policies", "blank")
    return "\n".join(_text(folder.joinpath(f"{name}.toml")) for name in names)


def template(name: str) -> bytes | None:
    """A shipped workbook template by its name without ending, or None."""
    file = _folder("templates").joinpath(f"{name}.xlsx")
    return file.read_bytes() if file.is_file() else None


def template_names() -> list[str]:
    """Names of the shipped workbook templates."""
    return sorted(
        item.name.removesuffix(".xlsx") for item in _folder("templates").iterdir() if item.name.endswith(".xlsx")
    )


def sample_workspace() -> Traversable:
    """The folder of the sample workspace."""
    return _folder("sample_data")


def calendar(name: str) -> WorkCalendar | None:
    """A shipped working-day calendar, or None."""
    file = resources.files("csctl").joinpath("calendars", f"{name}.toml")
    if not file.is_file():
        return None
    years = tomllib.loads(_text(file))
    return WorkCalendar(
        frozenset(int(year) for year in years),
        frozenset(day for year in years.values() for day in year["off"]),
        frozenset(day for year in years.values() for day in year["work"]),
        {day: name for year in years.values() for name, days in year["statutory"].items() for day in days},
    )


def demo_files(policy: str) -> dict[str, bytes]:
    """The small example data of a shipped policy by file name (``2026-10/events.csv``); {} if there is none."""
    if words := english_catalogue(policy):
        return {
            place: words.example(place, content) for place, content in demo_files(policy.removesuffix(ENDING)).items()
        }
    folder = resources.files("csctl").joinpath("policies", "demo", policy)
    return _files_below(folder, "") if folder.is_dir() else {}


def _files_below(folder: Traversable, prefix: str) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.is_dir():
            files |= _files_below(item, f"{prefix}{item.name}/")
        elif not item.name.startswith("."):
            files[prefix + item.name] = item.read_bytes()
    return files


def rule_index() -> dict[str, dict[str, str]]:
    """Every rule of the nine systems, by system and id, with the ways in which it can be followed."""
    return tomllib.loads(_text(resources.files("csctl").joinpath("rules", "index.toml")))


def examples() -> dict[str, dict[str, Any]]:
    """The worked examples beside the policies, by their place below ``policies/examples``."""
    folder = resources.files("csctl").joinpath("policies", "examples")
    files = [(policy.name, file) for policy in folder.iterdir() if policy.is_dir() for file in policy.iterdir()]
    return {
        f"{policy}/{file.name}": tomllib.loads(_text(file), parse_float=Decimal)
        for policy, file in sorted(files, key=lambda entry: (entry[0], entry[1].name))
        if file.name.endswith(".toml")
    }


def _text(file: Traversable) -> str:
    return file.read_text("utf-8")
