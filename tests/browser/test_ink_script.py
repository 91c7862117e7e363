"""ink.js: a drawn signature is kept as strokes, survives turning the tablet, and is never taken from a palm."""

from __future__ import annotations

import json

from playwright.sync_api import Browser, Page, expect

from tests.browser.script_page import ADDRESS, Site, opened
from tests.tools import needs

pytestmark = needs("chromium")

BODY = """
<form id="sign" method="post" action="/next" novalidate>
  {% include "agreements/_parts/ink_pad.html" with ink_key="version-client" strokes="" ink_error="" %}
  <input name="typed" aria-label="Name" value="Maya R.">
  <button name="kind" value="drawn">Sign the agreement</button>
  <button name="kind" value="typed">Sign as Maya R.</button>
</form>
"""


def strokes(page: Page) -> list[list[list[int]]]:
    text = page.locator("input[name=strokes]").input_value()
    return json.loads(text) if text else []


def draw(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """One stroke of the mouse, given as parts of the pad's width and height."""
    box = page.locator(".pad svg").bounding_box()
    assert box
    page.mouse.move(box["x"] + start[0] * box["width"], box["y"] + start[1] * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + end[0] * box["width"], box["y"] + end[1] * box["height"], steps=10)
    page.mouse.up()


def pointer(page: Page, name: str, kind: str, number: int, x: float, y: float) -> None:
    """A pointer event of a pen or a finger; capturing it is not possible for events made by a script."""
    page.evaluate(
        """([name, kind, number, x, y]) => {
          const svg = document.querySelector('.pad svg'), box = svg.getBoundingClientRect();
          svg.setPointerCapture = () => {};
          svg.dispatchEvent(new PointerEvent(name, {pointerId: number, pointerType: kind, bubbles: true, button: 0,
            clientX: box.left + x * box.width, clientY: box.top + y * box.height}));
        }""",
        [name, kind, number, x, y],
    )


def test_strokes_are_whole_numbers_in_the_pads_own_measure(chromium: Browser) -> None:
    with opened(chromium, Site(BODY)) as page:
        draw(page, (0.1, 0.5), (0.9, 0.5))
        draw(page, (0.5, 0.1), (0.5, 2.0))
        first, second = strokes(page)
        assert all(isinstance(number, int) for stroke in (first, second) for point in stroke for number in point)
        assert (first[0], first[-1]) == ([100, 150], [900, 150])
        assert second[-1] == [500, 300]  # the hand left the pad; the stroke stays inside
        expect(page.get_by_role("img", name="Signature area, with your drawing")).to_be_visible()
        expect(page.locator(".save-status")).to_have_text("Drawn. Not signed yet.")


def test_undo_takes_the_last_stroke_and_clear_takes_all(chromium: Browser) -> None:
    with opened(chromium, Site(BODY)) as page:
        draw(page, (0.1, 0.5), (0.4, 0.5))
        draw(page, (0.5, 0.5), (0.9, 0.5))
        page.get_by_role("button", name="Undo last stroke").click()
        assert len(strokes(page)) == 1
        page.get_by_role("button", name="Clear").click()
        assert strokes(page) == []
        assert page.locator(".pad path").count() == 0
        expect(page.get_by_role("img", name="Signature area, empty")).to_be_visible()


def test_turning_the_tablet_and_reloading_lose_nothing(chromium: Browser) -> None:
    with opened(chromium, Site(BODY)) as page:
        draw(page, (0.1, 0.5), (0.9, 0.6))
        before, line = strokes(page), page.locator(".pad path").get_attribute("d")
        for height in (820, 360):  # turned, then with the keyboard of the screen open
            page.set_viewport_size({"width": 1180, "height": height})
            page.evaluate("scrollTo(0, 300)")
            assert (strokes(page), page.locator(".pad path").get_attribute("d")) == (before, line)
        page.reload()
        assert (strokes(page), page.locator(".pad path").get_attribute("d")) == (before, line)


def test_a_drawing_waits_for_its_own_text_and_not_for_another(chromium: Browser) -> None:
    site = Site(BODY)
    with opened(chromium, site) as page:
        draw(page, (0.1, 0.5), (0.9, 0.6))
        drawn = strokes(page)
        page.goto(f"{ADDRESS}/other/")
        assert strokes(page) == []
        page.go_back()
        assert strokes(page) == drawn
        site.body = BODY.replace("version-client", "next-version-client")
        page.reload()
        assert strokes(page) == []


def test_an_empty_pad_is_refused_in_words_and_other_ways_are_not(chromium: Browser) -> None:
    site = Site(BODY)
    with opened(chromium, site) as page:
        page.get_by_role("button", name="Sign the agreement").click()
        expect(page.get_by_role("alert")).to_have_text("Draw your name first, or choose another way to sign.")
        assert site.posts == []
        page.get_by_role("button", name="Sign as Maya R.").click()
        page.wait_for_url(f"{ADDRESS}/next")
        assert site.posts[0]["kind"] == ["typed"]


def test_the_drawing_is_posted_and_gone_from_the_browser_on_the_next_page(chromium: Browser) -> None:
    site = Site(BODY)
    with opened(chromium, site) as page:
        draw(page, (0.1, 0.5), (0.9, 0.5))
        page.get_by_role("button", name="Sign the agreement").click()
        page.wait_for_url(f"{ADDRESS}/next")
        assert json.loads(site.posts[0]["strokes"][0])[0][0] == [100, 150]
        site.body = "<p>Thank you.</p>"
        page.goto(ADDRESS)
        assert page.evaluate("sessionStorage.length") == 0


def test_the_pen_wins_over_the_palm(chromium: Browser) -> None:
    with opened(chromium, Site(BODY)) as page:
        pointer(page, "pointerdown", "touch", 1, 0.8, 0.9)
        pointer(page, "pointerdown", "pen", 2, 0.1, 0.5)
        pointer(page, "pointermove", "touch", 1, 0.9, 0.9)
        pointer(page, "pointermove", "pen", 2, 0.5, 0.5)
        pointer(page, "pointerup", "pen", 2, 0.5, 0.5)
        pointer(page, "pointerdown", "touch", 3, 0.7, 0.7)
        pointer(page, "pointerup", "touch", 3, 0.7, 0.7)
        assert [stroke[0] for stroke in strokes(page)] == [[100, 150]]


def test_a_stroke_that_the_system_breaks_off_is_kept(chromium: Browser) -> None:
    with opened(chromium, Site(BODY)) as page:
        pointer(page, "pointerdown", "pen", 1, 0.1, 0.5)
        pointer(page, "pointermove", "pen", 1, 0.3, 0.5)
        pointer(page, "pointercancel", "pen", 1, 0, 0)
        pointer(page, "pointermove", "pen", 1, 0.9, 0.9)
        assert strokes(page) == [[[100, 150], [300, 150]]]


def test_without_scripts_there_is_no_pad(chromium: Browser) -> None:
    with opened(chromium, Site(BODY), java_script_enabled=False) as page:
        expect(page.locator(".pad")).to_be_hidden()
        expect(page.get_by_role("button", name="Sign as Maya R.")).to_be_visible()
