"""The paper an edition would make for two sample people, to look at before it is published. Nothing is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO

from agreements.actions import pdf
from agreements.models import Edition, Practice
from agreements.reads import paper as papers
from agreements.reads import resources, sample
from agreements.reads.room import Room
from agreements.rules import crisis
from agreements.rules.crisis import Resource
from agreements.rules.record import Sealed
from agreements.rules.vocabulary import Outcome, Paper, SignatureKind, Voice


@dataclass(frozen=True)
class SamplePaper:
    """The bytes, how many pages come before the page with the cards, and the sample client's answer about voice."""

    pdf: bytes
    pages: int
    cards: int
    voice: Voice


def sample_paper(*, edition: Edition, practice: Practice, paper: Paper, now: datetime) -> SamplePaper:
    """An unsealed paper that says on every page that it is a sample. `edition` as reads.library.whole loads it.

    Raises sample.NotWhole, pdf.RenderRefused, or ValueError when an answer's meaning cannot be read.
    """
    return paper_of(sample.room(edition, practice, stage=sample.Stage.DECIDED, now=now, paper=paper), now=now)


def longest_paper(*, edition: Edition, practice: Practice, paper: Paper, now: datetime) -> SamplePaper:
    """`sample_paper` with the longest answers, that about voice which makes the longest crisis box among them.

    The box is that of the practice's country.
    """
    decided = partial(sample.room, edition, practice, stage=sample.Stage.DECIDED, now=now, paper=paper, longest=True)
    rooms = [decided(voice=voice) for voice in Voice]
    rows = resources.plain(papers.rows_for(rooms[0]))
    return paper_of(max(rooms, key=lambda room: _letters(room, rows)), now=now)


def _letters(room: Room, rows: tuple[Resource, ...]) -> int:
    box = crisis.box(papers.facts(room), rows)
    return sum(len(each.line) for each in box.steps) + sum(len(each.words) for each in box.more)


def paper_of(room: Room, *, now: datetime) -> SamplePaper:
    """The same for a round whose terms are all decided, as it would be made at `now` (UTC)."""
    from pypdf import PdfReader

    record = papers.record(room, rows=papers.rows_for(room), now=now, replaces=None)
    signed = [each for each in record.parties if not each.named_only and record.outcome == Outcome.TEXTING]
    marks = [pdf.Mark(party.role, party.name, SignatureKind.PAPER) for party in signed]
    made = pdf.render(Sealed.of(record, ()), marks, sample=True)
    pages = len(PdfReader(BytesIO(made)).pages) - 1
    return SamplePaper(made, pages, cards=1, voice=Voice(room.draft.agreement.client.voice))
