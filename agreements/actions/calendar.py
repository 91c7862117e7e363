"""Files for calendar programs. They hold no name, so that a shared calendar or a lock screen tells nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from icalendar import Calendar, Event

from agreements.models import AbsenceTask, Agreement
from agreements.reads import dated


def look_event(agreement: Agreement, *, now: datetime, title: str = "") -> bytes:
    """The client's own entry: the next look as an all-day entry on its local day, called off where it is settled, and
    the same entry when a newer paper brings another day. `now` is UTC.

    `title` is what the client wants to read in their calendar. The caller activates the language.
    """
    return file([dated.of_client(agreement.pk, title=title)], now=now)


def task_event(task: AbsenceTask, *, now: datetime) -> bytes:
    """What is to do around a time away as an all-day entry on its local day, called off where it is. `now` is UTC."""
    return file([dated.of_task(task.pk)], now=now)


def file(entries: Iterable[dated.Entry], *, now: datetime) -> bytes:
    """All-day entries as one file; UTF-8 with CRLF (RFC 5545). `now` is UTC.

    The UID of an entry never changes and SEQUENCE rises with each change, so that opening a newer file moves the
    entry or takes it out. Nobody is invited, and no organiser is named: it would be the practice.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Between Sessions//Reviews//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in entries:
        calendar.add_component(_event(entry, now))
    return bytes(calendar.to_ical())


def _event(entry: dated.Entry, now: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", entry.day)
    event.add("summary", entry.title)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event
