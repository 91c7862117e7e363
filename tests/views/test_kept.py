"""After signing: copies are recorded choices, the stored bytes are served as they are, the review goes into a calendar."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from agreements.actions import endings
from agreements.models import AuditEvent, CopyRecord, Document
from agreements.reads import file_note
from agreements.rules.digest import code_in_address
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Role
from tests import builders
from tests.doors import seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
TODAY = builders.NOW.date()
LATER = builders.NOW + timedelta(minutes=20)
LEE = builders.a_therapist


def test_the_stored_bytes_are_served_unchanged_each_time(sealed):
    lee = seen_by()
    for url in (f"/documents/{sealed.pk}/texting-agreement-v1.pdf", f"/documents/{sealed.pk}/anything.pdf?save"):
        answer = lee.client.get(url)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert hashlib.sha256(answer.content).hexdigest() == sealed.sha256
    assert CopyRecord.objects.count() == 0  # a download is not a copy that was given


def test_without_an_outside_clock_the_page_says_so_as_the_public_one_does(sealed):
    kept = seen_by(at=f"/room/{sealed.version.draft_id}/kept/").page.main
    public = Client().post("/verify/", {"sha256": sealed.sha256}).content.decode()
    said = "It was locked without an outside clock."
    assert [page.count(said) for page in (kept, public)] == [1, 1]


@pytest.mark.parametrize(
    ("kind", "leads_to"),
    [
        ("printed", "/texting-agreement-v1.pdf"),
        ("saved", "/texting-agreement-v1.pdf?save=1"),
        ("photo", "/picture/"),
        ("none", "/kept/"),
    ],
)
def test_a_copy_is_recorded_and_then_given(kind, leads_to, sealed):
    lee = seen_by(at=f"/room/{sealed.version.draft_id}/kept/")
    lee.press(value=kind)
    assert lee.page.path.endswith(leads_to)
    assert [row.kind for row in CopyRecord.objects.all()] == [kind]
    assert AuditEvent.objects.filter(kind="copy given").count() == 1


def test_a_copy_of_no_known_kind_is_not_recorded(sealed):
    lee = seen_by(at=f"/room/{sealed.version.draft_id}/kept/")
    assert lee.post(f"/documents/{sealed.pk}/copy/", {"kind": "tattoo"}).status == 404
    assert CopyRecord.objects.count() == 0


def test_the_page_for_a_photo_shows_the_steps_as_signed(sealed):
    lee = seen_by(at=f"/documents/{sealed.pk}/picture/")
    assert '<strong class="number">911</strong>' in lee.page.main
    assert "Before I text" in lee.page.main
    assert lee.page.main.count("<li") == 4 + len(sealed.version.snapshot["before_text"])


def test_the_review_is_an_all_day_entry_with_a_neutral_title(sealed):
    text = seen_by().client.get(f"/documents/{sealed.pk}/review.ics").content.decode()
    assert "DTSTART;VALUE=DATE:20261221" in text
    assert [word for word in ("Maya", "Lee", "therap", "crisis", "text") if word.lower() in text.lower()] == []


def test_no_texting_has_no_day_for_a_calendar(house):
    document: Document = builders.a_sealed_document(script=builders.NO_TEXTING)
    lee = seen_by(at=f"/room/{document.version.draft_id}/kept/")
    assert "Put the day in a calendar" not in lee.page.links
    assert lee.open(f"/documents/{document.pk}/review.ics").status == 404


@pytest.mark.parametrize(
    ("way", "heading", "by_hand"),
    [("Sign as", "Signed by both, and locked", False), ("I sign on paper", "Locked. Please print and sign it", True)],
)
def test_what_the_page_says_of_the_signatures_is_so(way, heading, by_hand):
    lee = seen_by(at=f"/room/{builders.a_draft(until=Step.SIGN).pk}/sign/client/")
    lee.press("Sign as Maya R.")
    lee.press(way)
    assert lee.page.path.endswith("/kept/")
    assert heading in lee.page.main
    assert ("Keeps the signed file" in lee.page.main) == (not by_hand)
    kept, waits = lee.page.path, "signed by hand: not written down yet"
    lee.open(kept.replace("kept/", "read/"))
    assert "This is kept as it is. Earlier pages are closed." in lee.page.main
    lee.leave()
    assert (waits in lee.page.main, waits in lee.open("/").main) == (by_hand, by_hand)
    assert ("Write it down" in lee.page.main) == by_hand
    if by_hand:
        document = Document.objects.latest("sealed_at")
        awaits, code = "Nobody has written down yet that it", code_in_address(document.version.digest)
        assert "It is to be signed by hand. Nobody has written down yet that it was." in lee.open(f"/v/{code}").main
        assert ("Not yet." in lee.page.main, "in force. Nothing newer" in lee.page.main) == (True, False)
        assert file_note.note(document.version, now=timezone.now()).count(awaits) == 1
        lee.open(kept)
        lee.press("Dr Lee has signed, and this person saw it", witness="Maya R.")
        assert waits not in lee.open("/").main
        assert "Yes.</strong> It is in force." in lee.open(f"/v/{code}").main
        assert awaits not in file_note.note(document.version, now=timezone.now())


def test_a_page_without_texting_is_not_called_signed():
    lee = seen_by(at=f"/room/{builders.a_sealed_document(script=builders.NO_TEXTING).version.draft_id}/kept/")
    assert (lee.page.title.startswith("Your page is ready"), "signed" in lee.page.main.lower()) == (True, False)


HOLDS = ("look at this again", "calendar", "reminder", "Cards", "one for each of you", "Photograph")
CARRIED = ("cards/", "phone/light/", "picture/", "review.ics", "page/")


def said_of(document: Document) -> tuple[str, str, list[int]]:
    """The page, the file note, and what the addresses of what is carried around answer."""
    lee = seen_by(at=f"/room/{document.version.draft_id}/kept/")
    page = " ".join(lee.page.main.split(">", 1)[1].split())
    note = file_note.note(document.version, now=timezone.now())
    return page, note, [lee.client.get(f"/documents/{document.pk}/{each}").status_code for each in CARRIED]


def is_no_longer_offered(document: Document) -> None:
    page, note, answers = said_of(document)
    assert [word for word in HOLDS if word in page] == []
    assert answers == [404] * 5
    assert "look at it again" not in note
    lee = seen_by(at=f"/room/{document.version.draft_id}/kept/")
    for kind in ("cards", "photo"):
        assert lee.open(f"/room/{document.version.draft_id}/reminder/").path.endswith("/kept/")
        assert lee.post(f"/documents/{document.pk}/copy/", {"kind": kind}).status == 404


def test_the_page_of_a_stopped_agreement_says_so_first_and_leads_to_the_page_about_the_end(sealed):
    endings.stop(agreement=sealed.agreement, effective_on=TODAY, by_role=Role.CLIENT, by=LEE(), now=LATER)
    page, note, _ = said_of(sealed)
    is_no_longer_offered(sealed)
    assert page.startswith("<h1>Texting has ended</h1>")
    assert "Texting stopped on 23 November 2026. Care stays the same" in page
    assert f'href="/agreements/{sealed.agreement_id}/ended/"' in page
    assert "\nTexting stopped on 23 November 2026. This is no longer in force.\n" in note


def test_the_page_of_a_replaced_paper_says_so_first(house):
    client = builders.a_client(name="Ida K.", called="Ida")
    first = builders.a_sealed_document(client=client)
    newer = builders.a_sealed_document(client=client, now=LATER)
    page, note, _ = said_of(first)
    is_no_longer_offered(first)
    assert page.startswith("<h1>This paper was replaced</h1>")
    assert "A newer paper took its place on 23 November 2026." in page
    assert f'href="/room/{newer.version.draft_id}/kept/"' in page
    assert "\nReplaced on 23 November 2026 by version 2. It is no longer in force.\n" in note


def test_until_an_announced_day_nothing_changes_but_the_note_names_it(sealed):
    day = timezone.localdate() + timedelta(days=20)
    before, _, answers = said_of(sealed)
    facts = {"by_role": Role.THERAPIST, "reason": "other", "by": LEE(), "now": LATER}
    endings.stop(agreement=sealed.agreement, effective_on=day, **facts)
    after, note, still = said_of(sealed)
    assert after.count("<button") == before.count("<button")
    assert still == answers
    assert f"\nTexting ends on {date_format(day, 'j F Y')}. Until then this holds.\n" in note
