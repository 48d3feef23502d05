"""``csctl policy diff``: what changes from one policy to another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.end_to_end.running import csctl
from tests.policy.small import SMALL, changed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two policies that differ in one award, and a broken one."""
    (tmp_path / "old.toml").write_text(SMALL, "utf-8")
    (tmp_path / "new.toml").write_text(changed(("amount = 100\n", 'amount = 150\nrule = "X-7"\n')), "utf-8")
    (tmp_path / "broken.toml").write_text(changed(("weight = 70", "weight = 60")), "utf-8")
    return tmp_path


def test_what_changed_is_told_with_key_old_new_and_rule(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of the workspace are compared; a difference ends with 1, and no line is wider than the screen."""
    monkeypatch.setenv("COLUMNS", "80")
    done = csctl("policy", "diff", "old.toml", "new.toml", "-w", folder, "-l", "en")
    assert (done.code, done.err) == (1, "")
    assert max(map(len, done.out.splitlines())) <= 80
    assert done.out.splitlines()[0] == "small 1 → small 1: 2 changes"
    rows = [line.split() for line in done.out.splitlines()[3:]]
    assert rows[1] == ["award.champion.amount", "第一奖", "100", "150", "X-7"]
    assert rows[2] == ["award.champion.rule", "第一奖", "(none)", "X-7", "X-7"]


def test_equal_policies_end_with_0(folder: Path) -> None:
    """A policy against itself, and a shipped one by name."""
    assert csctl("policy", "diff", "old.toml", "old.toml", "-w", folder).code == 0
    done = csctl("policy", "diff", "insurance", "insurance", "-l", "en")
    assert (done.code, done.out) == (0, "insurance 2 and insurance 2 say the same\n")


def test_as_data_every_change_has_its_key_and_both_values(folder: Path) -> None:
    """Numbers are texts, so that nothing of them is lost."""
    done = csctl("policy", "diff", "old.toml", "new.toml", "-w", folder, "--json")
    found = json.loads(done.out)
    assert (done.code, found["same"], found["old"]) == (1, False, {"id": "small", "version": "1"})
    assert found["changes"][0] == {
        "key": ["pay", "award", "champion", "amount"],
        "change": "changed",
        "old": "100",
        "new": "150",
        "label": "第一奖",
        "rules": ["X-7"],
    }


def test_a_policy_that_cannot_be_read_is_told_in_one_line(folder: Path) -> None:
    """Unusable input ends with 2, on the screen and as data."""
    done = csctl("policy", "diff", "old.toml", "broken.toml", "-w", folder)
    assert (done.code, done.out) == (2, "")
    assert "broken.toml" in done.err
    found = json.loads(csctl("policy", "diff", "nowhere", "old.toml", "-w", folder, "--json").out)
    assert [one["code"] for one in found["problems"]["list"]] == ["policy-unknown"]
    assert "changes" not in found
