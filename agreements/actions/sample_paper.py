"""The paper an edition would make for two sample people, to look at before it is published. Nothing is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from agreements.actions import pdf
from agreements.models import Edition, Practice
from agreements.reads import paper as papers
from agreements.reads import sample
from agreements.reads.room import Room
from agreements.rules.record import Sealed
from agreements.rules.vocabulary import Outcome, Paper, SignatureKind


@dataclass(frozen=True)
class SamplePaper:
    """The bytes, and how many pages come before the page with the cards."""

    pdf: bytes
    pages: int
    cards: int


def sample_paper(*, edition: Edition, practice: Practice, paper: Paper, now: datetime) -> SamplePaper:
    """An unsealed paper that says on every page that it is a sample. `edition` as reads.library.whole loads it.

    Raises sample.NotWhole, pdf.RenderRefused, or ValueError when an answer's meaning cannot be read.
    """
    return paper_of(sample.room(edition, practice, stage=sample.Stage.DECIDED, now=now, paper=paper), now=now)


def paper_of(room: Room, *, now: datetime) -> SamplePaper:
    """The same for a round whose terms are all decided, as it would be made at `now` (UTC)."""
    from pypdf import PdfReader

    record = papers.record(room, rows=papers.rows_for(room), now=now, replaces=None)
    signed = [each for each in record.parties if not each.named_only and record.outcome == Outcome.TEXTING]
    marks = [pdf.Mark(party.role, party.name, SignatureKind.PAPER) for party in signed]
    made = pdf.render(Sealed.of(record, ()), marks, sample=True)
    return SamplePaper(made, pages=len(PdfReader(BytesIO(made)).pages) - 1, cards=1)
