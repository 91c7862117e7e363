"""room.js: a screen that nobody uses locks itself and loses nothing; a form keeps what is not sent, and stays while offline."""

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
        other.mouse.click(5, 400)
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


FORM = """
<form method="post" action="/next" novalidate {data}>
  <input type="hidden" name="csrfmiddlewaretoken" value="old"><input type="hidden" name="form_key" value="k">
  <input type="hidden" name="rev" value="{rev}">
  <label>Words <input name="words" value=""></label>
  <label><input type="radio" name="way" value="a">A</label><label><input type="radio" name="way" value="b">B</label>
  <label><input type="checkbox" name="more" value="x" checked>X</label>
  <label>Secret <input type="password" name="secret"></label>
  <button id="go" name="go" value="on">Save</button>
</form><p data-late hidden>Paper</p><a id="away" href="/elsewhere">Away</a>
"""
OFFLINE = "No connection. What you choose stays on this screen."


def form(rev: int = 4, data: str = "") -> str:
    return FORM.replace("{rev}", str(rev)).replace("{data}", data)


def fill(page: Page) -> None:
    page.locator("[name=words]").fill("our words")
    page.locator("[value=b]").check()
    page.locator("[name=more]").uncheck()
    page.locator("[name=secret]").fill("hush")


def shown(page: Page) -> tuple[str, bool, bool, str]:
    words, secret = (page.locator(f"[name={name}]").input_value() for name in ("words", "secret"))
    return words, page.locator("[value=b]").is_checked(), page.locator("[name=more]").is_checked(), secret


def stored(page: Page) -> list[str]:
    return page.evaluate("Object.keys(sessionStorage)")


def test_what_is_written_survives_a_reload_and_going_away_but_no_password_does(chromium: Browser) -> None:
    site = Site(form())
    with opened(chromium, site) as page:
        assert stored(page) == []
        fill(page)
        page.reload()
        assert shown(page) == ("our words", True, False, "")
        page.goto(f"{ADDRESS}/other/")
        assert shown(page) == ("", False, True, "")
        page.go_back()
        assert shown(page) == ("our words", True, False, "")
        assert "hush" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_it_is_sent_on_the_revision_it_was_written_on(chromium: Browser) -> None:
    site = Site(form(4))
    with opened(chromium, site) as page:
        fill(page)
        site.body = form(9)
        page.reload()
        page.locator("#go").click()
        page.wait_for_url(f"{ADDRESS}/next")
        assert (site.posts[0]["rev"], site.posts[0]["words"], site.posts[0]["go"]) == (["4"], ["our words"], ["on"])


def test_what_was_sent_is_forgotten_on_the_next_page_and_not_before(chromium: Browser) -> None:
    site = Site(form())
    with opened(chromium, site) as page:
        fill(page)
        page.route("**/next", lambda route: route.abort())
        page.locator("#go").click()
        page.wait_for_timeout(500)
        page.goto(ADDRESS + "/")
        assert shown(page) == ("our words", True, False, "")
        page.unroute("**/next")
        page.locator("#go").click()
        page.wait_for_url(f"{ADDRESS}/next")
        page.goto(f"{ADDRESS}/other/")
        assert stored(page) == []


def test_another_form_at_the_same_address_is_left_as_it_is(chromium: Browser) -> None:
    site = Site(form())
    with opened(chromium, site) as page:
        fill(page)
        site.body = '<form method="post"><input name="reason" value=""><button>Save</button></form>'
        page.reload()
        assert page.locator("[name=reason]").input_value() == ""
        assert stored(page) == []


def test_offline_no_tap_leaves_the_page_and_paper_is_offered_after_half_a_minute(chromium: Browser) -> None:
    site = Site(form())
    with opened(chromium, site, before=lambda page: page.clock.install()) as page:
        fill(page)
        site.online = False
        page.locator("#go").click()
        expect(page.get_by_role("status")).to_have_text(OFFLINE)
        assert (shown(page), page.url, site.posts) == (("our words", True, False, "hush"), f"{ADDRESS}/", [])
        expect(page.locator("[data-late]")).to_be_hidden()
        pass_by(page, 0.6)
        expect(page.locator("[data-late]")).to_be_visible()
        page.context.set_offline(True)
        page.locator("#away").click()
        assert page.url == f"{ADDRESS}/"
        page.context.set_offline(False)
        site.online = True
        expect(page.get_by_role("status")).to_have_text("")
        page.locator("#go").click()
        page.wait_for_url(f"{ADDRESS}/next")


def test_a_page_of_the_wireless_network_is_no_answer_and_a_form_may_say_it_in_its_own_words(chromium: Browser) -> None:
    site = Site(form(data='data-offline="Not signed yet."'))
    with opened(chromium, site) as page:
        page.route("**/healthz", lambda route: route.fulfill(body="<p>Welcome to our network"))
        page.locator("#go").click()
        expect(page.get_by_role("status")).to_have_text("Not signed yet.")
        assert site.posts == []


def test_two_taps_send_once(chromium: Browser) -> None:
    site = Site(form())
    with opened(chromium, site) as page:
        page.evaluate("document.querySelector('#go').click(); document.querySelector('#go').click()")
        page.wait_for_url(f"{ADDRESS}/next")
        page.wait_for_timeout(300)
        assert len(site.posts) == 1


def test_a_page_about_the_whole_text_is_shown_anew_when_it_changed(chromium: Browser) -> None:
    site = Site('<form method="post"><input type="hidden" name="draft_rev" value="7"><button>Yes</button></form>')
    site.path = "/room/d1/read/"
    with opened(chromium, site) as page:
        page.evaluate("window.same = true; dispatchEvent(new Event('focus'))")
        page.wait_for_timeout(200)
        assert page.evaluate("window.same")
        site.rev = "8"
        with page.expect_navigation():
            page.evaluate("setTimeout(() => dispatchEvent(new Event('focus')))")
