"""Who goes on where they stopped is told in one line how far they came, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.actions import documents
from agreements.management import walk_again
from agreements.management.walk import Script
from agreements.rules.steps import Step
from tests import builders, tablet
from tests.doors import Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def goes_on(draft, traveller, *, days: int = 7) -> Visitor:
    traveller.shift(timedelta(days=days))
    lee = seen_by(at=f"/clients/{draft.agreement.client_id}/")
    lee.press("Go on together")
    return lee


def recap(lee: Visitor) -> str:
    return next((line for line in lee.page.main.split("<") if "Last time" in line), "").partition(">")[2].strip()


LEFT = Script(decisions={"often": "three_five", "night": "open:therapist"})
TOLD = {
    Step.START: "",
    Step.BOX: "Last time, on 23 November: we began.",
    Step.TURN: "Last time, on 23 November: one term agreed.",
    Step.SEEN: "Last time, on 23 November: one term agreed, two to talk about.",
    Step.TALK: "Last time, on 23 November: five terms agreed, two to talk about.",
    Step.HARD: "Last time, on 23 November: six terms agreed, one left open.",
    Step.READ: "Last time, on 23 November: 15 terms agreed, one left open.",
}


@pytest.mark.parametrize("step", list(TOLD))
def test_one_line_says_how_far_they_came(step, on_the_day):
    assert recap(goes_on(builders.a_draft(until=step, script=LEFT), on_the_day)) == TOLD[step]


def test_it_is_shown_once(on_the_day):
    lee = goes_on(builders.a_draft(until=Step.TALK), on_the_day)
    assert (tablet.at(lee.page), recap(lee)) == ("often", TOLD[Step.TALK])
    lee.open(lee.page.path)
    assert recap(lee) == ""
    lee.press(value="three_five")
    assert recap(lee) == ""


def test_the_next_time_it_is_that_sittings_day(on_the_day):
    draft = builders.a_draft(until=Step.TALK)
    lee = goes_on(draft, on_the_day)
    lee.press(value="three_five")
    lee.press("Stop for today")
    lee.leave()
    assert recap(goes_on(draft, on_the_day)) == "Last time, on 30 November: six terms agreed, one to talk about."


def test_not_today_leads_to_the_first_page_again_and_says_nothing(on_the_day):
    draft = builders.a_draft(until=Step.START)
    lee = seen_by(at=f"/room/{draft.pk}/start/")
    lee.follow("Not today")
    assert "Stopped for today" in lee.page.title
    lee.leave()
    lee = goes_on(draft, on_the_day)
    assert (tablet.at(lee.page), recap(lee)) == ("start", "")


def test_signing_in_on_the_way_to_a_page_tells_it_too(on_the_day):
    draft = builders.a_draft(until=Step.HARD)
    on_the_day.shift(timedelta(days=7))
    builders.a_therapist()
    lee = Visitor()
    lee.open(f"/account/login/?next=/room/{draft.pk}/hard/")
    lee.press("Sign in", login="lee", password=builders.PASSWORD)
    assert (tablet.at(lee.page), recap(lee)) == ("hard", "Last time, on 23 November: seven terms agreed.")


def test_heading_for_no_texting_is_named(on_the_day):
    draft = builders.a_draft(until=Step.SHORT, script=builders.NO_TEXTING)
    assert recap(goes_on(draft, on_the_day)) == "Last time, on 23 November: we were at “No texting”."


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Step.BOX, ""),
        (Step.SINCE, "Last time, on 23 November: we began to look again."),
        (Step.AGAIN, "Last time, on 23 November: two to talk about."),
    ],
)
def test_looking_again_counts_what_is_open_again_and_nothing_before_both_said(step, said, on_the_day, monkeypatch):
    monkeypatch.setattr(documents.pdf, "render", lambda sealed, marks: b"%PDF")
    monkeypatch.setattr(documents.pdf_signature, "seal", lambda pdf, now: pdf)
    draft = walk_again.begin(builders.a_sealed_document().agreement.client, now=builders.NOW)
    walk_again.walk_again(draft, now=builders.NOW, until=step, script=walk_again.TWO_CHANGES)
    assert recap(goes_on(draft, on_the_day)) == said
