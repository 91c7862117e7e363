"""Editions: read in as drafts, copied, published once for good, retired by a row of their own."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from agreements.actions import drafting, library
from agreements.actions.refusals import NotNow, Unreadable
from agreements.management import first_run
from agreements.models import AuditEvent, Clause, Edition, Family, Option, OptionText, Retirement
from agreements.reads import library as reads
from agreements.rules.edition_file import FaultyFile
from agreements.rules.vocabulary import Hearing
from tests import builders, review_rows
from tests.builders import NOW
from tests.models import rows
from tests.rules.edition import EDITION

pytestmark = pytest.mark.django_db
KEYS = (
    "purpose", "often", "window", "night", "away", "look_again", "limit", "too_much", "notice", "ending", "silence",
    "late", "asking", "misread", "extra", "privacy",
)  # fmt: skip


def events() -> list[str]:
    return list(AuditEvent.objects.filter(kind__startswith="edition").values_list("kind", flat=True))


def content(edition: Edition) -> list[dict[str, Any]]:
    return reads.in_file_form(reads.whole(edition.pk))["clauses"]


def adult(**changes: str) -> dict[str, Any]:
    """The adult edition as a file; `changes` are hints by clause key."""
    data = deepcopy(EDITION)
    for clause in data["clauses"]:
        if clause["key"] in changes:
            clause["texts"]["en"]["hint"] = changes[clause["key"]]
    return data


def read_in(**changes: str) -> Edition:
    return library.read_in(data=adult(**changes), by=None, now=NOW)


@pytest.fixture
def practice() -> Any:
    return review_rows.a_practice()


def test_the_starter_edition_has_its_sixteen_clauses_in_order() -> None:
    builders.a_practice()
    found = list(builders.an_edition().clauses.values_list("order", "key"))
    assert found == list(enumerate(KEYS, start=1))


def test_the_starter_library_is_read_once() -> None:
    builders.a_practice()
    before = list(Edition.objects.values())
    assert first_run.load_starter(by=None, now=NOW)[0].family.key
    assert list(Edition.objects.values()) == before


def test_what_is_read_in_is_a_draft_with_the_next_number_of_its_family(practice: Any) -> None:
    found = [read_in() for _ in range(2)]
    assert [(each.family.key, each.number, each.published_at) for each in found] == [
        ("adult-outpatient", 1, None),
        ("adult-outpatient", 2, None),
    ]
    assert content(found[0]) == content(found[1])
    assert events() == ["edition read in", "edition read in"]


def test_a_family_keeps_its_name_when_a_file_calls_it_otherwise(practice: Any) -> None:
    read_in()
    data = adult()
    data["family"]["name"] = "Another name"
    library.read_in(data=data, by=None, now=NOW)
    assert Family.objects.get().name == EDITION["family"]["name"]


def test_of_a_faulty_file_nothing_is_kept(practice: Any) -> None:
    data = adult()
    data["clauses"][15]["options"][3]["texts"]["en"]["label"] = ""
    del data["clauses"][2]["kind"]
    with pytest.raises(FaultyFile) as caught:
        library.read_in(data=data, by=None, now=NOW)
    assert [fault.where for fault in caught.value.faults] == [
        "clauses[2].kind",
        "clauses[15].options[3].texts.en.label",
    ]
    assert [model.objects.count() for model in (Family, Edition, Clause, Option)] == [0, 0, 0, 0]


def test_a_copy_says_the_same_is_read_by_nobody_and_leaves_the_first_alone() -> None:
    editor = builders.a_client().therapist
    first = builders.an_edition()
    before = content(first)
    made = library.copy(edition=first, by=editor, now=NOW)
    assert (made.family, made.number, made.published_at, made.read_by) == (first.family, 2, None, "nobody yet")
    assert content(made) == before
    OptionText.objects.filter(option__clause__edition=made).update(label="Other")
    assert content(first) == before


def test_who_read_an_edition_did_not_read_its_copy(practice: Any) -> None:
    first = library.publish(edition=read_in(), by=None, now=NOW, read_by="Dr A. Wren, 2 November 2026")
    assert library.copy(edition=first, by=review_rows.a_therapist(), now=NOW).read_by == "nobody yet"


def test_a_family_has_one_copy_at_a_time() -> None:
    editor = builders.a_client().therapist
    library.copy(edition=builders.an_edition(), by=editor, now=NOW)
    with pytest.raises(NotNow, match="edition 2"):
        library.copy(edition=builders.an_edition(), by=editor, now=NOW)
    assert builders.an_edition().family.editions.count() == 2


def test_publishing_says_who_read_it_and_how_people_hear(practice: Any) -> None:
    edition, by = read_in(), review_rows.a_therapist()
    library.publish(
        edition=edition, by=by, now=NOW, read_by="Dr A. Wren, 2 November 2026", hearing=Hearing.TALK,
        talk_before=date(2027, 1, 15),
    )  # fmt: skip
    facts = ("read_by", "hearing", "talk_before", "published_at", "published_by")
    assert Edition.objects.values_list(*facts).get() == (
        "Dr A. Wren, 2 November 2026", "talk", date(2027, 1, 15), NOW, by.pk,
    )  # fmt: skip


@pytest.mark.parametrize("said", ["", "  "])
def test_an_edition_nobody_read_says_so(practice: Any, said: str) -> None:
    library.publish(edition=read_in(), by=None, now=NOW, read_by=said)
    assert Edition.objects.get().read_by == "nobody yet"


@pytest.mark.parametrize(
    ("hearing", "day"),
    [(Hearing.TALK, None), (Hearing.TALK, NOW.date()), (Hearing.REVIEW, date(2027, 1, 15)), (Hearing.NEW, date(2027, 1, 15))],
)  # fmt: skip
def test_a_day_to_talk_lies_ahead_and_belongs_to_talking(practice: Any, hearing: Hearing, day: date | None) -> None:
    with pytest.raises(Unreadable) as caught:
        library.publish(edition=read_in(), by=None, now=NOW, hearing=hearing, talk_before=day)
    assert caught.value.field == "talk_before"
    assert Edition.objects.get().published_at is None


def test_publishing_twice_keeps_the_first_day(practice: Any) -> None:
    edition = read_in()
    for now in (NOW, NOW.replace(year=2027)):
        assert library.publish(edition=edition, by=None, now=now).published_at == NOW
    assert events() == ["edition read in", "edition published"]


def test_what_breaks_a_safety_rule_is_not_published(practice: Any) -> None:
    with pytest.raises(library.Faulty) as caught:
        library.publish(edition=read_in(late="In danger text first.", often="Call 988."), by=None, now=NOW)
    assert [(remark.where, remark.blocks) for remark in caught.value.remarks] == [("often", True), ("late", True)]
    assert Edition.objects.get().published_at is None
    assert events() == ["edition read in"]


def test_an_edition_without_clauses_is_not_published(practice: Any) -> None:
    empty = Edition.objects.create(family=Family.objects.create(key="small", name="Small"), number=1)
    with pytest.raises(library.Faulty) as caught:
        library.publish(edition=empty, by=None, now=NOW)
    assert [remark.text for remark in caught.value.remarks] == ["This edition has no clauses yet."]


def test_publishing_what_says_the_same_does_nothing_and_says_so(practice: Any) -> None:
    library.publish(edition=read_in(), by=None, now=NOW)
    again = read_in()
    with pytest.raises(library.Unchanged, match="edition 1"):
        library.publish(edition=again, by=None, now=NOW)
    again.refresh_from_db()
    assert again.published_at is None
    library.publish(edition=read_in(late="If you feel unsafe, use the box."), by=None, now=NOW)
    assert list(Edition.objects.filter(published_at=None).values_list("number", flat=True)) == [2]


def test_what_was_retired_may_be_published_again(practice: Any) -> None:
    first, again = library.publish(edition=read_in(), by=None, now=NOW), read_in()
    library.retire(edition=first, by=review_rows.a_therapist(), now=NOW)
    assert library.publish(edition=again, by=None, now=NOW).published_at == NOW


def test_the_newest_published_edition_has_the_highest_number(practice: Any) -> None:
    older, newer = read_in(often="A."), read_in(often="B.")
    library.publish(edition=newer, by=None, now=NOW)
    assert library.publish(edition=older, by=None, now=NOW).number == 3


def test_a_published_edition_is_never_deleted(practice: Any) -> None:
    edition = library.publish(edition=read_in(), by=None, now=NOW)
    with pytest.raises(Exception, match="a kept row cannot be changed"):
        edition.delete()


def test_retiring_is_one_row_and_leaves_the_edition_as_it_was(practice: Any) -> None:
    edition, therapist = rows.an_edition(published=True), review_rows.a_therapist()
    before = Edition.objects.values().get()
    for _ in range(2):
        library.retire(edition=edition, by=therapist, now=NOW)
    assert Retirement.objects.get().edition == edition
    assert Edition.objects.values().get() == before
    assert events() == ["edition retired"]


def test_a_draft_edition_is_not_retired(practice: Any) -> None:
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
