"""The therapist's calendar address: made, read by a program without signing in, taken back."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from agreements.models import AuditEvent, CalendarFeed, Review, User
from tests import builders
from tests.doors import Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.fixture
def lee() -> Visitor:
    return seen_by(at="/calendar/")


def path_of(visitor: Visitor) -> str:
    shown = visitor.page.main.split('class="notice address">')[1].split("<")[0]
    return urlsplit(shown).path


def test_made_shown_and_taken_back(lee, sealed) -> None:
    assert "address" not in lee.page.html.split("<main")[1].split("Make an address")[0].split("lede")[0]
    lee.press("Make an address")
    path = path_of(lee)
    lee.open("/calendar/")
    assert path_of(lee) == path
    assert Browser().get(path).status_code == 200
    lee.press("Take this address back")
    assert Browser().get(path).status_code == 404
    lee.press("Make an address")
    assert path_of(lee) != path
    kinds = AuditEvent.objects.filter(kind__startswith="calendar").order_by("sequence").values_list("kind", flat=True)
    assert list(kinds) == ["calendar address made", "calendar address taken back", "calendar address made"]


def test_a_program_reads_the_days_and_nothing_is_written(lee, sealed) -> None:
    lee.press("Make an address")
    review = Review.objects.get(version=sealed.version)
    with CaptureQueriesContext(connection) as queries:
        answer = Browser().get(path_of(lee))
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    [event] = Calendar.from_ical(answer.content).events
    assert (str(event.uid), event.start, event.sequence) == (f"review-{review.pk}@between-sessions", review.due_on, 0)
    said = answer.content.decode().lower()
    assert [word for word in ("maya", "lee", "elm street", "text", "therap", "client") if word in said] == []
    Review.objects.filter(pk=review.pk).update(due_on=review.due_on + timedelta(days=7), sequence=1)
    [moved] = Calendar.from_ical(Browser().get(path_of(lee)).content).events
    assert (moved.uid, moved.start, moved.sequence) == (event.uid, review.due_on + timedelta(days=7), 1)


def test_looking_makes_no_address(lee) -> None:
    assert not CalendarFeed.objects.exists()
    assert lee.client.get("/calendar/make/").status_code == 405


def test_each_therapist_has_their_own(lee, sealed) -> None:
    lee.press("Make an address")
    other = seen_by("other", at="/calendar/")
    assert "Take this address back" not in other.page.main
    other.press("Make an address")
    assert Calendar.from_ical(Browser().get(path_of(other)).content).events == []
    assert path_of(other) != path_of(lee)


def test_who_may_no_longer_sign_in_is_no_longer_read(lee) -> None:
    lee.press("Make an address")
    User.objects.filter(username="lee").update(is_active=False)
    assert Browser().get(path_of(lee)).status_code == 404


def test_a_word_that_is_none_leads_nowhere_and_the_kept_one_is_locked(lee) -> None:
    lee.press("Make an address")
    feed = CalendarFeed.objects.get()
    for word in ("guess", feed.token_sha256, feed.token.swapcase(), feed.token[:-1]):
        assert Browser().get(f"/calendar/{word}.ics").status_code == 404
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM agreements_calendarfeed")
        assert feed.token not in cursor.fetchone()[0]


def test_the_client_chooses_what_their_calendar_says(sealed) -> None:
    lee = seen_by(at=f"/room/{sealed.version.draft_id}/kept/")
    found = {}
    for words in ("Look at our agreement", "A date to keep", "Look back", "Appointment"):
        answer = lee.client.get(lee.page.links[words])
        [event] = Calendar.from_ical(answer.content).events
        found[str(event["SUMMARY"])] = (str(event.uid), event.sequence)
    assert list(found) == ["Look at our agreement", "A date to keep", "Look back", "Appointment"]
    assert len(set(found.values())) == 1
    assert lee.client.get(f"/documents/{sealed.pk}/review.ics?title=Therapy").status_code == 404
    assert builders.NOW.date() < Review.objects.get(version=sealed.version).due_on
