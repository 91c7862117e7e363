"""save.js: every answer is saved when it is given, and none is lost on the way."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.script_page import ADDRESS, Site, accepted, opened, reply
from tests.tools import needs

pytestmark = needs("chromium")

BODY = """
<form id="turn" method="post" action="/next" novalidate>
  <fieldset data-save="/save/often"><legend>How often</legend>
    <label class="option"><input type="radio" name="often" value="few"><span class="option-label">1 or 2</span></label>
    <label class="option"><input type="radio" name="often" value="some"><span class="option-label">3 to 5</span></label>
    <label class="option"><input type="radio" name="often" value="many"><span class="option-label">Most days</span></label>
    <input type="hidden" name="often-rev" value="4">
  </fieldset>
  <fieldset data-save="/save/purpose"><legend>What for</legend>
    <label class="option"><input type="checkbox" name="purpose" value="note"><span class="option-label">A note</span></label>
    <label class="option"><input type="checkbox" name="purpose" value="times"><span class="option-label">Times</span></label>
    <label class="option"><input type="checkbox" name="purpose" value="unsure"><span class="option-label">Not sure yet</span></label>
    <input type="hidden" name="purpose-rev" value="0">
  </fieldset>
  <fieldset data-save="/save/words"><legend>Words</legend><textarea name="words" aria-label="Words"></textarea>
    <input type="hidden" name="words-rev" value="0">
  </fieldset>
  <button id="go" name="go" value="on">Save and compare</button>
</form>
"""


def choose(page: Page, value: str) -> None:
    page.locator(f"input[value={value}]").click()


def says(page: Page, words: str) -> None:
    expect(page.locator(".save-status")).to_have_text(words, timeout=8000)


def waiting(page: Page) -> str | None:
    """What the browser keeps for later, as text."""
    return page.evaluate("sessionStorage.getItem('kept:/')")


def test_a_tap_is_saved_at_once_with_the_rev_it_saw(chromium: Browser) -> None:
    site = Site(BODY)
    with opened(chromium, site) as page:
        choose(page, "some")
        says(page, "Saved 3:05 pm")
        first = site.saves[0]
        assert (first["value"], first["rev"], first["csrfmiddlewaretoken"]) == (["some"], ["4"], ["from-the-cookie"])
        assert page.locator("[name=often-rev]").input_value() == "5"
        choose(page, "many")
        says(page, "Saved 3:05 pm")
        page.wait_for_timeout(200)
        assert site.saves[1]["rev"] == ["5"]
        assert site.saves[0]["form_key"] != site.saves[1]["form_key"]
        assert waiting(page) is None


def test_several_keys_and_the_one_that_stands_alone(chromium: Browser) -> None:
    site = Site(BODY)
    with opened(chromium, site) as page:
        choose(page, "note")
        choose(page, "times")
        page.wait_for_timeout(300)
        assert site.saves[-1]["value"] == ["note", "times"]
        choose(page, "unsure")
        page.wait_for_timeout(300)
        assert site.saves[-1]["value"] == ["unsure"]
        choose(page, "times")
        page.wait_for_timeout(300)
        assert site.saves[-1]["value"] == ["times"]


def test_typed_words_are_saved_after_a_pause(chromium: Browser) -> None:
    site = Site(BODY)
    with opened(chromium, site) as page:
        page.locator("textarea").press_sequentially("a note", delay=20)
        says(page, "Saved 3:05 pm")
        assert [save["words"] for save in site.saves] == [["a note"]]


def test_a_failed_save_is_repeated_as_it_was_before_anything_newer(chromium: Browser) -> None:
    site = Site(BODY)
    site.answer = lambda route, fields: route.abort()
    with opened(chromium, site) as page:
        choose(page, "few")
        says(page, "Not saved yet. We keep trying.")
        expect(page.locator("[data-save-now]")).to_be_visible()
        choose(page, "many")
        page.wait_for_timeout(100)
        assert '"often",true]' in (waiting(page) or "")
        site.answer = accepted
        says(page, "Saved 3:05 pm")
        page.wait_for_timeout(300)
        assert {save["form_key"][0] for save in site.saves[:-1]} == {site.saves[0]["form_key"][0]}
        assert site.saves[-2]["value"] == ["few"]
        assert site.saves[-1]["value"] == ["many"]
        assert site.saves[-1]["rev"] == ["5"]
        assert waiting(page) is None


def test_a_page_of_the_wireless_network_is_not_taken_for_a_save(chromium: Browser) -> None:
    site = Site(BODY)
    site.answer = lambda route, fields: route.fulfill(body="<p>Welcome to our network", content_type="text/html")
    with opened(chromium, site) as page:
        choose(page, "few")
        says(page, "No connection. What you choose stays on this screen.")
        site.answer = accepted
        page.locator("[data-save-now]").click()
        says(page, "Saved 3:05 pm")


def test_a_change_during_a_slow_save_is_sent_after_it(chromium: Browser) -> None:
    site = Site(BODY)
    held: list[Route] = []
    site.answer = lambda route, fields: held.append(route)
    with opened(chromium, site) as page:
        choose(page, "few")
        page.wait_for_timeout(100)
        choose(page, "some")
        choose(page, "many")
        says(page, "Saving…")
        assert len(site.saves) == 1
        site.answer = accepted
        reply(held[0], 200, {"rev": 5, "at": "3:04 pm"})
        says(page, "Saved 3:05 pm")
        assert [save["value"] for save in site.saves] == [["few"], ["many"]]


def test_what_was_not_saved_survives_a_reload(chromium: Browser) -> None:
    site = Site(BODY)
    site.answer = lambda route, fields: route.fulfill(status=502, body="")
    with opened(chromium, site) as page:
        choose(page, "many")
        says(page, "Not saved yet. We keep trying.")
        site.answer = accepted
        page.reload()
        says(page, "Saved 3:05 pm")
        assert page.locator("input[value=many]").is_checked()
        assert (site.saves[-1]["value"], site.saves[-1]["rev"]) == (["many"], ["4"])
        assert waiting(page) is None


def test_what_was_not_saved_before_a_reload_is_asked_about_when_it_changed_elsewhere(chromium: Browser) -> None:
    site = Site(BODY)
    site.answer = lambda route, fields: route.fulfill(status=502, body="")
    with opened(chromium, site) as page:
        choose(page, "many")
        says(page, "Not saved yet. We keep trying.")
        site.body = BODY.replace('name="often-rev" value="4"', 'name="often-rev" value="9"').replace(
            'value="some"', 'value="some" checked'
        )
        theirs = {"rev": 9, "chosen": ["some"], "words": "", "at": "3:06 pm"}
        site.answer = lambda route, fields: reply(route, 409, theirs)
        page.reload()
        expect(page.locator(".clash [data-clash-saved]")).to_have_text("3 to 5")
        expect(page.locator(".clash [data-clash-here]")).to_have_text("Most days")
        assert site.saves[-1]["rev"] == ["4"]


def test_a_change_on_another_screen_is_asked_about(chromium: Browser) -> None:
    site = Site(BODY)
    theirs = {"rev": 9, "chosen": ["some"], "words": "", "at": "3:06 pm"}
    site.answer = lambda route, fields: reply(route, 409, theirs) if fields["rev"] != ["9"] else accepted(route, fields)
    with opened(chromium, site) as page:
        choose(page, "many")
        says(page, "This was changed on another screen. Please choose below.")
        clash = page.locator(".clash")
        expect(clash).to_contain_text("3 to 5")
        expect(clash).to_contain_text("Most days")
        choose(page, "few")
        expect(clash).to_contain_text("1 or 2")
        clash.get_by_role("button", name="Use mine").click()
        says(page, "Saved 3:05 pm")
        assert (site.saves[-1]["value"], site.saves[-1]["rev"]) == (["few"], ["9"])


def test_the_saved_answer_can_be_kept(chromium: Browser) -> None:
    site = Site(BODY)
    site.answer = lambda route, fields: reply(route, 409, {"rev": 9, "chosen": ["some"], "words": "", "at": "3:06 pm"})
    with opened(chromium, site) as page:
        choose(page, "many")
        page.get_by_role("button", name="Keep saved").click()
        assert page.locator("input[value=some]").is_checked()
        assert page.locator("[name=often-rev]").input_value() == "9"
        assert len(site.saves) == 1
        assert waiting(page) is None


def test_the_same_answer_from_both_screens_needs_no_question(chromium: Browser) -> None:
    site = Site(BODY)
    site.answer = lambda route, fields: reply(route, 409, {"rev": 9, "chosen": ["many"], "words": "", "at": "3:06 pm"})
    with opened(chromium, site) as page:
        choose(page, "many")
        says(page, "Saved 3:06 pm")
        expect(page.locator(".clash")).to_have_count(0)


def test_signed_out_keeps_the_answer_and_offers_to_sign_in(chromium: Browser) -> None:
    site = Site(BODY)
    site.answer = lambda route, fields: reply(route, 401, {})
    with opened(chromium, site) as page:
        choose(page, "few")
        says(page, "Please sign in again. What you chose stays here.")
        expect(page.locator("[data-save-reload]")).to_be_visible()
        assert '"often",true]' in (waiting(page) or "")


def test_a_refusal_is_shown_where_it_belongs_and_is_not_repeated(chromium: Browser) -> None:
    site = Site(BODY)
    site.answer = lambda route, fields: reply(route, 422, {"message": "At most 300 characters."})
    with opened(chromium, site) as page:
        page.locator("textarea").fill("long")
        expect(page.locator("fieldset .refused")).to_have_text("At most 300 characters.")
        page.wait_for_timeout(1500)
        assert len(site.saves) == 1
        site.answer = accepted
        page.locator("textarea").fill("short")
        says(page, "Saved 3:05 pm")
        expect(page.locator("fieldset .refused")).to_have_text("")


def test_going_on_waits_for_what_is_still_being_saved(chromium: Browser) -> None:
    site = Site(BODY)
    with opened(chromium, site) as page:
        page.locator("textarea").fill("not saved yet")
        page.locator("#go").click()
        page.wait_for_url(f"{ADDRESS}/next")
        assert site.saves[0]["words"] == ["not saved yet"]
        assert (site.posts[0]["go"], len(site.posts)) == (["on"], 1)


def test_going_on_without_a_connection_stays_on_the_page(chromium: Browser) -> None:
    site = Site(BODY)
    site.answer = lambda route, fields: route.abort()
    with opened(chromium, site) as page:
        choose(page, "few")
        page.locator("#go").click()
        says(page, "Not saved yet. We keep trying.")
        page.wait_for_timeout(300)
        assert site.posts == []
        site.answer = accepted
        page.locator("#go").click()
        page.wait_for_url(f"{ADDRESS}/next")


def test_two_taps_on_a_button_post_once(chromium: Browser) -> None:
    site = Site(BODY)
    with opened(chromium, site) as page:
        page.evaluate("document.querySelector('#go').click(); document.querySelector('#go').click()")
        page.wait_for_timeout(500)
        assert len(site.posts) == 1


def test_only_what_waits_is_kept_for_later(chromium: Browser) -> None:
    site = Site(BODY)
    with opened(chromium, site) as page:
        choose(page, "note")
        says(page, "Saved 3:05 pm")
        site.answer = lambda route, fields: route.abort()
        choose(page, "few")
        says(page, "Not saved yet. We keep trying.")
        site.body = BODY.replace('value="times"', 'value="times" checked').replace(
            'name="purpose-rev" value="0"', 'name="purpose-rev" value="7"'
        )
        page.reload()
        assert page.locator("input[value=few]").is_checked()
        assert page.locator("input[name=purpose]:checked").evaluate_all("all => all.map((each) => each.value)") == [
            "times"
        ]
        assert page.locator("[name=purpose-rev]").input_value() == "7"


def test_what_is_chosen_again_is_saved_again(chromium: Browser) -> None:
    site = Site(BODY)
    with opened(chromium, site) as page:
        choose(page, "few")
        says(page, "Saved 3:05 pm")
        page.wait_for_timeout(100)
        theirs = {"rev": 9, "chosen": ["some"], "words": "", "at": "3:06 pm"}
        site.answer = lambda route, fields: reply(route, 409, theirs)
        choose(page, "few")
        expect(page.locator(".clash [data-clash-saved]")).to_have_text("3 to 5")
