"""The words of files and forms that csctl understands by itself: each is declared here, and nowhere else, and means
the same at every entrance. All are compared folded: width, case, invisible signs and spaces do not matter.

What is asked decides how a word is taken, never where it is read (an export, a typed table, a form, an interview):

* *yes or no* (a flag column of an export, a condition of a career step, a question of a tally): answers, verdicts and
  1 or 0. 无 means no: it answers "is there any?".
* *a pair of plus and minus* (an item of a tally without a question): signs and answers. 无 and 0 mean neither side.
  Verdicts are refused: they do not say which side holds. A question of a tally takes the signs as well.
* *a scale* (an indicator that is rated): first its own levels and numbers, then answers: full points or none. Verdicts
  are refused, because 合格 is a level on other scales, and so is 无, which may mean "not rated".
* *data* (any other column): 无 is a text like any other and never an empty cell. Empty are only the marks of nothing
  (``--``, ``N/A``), and in columns of figures, flags and days also ``null``, ``nan`` and a slash.

A mark of nothing answers no question and has no place on a scale; of a pair, a dash is a minus.
"""

from __future__ import annotations

from csctl.words.answers import (
    ABSENCE,
    ABSTENTIONS,
    MINUS,
    NEITHER,
    NO,
    NO_FIGURES,
    NO_VERDICTS,
    PLUS,
    YES,
    YES_FIGURES,
    YES_VERDICTS,
    abstains,
    answer_on_scale,
    same_answer,
    side_of_pair,
    yes_or_no,
)
from csctl.words.days import (
    ABSENT_WORDS,
    AWAY_WORDS,
    EARLY_WORDS,
    FIRST_HALF,
    HALF_A_DAY,
    HOLIDAYS,
    IN_ORDER,
    LATE_WORDS,
    LEAVE_WORDS,
    NO_PUNCH,
    NOT_LEAVE,
    PERSONAL_LEAVE,
    REST,
    REST_BEGINNINGS,
    REST_SHIFTS,
    SECOND_HALF,
    SICK_LEAVE,
    TIME_OFF_WORDS,
    day_kind_named,
    is_rest,
    is_rest_shift,
)
from csctl.words.folding import declared, fold, letters, same_word, tidy
from csctl.words.nothing import EMPTY, EMPTY_FIGURES, NO_END, NO_FIGURE, says_nothing
from csctl.words.roles import (
    AGENT,
    ANSWERERS,
    CUSTOMER,
    FILLERS,
    PANEL,
    RATERS,
    SELF,
    SENDERS,
    SUPERIOR,
    VOTE,
    filler_of,
    rater_of,
    sender_of,
)
from csctl.words.sums import LONGEST_TOTAL, PARTS_TOGETHER, TOTALS, is_total, means_all_parts, names_sums
from csctl.words.units import COUNTERS, DURATIONS, FOREIGN_MONEY, UNIT_OF, UNITS, any_word_pattern

__all__ = [
    "ABSENCE",
    "ABSENT_WORDS",
    "ABSTENTIONS",
    "AGENT",
    "ANSWERERS",
    "AWAY_WORDS",
    "COUNTERS",
    "CUSTOMER",
    "DURATIONS",
    "EARLY_WORDS",
    "EMPTY",
    "EMPTY_FIGURES",
    "FILLERS",
    "FIRST_HALF",
    "FOREIGN_MONEY",
    "HALF_A_DAY",
    "HOLIDAYS",
    "IN_ORDER",
    "LATE_WORDS",
    "LEAVE_WORDS",
    "LONGEST_TOTAL",
    "MINUS",
    "NEITHER",
    "NO",
    "NOT_LEAVE",
    "NO_END",
    "NO_FIGURE",
    "NO_FIGURES",
    "NO_PUNCH",
    "NO_VERDICTS",
    "PANEL",
    "PARTS_TOGETHER",
    "PERSONAL_LEAVE",
    "PLUS",
    "RATERS",
    "REST",
    "REST_BEGINNINGS",
    "REST_SHIFTS",
    "SECOND_HALF",
    "SELF",
    "SENDERS",
    "SICK_LEAVE",
    "SUPERIOR",
    "TIME_OFF_WORDS",
    "TOTALS",
    "UNITS",
    "UNIT_OF",
    "VOTE",
    "YES",
    "YES_FIGURES",
    "YES_VERDICTS",
    "abstains",
    "answer_on_scale",
    "any_word_pattern",
    "day_kind_named",
    "declared",
    "filler_of",
    "fold",
    "is_rest",
    "is_rest_shift",
    "is_total",
    "letters",
    "means_all_parts",
    "names_sums",
    "rater_of",
    "same_answer",
    "same_word",
    "says_nothing",
    "sender_of",
    "side_of_pair",
    "tidy",
    "yes_or_no",
]
