"""Which reminders would go out until a day, counted out by hand: as if nobody looked, moved or stopped anything until
then. Never writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from agreements.models import Practice, Reminder
from agreements.models.reminder import OPEN
from agreements.reads import due
from agreements.rules import dates

Key = tuple[str, UUID, int, UUID | None]  # kind, subject, sequence, who is told


@dataclass(frozen=True, order=True)
class Coming:
    """One message: the local day on which it goes out, its kind, and the id of the thing it is about."""

    on: date
    kind: str
    subject: UUID


def until(last: date | None, *, now: datetime) -> list[Coming]:
    """Every message from now (UTC) until the local day `last`, today if not given; earliest first.

    What is overdue goes out today. A repeat comes two weeks after the one before. What failed for good is left out.
    """
    zone = Practice.objects.values_list("zone", flat=True).get()
    latest = _latest()
    return sorted(
        Coming(day, kind.name, thing["subject"])
        for kind in due.KINDS.values()
        for thing in kind.open()
        for day in _days(kind, thing, latest, last, now.astimezone(ZoneInfo(thing["zone"] or zone)).date())
    )


def _latest() -> dict[Key, Reminder]:
    """The last reminder there is of each thing, day and person. One that was sent is followed by the next, if any."""
    return {
        (row.kind, row.subject, row.sequence, row.recipient_id or row.wish_id): row
        for row in Reminder.objects.order_by("occurrence")
    }


def _days(
    kind: due.Kind, thing: dict[str, Any], latest: dict[Key, Reminder], last: date | None, today: date
) -> Iterator[date]:
    row = latest.get((kind.name, thing["subject"], thing["sequence"], thing["to"]))
    if row and row.state not in OPEN:
        return
    until = min(last or today, kind.last_on(thing))
    due_on = row.due_on if row else kind.first_on(thing["day"])
    first = max(due_on, today)
    if first > until:
        return
    yield first
    if kind.repeats:
        yield from dates.repeats(due_on, first, until)
