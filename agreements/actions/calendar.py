"""Files for calendar programs. They hold no name, so that a shared calendar or a lock screen tells nothing."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from agreements.models import Review


def review_event(review: Review, *, now: datetime) -> bytes:
    """The review as an all-day entry on its local day; UTF-8 with CRLF (RFC 5545). `now` is UTC.

    The UID never changes and SEQUENCE rises with each change of the day, so that opening a newer file moves the
    entry. Nobody is invited, and no organiser is named: it would be the practice. The caller activates the language
    of the title.
    """
    event = Event()
    event.add("uid", f"review-{review.pk}@between-sessions")
    event.add("sequence", review.sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", review.due_on)
    event.add("summary", _("Look at our agreement"))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Between Sessions//Reviews//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
