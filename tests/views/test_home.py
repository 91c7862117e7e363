"""The first page: what needs the therapist, and nothing else; names as they choose; somebody looked for."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from agreements.actions import people, recalls, reminders, reviews
from agreements.models import AuditEvent, Client, Draft, Practice, Reminder
from agreements.reads import first_page
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Amount, Role, Voice
from tests import builders
from tests.doors import Page, Visitor, seen_by
from tests.wishing import a_wish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def test_nothing_is_asked_of_a_therapist_without_clients():
    lee = seen_by()
    assert "Needs you" not in lee.page.main
    assert "No clients yet." in lee.page.main


def test_a_round_that_is_not_signed_stands_under_needs_you():
    builders.a_draft(until=Step.START)
    assert "M.R.: not signed yet" in seen_by().page.main


def test_whoever_signed_before_the_text_changed_signs_again():
    draft = builders.a_draft(until=Step.SIGN)
    lee = seen_by()
    lee.open(f"/room/{draft.pk}/sign/client/")
    lee.press("Sign as Maya R.")
    assert "M.R.: still to sign: you" in seen_by().page.main
    client = draft.agreement.client
    people.change_client(client=client, by=client.therapist, now=builders.NOW, voice=Voice.NO_VOICE)
    lee = seen_by()
    assert "M.R.: the text changed after signing; please read it together and sign again" in lee.page.main
    assert "signed, then the text changed" in lee.page.main
    lee.open(f"/clients/{client.pk}/")
    assert "What was signed no longer counts." in lee.page.main


def test_a_review_stands_under_needs_you_from_its_day_on(sealed, on_the_day):
    assert "time to look again" not in seen_by().page.main
    on_the_day.shift(timedelta(days=27))
    assert "time to look again" not in seen_by().page.main
    on_the_day.shift(timedelta(days=1))
    assert "M.R.: time to look again, 21 December" in seen_by().page.main


def test_crisis_lines_stand_under_needs_you_thirty_days_before_their_check_ends(on_the_day):
    builders.a_client()
    assert "to check" not in seen_by().page.main
    on_the_day.shift(timedelta(days=340))
    assert "crisis lines to check" in seen_by().page.main


NAMES = ("Zephyrine Quill", "Zephyrine", "Quill")


def a_client(**facts: str) -> Client:
    """A client of a therapist who has nobody else."""
    return builders.a_client(builders.a_therapist("roe"), **facts)


def a_full_house() -> Client:
    """A client who stands in every group of the first page at once, or nearly."""
    client = a_client(name="Zephyrine Quill", called="Zephyrine")
    agreement = builders.a_sealed_agreement(client=client)
    reviews.raise_texting(
        agreement=agreement, by_role=Role.CLIENT, amount=Amount.MUCH, by=client.therapist, now=timezone.now()
    )
    builders.a_draft(until=Step.PREPARE, client=client)
    return client


def groups(lee: Visitor) -> list[str]:
    """Each line under "Needs you"."""
    return [
        line.split("</span>")[0] for line in lee.page.main.split("<span>")[1:] if "<a" not in line.split("</span>")[0]
    ]


def test_names_are_initials_hidden_or_full_in_every_group_and_the_list(on_the_day):
    a_full_house()
    Practice.objects.update(phone="(555) 010-0199")
    recalls.begin(phone="(555) 010-0143", by=None, now=timezone.now())
    on_the_day.shift(timedelta(days=35))
    lee, says = (
        seen_by("roe"),
        ["please tell, (555) 010-0143 changed", "raised, too much", "time to look again, 21 December"],
    )
    says += ["not signed yet"]
    for button, label, hidden in (
        ("", "Z.Q.", NAMES),
        ("Full names", "Zephyrine Quill", ()),
        ("Hidden", "Client 1, agreement since 23 November", (*NAMES, "Z.Q.")),
        ("Initials", "Z.Q.", NAMES),
    ):
        if button:
            assert lee.press(button).path == "/"
        assert groups(lee) == [f"{label}: {words}" for words in says]
        assert label in lee.page.links
        assert [name for name in hidden if name in lee.page.html] == []
        assert lee.page.html.count('aria-pressed="true">' + (button or "Initials")) == 1


def test_the_choice_lasts_until_they_sign_out():
    a_client()
    lee = seen_by("roe")
    lee.press("Full names")
    lee.open("/crisis-lines/")
    assert "Maya R." in lee.open("/").links
    lee.press("Sign out")
    lee.press("Sign in", login="roe", password=builders.PASSWORD)
    assert "M.R." in lee.open("/").links


@pytest.mark.parametrize(("chosen", "after"), [("Full names", "M.R."), ("Hidden", "Client 1, here since 23 November")])
def test_who_comes_back_from_a_session_sees_no_full_names(chosen, after):
    draft = builders.a_draft(until=Step.START, client=a_client())
    lee = seen_by("roe")
    lee.press(chosen)
    lee.open(f"/room/{draft.pk}/")
    lee.leave()
    assert after in lee.open("/").links


def test_a_choice_that_is_none_changes_nothing():
    a_client()
    lee = seen_by("roe")
    assert lee.post("/names/", {"names": "all"}).path == "/"
    assert "M.R." in lee.page.links


def test_somebody_is_found_on_the_same_page_and_what_was_typed_stays(caplog):
    for name, called in (("Zoë Ånström", "Zoë"), ("Maya R.", "Maya")):
        a_client(name=name, called=called)
    lee, events = seen_by("roe"), AuditEvent.objects.count()
    with caplog.at_level(logging.DEBUG):
        lee.press("Find", sought="anstrom ZOE")
    assert (lee.page.status, lee.page.path, lee.page.values("sought")) == (200, "/find/#clients", ["anstrom ZOE"])
    assert ("Z.Å." in lee.page.links, "M.R." in lee.page.links) == (True, False)
    assert "1 client found." in lee.page.main
    assert "Zoë" not in lee.page.html
    lee.press("Find", sought="Nobody")
    assert ("Nobody of that name." in lee.page.main, "Z.Å." in lee.page.links) == (True, False)
    assert "M.R." in lee.follow("Show all").links
    assert (AuditEvent.objects.count(), [line for line in caplog.messages if "anstrom" in line.lower()]) == (events, [])


def test_nothing_typed_finds_everybody_and_too_much_is_told_the_limit():
    a_client()
    lee = seen_by("roe")
    assert "M.R." in lee.press("Find", sought="  ").links
    assert "found" not in lee.page.main
    lee.press("Find", sought="m" * 141)
    assert (lee.page.status, lee.page.values("sought")) == (422, ["m" * 141])
    assert "Please use at most 140 characters. You have 141." in lee.page.main


def test_a_name_is_never_looked_for_by_an_address():
    a_client()
    lee = seen_by("roe", at="/find/?sought=maya")
    assert (lee.page.path, lee.page.values("sought")) == ("/", [""])


def test_nobody_is_found_among_another_therapists_clients():
    a_client()
    builders.a_client(builders.a_therapist("other"), name="Ben", called="Ben")
    other = seen_by("other")
    other.press("Find", sought="maya")
    assert "Nobody of that name." in other.page.main
    assert "M.R." not in other.page.html


def test_what_needs_them_stands_in_groups_with_what_they_are(sealed, on_the_day):
    builders.a_draft(until=Step.TURN, client=builders.a_client(name="Noor B.", called="Noor"))
    on_the_day.shift(timedelta(days=29))
    groups = re.findall(r"<h3>(.*?)</h3>", seen_by().page.main)
    assert groups == ["Time to look again", "Not signed yet"]


def test_a_reminder_that_could_not_be_sent_needs_the_therapist_until_it_is_tried_again(sealed, on_the_day):
    on_the_day.shift(timedelta(days=28))
    wish = a_wish(sealed.agreement)
    reminders.plan(now=timezone.now() - timedelta(days=1))
    Reminder.objects.update(state="failed", attempts=5, failure="The mail server refused the address (550).")
    assert set(Reminder.objects.values_list("recipient__username", "wish")) == {("lee", None), (None, wish.pk)}
    lee = seen_by()
    for words in (
        "A reminder to you could not be sent. The mail server refused the address (550).",
        "M.R.: the reminder they asked for could not be sent. The mail server refused the address (550).",
    ):
        assert words in lee.page.main
    other = seen_by("other")
    assert "could not be sent" not in other.page.main
    assert other.post("/send-again/", {}).path == "/"
    assert set(Reminder.objects.values_list("state", flat=True)) == {"failed"}
    lee.press("Try again")
    assert "It will be tried again the next time reminders go out." in lee.page.main
    assert "could not be sent" not in lee.page.main
    assert set(Reminder.objects.values_list("state", "attempts")) == {("waiting", 0)}


def test_what_failed_twice_is_said_calmly_while_it_is_tried_again_by_itself(sealed, on_the_day):
    on_the_day.shift(timedelta(days=28))
    a_wish(sealed.agreement)
    reminders.plan(now=timezone.now() - timedelta(days=1))
    reminders.note_pass(now=timezone.now())
    Reminder.objects.update(attempts=1, failure="The mail server broke off.")
    assert "eminder" not in seen_by().page.main
    Reminder.objects.update(attempts=2)
    page = seen_by().page
    for words in ("A reminder to you has not gone out yet.", "M.R.: the reminder they asked for has not gone out yet."):
        assert f"{words} The mail server broke off. It is tried again by itself; there is nothing to do." in page.main
    assert "Reminders not sent" not in page.main and "Try again" not in page.main


def test_it_is_said_when_no_reminder_went_out_for_a_day(sealed, on_the_day):
    assert "No reminder has gone out from here yet." in seen_by().page.main
    reminders.note_pass(now=timezone.now())
    assert "eminder" not in seen_by().page.main
    on_the_day.shift(timedelta(hours=23))
    assert "eminder" not in seen_by().page.main
    on_the_day.shift(timedelta(hours=2))
    assert "Reminders last went out on 23 November." in seen_by().page.main


def initials_on(page: Page) -> list[str]:
    """Clients in a list, by their one initial."""
    return [words for words in page.links if re.fullmatch(r"\w\.", words)]


def test_with_many_clients_the_latest_stand_there_and_all_on_pages_of_their_own(monkeypatch):
    monkeypatch.setattr(first_page, "ALL_AT_ONCE", 3)
    monkeypatch.setattr(first_page, "LATEST", 2)
    monkeypatch.setattr(first_page, "A_PAGE", 2)
    for called in ("Ada", "Ben", "Cem"):
        a_client(name=called, called=called)
    lee = seen_by("roe")
    assert {"A.", "B.", "C."} <= lee.page.links.keys()
    needing = Client.objects.filter(therapist__username="roe").order_by("created_at", "pk")[0]
    builders.a_draft(until=Step.START, client=needing)
    Draft.objects.update(started_at=builders.NOW - timedelta(days=400))
    later = [
        builders.a_client(
            builders.a_therapist("roe"), name=name, called=name, now=builders.NOW + timedelta(minutes=each)
        )
        for each, name in enumerate(("Dov", "Eve"), start=1)
    ]
    lee.open("/")
    assert initials_on(lee.page) == ["D.", "E."]
    assert f"/clients/{needing.pk}/" in lee.page.html, "who needs something always stands there"
    lee.follow("All 5 clients")
    shown = [initials_on(page) for page in (lee.page, lee.open("/clients/?page=2"), lee.open("/clients/?page=99"))]
    assert shown == [["A.", "B."], ["C.", "D."], ["E."]]
    lee.open("/")
    lee.press("Hidden")
    assert "Client 5, here since 23 November" in lee.page.links
    assert [each for each in lee.press("Find", sought="Dov").links if each.startswith("Client")] == [
        "Client 4, here since 23 November"
    ]
    assert len(later) == 2
    assert [lee.open(f"/clients/?page={odd}").status for odd in ("", "0", "-1", "x", "9" * 400)] == [200] * 5
