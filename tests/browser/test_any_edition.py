"""With scripts: clauses of a practice's own, the kinds of agreement and new wording, as people see and tap them."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from agreements.actions import drafting
from agreements.management.walk import walk
from agreements.models import Draft, Position, User
from agreements.rules.steps import Step
from tests import builders, editions
from tests.browser.conftest import Opener
from tests.browser.journey import ANSWERS
from tests.browser.test_every_page import Inspector
from tests.browser.window import Window
from tests.tools import needs

pytestmark = needs("chromium")


def a_room(opened: Opener, therapist: User, *, until: Step) -> Window:
    """The page of a round whose edition has clauses of its own."""
    own = [
        editions.clause("emoji", "words", "turn"),
        editions.clause("hearts", "choose", "how"),
        editions.clause("house_rule", "fixed", "how", mode="locked"),
    ]
    client = builders.a_client(therapist)
    edition = editions.published(editions.with_clauses(*own))
    draft = drafting.start(client=client, edition=edition, by=therapist, now=builders.NOW)
    walk(draft, by=therapist, now=builders.NOW, until=until)
    window = opened(user=therapist)
    window.open(f"/room/{draft.pk}/{until}/")
    return window


def kept() -> dict[str, object]:
    """The client's answer about emoji on the server."""
    return dict(Position.objects.get(party__role="client", term__clause__key="emoji").value)


def test_words_of_the_client_s_turn_are_saved_while_they_are_written(opened: Opener, therapist: User) -> None:
    window, look = a_room(opened, therapist, until=Step.TURN), Inspector()
    look(window)
    with window.page.expect_response(lambda response: "/turn/emoji/" in response.url) as saved:
        window.page.locator("[name=emoji_words]").fill("A heart means good night.")
    assert saved.value.status == 200
    assert kept() == {"chosen": [], "words": "A heart means good night."}
    window.page.reload()
    expect(window.page.locator("[name=emoji_words]")).to_have_value("A heart means good night.")
    for question, key in ANSWERS.items():
        window.tap(window.option(question, key))
    window.go("Save and compare")
    assert window.pages == ["turn", "turn", "seen"]
    assert look.faults == []


def test_how_we_text_says_what_is_still_to_choose(opened: Opener, therapist: User) -> None:
    window, look = a_room(opened, therapist, until=Step.WHAT_IF), Inspector()
    draft = Draft.objects.get()
    draft.steps_taken.filter(step=Step.HOW).delete()
    draft.terms.filter(clause__key="hearts").update(state="undecided", value=None)
    window.open(f"/room/{draft.pk}/how/")
    look(window)
    window.go("This works for both of us")
    assert window.page.title().startswith("Error:")
    expect(window.page.locator(".error-summary")).to_be_focused()
    look(window)
    window.go("Choose together: Emoji hearts")
    look(window)
    window.press(window.option("hearts", "both"))
    window.go("Save for both of us")
    window.go("This works for both of us")
    assert window.pages[-1] == "what_if"
    assert look.faults == []


def test_the_kinds_of_agreement_and_new_wording(opened: Opener, therapist: User) -> None:
    window, look = opened(user=therapist), Inspector()
    client = builders.a_client(therapist, name="Noor B.", called="Noor")
    window.open(f"/clients/{client.pk}/")
    window.go("Start together")
    look(window)
    window.go("No texting between sessions")
    look(window)
    window.open(f"/clients/{client.pk}/begin/")
    look(window)
    document = builders.a_sealed_document(client=builders.a_client(therapist))
    file = editions.data()
    file["clauses"][1]["texts"]["en"]["words"] = "[[chosen]] It may change. Answers do not count."
    editions.published(file, now=builders.NOW + timedelta(minutes=30))
    window.open(f"/clients/{document.agreement.client_id}/")
    window.go("Look again together")
    look(window)
    window.go("Keep ours")
    assert window.pages[-1] == "box"
    assert look.faults == []
