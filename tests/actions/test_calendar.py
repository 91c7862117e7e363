"""A calendar file that any program reads, and that says nothing about anybody."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from icalendar import Calendar

from agreements.actions.calendar import review_event
from agreements.models import Review

NOW = datetime(2026, 11, 23, 15, 12, 9, 5, tzinfo=UTC)
REVIEW = Review(id=UUID("5f0d1c86-9a53-4f4e-8c0e-6f2d3f7c1a11"), due_on=date(2026, 12, 21))


def test_the_whole_file() -> None:
    assert review_event(REVIEW, now=NOW).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Between Sessions//Reviews//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "SUMMARY:Look at our agreement",
        "DTSTART;VALUE=DATE:20261221",
        "DTSTAMP:20261123T151209Z",
        "UID:review-5f0d1c86-9a53-4f4e-8c0e-6f2d3f7c1a11@between-sessions",
        "SEQUENCE:0",
        "CLASS:PRIVATE",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_moved_review_keeps_its_uid_and_raises_its_sequence() -> None:
    moved = Review(id=REVIEW.id, due_on=date(2027, 1, 4), sequence=1)
    (before,), (after,) = (Calendar.from_ical(review_event(row, now=NOW)).events for row in (REVIEW, moved))
    assert (before.uid, before.sequence, before.start) == (after.uid, 0, date(2026, 12, 21))
    assert (after.sequence, after.start) == (1, date(2027, 1, 4))
