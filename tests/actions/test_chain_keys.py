"""One more row with somebody's id in another spelling is not taken for theirs, and nothing is sealed on its word."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Model

from agreements.actions import documents
from agreements.actions.refusals import NotNow
from agreements.models import AuditEvent, CopyRecord, Document, LogHead, Signature
from agreements.rules.steps import Step
from agreements.rules.vocabulary import CopyGiven, Role
from tests import builders, logs
from tests.builders import NOW

pytestmark = pytest.mark.django_db
SPELLINGS = {
    "in capitals": "upper({})",
    "with hyphens": "substr({0}, 1, 8) || '-' || substr({0}, 9, 4) || '-' || substr({0}, 13)",
    "as bytes": "CAST({} AS BLOB)",
}
COPIED: dict[type[Model], str] = {CopyRecord: "id", LogHead: "chain", AuditEvent: "subject"}


def copy(model: type[Model], column: str, spelling: str) -> None:
    """One more row, the same but for how this id is spelled; what must be there once gets another value."""
    once = {"id": "lower(hex(randomblob(16)))", "digest": "lower(hex(randomblob(32)))", "sequence": "sequence + 1000"}
    names = [field.column for field in model._meta.local_concrete_fields]
    fresh = once if model is AuditEvent else {}
    values = [spelling.format(name) if name == column else fresh.get(name, name) for name in names]
    logs.by_sql(
        f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) "  # noqa: S608
        f"SELECT {', '.join(values)} FROM {model._meta.db_table} WHERE {column} IS NOT NULL LIMIT 1"
    )


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("model", COPIED)
def test_an_id_that_is_spelled_otherwise_is_named(model: type[Model], spelling: str) -> None:
    if connection.features.has_native_uuid_field:
        pytest.skip("PostgreSQL has one spelling for ids")
    document = builders.a_sealed_document()
    documents.record_copy(document=document, kind=CopyGiven.PRINTED, by=document.agreement.therapist, now=NOW)
    assert logs.found() == []
    copy(model, COPIED[model], SPELLINGS[spelling])
    says = f"in “{model._meta.db_table}” an id is not spelled as ids are kept here: nothing else was looked at"
    assert logs.found() == [(UUID(int=0), 0, says)]


@pytest.mark.parametrize(
    "change", ["at = 'garbage'", "at = 5", "sequence = 'abc'", "sequence = 3.5", "details = x'ff00'"]
)
def test_a_value_that_cannot_be_read_is_a_fault_and_no_crash(change: str) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL keeps no such value")
    document = builders.a_sealed_document()
    logs.by_sql(
        f"UPDATE agreements_auditevent SET {change} WHERE chain = %s AND sequence = 3",  # noqa: S608
        document.agreement_id,
    )
    *_others, last = logs.found()
    assert (last[0], last[1]) == (UUID(int=0), 0)
    assert last[2].startswith("a value cannot be read")


def test_nothing_is_sealed_while_the_log_knows_nothing_of_a_signature(quick_seal: None) -> None:
    version = builders.a_draft(until=Step.KEPT).versions.get()
    theirs = version.signatures.get(role=Role.THERAPIST)
    of_nobody = AuditEvent.objects.get(kind="signed", subject=theirs.pk)
    logs.by_sql("DELETE FROM agreements_auditevent WHERE id = %s", of_nobody.pk)
    assert Signature.objects.count() == 2
    with pytest.raises(NotNow, match="The log knows nothing of a signature on this paper"):
        documents.issue(version=version, by=None, now=NOW)
    assert not Document.objects.exists()
