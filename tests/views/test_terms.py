"""The pages on which the two decide: a reason beside what is stricter, a limit heard again, two screens."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from agreements.actions import people
from agreements.management.walk import ORIGIN, Script, choose
from agreements.models import Draft, Position, Practice, Term
from agreements.reads import room as rooms
from agreements.rules.steps import Step
from agreements.rules.vocabulary import CallHours, Role, TermState
from tests import builders
from tests.doors import Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

STRICTER = {**ORIGIN, "often": choose("one_two")}


def at_the_difference(reasons: dict[str, str]) -> tuple[Draft, Visitor]:
    draft = builders.a_draft(until=Step.TALK, script=Script(therapist=STRICTER, reasons=reasons))
    visitor = Visitor(builders.a_therapist())
    visitor.open(f"/room/{draft.pk}/talk/often/")
    return draft, visitor


def test_a_stricter_answer_is_not_shown_bare_the_reason_comes_first():
    draft, lee = at_the_difference({})
    assert "please say your reason first" in lee.page.main
    client = Client()
    client.force_login(draft.agreement.therapist)
    client.post(lee.page.path, {"choice": "one_two", "rev": 1})
    assert Term.objects.get(draft=draft, clause__key="often").state == TermState.UNDECIDED
    lee.press("Save my reason", reason="I have three children.")
    assert "I have three children." in lee.page.main
    assert "What do we decide?" in lee.page.main


@pytest.mark.parametrize("reason", ["", "   ", "x" * 141])
def test_a_reason_that_is_none_is_answered_in_words(reason):
    draft, lee = at_the_difference({})
    lee.press("Save my reason", reason=reason)
    assert "Please write the reason in a few words, at most 140 characters." in lee.page.main
    assert (lee.page.status, lee.page.values("reason")) == (422, [reason])
    assert Position.objects.get(term__draft=draft, term__clause__key="often", party__role="therapist").reason == ""


def test_a_reason_and_a_why_posted_twice_are_written_once():
    draft, lee = at_the_difference({})
    client = Client()
    client.force_login(draft.agreement.therapist)
    said = {"reason": "I have three children.", "form_key": str(uuid4())}
    assert [client.post(lee.page.path, said).status_code for _ in range(2)] == [302, 302]
    ready = builders.a_draft(until=Step.READ, client=builders.a_client(name="Noor B.", called="Noor"))
    why = {"why": "It is enough.", "why_of": "client", "form_key": str(uuid4())}
    assert [client.post(f"/room/{ready.pk}/why/often/", why).status_code for _ in range(2)] == [302, 302]


def test_a_why_says_whose_words_it_is_and_can_be_taken_away():
    draft = builders.a_draft(until=Step.READ)
    lee = Visitor(builders.a_therapist())
    lee.open(f"/room/{draft.pk}/why/often/")
    lee.press("Save and go back", why="It is enough to feel held.")
    assert (lee.page.status, "Please choose whose words these are." in lee.page.main) == (422, True)
    lee.press("Save and go back", why_of="client")
    assert "Maya: “It is enough to feel held.”" in lee.page.main
    lee.open(f"/room/{draft.pk}/why/often/")
    lee.press("Save and go back", why="x" * 141)
    assert "Please use at most 140 characters. You have 141." in lee.page.main
    lee.press("Save and go back", why="")
    assert Term.objects.get(draft=draft, clause__key="often").why == ""
    assert "It is enough" not in lee.page.main


def test_with_a_reason_the_two_decide_at_once():
    _draft, lee = at_the_difference({"often": "I want to read each one well."})
    assert "“I want to read each one well.”" in lee.page.main
    assert "please say your reason first" not in lee.page.main


def test_a_limit_in_other_words_is_heard_again():
    draft = builders.a_draft(until=Step.READ)
    lee = Visitor(builders.a_therapist())
    lee.open(f"/room/{draft.pk}/change/limit/")
    lee.press("Save for both of us", limit_words="Once a day, in the evening.", limit=["family"])
    assert lee.page.path == f"/room/{draft.pk}/hard/"
    assert "Once a day, in the evening." in lee.page.main
    assert lee.page.values("limit_heard") == []


def test_a_page_that_changed_meanwhile_is_looked_at_once_more():
    draft = builders.a_draft(until=Step.HOW)
    lee = Visitor(builders.a_therapist())
    lee.open(f"/room/{draft.pk}/how/")
    Draft.objects.filter(pk=draft.pk).update(rev=draft.rev + 1)
    lee.press("This works for both of us")
    assert "This was changed on another screen." in lee.page.main
    assert lee.page.path == f"/room/{draft.pk}/how/"
    assert Term.objects.get(draft=draft, clause__key="silence").state == TermState.UNDECIDED


def test_a_new_phone_of_the_practice_voids_what_was_signed_and_shows_the_box_again():
    draft = builders.a_draft(until=Step.SIGN)
    practice = Practice.objects.get()
    people.set_up_practice(
        now=builders.NOW,
        name=practice.name,
        phone="(555) 010-0199",
        call_hours=CallHours.NEVER,
        zone=practice.zone,
        country=practice.country,
        paper=practice.paper,
    )
    room = rooms.enter(draft.pk)
    assert (room.version, room.next_step) == (None, Step.BOX)


def test_an_edit_after_the_first_signature_says_that_both_sign_again():
    draft = builders.a_draft(until=Step.SIGN)
    lee = Visitor(builders.a_therapist())
    lee.open(f"/room/{draft.pk}/sign/client/")
    lee.press("Sign as Maya R.")
    lee.open(f"/room/{draft.pk}/change/late/")
    lee.press("Save for both of us", late="call")
    lee.open(f"/room/{draft.pk}/sign/{Role.THERAPIST}/")
    assert "What Maya signed no longer counts." in lee.page.main
    assert "The text changed. Please read it again, and both sign." in lee.page.main


@pytest.mark.parametrize("page", ["turn", "hard", "read"])
def test_an_empty_post_is_answered_without_a_fault(page):
    draft = builders.a_draft(until=Step.READ)
    client = Client()
    client.force_login(draft.agreement.therapist)
    assert client.post(f"/room/{draft.pk}/{page}/").status_code in (302, 422)


def test_a_way_for_messages_that_the_clients_answer_leaves_out_is_not_chosen_beforehand_and_refused_at_the_field():
    draft = builders.a_draft(until=Step.PRIVACY)
    lee = seen_by(at=f"/room/{draft.pk}/privacy/")
    lee.press(value="secure_app")
    assert (lee.page.path, lee.page.values("channel")) == (f"/room/{draft.pk}/channel/", [])
    refused = "Maya chose no ordinary texts. Please choose another way for messages."
    lee.press("Save and go on", channel="sms")
    assert (lee.page.status, refused in lee.page.main) == (422, True)
    lee.press("Save and go on", channel="signal")
    assert lee.page.path == f"/room/{draft.pk}/turn/"
    lee.open(f"/room/{draft.pk}/channel/")
    assert lee.page.values("channel") == ["signal"]
    lee.press("Save and go on", channel="email")
    assert (lee.page.status, refused in lee.page.main) == (422, True)
