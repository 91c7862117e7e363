"""How long it takes to find who carries a number that changed, beside 1,000 and beside 100,000 agreements that do not.

python3 manage.py test tests/benchmarks/test_recall.py -n 0 -s
python3 manage.py test tests/benchmarks/test_recall.py -n 0 -s --postgres
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Model

from agreements.models import Agreement, CarriedResource, Client, Document, Draft, Version
from agreements.reads import recalls
from tests import builders
from tests.builders import NO_TEXTING, NOW
from tests.recalls import changed, quick_paper, row

__all__ = ["quick_paper"]
FEW, MANY, AFFECTED, ROUNDS, GOAL = 1_000, 100_000, 20, 60, 1.5


def copies(rows: Iterable[Model]) -> None:
    """Written as they are, a few thousand at a time."""
    for made in batched(rows, 2_000):
        type(made[0]).objects.bulk_create(made)


def batched(rows: Iterable[Model], size: int) -> Iterable[list[Model]]:
    held: list[Model] = []
    for each in rows:
        held.append(each)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held


def unaffected(number: int, like: Version) -> None:
    """So many agreements, each with a kept paper that carries two other rows and another phone number."""
    others = [row("us-911"), row("us-ctl")]
    client, edition = like.agreement.client, like.draft.edition
    agreements = [
        Agreement(client=client, therapist=client.therapist, language="en", created_at=NOW) for _ in range(number)
    ]
    drafts = [Draft(agreement=each, edition=edition, number=1, started_at=NOW) for each in agreements]
    versions = [
        Version(
            agreement=draft.agreement, draft=draft, draft_rev=1, number=1, outcome="no_texting", snapshot={},
            digest=uuid4().hex, phone="(555) 010-0199", frozen_at=NOW,
        )
        for draft in drafts
    ]  # fmt: skip
    documents = [
        Document(
            version=each, agreement=each.agreement, number=1, content=b"%PDF", sha256=uuid4().hex * 2, size=4,
            tools={}, sealed_at=NOW,
        )
        for each in versions
    ]  # fmt: skip
    carried = [CarriedResource(version=each, resource=other) for each in versions for other in others]
    for rows in (agreements, drafts, versions, documents, carried):
        copies(rows)


def milliseconds(change: recalls.Change) -> float:
    """The shortest time of the one query and of reading what it found: nothing else the machine does adds to it."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        found = list(recalls.concerned(change, NOW.date()).values_list("pk", "agreement"))
        taken.append((time.perf_counter() - began) * 1000)
        assert len(found) == AFFECTED
    return min(taken)


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_paper")
def test_who_carries_a_number_is_found_among_many_as_fast_as_among_few() -> None:
    for each in range(AFFECTED):
        client = builders.a_client(name=f"Client {each}", called=f"C{each}")
        builders.a_sealed_agreement(client=client, script=NO_TEXTING)
    changed("us-988", now=NOW + timedelta(days=1))
    [change] = recalls.changes()
    like = Version.objects.select_related("agreement__client__therapist", "draft__edition")[0]
    taken, there = {}, 0
    for number in (FEW, MANY):
        unaffected(number - there, like)
        there = number
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        taken[number] = milliseconds(change)
    plan = recalls.concerned(change, NOW.date()).explain()
    print(f"\n{connection.vendor}\n{plan}")
    print(
        f"{AFFECTED} concerned: {taken[FEW]:.2f} ms beside {FEW}, {taken[MANY]:.2f} ms beside {MANY} others, "
        f"ratio {taken[MANY] / taken[FEW]:.2f} (goal {GOAL})"
    )
    assert Client.objects.count() == AFFECTED
