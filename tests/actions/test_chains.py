"""The whole of every log is checked: what SQL took away, changed or moved is found and named, the last entry too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from agreements.actions import audit, bound_rows, chains, documents, endings
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
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
NOTED_OTHERWISE = "the practice’s log wrote down another entry"
UNNOTED = "an entry “entry of an agreement” is missing, at this place or before it"
CHANGED, GONE = "what came of it was changed", "what came of it is not there any more"
LATER = NOW + timedelta(days=30)


@pytest.fixture(scope="module")
def made(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Document]:
    """The second sealed paper of two people with a copy given, and another pair's, made once for this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        first = builders.a_sealed_document()
        client = first.agreement.client
        second = builders.a_sealed_document(client=client, now=LATER)
        builders.a_sealed_document(client=builders.a_client(name="Bo K.", called="Bo"), script=builders.NOT_FOR_NOW)
        documents.issue_large(document=second, by=client.therapist, now=LATER)
        endings.stop(
            agreement=first.agreement, by_role=Role.CLIENT, effective_on=LATER.date(), by=client.therapist, now=LATER
        )
        documents.record_copy(document=second, kind=CopyGiven.PRINTED, by=client.therapist, now=LATER)
        yield second
        transaction.set_rollback(True)


@pytest.fixture
def document(made: Document) -> Document:
    """That paper; what a test does to its rows is undone afterwards."""
    return Document.objects.get(pk=made.pk)


def found() -> list[tuple[object, int, str]]:
    return [(fault.chain, fault.sequence, fault.what) for fault in chains.faults()]


def by_sql(statement: str, *values: object) -> None:
    """As somebody would who has the database and lifts its triggers."""
    settle()
    triggers.drop(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [getattr(value, "hex", value) if connection.vendor == "sqlite" else value for value in values]
        )
    triggers.create(connection)


def settle() -> None:
    """PostgreSQL lifts no trigger while a check of a foreign key is put off."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


def last(chain: object) -> int:
    return AuditEvent.objects.filter(chain=chain).order_by("-sequence")[0].sequence


def remove(chain: object, sequence: int) -> None:
    by_sql("DELETE FROM agreements_auditevent WHERE chain = %s AND sequence = %s", chain, sequence)


def test_whole_logs_have_no_faults(document: Document) -> None:
    assert found() == []
    assert chains.counted() == (3, AuditEvent.objects.count())


def test_a_removed_entry_is_found_wherever_it_stood(document: Document) -> None:
    chain = document.agreement_id
    frozen = AuditEvent.objects.filter(chain=chain, kind="frozen").last()
    assert frozen
    remove(chain, 5)
    assert found()[0] == (chain, 5, "an entry is missing")


def test_the_removed_last_entry_is_found(document: Document) -> None:
    chain = document.agreement_id
    place = last(chain)
    remove(chain, place)
    assert found() == [
        (chain, place, "an entry “copy given” is missing, at this place or before it"),
        (chain, place, NOTED_OTHERWISE),
    ]


def test_an_end_that_was_cut_off_is_found_by_what_the_sealed_paper_names(document: Document) -> None:
    """Also when the rows that came of the entries went with them."""
    chain, named = document.agreement_id, document.version.log_entries
    by_sql("DELETE FROM agreements_copyrecord")
    by_sql("DELETE FROM agreements_auditevent WHERE chain = %s AND sequence >= %s", chain, named)
    assert (chain, named, "a sealed paper names another entry") in found()


def test_the_first_entry_and_all_entries_are_missed(document: Document) -> None:
    chain = document.agreement_id
    remove(chain, 1)
    assert found()[0] == (chain, 1, "an entry is missing")
    by_sql("DELETE FROM agreements_auditevent WHERE chain = %s", chain)
    assert found()[0] == (chain, 1, "an entry is missing")


CHANGES: dict[str, str] = {
    "its kind": "UPDATE agreements_auditevent SET kind = 'nothing' WHERE chain = %s AND sequence = 4",
    "its time": "UPDATE agreements_auditevent SET at = '2020-01-01 00:00:00+00:00' WHERE chain = %s AND sequence = 4",
    "its details": "UPDATE agreements_auditevent SET details = 'e1:x:AAAA' WHERE chain = %s AND sequence = 4",
    "its nonce": "UPDATE agreements_auditevent SET nonce = '0' WHERE chain = %s AND sequence = 4",
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_entry_is_named(document: Document, what: str) -> None:
    by_sql(CHANGES[what], document.agreement_id)
    assert found()[0] == (document.agreement_id, 4, "it was changed")


def test_two_entries_in_each_others_places_are_named(document: Document) -> None:
    chain = document.agreement_id
    for before, after in ((6, 1006), (7, 6), (1006, 7)):
        by_sql(
            "UPDATE agreements_auditevent SET sequence = %s WHERE chain = %s AND sequence = %s", after, chain, before
        )
    assert {place for where, place, _what in found() if where == chain} == {6, 7, 8}


def test_an_entry_written_anew_with_its_digest_breaks_what_follows(document: Document) -> None:
    """The digest can be computed by whoever reads this code: the next entry and the paper still name the old one."""
    chain, place = document.agreement_id, document.version.log_entries
    by_sql("UPDATE agreements_auditevent SET digest = %s WHERE chain = %s AND sequence = %s", "0" * 64, chain, place)
    assert [what for _chain, _place, what in found()] == [
        "it was changed",
        "it does not follow the entry before it",
        "a sealed paper names another entry",
    ]


def test_the_practices_log_is_checked_and_its_end_is_named_by_sealings(document: Document) -> None:
    practice = Practice.objects.get().pk
    remove(practice, 3)
    assert found()[0] == (practice, 3, "an entry is missing")


def test_the_end_of_the_practices_log_is_missed(document: Document) -> None:
    practice = Practice.objects.get().pk
    place = last(practice)
    remove(practice, place)
    assert found() == [(practice, place, UNNOTED)]
    by_sql("DELETE FROM agreements_auditevent WHERE chain = %s AND sequence > 10", practice)
    assert {"a sealing wrote down another entry", UNNOTED} <= {what for _chain, _place, what in found()}


def test_a_document_that_is_no_longer_its_bytes_is_found(document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(content=b"%PDF-1.7 another")
    assert "the paper that was sealed here was changed" in [what for _chain, _place, what in found()]


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
    assert found() == [(chain, place, NOTED_OTHERWISE) for place in range(sealed.sequence, sealed.sequence + 4)]


def test_an_agreement_that_is_gone_with_its_log_is_missed(document: Document) -> None:
    chain, practice = other().pk, Practice.objects.get().pk
    noted = AuditEvent.objects.filter(chain=practice, subject=chain)
    sealed = [each.sequence for each in noted if "sha256" in each.details]
    by_sql("DELETE FROM agreements_auditevent WHERE chain = %s", chain)
    erase(other())
    assert found() == [(practice, place, "the agreement sealed then is not there any more") for place in sealed]
    assert len(sealed) == 1


def test_what_was_only_begun_is_missed_as_well(document: Document) -> None:
    draft, practice = builders.a_draft(client=builders.a_client(name="Noor B.", called="Noor")), Practice.objects.get()
    by_sql("DELETE FROM agreements_auditevent WHERE chain = %s", draft.agreement_id)
    erase(draft.agreement)
    assert found() == [(practice.pk, last(practice.pk), "the agreement written down here is not there any more")]


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


def test_a_log_of_nothing_is_found(document: Document) -> None:
    stranger = "0" * 32
    by_sql(
        "UPDATE agreements_auditevent SET chain = %s WHERE sequence = 9 AND chain = %s", stranger, document.agreement_id
    )
    assert found()[-1][2] == "this is the log of nothing that is kept here"


def audited(*arguments: str) -> tuple[int, str]:
    out, code = StringIO(), 0
    try:
        call_command("verify_pdf", *arguments, stdout=out)
    except SystemExit as stop:
        code = int(str(stop.code))
    return code, out.getvalue()


def test_the_command_says_whole_or_names_log_and_entry(document: Document) -> None:
    entries = AuditEvent.objects.count()
    assert audited("--audit") == (0, f"whole\t\t3 logs with {entries} entries are whole.\n")
    remove(document.agreement_id, 5)
    code, said = audited("--audit")
    assert code == 1
    assert said.splitlines()[0] == f"broken\t{document.agreement_id} 5\tan entry is missing"


@pytest.mark.parametrize("arguments", [[], ["--audit", "a.pdf"], ["--audit", "--trust", "root.pem"]])
def test_it_is_files_or_the_logs(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match="--audit alone") as refusal:
        audited(*arguments)
    assert refusal.value.returncode == 2
