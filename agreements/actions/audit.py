"""The log's one door: append a link to a chain, and recognise a post that came twice.

An entry that a kept row came of binds that row (bound_rows.py). Such entries of an agreement's log, its first among
them, are written down in the practice's log as well: a log whose end was cut off, or that is gone, is missed there. And
each log has a mark of its head (log_heads.py).
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from agreements.actions import bound_rows, log_heads
from agreements.models import Agreement, AuditEvent, Practice, User
from agreements.rules.digest import sha256

NOTED = "entry of an agreement"


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

    The practice's log is locked after an agreement's, never before: here, since every entry moves its mark.
    """
    practice = _practice() if isinstance(chain, Agreement) else chain
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
    log_heads.move_on(event, practice=practice.pk)
    if chain != practice and is_noted(kind):
        _note(event, practice)
    return event


def _practice() -> Practice:
    """The practice, with its log locked until the transaction ends."""
    return Practice.objects.select_for_update().only("pk").get()


def is_noted(kind: str) -> bool:
    """Whether an agreement's entry of this kind is written down in the practice's log."""
    return kind in bound_rows.BOUND


def _note(event: AuditEvent, practice: Practice) -> None:
    """Where an agreement's log stands now, in the practice's log; with the digest of the file when one was sealed."""
    details = {"entry": event.sequence, "digest": event.digest}
    if "sha256" in event.details:
        details["sha256"] = event.details["sha256"]
    append(chain=practice, kind=NOTED, by=event.by, now=event.at, subject=event.chain, details=details)


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
