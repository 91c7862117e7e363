"""Stopping anywhere and going on a week later, on another machine, at the same place with nothing lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.models import Client, Position, Term, Version
from agreements.rules.steps import Step
from agreements.rules.vocabulary import TermState
from tests import builders, tablet
from tests.doors import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

PLACES = {
    Step.PREPARE: "prepare", Step.START: "start", Step.BOX: "box", Step.PRIVACY: "privacy", Step.TURN: "turn",
    Step.SEEN: "seen", Step.TALK: "often", Step.HARD: "hard", Step.HOW: "how", Step.WHAT_IF: "what-if",
    Step.READ: "read", Step.SIGN: "read",  # what was read on another day is read once more
}  # fmt: skip


def a_week_later(traveller) -> Visitor:
    """The same therapist, a week later, in a browser that knows nothing."""
    traveller.shift(timedelta(days=7))
    visitor = Visitor(builders.a_therapist())
    visitor.open(f"/clients/{Client.objects.get().pk}/")
    return visitor


@pytest.mark.parametrize("step", list(PLACES))
def test_the_next_visit_opens_at_the_same_place(step, on_the_day):
    builders.a_draft(until=step)
    lee = a_week_later(on_the_day)
    assert tablet.at(lee.press("Go on together")) == PLACES[step]


def test_stopping_in_the_middle_of_the_turn_keeps_what_was_chosen(on_the_day):
    lee = tablet.lee()
    tablet.until_turn(lee)
    lee.press("Stop for today", often="most_days", purpose=["reach_out", "note"])
    assert "Stopped for today" in lee.page.title
    assert '<strong class="number">911</strong>' in lee.page.main
    lee = a_week_later(on_the_day)
    lee.press("Go on together")
    assert tablet.at(lee.page) == "turn"
    assert (lee.page.values("often"), lee.page.values("purpose")) == (["most_days"], ["reach_out", "note"])
    assert Position.objects.filter(party__role="client", rev__gt=0).count() == 2
    tablet.take_turn(lee)
    assert tablet.at(lee.page) == "seen"


def test_stopping_after_the_differences_loses_nothing_and_the_second_sitting_ends_signed(on_the_day):
    lee = tablet.lee()
    tablet.until_turn(lee)
    tablet.take_turn(lee)
    tablet.talk(lee)
    lee.press("Stop for today")
    lee = a_week_later(on_the_day)
    lee.press("Go on together")
    assert tablet.at(tablet.second_half(lee)) == "read"
    assert "21 December 2026" not in lee.page.main
    assert "28 December 2026" in lee.page.main  # four weeks from the day they sign
    lee.press("This is right.")
    assert Version.objects.get().snapshot["terms"][1]["value"]["chosen"] == ["three_five"]


def test_stopping_on_the_hard_page_keeps_what_was_chosen(on_the_day):
    builders.a_draft(until=Step.HARD)
    lee = a_week_later(on_the_day)
    lee.press("Go on together")
    lee.press("Stop for today", too_much="monthly")
    lee = a_week_later(on_the_day)
    lee.press("Go on together")
    assert lee.page.values("too_much") == ["monthly"]
    assert "notice" not in {term.clause.key for term in Term.objects.exclude(state=TermState.UNDECIDED)}
    assert lee.page.values("limit_heard") == []


def test_every_page_of_the_room_but_the_first_and_the_last_offers_to_stop():
    draft = builders.a_draft(until=Step.SIGN)
    lee = Visitor(builders.a_therapist())
    offers = {}
    for page in ("start", "box", "privacy", "turn", "seen", "hard", "how", "what-if", "read", "sign/client"):
        lee.open(f"/room/{draft.pk}/{page}/")
        assert lee.page.path == f"/room/{draft.pk}/{page}/"
        offers[page] = any(form.button("Stop for today", "") for form in lee.page.forms)
    assert [page for page, offered in offers.items() if not offered] == ["start"]


def test_not_quite_yet_beside_the_signature_keeps_everything(on_the_day):
    draft = builders.a_draft(until=Step.SIGN)
    lee = Visitor(builders.a_therapist())
    lee.open(f"/room/{draft.pk}/")
    lee.press("Not quite yet")
    assert "Stopped for today" in lee.page.title
    assert Version.objects.count() == 1
    assert tablet.at(lee.follow("Go on after all")) == "client"


def test_what_was_read_on_another_day_is_read_once_more_and_signed_with_the_new_dates(on_the_day):
    draft = builders.a_draft(until=Step.SIGN)
    lee = a_week_later(on_the_day)
    lee.press("Go on together")
    assert "28 December 2026" in lee.page.main
    lee.press("This is right.")
    assert tablet.at(lee.page) == "client"
    assert [version.review_on.isoformat() for version in draft.versions.all()] == ["2026-12-21", "2026-12-28"]
