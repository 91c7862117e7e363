"""The log's one door: append a link to a chain, and recognise a post that came twice.

An entry that a kept row came of binds that row (bound_rows.py). Such entries of an agreement's log, and its first, are
written down in the practice's log as well: a log whose end was cut off, or that is gone, is missed there. And each log
has a mark of its head, which nobody makes without the keys.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from agreements.actions import bound_rows
from agreements.models import Agreement, AuditEvent, LogHead, Practice, User
from agreements.models.fields import FieldKeyUnavailable
from agreements.rules.digest import sha256

NOTED = "entry of an agreement"
NOTED_TOO = {"agreement started"}


def lock(chain: Agreement | Practice) -> None:
    """Hold the chain's head until the transaction ends, so that links are made one after another."""
    type(chain).objects.select_for_update().values_list("pk").get(pk=chain.pk)


def replayed(form_key: UUID | None) -> AuditEvent | None:
    """The event an earlier post with the same key made, or None. Call under `lock`."""
    return AuditEvent.objects.filter(form_key=form_key).first() if form_key else None


def head(chain: Agreement | Practice) -> tuple[int, str]:
    """The place and the digest of the chain's last event; 0 and "" before the first."""
    links = AuditEvent.objects.filter(chain=chain.pk).order_by("-sequence").values_list("sequence", "digest")
    return links.first() or (0, "")


@transaction.atomic
def record(*, chain: Agreement | Practice, **facts: Any) -> AuditEvent:
    """Lock the chain and append one event; `facts` as `append` takes them."""
    lock(chain)
    return append(chain=chain, **facts)


def append(
    *,
    chain: Agreement | Practice,
    kind: str,
    by: User | None,
    now: datetime,
    subject: UUID | None = None,
    details: dict[str, Any] | None = None,
    form_key: UUID | None = None,
) -> AuditEvent:
    """One event at `now` (UTC), under `lock`. `details` is stored encrypted and may hold before and after.

    The practice's log is locked after an agreement's, never before.
    """
    sequence, previous = head(chain)
    event = AuditEvent(
        chain=chain.pk,
        sequence=sequence + 1,
        at=now,
        by=by,
        kind=kind,
        subject=subject or chain.pk,
        details={**(details or {}), **bound_rows.of(kind, subject or chain.pk)},
        nonce=secrets.token_hex(16),
        previous=previous,
        form_key=form_key,
    )
    event.digest = digest(event)
    event.save(force_insert=True)
    _mark(event)
    if isinstance(chain, Agreement) and is_noted(kind):
        _note(event)
    return event


def marked(chain: UUID) -> dict[str, Any] | None:
    """What the mark of the chain's head says, as `mark_of`; None where there is none. Raises FieldKeyUnavailable."""
    mark: dict[str, Any] | None = LogHead.objects.filter(chain=chain).values_list("mark", flat=True).first()
    return mark


def mark_of(event: AuditEvent) -> dict[str, Any]:
    """What the mark of its chain's head says when this event is the newest."""
    return {"chain": str(event.chain), "sequence": event.sequence, "digest": event.digest}


def _mark(event: AuditEvent) -> None:
    """The mark moves on from the event before. One that named another stays: what was wrong would be forgotten."""
    try:
        before = marked(event.chain)
    except FieldKeyUnavailable:
        return
    if before is None and event.sequence == 1:
        LogHead.objects.create(chain=event.chain, mark=mark_of(event))
    elif before == {"chain": str(event.chain), "sequence": event.sequence - 1, "digest": event.previous}:
        LogHead.objects.filter(chain=event.chain).update(mark=mark_of(event))


def is_noted(kind: str) -> bool:
    """Whether an agreement's entry of this kind is written down in the practice's log."""
    return kind in bound_rows.BOUND or kind in NOTED_TOO


def _note(event: AuditEvent) -> None:
    """Where an agreement's log stands now, in the practice's log; with the digest of the file when one was sealed."""
    details = {"entry": event.sequence, "digest": event.digest}
    if "sha256" in event.details:
        details["sha256"] = event.details["sha256"]
    record(chain=Practice.objects.get(), kind=NOTED, by=event.by, now=event.at, subject=event.chain, details=details)


def digest(event: AuditEvent) -> str:
    """The SHA-256 that binds an event to its place, its content and the event before it."""
    return sha256(
        {
            "chain": str(event.chain),
            "sequence": event.sequence,
            "at": event.at.astimezone(UTC).isoformat(),
            "by": str(event.by_id or ""),
            "kind": event.kind,
            "subject": str(event.subject),
            "details": event.details,
            "nonce": event.nonce,
            "previous": event.previous,
        }
    )
