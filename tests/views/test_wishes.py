"""The client's own reminder: asked for in the room, to an address that is safe, and stopped by one tap (H19)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client as Browser

from agreements.actions import reminders, wishes
from agreements.models import AuditEvent, Document, Reminder, Wish
from agreements.rules.vocabulary import Contact
from tests import builders
from tests.doors import Visitor, seen_by
from tests.review_rows import claim_one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
ADDRESS = "own.box@mail.test"
TELLING = ("maya", "lee", "elm street", "555", "therap", "client", "suicid", "crisis", "text", "counsel", "practice")


@pytest.fixture(autouse=True)
def public(settings: Any) -> Iterator[None]:
    settings.PUBLIC_ADDRESS = "https://practice.test"
    yield


@pytest.fixture
def lee(sealed: Document) -> Visitor:
    return seen_by(at=f"/room/{sealed.version.draft_id}/kept/")


def asked(lee: Visitor) -> Wish:
    lee.follow("Would you like a reminder?")
    lee.press("Yes, send one", email=ADDRESS)
    return Wish.objects.get()


def send_all(sealed: Document) -> None:
    now = builders.NOW + timedelta(days=27)
    reminders.plan(now=now)
    for held in reminders.claims(clock=lambda: now):
        reminders.deliver(held, now=now)


def test_nothing_is_chosen_beforehand_and_no_is_as_near_as_yes(lee, sealed) -> None:
    lee.follow("Would you like a reminder?")
    assert "Maya, would you like a reminder?" in lee.page.main
    assert lee.page.values("email") == [""]
    assert lee.page.links["No, thank you"] == f"/room/{sealed.version.draft_id}/kept/"
    assert not Wish.objects.exists()


def test_who_asks_gets_one_mail_that_names_nobody_and_says_nothing_clinical(lee, sealed) -> None:
    wish = asked(lee)
    assert f"It goes to {ADDRESS}, the day before we look again." in lee.page.main
    assert (wish.agreement_id, wish.email, wish.stopped_at) == (sealed.agreement_id, ADDRESS, None)
    send_all(sealed)
    [message] = outbox.outbox
    assert (message.subject, message.to) == ("A date you chose is coming up", [ADDRESS])
    stop = f"https://practice.test/stop/{wish.token}/"
    assert message.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.body.split("\n\n") == [
        "A date you chose is coming up: Monday, 21 December.".replace("December 21", "21 December"),
        "You asked for this message. There is nothing you have to do.",
        f"Stop these messages:\n{stop}",
    ]
    html = message.alternatives[0].content
    for said in (message.subject, message.body, html):
        bare = said.lower().replace("practice.test", "")
        assert [word for word in TELLING if word in bare] == []
    send_all(sealed)
    assert len(outbox.outbox) == 1


def test_an_address_that_is_none_is_told_and_stays(lee) -> None:
    lee.follow("Would you like a reminder?")
    for typed, words in (("", "Please write the e-mail address, or tap “No, thank you”."), ("maya", "such as name@")):
        lee.press("Yes, send one", email=typed)
        assert (lee.page.status, lee.page.values("email")) == (422, [typed])
        assert words in lee.page.main
    assert not Wish.objects.exists()


def test_another_address_takes_the_place_of_the_first(lee, sealed) -> None:
    first = asked(lee)
    lee.press("Use this one", email="new@mail.test")
    assert [each.email for each in Wish.objects.filter(stopped_at=None)] == ["new@mail.test"]
    assert Wish.objects.get(pk=first.pk).stopped_at is not None
    send_all(sealed)
    assert [message.to for message in outbox.outbox] == [["new@mail.test"]]


def test_taken_back_in_the_room_nothing_comes(lee, sealed) -> None:
    asked(lee)
    lee.press("No reminder after all")
    assert "would you like a reminder?" in lee.page.main
    send_all(sealed)
    assert outbox.outbox == []


def test_one_tap_in_the_mail_stops_it_without_signing_in_and_looking_does_not(lee, sealed) -> None:
    wish, events = asked(lee), AuditEvent.objects.count()
    reminders.plan(now=builders.NOW + timedelta(days=27))
    somebody = Visitor()
    page = somebody.open(f"/stop/{wish.token}/")
    assert (page.status, page.title) == (200, "Stop these messages")
    assert [word for word in TELLING if word in page.main.lower()] == []
    assert (Wish.objects.get().stopped_at, AuditEvent.objects.count()) == (None, events)
    somebody.press("Stop them")
    assert "Done. No more messages will come." in somebody.page.main
    assert Wish.objects.get().stopped_at is not None
    assert Reminder.objects.get(wish=wish).state == "cancelled"
    somebody.client.post(f"/stop/{wish.token}/", {"List-Unsubscribe": "One-Click"})
    assert AuditEvent.objects.count() == events + 1


def test_a_mail_program_stops_it_with_one_post_and_no_cookie(lee) -> None:
    wish = asked(lee)
    program = Browser(enforce_csrf_checks=True)
    answer = program.post(f"/stop/{wish.token}/", {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.cookies) == (200, {})
    assert Wish.objects.get().stopped_at is not None


def test_a_link_that_is_none_leads_nowhere(lee) -> None:
    asked(lee)
    for token in ("no-such-word", Wish.objects.get().token_sha256, str(Wish.objects.get().pk)):
        assert Browser().get(f"/stop/{token}/").status_code == 404
        assert Browser().post(f"/stop/{token}/").status_code == 404


def test_who_stopped_between_claim_and_sending_gets_nothing(lee, sealed) -> None:
    wish, now = asked(lee), builders.NOW + timedelta(days=27)
    reminders.plan(now=now)
    held = claim_one(now=now)
    assert held is not None and held.wish_id == wish.pk
    Browser().post(f"/stop/{wish.token}/")
    assert reminders.deliver(held, now=now).state == "cancelled"
    assert outbox.outbox == []


def test_too_late_it_is_not_sent_at_all(lee, sealed) -> None:
    asked(lee)
    now = builders.NOW + timedelta(days=29)
    reminders.plan(now=now)
    assert set(Reminder.objects.values_list("kind", flat=True)) == {"review"}


def test_h19_who_may_not_be_contacted_is_not_asked_and_gets_nothing(lee, sealed) -> None:
    asked(lee)
    client = sealed.agreement.client
    client.contact = Contact.NONE
    client.save(update_fields=["contact"])
    page = lee.open(f"/room/{sealed.version.draft_id}/kept/")
    assert "Would you like a reminder?" not in page.links
    assert lee.open(f"/room/{sealed.version.draft_id}/reminder/").path.endswith("/kept/")
    send_all(sealed)
    assert outbox.outbox == []


@pytest.mark.parametrize(
    "change", [{"PUBLIC_ADDRESS": ""}, {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}]
)
def test_without_a_way_to_send_and_to_stop_nothing_is_offered(sealed, settings, change) -> None:
    for name, value in change.items():
        setattr(settings, name, value)
    lee = seen_by(at=f"/room/{sealed.version.draft_id}/kept/")
    assert "Would you like a reminder?" not in lee.page.links
    assert not wishes.may_ask(sealed.agreement)


def test_the_address_and_the_word_are_locked_in_the_database(lee) -> None:
    from django.db import connection

    wish = asked(lee)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM agreements_wish")
        row = " ".join(map(str, cursor.fetchone()))
    assert (ADDRESS in row, wish.token in row) == (False, False)
    assert not [event for event in AuditEvent.objects.all() if ADDRESS in str(event.details)]


def test_mail_that_is_only_printed_is_not_offered(lee, sealed, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    lee.open(f"/room/{sealed.version.draft_id}/kept/")
    assert "Would you like a reminder?" not in lee.page.links
