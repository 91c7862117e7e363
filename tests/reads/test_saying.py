"""What a published edition says is read once in a process; a publishing that was undone leaves nothing behind."""

import pytest
from django.db import transaction

from agreements.actions import library
from agreements.models import ClauseText, Edition
from agreements.reads import saying
from tests import builders

pytestmark = pytest.mark.django_db


def test_a_published_edition_is_read_once(django_assert_num_queries):
    builders.a_practice()
    edition = builders.an_edition()
    first = saying.clauses(edition, "en")
    assert [said.clause.key for said in first.values()] == [clause.key for clause in edition.clauses.all()]
    with django_assert_num_queries(0):
        assert saying.clauses(edition, "en") is first


def test_words_of_a_publishing_that_was_undone_are_forgotten():
    builders.a_practice()
    lee = builders.a_therapist()
    draft = library.copy(edition=builders.an_edition(), by=lee, now=builders.NOW)
    text = ClauseText.objects.filter(clause__edition=draft, language="en").first()
    words = {}
    for number in (1, 2):
        ClauseText.objects.filter(pk=text.pk).update(heading=f"Heading {number}")
        with transaction.atomic():
            Edition.objects.filter(pk=draft.pk).update(published_at=builders.NOW.replace(minute=number))
            found = saying.clauses(Edition.objects.get(pk=draft.pk), "en")
            words[number] = found[text.clause_id].text.heading
            transaction.set_rollback(True)
    assert words == {1: "Heading 1", 2: "Heading 2"}
