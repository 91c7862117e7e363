"""The two public pages: a file and a check code, answered to anybody, and nobody is named."""

from __future__ import annotations

import hashlib
import re
import time
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from agreements.actions import endings, keys
from agreements.models import Document, triggers
from agreements.rules.vocabulary import Role
from agreements.views import proving
from tests import builders
from tests.doors import seen_by
from tests.hostile import HOSTILE
from tests.records import a_sealed_pdf
from tests.tampering import TAMPERED, first_revision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
WORDS = re.compile(r"<dd>(.*?)</dd>", re.S)


@pytest.fixture
def stranger() -> Client:
    """Somebody whom nobody knows; the check for forged posts is on."""
    return Client(enforce_csrf_checks=True)


def answers(response) -> list[str]:
    """What stands beside the three questions, without markup."""
    found = WORDS.findall(response.content.decode())
    return [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in found]


def upload(content: bytes) -> dict[str, object]:
    return {"file": SimpleUploadedFile("a.pdf", content, content_type="application/pdf")}


def kept(sealed: Document) -> bytes:
    return bytes(Document.objects.get(pk=sealed.pk).content)


IN_FORCE = "Yes. It is in force. Nothing newer replaced it."
OURS = "Yes. It is exactly the file that was locked."
NO_CLOCK = "Yes. It was locked without an outside clock."


def test_a_file_of_ours_has_three_answers_by_upload_and_by_fingerprint_alike(stranger, sealed):
    by_file = stranger.post("/verify/", upload(kept(sealed)))
    by_fingerprint = stranger.post("/verify/", {"sha256": sealed.sha256.upper()})
    assert answers(by_file) == answers(by_fingerprint) == [OURS, NO_CLOCK, IN_FORCE]
    assert (by_file.status_code, by_fingerprint.status_code) == (200, 200)


def test_it_says_when_an_outside_clock_was_asked_in_vain(stranger):
    document = builders.a_sealed_document(client=builders.a_client(name="Bo K.", called="Bo"))
    with override_settings(TSA_URL="http://127.0.0.1:9/", TSA_ROOT="nowhere.pem"):
        newer = again(document)
    said = answers(stranger.post("/verify/", {"sha256": newer.sha256}))
    assert said[1] == "Yes. The outside clock gave no answer when it was locked."


def again(document: Document, **days: int) -> Document:
    """The next version of the same two."""
    client, now = document.agreement.client, document.sealed_at + timedelta(**days)
    return builders.a_sealed_document(client=client, now=now)


def test_a_replaced_paper_says_when(stranger, sealed):
    newer = again(sealed, days=10)
    said = answers(stranger.post("/verify/", upload(kept(sealed))))
    assert said == [OURS, NO_CLOCK, "No. It was replaced on 3 December 2026."]
    assert answers(stranger.post("/verify/", {"sha256": newer.sha256}))[2] == IN_FORCE


def test_a_stopped_paper_says_when(stranger, sealed):
    by, on = sealed.agreement.therapist, date(2026, 11, 23)
    endings.stop(agreement=sealed.agreement, by_role=Role.CLIENT, effective_on=on, by=by, now=builders.NOW)
    said = answers(stranger.post("/verify/", {"sha256": sealed.sha256}))
    assert said[2] == "No. It was stopped on 23 November 2026."


def test_a_changed_file_is_altered_and_not_ours(stranger, sealed):
    for way in ("junk after the end", "a changed title", "something in the padding"):
        said = answers(stranger.post("/verify/", upload(TAMPERED[way](kept(sealed)))))
        assert said[0].startswith("No. It is not one of ours."), way
        assert said[1:] == ["No.", "We cannot say."]


def test_a_file_of_another_practice_is_not_ours(stranger):
    said = answers(stranger.post("/verify/", upload(a_sealed_pdf()[0])))
    assert said == ["We cannot say. It is not one of ours. It was sealed with another key.", "No.", "We cannot say."]


def test_what_our_key_sealed_but_nobody_kept_is_said_to_be_that(stranger, sealed, monkeypatch):
    foreign, root = a_sealed_pdf()
    monkeypatch.setattr(keys, "root_certificate", lambda: root)
    said = answers(stranger.post("/verify/", upload(foreign)))
    assert said[0] == "Yes. Our key sealed it, but it is not among the documents kept here."
    assert [each[:14] for each in said[1:]] == ["We cannot say."] * 2


def test_an_unknown_fingerprint_has_no_answers(stranger, sealed):
    said = answers(stranger.post("/verify/", {"sha256": hashlib.sha256(b"x").hexdigest()}))
    assert said[0] == "We cannot say. No file with this fingerprint was locked here."


def test_only_an_unknown_fingerprint_asks_for_the_file_itself_and_no_script_holds_it_back(stranger, sealed):
    """Pages of our own say by the attribute alone which form keeps its file."""
    unknown, known = (
        stranger.post("/verify/", {"sha256": each}).content.decode() for each in ("0" * 64, sealed.sha256)
    )
    pages = {"unknown": unknown, "known": known, "first": stranger.get("/verify/").content.decode()}
    asks = {name for name, page in pages.items() if "Send the file itself?" in page}
    keeps = {name for name, page in pages.items() if "data-verify" in page and "verify.js" in page}
    assert (asks, keeps) == ({"unknown"}, {"known", "first"})
    (form,) = re.findall(r"<form[^>]*multipart/form-data.*?</form>", unknown, re.S)
    assert re.findall(r'name="(\w+)"', form) == ["file"]
    by_file = stranger.post("/verify/", upload(TAMPERED["junk after the end"](kept(sealed))))
    assert answers(by_file)[0] == "No. It is not one of ours. It was changed after it was sealed."


def test_the_certificate_of_the_seal_may_be_over(stranger, sealed):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: builders.NOW + timedelta(days=26 * 365))
        said = answers(stranger.post("/verify/", upload(kept(sealed))))
    assert "The seal’s certificate ended on 22 November 2051." in said[1]
    assert (said[0], said[2]) == (OURS, IN_FORCE)


@pytest.mark.parametrize("sent", [{}, {"sha256": "xyz"}, {"sha256": "large"}, {"file": ""}])
def test_nothing_to_check_is_said(stranger, sent):
    response = stranger.post("/verify/", sent)
    assert (response.status_code, "Please choose a PDF first." in response.content.decode()) == (
        422 if sent != {"sha256": "large"} else 413,
        sent != {"sha256": "large"},
    )


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_has_an_answer_in_two_seconds(stranger, what):
    content = HOSTILE[what]()
    began = time.process_time()
    response = stranger.post("/verify/", upload(content))
    assert time.process_time() - began < 2
    assert response.status_code == 200
    assert answers(response)[1] in ("No.", "We cannot say.")


def test_two_hundred_megabytes_are_not_read(stranger):
    class Endless(BytesIO):
        """A body that must not be touched."""

        def read(self, *_size: int | None) -> bytes:
            raise AssertionError("read")

    response = stranger.generic(
        "POST", "/verify/", b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(200 * 1024 * 1024),
        **{"wsgi.input": Endless()},
    )  # fmt: skip
    assert response.status_code == 413
    assert "larger than 5 MB" in response.content.decode()


KINDS = ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("length", "status"), [("abc", 400), ("1e3", 400), ("-1", 400), ("", 422), ("١٢", 422)])
def test_a_length_that_is_no_number_is_said_to_be_unread(stranger, kind, length, status):
    response = stranger.generic("POST", "/verify/", b"sha256=nothing", kind, CONTENT_LENGTH=length)
    says = "What was sent could not be read." in response.content.decode()
    assert (response.status_code, says) == (status, status == 400)


@pytest.mark.parametrize("length", ["+209715200", " 209715200 ", "209_715_200"])
def test_a_length_that_django_reads_as_a_number_is_one(stranger, length):
    response = stranger.generic("POST", "/verify/", b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=length)
    assert response.status_code == 413


def test_a_trusted_time_is_what_the_bytes_carry_whatever_the_row_says(stranger, sealed):
    triggers.drop(connection)
    Document.objects.filter(pk=sealed.pk).update(timestamp_status="stamped", stamped_at=builders.NOW)
    triggers.create(connection)
    assert answers(stranger.post("/verify/", {"sha256": sealed.sha256}))[1] == NO_CLOCK


def test_only_a_few_are_looked_at_at_once(stranger, sealed, monkeypatch):
    monkeypatch.setattr(proving, "PATIENCE", 0.01)
    assert proving.AT_ONCE.acquire() and proving.AT_ONCE.acquire()
    try:
        assert stranger.post("/verify/", {"sha256": sealed.sha256}).status_code == 503
    finally:
        proving.AT_ONCE.release()
        proving.AT_ONCE.release()
    assert stranger.post("/verify/", {"sha256": sealed.sha256}).status_code == 200


UNLOCKED = (
    "This file carries no lock at all. Only the agreement’s own file does; cards and other pages do not. "
    "If this should be the agreement, it is not the file that was locked."
)


def test_a_page_that_nobody_locked_cannot_be_known_a_card_of_ours_or_an_agreement_without_its_seal(stranger, sealed):
    card = seen_by().client.get("/blank/adult-outpatient-a4.pdf").content
    for content in (card, first_revision(kept(sealed))):
        said = answers(stranger.post("/verify/", upload(content)))
        assert said == [f"We cannot say. {UNLOCKED}", "We cannot say.", "We cannot say."]
