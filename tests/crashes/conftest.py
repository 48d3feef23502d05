"""The rig is set up once per process: importing everything takes longer than most of the proofs."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.crashes.injecting import skip_without_strace, warm
from tests.crashes.rig import Rig


@pytest.fixture(scope="session")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """Temporary files go below the folder watched, so that writing them counts too."""
    if sys.platform != "linux":
        pytest.skip("the warm process forks and is traced as Linux does it")
    folder = tmp_path_factory.mktemp("faults")
    with warm(folder / "warm", folder / "root" / "tmp") as started:
        yield Rig(started, folder / "root")


@pytest.fixture(scope="session")
def traced(rig: Rig) -> Rig:
    """The rig where strace may be used."""
    skip_without_strace(rig.started)
    return rig
