"""A shipped policy that changed since the last closed month is named before the next month is closed by it."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest

import csctl.workspace
from csctl.messages.grammar import listed_text
from csctl.store.shipped import policy_text
from tests.months.team import CONFIG, MONTHS, POLICY, computed, seal, small_team, write

LAST, OPEN = MONTHS[0], MONTHS[1]
METRICS = policy_text("metrics") or ""


@pytest.fixture
def on_metrics(tmp_path: Path) -> Path:
    """A policy of the workspace's own that builds on the shipped metrics; one month closed, one open."""
    folder = small_team(tmp_path / "ws", MONTHS[:2])
    write(folder / "policy.toml", 'extends = ["metrics"]\n' + POLICY)
    return seal(folder, [LAST])


def _said(folder: Path, metrics: str, month: str = OPEN) -> list[dict[str, str]]:
    """What is said about shipped policies where csctl ships these metrics."""
    with mock.patch.object(csctl.workspace, "policy_text", lambda name: metrics if name == "metrics" else None):
        found = computed(folder, month)
    said = [one for one in found.result.problems if one.code == "shipped-policy-changed"]
    return [{name: listed_text(text, "en") for name, text in one.parameters.items()} for one in said]


def test_another_version_is_named_with_the_former_and_the_month_it_holds_from(on_metrics: Path) -> None:
    """Though the workspace's own policy only builds on it."""
    newer = METRICS.replace('version = "1"', 'version = "2"', 1)
    assert _said(on_metrics, newer) == [{"found": OPEN, "last": LAST, "changes": "metrics 1 → 2"}]


def test_another_text_under_the_same_version_is_named_by_its_fingerprint(on_metrics: Path) -> None:
    """So that nobody takes them for the same."""
    [said] = _said(on_metrics, METRICS.replace('label = "', 'label = "New ', 1))
    assert said["changes"].startswith("metrics 1 (")
    assert len(set(said["changes"].split("(")[1:])) == 2


@pytest.mark.slow
def test_nothing_is_said_where_nothing_changed(on_metrics: Path) -> None:
    """The same text, the same with other remarks, a closed month, an own policy that changed, a first month."""
    assert _said(on_metrics, METRICS) == []
    assert _said(on_metrics, "# a remark\n" + METRICS) == []
    assert _said(on_metrics, METRICS.replace('version = "1"', 'version = "2"', 1), LAST) == []
    write(on_metrics / "policy.toml", 'extends = ["metrics"]\n' + POLICY.replace("junior = 3000", "junior = 3100"))
    assert _said(on_metrics, METRICS) == []


def test_nothing_is_said_before_any_month_is_closed(tmp_path: Path) -> None:
    """There is no former policy."""
    folder = small_team(tmp_path / "ws", MONTHS[:1])
    write(folder / "csctl.toml", CONFIG)
    write(folder / "policy.toml", 'extends = ["metrics"]\n' + POLICY)
    assert _said(folder, METRICS.replace('version = "1"', 'version = "2"', 1), MONTHS[0]) == []
