"""Without a connection, and on a screen that locked: the page stays, what was given stands there again, and then arrives."""

from __future__ import annotations

from playwright.sync_api import expect

from agreements.models import Signature, Term, User
from agreements.rules.steps import Step
from tests import builders
from tests.browser.conftest import Opener
from tests.browser.window import Window
from tests.tools import needs

pytestmark = needs("chromium")
LOCK = """async () => {
  const csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({at: location.pathname, csrfmiddlewaretoken});
  await fetch("/session/lock/", {method: "POST", body});
}"""


def a_window(opened: Opener, therapist: User, step: Step, page: str) -> Window:
    draft = builders.a_draft(until=step, client=builders.a_client(therapist))
    window = opened(user=therapist)
    window.open(f"/room/{draft.pk}/{page}/")
    return window


def value(key: str) -> dict[str, object] | None:
    return Term.objects.get(clause__key=key).value


def status(window: Window, words: str) -> None:
    expect(window.page.get_by_role("status")).to_contain_text(words, timeout=15_000)


def unlock(window: Window) -> None:
    window.page.evaluate(LOCK)
    window.page.reload()
    window.page.locator("input[name=password]").fill(builders.PASSWORD)
    window.go("Open it again")


def test_the_five_answers_are_saved_as_they_are_given_and_survive_the_lock(opened: Opener, therapist: User) -> None:
    window = a_window(opened, therapist, Step.HARD, "hard")
    window.tap(window.option("limit_heard", "heard"))
    status(window, "Saved")
    window.context.set_offline(True)
    window.tap(window.option("notice", "four_sessions"))
    status(window, "No connection.")
    window.tap(window.control("Save and go on"))
    window.page.wait_for_timeout(500)
    assert window.pages == ["hard"]
    window.context.set_offline(False)
    status(window, "Saved")
    assert (value("notice") or {})["chosen"] == ["four_sessions"]
    unlock(window)
    assert (window.chosen("limit_heard"), window.chosen("notice")) == (["heard"], ["four_sessions"])
    window.forgive("ERR_INTERNET_DISCONNECTED")


def test_two_tabs_that_change_different_answers_do_not_meet(opened: Opener, therapist: User) -> None:
    window = a_window(opened, therapist, Step.HARD, "hard")
    other = window.context.new_page()
    other.goto(window.page.url)
    window.tap(window.option("notice", "four_sessions"))
    status(window, "Saved")
    other.locator("label.option:has(input[name=ending][value=taper])").tap()
    expect(other.get_by_role("status")).to_contain_text("Saved")
    assert other.locator(".clash").count() == 0
    assert [(value(key) or {})["chosen"] for key in ("notice", "ending")] == [["four_sessions"], ["taper"]]


def test_changed_words_survive_a_reload_the_lock_and_an_ended_session(opened: Opener, therapist: User) -> None:
    window = a_window(opened, therapist, Step.READ, "change/asking")
    window.page.locator("[name=asking_words]").fill("Please say what you want.")
    window.page.reload()
    unlock(window)
    assert window.page.locator("[name=asking_words]").input_value() == "Please say what you want."
    window.go("Save for both of us")
    assert (value("asking") or {})["words"] == "Please say what you want."
    assert window.page.evaluate("Object.keys(sessionStorage)") == []


def test_a_signature_waits_for_the_connection(opened: Opener, therapist: User) -> None:
    window = a_window(opened, therapist, Step.SIGN, "sign/client")
    window.draw()
    window.context.set_offline(True)
    window.tap(window.control("Sign the agreement"))
    status(window, "No connection. Not signed yet. Please keep the tablet open.")
    assert (window.pages, window.page.locator(".pad path").count()) == (["sign"], 1)
    window.context.set_offline(False)
    window.go("Sign the agreement")
    assert Signature.objects.get().kind == "drawn"
    window.forgive("ERR_INTERNET_DISCONNECTED")


def test_a_choice_that_could_not_be_sent_is_shown_and_sent_when_the_connection_is_back(
    opened: Opener, therapist: User
) -> None:
    window = a_window(opened, therapist, Step.TALK, "talk/often")
    window.context.set_offline(True)
    window.tap(window.choice("three_five"))
    status(window, "No connection. What you choose stays on this screen. Here: 3 to 5 a week")
    expect(window.choice("three_five")).to_have_attribute("aria-pressed", "true")
    assert (window.pages, value("often")) == (["talk"], None)
    window.context.set_offline(False)
    window.page.wait_for_url(lambda url: "/often/" not in url)
    assert (value("often") or {})["chosen"] == ["three_five"]
    window.page.goto(window.page.url.replace("/night/", "/often/"))
    expect(window.page.locator(".stands")).to_contain_text("You chose this.")
    window.forgive("ERR_INTERNET_DISCONNECTED")


def test_a_choice_that_waits_survives_a_reload_and_goes_out_once(opened: Opener, therapist: User) -> None:
    window = a_window(opened, therapist, Step.PRIVACY, "privacy")
    window.page.route("**/healthz", lambda route: route.abort())
    window.tap(window.choice("also_feelings"))
    status(window, "No connection.")
    window.page.unroute("**/healthz")
    window.page.reload()
    window.page.wait_for_url("**/turn/")
    assert (value("privacy") or {})["chosen"] == ["also_feelings"]
    assert window.page.evaluate("Object.keys(sessionStorage)") == []
    window.page.go_back()
    expect(window.page.locator(".stands")).to_contain_text("You chose this.")
    window.page.wait_for_timeout(300)
    assert window.pages == ["privacy", "privacy", "turn", "privacy"]
    window.forgive("ERR_FAILED")
