"""“Let’s look at our texting”: from the client page to the next session, with words to say and no message."""

from __future__ import annotations

import pytest
from django.core import mail

from agreements.models import Document, Raised
from agreements.rules.steps import Step
from tests import builders
from tests.doors import Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
BUTTON = "Put it first next time"
ASKED_OF_EVERYBODY = "Is our texting too much, too little, or about right?"
WORDS = ["“Let’s look at our texting.”", "Not by text.", "Not in passing.", "Not straight from supervision."]


def at_the_page(document: Document) -> Visitor:
    lee = seen_by(at=f"/clients/{document.agreement.client_id}/")
    lee.follow("Let’s look at our texting")
    return lee


def test_it_gives_words_to_say_and_nothing_is_chosen_beforehand(sealed):
    lee = at_the_page(sealed)
    assert [words for words in WORDS if words not in lee.page.main] == []
    assert "Nothing is sent." in lee.page.main
    form = lee.page.form_with(BUTTON)
    assert (form.offered["by_role"], form.offered["amount"]) == ({"client", "therapist"}, {"much", "little", "other"})
    assert (form.given.get("by_role"), form.given.get("amount"), form.given["clause_key"]) == (None, None, [""])


def test_what_is_missing_is_said_and_what_was_chosen_stays(sealed):
    lee = at_the_page(sealed)
    lee.press(BUTTON, amount="much", clause_key="limit")
    assert lee.page.status == 422
    assert "Please choose who raises it." in lee.page.main
    assert (lee.page.values("amount"), lee.page.values("clause_key")) == (["much"], ["limit"])
    assert not Raised.objects.exists()


def test_it_stands_on_the_client_page_and_under_needs_you_and_comes_first_in_the_next_round(sealed):
    lee = at_the_page(sealed)
    lee.press(BUTTON, by_role="client", amount="much", clause_key="often")
    assert lee.page.path == f"/clients/{sealed.agreement.client_id}/"
    assert "Maya raised it on 23 November 2026: too much. “How often” comes first next time." in lee.page.main
    assert [words for words in WORDS if words not in lee.page.main] == []
    assert "M.R.: raised, too much" in lee.open("/").main
    lee.open(f"/clients/{sealed.agreement.client_id}/")
    lee.press("Look again together")
    lee.press("This is right for me")
    assert "First today: How often" in lee.page.main
    assert "raised" not in lee.page.html and "too much" not in lee.page.main.replace(ASKED_OF_EVERYBODY, "")
    assert mail.outbox == []


@pytest.mark.parametrize(("amount", "said"), [("little", "raised, too little"), ("other", "raised, to look at")])
def test_the_first_page_says_what_it_is(sealed, amount, said):
    lee = at_the_page(sealed)
    lee.press(BUTTON, by_role="therapist", amount=amount)
    assert "Dr Lee raised it on 23 November 2026" in lee.page.main
    assert "It comes first next time." in lee.page.main
    assert f"M.R.: {said}" in lee.open("/").main


def test_the_same_post_twice_is_raised_once(sealed):
    lee = at_the_page(sealed)
    form = lee.page.form_with(BUTTON)
    for _ in range(2):
        lee.post(f"/agreements/{sealed.agreement_id}/look/", {**form.given, "by_role": "client", "amount": "other"})
    assert Raised.objects.count() == 1


def test_who_does_not_text_can_ask_to_look_at_that_without_any_term():
    document = builders.a_sealed_document(script=builders.NO_TEXTING)
    lee = at_the_page(document)
    assert "clause_key" not in lee.page.form_with(BUTTON).offered
    lee.press(BUTTON, by_role="client", amount="little")
    assert [row.clause_key for row in Raised.objects.all()] == [""]


def test_before_anything_is_signed_there_is_nothing_to_raise():
    draft = builders.a_draft(until=Step.TURN)
    client = f"/clients/{draft.agreement.client_id}/"
    lee = seen_by(at=client)
    assert "Let’s look at our texting" not in lee.page.main
    assert lee.open(f"/agreements/{draft.agreement_id}/look/").path == client
    assert not Raised.objects.exists()
