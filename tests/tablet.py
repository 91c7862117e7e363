"""What two people do on the screen, page by page, with no scripts: each function is one page of the journey."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from tests import builders
from tests.doors import Page, Visitor

CLIENT = {
    "place": "US",
    "voice": "calls",
    "contact": "call",
    "zone": "America/New_York",
    "paper": "letter",
}
TURN = {
    "purpose": ["reach_out", "still_there"],
    "often": "most_days",
    "window": "next_day",
    "night": "ten_seven",
    "away": "card",
    "look_again": "four_weeks",
}
LIMIT = "I read texts twice a day, and not on Sundays."
PREPARED = {
    "channel": "sms",
    "text_number": "(555) 010-0147",
    **TURN,
    "often": "three_five",
    "night": "nine_eight",
    **{f"{key}_reason": "It is what I can keep up." for key in TURN},
    "often_reason": "Most days is more than I can.",
    "limit_words": LIMIT,
    "limit": ["clients", "family"],
}
HARD = {"limit_heard": "heard", "too_much": "first_notice", "notice": "two_sessions", "ending": "taper"}
AGREED = {"often": "three_five", "night": "nine_eight"}


def at(page: Page) -> str:
    """Which page of the room it is: the last part of its address."""
    return urlsplit(page.path).path.rstrip("/").rsplit("/", 1)[-1]


def add_client(visitor: Visitor, name: str = "Maya R.", called: str = "Maya", **facts: str) -> Page:
    visitor.open("/clients/new/")
    return visitor.press("Save", name=name, called=called, **{**CLIENT, **facts})


def start(visitor: Visitor, family: str = "Texting, adult outpatient") -> Page:
    """From the client page to the therapist's own answers, with this kind of agreement."""
    visitor.press("Start together")
    return visitor.press(family)


def prepare(visitor: Visitor, **changes: str | list[str]) -> Page:
    """From the client page to the first page in the room."""
    start(visitor)
    return visitor.press("Save and begin together", **{**PREPARED, **changes})


def begin(visitor: Visitor) -> Page:
    """S0 and S1: start, the crisis box, how private ordinary texts are."""
    visitor.press("Maya answers first")
    visitor.press("This is right for me")
    return visitor.press(value="also_feelings")


def take_turn(visitor: Visitor, **changes: str | list[str]) -> Page:
    """S2: six questions, saved and compared."""
    return visitor.press("Save and compare", **{**TURN, **changes})


def talk(visitor: Visitor, decisions: Mapping[str, str] = AGREED) -> list[str]:
    """S3 and S4: each difference is decided by its button. The terms in the order in which they came."""
    visitor.press("Talk about the first one")
    came = []
    while "/talk/" in visitor.page.path:
        came.append(at(visitor.page))
        visitor.press(value=decisions[came[-1]])
    return came


def second_half(visitor: Visitor) -> Page:
    """If it gets hard, how we text, what would happen if."""
    visitor.press("Save and go on", **HARD)
    visitor.press("This works for both of us")
    return visitor.press("Yes, this is what we mean")


def sign(visitor: Visitor, name: str = "Maya R.") -> Page:
    """Both type their names."""
    visitor.press("This is right.")
    visitor.press("Sign as", typed=name)
    return visitor.press("Sign as", typed="Dr J. Lee")


def until_turn(visitor: Visitor) -> Page:
    """A new client, prepared, up to the client's turn."""
    add_client(visitor)
    prepare(visitor)
    return begin(visitor)


def until_read(visitor: Visitor) -> Page:
    """Two differences, up to the reading page."""
    until_turn(visitor)
    take_turn(visitor)
    talk(visitor)
    return second_half(visitor)


def lee() -> Visitor:
    """Dr Lee, signed in."""
    builders.a_practice()
    return Visitor(builders.a_therapist())
