"""What a score line shows besides its points: unit, rows, level; and points of raters of whom one said nothing."""

from __future__ import annotations

from csctl.core.compute import MonthInput, compute_month
from csctl.core.records.lines import ScoreLine
from csctl.policy.model import Policy
from tests.workbench import OCTOBER, WEEKENDS_OFF, agent, measured, policy, rating, score_lines, scores

DIMENSION = """
[[dimension]]
id = "d"
label = "D"
weight = 100
"""


def lines(chosen: Policy, values: dict[str, object], *sheets: tuple[str, str, str]) -> dict[str, ScoreLine]:
    """The lines of one agent with these values; sheets are role, item and value."""
    ratings = [rating("a", item, value, role=role) for role, item, value in sheets]
    given = MonthInput(chosen, OCTOBER, [agent("a")], measured({"a": values}), ratings, WEEKENDS_OFF, ())
    return {line.line: line for line in score_lines(compute_month(given), "a")}


def test_the_unit_is_that_of_the_figure_wherever_it_is_declared() -> None:
    """A measure has its own, a count of events is a count, a composite is points, a rated item has none."""
    chosen = policy(
        "[score]\npass_mark = 60\n"
        + DIMENSION
        + "".join(
            f"[[dimension.indicator]]\nid = '{name}'\nlabel = '{name}'\nmissing = 'block'\nout_of = 100\n{source}\n"
            for name, source in (
                ("wait", "measure = 'response'"),
                ("help", "measure = 'event.cover'"),
                ("both", "measure = 'composite.all'"),
                ("care", "rating = 'care'"),
            )
        )
        + "[event.cover]\nlabel = 'stood in'\n"
        + "[measure.response]\nlabel = 'm'\ntable = 'interactions'\nmean = 'first_response_seconds'\nunit = 's'\n"
        + "[composite.all]\nlabel = 'all'\nof = [{ measure = 'response' }, { measure = 'event.cover' }]\n"
    )
    made = lines(chosen, {"response": 40, "event.cover": 2}, ("superior", "care", "80"))
    units = {"wait": "s", "help": "count", "both": "points", "care": ""}
    assert {name: line.unit for name, line in made.items()} == units


def test_a_rated_item_has_no_rows_behind_it() -> None:
    """What raters say is not counted as rows of an export; the level is the one they named."""
    chosen = policy(
        "scale = { good = 100 }\n[score]\npass_mark = 60\nraters = { panel = 100 }\n"
        + DIMENSION
        + "[[dimension.indicator]]\nid = 'care'\nlabel = 'Care'\nrating = 'care'\nmissing = 'block'\n"
    )
    line = lines(chosen, {}, ("panel", "care", "good"))["care"]
    assert (line.n, line.band, str(line.points), line.superior_points) == (0, "good", "100.00", None)


def test_points_of_an_item_that_one_sheet_lacks_are_those_of_the_other() -> None:
    """71 by one rater alone is 71, however small the share of that sheet."""
    chosen = policy(
        "[score]\nmin_coverage = 0\npass_mark = 60\nraters = { self = 30, superior = 70 }\n"
        + DIMENSION
        + "".join(
            f"[[dimension.indicator]]\nid = '{name}'\nlabel = '{name}'\nrating = '{name}'\nmissing = 'reweight'\n"
            for name in ("care", "manners")
        )
    )
    both = (("superior", "manners", "80"), ("self", "manners", "90"))
    for role in ("superior", "self"):
        made = lines(chosen, {}, (role, "care", "71"), *both)
        assert (str(made["care"].points), str(made["manners"].points)) == ("71.00", "83.00")


def test_lines_of_adjustments_and_limits_are_not_weighted_and_show_what_they_count() -> None:
    """Three slips are three rows; a condition that holds counts once; a cap counts nothing."""
    chosen = policy(
        "[score]\npass_mark = 60\ncap = 100\n"
        + DIMENSION
        + "[[dimension.indicator]]\nid = 'care'\nlabel = 'Care'\nrating = 'care'\nmissing = 'block'\n"
        + "[event.slip]\nlabel = 'slipped'\n"
        + "[[adjustment]]\nid = 'slip'\nlabel = 'Slip'\npoints = 2\neach = { event = 'slip' }\n"
        + "[[adjustment]]\nid = 'often'\nlabel = 'Often'\npoints = 1\n"
        + "when = { measure = 'event.slip', at_least = 3 }\n"
    )
    made = lines(chosen, {"event.slip": 3}, ("superior", "care", "98"))
    shown = {name: (line.n, str(line.weight), str(line.contribution)) for name, line in made.items()}
    assert shown == {
        "care": (0, "100.0000", "98.00"),
        "slip": (3, "0", "6.00"),
        "often": (1, "0", "1.00"),
        "cap": (0, "0", "-5.00"),
    }


def test_rows_of_a_figure_that_nothing_is_judged_by_are_no_data() -> None:
    """Somebody of whom there is nothing but such rows has no score."""
    chosen = policy(
        "[score]\npass_mark = 60\n"
        + DIMENSION
        + "[[dimension.indicator]]\nid = 'wait'\nlabel = 'Wait'\nmissing = 'zero'\nout_of = 100\nmeasure = 'response'\n"
        + "[measure.response]\nlabel = 'm'\ntable = 'interactions'\nmean = 'first_response_seconds'\nunit = 's'\n"
        + "[measure.sold]\nlabel = 'm'\ntable = 'orders'\nsum = 'amount'\nunit = 'yuan'\n"
    )
    values = {"a": {"sold": 500, "response": None}}
    given = MonthInput(chosen, OCTOBER, [agent("a")], measured(values), [], WEEKENDS_OFF, ())
    assert scores(compute_month(given))["a"].status == "unscored"
