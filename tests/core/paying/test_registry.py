"""Components, their keys, their kinds of lines, words and colours agree: a new one that lacks something is found."""

from __future__ import annotations

import re
from importlib import resources

from csctl.core.paying.components.registry import COMPONENTS
from csctl.messages import LANGUAGES, say
from csctl.policy.parts import Part
from csctl.policy.pay.kinds import PAY_KINDS
from csctl.policy.pay.plan import ENTRIES, Pay
from csctl.policy.schema import keys_of, models_in
from csctl.reports.money_sheets import COLOURS

BESIDE = {"probation"}
"""Keys that change what another component pays."""


def test_every_component_of_the_policy_is_made_and_no_other() -> None:
    """The keys of ``[pay]`` that hold models are those of the registry, and how the sum is rounded."""
    keys = {name for name, key in keys_of(Pay).items() if any(issubclass(one, Part) for one in models_in(key))}
    assert (keys - BESIDE) | {"round"} == {component.key for component in COMPONENTS}


def test_every_component_with_an_id_is_made_and_has_words_for_what_hangs_on_a_measure() -> None:
    """It goes by its key wherever one asks for it."""
    names = {entry.__name__.lower() for entry in ENTRIES}
    assert names <= {component.key for component in COMPONENTS}
    assert all(say(f"hanging-{name}", language, label="x") for name in names for language in LANGUAGES)


def test_every_kind_of_line_is_made_by_one_component() -> None:
    """A correction settles another month and is made by none."""
    made = [kind for component in COMPONENTS for kind in component.kinds]
    assert sorted(made) == sorted(set(PAY_KINDS) - {"correction"})


def test_every_kind_has_words_in_both_languages_and_a_colour_in_workbook_and_page() -> None:
    """In light and dark."""
    style = (resources.files("csctl.reports.html") / "report.css").read_text("utf-8")
    for kind in PAY_KINDS:
        words = {say(f"sheet.pay-{kind}", language) for language in ("zh", "en")}
        assert len(words) == 2, kind
        assert kind in COLOURS
        assert len(re.findall(rf"--{kind}: #", style)) == 2, kind
        assert f".{kind} {{" in style
