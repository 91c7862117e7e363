"""Editions: read in once, published for good, retired by a row of their own."""

import pytest

from agreements.actions import drafting, library
from agreements.actions.refusals import NotNow
from agreements.models import AuditEvent, Clause, Edition, Family, Option, Retirement
from tests import builders, review_rows
from tests.builders import NOW
from tests.models import rows

pytestmark = pytest.mark.django_db
KEYS = (
    "purpose", "often", "window", "night", "away", "look_again", "limit", "too_much", "notice", "ending", "silence",
    "late", "asking", "misread", "extra", "privacy",
)  # fmt: skip


def events() -> list[str]:
    return list(AuditEvent.objects.filter(kind__startswith="edition").values_list("kind", flat=True))


def test_the_starter_edition_has_its_sixteen_clauses_in_order() -> None:
    builders.a_practice()
    found = list(builders.an_edition().clauses.values_list("order", "key"))
    assert found == list(enumerate(KEYS, start=1))


def test_reading_the_same_file_twice_is_one_edition() -> None:
    review_rows.a_practice()
    first, second = (rows.an_edition(published=False) for _ in range(2))
    assert first == second
    assert [model.objects.count() for model in (Family, Edition, Clause, Option)] == [1, 1, 1, 1]
    assert events() == ["edition read in"]


def test_a_second_edition_joins_its_family() -> None:
    review_rows.a_practice()
    for number in (1, 2):
        rows.an_edition(number=number, published=True)
    assert list(Edition.objects.values_list("family__key", "number")) == [("small", 1), ("small", 2)]


def test_publishing_twice_keeps_the_first_day() -> None:
    review_rows.a_practice()
    edition = rows.an_edition(published=False)
    for now in (NOW, NOW.replace(year=2027)):
        assert library.publish(edition=edition, by=None, now=now).published_at == NOW
    assert events() == ["edition read in", "edition published"]


def test_an_edition_without_clauses_is_not_published() -> None:
    review_rows.a_practice()
    family = Family.objects.create(key="small", name="Small")
    empty = Edition.objects.create(family=family, number=1)
    with pytest.raises(NotNow, match="no clauses"):
        library.publish(edition=empty, by=None, now=NOW)
    assert Edition.objects.get().published_at is None


def test_retiring_is_one_row_and_leaves_the_edition_as_it_was() -> None:
    review_rows.a_practice()
    edition, therapist = rows.an_edition(published=True), review_rows.a_therapist()
    before = Edition.objects.values().get()
    for _ in range(2):
        library.retire(edition=edition, by=therapist, now=NOW)
    assert Retirement.objects.get().edition == edition
    assert Edition.objects.values().get() == before
    assert events() == ["edition read in", "edition published", "edition retired"]


def test_a_draft_edition_is_not_retired() -> None:
    review_rows.a_practice()
    with pytest.raises(NotNow):
        library.retire(edition=rows.an_edition(published=False), by=review_rows.a_therapist(), now=NOW)


def test_no_new_agreement_starts_from_a_retired_edition() -> None:
    client = builders.a_client()
    library.retire(edition=builders.an_edition(), by=client.therapist, now=NOW)
    with pytest.raises(NotNow):
        drafting.start(client=client, edition=builders.an_edition(), by=client.therapist, now=NOW)
    assert client.agreements.count() == 0


def test_agreements_made_with_a_retired_edition_keep_it(quick_seal) -> None:
    client = builders.a_sealed_document().agreement.client
    library.retire(edition=builders.an_edition(), by=client.therapist, now=NOW)
    draft = drafting.start(client=client, edition=builders.an_edition(), by=client.therapist, now=NOW)
    assert (draft.number, draft.edition) == (2, builders.an_edition())
