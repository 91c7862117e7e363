"""The logs of two people, and somebody who has the database and knows SQL."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from agreements.actions import chains
from agreements.models import AuditEvent, Document, Practice, triggers
from tests import builders
from tests.builders import NOW

NOTED_OTHERWISE = "the practice’s log wrote down another entry"
REMOVED = "entries were removed at its end: the mark of its end stands further on"
UNNOTED = "an entry “entry of an agreement” is missing, at this place or before it"
LATER = NOW + timedelta(days=30)


def a_second_paper() -> Document:
    """What two people signed a month after they had said: not for now."""
    client = builders.a_sealed_document(script=builders.NOT_FOR_NOW).agreement.client
    return builders.a_sealed_document(client=client, now=LATER)


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


def apart() -> tuple[object, int, str]:
    """What is said where the marks do not go together, at the end of the practice's log."""
    practice = Practice.objects.get().pk
    return (practice, last(practice), "the mark of its end does not go with the marks of the other logs")
