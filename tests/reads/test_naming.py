"""Labels of clients: the same client keeps the same number, and two with the same initials are told apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agreements.reads import first_page, home, naming
from agreements.rules.shown_names import Naming
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def labels(shown: Naming) -> list[str]:
    return [each.label for each in home.clients(builders.a_therapist(), NOW, shown)]


def test_each_is_named_as_chosen_and_numbered_in_the_order_in_which_they_came(quick_seal) -> None:
    builders.a_practice()
    for days, name, called in ((400, "Zoe Ark", "Zoe"), (30, "Margaret Rose", "Peggy"), (3, "Anton K.", "Anton")):
        builders.a_client(name=name, called=called, now=NOW - days * DAY)
    builders.a_sealed_document(client=home.clients(builders.a_therapist(), NOW)[1].client)
    assert labels(Naming.FULL) == ["Anton K.", "Margaret Rose (Peggy)", "Zoe Ark"]
    assert labels(Naming.INITIALS) == ["A.K.", "M.R.", "Z.A."]
    assert labels(Naming.HIDDEN) == [
        "Client 1, here since 19 October 2025",
        "Client 2, agreement since 23 November",
        "Client 3, here since 20 November",
    ]


def test_a_page_without_texting_is_no_agreement_to_count_from(quick_seal) -> None:
    builders.a_sealed_document(script=builders.NO_TEXTING)
    assert labels(Naming.HIDDEN) == ["Client 1, here since 23 November"]


def test_two_with_the_same_initials_are_told_apart() -> None:
    for name in ("Maya R.", "Érika Q.", "Mia Roe", "erika q."):
        builders.a_client(name=name, called=name, now=NOW)
    found = labels(Naming.INITIALS)
    assert {label.split(",")[0] for label in found} == {"M.R.", "É.Q.", "E.Q."}
    assert sorted(label.split("client ")[1] for label in found) == ["1", "2", "3", "4"]


def test_the_day_is_the_practices_own() -> None:
    client = builders.a_client(now=NOW)
    [label] = naming.labels([(client, None)], Naming.HIDDEN, zone="Pacific/Auckland", today=date(2026, 11, 24))
    assert label == "Client 1, here since 24 November"


@pytest.mark.parametrize("sought", ["maya", "R. maya", "peggy", "m.r.", "client 1", "MÁYA"])
def test_somebody_is_found_by_name_initials_or_number(sought: str) -> None:
    client = builders.a_client(name="Maya R.", called="Peggy")
    builders.a_client(name="Anton K.", called="Anton", now=NOW + DAY)
    found = first_page.find(builders.a_therapist(), sought, NOW + DAY, Naming.HIDDEN)
    assert [each.client for each in found] == [client]
