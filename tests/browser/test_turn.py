"""The client's turn on the running product: each tap is on the server when the page says so, whatever happens between."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from agreements.actions import negotiation
from agreements.models import Draft, Position, User
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Role
from tests import builders
from tests.browser.conftest import Opener
from tests.browser.journey import ANSWERS
from tests.browser.window import Window
from tests.tools import needs

pytestmark = needs("chromium")


@pytest.fixture
def window(opened: Opener, therapist: User) -> Window:
    """The page of the client's turn."""
    draft = builders.a_draft(until=Step.TURN, client=builders.a_client(therapist))
    window = opened(user=therapist)
    window.open(f"/room/{draft.pk}/turn/")
    return window


def kept() -> dict[str, list[str]]:
    """The client's answers on the server."""
    positions = Position.objects.filter(party__role=Role.CLIENT).select_related("term__clause")
    answers = {position.term.clause.key: list(position.value["chosen"]) for position in positions}
    return {key: chosen for key, chosen in answers.items() if chosen}


def says(window: Window, words: str) -> None:
    """The one status region says this; saving may first wait for its turn."""
    expect(window.page.get_by_role("status")).to_contain_text(words, timeout=15_000)


def test_each_tap_is_on_the_server_and_a_reload_shows_it(window: Window) -> None:
    expected: dict[str, list[str]] = {}
    for question, key in ANSWERS.items():
        with window.page.expect_response(lambda response: "/turn/" in response.url) as saved:
            window.tap(window.option(question, key))
        assert saved.value.status == 200
        expected[question] = [key]
        assert kept() == expected
    says(window, "Saved 10:0")
    expect(window.page.get_by_role("status")).to_be_in_viewport()  # far down the page
    with window.page.expect_response(lambda response: "/turn/purpose/" in response.url):
        window.tap(window.option("purpose", "skill"))
    window.page.reload()
    assert {question: window.chosen(question) for question in ANSWERS} == {
        **expected,
        "purpose": ["reach_out", "skill"],
    }
    assert "turn" not in [step.step for step in Draft.objects.get().steps_taken.all()]
    assert window.pages == ["turn", "turn"]


def test_without_a_connection_the_answer_waits_and_then_arrives(window: Window) -> None:
    window.context.set_offline(True)
    window.tap(window.option("often", "most_days"))
    says(window, "No connection. What you choose stays on this screen.")
    assert kept() == {}
    window.context.set_offline(False)
    says(window, "Saved")
    assert kept() == {"often": ["most_days"]}
    window.forgive("net::ERR_INTERNET_DISCONNECTED")


def test_a_fault_of_the_server_is_tried_again(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    answer, calls = negotiation.answer, []

    def fails_once(**facts: Any) -> Position:
        calls.append(facts["form_key"])
        if len(calls) == 1:
            raise RuntimeError("the disk is full")
        return answer(**facts)

    monkeypatch.setattr(negotiation, "answer", fails_once)
    window.tap(window.option("often", "most_days"))
    says(window, "Not saved yet. We keep trying.")
    says(window, "Saved")
    assert kept() == {"often": ["most_days"]}
    assert calls[0] == calls[1]


def test_two_tabs_that_differ_ask_with_both_values(window: Window) -> None:
    other = window.context.new_page()
    other.goto(window.page.url)
    window.tap(window.option("often", "most_days"))
    says(window, "Saved")
    other.locator("label.option:has(input[name=often][value=one_two])").tap()
    clash = other.get_by_role("group", name="Changed on another screen")
    expect(clash).to_contain_text("Most days")
    expect(clash).to_contain_text("1 or 2 a week")
    expect(other.get_by_role("status")).to_have_text("This was changed on another screen. Please choose below.")
    assert kept() == {"often": ["most_days"]}
    clash.get_by_role("button", name="Use mine").tap()
    expect(other.get_by_role("status")).to_contain_text("Saved")
    assert kept() == {"often": ["one_two"]}


def test_an_answered_question_no_longer_stands_among_what_is_missing(window: Window) -> None:
    window.go("Save and compare")
    assert window.page.title().startswith("Error:")
    expect(window.page.locator(".error-summary")).to_be_focused()
    expect(window.page.locator(".error-summary li")).to_have_count(6)
    for question, key in ANSWERS.items():
        window.tap(window.option(question, key))
    expect(window.page.locator(".error-summary, .field-error, .errorlist")).to_have_count(0)
    window.go("Save and compare")
    assert window.pages == ["turn", "turn", "seen"]


def test_after_an_error_reload_and_back_show_what_is_saved(window: Window) -> None:
    window.go("Save and compare")
    window.tap(window.option("often", "most_days"))
    says(window, "Saved")
    window.page.reload()
    assert window.chosen("often") == ["most_days"]
    window.go("Save and compare")
    for question, key in ANSWERS.items():
        window.tap(window.option(question, key))
    window.go("Save and compare")
    window.page.go_back()
    assert {question: window.chosen(question) for question in ANSWERS} == {
        question: [key] for question, key in ANSWERS.items()
    }
    window.tap(window.option("often", "one_two"))
    says(window, "Saved")
    window.page.reload()
    assert (window.chosen("often"), window.page.locator(".clash").count()) == (["one_two"], 0)
