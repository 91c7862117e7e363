"""Records on paper, and what can be read there."""

import unicodedata
from dataclasses import replace
from functools import cache
from io import BytesIO

from pypdf import PdfReader

from agreements.actions.pdf import render
from agreements.reads.take_home import SoFar, StillOpen, TakeHome
from agreements.rules.record import AgreementRecord, PartyRecord
from agreements.rules.vocabulary import Role, SignatureKind
from tests.records import a_record, marks, signed


def freshly(record: AgreementRecord, kind: SignatureKind = SignatureKind.DRAWN) -> bytes:
    """The record as a PDF, signed by both in the same way."""
    return render(signed(record, kind), marks(record, kind))


on_paper = cache(freshly)  # for tests that only look


@cache
def sheets(pdf: bytes) -> tuple[str, ...]:
    """The text of each page, NFC, white space made single spaces. Read by another program than the product reads with."""
    pages = PdfReader(BytesIO(pdf)).pages
    return tuple(" ".join(unicodedata.normalize("NFC", page.extract_text()).split()) for page in pages)


def named(client: str, therapist: str, called: str) -> AgreementRecord:
    """The agreement of two people with these names, the client called so in the texts."""
    record = a_record()
    terms = tuple(replace(term, words=term.words.replace("Maya", called)) for term in record.terms)
    parties = (PartyRecord(Role.CLIENT, client, called), PartyRecord(Role.THERAPIST, therapist, "Dr Lee"))
    return replace(record, parties=parties, terms=terms)


def worded(words: str) -> AgreementRecord:
    """The agreement in which a term says `words`."""
    record = a_record()
    return replace(record, terms=(replace(record.terms[0], words=words), *record.terms[1:]))


def people(record: AgreementRecord) -> tuple[str, ...]:
    """The client and the therapist in full."""
    return tuple(record.party(role).name for role in (Role.CLIENT, Role.THERAPIST))


def take_home(record: AgreementRecord) -> TakeHome:
    """The record as a round in which three terms are settled and four are not."""
    so_far = tuple(SoFar(term.heading, term.words, place == 0) for place, term in enumerate(record.terms[2:5]))
    choices = tuple((term.heading, term.words) for term in record.terms[3:6])
    still = tuple(StillOpen(term.heading, term.words or term.heading, "", choices) for term in record.terms[5:9])
    return TakeHome(
        language=record.language, paper=record.paper, demo=False, made_on=record.made_on, begun_to_sign=False,
        practice=record.practice.name, phone=record.practice.phone, box=record.box, unchecked=(), unsafe=(),
        channel=record.channel, so_far=so_far, still_open=still, people=people(record),
    )  # fmt: skip
