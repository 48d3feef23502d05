"""One question at a time at the terminal, with its evidence beside it."""

from __future__ import annotations

import typer

from csctl.cli.showing.show import Screen
from csctl.messages import say
from csctl.readers.proposing.questions import NEITHER, Answer, Question
from csctl.workflow.adopting.wording import asked_text, choices_of

LATER = "s"
"""The answer that leaves a question open."""


def ask_at_terminal(screen: Screen, question: Question) -> Answer:
    """What somebody answers; () where the question is left open."""
    language = screen.language
    named = choices_of(question, language)
    screen.line("")
    if question.files:
        screen.line(question.files, "dim")
    screen.line(asked_text(question, language), "bold")
    for number, (_, words) in enumerate(named, start=1):
        screen.line(f"  {number}  {words}")
    several = say("screen-adopt-several", language) if question.words else ""
    prompt = say("screen-adopt-prompt", language, several=several)
    names = [name for name, _ in named]
    default = str(names.index(question.proposed) + 1) if question.proposed in names else LATER
    while True:
        said = str(typer.prompt(prompt, default=default)).strip()
        if said.casefold() == LATER:
            return ()
        answer = _answer(said, names)
        if answer and question.takes(answer):
            return answer
        screen.line(say("screen-adopt-not-understood", language), "yellow")


def _answer(said: str, names: list[str]) -> Answer:
    """Numbers of the list as names; what is no number may be an answer itself, such as a month."""
    parts = [part for part in said.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    numbers = [int(part) if part.strip().isascii() and part.strip().isdigit() else 0 for part in parts]
    if all(0 < number <= len(names) for number in numbers):
        chosen = tuple(names[number - 1] for number in numbers)
        return (NEITHER,) if NEITHER in chosen else chosen
    return (said,)
