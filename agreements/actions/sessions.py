"""The two sit down together and get up again: the log says from when to when a screen was bound to their agreement."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from agreements.actions import audit
from agreements.models import Draft, User


@transaction.atomic
def begin(*, draft: Draft, by: User, now: datetime) -> None:
    """From now on `by`'s screen shows this round and nothing else."""
    audit.record(chain=draft.agreement, kind="session began", by=by, now=now, subject=draft.pk)


@transaction.atomic
def end(*, draft: Draft, by: User, now: datetime) -> None:
    """The therapist took the screen back."""
    audit.record(chain=draft.agreement, kind="session ended", by=by, now=now, subject=draft.pk)


@transaction.atomic
def outside(*, draft: Draft, by: User, now: datetime, clause: str = "", role: str = "") -> None:
    """Something of this round is recorded on a screen that is not bound to it: at the desk, or signed in again.

    `clause` is the key of the term it is about, "" where it is a whole page; `role` the key of whose answer it is, ""
    where it is what the two decide.
    """
    facts = {"clause": clause, "role": role}
    audit.record(chain=draft.agreement, kind="outside session", by=by, now=now, subject=draft.pk, details=facts)
