"""Every page of the journey and of the desk: accessible, calm for a finger, light to load, and nobody's name in its address."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from agreements.actions import endings, reviews
from agreements.models import Term, User
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Amount, Role
from tests import builders
from tests.away import a_time_away
from tests.browser import inspection, journey
from tests.browser.conftest import Opener
from tests.browser.test_touch import DECISIONS
from tests.browser.window import Window
from tests.tools import needs

pytestmark = needs("chromium")

FIRST, NEXT = 25 * 1024, 4 * 1024  # bytes, gzipped


class Inspector:
    """Looks at each page of a journey."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.sizes: dict[str, int] = {}

    def __call__(self, window: Window) -> None:
        self.faults += inspection.faults(window.page)
        self.sizes[window.pages[-1]] = weight(window, window.page.url)


def weight(window: Window, url: str) -> int:
    """Bytes of what the server sends a browser for an address, as they come over the line.

    A style or script goes the way it goes on a server; the one of the tests serves those itself.
    """
    if (path := urlsplit(url).path).startswith("/static/"):
        sent = Client().get(path, headers={"accept-encoding": "gzip"})
        assert sent.headers["Content-Encoding"] == "gzip"
        return len(b"".join(sent.streaming_content))
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in window.context.cookies(url))
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", "Cookie": cookies})
    try:
        answer = urllib.request.urlopen(asked)
    except urllib.error.HTTPError as fault:
        answer = fault
    with answer:
        size = len(answer.read())
        assert size < 200 or answer.headers["Content-Encoding"] == "gzip"
        return size


def test_the_pages_of_the_journey(opened: Opener, therapist: User) -> None:
    window, look = opened(user=therapist), Inspector()
    journey.add_client(window)
    look(window)
    journey.prepare(window)
    journey.first_half(window, look)
    journey.settle(window, DECISIONS, look)
    journey.second_half(window, look)
    journey.sign_drawn(window, look)
    look(window)
    window.lead_on(window.choice("photo"))
    look(window)
    assert look.faults == []
    sizes = {name: size for name, size in look.sizes.items() if name != "prepare"}
    assert {name: size for name, size in sizes.items() if size > NEXT} == {}


def test_the_first_page_with_everything_it_loads(opened: Opener, therapist: User) -> None:
    window = opened(user=therapist)
    loaded: list[str] = []
    window.context.on("request", lambda request: loaded.append(request.url))
    draft = builders.a_draft(until=Step.TURN, client=builders.a_client(therapist))
    for path in ("/account/login/", f"/room/{draft.pk}/start/", f"/room/{draft.pk}/turn/"):
        if path.startswith("/room/"):
            window.open(path)  # going in
        loaded.clear()
        window.open(path)
        urls = {url for url in loaded if not url.startswith("data:") and not url.endswith("icon.svg")}
        assert len(urls) <= (5 if path.endswith("/turn/") else 4)
        total = sum(weight(window, url) for url in urls)
        assert total <= FIRST


ROOM = {
    Step.BOX: ["about-me/", "pause/"],
    Step.PRIVACY: ["channel/"],
    Step.READ: [
        "change/often/",
        "change/silence/",
        "why/often/",
        "own/",
        "own/often/",
        "what-if/?what=1&day=2026-11-28",
    ],
}


def test_the_pages_beside_the_journey(opened: Opener, therapist: User) -> None:
    window, look = opened(user=therapist), Inspector()
    for step, paths in ROOM.items():
        draft = builders.a_draft(until=step, client=builders.a_client(therapist))
        for path in paths:
            window.open(f"/room/{draft.pk}/{path}")
            look(window)
    draft = builders.a_draft(client=builders.a_client(therapist), script=builders.NO_TEXTING, until=Step.SHORT)
    window.open(f"/room/{draft.pk}/short/")
    look(window)
    assert look.faults == []


def test_the_desk(opened: Opener, therapist: User) -> None:
    window, look = opened(user=therapist), Inspector()
    document = builders.a_sealed_document(client=builders.a_client(therapist))
    agreement = document.agreement
    for path in (
        "/", f"/clients/{agreement.client_id}/", f"/clients/{agreement.client_id}/log/", f"/clients/{agreement.client_id}/change/", f"/agreements/{agreement.pk}/stop/",
        "/away/", "/away/new/", "/away/today/", f"/agreements/{agreement.pk}/tighter/",
        f"/agreements/{agreement.pk}/look/", "/clients/new/",
        "/usual/", "/usual/adult-outpatient/", "/crisis-lines/", "/account/password/change/", "/account/second-step/", "/account/reauthenticate/",
        "/account/logout/", "/nowhere/",
    ):  # fmt: skip
        window.open(path)
        look(window)
    window.context.clear_cookies()
    window.open("/account/login/")
    look(window)
    assert look.faults == []


def test_the_desk_while_something_is_going_on(opened: Opener, therapist: User) -> None:
    window, look = opened(user=therapist), Inspector()
    agreement = builders.a_sealed_document(client=builders.a_client(therapist)).agreement
    facts = {"by_role": Role.CLIENT, "amount": Amount.MUCH, "clause_key": "often", "by": therapist}
    reviews.raise_texting(agreement=agreement, now=timezone.now(), **facts)
    begun = builders.a_draft(until=Step.TURN, client=builders.a_client(therapist, name="Noor B.", called="Noor"))
    for path in (f"/clients/{agreement.client_id}/", f"/clients/{begun.agreement.client_id}/", "/"):
        window.open(path)
        look(window)
    for naming in ("Hidden", "Full names"):
        window.go(naming)
        look(window)
    window.page.locator("[name=sought]").fill("noor")
    window.go("Find")
    look(window)
    assert (look.faults, window.names_shown("Noor", "Maya")) == ([], [])


def test_the_pages_of_a_time_away_and_of_an_end(opened: Opener, therapist: User) -> None:
    window, look = opened(user=therapist), Inspector()
    document = builders.a_sealed_document(client=builders.a_client(therapist))
    agreement, today = document.agreement, builders.NOW.date()
    absence = a_time_away(agreement, first=today, last=today + timedelta(days=13))
    facts = {"by_role": Role.THERAPIST, "effective_on": today + timedelta(days=20), "by": therapist}
    endings.stop(agreement=agreement, now=builders.NOW, **facts)
    away, room = f"/away/{absence.pk}/", f"/room/{document.version.draft_id}/away/{absence.pk}/"
    for path in (
        "/",
        away,
        f"{away}change/",
        f"{away}sheets/",
        f"/agreements/{agreement.pk}/ending/",
        room,
        f"{room}kept/",
    ):
        window.open(path)
        look(window)
    assert not look.faults


def test_pages_on_which_something_went_wrong(opened: Opener, therapist: User) -> None:
    window, look = opened(user=therapist), Inspector()
    draft = builders.a_draft(until=Step.READ, client=builders.a_client(therapist))
    address = f"/room/{draft.pk}/change/late/"
    window.open(address)
    window.context.set_offline(True)
    window.press(window.control("Save for both of us"))
    expect(window.page.get_by_role("status")).to_contain_text("No connection.")
    look.faults += inspection.faults(window.page)
    window.context.set_offline(False)
    Term.objects.filter(clause__key="late").update(rev=9)
    window.press(window.option("late", "call"))
    window.go("Save for both of us")
    expect(window.page.locator(".clash")).to_be_visible()
    look.faults += inspection.faults(window.page)
    window.context.clear_cookies(name="csrftoken")
    window.go("Use mine")
    expect(window.page).to_have_title("Please save again")
    look.faults += inspection.faults(window.page)
    window.open(address)
    Session.objects.all().delete()
    window.go("Save for both of us")
    assert window.page.title() == "Please sign in again"
    look.faults += inspection.faults(window.page)
    window.forgive("ERR_INTERNET_DISCONNECTED")
    assert look.faults == []


@pytest.mark.parametrize("step", [Step.PREPARE, Step.TURN, Step.HARD])
def test_a_page_that_says_what_is_missing(opened: Opener, therapist: User, step: Step) -> None:
    window, look = opened(user=therapist), Inspector()
    draft = builders.a_draft(until=step, client=builders.a_client(therapist))
    window.open(f"/room/{draft.pk}/{step}/")
    window.go("Save")
    assert re.match("Error: ", window.page.title())
    look(window)
    assert look.faults == []
