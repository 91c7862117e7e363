"""Texting stops: the client at once and without a reason; sooner than agreed is written down with its reason (H21)."""

from __future__ import annotations

import pytest

from agreements.models import Ending
from tests import builders
from tests.doors import seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def test_the_client_stops_at_once_and_no_reason_is_asked_or_kept(sealed):
    lee = seen_by(at=f"/clients/{sealed.agreement.client_id}/")
    lee.follow("Texting stops")
    lee.press("Record it", by_role="client", reason="something typed before", without_notice="on")
    assert "texting stopped" in lee.page.main
    [ending] = Ending.objects.all()
    assert (ending.by_role, ending.planned, ending.without_notice, ending.reason) == ("client", False, False, "")
    assert ending.effective_on.isoformat() == "2026-11-23"


def test_the_therapist_sooner_than_agreed_must_say_why_and_the_rest_stays(sealed):
    lee = seen_by(at=f"/agreements/{sealed.agreement_id}/stop/")
    lee.press("Record it", by_role="therapist", without_notice="on")
    assert lee.page.status == 422
    assert "Please say why texting stops without the agreed notice." in lee.page.main
    assert lee.page.values("by_role") == ["therapist"]
    lee.press("Record it", reason="I am ill and cannot go on.")
    [ending] = Ending.objects.all()
    assert (ending.by_role, ending.without_notice, ending.reason) == ("therapist", True, "I am ill and cannot go on.")


def test_an_ending_both_planned_is_called_ended(sealed):
    lee = seen_by(at=f"/agreements/{sealed.agreement_id}/stop/")
    lee.press("Record it", by_role="both")
    assert "texting ended" in lee.page.main
    assert Ending.objects.get().planned


def test_a_reason_of_fifty_thousand_characters_is_told_the_limit_and_stays(sealed):
    lee = seen_by(at=f"/agreements/{sealed.agreement_id}/stop/")
    lee.press("Record it", by_role="therapist", without_notice="on", reason="x" * 50_000)
    assert lee.page.status == 422
    assert "Please use at most 300 characters. You have 50000." in lee.page.main
    assert lee.page.values("reason") == ["x" * 50_000]
    assert not Ending.objects.exists()


def test_what_is_not_in_force_cannot_stop():
    agreement = builders.a_sealed_agreement(script=builders.NO_TEXTING)
    lee = seen_by(at=f"/agreements/{agreement.pk}/stop/")
    lee.press("Record it", by_role="client")
    assert lee.page.status == 422
    assert "There is no texting agreement in force." in lee.page.main
