"""From the reminder to version 3 by touch: two changes in at most 20 taps, and no keystroke."""

from __future__ import annotations

from datetime import timedelta

from agreements.management import walk_again
from agreements.models import Document, User
from agreements.rules.vocabulary import Works
from tests import builders
from tests.browser import journey
from tests.browser.conftest import Clock, Opener
from tests.browser.inspection import faults
from tests.browser.test_every_page import NEXT, weight
from tests.browser.window import Window
from tests.tools import needs

pytestmark = needs("chromium")

WAY = [
    "client",
    "box",
    "since",
    "filled",
    "since_therapist",
    "works",
    "again",
    "again",
    "changes",
    "sign",
    "sign",
    "kept",
]


def say(window: Window, answers: dict[str, str]) -> None:
    for question, key in answers.items():
        window.tap(window.option(question, key))
    window.go("All others are working")


def test_two_changes_take_20_taps_and_no_keystroke(opened: Opener, therapist: User, clock: Clock) -> None:
    client = builders.a_client(therapist)
    builders.a_sealed_document(client=client)
    second = walk_again.Script(client={"look_again": Works.NOT}, decisions={"look_again": "two_weeks"})
    later = builders.NOW + timedelta(days=28)
    walk_again.walk_again(walk_again.begin(client, now=later), now=later, script=second)
    clock.put_forward(timedelta(days=56))
    window, found = opened(user=therapist), []

    def look() -> None:
        found.extend(faults(window.page))
        if (size := weight(window, window.page.url)) > NEXT:
            found.append(f"{window.pages[-1]} weighs {size} bytes")

    window.open("/")
    window.pages.clear()
    window.go("Open M.R.")
    window.go("Look again together")
    look()
    window.go("This is right for me")
    look()
    say(window, {"texting": "right", "hurt": "no", "often": "not_working", "window": "not_working"})
    look()
    window.go("Now it is Dr Lee’s turn")
    say(window, {"texting": "fine", "hurt": "no"})
    look()
    window.go("Maya heard or saw this. Talk about the first one")
    look()
    for choice in ("one_two", "two_days"):
        window.lead_on(window.choice(choice))
    look()
    window.go("This is right. Maya signs first")
    journey.sign_drawn(window)
    assert window.taps == 20
    assert window.pages == WAY
    assert found == []
    assert window.names_shown("Maya", "Lee") == []
    assert list(Document.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
