"""Any other moment, by touch: the answer is what the eye and the reader land on, and the page stays light and calm."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from agreements.models import User
from agreements.rules.steps import Step
from tests import builders
from tests.browser import inspection
from tests.browser.conftest import Opener
from tests.browser.test_every_page import NEXT, weight
from tests.browser.window import Window
from tests.tools import needs

pytestmark = needs("chromium")

LONGEST = "An ordinary text: Sunday, 29 November, 11 p.m."


def looking(opened: Opener, therapist: User, **context: object) -> Window:
    """Both at the page, before the therapist's time away."""
    draft = builders.a_draft(until=Step.WHAT_IF, client=builders.a_client(therapist, zone="Europe/London"))
    window = opened(user=therapist, **context)
    window.open(f"/room/{draft.pk}/what-if/")
    return window


def ask(window: Window, what: str, day: str = "", at: str = "") -> None:
    page = window.page
    page.get_by_label("What happens").select_option(label=what)
    page.get_by_label("Day", exact=True).fill(day)
    page.get_by_label("Time (optional)").fill(at)
    window.go("Show what would happen")


def test_the_form_opens_by_a_tap_and_the_answer_is_in_view(opened: Opener, therapist: User) -> None:
    window = looking(opened, therapist)
    expect(window.page.get_by_label("What happens")).to_be_hidden()
    window.tap(window.page.get_by_text("Any other moment"))
    faults = inspection.faults(window.page)
    ask(window, "An ordinary text", "2026-11-29", "23:00")
    answer = window.page.locator("#asked")
    expect(answer).to_be_focused()
    expect(answer).to_be_in_viewport()
    expect(answer).to_contain_text(LONGEST)
    faults += inspection.faults(window.page)
    assert weight(window, window.page.url) <= NEXT
    ask(window, "Suicidal")
    expect(answer).to_be_in_viewport()
    expect(answer.locator("b")).to_have_text([re.compile(f"^{number} · ") for number in (2, 3, 4)])
    faults += inspection.faults(window.page)
    assert weight(window, window.page.url) <= NEXT
    assert faults == []
    assert window.names_shown("Maya", "Lee", "suicid", "upset") == []


def test_what_is_missing_is_said_where_the_eye_is(opened: Opener, therapist: User) -> None:
    window = looking(opened, therapist)
    window.tap(window.page.get_by_text("Any other moment"))
    ask(window, "An ordinary text", at="23:00")
    assert window.page.title().startswith("Error:")
    expect(window.page.locator(".error-summary")).to_be_focused()
    expect(window.page.locator(".error-summary")).to_be_in_viewport()
    expect(window.page.get_by_label("Time (optional)")).to_have_value("23:00")
    assert inspection.faults(window.page) == []
    window.page.get_by_role("link", name="Day Please choose a day.").tap()
    expect(window.page.get_by_label("Day", exact=True)).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False])
def test_reload_and_back_keep_what_was_asked(opened: Opener, therapist: User, scripts: bool) -> None:
    window = looking(opened, therapist, java_script_enabled=scripts)
    window.tap(window.page.get_by_text("Any other moment"))
    ask(window, "Fine again", "2026-12-02")
    window.page.reload()
    expect(window.page.locator("#asked")).to_contain_text("Fine again: Wednesday, 2 December")
    window.page.go_back()
    expect(window.page.locator("#asked")).to_have_count(0)
