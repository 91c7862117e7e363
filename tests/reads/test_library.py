"""What is known of an edition before it is published: whom it would touch, beside which edition it stands."""

from __future__ import annotations

import pytest

from agreements.actions import drafting, endings, library
from agreements.models import Agreement, Edition, User, UsualAnswer
from agreements.reads import library as reads
from agreements.reads import offers
from agreements.rules.vocabulary import Role
from tests import builders, family
from tests.actions.test_library import adult
from tests.builders import NOW

pytestmark = pytest.mark.django_db
FAMILIES = ("couple-one-thread", "dbt-coaching", "young-person")


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


def test_who_tries_it_alone_gets_the_kind_for_any_two_then_what_they_used_last_then_what_is_usual_for_them() -> None:
    therapist = builders.a_therapist()
    builders.a_practice()
    found = [
        tried(therapist, builders.an_edition()),
        tried(therapist, *(family.an_edition(key) for key in FAMILIES)),
        tried(therapist, drafting.start(client=builders.a_client(), edition=edition("couple"), by=therapist, now=NOW)),
    ]
    UsualAnswer.objects.create(therapist=therapist, family=edition("young").family, clause_key="often", value={})
    assert [*found, tried(therapist)] == ["adult-outpatient", "adult-outpatient", "couple-one-thread", "young-person"]


def edition(begins: str) -> Edition:
    return Edition.objects.get(family__key__startswith=begins)


def tried(therapist: User, *_done: object) -> str:
    offered = offers.to_try(therapist)
    assert offered is not None
    return str(offered.family.key)
