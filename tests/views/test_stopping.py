"""Texting stops: the client at once and without a reason; sooner than agreed is written down with its reason (H21)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.models import Ending
from tests import builders
from tests.doors import seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def test_the_client_stops_at_once_and_no_reason_is_asked_or_kept(sealed):
    lee = seen_by(at=f"/clients/{sealed.agreement.client_id}/")
    lee.follow("Texting stops")
    lee.press("Record it", by_role="client", reason="safety")
    assert "texting stopped" in lee.page.main
    [ending] = Ending.objects.all()
    assert (ending.by_role, ending.planned, ending.without_notice, ending.reason) == ("client", False, False, "")
    assert ending.effective_on.isoformat() == "2026-11-23"


def test_a_stop_said_on_an_earlier_day_is_kept_with_that_day(sealed, on_the_day):
    on_the_day.shift(timedelta(days=3))
    lee = seen_by(at=f"/agreements/{sealed.agreement_id}/stop/")
    assert lee.page.values("effective_on") == ["2026-11-26"]
    for day in ("2026-11-22", "2026-11-27"):
        lee.press("Record it", by_role="client", effective_on=day)
        assert (lee.page.status, lee.page.values("effective_on")) == (422, [day])
        assert "Please choose a day from 23 November 2026 to 26 November 2026." in lee.page.main
    lee.press("Record it", effective_on="2026-11-24")
    assert Ending.objects.get().effective_on.isoformat() == "2026-11-24"


def test_the_therapist_after_the_agreed_notice_gives_no_reason(sealed):
    lee = seen_by(at=f"/agreements/{sealed.agreement_id}/stop/")
    assert "Dr Lee stops or tightens after 2 sessions’ notice." in lee.page.main
    lee.press("Record it", by_role="therapist", reason="illness")
    [ending] = Ending.objects.all()
    assert (ending.by_role, ending.without_notice, ending.reason) == ("therapist", False, "")


def test_the_therapist_sooner_than_agreed_must_choose_why_and_the_rest_stays(sealed):
    lee = seen_by(at=f"/agreements/{sealed.agreement_id}/stop/")
    lee.press("Record it", by_role="sooner")
    assert lee.page.status == 422
    assert "Please choose why texting stops without the agreed notice." in lee.page.main
    assert lee.page.values("by_role") == ["sooner"]
    assert lee.page.form_with("Record it").offered["reason"] == {"safety", "illness", "closing", "cannot"}
    lee.press("Record it", reason="cannot")
    [ending] = Ending.objects.all()
    assert (ending.by_role, ending.without_notice, ending.reason) == ("therapist", True, "cannot")


def test_an_ending_both_planned_is_called_ended(sealed):
    lee = seen_by(at=f"/agreements/{sealed.agreement_id}/stop/")
    lee.press("Record it", by_role="both")
    assert "texting ended" in lee.page.main
    assert Ending.objects.get().planned


@pytest.mark.parametrize("day", ["", "soon", "2026-13-01"])
def test_a_day_that_is_none_is_asked_for_in_words(day, sealed):
    lee = seen_by(at=f"/agreements/{sealed.agreement_id}/stop/")
    lee.press("Record it", by_role="client", effective_on=day)
    assert (lee.page.status, "Please choose the day" in lee.page.main) == (422, True)
    assert not Ending.objects.exists()


def test_what_is_not_in_force_cannot_stop():
    agreement = builders.a_sealed_agreement(script=builders.NO_TEXTING)
    lee = seen_by(at=f"/agreements/{agreement.pk}/stop/")
    lee.press("Record it", by_role="client")
    assert lee.page.status == 422
    assert "There is no texting agreement in force." in lee.page.main
