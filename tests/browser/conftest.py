"""One Chromium for all browser tests of a process, and a clock that tests may put forward."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Playwright, sync_playwright

from agreements.models import User
from tests import builders
from tests.browser.window import Window
from tests.tools import path_of

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="package")
def driver() -> Iterator[Playwright]:
    """What drives browsers, while tests of this folder run."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def chromium(driver: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, started once and closed with the last test of this folder."""
    browser = driver.chromium.launch(executable_path=path_of("chromium"), args=QUIET)
    yield browser
    browser.close()


class Clock:
    """The server's clock: it starts at builders.NOW and goes on by itself."""

    def __init__(self) -> None:
        self.ahead = builders.NOW - timezone.now()
        self.real = timezone.now

    def now(self) -> datetime:
        return self.real() + self.ahead

    def put_forward(self, by: timedelta) -> None:
        self.ahead += by


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """What every view of the live server takes for now."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    return clock


@pytest.fixture
def therapist(transactional_db: None, clock: Clock) -> User:
    """Dr Lee, in a practice with its keys, library and checked crisis lines."""
    builders.a_practice()
    return builders.a_therapist()


class Opener:
    """Opens windows on the product, each a browser of its own with its own sign-in."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.windows: list[Window] = []

    def __call__(self, kind: type[Window] = Window, *, user: User | None = None, **context: Any) -> Window:
        window = kind(self.browser, self.address, **context)
        self.windows.append(window)
        if user:
            window.sign_in_quietly(user)
        return window


@pytest.fixture
def opened(chromium: Browser, live_server: Any, therapist: User) -> Iterator[Opener]:
    """`opened(user=therapist)` is a window of somebody who has signed in. No window may end with a fault."""
    opener = Opener(chromium, live_server.url)
    yield opener
    for window in opener.windows:
        window.context.close()
    assert [fault for window in opener.windows for fault in window.faults] == []
