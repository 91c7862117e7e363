"""The whole of every log is checked: what SQL took away, changed or moved is found and named, the last entry too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from agreements.actions import chains, documents
from agreements.management import walk_again
from agreements.models import AuditEvent, Document, Practice
from agreements.rules.vocabulary import CopyGiven
from tests import logs
from tests.logs import LATER, NOTED_OTHERWISE, REMOVED, UNNOTED, by_sql, found, last, remove

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Document]:
    """The second sealed paper of two people, with a copy given, made once for this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        second = logs.a_second_paper()
        documents.record_copy(document=second, kind=CopyGiven.PRINTED, by=second.agreement.therapist, now=LATER)
        yield second
        transaction.set_rollback(True)


@pytest.fixture
def document(made: Document) -> Document:
    """That paper; what a test does to its rows is undone afterwards."""
    return Document.objects.get(pk=made.pk)


def test_whole_logs_have_no_faults(document: Document) -> None:
    assert found() == []
    assert chains.counted() == (2, AuditEvent.objects.count())


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
        (chain, place, REMOVED),
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
    assert found() == [(practice, place, REMOVED), (practice, place, UNNOTED)]
    by_sql("DELETE FROM agreements_auditevent WHERE chain = %s AND sequence > 10", practice)
    assert {"a sealing wrote down another entry", UNNOTED} <= {what for _chain, _place, what in found()}


def test_a_document_that_is_no_longer_its_bytes_is_found(document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(content=b"%PDF-1.7 another")
    assert "the paper that was sealed here was changed" in [what for _chain, _place, what in found()]


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
    assert audited("--audit") == (0, f"whole\t\t2 logs with {entries} entries are whole.\n")
    remove(document.agreement_id, 5)
    code, said = audited("--audit")
    assert code == 1
    assert said.splitlines()[0] == f"broken\t{document.agreement_id} 5\tan entry is missing"


@pytest.mark.parametrize("arguments", [[], ["--audit", "a.pdf"], ["--audit", "--trust", "root.pem"]])
def test_it_is_files_or_the_logs(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match="--audit alone") as refusal:
        audited(*arguments)
    assert refusal.value.returncode == 2


def test_a_look_of_which_the_log_says_nothing_is_found(document: Document) -> None:
    later = LATER + timedelta(days=60)
    draft = walk_again.walk_again(walk_again.begin(document.agreement.client, now=later), now=later)
    assert found() == []
    by_sql("DELETE FROM agreements_auditevent WHERE kind = 'looked at again'")
    [(chain, _sequence, says)] = [fault for fault in found() if "looked at again" in fault[2]]
    assert (chain, says) == (draft.agreement_id, "an entry “looked at again” is missing, at this place or before it")
