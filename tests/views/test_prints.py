"""What else a signed paper gives: each print comes from what was sealed, and its name says nothing about anybody."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from agreements.actions import documents, keys, people, proving
from agreements.actions.pdf_verdict import GENUINE, judge
from agreements.models import AuditEvent, CopyRecord, Document, LargePrint, Practice
from agreements.reads import file_note
from agreements.rules.digest import check_code
from agreements.rules.vocabulary import CopyGiven
from tests import builders
from tests.doors import seen_by, sit_down
from tests.papers import sheets

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
NEW_PHONE = "(555) 010-0188"


def kept_page(document: Document):
    return seen_by(at=f"/room/{document.version.draft_id}/kept/")


def got(visitor, document: Document, what: str):
    return visitor.client.get(f"/documents/{document.pk}/{what}/")


def new_phone() -> None:
    """The practice gives up the number that stands on the paper."""
    practice = Practice.objects.get()
    names = ("name", "call_hours", "call_days", "call_from", "call_until", "zone", "country", "paper")
    same = {name: getattr(practice, name) for name in names}
    people.set_up_practice(now=builders.NOW + timedelta(minutes=30), phone=NEW_PHONE, **same)


def test_the_large_print_is_sealed_once_and_served_as_it_is(sealed):
    lee = kept_page(sealed)
    assert got(lee, sealed, "large").status_code == 404
    lee.press(value="large")
    lee.open(f"/room/{sealed.version.draft_id}/kept/")
    lee.press(value="large")
    made = LargePrint.objects.get()
    answer = got(lee, sealed, "large")
    assert hashlib.sha256(answer.content).hexdigest() == made.sha256
    assert answer.headers["Content-Disposition"] == 'inline; filename="texting-agreement-v1-large.pdf"'
    assert [row.kind for row in CopyRecord.objects.all()] == ["large", "large"]
    assert AuditEvent.objects.filter(kind="large print sealed").count() == 1
    assert f"check code {check_code(sealed.version.digest)}" in sheets(answer.content)[0]


def test_a_large_print_that_cannot_be_made_says_why(sealed, monkeypatch):
    lee = kept_page(sealed)
    monkeypatch.setattr("agreements.actions.pdf_signature.seal", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    lee.press(value="large")
    assert "The large print could not be made yet: disk full" in lee.page.html
    assert not CopyRecord.objects.exists()


def test_the_cards_are_recorded_and_come_on_a_page_of_their_own(sealed):
    lee = kept_page(sealed)
    lee.press(value="cards")
    (page,) = sheets(lee.page.response.content)
    assert "Crisis steps 1 · Danger now." in page
    assert "Before I text" in page
    assert f"go with check code {check_code(sealed.version.digest)}" in page
    assert lee.page.response.headers["Content-Disposition"] == 'inline; filename="texting-agreement-v1-cards.pdf"'
    assert [row.kind for row in CopyRecord.objects.all()] == ["cards"]


@pytest.mark.parametrize(("look", "corner"), [("light", 255), ("dark", 0)])
def test_the_picture_for_a_phone_keeps_to_the_middle_third(look, corner, sealed):
    answer = got(kept_page(sealed), sealed, f"phone/{look}")
    picture = Image.open(BytesIO(answer.content)).convert("L")
    assert answer.headers["Content-Type"] == "image/png"
    assert picture.size == (1179, 2556)
    assert picture.getpixel((0, 0)) == corner
    upper, middle, lower = (picture.crop((0, 852 * part, 1179, 852 * (part + 1))) for part in range(3))
    assert {upper.getextrema(), lower.getextrema()} == {(corner, corner)}
    assert middle.getextrema()[1] - middle.getextrema()[0] > 200


def test_a_picture_has_two_looks(sealed):
    assert got(kept_page(sealed), sealed, "phone/pink").status_code == 404


def test_a_number_that_changed_is_never_put_on_a_card(sealed):
    lee = kept_page(sealed)
    old = builders.a_practice().phone
    new_phone()
    page = sheets(got(lee, sealed, "cards").content)[0]
    assert NEW_PHONE in page
    assert old not in page.split("Before I text")[0]
    assert NEW_PHONE in lee.open(f"/documents/{sealed.pk}/picture/").main


def test_only_the_newest_paper_gives_cards_and_a_picture(house):
    client = builders.a_client(name="Ida K.", called="Ida")
    first = builders.a_sealed_document(client=client)
    second = builders.a_sealed_document(client=client, now=builders.NOW + timedelta(minutes=20))
    lee = kept_page(first)
    assert [got(lee, first, what).status_code for what in ("cards", "phone/dark")] == [404, 404]
    assert [got(lee, second, what).status_code for what in ("cards", "phone/dark")] == [200, 200]
    assert lee.post(f"/documents/{first.pk}/copy/", {"kind": "cards"}).status == 404
    assert "Picture for a phone" not in lee.open(f"/room/{first.version.draft_id}/kept/").main


def test_the_note_for_the_record_says_no_more_than_the_paper(sealed):
    lee = seen_by(at=f"/documents/{sealed.pk}/note/")
    (note,) = [text for form in [lee.page.main] for text in [form.split("readonly>")[1].split("</textarea>")[0]]]
    paper = "".join("".join(sheets(sealed.content)).split())
    assert "Texting agreement, version 1 of 23 November 2026, between Maya R. and Dr J. Lee." in note
    assert f"Check code {check_code(sealed.version.digest)}." in note
    for term in sealed.version.snapshot["terms"]:
        assert term["heading"] in note
    for said in ("Maya R.", "Dr J. Lee", "(555) 010-0147", check_code(sealed.version.digest)):
        assert said in note
        assert "".join(said.split()) in paper


def test_the_note_says_which_copy_was_given_and_when(sealed):
    by = sealed.agreement.therapist
    said = file_note.note(sealed.version, now=builders.NOW)
    assert "Copy for the client" not in said
    for kind, days in ((CopyGiven.PRINTED, 0), (CopyGiven.CARDS, 1), (CopyGiven.PRINTED, 2)):
        documents.record_copy(document=sealed, kind=kind, by=by, now=builders.NOW + timedelta(days=days))
    said = file_note.note(sealed.version, now=builders.NOW)
    assert "Copy for the client: Printed, 23 November 2026; Cards, 24 November 2026." in said


def test_the_two_may_take_them_while_they_sit_together(sealed):
    lee = seen_by()
    sit_down(lee.client, sealed.version.draft)
    assert [got(lee, sealed, what).status_code for what in ("cards", "phone/light", "note", "picture")] == [200] * 4


def test_nobody_elses_paper_gives_anything(sealed):
    noor = seen_by(builders.a_therapist("noor").username)
    asked = ("large", "cards", "phone/light", "note")
    assert [got(noor, sealed, what).status_code for what in asked] == [404] * 4


def test_the_large_print_is_ours_in_force_and_its_seal_alone_says_so(sealed):
    by, now = sealed.agreement.therapist, builders.NOW
    made = documents.issue_large(document=sealed, by=by, now=now)
    assert documents.issue_large(document=sealed, by=by, now=now).pk == made.pk
    answers = proving.of_file(made.content, now)
    assert (answers.unaltered, answers.ours, answers.standing and answers.standing.in_force) == (True, True, True)
    assert judge(made.content, keys.root_certificate()).status == GENUINE
    assert proving.of_file(made.content + b" ", now).unaltered is not True
