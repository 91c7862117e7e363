"""From signatures to one sealed document: under a lease, again after a failure, whole or not at all."""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError
from django.utils import timezone

from agreements.actions import audit, bound_rows, documents, drafting, negotiation, pdf, pdf_signature, sealing
from agreements.actions.pdf_verdict import stamped_at
from agreements.actions.refusals import NotNow
from agreements.management.walk import choose
from agreements.models import AuditEvent, CopyRecord, Document, Practice, SealAttempt, Version
from agreements.rules.record import LogRecord, Sealed
from agreements.rules.steps import Step
from agreements.rules.vocabulary import CopyGiven, Role, SignatureKind
from tests import builders, time_authority
from tests.builders import NOW
from tests.tools import needs

pytestmark = pytest.mark.django_db
LATER = NOW + documents.LEASE


class Crash(BaseException):
    """The process is gone: nothing gets to clear up."""


@pytest.fixture
def signed(quick_seal) -> Version:
    """A version both signed, with quick sealing."""
    return builders.a_draft(until=Step.KEPT).versions.get()


def told(event: AuditEvent) -> dict[str, object]:
    """What an entry says beside the digest of the row that came of it."""
    return {name: value for name, value in event.details.items() if name != bound_rows.ROW}


def issue(version: Version, now: datetime = NOW) -> Document:
    return documents.issue(version=version, by=None, now=now)


def fail(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """The next sealing ends with `error`, later ones go well."""
    works, left = pdf_signature.seal, [error]

    def seal(content: bytes, now: datetime) -> bytes:
        if left:
            raise left.pop()
        return works(content, now)

    monkeypatch.setattr(pdf_signature, "seal", seal)


def test_a_document_is_its_bytes_their_digest_and_the_tools(signed: Version) -> None:
    document = issue(signed)
    document.refresh_from_db()
    assert document.sha256 == hashlib.sha256(document.content).hexdigest()
    assert (document.size, document.number, document.sealed_at) == (len(document.content), 1, NOW)
    assert set(document.tools) == set(documents.TOOLS)
    event, practice = AuditEvent.objects.get(kind="sealed"), Practice.objects.get()
    note, before = AuditEvent.objects.filter(chain=practice.pk).order_by("-sequence")[:2]
    assert told(event) == {
        "sha256": document.sha256, "timestamp": "none", "practice": [before.sequence, before.digest],
    }  # fmt: skip
    assert (note.kind, note.subject, note.details) == (
        audit.NOTED, event.chain, {"entry": event.sequence, "digest": event.digest, "sha256": document.sha256},
    )  # fmt: skip


@needs("openssl")
@pytest.mark.parametrize(("way", "status"), [("in order", "stamped"), ("to another question", "unavailable")])
def test_a_document_says_whether_an_authority_stamped_it(way: str, status: str) -> None:
    """In the row, in the log and in the bytes alike; the time is the authority's, never our clock's."""
    version, now = builders.a_draft(until=Step.KEPT).versions.get(), timezone.now()
    with time_authority.running(way):
        document = issue(version, now)
    event = AuditEvent.objects.get(kind="sealed")
    assert (document.timestamp_status, event.details["timestamp"]) == (status, status)
    assert document.stamped_at == stamped_at(document.content)
    assert (document.stamped_at is None) == (status == "unavailable")


def test_the_paper_and_its_file_say_where_the_log_stood(signed: Version) -> None:
    frozen = AuditEvent.objects.get(kind="frozen")
    before = AuditEvent.objects.get(chain=frozen.chain, sequence=frozen.sequence - 1)
    sealed = documents.sealed_record(signed)
    assert sealed.log == LogRecord(before.sequence, before.digest)
    assert Sealed.from_json(sealed.to_json()) == sealed


def test_issuing_twice_is_the_same_document_and_nothing_is_drawn_again(signed: Version, quick_seal) -> None:
    assert issue(signed) == issue(signed, LATER) == Document.objects.get()
    assert quick_seal() == 1


def test_a_missing_signature_is_named(quick_seal) -> None:
    version = builders.a_draft(until=Step.SIGN).versions.get()
    with pytest.raises(NotNow, match="Maya and Dr Lee"):
        issue(version)
    assert SealAttempt.objects.count() == quick_seal() == 0


def test_while_somebody_seals_nobody_else_does(signed: Version, quick_seal) -> None:
    SealAttempt.objects.create(version=signed, leased_until=LATER)
    with pytest.raises(NotNow):
        issue(signed)
    assert documents.waiting(NOW) == []
    assert quick_seal() == 0


def test_a_lapsed_lease_is_taken_over(signed: Version) -> None:
    SealAttempt.objects.create(version=signed, leased_until=NOW)
    assert documents.waiting(NOW) == [signed]
    assert issue(signed) == Document.objects.get()
    assert SealAttempt.objects.get().attempts == 2


@pytest.mark.parametrize(
    "error",
    [pdf.RenderRefused("No letter for ☃."), pdf_signature.SealRefused("No key."), OSError(28, "No space left")],
    ids=lambda error: type(error).__name__,
)
def test_a_failure_keeps_its_reason_and_the_next_try_succeeds(signed: Version, monkeypatch, error: Exception) -> None:
    fail(monkeypatch, error)
    with pytest.raises(documents.SealingFailed) as refusal:
        issue(signed)
    assert str(error) in str(refusal.value)
    attempt = SealAttempt.objects.get()
    assert (attempt.reason, attempt.leased_until, Document.objects.count()) == (str(error), NOW, 0)
    assert signed.signatures.count() == 2
    assert documents.waiting(NOW) == [signed]
    issue(signed)
    attempt.refresh_from_db()
    assert (attempt.reason, attempt.attempts) == ("", 2)


def test_a_crash_before_the_document_is_stored_resumes_when_the_lease_lapses(signed: Version, monkeypatch) -> None:
    fail(monkeypatch, Crash())
    with pytest.raises(Crash):
        issue(signed)
    with pytest.raises(NotNow):
        issue(signed, LATER - timedelta(seconds=1))
    assert Document.objects.count() == 0
    assert issue(signed, LATER) == Document.objects.get()


def test_a_document_without_its_event_is_not_kept(signed: Version, monkeypatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(audit, "record", lambda **facts: (_ for _ in ()).throw(DatabaseError("disk I/O error")))
        patch.setattr(
            audit, "append", lambda **facts: (_ for _ in ()).throw(DatabaseError("disk I/O error")), raising=False
        )
        with pytest.raises(documents.SealingFailed, match="disk I/O error"):
            issue(signed)
    assert (Document.objects.count(), AuditEvent.objects.filter(kind="sealed").count()) == (0, 0)
    assert issue(signed) == Document.objects.get()


def test_what_waits_is_signed_and_still_counts(signed: Version) -> None:
    assert documents.waiting(NOW) == [signed]
    draft, by = signed.draft, signed.agreement.therapist
    change(signed)
    assert documents.waiting(NOW) == []
    unsigned = sealing.freeze(draft=draft, by=by, now=NOW)
    assert documents.waiting(NOW) == []
    for role, name in ((Role.CLIENT, "Maya R."), (Role.THERAPIST, "Dr J. Lee")):
        sealing.sign(
            draft=draft, role=role, kind=SignatureKind.TYPED, typed=name, digest_seen=unsigned.digest, by=by, now=NOW
        )
    assert documents.waiting(NOW) == [unsigned]
    drafting.set_aside(draft=draft, by=by, now=NOW)
    assert documents.waiting(NOW) == []


def change(version: Version) -> None:
    term = version.draft.terms.get(clause__key="often")
    by = version.agreement.therapist
    negotiation.decide(term=term, value=choose("one_two"), seen_rev=term.rev, by=by, now=NOW)


def test_a_version_that_an_edit_overtook_is_never_sealed(signed: Version, quick_seal) -> None:
    change(signed)
    with pytest.raises(NotNow):
        issue(signed)
    assert quick_seal() == Document.objects.count() == SealAttempt.objects.count() == 0


def test_an_edit_while_the_paper_is_drawn_is_noticed_before_it_is_kept(signed: Version, monkeypatch) -> None:
    monkeypatch.setattr(pdf_signature, "seal", lambda content, now: change(signed) or content)
    with pytest.raises(NotNow):
        issue(signed)
    assert Document.objects.count() == AuditEvent.objects.filter(kind="sealed").count() == 0


@pytest.mark.parametrize("script", [builders.NO_TEXTING, builders.NOT_FOR_NOW], ids=lambda script: script.outcome)
def test_h14_no_is_sealed_without_a_signature(script, quick_seal) -> None:
    document = builders.a_sealed_document(script=script)
    assert documents.marks(document.version) == []
    assert documents.sealed_record(document.version).to_json()["signatures"] == []


def test_the_paper_shows_the_client_first_and_each_mark_as_it_was_given(signed: Version) -> None:
    marks = documents.marks(signed)
    assert [(mark.role, mark.name, mark.kind) for mark in marks] == [
        (Role.CLIENT, "Maya R.", SignatureKind.DRAWN),
        (Role.THERAPIST, "Dr J. Lee", SignatureKind.DRAWN),
    ]
    assert marks[0].strokes != marks[1].strokes
    assert {mark.local_time for mark in marks} == {"23 November 2026, 10:01 a.m. EST (UTC-05:00)"}


@pytest.mark.parametrize(
    ("at", "zone", "words"),
    [
        (datetime(2026, 7, 1, 3, 5, tzinfo=UTC), "America/New_York", "30 June 2026, 11:05 p.m. EDT (UTC-04:00)"),
        (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "America/New_York", "1 November 2026, 1:30 a.m. EDT (UTC-04:00)"),
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "America/New_York", "1 November 2026, 1:30 a.m. EST (UTC-05:00)"),
        (datetime(2026, 1, 1, 12, tzinfo=UTC), "Asia/Kathmandu", "1 January 2026, 5:45 p.m. +0545 (UTC+05:45)"),
    ],
)
def test_a_time_is_never_without_its_zone(at: datetime, zone: str, words: str) -> None:
    assert documents.local_time(at, zone) == words


def test_the_copy_is_what_the_two_said_once_a_post(signed: Version) -> None:
    document, key, by = issue(signed), uuid4(), signed.agreement.therapist
    for _ in range(2):
        documents.record_copy(document=document, kind=CopyGiven.PHOTO, by=by, now=NOW, form_key=key)
    documents.record_copy(document=document, kind=CopyGiven.PRINTED, by=by, now=NOW)
    assert sorted(CopyRecord.objects.values_list("kind", flat=True)) == ["photo", "printed"]
    assert AuditEvent.objects.filter(kind="copy given").count() == 2
