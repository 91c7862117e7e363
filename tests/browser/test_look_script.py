"""theme.js and app.css: light and dark, bigger text, no sideways scroll, targets large enough, no rule of axe broken."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.script_page import Site, opened
from tests.tools import needs

pytestmark = needs("chromium")

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BODY = """
<div class="two">
  {% include "agreements/_parts/position.html" with who="Maya" words="Most days" reason="" side="client" %}
  {% include "agreements/_parts/position.html" with who="Dr Lee" words="1 or 2" reason="Two free evenings" side="therapist" %}
</div>
<form method="post" novalidate><div class="choices">
  {% include "agreements/_parts/option_button.html" with name="d" value="a" label="1 or 2" line="Less to do" whose="Dr Lee" %}
  {% include "agreements/_parts/option_button.html" with name="d" value="b" label="Most days" line="" whose="Maya" %}
</div>
{% include "agreements/_parts/ink_pad.html" with ink_key="k" strokes="" ink_error="" %}
<p class="twin"><button class="button">Sign</button><button class="button quiet">Not quite yet</button></p></form>
"""
SMALL = """() => [...document.querySelectorAll("a[href], button, summary")]
  .filter((each) => each.checkVisibility() && !each.matches(".skip")).map((each) => each.getBoundingClientRect())
  .filter((box) => box.height < 47.5 || box.width < 44).length"""


def background(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_the_device_decides_until_a_person_does_and_the_choice_is_remembered(chromium: Browser) -> None:
    with opened(chromium, Site(BODY), color_scheme="dark") as page:
        dark = background(page)
        page.get_by_role("button", name="Light colors").click()
        assert background(page) != dark
        page.reload()
        assert background(page) != dark
        page.get_by_role("button", name="Dark colors").click()
        assert background(page) == dark
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_text_becomes_bigger_and_usual_again(chromium: Browser) -> None:
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    with opened(chromium, Site(BODY)) as page:
        usual = page.evaluate(size)
        page.get_by_role("button", name="Bigger text").click()
        page.reload()
        assert page.evaluate(size) > usual * 1.15
        page.get_by_role("button", name="Usual text").click()
        assert page.evaluate(size) == usual


@pytest.mark.parametrize(
    ("wide", "high", "scheme"),
    [(320, 640, "dark"), (390, 844, "light"), (820, 1180, "dark"), (820, 1180, "light"), (1180, 820, "light")],
)
def test_every_size_and_color_is_accessible(chromium: Browser, wide: int, high: int, scheme: str) -> None:
    window: dict[str, Any] = {"viewport": {"width": wide, "height": high}, "color_scheme": scheme}
    with opened(chromium, Site(BODY), **window) as page:
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        assert [each["id"] for each in result.response["violations"]] == []
        assert page.evaluate(SMALL) == 0
        page.get_by_role("button", name="Bigger text").click()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_chosen_option_shows_without_color(chromium: Browser) -> None:
    body = '<label class="option"><input type="radio" name="a"> <span>One</span></label>'
    with opened(chromium, Site(body), forced_colors="active") as page:
        page.get_by_role("radio").check()
        assert page.evaluate("getComputedStyle(document.querySelector('.option')).borderTopWidth") == "3px"


def test_without_scripts_nothing_is_offered_that_needs_them(chromium: Browser) -> None:
    with opened(chromium, Site(BODY), java_script_enabled=False) as page:
        expect(page.get_by_role("button", name="Bigger text")).to_be_hidden()
        expect(page.get_by_role("button", name="Not quite yet")).to_be_visible()
