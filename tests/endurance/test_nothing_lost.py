"""Fifty random mishaps on a page of the room, five times: what was acknowledged is on the server, what was given arrives.

The pages: the client's turn and "if it gets hard", where each tap is saved, and changed words, which a button saves.

python3 manage.py test tests/endurance -n 0 -s

A seed decides what happens; it is printed, and `SEEDS=7 python3 manage.py test tests/endurance` repeats one.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, Page, Response, expect

from agreements.models import Draft, Position, Term, User
from agreements.rules.steps import Step
from agreements.rules.vocabulary import AskedOn, Role
from tests import builders
from tests.browser.conftest import Opener
from tests.browser.window import Window
from tests.tools import needs

pytestmark = needs("chromium")
EVENTS = 50
SEEDS = [int(seed) for seed in os.environ.get("SEEDS", "1 2 3 4 5").split()]
OPTIONS = {
    Step.TURN: {
        "often": ["one_two", "three_five", "most_days"],
        "window": ["same_day", "next_day", "two_days"],
        "night": ["ten_seven", "nine_eight", "none"],
        "look_again": ["two_weeks", "four_weeks", "three_months"],
    },
    Step.HARD: {
        "too_much": ["first_notice", "note", "monthly"],
        "notice": ["two_sessions", "four_sessions"],
        "ending": ["taper", "date"],
    },
}
CLASH = ".clash [data-clash-mine]"
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
  Object.defineProperty(document, "visibilityState", {value: hidden ? "hidden" : "visible", configurable: true});
  document.dispatchEvent(new Event("visibilitychange", {bubbles: true}));
}"""


class Turn:
    """A page on which each tap is saved, in a window, and what the person at it knows."""

    def __init__(self, window: Window, user: User, draft: Draft, chance: random.Random, step: Step = Step.TURN) -> None:
        self.window, self.user, self.chance, self.step = window, user, chance, step
        self.address, self.options = f"/room/{draft.pk}/{step}/", OPTIONS[step]
        self.tapped: dict[str, str] = {}
        self.acknowledged: dict[str, str] = {}
        self.online = True
        self.happened: list[str] = []
        window.context.on("response", self.hear)
        window.open(self.address)
        self.second = window.context.new_page()

    def hear(self, response: Response) -> None:
        found = re.search(rf"/{self.step}/(\w+)/$", response.url)
        if found and response.status == 200 and response.headers.get("x-saved"):
            value = re.search(r"(?:^|&)value=(\w+)", response.request.post_data or "")
            self.acknowledged[found[1]] = value[1] if value else ""

    def on_page(self, page: Page) -> bool:
        return page.url.endswith(self.address) and page.locator(f"form#{self.step}").count() == 1

    def be_there(self, page: Page) -> None:
        """Back on the page of the turn, by the sign-in page where that is needed."""
        if not self.online:
            self.connect(True)
        page.goto(self.address)
        if "/account/login/" in page.url:
            page.locator("input[name=login]").fill(self.user.username)
            page.locator("input[name=password]").fill(builders.PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(lambda url: "/login/" not in url)

    def connect(self, online: bool) -> None:
        self.online = online
        self.window.context.set_offline(not online)

    def tap(self, page: Page | None = None) -> None:
        page = page or self.window.page
        if not self.on_page(page):
            self.be_there(page)
        self.settle(page)
        question = self.chance.choice(list(self.options))
        key = self.chance.choice(self.options[question])
        self.acknowledged.pop(question, None)  # another word on it may be on the server before its answer is here
        page.locator(f"label.option:has(input[name={question}][value={key}])").tap()
        self.tapped[question] = key

    def settle(self, page: Page) -> None:
        """Where two screens differ the person wants what they see on this one."""
        while self.on_page(page) and page.locator(CLASH).count():
            box = page.locator("fieldset:has(.clash)").first
            question = (box.locator("input:checked").first).get_attribute("name") or ""
            self.acknowledged.pop(question, None)
            self.tapped[question] = box.locator("input:checked").first.input_value()
            box.locator("[data-clash-mine]").click()

    def go(self, how: Callable[[], object]) -> None:
        try:
            how()
        except Error:
            assert not self.online or self.window.page.url.startswith("chrome-error")

    # What may happen.

    def reload(self) -> None:
        self.go(self.window.page.reload)

    def back(self) -> None:
        self.go(lambda: self.window.page.go_back(timeout=3000))

    def forward(self) -> None:
        self.go(lambda: self.window.page.go_forward(timeout=3000))

    def lose_the_network(self) -> None:
        self.connect(False)

    def find_the_network(self) -> None:
        self.connect(True)

    def another_tab(self) -> None:
        self.tap(self.second)

    def hide(self) -> None:
        """Another window covers the page while something is tapped; then it is shown again."""
        page = self.window.page
        if self.on_page(page):
            self.tap()
            page.evaluate(HIDE, True)
            self.nothing_acknowledged_is_lost()
            page.evaluate(HIDE, False)

    def session_ends(self) -> None:
        Session.objects.all().delete()

    def happen(self) -> None:
        mishaps = [
            self.reload, self.back, self.forward, self.lose_the_network, self.find_the_network, self.another_tab,
            self.hide, self.session_ends,
        ]  # fmt: skip
        event = self.chance.choice([self.tap] * 8 + mishaps)
        self.happened.append(event.__name__)
        event()
        self.nothing_acknowledged_is_lost()

    def nothing_acknowledged_is_lost(self) -> None:
        server, known = kept(self.step), dict(self.acknowledged)
        for question, value in known.items():
            later = self.tapped.get(question) != value  # tapped again: that one may be there already
            assert later or server.get(question) == value, (question, value, server, self.happened)

    def finish(self) -> None:
        """Both tabs once more, with network and sign-in, until nothing waits."""
        for page in (self.second, self.window.page):
            self.be_there(page)
            for _ in range(20):
                page.wait_for_timeout(250)
                self.settle(page)
                if page.evaluate("sessionStorage.length") == 0:
                    break
            expect(page.locator(".clash")).to_have_count(0)
            assert page.evaluate("sessionStorage.length") == 0, self.happened


def kept(step: Step = Step.TURN) -> dict[str, str]:
    """The client's answers on the server, or what the two decided there."""
    if step is Step.HARD:
        terms = Term.objects.filter(clause__asked=AskedOn.HARD).select_related("clause")
        return {each.clause.key: each.value["chosen"][0] for each in terms if each.value}
    positions = Position.objects.filter(party__role=Role.CLIENT).select_related("term__clause")
    return {each.term.clause.key: each.value["chosen"][0] for each in positions if each.value["chosen"]}


@pytest.fixture
def draft(therapist: User) -> Draft:
    return builders.a_draft(until=Step.TURN, client=builders.a_client(therapist))


@pytest.mark.parametrize("step", list(OPTIONS))
@pytest.mark.parametrize("seed", SEEDS)
def test_fifty_mishaps_lose_nothing(opened: Opener, therapist: User, step: Step, seed: int) -> None:
    draft = builders.a_draft(until=step, client=builders.a_client(therapist))
    turn = Turn(opened(user=therapist), therapist, draft, random.Random(seed), step)
    for _ in range(EVENTS):
        turn.happen()
    turn.finish()
    print(
        f"\nseed {seed}, {step}: {len(turn.acknowledged)} answers acknowledged, {len(turn.tapped)} tapped, lost:",
        end=" ",
    )
    lost = {question: key for question, key in turn.tapped.items() if kept(step).get(question) != key}
    print(len(lost))
    assert lost == {}, turn.happened
    turn.window.forgive("ERR_INTERNET_DISCONNECTED")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_killed_browser_loses_nothing_that_was_acknowledged(
    opened: Opener, therapist: User, draft: Draft, seed: int
) -> None:
    turn = Turn(opened(user=therapist), therapist, draft, random.Random(seed))
    for _ in range(10):
        turn.tap()
    acknowledged = dict(turn.acknowledged)
    turn.window.context.close()
    after = opened(user=therapist)
    after.open(turn.address)
    for question, key in acknowledged.items():
        assert after.chosen(question) == [key] or turn.tapped[question] != key


class Words(Turn):
    """Words of the two, changed on a page that a button saves: what stands on it stays, whatever happens to the page."""

    def __init__(self, window: Window, user: User, draft: Draft, chance: random.Random) -> None:
        super().__init__(window, user, draft, chance)
        self.address, self.typed = f"/room/{draft.pk}/change/asking/", ""
        self.be_there(window.page)

    def on_page(self, page: Page) -> bool:
        return page.url.endswith(self.address) and page.locator("[name=asking_words]").count() == 1

    def tap(self, page: Page | None = None) -> None:
        page = self.window.page
        if not self.on_page(page):
            self.be_there(page)
        assert page.locator("[name=asking_words]").input_value() == self.typed or not self.typed, self.happened
        self.typed = f"Please say what you want, number {self.chance.randrange(1000)}."
        page.locator("[name=asking_words]").fill(self.typed)

    def another_tab(self) -> None:
        self.second.goto(self.address) if self.online else None

    def press_save(self) -> None:
        """Offline it stays on the page; where nobody is signed in any more, they sign in and press once more."""
        page = self.window.page
        page.get_by_role("button", name="Save for both of us").click()
        if not self.online:
            page.locator(".save-status", has_text="No connection.").wait_for()
            assert page.locator("[name=asking_words]").input_value() == self.typed, self.happened
            return
        for _ in range(100):
            page.wait_for_timeout(100)
            if not page.url.endswith(self.address):
                return
            if page.title() == "Please sign in again":
                self.be_there(page)
                page.get_by_role("button", name="Save for both of us").click()
        raise AssertionError(page.content())


@pytest.mark.parametrize("seed", SEEDS)
def test_fifty_mishaps_lose_no_words(opened: Opener, therapist: User, seed: int) -> None:
    draft = builders.a_draft(until=Step.READ, client=builders.a_client(therapist))
    words = Words(opened(user=therapist), therapist, draft, random.Random(seed))
    for _ in range(EVENTS):
        words.happen()
    words.tap()
    words.connect(False)
    words.press_save()
    words.connect(True)
    words.press_save()
    assert Term.objects.get(clause__key="asking").value["words"] == words.typed, words.happened
    print(f"\nseed {seed}, changed words: {words.happened.count('tap')} times written, lost: 0")
    words.window.forgive("ERR_INTERNET_DISCONNECTED")
