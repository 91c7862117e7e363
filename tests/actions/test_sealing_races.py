"""Two workers and one signed version: one document, whatever the order, on the database in use."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier, Event

import pytest
from django.db import connection

from agreements.actions import documents, pdf, sealing
from agreements.actions.refusals import NotNow
from agreements.models import AuditEvent, Document, Draft, SealAttempt, Signature, Version
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Role, SignatureKind
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + documents.LEASE


@pytest.fixture
def signed(quick_seal) -> Version:
    return builders.a_draft(until=Step.KEPT).versions.get()


def apart(act: Callable[[], object]) -> object:
    """What `act` returned or raised, on a connection of this thread's own."""
    try:
        return act()
    except NotNow as refused:
        return refused
    finally:
        connection.close()


def issue(version: Version, now: datetime = NOW) -> Document:
    return documents.issue(version=Version.objects.get(pk=version.pk), by=None, now=now)


def test_of_two_workers_at_once_one_seals_and_the_other_is_told(signed: Version, quick_seal) -> None:
    start = Barrier(2, timeout=20)

    def work() -> object:
        start.wait()
        return apart(lambda: issue(signed))

    with ThreadPoolExecutor(2) as pool:
        found = [job.result() for job in [pool.submit(work) for _ in range(2)]]
    document = Document.objects.get()
    assert {type(each) for each in found} <= {Document, NotNow}
    assert document in found
    assert quick_seal() == 1
    assert AuditEvent.objects.filter(kind="sealed").count() == 1


def test_a_slow_worker_whose_lease_lapsed_gets_the_document_of_the_other(signed: Version, monkeypatch) -> None:
    drawing, go_on, works = Event(), Event(), pdf.render
    slow = [True]

    def render(sealed: object, marks: object) -> bytes:
        if slow and slow.pop():
            drawing.set()
            assert go_on.wait(20)
        return works(sealed, marks)  # type: ignore[arg-type]

    monkeypatch.setattr(pdf, "render", render)
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(lambda: apart(lambda: issue(signed)))
        assert drawing.wait(20)
        document = issue(signed, LATER)
        go_on.set()
        assert late.result() == document
    assert Document.objects.get() == document
    assert SealAttempt.objects.get().attempts == 2


def test_two_signatures_at_once_make_one_row_each(quick_seal) -> None:
    draft = builders.a_draft(until=Step.SIGN)
    start, digest, by = Barrier(2, timeout=20), draft.versions.get().digest, draft.agreement.therapist

    def work() -> object:
        start.wait()
        facts = {"kind": SignatureKind.PAPER, "digest_seen": digest, "by": by, "now": NOW}
        return apart(lambda: sealing.sign(draft=Draft.objects.get(pk=draft.pk), role=Role.CLIENT, **facts))

    with ThreadPoolExecutor(2) as pool:
        found = [job.result() for job in [pool.submit(work) for _ in range(2)]]
    assert found == [Signature.objects.get()] * 2
