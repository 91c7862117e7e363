"""Whether reminders go out: what could not be sent, and when a program last looked. Never writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from agreements.models import LastPass, User
from agreements.reads import due

LATE = timedelta(days=1)


@dataclass(frozen=True)
class Mailing:
    """What a therapist has to know about the mails.

    `to_you` reminders to the therapist could not be sent, the last for `reason`; `to_clients` are labels of clients
    whose reminder could not be sent, with why. `is_late`: no program looked for a day or more; `last` is when one did
    (UTC), None: never.
    """

    to_you: int
    reason: str
    to_clients: list[tuple[str, str]]
    is_late: bool
    last: datetime | None


def of(therapist: User, labels: Mapping[UUID, str], now: datetime, *, zone: str) -> Mailing:
    """At `now` (UTC) in a practice in this zone. `labels` name the therapist's clients."""
    failed = due.failed_of(therapist, now.astimezone(ZoneInfo(zone)).date()).order_by("due_at")
    rows = list(failed.values_list("recipient", "wish__agreement__client", "failure"))
    own = [failure for recipient, _client, failure in rows if recipient]
    clients = [(labels[client], failure) for recipient, client, failure in rows if not recipient]
    last = last_pass()
    return Mailing(len(own), own[-1] if own else "", clients, last is None or now - last > LATE, last)


def last_pass() -> datetime | None:
    """When a program last went through what is due (UTC), None: never."""
    return LastPass.objects.values_list("at", flat=True).first()
