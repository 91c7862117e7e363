"""Each kept row has its entry and says what the entry says; what is gone with its log, the practice's log still knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from agreements.actions import audit, bound_rows, documents, endings
from agreements.models import (
    Agreement,
    AuditEvent,
    CarriedResource,
    CopyRecord,
    Document,
    Ending,
    LargePrint,
    Practice,
    Signature,
    Version,
    triggers,
)
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
}  # fmt: skip


@pytest.mark.parametrize("what", FORGED)
def test_a_row_that_is_not_what_its_entry_says_is_named(document: Document, what: str) -> None:
    kind, says, forge = FORGED[what]
    place = entry(kind, document).sequence
    forge(document)
    assert (document.agreement_id, place, says) in found()


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
        (practice.pk, last(practice.pk), "the agreement written down here is not there any more"),
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
        old = builders.a_sealed_document(
            client=builders.a_client(name="Noor B.", called="Noor"), script=builders.NOT_FOR_NOW
        )
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
