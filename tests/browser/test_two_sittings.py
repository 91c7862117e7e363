"""Stop after the differences, go on a week later in another browser: nothing is lost, and it is the same place."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from agreements.management import walk
from agreements.models import User
from agreements.rules.steps import Step
from tests import builders
from tests.browser import journey
from tests.browser.conftest import Clock, Opener
from tests.tools import needs

pytestmark = needs("chromium")


def test_a_week_later_in_another_browser_the_two_go_on_at_the_same_place(
    opened: Opener, therapist: User, clock: Clock
) -> None:
    script = walk.Script(therapist={key: walk.choose(value) for key, value in journey.TWO_DIFFER.items()})
    draft = builders.a_draft(until=Step.START, client=builders.a_client(therapist), script=script)
    first = opened(user=therapist)
    first.open(f"/room/{draft.pk}/")
    journey.first_half(first)
    journey.settle(first, {"often": "most_days", "night": "open:therapist"})
    first.tap(first.option("too_much", "note"))
    first.lead_on(first.page.get_by_role("button", name="Stop for today"))
    assert first.pages[-1] == "pause"
    first.context.close()

    clock.put_forward(timedelta(days=7))
    second = opened()
    second.sign_in(therapist, builders.PASSWORD)
    second.lead_on(second.page.locator("main").get_by_role("link", name="M.R.", exact=True))
    second.go("Go on together")
    assert second.pages[-3:] == ["home", "client", "hard"]
    assert second.chosen("too_much") == ["note"]
    journey.second_half(second)
    assert second.pages[-4:] == ["how", "what_if", "read", "sign"]
    second.lead_on(second.page.get_by_role("link", name="Back"))
    rows = second.page.locator("dl.rows")
    expect(rows).to_contain_text("A text on most days")
    expect(rows).to_contain_text("Not decided yet")
    expect(rows).to_contain_text("Until then Dr Lee’s answer:")
    expect(rows).to_contain_text("9 pm to 8 am")
    expect(rows).to_contain_text("practising reaching out")
    expect(second.page.locator("main")).to_contain_text("28 December 2026")
