"""After signing: copies are recorded choices, the stored bytes are served as they are, the review goes into a calendar."""

from __future__ import annotations

import hashlib

import pytest

from agreements.models import AuditEvent, CopyRecord, Document
from agreements.rules.steps import Step
from tests import builders
from tests.doors import seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def test_the_stored_bytes_are_served_unchanged_each_time(sealed):
    lee = seen_by()
    for url in (f"/documents/{sealed.pk}/texting-agreement-v1.pdf", f"/documents/{sealed.pk}/anything.pdf?save"):
        answer = lee.client.get(url)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert hashlib.sha256(answer.content).hexdigest() == sealed.sha256
    assert CopyRecord.objects.count() == 0  # a download is not a copy that was given


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


def test_a_page_without_texting_is_not_called_signed():
    lee = seen_by(at=f"/room/{builders.a_sealed_document(script=builders.NO_TEXTING).version.draft_id}/kept/")
    assert (lee.page.title.startswith("Your page is ready"), "signed" in lee.page.main.lower()) == (True, False)
