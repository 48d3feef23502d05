"""A computed month as the ledger keeps it: documents, and the contents they name."""

from __future__ import annotations

from csctl.core.closing.corrections import BookedDelta
from csctl.core.closing.differences import pay_deltas
from csctl.core.records.lines import PayLine, as_records
from csctl.core.records.result import MonthResult
from csctl.month import Month
from csctl.store.ledger.entries import EntryDraft
from csctl.store.ledger.ledger import content_digest
from csctl.store.program import program
from csctl.store.seals import (
    Basis,
    Correction,
    Seal,
    SealedInput,
    SealedText,
    calendar_content,
    document_of,
    lines_content,
    packed,
)
from csctl.workflow.inputs.material import Material, MaterialPart
from csctl.workflow.ledger.unsealing import CLOSE, CORRECTION

Contents = dict[str, bytes]
"""SHA-256 → bytes."""


def seal_draft(
    material: Material, config_text: str, result: MonthResult, by: str, at: str
) -> tuple[EntryDraft, Contents]:
    """The closing of a month, ready to be booked."""
    contents: Contents = {}
    basis = basis_of(material, config_text, contents)
    scored = sum(score is not None for score in result.scores["score"])
    seal = Seal(
        month=str(result.month),
        by=by,
        basis=basis,
        lines_digest=_kept(contents, lines_content(result)),
        agents=len(result.agents),
        scored=scored,
        pay_cents=sum(line.amount_cents for line in as_records(result.pay_lines, PayLine)),
    )
    return EntryDraft(CLOSE, str(result.month), at, document_of(seal)), contents


def correction_draft(
    old: MonthResult, new: MonthResult, basis: Basis, contents: Contents, into: Month, about: tuple[str, str, int, str]
) -> EntryDraft:
    """What a closed month should have been, booked into an open one.

    ``about``: by whom, why, for which appeal (0: for none), when.
    """
    by, reason, appeal, at = about
    correction = Correction(
        of=str(old.month),
        into=str(into),
        by=by,
        reason=reason,
        appeal=appeal,
        basis=basis,
        lines_digest=_kept(contents, lines_content(new)),
        deltas=tuple(booked_deltas(old, new, reason)),
    )
    return EntryDraft(CORRECTION, str(into), at, document_of(correction))


def booked_deltas(old: MonthResult, new: MonthResult, reason: str) -> list[BookedDelta]:
    """Every pay line that changed, as it is booked; the entry's number is given with the booking."""
    names = {agent.agent_id: agent.name for result in (old, new) for agent in result.agents}
    return [
        BookedDelta(
            of=old.month,
            agent_id=one.agent_id,
            name=names.get(one.agent_id, ""),
            line=one.line,
            label=one.label,
            old_cents=one.old_cents,
            new_cents=one.new_cents,
            reason=reason,
            entry=0,
            rule=one.rule,
        )
        for one in pay_deltas(old, new)
    ]


def basis_of(material: Material, config_text: str, contents: Contents, *, exact: bool = True) -> Basis:
    """All that the lines follow from; its contents are added to ``contents``. ``exact``: see ``Basis``."""
    loaded, readings = material.loaded, material.readings_text
    return Basis(
        program=program(),
        config_digest=_kept(contents, packed(config_text.encode())),
        policies=tuple(
            SealedText(name, source.name, _kept(contents, packed(source.text.encode())))
            for name, source in zip(loaded.names, loaded.sources, strict=True)
        ),
        fingerprint=loaded.fingerprint,
        calendar_digest=_kept(contents, calendar_content(material.calendar)),
        history=tuple(str(month) for month in material.history),
        inputs=tuple(_sealed_input(piece, contents) for piece in material.pieces),
        grammar=loaded.grammar,
        readings_digest=_kept(contents, packed(readings.encode())) if readings else "",
        exact=exact,
    )


def _sealed_input(piece: MaterialPart, contents: Contents) -> SealedInput:
    return SealedInput(
        file=piece.file,
        table=piece.table,
        month=str(piece.month or ""),
        sha256=piece.sha256,
        rows_digest=_kept(contents, piece.path.read_bytes()) if piece.path else "",
        accepted=piece.accepted,
        rejected=piece.rejected,
        fates=piece.fates,
        reading=piece.reading,
    )


def _kept(contents: Contents, content: bytes) -> str:
    key = content_digest(content)
    contents[key] = content
    return key
