"""Two people who look again at what they signed: what tests of it do on the screen, page by page, without scripts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from agreements.management import walk, walk_again
from agreements.models import Agreement
from agreements.rules.vocabulary import Works
from tests import builders, tablet
from tests.doors import Page, Visitor

DAY = timedelta(days=1)
FIRST, SECOND, DUE = builders.NOW, builders.NOW + 28 * DAY, builders.NOW + 56 * DAY
OPEN = walk.Script(decisions={"often": "open:therapist", "night": "nine_eight"})
CLIENT = {"texting": "right", "hurt": "no"}
THERAPIST = {"texting": "fine", "hurt": "no"}


def two_versions(script: walk.Script | None = None) -> Agreement:
    """An agreement with two versions; the second comes back sooner than the first, and is due on DUE."""
    client = builders.a_client()
    builders.a_sealed_document(client=client, now=FIRST, script=script)
    again = walk_again.begin(client, now=SECOND)
    changed = walk_again.Script(client={"look_again": Works.NOT}, decisions={"look_again": "two_weeks"})
    walk_again.walk_again(again, now=SECOND, script=changed)
    return again.agreement


def one_version(script: walk.Script | None = None) -> Agreement:
    """An agreement with one version, long due on DUE."""
    return builders.a_sealed_document(now=FIRST, script=script).agreement


def sit_down(agreement: Agreement) -> Visitor:
    """From the first page to the client's turn, as from the reminder."""
    lee = tablet.lee()
    lee.open("/")
    assert "time to look again" in lee.page.main
    lee.open(f"/clients/{agreement.client_id}/")
    lee.press("Look again together")
    assert tablet.at(lee.page) == "box"
    lee.press("This is right for me")
    assert tablet.at(lee.page) == "since"
    return lee


def both_say(lee: Visitor, client: dict[str, Any] | None = None, therapist: dict[str, Any] | None = None) -> Page:
    """Each says how it went; all that is not named is working."""
    lee.press("All others are working", **{**CLIENT, **(client or {})})
    assert tablet.at(lee.page) == "filled"
    lee.follow("Now it is Dr Lee’s turn")
    return lee.press("All others are working", **{**THERAPIST, **(therapist or {})})


def sign(lee: Visitor) -> None:
    lee.press("This is right. Maya signs first")
    lee.press("Sign as", typed="Maya R.")
    lee.press("Sign as", typed="Dr J. Lee")


def listed(page: Page, heading: str) -> list[str]:
    """The terms below a heading of what the two see."""
    part = page.main.split(f"<h2>{heading}</h2>")[1].split("</section>")[0]
    return [line.split("</li>")[0] for line in part.split("<li>")[1:]]
