"""A machine that fails while sealing: the disk is full, a key is gone, the clock was set back. Nothing is lost."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings
from pypdf import PdfWriter

from agreements.actions import documents, pdf, pdf_signature
from agreements.actions.refusals import NotNow
from agreements.models import AuditEvent, Document, SealAttempt, Version
from agreements.rules.steps import Step
from tests import builders
from tests.builders import NOW

DAY = timedelta(days=1)


@pytest.fixture
def signed(monkeypatch: pytest.MonkeyPatch) -> Version:
    """A version both signed, whose paper is an empty page: the seal on it is a real one."""
    writer, page = PdfWriter(), BytesIO()
    writer.add_blank_page(300, 300)
    writer.write(page)
    monkeypatch.setattr(pdf, "render", lambda sealed, marks: page.getvalue())
    return builders.a_draft(until=Step.KEPT).versions.get()


def issue(version: Version, now=NOW) -> Document:
    return documents.issue(version=Version.objects.get(pk=version.pk), by=None, now=now)


def waits(version: Version, reason: str) -> None:
    """No document and no entry about one; both signatures; the reason is kept, and the next try may begin at once."""
    assert Document.objects.count() == AuditEvent.objects.filter(kind="sealed").count() == 0
    assert version.signatures.count() == 2
    assert reason in SealAttempt.objects.get(version=version).reason
    assert documents.waiting(NOW) == [version]


FULL = {"sqlite": "database or disk is full", "postgresql": "No space left on device"}
FULL_ON_POSTGRESQL = """
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
    END $$;
    CREATE TRIGGER full_disk BEFORE INSERT ON agreements_document FOR EACH ROW EXECUTE FUNCTION full_disk();
"""


@contextmanager
def a_full_disk() -> Iterator[None]:
    """SQLite's file may not grow any more: it says what it says when the disk is full. PostgreSQL answers the writing of
    the document with the same class of error (53100, psycopg.errors.DiskFull), out of a trigger.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FULL_ON_POSTGRESQL)
            yield
            cursor.execute("DROP TRIGGER full_disk ON agreements_document; DROP FUNCTION full_disk()")
            return
        cursor.execute("PRAGMA max_page_count")
        (before,) = cursor.fetchone()
        cursor.execute("PRAGMA max_page_count = 1")
        yield
        cursor.execute(f"PRAGMA max_page_count = {before}")


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_keeps_the_signatures_and_says_so(signed: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    says = FULL[connection.vendor]
    monkeypatch.setattr(pdf_signature, "seal", lambda content, now: b"%PDF-1.7" + os.urandom(400_000))
    with a_full_disk(), pytest.raises(documents.SealingFailed, match=says) as told:
        issue(signed)
    assert str(told.value).startswith("The signatures are kept.")
    if connection.vendor == "postgresql":
        assert type(told.value.__cause__.__cause__).__name__ == "DiskFull"
    waits(signed, says)
    assert issue(signed) == issue(signed) == Document.objects.get()
    assert AuditEvent.objects.filter(kind="sealed").count() == 1


@pytest.mark.django_db
def test_a_claim_that_cannot_be_written_is_told(signed: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even the reason can be kept: the signed version waits as it is."""

    def full(*_values: object, **_named: object) -> None:
        raise documents.DatabaseError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(SealAttempt.objects, "select_for_update", full)
        patch.setattr(SealAttempt.objects, "filter", full)
        with pytest.raises(documents.SealingFailed, match="The signatures are kept"):
            issue(signed)
    assert documents.waiting(NOW) == [signed]
    assert issue(signed) == Document.objects.get()


@pytest.mark.django_db
def test_without_the_seals_key_it_waits_until_the_key_is_back(signed: Version, settings: object) -> None:
    key = Path(settings.KEY_DIR, "seal.key")  # type: ignore[attr-defined]
    away = key.rename(key.with_suffix(".away"))
    try:
        with pytest.raises(documents.SealingFailed, match="The signatures are kept"):
            issue(signed)
    finally:
        away.rename(key)
    waits(signed, "key")
    assert issue(signed) == Document.objects.get()


@pytest.mark.django_db
def test_without_the_columns_keys_it_waits_until_they_are_back(signed: Version, tmp_path: Path) -> None:
    version = Version.objects.defer("snapshot").get(pk=signed.pk)
    with override_settings(KEY_DIR=tmp_path / "none"), pytest.raises(documents.SealingFailed, match="field.keys"):
        documents.issue(version=version, by=None, now=NOW)
    assert Document.objects.count() == AuditEvent.objects.filter(kind="sealed").count() == 0
    assert documents.waiting(NOW) == [signed]
    assert issue(signed) == Document.objects.get()


@pytest.mark.django_db
def test_a_lease_from_before_the_clock_was_set_back_holds_nobody_up(signed: Version) -> None:
    """Somebody crashed while sealing; then the clock was set back by a day."""
    SealAttempt.objects.create(version=signed, leased_until=NOW + documents.LEASE)
    with pytest.raises(NotNow):
        issue(signed)
    assert documents.waiting(NOW) == []
    assert documents.waiting(NOW - DAY) == [signed]
    document = issue(signed, NOW - DAY)
    assert (document, document.sealed_at) == (Document.objects.get(), NOW - DAY)
    assert SealAttempt.objects.get().attempts == 2
