"""What the shell offers after TAB: months with data, people of the last run, shipped policies. Nothing is computed."""

from __future__ import annotations

import re
from pathlib import Path

import typer

MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


def known_months(ctx: typer.Context, incomplete: str) -> list[str]:
    """Months that have a folder of exports or outputs."""
    folder = _workspace(ctx)
    found = {path.name for part in ("data", "out") for path in folder.glob(f"{part}/*") if MONTH.fullmatch(path.name)}
    return sorted(name for name in found if name.startswith(incomplete))


def known_agents(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Staff numbers with names, of the latest month that was run."""
    people = next(
        (found for path in sorted(_workspace(ctx).glob("out/*/run.json"))[::-1] if (found := _people(path))), {}
    )
    return sorted((number, name) for number, name in people.items() if number.startswith(incomplete))


def known_policies(incomplete: str) -> list[str]:
    """Names of the shipped policies."""
    from csctl.store.shipped import policy_names

    return [name for name in policy_names() if name.startswith(incomplete)]


def known_templates(incomplete: str) -> list[str]:
    """Names of the shipped templates."""
    from csctl.store.shipped import template_names

    return [name for name in template_names() if name.startswith(incomplete)]


def _workspace(ctx: typer.Context) -> Path:
    return Path(ctx.params.get("workspace") or ".")


def _people(record: Path) -> dict[str, str]:
    """Names by staff number from the record of a run; {} if it cannot be read."""
    import json

    try:
        rows = json.loads(record.read_text("utf-8"))["scoreboard"]
        return {str(row["agent_id"]): str(row["name"]) for row in rows}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
