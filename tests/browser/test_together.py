"""Going through it together in a browser: what is tapped is saved at once, and each page is calm for everybody."""

from __future__ import annotations

from agreements.management.walk import ORIGIN, Script, choose
from agreements.models import Position, User
from agreements.rules.steps import Step
from tests import builders
from tests.browser import journey
from tests.browser.conftest import Opener
from tests.browser.test_every_page import NEXT, Inspector
from tests.tools import needs

pytestmark = needs("chromium")

APART = {
    **ORIGIN,
    "often": choose("one_two"),
    "window": choose("same_day"),
    "night": choose("eight_eight"),
    "away": choose("keepsake"),
    "look_again": choose("three_months"),
}


def test_the_turn_together_and_the_first_three(opened: Opener, therapist: User) -> None:
    script = Script(therapist=APART, reasons={"night": "My children go to bed at nine."})
    draft = builders.a_draft(until=Step.START, client=builders.a_client(therapist), script=script)
    window, look = opened(user=therapist), Inspector()
    window.open(f"/room/{draft.pk}/start/")
    look(window)
    window.go("We go through it together")
    window.go("This is right for me")
    window.lead_on(window.choice("also_feelings"))
    for question, key in journey.ANSWERS.items():
        window.tap(window.option(question, key))
        window.page.locator(".save-status", has_text="Saved").wait_for()
        saved = Position.objects.get(term__clause__key=question, party__role="client")
        assert (saved.value["chosen"], saved.rev, saved.compared) == ([key], 1, False)
        if question in ("purpose", "often"):
            window.page.reload()
            assert window.chosen(question) == [key]
            look(window)
        window.go("Save and see both answers")
        if question in ("purpose", "often"):
            look(window)
        if window.page.locator("#reason").count():
            window.page.locator("#reason").fill("It is what I can keep up.")
            window.go("Save my reason")
        window.go("Go on" if question == "look_again" else "Next question")
    look(window)
    window.go("The first three today")
    assert window.pages[-1] == "talk"
    assert look.faults == []
    assert {name: size for name, size in look.sizes.items() if size > NEXT} == {}


def test_the_pages_beside_it(opened: Opener, therapist: User) -> None:
    window, look = opened(user=therapist), Inspector()
    how = builders.a_draft(until=Step.HOW, client=builders.a_client(therapist))
    window.open(f"/room/{how.pk}/fits/misread/")
    look(window)
    window.tap(window.option("client", "not"))
    window.go("Save and go back")
    window.page.goto(f"/room/{how.pk}/how/")
    window.go("This works for both of us")
    look(window)
    read = builders.a_draft(until=Step.READ, client=builders.a_client(therapist, name="Noor B.", called="Noor"))
    for path in ("own/", "own/often/", "turn/", "read/"):
        window.open(f"/room/{read.pk}/{path}")
        look(window)
    window.open(f"/clients/{read.agreement.client_id}/log/")
    look(window)
    assert look.faults == []
    assert {name: size for name, size in look.sizes.items() if size > NEXT} == {}
