"""A bound screen in a real browser: Back shows nobody, signing in again loses nothing, every locked page is accessible."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Playwright, expect

from agreements.models import Draft, Position, Signature, User
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Role
from tests import builders
from tests.browser import inspection
from tests.browser.conftest import QUIET, Opener
from tests.browser.window import Window
from tests.tools import needs, path_of

pytestmark = needs("chromium")
OTHER = "Zephyrine"


@pytest.fixture(scope="module")
def chromium(driver: Playwright) -> Iterator[Browser]:
    """A Chromium that keeps pages for Back, as people's browsers do."""
    browser = driver.chromium.launch(
        executable_path=path_of("chromium"), args=QUIET, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser
    browser.close()


def a_room(opened: Opener, therapist: User, until: Step) -> Window:
    """Maya's round at this step, gone into from the list of clients, where another name stands."""
    builders.a_client(therapist, name=f"{OTHER} Q.", called=OTHER)
    draft = builders.a_draft(until=until, client=builders.a_client(therapist))
    window = opened(user=therapist)
    window.page.goto("/")
    expect(window.page.locator("main")).to_contain_text("Z")
    window.page.goto(f"/clients/{draft.agreement.client_id}/")
    window.go("Go on together")
    return window


def back(window: Window) -> str:
    """What stands on the page after Back."""
    window.page.evaluate("() => { setTimeout(() => history.back()) }")
    window.page.wait_for_timeout(700)
    return window.page.content()


def sign_in_again(window: Window, therapist: User, address: str) -> None:
    """In another tab of the same browser."""
    tab = window.context.new_page()
    tab.goto(address)
    tab.locator("input[name=login]").fill(therapist.username)
    tab.locator("input[name=password]").fill(builders.PASSWORD)
    tab.get_by_role("button", name="Sign in").tap()
    tab.wait_for_url(lambda url: "/login/" not in url)
    tab.close()


def test_back_from_the_room_shows_no_list_of_clients(opened: Opener, therapist: User) -> None:
    window = a_room(opened, therapist, Step.START)
    for _ in range(3):
        assert OTHER not in back(window)
    window.page.goto("/session/leave/")
    window.leave()
    assert OTHER not in back(window)
    window.page.goto("/")
    expect(window.page.locator("main")).to_contain_text("Z")
    window.page.goto("/account/logout/")
    window.go("Sign out")
    for _ in range(3):
        assert OTHER not in back(window)


def test_a_page_from_the_browsers_memory_is_hidden_and_asked_for_anew(opened: Opener, therapist: User) -> None:
    window = a_room(opened, therapist, Step.TURN)
    seen = window.page.evaluate_handle(
        """() => {
          const seen = [];
          new MutationObserver(() => seen.push(document.documentElement.hidden))
            .observe(document.documentElement, {attributes: true, attributeFilter: ["hidden"]});
          return seen;
        }"""
    )
    assert seen.json_value() == []
    with window.page.expect_navigation():
        window.page.evaluate("setTimeout(() => dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true})))")
    expect(window.page.locator("form#turn")).to_be_visible()


def test_a_session_that_ended_during_the_turn_loses_no_answer(opened: Opener, therapist: User) -> None:
    window = a_room(opened, therapist, Step.TURN)
    address = f"/room/{Draft.objects.get().pk}/turn/"
    Session.objects.all().delete()
    window.tap(window.option("often", "one_two"))
    expect(window.page.get_by_role("status")).to_contain_text("Please sign in again.")
    sign_in_again(window, therapist, address)
    window.tap(window.option("night", "none"))
    window.page.wait_for_function("() => sessionStorage.length === 0")
    kept = {each.term.clause.key: each.value["chosen"] for each in Position.objects.filter(party__role=Role.CLIENT)}
    assert (kept["often"], kept["night"]) == (["one_two"], ["none"])


def test_a_session_that_ended_while_signing_keeps_the_drawing(opened: Opener, therapist: User) -> None:
    window = a_room(opened, therapist, Step.SIGN)
    address = f"/room/{Draft.objects.get().pk}/sign/client/"
    window.draw()
    Session.objects.all().delete()
    window.go("Sign the agreement")
    assert window.page.title() == "Please sign in again"
    sign_in_again(window, therapist, address)
    window.go("Save again")
    expect(window.page.locator("main")).to_contain_text("Please hand the tablet to Dr Lee")
    [signature] = Signature.objects.all()
    assert (signature.role, signature.kind, len(signature.strokes)) == ("client", "drawn", 1)


def test_a_screen_that_locked_while_signing_keeps_the_drawing(opened: Opener, therapist: User) -> None:
    window = a_room(opened, therapist, Step.SIGN)
    window.draw()
    strokes = window.page.locator("input[name=strokes]").input_value()
    window.page.evaluate(
        """async () => {
          const csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
          const body = new URLSearchParams({at: location.pathname, csrfmiddlewaretoken});
          await fetch("/session/lock/", {method: "POST", body});
        }"""
    )
    window.page.reload()
    expect(window.page.locator("h1")).to_have_text("Nobody was here for a while")
    window.page.locator("input[name=password]").fill(builders.PASSWORD)
    window.go("Open it again")
    assert window.page.locator("input[name=strokes]").input_value() == strokes


def test_the_pages_of_a_bound_screen(opened: Opener, therapist: User) -> None:
    window = a_room(opened, therapist, Step.TURN)
    found: list[str] = []

    def look(path: str = "") -> None:
        if path:
            window.page.goto(path)
        found.extend(inspection.faults(window.page))

    look("/")
    look("/session/leave/")
    window.page.locator("input[name=password]").fill("not this one")
    window.go("Take the screen back")
    look()
    Session.objects.all().delete()
    window.page.goto("/account/login/")
    assert found == []
    assert window.names_shown("Maya", "Lee", OTHER) == []


@pytest.mark.parametrize("until", [Step.TURN, Step.HARD, Step.READ, Step.SIGN])
def test_text_spacing_and_great_zoom_cut_nothing_off(opened: Opener, therapist: User, until: Step) -> None:
    window = a_room(opened, therapist, until)
    window.page.set_viewport_size({"width": 320, "height": 640})
    cut: list[Any] = window.page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
            word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
          document.adoptedStyleSheets = [sheet];
          const out = [...document.querySelectorAll("main *, header *, footer *")].filter((each) =>
            each.checkVisibility() && !each.matches(".unseen, .unseen *, textarea, svg *") &&
            ["hidden", "clip"].includes(getComputedStyle(each).overflow) &&
            (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1));
          return [document.documentElement.scrollWidth - innerWidth, ...out.map((each) => each.outerHTML.slice(0, 90))];
        }"""
    )
    assert cut == [0]


def test_what_is_chosen_shows_in_forced_colors(opened: Opener, therapist: User) -> None:
    window = a_room(opened, therapist, Step.TURN)
    window.page.emulate_media(forced_colors="active")
    option = window.option("often", "one_two")
    before = option.screenshot()
    window.tap(option)
    window.page.mouse.move(0, 0)
    assert option.screenshot() != before


def test_no_field_about_a_client_offers_what_was_typed_for_another(opened: Opener, therapist: User) -> None:
    window = opened(user=therapist)
    window.page.goto("/clients/new/")
    fields = window.page.locator("main input:not([type=hidden], [type=radio], [type=checkbox]), main textarea")
    assert set(fields.evaluate_all("all => all.map((each) => each.autocomplete)")) == {"off"}
