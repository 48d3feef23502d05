"""One question at a time at the terminal, with its evidence beside it."""

from __future__ import annotations

import typer

from csctl.cli.showing.show import Screen
from csctl.messages import say
from csctl.readers.proposing.questions import NEITHER, Answer, Question
from csctl.workflow.adopting.wording import answer_choices, asked_text

LATER, ENOUGH = "s", "q"
"""The answers that leave a question open, and all that follow."""


class Terminal:
    """Whoever sits at the terminal; asked until that one has had enough."""

    def __init__(self, screen: Screen) -> None:
        """Nothing has been asked yet."""
        self._screen = screen
        self._enough = False

    def __call__(self, question: Question) -> Answer:
        """What is answered; () where the question is left open."""
        if self._enough:
            return ()
        named = answer_choices(question, self._screen.language)
        self._show(question, [words for _, words in named])
        names = [name for name, _ in named]
        default = str(names.index(question.proposed) + 1) if question.proposed in names else LATER
        several = say("screen-adopt-several", self._screen.language) if question.words else ""
        prompt = say("screen-adopt-prompt", self._screen.language, several=several)
        while True:
            said = str(typer.prompt(prompt, default=default)).strip()
            self._enough = said.casefold() == ENOUGH
            if said.casefold() in {LATER, ENOUGH}:
                return ()
            answer = _answer(said, names)
            if answer and question.takes(answer):
                return answer
            self._screen.line(say("screen-adopt-not-understood", self._screen.language), "yellow")

    def _show(self, question: Question, choices: list[str]) -> None:
        line = self._screen.line
        line("")
        if question.files:
            line(question.files, "dim")
        line(asked_text(question, self._screen.language), "bold")
        for number, words in enumerate(choices, start=1):
            line(f"  {number}  {words}")


def _answer(said: str, names: list[str]) -> Answer:
    """Numbers of the list as names; what is no number may be an answer itself, such as a month."""
    parts = [part.strip() for part in said.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    numbers = [int(part) if part.isascii() and part.isdigit() else 0 for part in parts]
    if all(0 < number <= len(names) for number in numbers):
        chosen = tuple(names[number - 1] for number in numbers)
        return (NEITHER,) if NEITHER in chosen else chosen
    return (said,)
