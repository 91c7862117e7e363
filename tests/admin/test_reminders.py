"""An administrator sees whether reminders go out, and nobody's name or address."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client as Browser

from agreements.actions import reminders
from agreements.management import demonstration, first_run
from agreements.models import Client, Reminder
from tests import builders
from tests.review_rows import a_review
from tests.wishing import ADDRESS, a_wish

pytestmark = pytest.mark.django_db
LIST = "/admin/agreements/reminder/"


@pytest.fixture
def robin() -> Browser:
    builders.a_practice(demo=True)
    browser = Browser()
    browser.force_login(
        demonstration._in_the_admin("admin", "Robin Adeyemi", "Robin", first_run.administrators()),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return browser


def test_the_list_says_what_went_out_and_names_nobody(robin: Browser) -> None:
    review = a_review(date(2026, 11, 24), therapist=builders.a_therapist())
    a_wish(review.version.agreement)
    assert "No reminder has gone out yet." in robin.get(LIST).content.decode()
    reminders.plan(now=builders.NOW)
    Reminder.objects.filter(kind="review").update(state="failed", failure="The mail server broke off.")
    Reminder.objects.filter(kind="own-date").update(attempts=1, failure="The mail server did not answer in time.")
    reminders.note_pass(now=builders.NOW)
    page = robin.get(LIST).content.decode()
    for words in (
        "The mail server broke off.",
        "The mail server did not answer in time.",
        "Reminders were last gone through on 23 November 2026, 15:00 (UTC).",
    ):
        assert words in page
    assert Reminder.objects.count() == 2
    telling = (Client.objects.get().name, ADDRESS, "lee@example.org", "Dr J. Lee", str(review.version.agreement_id))
    assert [words for words in telling if words in page] == []


def test_nothing_is_changed_there(robin: Browser) -> None:
    a_review(date(2026, 11, 23), therapist=builders.a_therapist())
    reminders.plan(now=builders.NOW)
    one = f"{LIST}{Reminder.objects.get().pk}/"
    page = robin.get(f"{one}change/").content.decode()
    assert [words for words in ("Dr J. Lee", "lee@example.org", ">lee<") if words in page] == []
    assert robin.post(f"{one}change/", {"state": "sent"}).status_code == 403
    assert robin.post(f"{one}delete/", {"post": "yes"}).status_code == 403
    assert robin.get(f"{LIST}add/").status_code == 403
    assert Reminder.objects.get().state == "waiting"


def test_who_keeps_only_the_library_does_not_see_it(robin: Browser) -> None:
    editor = Browser()
    editor.force_login(demonstration._template_editor(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert editor.get(LIST).status_code == 403
