"""Whether reminders go out: what could not be sent, and when a program last looked. Never writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from agreements.models import LastPass, ReminderState, User
from agreements.reads import due

LATE = timedelta(days=1)


@dataclass(frozen=True)
class Mailing:
    """What a therapist has to know about the mails.

    `to_you` reminders to the therapist could not be sent, the last for `reason`; `to_clients` are labels of clients
    whose reminder could not be sent, with why. What failed twice and is tried again by itself is in `again`: why, by
    label, "" for the therapist. `is_late`: no program looked for a day or more; `last` is when one did
    (UTC), None: never.
    """

    to_you: int
    reason: str
    to_clients: list[tuple[str, str]]
    again: dict[str, str]
    is_late: bool
    last: datetime | None


def of(therapist: User, labels: Mapping[UUID, str], now: datetime, *, zone: str) -> Mailing:
    """At `now` (UTC) in a practice in this zone. `labels` name the therapist's clients."""
    unsent = due.unsent_of(therapist, now.astimezone(ZoneInfo(zone)).date()).order_by("due_at")
    rows = [
        (state, labels[client] if client else "", failure)
        for state, client, failure in unsent.values_list("state", "wish__agreement__client", "failure")
    ]
    failed = [(label, failure) for state, label, failure in rows if state == ReminderState.FAILED]
    own, clients = [failure for label, failure in failed if not label], [each for each in failed if each[0]]
    again = {label: failure for state, label, failure in rows if state != ReminderState.FAILED}
    last = last_pass()
    return Mailing(len(own), own[-1] if own else "", clients, again, last is None or now - last > LATE, last)


def last_pass() -> datetime | None:
    """When a program last went through what is due (UTC), None: never."""
    return LastPass.objects.values_list("at", flat=True).first()
