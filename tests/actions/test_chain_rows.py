"""Each kept row has its entry and says what the entry says; what is gone with its log, the practice's log still knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from agreements.actions import audit, bound_rows, documents, drafting, endings, people, the_two
from agreements.models import (
    Agreement,
    AuditEvent,
    CarriedResource,
    CopyRecord,
    Document,
    Ending,
    LargePrint,
    Party,
    Practice,
    Signature,
    User,
    Version,
    triggers,
)
from agreements.rules.steps import Step
from agreements.rules.vocabulary import CopyGiven, Role
from tests import builders, logs
from tests.logs import LATER, NOTED_OTHERWISE, REMOVED, apart, by_sql, found, last, settle

pytestmark = pytest.mark.django_db
CHANGED, GONE = "what came of it was changed", "what came of it is not there any more"


@pytest.fixture(scope="module")
def made(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Document]:
    """A paper with its large print and a copy given, texting stopped; and the paper of two other people."""
    with django_db_blocker.unblock(), transaction.atomic():
        second = logs.a_second_paper()
        by = second.agreement.therapist
        builders.a_sealed_document(client=builders.a_client(name="Bo K.", called="Bo"), script=builders.NOT_FOR_NOW)
        documents.issue_large(document=second, by=by, now=LATER)
        endings.stop(agreement=second.agreement, by_role=Role.CLIENT, effective_on=LATER.date(), by=by, now=LATER)
        documents.record_copy(document=second, kind=CopyGiven.PRINTED, by=by, now=LATER)
        yield second
        transaction.set_rollback(True)


@pytest.fixture
def document(made: Document) -> Document:
    """That paper; what a test does to its rows is undone afterwards."""
    return Document.objects.get(pk=made.pk)


def entry(kind: str, document: Document) -> AuditEvent:
    """The newest entry of this kind in the log of a paper's agreement."""
    found = AuditEvent.objects.filter(chain=document.agreement_id, kind=kind).order_by("sequence").last()
    assert found
    return found


def other() -> Agreement:
    """The agreement of the other two."""
    return Agreement.objects.exclude(ending__isnull=False).get()


EARLIER = "2020-01-01 00:00:00+00:00"
OF_THE_AGREEMENT = "UPDATE agreements_agreement SET {} = %s WHERE id = %s"
FORGED: dict[str, tuple[str, str, Callable[[Document], object]]] = {
    "another time of a signature": (
        "signed", CHANGED, lambda _document: by_sql("UPDATE agreements_signature SET at = %s", EARLIER),
    ),
    "other strokes": ("signed", CHANGED, lambda _document: Signature.objects.update(strokes=[[[1, 2]]])),
    "a typed name": ("signed", CHANGED, lambda _document: Signature.objects.update(typed="Someone else")),
    "what does not open": (
        "signed", CHANGED, lambda _document: by_sql("UPDATE agreements_signature SET typed = 'e1:x:AAAA'"),
    ),
    "another text": (
        "frozen", CHANGED, lambda document: Version.objects.filter(pk=document.version_id).update(snapshot={"a": 1}),
    ),
    "a crisis line that the paper carries": (
        "frozen", CHANGED, lambda document: erase(CarriedResource.objects.filter(version=document.version_id)[0]),
    ),
    "a trusted time": (
        "sealed", CHANGED,
        lambda _document: by_sql("UPDATE agreements_document SET timestamp_status = 'stamped', stamped_at = %s", EARLIER),
    ),
    "another fingerprint": (
        "sealed", CHANGED, lambda document: by_sql("UPDATE agreements_document SET sha256 = %s WHERE id = %s", "0" * 64, document.pk),
    ),
    "the large print": ("large print sealed", GONE, lambda _document: erase(LargePrint.objects.get())),
    "another kind of copy": (
        "copy given", CHANGED, lambda _document: by_sql("UPDATE agreements_copyrecord SET kind = 'none'"),
    ),
    "another day of the stop": (
        "texting stopped", CHANGED, lambda _document: by_sql("UPDATE agreements_ending SET effective_on = '2026-12-01'"),
    ),
    "the stop": ("texting stopped", GONE, lambda _document: erase(Ending.objects.get())),
    "the stop of other people": (
        "texting stopped", GONE,
        lambda _document: by_sql("UPDATE agreements_ending SET agreement_id = %s", other().pk),
    ),
    "another client": (
        "agreement started", CHANGED,
        lambda document: by_sql(OF_THE_AGREEMENT.format("client_id"), other().client_id, document.agreement_id),
    ),
    "another therapist": (
        "agreement started", CHANGED,
        lambda document: by_sql(
            OF_THE_AGREEMENT.format("therapist_id"), User.objects.create(username="ray").pk, document.agreement_id
        ),
    ),
    "another day it began": (
        "agreement started", CHANGED,
        lambda document: by_sql(OF_THE_AGREEMENT.format("created_at"), EARLIER, document.agreement_id),
    ),
    "another language": (
        "agreement started", CHANGED,
        lambda document: by_sql(OF_THE_AGREEMENT.format("language"), "he", document.agreement_id),
    ),
    "a round of other people": (
        "agreement started", GONE,
        lambda document: by_sql(
            "UPDATE agreements_draft SET agreement_id = %s, number = 9 WHERE id = %s", other().pk, document.version.draft_id
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", FORGED)
def test_a_row_that_is_not_what_its_entry_says_is_named(document: Document, what: str) -> None:
    kind, says, forge = FORGED[what]
    place = entry(kind, document).sequence
    forge(document)
    assert (document.agreement_id, place, says) in found()


def place_of(person: Party, kind: str) -> tuple[object, int, str]:
    """What is said of a person who is not as their newest entry, of this kind, says."""
    event = AuditEvent.objects.get(chain=person.agreement_id, kind=kind, subject=person.pk)
    return (person.agreement_id, event.sequence, CHANGED)


@pytest.mark.parametrize("column", ["name", "called"])
def test_the_names_of_two_people_in_each_others_places_are_named(document: Document, column: str) -> None:
    for agreement in (document.agreement, other()):
        two = agreement.parties.order_by("role")
        mine, theirs = (getattr(person, column) for person in two)
        for person, said in zip(two, (theirs, mine), strict=True):
            Party.objects.filter(pk=person.pk).update(**{column: said})
        assert [each for each in found() if each[0] == agreement.pk] == [place_of(each, "takes part") for each in two]


def test_the_client_of_one_agreement_under_the_name_of_another_is_named(document: Document) -> None:
    clients = list(Party.objects.filter(role=Role.CLIENT).order_by("agreement__created_at", "agreement"))
    for person, name in zip(clients, [each.name for each in reversed(clients)], strict=True):
        Party.objects.filter(pk=person.pk).update(name=name)
    assert sorted(found()) == sorted(place_of(each, "takes part") for each in clients)


def test_a_client_who_is_rightly_called_otherwise_is_bound_anew(document: Document) -> None:
    client, by = document.agreement.client, document.agreement.therapist
    people.change_client(client=client, by=by, now=LATER, name="Maya Q.", called="May")
    people.change_client(client=client, by=by, now=LATER, name="Maya Q.", called="May", area="NY")
    assert found() == []
    person = document.agreement.parties.get(role=Role.CLIENT)
    Party.objects.filter(pk=person.pk).update(name="Maya R.")
    assert found() == [place_of(person, "renamed")]


def test_a_name_that_is_written_anew_makes_good_no_agreement_that_was_moved(document: Document) -> None:
    place, to = entry("agreement started", document).sequence, other().client
    by_sql(OF_THE_AGREEMENT.format("client_id"), to.pk, document.agreement_id)
    people.change_client(client=to, by=to.therapist, now=LATER, name="Bo L.")
    drafting.start(client=to, edition=builders.an_edition(), by=to.therapist, now=LATER)
    assert (document.agreement_id, place, CHANGED) in found()


def test_an_agreement_of_older_days_is_whole_and_its_next_round_binds_the_two(document: Document) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bound_rows, "of", lambda kind, subject: {})
        patch.setattr(the_two, "tell", lambda agreement, **facts: None)
        client = builders.a_client(name="Noor B.", called="Noor")
        old = builders.begun(client, until=Step.PREPARE, now=builders.NOW, script=None).agreement
    people.change_client(client=old.client, by=old.therapist, now=LATER, name="Noor C.")
    assert found() == []
    drafting.start_over(
        draft=old.drafts.get(), edition=builders.an_edition(), by=old.therapist, now=LATER, form_key=uuid4()
    )
    assert found() == []
    therapist = old.parties.get(role=Role.THERAPIST)
    Party.objects.filter(pk=therapist.pk).update(called="Lee")
    assert found() == [place_of(therapist, "takes part")]


def erase(row: Any) -> None:
    """The row and all that points to it, as somebody would who knows the tables."""
    for relation in row._meta.related_objects:
        for child in relation.related_model._base_manager.filter(**{relation.field.name: row}):
            erase(child)
    settle()
    triggers.drop(connection)
    type(row)._base_manager.filter(pk=row.pk)._raw_delete("default")
    triggers.create(connection)


def test_a_paper_that_is_gone_with_all_entries_from_its_sealing_on_is_missed(document: Document) -> None:
    chain, sealed = document.agreement_id, entry("sealed", document)
    erase(document)
    erase(Ending.objects.get())
    by_sql("DELETE FROM agreements_auditevent WHERE chain = %s AND sequence >= %s", chain, sealed.sequence)
    assert found() == [
        (chain, sealed.sequence, REMOVED),
        *((chain, place, NOTED_OTHERWISE) for place in range(sealed.sequence, sealed.sequence + 4)),
    ]


def test_an_agreement_that_is_gone_with_its_log_is_missed(document: Document) -> None:
    chain, practice = other().pk, Practice.objects.get().pk
    noted = AuditEvent.objects.filter(chain=practice, subject=chain)
    sealed = [each.sequence for each in noted if "sha256" in each.details]
    for table in ("auditevent", "loghead"):
        by_sql(f"DELETE FROM agreements_{table} WHERE chain = %s", chain)
    erase(other())
    missed = "the agreement sealed then is not there any more"
    assert found() == [*((practice, place, missed) for place in sealed), apart()]
    assert len(sealed) == 1


def test_what_was_only_begun_is_missed_as_well(document: Document) -> None:
    draft, practice = builders.a_draft(client=builders.a_client(name="Noor B.", called="Noor")), Practice.objects.get()
    by_sql("DELETE FROM agreements_auditevent WHERE chain = %s", draft.agreement_id)
    erase(draft.agreement)
    assert found() == [
        (practice.pk, last(practice.pk) - 2, "the agreement written down here is not there any more"),
        (draft.agreement_id, 1, "this is the log of nothing that is kept here"),
    ]


def test_a_text_that_names_another_before_it_is_found(document: Document) -> None:
    by_sql("UPDATE agreements_version SET replaces = '' WHERE id = %s", document.version_id)
    place = entry("frozen", document).sequence
    assert [what for _chain, at, what in found() if at == place] == [
        CHANGED, "it does not name the paper that was sealed before it",
    ]  # fmt: skip


def test_logs_from_before_rows_were_bound_are_whole_and_still_guard_the_text(document: Document) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bound_rows, "of", lambda kind, subject: {})
        patch.setattr(audit, "is_noted", lambda kind: False)
        client = builders.a_client(name="Noor B.", called="Noor")
        old = builders.kept(client, now=builders.NOW, script=builders.NOT_FOR_NOW)
    assert found() == []
    Version.objects.filter(pk=old.version_id).update(snapshot={"a": 1})
    assert [what for _chain, _place, what in found()] == ["the text that was frozen here was changed"]
    by_sql("UPDATE agreements_document SET sha256 = %s WHERE id = %s", "0" * 64, old.pk)
    assert CHANGED in [what for _chain, _place, what in found()]


def test_a_table_may_get_another_column_later(document: Document) -> None:
    """An entry names the columns it covers."""
    details = entry("copy given", document).details["row"]
    assert details["of"] == ["at", "document_id", "id", "kind"]
    row = CopyRecord.objects.get()
    assert bound_rows.fingerprint(row, details["of"]) == details["sha256"]
    assert not bound_rows.differs(row, {"row": {"of": ["id"], "sha256": bound_rows.fingerprint(row, ["id"])}})
    assert bound_rows.differs(row, {"row": {**details, "of": [*details["of"], "taken_away"]}})
