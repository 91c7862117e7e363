"""What is known of an edition before it is published: whom it would touch, beside which edition it stands."""

from __future__ import annotations

import pytest

from agreements.actions import endings, library
from agreements.models import Agreement, Edition
from agreements.reads import library as reads
from agreements.rules.vocabulary import Role
from tests import builders
from tests.actions.test_library import adult
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def a_draft(hint: str) -> Edition:
    return library.read_in(data=adult(often=hint), by=None, now=NOW)


@pytest.mark.usefixtures("quick_seal")
def test_agreements_in_force_with_another_edition_of_the_family_are_counted() -> None:
    agreements: list[Agreement] = []
    for name in ("Ana", "Bea", "Cleo"):
        agreements.append(builders.a_sealed_agreement(client=builders.a_client(name=name, called=name)))
    builders.a_draft(client=builders.a_client(name="Dora", called="Dora"))  # begun, nothing in force
    draft, therapist = a_draft("One."), agreements[0].therapist
    assert (reads.touched(draft), reads.touched(builders.an_edition())) == (3, 0)
    endings.stop(agreement=agreements[0], by_role=Role.CLIENT, effective_on=NOW.date(), by=therapist, now=NOW)
    assert reads.touched(draft) == 2
    other = Edition.objects.exclude(family=draft.family).first()
    assert other is not None
    assert reads.touched(other) == 0


def test_a_draft_stands_beside_the_newest_published_edition_and_a_published_one_beside_that_before() -> None:
    builders.a_practice()
    first, second = builders.an_edition(), library.publish(edition=a_draft("Two."), by=None, now=NOW)
    third = a_draft("Three.")
    found = [reads.look(edition.pk).before for edition in (first, second, third)]
    assert [edition.number if edition else None for edition in found] == [None, 1, 2]
