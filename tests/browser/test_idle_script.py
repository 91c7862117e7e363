"""idle.js: a screen that nobody uses locks itself, asks a minute before, and loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.script_page import ADDRESS, Site, opened
from tests.tools import needs

pytestmark = needs("chromium")
MINUTE = 60 * 1000
ASK = "Still here? This screen locks in a minute. Nothing is lost."


@contextmanager
def a_page(chromium: Browser, site: Site) -> Iterator[Page]:
    with opened(chromium, site, before=lambda page: page.clock.install()) as page:
        yield page


def pass_by(page: Page, minutes: float) -> None:
    """Time goes by with nobody at the screen."""
    page.clock.run_for(int(minutes * MINUTE))


def hide(page: Page, hidden: bool) -> None:
    """As when another window or tab covers the page."""
    page.evaluate(
        """(hidden) => {
          Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
          setTimeout(() => document.dispatchEvent(new Event("visibilitychange", {bubbles: true})));
        }""",
        hidden,
    )


def locks(site: Site) -> list[str]:
    return [fields["at"][0] for path, fields in site.told if path == "/session/lock/"]


def calls(site: Site) -> int:
    return len([path for path, _fields in site.told if path == "/session/here/"])


def test_it_asks_a_minute_before_and_locks_after_an_hour(chromium: Browser) -> None:
    site = Site("<p>Ours</p>")
    with a_page(chromium, site) as page:
        pass_by(page, 58.5)
        expect(page.locator("[data-idle]")).to_be_hidden()
        pass_by(page, 1)
        expect(page.locator("[data-idle]")).to_be_visible()
        expect(page.get_by_role("status")).to_have_text(ASK)
        assert locks(site) == []
        with page.expect_navigation():
            pass_by(page, 1)
        assert locks(site) == ["/"]


def test_keep_going_gives_another_hour_as_often_as_one_likes(chromium: Browser) -> None:
    site = Site("<p>Ours</p>")
    with a_page(chromium, site) as page:
        for again in range(1, 12):
            pass_by(page, 59.5)
            page.get_by_role("button", name="Keep going").click()
            expect(page.locator("[data-idle]")).to_be_hidden()
            assert (page.get_by_role("status").text_content(), locks(site)) == ("", [])
            assert calls(site) >= again


def test_a_hand_on_the_screen_keeps_it_open_and_the_server_hears_of_it_at_times(chromium: Browser) -> None:
    site = Site("<p>Ours</p>")
    with a_page(chromium, site) as page:
        for _ in range(92):
            pass_by(page, 1)
            page.mouse.click(5, 5)
        assert locks(site) == []
        assert calls(site) == 18


def test_five_minutes_out_of_sight_lock_it(chromium: Browser) -> None:
    site = Site("<p>Ours</p>")
    with a_page(chromium, site) as page:
        hide(page, True)
        pass_by(page, 4)
        hide(page, False)
        assert locks(site) == []
        hide(page, True)
        with page.expect_navigation():
            pass_by(page, 6)
        assert locks(site) == ["/"]


def test_a_tablet_that_slept_is_locked_before_anything_is_seen(chromium: Browser) -> None:
    site = Site("<p>Ours</p>")
    with a_page(chromium, site) as page:
        hide(page, True)
        page.clock.fast_forward(30 * MINUTE)
        with page.expect_navigation(), suppress(Error):  # the page goes away under the call itself
            hide(page, False)
        assert locks(site) == ["/"]


def test_work_in_another_tab_counts(chromium: Browser) -> None:
    site = Site("<p>Ours</p>")
    with a_page(chromium, site) as page:
        other = page.context.new_page()
        other.route("**/*", site.handle)
        other.goto(ADDRESS)
        pass_by(page, 59.5)
        other.mouse.click(5, 5)
        expect(page.locator("[data-idle]")).to_be_hidden()
        pass_by(page, 30)
        assert locks(site) == []


def test_without_a_connection_the_page_is_hidden_and_kept(chromium: Browser) -> None:
    site = Site("<p>Ours</p><p><input name='words' value=''></p>")
    with a_page(chromium, site) as page:
        page.locator("[name=words]").fill("not sent yet")
        site.online = False
        pass_by(page, 61)
        expect(page.locator("main")).to_be_hidden()
        assert page.locator("[name=words]").input_value() == "not sent yet"
        site.online = True
        with page.expect_navigation():
            pass_by(page, 1)
        assert locks(site) == ["/"]


@pytest.mark.parametrize("status", [403])
def test_a_screen_that_the_server_locked_shows_so_at_the_next_touch(chromium: Browser, status: int) -> None:
    site = Site("<p>Ours</p>")
    site.here = status
    with a_page(chromium, site) as page:
        pass_by(page, 6)
        with page.expect_navigation():
            page.mouse.click(5, 5)
