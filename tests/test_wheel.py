"""The built wheel is all that csctl needs: its data is inside, and it runs from anywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from csctl.store.program import program

ROOT = Path(__file__).resolve().parents[1]
PARTS: tuple[str, ...] = ("csctl", "templates", "sample_data", "pyproject.toml", "README.md", "LICENSE")
UNWANTED = shutil.ignore_patterns("__pycache__", "out", ".csctl", "*.pyc")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what it is made of."""
    for needed in ("build", "hatchling"):
        pytest.importorskip(needed, reason=f"{needed} is in the dev dependencies")
    return _built(_source(tmp_path_factory.mktemp("source")), tmp_path_factory.mktemp("dist"))


def _source(folder: Path) -> Path:
    """A clean copy of what the wheel is made of."""
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=UNWANTED)
        else:
            shutil.copy(ROOT / part, folder / part)
    return folder


def _built(source: Path, out: Path) -> Path:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    return built


def test_results_that_lie_in_the_sample_are_not_shipped(tmp_path: Path) -> None:
    """Whoever ran the sample before building: neither salaries nor the cache get into the wheel."""
    source = _source(tmp_path / "source")
    for name in ("out/2026-10/pay.xlsx", ".csctl/canonical/roster/x.parquet"):
        (source / "sample_data" / name).parent.mkdir(parents=True, exist_ok=True)
        (source / "sample_data" / name).write_bytes(b"salaries")
    with zipfile.ZipFile(_built(source, tmp_path / "dist")) as archive:
        assert not [name for name in archive.namelist() if "sample_data/out" in name or ".csctl/" in name]


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not {"__pycache__", "out", ".csctl"} & set(path.relative_to(folder).parts)
    }


def test_the_wheel_has_every_file_of_the_package_and_its_data(wheel: Path) -> None:
    """Code, policies, profiles, messages, calendars, templates, the sample, the typing marker; no cache, no results."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    expected = {f"csctl/{name}" for name in _files(ROOT / "csctl")}
    for folder in ("templates", "sample_data"):
        expected |= {f"csctl/{folder}/{name}" for name in _files(ROOT / folder)}
    shipped = {name for name in names if ".dist-info/" not in name}
    assert shipped == expected
    musts = "py.typed policies/insurance.toml profiles/dingtalk-daily.toml messages/screen.toml calendars/cn.toml"
    musts += " messages/problems/files.toml templates/insurance.xlsx"
    musts += " sample_data/csctl.toml sample_data/data/roster.xlsx"
    assert {f"csctl/{must}" for must in musts.split()} <= shipped
    assert any(name.endswith(".dist-info/entry_points.txt") for name in names)


def test_the_wheel_alone_makes_and_runs_the_sample(wheel: Path, tmp_path: Path) -> None:
    """From another folder, with nothing of the checkout on the path: the demo runs and is complete."""
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    elsewhere.mkdir()
    path = os.pathsep.join([str(installed), sysconfig.get_path("purelib")])
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def run(*arguments: str) -> str:
        command = [sys.executable, "-P", "-m", "csctl", *arguments]
        done = subprocess.run(
            command, capture_output=True, cwd=elsewhere, env=surroundings | {"PYTHONPATH": path}, timeout=120
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    where = subprocess.run(
        [sys.executable, "-P", "-c", "import csctl; print(csctl.__file__)"],
        capture_output=True, text=True, cwd=elsewhere, env=surroundings | {"PYTHONPATH": path},
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(installed)
    assert run("--version") == f"csctl {program()}\n"
    run("init", "demo", "--sample")
    run("run", "-w", "demo", "--quiet")
    record = json.loads((elsewhere / "demo" / "out" / "2026-10" / "run.json").read_text("utf-8"))
    assert len(record["scoreboard"]) == 14
    assert len(record["files"]) == 36
    run("init", "new", "--policy", "ecommerce-pay")
    assert "insurance" in run("policy", "list")
