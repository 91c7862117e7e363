"""What a published crisis resource says is what the log says of it: a number changed by SQL is named before it is dialled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from agreements.actions import bound_rows, chain_rows, crisis
from agreements.management import first_run
from agreements.models import AuditEvent, CrisisResource, Practice
from agreements.rules.vocabulary import CheckedHow
from tests import builders
from tests.builders import NOW
from tests.logs import LATER, by_sql, found, last
from tests.models.rows import LINE

pytestmark = pytest.mark.django_db
CHANGED = "a crisis resource that it binds was changed: us-988"
UNKNOWN = "a crisis resource is in use that no entry knows: {}"


@pytest.fixture(scope="module")
def opened(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """A practice with the crisis resources that ship."""
    with django_db_blocker.unblock(), transaction.atomic():
        builders.a_practice()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def practice(opened: None) -> Practice:
    """That practice; what a test does to its rows is undone afterwards."""
    return Practice.objects.get()


def read_in() -> int:
    """The place of the entry that binds the resources."""
    return AuditEvent.objects.get(kind=bound_rows.READ_IN).sequence


def row(key: str = "us-988") -> CrisisResource:
    return CrisisResource.objects.get(key=key, successor=None)


def corrected() -> CrisisResource:
    """A published successor of a row that ships."""
    draft = crisis.correct(resource=row(), by=None, now=LATER)
    draft.hours, draft.service, draft.read_from, draft.as_of = "24/7", "988 Lifeline, new", "988lifeline.org", "2026-11"
    crisis.write(resource=draft, by=None, now=LATER)
    return crisis.publish(resource=draft, how=CheckedHow.CALLED, by=None, today=LATER.date(), now=LATER)


def test_one_entry_binds_all_that_were_read_in(practice: Practice) -> None:
    kept = AuditEvent.objects.get(kind=bound_rows.READ_IN).details["rows"]["sha256"]
    assert kept.keys() == {str(pk) for pk in CrisisResource.objects.values_list("pk", flat=True)}
    assert found() == []


@pytest.mark.parametrize(
    "change", ["call = '900 555 0000'", "text_to = '1'", "hours = '9 to 5'", "published_at = NULL"]
)
def test_a_row_that_was_changed_is_named(practice: Practice, change: str) -> None:
    by_sql(f"UPDATE agreements_crisisresource SET {change} WHERE key = 'us-988'")
    assert found() == [(practice.pk, read_in(), CHANGED)]


def test_a_row_that_is_gone_is_missed(practice: Practice) -> None:
    gone = row()
    by_sql("DELETE FROM agreements_crisischeck WHERE resource_id = %s", gone.pk)
    by_sql("DELETE FROM agreements_crisisresource WHERE id = %s", gone.pk)
    says = f"a crisis resource that it binds is not there any more: {gone.pk}"
    assert (practice.pk, read_in(), says) in found()


def test_a_row_or_a_successor_that_nobody_published_is_named(practice: Practice) -> None:
    facts = {**LINE, "call": "900 555 0000", "published_at": NOW}
    CrisisResource.objects.create(**{**facts, "key": "us-new"})
    CrisisResource.objects.create(**{**facts, "key": "us-988", "replaces": row()})
    place = last(practice.pk) + 1
    assert sorted(found()) == [(practice.pk, place, UNKNOWN.format(key)) for key in ("us-988", "us-new")]


def test_a_draft_may_change_until_it_is_published(practice: Practice) -> None:
    draft = crisis.correct(resource=row(), by=None, now=LATER)
    CrisisResource.objects.filter(pk=draft.pk).update(call="111")
    assert found() == []
    by_sql("UPDATE agreements_crisisresource SET published_at = %s WHERE id = %s", NOW, draft.pk)
    assert found() == [(practice.pk, last(practice.pk) + 1, UNKNOWN.format("us-988"))]


def test_a_row_that_was_corrected_leaves_the_log_whole_and_is_bound_too(practice: Practice) -> None:
    made = corrected()
    assert found() == []
    by_sql("UPDATE agreements_crisisresource SET call = '900 555 0000' WHERE id = %s", made.pk)
    place = AuditEvent.objects.get(kind="crisis resource published", subject=made.pk).sequence
    assert found() == [(practice.pk, place, "what came of it was changed")]


def test_a_log_from_before_is_whole_and_the_next_setup_binds_it(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (bound_rows, chain_rows):
        monkeypatch.setattr(module, "ROWS", "rows, as a later version says")
    by_sql("UPDATE agreements_crisisresource SET call = '111' WHERE key = 'us-988'")
    made = corrected()
    assert (found(), crisis.are_bound()) == ([], False)
    for _twice in range(2):
        first_run.load_starter(by=None, now=LATER)
    assert (found(), crisis.are_bound()) == ([], True)
    by_sql("UPDATE agreements_crisisresource SET note = 'Ring twice.' WHERE key = 'us-988' AND id <> %s", made.pk)
    _old, new = AuditEvent.objects.filter(kind=bound_rows.READ_IN).values_list("sequence", flat=True)
    assert found() == [(practice.pk, new, CHANGED)]
