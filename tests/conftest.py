"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# How long an example takes depends on what else the machine does; a test must not.
settings.register_profile("csctl", deadline=None)
settings.load_profile("csctl")
