"""The day of a look back is the one that was signed, or one that an entry gave it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from agreements.actions import audit, reviews
from agreements.models import AuditEvent, Document, Review
from tests import builders
from tests.builders import NOW
from tests.logs import by_sql, found

pytestmark = pytest.mark.django_db
OTHER = "the day of a look back is not the one that was agreed"
GONE = "the look back that was moved is not there any more"
SOON = (NOW + timedelta(days=5)).date()


@pytest.fixture(scope="module")
def made(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Document]:
    """A sealed paper with its look back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield builders.a_sealed_document()
        transaction.set_rollback(True)


@pytest.fixture
def document(made: Document) -> Document:
    """That paper; what a test does to its rows is undone afterwards."""
    return Document.objects.get(pk=made.pk)


def of_age(document: Document, on: date | None) -> int:
    """The look comes on the day somebody comes of age; where the log says so."""
    chain, by = document.agreement, document.agreement.therapist
    reviews.comes_of_age(agreement=chain, on=on, by=by, now=NOW)
    return AuditEvent.objects.filter(chain=chain.pk, kind="coming of age").latest("sequence").sequence


def test_a_day_that_was_changed_is_named(document: Document) -> None:
    assert found() == []
    Review.objects.update(due_on=SOON)
    assert found() == [(document.agreement_id, 1, OTHER)]


def test_a_day_that_was_rightly_moved_is_whole_and_any_other_is_named(document: Document) -> None:
    place = of_age(document, SOON)
    of_age(document, None)
    assert (Review.objects.get().due_on, found()) == (SOON, [])
    Review.objects.update(due_on=document.version.review_on)
    assert found() == [(document.agreement_id, place, OTHER)]
    moved = {"was": str(SOON), "now": str(document.version.review_on)}
    facts = {"kind": "review moved", "by": None, "now": NOW, "subject": Review.objects.get().pk, "details": moved}
    audit.record(chain=document.agreement, **facts)
    assert found() == []


def test_a_look_that_was_moved_and_is_gone_is_missed(document: Document) -> None:
    place = of_age(document, SOON)
    by_sql("DELETE FROM agreements_review")
    assert found() == [(document.agreement_id, place, GONE)]
    reviews.schedule_missing(now=NOW)
    assert found() == [(document.agreement_id, place, GONE)]


def test_an_older_log_that_gave_no_day_for_a_coming_of_age_is_whole(document: Document) -> None:
    audit.record(chain=document.agreement, kind="coming of age", by=None, now=NOW)
    Review.objects.update(due_on=SOON)
    assert found() == []
