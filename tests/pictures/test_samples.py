"""Every kind of paper in every script, as PDFs and as pictures of their pages, to be looked at.

SAMPLES=/tmp/samples python3 manage.py test tests/pictures/test_samples.py -n 0

Without SAMPLES they go to var/samples. CJK needs fonts-noto-cjk, Telugu fonts-noto-core; colour emoji need fonts-noto-color-emoji.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.conf import settings
from django.utils import translation

from agreements.actions import (
    pdf,
    pdf_away,
    pdf_blank,
    pdf_cards,
    pdf_closing,
    pdf_draft,
    pdf_glyphs,
    pdf_guardian,
    pdf_notice,
)
from agreements.reads.absences import Sheet
from agreements.reads.closing import Closing, Way
from agreements.reads.notices import Notice, WasNow
from agreements.rules import away
from agreements.rules.away_words import AwayTexting, Cover, Hold, Knows, Post
from agreements.rules.crisis import Part
from agreements.rules.record import AgreementRecord, PartyRecord, Sealed
from agreements.rules.record_parts import WasRecord
from agreements.rules.vocabulary import Outcome, Paper, Role, SignatureKind
from tests import pdf_ua
from tests.conftest import INSTALLED
from tests.papers import people, take_home
from tests.records import marks, signed
from tests.scripts import OTHER_WAY, SCRIPTS, record_in

FOLDER = Path(os.environ.get("SAMPLES") or Path(settings.BASE_DIR, "var", "samples"))
PAGES = {  # before the page with the cards, where the kind promises a number
    "agreement": 3, "agreement-typed-a4": 3, "agreement-paper": 3, "no-texting": 2, "not-for-now": 2, "cards": 1,
    "notice": 2, "ended": 2, "away": 1, "guardian": 1, "changed": 3,
}  # fmt: skip


@pytest.fixture(autouse=True)
def fonts_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here the installed fonts count, as on a server."""
    monkeypatch.setattr(pdf_glyphs, "_is_installed", INSTALLED[0])


@pytest.mark.parametrize("script", SCRIPTS | OTHER_WAY)
def test_samples_of_every_kind(script: str) -> None:
    speech = (SCRIPTS | OTHER_WAY)[script]
    if speech.installed and not INSTALLED[0](speech.client[0]):
        pytest.skip("needs fonts-noto-cjk and fonts-noto-core")
    folder = FOLDER / script
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, made in kinds(record_in(script), script):
        if name.startswith("phone"):
            (folder / f"{name}.png").write_bytes(made)
            continue
        (folder / f"{name}.pdf").write_bytes(made)
        pages = photographed(made, folder, name)
        assert pages == PAGES.get(name, pages), name
        assert pdf_ua.faults(made) == [], name


def kinds(record: AgreementRecord, script: str) -> Iterator[tuple[str, bytes]]:
    """Each kind by its name."""
    yield "agreement", paper(record)
    yield "agreement-typed-a4", paper(replace(record, paper=Paper.A4), SignatureKind.TYPED)
    yield "agreement-paper", paper(record, SignatureKind.PAPER)
    yield "large", paper(record, large=True)
    for outcome in (Outcome.NO_TEXTING, Outcome.NOT_FOR_NOW):
        yield str(outcome).replace("_", "-"), pdf.render(Sealed.of(record_in(script, outcome)), [])
    yield "cards", pdf_cards.cards(record, "9f3c 71ab 20de 44c8")
    for look in pdf_cards.LOOKS:
        yield f"phone-{look}", pdf_cards.picture(record, look)
    young = with_more(record, (Role.GUARDIAN, False), (Role.GUARDIAN, False), (Role.INTERPRETER, True))
    yield "young-person", paper(young)
    yield "guardian", pdf_guardian.render(young, "9f3c 71ab 20de 44c8")
    yield "couple", paper(with_more(record, (Role.PARTNER, False)), SignatureKind.TYPED)
    yield "changed", paper(after_a_change(record))
    yield "away", pdf_away.render(away_sheet(record))
    yield "notice", pdf_notice.render(notice(record))
    yield "ended", pdf_closing.ended(closing(record))
    yield "how-we-got-there", pdf_closing.how_we_got_there(way(record))
    yield "draft", pdf_draft.render(take_home(record))
    form = replace(take_home(record), people=("_" * 14, people(record)[-1]))
    yield "blank", pdf_blank.render(form, record.edition.name, (Role.CLIENT, Role.PARTNER, Role.THERAPIST))


def paper(record: AgreementRecord, kind: SignatureKind = SignatureKind.DRAWN, **how: Any) -> bytes:
    return pdf.render(signed(record, kind), marks(record, kind), **how)


def with_more(record: AgreementRecord, *roles: tuple[Role, bool]) -> AgreementRecord:
    """The same with more people, who are called as the client is; one term says what guardians see."""
    client, therapist = record.parties
    more = [
        PartyRecord(role, f"{client.name} {number}", client.called, only) for number, (role, only) in enumerate(roles)
    ]
    sees = replace(record.terms[-1], topic="guardian")
    return replace(record, parties=(client, *more, therapist), terms=(*record.terms[:-1], sees))


def after_a_change(record: AgreementRecord) -> AgreementRecord:
    """Version 2, in which three terms are not what they were."""
    terms = record.terms[2:5]
    was = tuple(WasRecord(each.heading, each.words) for each in terms)
    return replace(record, number=2, replaces="a" * 64, changed=tuple(each.heading for each in terms), was=was)


def away_sheet(record: AgreementRecord) -> Sheet:
    days = away.Days(date(2026, 12, 14), date(2026, 12, 27))
    plan = away.Plan(AwayTexting.ONE, Hold.CARD, Post.MAILED, knows=Knows.NAME)
    therapist, term = record.party(Role.THERAPIST), record.terms[3]
    with translation.override(record.language):
        said = (away.texting_line(days, plan), *away.hold_lines(days, plan))
    return Sheet(
        record=record, days=days, texting=said[0], hold=said[1:],
        cover=away.cover_lines(therapist.called, away.Covered(Cover.PERSON, therapist.name, "(555) 010-0160"), plan),
        rows=(*(away.Row(each.heading, (each.words,)) for each in record.terms[4:8]), *away.danger_rows()),
        instead=term.words, before_on=date(2026, 12, 11), after_on=date(2026, 12, 29), unchecked=(),
    )  # fmt: skip


def notice(record: AgreementRecord) -> Notice:
    changed = WasNow((Part("(555) 010-0143", True),), (Part("(555) 010-0188", True),))
    return Notice(record, date(2026, 12, 1), 1, "9f3c 71ab 20de 44c8", (changed,), record.box.steps[:2], ())


def closing(record: AgreementRecord) -> Closing:
    return Closing(
        record=record, on=date(2027, 3, 1), by=record.party(Role.CLIENT).called, consent=False, without_notice=False,
        reason="", number=1, code="9f3c 71ab 20de 44c8", terms=record.terms[9:10],
    )  # fmt: skip


def way(record: AgreementRecord) -> Way:
    called = record.party(Role.CLIENT).called
    line = ("23 November 2026, 10:01 a.m.", record.terms[3].heading, record.terms[3].words, called)
    return Way(record, (("23 November 2026", (line,) * 18), ("1 March 2027", (line,) * 4)))


def photographed(made: bytes, folder: Path, name: str) -> int:
    """Each page as a PNG at 60 dots an inch; how many there are."""
    with pdf.PDFIUM, pypdfium2.PdfDocument(made) as document:
        for number in range(len(document)):
            document[number].render(scale=60 / 72).to_pil().save(folder / f"{name}-{number + 1}.png")
        return len(document)
