"""Which tests prove which modules: a mutant is tried against those of its room alone."""

from __future__ import annotations

from pathlib import Path

_PAYING = (
    "tests/core/paying",
    "tests/core/test_pay_edges.py",
    "tests/core/test_guarantee.py",
    "tests/core/test_tiers_and_pool.py",
    "tests/core/test_pay.py",
    "tests/core/deciding",
    "tests/core/test_streaks.py",
    "tests/core/test_rows_of_several_people.py",
)
_SPANS = (
    "tests/core/paying/test_by_days.py",
    "tests/core/paying/test_part_time.py",
    "tests/core/paying/test_pool_least.py",
    "tests/core/paying/test_shares_by_days.py",
    "tests/core/paying/test_spans.py",
)
"""A month that changes inside, and who takes part in a pool."""
ROOMS: dict[str, tuple[str, ...]] = {
    "csctl/money.py": ("tests/test_money.py",),
    "csctl/core/paying/pool.py": (
        "tests/core/test_tiers_and_pool.py",
        "tests/core/paying/test_pools.py",
        *_SPANS,
        "tests/core/test_pay.py",
    ),
    "csctl/core/paying/claims.py": ("tests/core/paying/test_pools.py", *_SPANS),
    "csctl/core/paying/components/pool.py": (
        "tests/core/paying/test_pools.py",
        "tests/core/paying/test_negative.py",
        *_SPANS,
        "tests/core/test_pay.py",
        "tests/core/test_rows_of_several_people.py",
    ),
    "csctl/core/paying/guarantee.py": ("tests/core/test_guarantee.py", "tests/core/test_pay.py"),
    "csctl/core/paying/streaks.py": ("tests/core/test_streaks.py", *_PAYING),
    "csctl/core/paying/carrying.py": ("tests/core/paying/test_negative.py", "tests/core/paying/test_draw.py"),
    "csctl/core/paying/own_scale.py": (
        "tests/core/paying/test_negative.py",
        "tests/core/paying/test_commission.py",
        "tests/core/paying/test_by_days.py",
    ),
    "csctl/core/paying/limits.py": ("tests/core/paying/test_limits.py",),
    "csctl/core/paying/components/overtime.py": (
        "tests/core/paying/test_overtime.py",
        "tests/core/paying/test_by_days.py",
    ),
    "csctl/core/paying/components/base.py": (
        "tests/core/paying/test_divisor.py",
        "tests/core/paying/test_spans.py",
        "tests/core/paying/test_part_time.py",
        "tests/core/test_pay_edges.py",
        "tests/core/test_pay.py",
    ),
    "csctl/core/paying/components/manual.py": ("tests/core/paying/test_manual.py",),
    "csctl/core/paying/components/performance.py": (
        "tests/core/paying/test_performance.py",
        "tests/core/paying/test_spans.py",
        "tests/core/paying/test_part_time.py",
    ),
    "csctl/core/paying/mid_month.py": (
        "tests/core/paying/test_mid_month.py",
        "tests/core/paying/test_shares_by_days.py",
        "tests/core/paying/test_part_time.py",
        "tests/core/paying/test_spans.py",
        "tests/core/paying/test_by_days.py",
        "tests/core/paying/test_target_by_days.py",
        "tests/core/paying/test_draw.py",
    ),
    "csctl/core/paying/parts.py": (
        "tests/core/paying/test_spans.py",
        "tests/core/paying/test_part_time.py",
        "tests/core/paying/test_by_days.py",
        "tests/core/paying/test_attendance_by_days.py",
    ),
    "csctl/core/paying/components/commission.py": (
        "tests/core/paying/test_target_by_days.py",
        "tests/core/paying/test_commission.py",
        "tests/core/paying/test_negative.py",
    ),
    "csctl/core/paying/components/deduction.py": (
        "tests/core/paying/test_deduction.py",
        "tests/core/paying/test_attendance_by_days.py",
        "tests/core/paying/test_by_days.py",
        "tests/core/paying/test_part_time.py",
        "tests/core/test_pay_edges.py",
        "tests/core/test_pay.py",
    ),
    "csctl/core/paying/payroll.py": (
        "tests/core/paying/test_target_by_days.py",
        *_SPANS,
        "tests/core/paying/test_overtime.py",
        "tests/core/test_pay_edges.py",
        "tests/core/test_pay.py",
    ),
    "csctl/core/paying/components/allowance.py": (
        "tests/core/paying/test_allowance.py",
        "tests/core/paying/test_part_time.py",
        "tests/core/paying/test_by_days.py",
    ),
    "csctl/core/paying/components/guarantee.py": ("tests/core/test_guarantee.py", "tests/core/test_pay.py"),
    "csctl/core/paying/components/draw.py": ("tests/core/paying/test_draw.py",),
    "csctl/core/paying/components/cap.py": ("tests/core/paying/test_limits.py",),
    "csctl/core/paying": _PAYING,
    "csctl/core/scoring/marks.py": ("tests/core/test_marks.py", "tests/core/test_tally.py"),
    "csctl/core/scoring/points.py": ("tests/core/test_points.py", "tests/core/test_tally.py"),
    "csctl/core/scoring/weights.py": ("tests/core/test_weights.py",),
    "csctl/core/scoring/basis.py": ("tests/core/scoring",),
    "csctl/core/scoring/handed_in.py": ("tests/core/scoring",),
    "csctl/core/scoring/quotas.py": ("tests/core/scoring/test_quotas.py", "tests/core/scoring/test_cards.py"),
    "csctl/core/scoring/fields.py": ("tests/core/scoring/test_cards.py", "tests/core/test_explained_cards.py"),
    "csctl/core/scoring/off_card.py": ("tests/core/scoring/test_cards.py",),
    "csctl/core/scoring/grades.py": ("tests/core/scoring/test_quotas.py", "tests/core/test_explained_quotas.py"),
    "csctl/core/scoring/by_card.py": ("tests/core/scoring/test_by_days.py", "tests/core/paying/test_pool_least.py"),
    "csctl/core/scoring/mid_month.py": ("tests/core/scoring/test_mid_month.py", "tests/core/scoring/test_cards.py"),
    "csctl/core/scoring/card_views.py": ("tests/core/scoring/test_by_days.py",),
    "csctl/core/scoring": (
        "tests/core/test_adjustments.py",
        "tests/core/test_points.py",
        "tests/core/test_scores.py",
        "tests/core/test_tally.py",
        "tests/core/test_marks.py",
        "tests/core/test_weights.py",
        "tests/core/scoring",
        "tests/core/deciding",
    ),
    "csctl/core/deciding": ("tests/core/deciding", "tests/core/simulating/test_next_level.py"),
}
"""Module or folder → its tests, quick ones first; the longest name that fits counts."""


def modules(root: Path) -> list[str]:
    """Every module of the rooms."""
    found = [
        path for room in ROOMS for path in ([root / room] if room.endswith(".py") else (root / room).rglob("*.py"))
    ]
    return sorted({path.relative_to(root).as_posix() for path in found if path.name != "__init__.py"})


def tests_of(root: Path, module: str) -> list[str]:
    """The tests of a module that are there."""
    room = max((room for room in ROOMS if module.startswith(room)), key=len)
    return [test for test in ROOMS[room] if (root / test).exists()]
