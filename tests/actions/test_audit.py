"""The log: links in order, one event a post, and a changed row is noticed by computing the digests again."""

from datetime import timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from agreements.actions import audit
from agreements.models import Agreement, AuditEvent, Practice
from agreements.rules.steps import Step
from tests import builders, review_rows
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def broken(chain: UUID) -> list[int]:
    """The places of a chain at which an event is not what was written, or does not follow the one before."""
    places, before, place = [], "", 0
    for place, event in enumerate(AuditEvent.objects.filter(chain=chain).order_by("sequence"), start=1):
        if (event.sequence, event.previous, event.digest) != (place, before, audit.digest(event)):
            places.append(event.sequence)
        before = event.digest
    assert place, "the chain is empty"
    return places


@pytest.fixture
def practice() -> Practice:
    return review_rows.a_practice()


@pytest.fixture
def agreement(practice: Practice) -> Agreement:
    return review_rows.an_agreement(review_rows.a_therapist())


def write(chain: Agreement | Practice, kind: str, **facts: object) -> AuditEvent:
    return audit.record(chain=chain, kind=kind, by=None, now=NOW, **facts)  # type: ignore[arg-type]


def test_each_event_names_the_one_before_it(practice: Practice) -> None:
    first, second, third = (write(practice, kind) for kind in ("a", "b", "c"))
    assert [event.sequence for event in (first, second, third)] == [1, 2, 3]
    assert [event.previous for event in (first, second, third)] == ["", first.digest, second.digest]
    assert broken(practice.pk) == []


def test_every_agreement_has_a_chain_of_its_own(practice: Practice, agreement: Agreement) -> None:
    write(practice, "a")
    write(agreement, "b")
    write(practice, "c")
    assert list(AuditEvent.objects.filter(chain=agreement.pk).values_list("sequence", "previous")) == [(1, "")]
    assert [broken(chain) for chain in (practice.pk, agreement.pk)] == [[], []]


def test_the_same_event_twice_is_two_links_with_different_digests(practice: Practice) -> None:
    first, second = write(practice, "a"), write(practice, "a")
    assert first.nonce != second.nonce
    assert first.digest != second.digest


def test_changed_details_are_noticed(practice: Practice) -> None:
    for kind in ("a", "b", "c"):
        write(practice, kind, details={"clause": "often", "after": {"chosen": ["most_days"]}})
    AuditEvent.objects.filter(chain=practice.pk, sequence=2).update(details={"clause": "often", "after": None})
    assert broken(practice.pk) == [2]


def test_details_are_the_same_after_a_way_through_the_database(practice: Practice) -> None:
    details = {"words": "caf\u0065\u0301 א 🙂", "list": [1, None, True], "before": {}}
    write(practice, "a", details=details)
    assert broken(practice.pk) == []


def test_a_moment_given_in_another_zone_is_the_same_moment(practice: Practice) -> None:
    local = (NOW + timedelta(microseconds=5)).astimezone(ZoneInfo("America/New_York"))
    audit.record(chain=practice, kind="a", by=None, now=local)
    assert broken(practice.pk) == []


def test_a_post_that_came_before_is_recognised(practice: Practice) -> None:
    key = uuid4()
    event = write(practice, "a", form_key=key)
    write(practice, "b")
    assert audit.replayed(key) == event
    assert [audit.replayed(other) for other in (None, uuid4())] == [None, None]


def test_details_are_locked_in_the_database(practice: Practice) -> None:
    write(practice, "a", details={"name": "Maya R."})
    with connection.cursor() as cursor:
        cursor.execute("SELECT details FROM agreements_auditevent")
        [stored] = [row[0] for row in cursor.fetchall()]
    assert stored.startswith("e1:")
    assert "Maya" not in stored


def test_a_whole_session_leaves_whole_chains() -> None:
    draft = builders.a_draft(until=Step.KEPT)
    assert [broken(chain) for chain in (draft.agreement_id, Practice.objects.get().pk)] == [[], []]
    kinds = list(AuditEvent.objects.filter(chain=draft.agreement_id).values_list("kind", flat=True))
    assert kinds[:5] == ["agreement started", "takes part", "takes part", "prepared", "page start"]
    assert kinds[-4:] == ["frozen", "signed", "tablet handed over", "signed"]
