"""A calendar file that any program reads, that follows what happens, and that says nothing about anybody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from agreements.actions import calendar, endings
from agreements.models import Review, User
from agreements.reads import dated
from agreements.rules.vocabulary import CalendarTitle, Role
from tests.review_rows import MADE, a_practice, a_review, a_sealed_version, a_therapist, an_agreement

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 15, 12, 9, 5, tzinfo=UTC)
DAY = date(2026, 12, 21)


@pytest.fixture
def therapist() -> User:
    a_practice()
    return a_therapist()


@pytest.fixture
def review(therapist: User) -> Review:
    version = a_sealed_version(an_agreement(therapist), review_on=DAY)
    return Review.objects.create(version=version, due_on=DAY, created_at=MADE)


def entry(review: Review) -> tuple[str, int, date, str]:
    """UID, SEQUENCE, day and state, read by another program's rules."""
    found = Calendar.from_ical(calendar.look_event(review.version.agreement, now=NOW))
    assert (found["VERSION"], found["METHOD"]) == ("2.0", "PUBLISH")
    [event] = found.events
    return str(event.uid), event.sequence, event.start, str(event["STATUS"])


def test_the_whole_file(review: Review) -> None:
    assert calendar.look_event(review.version.agreement, now=NOW).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Between Sessions//Reviews//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "SUMMARY:Look at our agreement",
        "DTSTART;VALUE=DATE:20261221",
        "DTSTAMP:20261123T151209Z",
        f"UID:look-{review.version.agreement_id}@between-sessions",
        "SEQUENCE:0",
        "CLASS:PRIVATE",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_moved_review_keeps_its_uid_and_raises_its_sequence(review: Review) -> None:
    uid = f"look-{review.version.agreement_id}@between-sessions"
    assert entry(review) == (uid, 0, DAY, "CONFIRMED")
    Review.objects.update(due_on=date(2027, 1, 4), sequence=1)
    assert entry(review) == (uid, 1, date(2027, 1, 4), "CONFIRMED")


def test_a_look_that_is_called_off_keeps_its_uid_and_raises_its_sequence(review: Review) -> None:
    Review.objects.update(sequence=3)
    agreement = review.version.agreement
    endings.stop(agreement=agreement, by_role=Role.CLIENT, effective_on=NOW.date(), by=agreement.therapist, now=NOW)
    assert entry(review) == (f"look-{agreement.pk}@between-sessions", 4, DAY, "CANCELLED")


def test_a_stop_takes_out_what_lies_ahead_and_leaves_a_past_day_as_it_was(therapist: User) -> None:
    past, ahead = (a_review(NOW.date() + timedelta(days=days), therapist=therapist) for days in (-10, 10))
    for agreement in (past.version.agreement, ahead.version.agreement):
        endings.stop(agreement=agreement, by_role=Role.CLIENT, effective_on=NOW.date(), by=therapist, now=NOW)
    assert [(entry(each)[1], entry(each)[3]) for each in (past, ahead)] == [(0, "CONFIRMED"), (1, "CANCELLED")]


def test_a_newer_paper_calls_the_look_at_the_older_off(review: Review) -> None:
    a_sealed_version(review.version.agreement, number=2)
    assert entry(review)[1:] == (1, DAY, "CANCELLED")


def test_the_client_s_entry_is_the_same_from_paper_to_paper_and_moves_with_each(review: Review) -> None:
    agreement, seen = review.version.agreement, [entry(review)]
    Review.objects.update(due_on=date(2027, 1, 4), sequence=2)
    seen.append(entry(review))
    for number, day in ((2, date(2027, 2, 1)), (3, date(2027, 3, 1))):
        version = a_sealed_version(agreement, number=number)
        seen.append(entry(review))
        Review.objects.create(version=version, due_on=day, created_at=MADE)
        seen.append(entry(review))
    uid = f"look-{agreement.pk}@between-sessions"
    assert seen == [
        (uid, 0, DAY, "CONFIRMED"), (uid, 2, date(2027, 1, 4), "CONFIRMED"), (uid, 3, date(2027, 1, 4), "CANCELLED"),
        (uid, 4, date(2027, 2, 1), "CONFIRMED"), (uid, 5, date(2027, 2, 1), "CANCELLED"),
        (uid, 6, date(2027, 3, 1), "CONFIRMED"),
    ]  # fmt: skip


def test_h19_the_title_is_one_of_a_few_that_tell_nothing(review: Review) -> None:
    for title in CalendarTitle:
        [event] = Calendar.from_ical(
            calendar.look_event(review.version.agreement, now=NOW, title=str(title.label))
        ).events
        assert str(event["SUMMARY"]) == title.label
    assert [str(title.label) for title in CalendarTitle] == [
        "Look at our agreement", "A date to keep", "Look back", "Appointment",
    ]  # fmt: skip


def test_the_therapist_s_days_are_all_of_their_own_clients_from_a_year_ago_on(review: Review, therapist: User) -> None:
    soon = a_review(DAY - timedelta(days=1), therapist=therapist)
    a_review(DAY, therapist=a_therapist("kim", "kim@clinic.test"))
    a_review(NOW.date() - dated.KEPT_FOR - timedelta(days=1), therapist=therapist)
    a_sealed_version(soon.version.agreement, number=2)
    days = Calendar.from_ical(calendar.file(dated.of(therapist, today=NOW.date()), now=NOW)).events
    assert [(str(each.uid), each.start, str(each["STATUS"]), str(each["SUMMARY"])) for each in days] == [
        (f"review-{soon.pk}@between-sessions", soon.due_on, "CANCELLED", "Look at our agreement"),
        (f"review-{review.pk}@between-sessions", DAY, "CONFIRMED", "Look at our agreement"),
    ]
    assert not [each for each in days if "ATTENDEE" in each or "ORGANIZER" in each]


def test_a_calendar_with_nothing_in_it_is_one_too(therapist: User) -> None:
    assert Calendar.from_ical(calendar.file(dated.of(therapist, today=NOW.date()), now=NOW)).events == []
