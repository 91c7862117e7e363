"""The journey as two people take it, page by page, in a window. What it says on the way is what the pages say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.browser.window import Window

ANSWERS = {
    "purpose": "reach_out",
    "often": "most_days",
    "window": "next_day",
    "night": "ten_seven",
    "away": "card",
    "look_again": "four_weeks",
}
TWO_DIFFER = {**ANSWERS, "often": "three_five", "night": "nine_eight"}
HARD = {"too_much": "first_notice", "notice": "two_sessions", "ending": "taper"}
LIMIT = "I read texts twice a day, and not on Sundays."


def nothing(window: Window) -> None:
    """What a test does on each page when it only passes."""


def add_client(window: Window) -> None:
    """A new client, typed by the therapist alone."""
    window.open("/clients/new/")
    page = window.page
    page.locator("[name=name]").fill("Maya R.")
    page.locator("[name=called]").fill("Maya")
    page.locator("[name=place]").select_option("US")
    window.press(window.option("voice", "calls"))
    window.press(window.option("contact", "call"))
    window.go("Save")
    window.go("Start together")
    window.go("Texting, adult outpatient")


def prepare(window: Window, answers: Mapping[str, str] = TWO_DIFFER) -> None:
    """The therapist's own answers; the room's first page is next."""
    page = window.page
    window.press(window.option("channel", "sms"))
    page.locator("[name=text_number]").fill("(555) 010-0147")
    for question, key in answers.items():
        window.press(window.option(question, key))
    page.locator("[name=often_reason]").fill("I want to read each one well.")
    page.locator("[name=night_reason]").fill("My children go to bed at nine.")
    page.locator("[name=limit_words]").fill(LIMIT)
    window.press(window.option("limit", "clients"))
    window.go("Save and begin together")
    window.taps = 0
    window.taps_on.clear()


def first_half(window: Window, look: Callable[[Window], None] = nothing) -> None:
    """From S0 to what we see."""
    look(window)
    window.go("Maya answers first")
    look(window)
    window.go("This is right for me")
    look(window)
    window.lead_on(window.choice("also_feelings"))
    look(window)
    for question, key in ANSWERS.items():
        window.tap(window.option(question, key))
    window.go("Save and compare")
    look(window)


def settle(window: Window, decisions: Mapping[str, str], look: Callable[[Window], None] = nothing) -> None:
    """From what we see over the differences, in the order of the pages, to the marked stop."""
    window.go("Talk about the first one" if decisions else "Go on")
    for choice in decisions.values():
        look(window)
        window.lead_on(window.choice(choice))


def second_half(window: Window, look: Callable[[Window], None] = nothing) -> None:
    """From "if it gets hard" to the first signature."""
    look(window)
    window.tap(window.option("limit_heard", "heard"))
    for question, key in HARD.items():
        window.tap(window.option(question, key))
    window.go("Save and go on")
    look(window)
    window.go("This works for both of us")
    look(window)
    window.go("Yes, this is what we mean")
    look(window)
    window.go("This is right. Maya signs first")


def sign_drawn(window: Window, look: Callable[[Window], None] = nothing) -> None:
    """Both draw their names."""
    for _ in range(2):
        look(window)
        window.draw()
        window.go("Sign the agreement")


def sign_typed(window: Window) -> None:
    """Both type their names; the field shows them already."""
    window.go("Sign as Maya R.")
    window.go("Sign as Dr J. Lee")
