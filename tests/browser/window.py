"""A browser window on the running product: what a person does in it, and what it loads, shows and complains about."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, ConsoleMessage, Locator, Request, Response

from agreements.models import User
from tests import builders

TABLET = {"width": 820, "height": 1180}
STATUS = "Failed to load resource: the server responded with a status of"  # told by the response itself


class Window:
    """A tablet held by two people. `tap` and `go` are the only ways in which its person acts; each counts as one tap."""

    def __init__(self, browser: Browser, address: str, **context: Any) -> None:
        self.address = address
        self.context = browser.new_context(
            **{"base_url": address, "viewport": TABLET, "has_touch": True, "locale": "en-US", **context}
        )
        self.faults: list[str] = []
        self.pages: list[str] = []
        self.shown: list[str] = []
        self.taps = 0
        self.taps_on: Counter[str] = Counter()
        self.context.on("request", self._asked)
        self.context.on("response", self._answered)
        self.context.on("console", self._said)
        self.context.on("weberror", lambda error: self.faults.append(str(error.error)))
        self.page = self.context.new_page()

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:", "blob:")):
            self.faults.append(f"asked elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status not in (301, 302):
            self.pages.append(name_of(response.url))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(STATUS):
            self.faults.append(message.text)

    def sign_in_quietly(self, user: User) -> None:
        """A session without the sign-in page."""
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])

    def sign_in(self, user: User, password: str) -> None:
        """By the sign-in page, as a person does."""
        self.open("/")
        self.page.locator("input[name=login]").fill(user.username)
        self.page.locator("input[name=password]").fill(password)
        self.go("Sign in")

    def open(self, path: str) -> None:
        """The therapist goes to an address: from the screen of another agreement back first, and in to a room together."""
        self.page.goto(path)
        if self.page.title() == "Locked":
            self.leave()
            self.page.goto(path)
        if path.startswith("/room/") and name_of(self.page.url) == "client":
            with self.page.expect_navigation():
                self.press(self.control("Go on together"))
            self.pages.clear()
            self.page.goto(path)

    def leave(self) -> None:
        """The therapist takes the screen back."""
        self.page.goto("/session/leave/")
        self.page.locator("input[name=password]").fill(builders.PASSWORD)
        with self.page.expect_navigation():
            self.press(self.control("Take the screen back"))

    def forgive(self, text: str) -> None:
        """A fault that the test brought about itself."""
        self.faults = [fault for fault in self.faults if text not in fault]

    def press(self, control: Locator) -> None:
        """How this person uses a control."""
        control.tap()

    def count(self) -> None:
        """One tap on the page in view."""
        self.taps += 1
        self.taps_on[name_of(self.page.url)] += 1

    def tap(self, control: Locator) -> None:
        """One tap that stays on the page."""
        self.count()
        self.press(control)

    def go(self, name: str) -> None:
        """One tap on a button or a link that leads to the next page."""
        self.lead_on(self.control(name))

    def lead_on(self, control: Locator) -> None:
        self.count()
        with self.page.expect_navigation():
            self.press(control)
        self.shown += [self.page.title(), self.page.url]

    def names_shown(self, *names: str) -> list[str]:
        """Titles and addresses, of pages that were led to, in which a person is named."""
        return [text for text in self.shown if any(name.casefold() in text.casefold() for name in names)]

    def control(self, name: str) -> Locator:
        main = self.page.locator("main")
        return main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first

    def option(self, question: str, key: str) -> Locator:
        """One answer of a question, as large as a finger finds it."""
        return self.page.locator(f"label.option:has(input[name={question}][value={key}])")

    def choice(self, value: str) -> Locator:
        """One of the choices that are buttons."""
        return self.page.locator(f'button.choice[value="{value}"]')

    def chosen(self, question: str) -> list[str]:
        inputs = self.page.locator(f"input[name={question}]:checked")
        return inputs.evaluate_all("all => all.map((each) => each.value)")

    def draw(self) -> None:
        """A name written with a finger; counted as one tap."""
        self.count()
        pad = self.page.locator(".pad svg")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        assert box
        mouse = self.page.mouse
        mouse.move(box["x"] + 0.1 * box["width"], box["y"] + 0.6 * box["height"])
        mouse.down()
        for part in (0.3, 0.5, 0.7, 0.9):
            mouse.move(box["x"] + part * box["width"], box["y"] + (0.2 + part / 2) * box["height"], steps=5)
        mouse.up()


def name_of(url: str) -> str:
    """The name of the page at an address."""
    path = urlsplit(url).path
    try:
        return resolve(path).url_name or path
    except Resolver404:
        return path
