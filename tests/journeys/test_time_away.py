"""The origin pair's vacation, through the public door: said on time, no texting though allowed, a card half-way (O9)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agreements.models import AbsenceTask
from agreements.reads import away
from tests import builders
from tests.doors import seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
PLAN = {"texting": "none", "hold": "card", "post": "mailed", "mailer": "Rosa", "knows": "name"}


def test_o9_h23_two_weeks_without_texts_and_a_card_half_way(on_the_day):
    agreement = builders.a_sealed_agreement()
    lee = seen_by(at="/away/new/")
    colleague = {"cover": "person", "cover_name": "Dr Okafor", "cover_phone": "(555) 010-0160"}
    lee.press("Save", starts_on="2026-12-14", ends_on="2026-12-27", **colleague)
    absence = lee.page.path
    lee.press("Go through it together")
    lee.press("This works for both of us", **PLAN)
    lee.leave()
    lee.open(absence)
    lee.follow("Print the away sheets")
    lee.press("It is printed, next")
    assert "All are printed." in lee.page.main
    assert lee.posts <= 7

    for kind, day in (("write", 7), ("give", 12), ("mail", 21)):
        on_the_day.move_to(builders.NOW + timedelta(days=day + 7))  # the day in December
        assert AbsenceTask.objects.filter(kind=kind, done_at=None).get().due_on == date(2026, 12, day)
        lee = seen_by()
        lee.press("Done")
        assert not AbsenceTask.objects.filter(kind=kind, done_at=None).exists()
    assert "you are away" in lee.open(f"/clients/{agreement.client_id}/").main

    on_the_day.move_to(builders.NOW + timedelta(days=35))
    lee = seen_by()
    assert "M.R.: look at it together: how was it?, 28 December" in lee.open("/").main
    assert "At the next look, ask: how was it?" in lee.open(f"/clients/{agreement.client_id}/").main
    [over] = away.to_ask_about(agreement, today=date(2026, 12, 28))
    assert over.ends_on == date(2026, 12, 27)
