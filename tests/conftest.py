"""What holds for every test."""

from __future__ import annotations

import os

from hypothesis import settings

# Words are compared in the language each test asks for, whoever's machine it is.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("CSCTL_LANGUAGE", None)

# How long an example takes depends on what else the machine does; a test must not.
settings.register_profile("csctl", deadline=None)
settings.load_profile("csctl")
