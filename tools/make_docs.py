"""Make the generated pages of the guide: a page per command, the references, and, if asked, screens and pictures.

Usage: python tools/make_docs.py              pages from help, models and catalogues
       python tools/make_docs.py --check      exit 1 if any of them is not as it would be made
       python tools/make_docs.py --screens    also run the pages on a copy of the sample and renew their screens
       python tools/make_docs.py --schemas    also find the schemas of what --json prints
       python tools/make_docs.py --pictures   also draw the workbooks and the report (LibreOffice, poppler, Chromium)
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
LANGUAGES = ("zh", "en")


def made() -> dict[str, str]:
    """Every generated page by its path below docs."""
    from docs.lists import problems_page, profiles_page, tables_page
    from docs.models import policy_page, workspace_page
    from docs.templates import templates_page

    pages = {
        "reference/policy.md": policy_page(),
        "reference/workspace.md": workspace_page(),
        "reference/tables.md": tables_page(),
        "reference/profiles.md": profiles_page(),
        "reference/problems.md": problems_page(),
        "reference/templates.md": templates_page(),
    }
    for language in LANGUAGES:
        pages |= _spoken_pages(language)
    return pages


def _spoken_pages(language: str) -> dict[str, str]:
    """The pages of commands; help speaks one language per process."""
    environment = os.environ | {"CSCTL_LANGUAGE": language, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, __file__, "--commands", language]
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    pages: dict[str, str] = json.loads(done.stdout)
    return pages


def stale(pages: dict[str, str]) -> list[str]:
    """Pages that are missing, differ, or belong to a command that is gone."""
    differing = [name for name, text in pages.items() if _read(DOCS / name) != text]
    folders = [DOCS / "reference", *(DOCS / language / "commands" for language in LANGUAGES)]
    there = {path.relative_to(DOCS).as_posix() for folder in folders for path in folder.glob("*.md")}
    return sorted([*differing, *(there - set(pages))])


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


def write(pages: dict[str, str]) -> None:
    """Write what differs, remove what is no page any more."""
    for name in stale(pages):
        path = DOCS / name
        if name not in pages:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[name], "utf-8", newline="\n")
        print(path.relative_to(ROOT))


def main(arguments: list[str]) -> int:
    """Do what the arguments say."""
    sys.path.insert(1, str(ROOT))
    if arguments[:1] == ["--commands"]:
        from docs.commands import command_pages

        print(json.dumps(command_pages(arguments[1])))
        return 0
    pages = made()
    if arguments == ["--check"]:
        old = stale(pages)
        print("\n".join(old))
        return 1 if old else 0
    write(pages)
    if "--screens" in arguments:
        from docs.screens import renew

        renew()
    if "--schemas" in arguments:
        from docs.json_shapes import renew as renew_schemas

        renew_schemas()
    if "--pictures" in arguments:
        from docs.pictures import draw

        draw(DOCS / "images")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
