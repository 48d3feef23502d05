"""The text of ``csctl.toml``: each proposed source under comments that say what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from csctl.messages import say
from csctl.messages.grammar import joined_parts, labelled
from csctl.policy.to_write import toml_string
from csctl.problems import shortened
from csctl.readers.proposing.viewing import View
from csctl.reports.readings_view import reading_lines
from csctl.workflow.adopting.records import Settled
from csctl.workflow.adopting.wording import answer_text, asked_text, source_text

_UNUSED, _COLUMNS = 12, 40


def head_text(name: str, policy: str, language: str) -> str:
    """The lines above the sources of a new configuration."""
    lines = [
        *(f"# {line}" for line in say("adopt-head", language).splitlines()),
        f"name = {toml_string(name)}",
        f"policy = {toml_string(policy)}",
        f'language = "{language}"',
        "",
        f"# {say('init-aliases', language)}",
        "[aliases]",
    ]
    return "\n".join(lines)


def block_of(one: Settled, language: str) -> str:
    """One source, with its evidence; no line of it is blank."""
    assert one.draft is not None  # noqa: S101 - the caller leaves the others out
    said = [source_text(one.draft.table, len(one.paths), one.months, one.rows, language), *_evidence(one, language)]
    comments = [f"# {_plain(line)}" for line in said]
    return "\n".join([*comments, "[[source]]", *one.draft.lines(one.files)])


def roster_block(files: str, people: int, language: str) -> str:
    """The source of the proposed roster."""
    lines = [f"# {say('adopt-roster-comment', language, count=people)}", "[[source]]", 'table = "roster"']
    return "\n".join([*lines, f"files = {toml_string(files)}"])


def _plain(text: str) -> str:
    return "".join(mark if mark.isprintable() else " " for mark in text)


def _evidence(one: Settled, language: str) -> Iterator[str]:
    if one.views:
        yield from _columns(one.views[0], language)
        unused = [header.text for header in one.views[0].free() if header.text not in _read(one.views[0])]
        if unused:
            yield say("adopt-unused", language, headers=shortened(unused, _UNUSED))
    for asked in one.asked:
        text = asked_text(asked.question, language)
        answer = asked.answer or ((asked.question.proposed,) if asked.question.proposed else ())
        meant = answer_text(asked.question, answer, language)
        code = "certain" if asked.question.certain else "open" if asked.is_open else "answered"
        yield say(f"adopt-comment-{code}", language, asks=text, answer=meant)


def _read(view: View) -> set[str]:
    """The headers that became metrics or were counted."""
    return {reading.header for imported in view.imports for reading in imported.reading.columns}


def _columns(view: View, language: str) -> Iterator[str]:
    """Each column that is read: header, meaning, first values, unit and how that was decided."""
    samples = {header.text: view.samples(header) for header in view.headers}
    lines = reading_lines([("", imported.reading) for imported in view.imports], language)
    found = []
    for one in lines:
        name = f"  {one.header}" if one.header == one.column else f"  {one.header} → {one.column}"
        how = joined_parts([one.form, one.decided], language)
        values = joined_parts(samples.get(one.header, ()), language)
        found.append(labelled([name, joined_parts([how, values], language)], language))
    # Sheets of one kind say the same.
    yield from list(dict.fromkeys(found))[:_COLUMNS]


def with_blocks(text: str, blocks: Sequence[str]) -> str:
    """A configuration with more sources below it."""
    return "\n\n".join([text.rstrip("\n"), *blocks]) + "\n"
