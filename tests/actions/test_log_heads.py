"""Each log has a mark of its head: what was taken from its end is missed there, whatever went with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection, transaction

from agreements.actions import audit, endings, signers
from agreements.models import Agreement, AuditEvent, Ending, LogHead, Party, Practice
from agreements.rules.digest import sha256
from agreements.rules.vocabulary import Known, Role
from tests import logs
from tests.logs import LATER, REMOVED, apart, by_sql, found, last, remove

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup: Any, django_db_blocker: Any) -> Iterator[UUID]:
    """An agreement in force with three entries after its paper, and a guardian who came, another who went."""
    with django_db_blocker.unblock(), transaction.atomic():
        agreement = logs.a_second_paper().agreement
        facts: dict[str, Any] = {"by": agreement.therapist, "now": LATER}
        for name in ("Ana B.", "Rafi B."):
            person = {"name": name, "called": name[:3], "signs": True, "known": Known.PERSON}
            rafi = signers.add(agreement=agreement, role=Role.GUARDIAN, **person, **facts)
        signers.take_out(person=rafi, **facts)
        for _time in range(3):
            audit.record(chain=agreement, kind="page start", **facts)
        yield agreement.pk
        transaction.set_rollback(True)


@pytest.fixture
def agreement(made: UUID) -> Agreement:
    """That agreement; what a test does to its rows is undone afterwards."""
    return Agreement.objects.get(pk=made)


def practice() -> UUID:
    return Practice.objects.get().pk


def as_stored(chain: UUID) -> str:
    """The mark of a chain as it stands in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT mark FROM agreements_loghead WHERE chain = %s", [in_sql(chain)])
        return str(cursor.fetchone()[0])


def in_sql(chain: UUID) -> object:
    return chain.hex if connection.vendor == "sqlite" else chain


def test_whole_logs_have_their_marks(agreement: Agreement) -> None:
    assert found() == []
    marks = {head.chain: head.mark for head in LogHead.objects.all()}
    assert marks[practice()].pop("others") == sha256(marks[agreement.pk])
    assert marks == {
        chain: {"chain": str(chain), "sequence": place, "digest": digest}
        for chain in (agreement.pk, practice())
        for place, digest in AuditEvent.objects.filter(chain=chain)
        .order_by("sequence")
        .values_list("sequence", "digest")
    }


@pytest.mark.parametrize("number", [1, 3])
def test_a_removed_end_is_found_where_no_row_and_no_other_log_tells(agreement: Agreement, number: int) -> None:
    place = last(agreement.pk) - number + 1
    by_sql("DELETE FROM agreements_auditevent WHERE chain = %s AND sequence >= %s", agreement.pk, place)
    assert found() == [(agreement.pk, place, REMOVED)]


def test_a_stop_that_was_undone_in_both_logs_is_found(agreement: Agreement) -> None:
    facts = {"by_role": Role.CLIENT, "effective_on": LATER.date(), "by": agreement.therapist, "now": LATER}
    ending = endings.stop(agreement=agreement, **facts)
    places = {chain: last(chain) for chain in (agreement.pk, practice())}
    for chain, place in places.items():
        remove(chain, place)
    by_sql("DELETE FROM agreements_ending WHERE id = %s", ending.pk)
    assert not Ending.objects.exists()
    assert found() == [(chain, place, REMOVED) for chain, place in places.items()]


def test_what_was_removed_is_found_after_later_entries_too(agreement: Agreement) -> None:
    place = last(agreement.pk)
    remove(agreement.pk, place)
    for _time in range(3):
        audit.record(chain=agreement, kind="page start", by=None, now=LATER)
    assert found() == [(agreement.pk, place, "the mark of its end names another entry")]


def deleted(chain: UUID, _older: str) -> None:
    by_sql("DELETE FROM agreements_loghead WHERE chain = %s", chain)


def of_another_log(chain: UUID, _older: str) -> None:
    by_sql("UPDATE agreements_loghead SET mark = %s WHERE chain = %s", as_stored(practice()), chain)


def an_older_one(chain: UUID, older: str) -> None:
    by_sql("UPDATE agreements_loghead SET mark = %s WHERE chain = %s", older, chain)


def written_by_hand(chain: UUID, _older: str) -> None:
    mark = json.dumps({"chain": str(chain), "sequence": last(chain), "digest": ""})
    by_sql("UPDATE agreements_loghead SET mark = %s WHERE chain = %s", mark, chain)


def put_back_by_hand(chain: UUID, older: str) -> None:
    deleted(chain, older)
    by_sql("INSERT INTO agreements_loghead (chain, mark) VALUES (%s, %s)", chain, older)


FORGED: dict[Callable[[UUID, str], None], tuple[int, str]] = {
    deleted: (0, "the mark of its end is missing"),
    of_another_log: (0, "the mark of its end is that of another log"),
    an_older_one: (-1, "the mark of its end names another entry"),
    put_back_by_hand: (-1, "the mark of its end names another entry"),
    written_by_hand: (0, "the mark of its end does not open"),
}


@pytest.mark.parametrize("forge", FORGED, ids=lambda forge: forge.__name__)
@pytest.mark.parametrize("later", [0, 2])
def test_a_mark_that_is_not_what_was_written_is_named_and_stays_so(
    agreement: Agreement, forge: Callable[[UUID, str], None], later: int
) -> None:
    older = as_stored(agreement.pk)
    audit.record(chain=agreement, kind="page start", by=None, now=LATER)
    place = last(agreement.pk)
    forge(agreement.pk, older)
    for _time in range(later):
        audit.record(chain=agreement, kind="page start", by=None, now=LATER)
    behind, says = FORGED[forge]
    assert found() == [(agreement.pk, place + behind if behind else place + later, says), apart()]


def test_a_mark_of_no_log_is_found(agreement: Agreement) -> None:
    stranger = uuid4()
    LogHead.objects.create(chain=stranger, mark={})
    assert found() == [apart(), (stranger, 1, "this is the log of nothing that is kept here")]


def test_logs_from_before_there_were_marks_get_theirs(agreement: Agreement) -> None:
    by_sql("DELETE FROM agreements_loghead")
    assert len(found()) == 2
    import_module("agreements.migrations.0013_heads").mark(apps, None)
    assert found() == [apart()]
    import_module("agreements.migrations.0014_heads_together").say(apps, None)
    assert found() == []


PEOPLE: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "signs nothing any more": ({"name": "Ana"}, {"signs": False}),
    "takes part no longer": ({"name": "Ana"}, {"gone": True}),
    "has another name": ({"name": "Ana"}, {"name": "Eva B."}),
    "is back": ({"name": "Rafi"}, {"gone": False}),
}


@pytest.mark.parametrize("what", PEOPLE)
def test_somebody_who_is_not_what_the_log_says_is_named(agreement: Agreement, what: str) -> None:
    who, change = PEOPLE[what]
    (person,) = [each for each in agreement.parties.all() if each.name.startswith(str(who["name"]))]
    kind = "takes part no longer" if person.gone else "takes part"
    place = AuditEvent.objects.get(chain=agreement.pk, kind=kind, subject=person.pk).sequence
    Party.objects.filter(pk=person.pk).update(**change)
    assert found() == [(agreement.pk, place, "what came of it was changed")]


def test_somebody_of_whom_the_log_says_nothing_and_a_client_who_signs_nothing_are_named(agreement: Agreement) -> None:
    Party.objects.filter(agreement=agreement, role=Role.CLIENT).update(signs=False)
    Party.objects.create(agreement=agreement, role=Role.HELPER, name="Eve", called="Eve", signs=False)
    assert found() == [
        (agreement.pk, last(agreement.pk) + 1, "an entry “takes part” is missing, at this place or before it"),
        (agreement.pk, 2, "what came of it was changed"),
        (agreement.pk, 1, "the client and the therapist always sign, and a row says otherwise"),
    ]


def test_the_newest_entries_of_one_log_with_its_earlier_mark_are_missed_in_the_mark_of_the_practice(
    agreement: Agreement,
) -> None:
    facts: dict[str, Any] = {"chain": agreement, "by": None, "now": LATER}
    earlier, place = as_stored(agreement.pk), last(agreement.pk)
    audit.record(kind="page start", **facts)
    remove(agreement.pk, place + 1)
    an_older_one(agreement.pk, earlier)
    assert found() == [apart()]
    audit.record(kind="page start", **facts)
    assert found() == [apart()]


def test_what_running_md_says_is_missed_is_one_earlier_moment_of_all_logs(agreement: Agreement) -> None:
    """All entries since, with the marks of that moment: nothing here tells that there was more."""
    earlier, place = {chain: as_stored(chain) for chain in (agreement.pk, practice())}, last(agreement.pk)
    audit.record(chain=agreement, kind="page start", by=None, now=LATER)
    remove(agreement.pk, place + 1)
    for chain, mark in earlier.items():
        an_older_one(chain, mark)
    assert found() == []
