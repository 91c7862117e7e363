"""What is known of an edition before it is published: whom it would touch, beside which edition it stands."""

from __future__ import annotations

from datetime import timedelta

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
    today, later = NOW.date(), NOW.date() + timedelta(days=10)
    assert (reads.touched(draft, today), reads.touched(builders.an_edition(), today)) == (3, 0)
    endings.stop(agreement=agreements[0], by_role=Role.CLIENT, effective_on=today, by=therapist, now=NOW)
    endings.stop(agreement=agreements[1], by_role=Role.CLIENT, effective_on=later, planned=True, by=therapist, now=NOW)
    assert [reads.touched(draft, day) for day in (today, later - timedelta(days=1), later)] == [2, 2, 1]
    other = Edition.objects.exclude(family=draft.family).first()
    assert other is not None
    assert reads.touched(other, today) == 0


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
