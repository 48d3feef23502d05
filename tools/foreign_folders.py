"""Make invented folders of foreign systems, awkward on purpose, each with the key of what its files mean.

Usage: python tools/foreign_folders.py FOLDER      (FOLDER/<name>/… are the files, FOLDER/<name>.json is the key)
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from foreign import awkward, chinese, english
from foreign.kit import Folder


def write(folder: Path, made: Folder) -> None:
    """The files of one folder, and its key beside it."""
    for name, content in made.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    key = {name: value for name, value in asdict(made).items() if name != "files"} | {"files": sorted(made.files)}
    folder.with_suffix(".json").write_text(json.dumps(key, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main(target: Path) -> None:
    """All folders."""
    for name, make in {**english.FOLDERS, **chinese.FOLDERS, **awkward.FOLDERS}.items():
        write(target / name, make())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
