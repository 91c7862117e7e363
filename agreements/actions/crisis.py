"""Verbs of the crisis resources: read them in, publish one, say that one was checked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from agreements.actions import audit
from agreements.actions.refusals import NotNow
from agreements.models import CrisisCheck, CrisisResource, Practice, User
from agreements.rules.vocabulary import CheckedHow


@transaction.atomic
def read_in(*, rows: Iterable[dict[str, Any]], by: User | None, now: datetime) -> list[CrisisResource]:
    """Publish each row whose key is not there yet. Digits are kept as text, exactly as they are dialled."""
    known = set(CrisisResource.objects.values_list("key", flat=True))
    made = CrisisResource.objects.bulk_create(
        CrisisResource(published_at=now, **{field: "" if value is None else value for field, value in row.items()})
        for row in rows
        if row["key"] not in known
    )
    audit.record(chain=Practice.objects.get(), kind="crisis resources read in", by=by, now=now)
    return made


@transaction.atomic
def check(
    *, resource: CrisisResource, how: str, by: User | None, today: date, now: datetime, form_key: UUID | None = None
) -> CrisisCheck:
    """Somebody made sure on the local day `today` that this row works. "Demo" counts only in a demo database."""
    practice = Practice.objects.get()
    if how == CheckedHow.DEMO and not practice.demo:
        raise NotNow("Only a demo can use lines that nobody checked.")
    audit.lock(practice)
    if again := audit.replayed(form_key):
        return CrisisCheck.objects.get(pk=again.subject)
    made = CrisisCheck.objects.create(resource=resource, how=how, by=by, checked_on=today)
    audit.record(
        chain=practice,
        kind="crisis resource checked",
        by=by,
        now=now,
        subject=made.pk,
        details={"resource": resource.key, "how": how},
        form_key=form_key,
    )
    return made


@transaction.atomic
def publish(*, resource: CrisisResource, by: User | None, now: datetime) -> CrisisResource:
    """From now on the row never changes."""
    if resource.published_at is None:
        resource.published_at = now
        resource.save(update_fields=["published_at"])
        audit.record(
            chain=Practice.objects.get(), kind="crisis resource published", by=by, now=now, subject=resource.pk
        )
    return resource
