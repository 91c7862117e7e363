"""A number that papers carry no longer holds: the recall begins, and each person who carries it is told by a person.

Who is concerned is asked, never stored (reads/recalls.py). Nobody is mailed a number.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agreements.actions import audit, overtaken
from agreements.actions.refusals import NotNow
from agreements.models import (
    Agreement,
    CrisisResource,
    Draft,
    Practice,
    Recall,
    RecallAnswer,
    Signature,
    StepTaken,
    User,
)
from agreements.reads import recalls, resources
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Told


@transaction.atomic
def begin(*, by: User | None, now: datetime, resource: CrisisResource | None = None, phone: str = "") -> Recall:
    """From now on every paper in force with this crisis row, or with this number of the practice, waits for somebody
    to tell its people. A row is recalled once."""
    practice = Practice.objects.get()
    audit.lock(practice)
    if resource and (known := resource.recalls.first()):
        return known
    made = Recall.objects.create(resource=resource, phone=phone, by=by, at=now)
    details = {"resource": resource.key if resource else "", "phone": phone}
    audit.record(chain=practice, kind="recall", by=by, now=now, subject=made.pk, details=details)
    return made


@transaction.atomic
def answer(
    *, recall: Recall, agreement: Agreement, how: Told, by: User, now: datetime, form_key: UUID | None = None
) -> RecallAnswer:
    """What the therapist did about it for one client. The newest answer counts; the same post twice is one.

    One page and one card tell of all that changed on a paper: what else it carries and nobody told is answered too.
    Returns the answer to this recall. Raises NotNow when the newest paper of this agreement does not carry that number.
    """
    audit.lock(agreement)
    if again := audit.replayed(form_key):
        return RecallAnswer.objects.get(pk=again.subject)
    carried = {each.recall.pk: each for each in recalls.of_agreement(agreement)}
    if recall.pk not in carried:
        raise NotNow(_("Nothing is left to do here: the newest paper does not carry the old number."))
    for each in carried.values():
        if each.recall.pk != recall.pk and not each.is_done:
            _answer(each.recall, agreement, how, by=by, now=now)
    return _answer(recall, agreement, how, by=by, now=now, form_key=form_key)


def _answer(
    recall: Recall, agreement: Agreement, how: Told, *, by: User, now: datetime, form_key: UUID | None = None
) -> RecallAnswer:
    made = RecallAnswer.objects.create(recall=recall, agreement=agreement, how=how, by=by, at=now)
    audit.record(
        chain=agreement,
        kind="recall answered",
        by=by,
        now=now,
        subject=made.pk,
        details={"recall": str(recall.pk), "how": how},
        form_key=form_key,
    )
    return made


def void_unsealed(drafts: QuerySet[Draft], *, by: User | None, now: datetime) -> None:
    """The crisis box of these rounds says something else now: it is shown again, and signatures no longer count.

    Each agreement's log says whose. Call under the locks of these logs.
    """
    unsealed = drafts.exclude(versions__document__isnull=False)
    StepTaken.objects.filter(draft__in=unsealed, step=Step.BOX).delete()
    overtaken.text_changes(unsealed, by=by, now=now)


def void_where_carried(row: CrisisResource, *, by: User | None, now: datetime) -> None:
    """The same for every open round whose paper this row belongs on, under the locks of `lock_where_carried`."""
    void_unsealed(_carrying(row), by=by, now=now)


def lock_where_carried(row: CrisisResource) -> None:
    """`lock_signed` for the rounds that this row would void."""
    lock_signed(_carrying(row))


def lock_signed(drafts: QuerySet[Draft]) -> None:
    """Hold the logs of the agreements in whose open rounds somebody signed. Call before the practice's is locked."""
    signed = Signature.objects.filter(version__draft__in=drafts, version__document=None)
    for agreement in Agreement.objects.filter(pk__in=signed.values("version__draft__agreement")).order_by("pk"):
        audit.lock(agreement)


def _carrying(row: CrisisResource) -> QuerySet[Draft]:
    """The open rounds whose paper this row belongs on, because of where the client is."""
    drafts = Draft.objects.exclude(versions__document__isnull=False).select_related("agreement__client")
    found = [draft.pk for draft in drafts if _is_on(row, resources.places_of(draft.agreement.client))]
    return Draft.objects.filter(pk__in=found)


def _is_on(row: CrisisResource, places: list[resources.Place]) -> bool:
    return any(country == row.country and row.area in ("", area) for country, area in places)
