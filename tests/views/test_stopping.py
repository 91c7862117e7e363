"""Texting stops: the client at once and without a reason; sooner than agreed is written down with its reason (H21)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from agreements.models import Draft, Ending, Party, Tightening
from agreements.rules.vocabulary import Role
from tests import builders
from tests.doors import seen_by
from tests.papers import sheets

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def test_the_client_stops_at_once_and_no_reason_is_asked_or_kept(sealed):
    lee = seen_by(at=f"/clients/{sealed.agreement.client_id}/")
    lee.follow("Texting stops")
    lee.press("Record it", by_role="client", reason="safety", how="texted")
    assert "Nobody texts since 23 November 2026." in lee.page.main
    assert "texting stopped" in lee.open(f"/clients/{sealed.agreement.client_id}/").main
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
    assert "a notice of 2 sessions that begins today is over on 7 December 2026" in lee.page.main
    lee.press("Record it", by_role="therapist", reason="illness")
    assert (lee.page.status, Ending.objects.count()) == (422, 0)
    lee.press("Record it", effective_on="2026-12-07")
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
    assert "texting ended" in lee.follow("Back").main
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


def test_an_announced_stop_is_in_force_until_its_day_and_its_page_waits_under_needs_you(sealed, on_the_day):
    page, look = f"/clients/{sealed.agreement.client_id}/", "look again on"
    assert f"{look} 21 December 2026" in seen_by(at=page).page.main
    lee = seen_by(at=f"/agreements/{sealed.agreement_id}/stop/")
    lee.press("Record it", by_role="therapist", effective_on="2026-12-07")
    assert "Until 7 December 2026 the agreement holds." in lee.page.main
    assert lee.page.values("taper") == ["Less from week to week: 30 November 2026."]
    lee.open(page)
    assert ("agreement in force" in lee.page.main, "texting ends on 7 December" in lee.page.main) == (True, True)
    assert look not in lee.page.main
    assert "What takes the place of texting is not written down yet." in lee.page.main
    assert "M.R.: the page about the end is not filled yet" in lee.open("/").main
    on_the_day.shift(timedelta(days=14))
    gone = seen_by(at=page).page.main
    assert ("texting stopped" in gone, look in gone) == (True, False)


def test_the_ending_page_is_filled_and_printed(sealed):
    lee = seen_by(at=f"/agreements/{sealed.agreement_id}/stop/")
    lee.press("Record it", by_role="client", how="said")
    lee.press("Save", instead="")
    assert (lee.page.status, 'href="#id_instead"' in lee.page.main) == (422, True)
    lee.press("Save", instead="A note, brought to session.", taper="")
    assert "not filled yet" not in lee.open("/").main
    lee.open(f"/agreements/{sealed.agreement_id}/ending/")
    assert lee.page.values("instead") == ["A note, brought to session."]
    page, _card = sheets(lee.client.get(f"/agreements/{sealed.agreement_id}/ended/").content)
    assert page.startswith("1 · Danger now.")
    assert "What takes its place A note, brought to session." in page


def test_during_the_notice_the_two_look_again_and_a_stop_at_once_lays_that_round_down(sealed):
    lee = seen_by(at=f"/agreements/{sealed.agreement_id}/stop/")
    lee.press("Record it", by_role="therapist", effective_on="2026-12-07")
    page = f"/clients/{sealed.agreement.client_id}/"
    lee.open(page)
    lee.press("Look again together")
    [draft] = Draft.objects.filter(set_aside_at=None, review__isnull=False)
    assert draft.agreement_id == sealed.agreement_id
    desk = seen_by(at=page)
    for words in (
        "agreement in force", "texting ends on 7 December", "Go on together", "look at our texting", "gets stricter",
    ):  # fmt: skip
        assert words in desk.page.main
    desk.follow("Texting stops")
    desk.press("Record it", by_role="client")
    desk.open(page)
    assert ("texting stopped" in desk.page.main, "Start together" in desk.page.main) == (True, True)
    for words in ("Go on together", "Look again", "look at our texting", "gets stricter"):
        assert words not in desk.page.main
    lee.press("This is right for me")
    assert "Texting has stopped. To text again, the two of you make a new agreement." in lee.page.main


def test_a_stricter_term_is_announced_and_stands_under_needs_you(sealed):
    lee = seen_by(at=f"/clients/{sealed.agreement.client_id}/")
    lee.follow("A term gets stricter")
    assert lee.page.values("from_on") == ["2026-12-07"]
    lee.press("Record it", clause_key="often", from_on="2026-11-24")
    assert "Please choose why it is sooner than agreed." in lee.page.main
    lee.press("Record it", reason="illness")
    told = "It was said that “How often” gets stricter from 24 November 2026, without the agreed notice: Illness."
    assert f"{told} It comes first next time." in lee.page.main
    assert Tightening.objects.get().without_notice
    assert "M.R.: you said a term gets stricter from 24 November" in lee.open("/").main
    assert told in lee.open(f"/clients/{sealed.agreement.client_id}/log/").main
    lee.open(f"/clients/{sealed.agreement.client_id}/")
    lee.press("Look again together")
    lee.press("This is right for me")
    assert "First today: How often" in lee.page.main


def test_whoever_takes_part_may_stop_at_once_and_a_guardian_takes_back_the_consent(sealed):
    joins = partial(Party.objects.create, agreement=sealed.agreement)
    joins(role=Role.PARTNER, name="Sam Okafor", called="Sam")
    joins(role=Role.GUARDIAN, name="Ana B.", called="Ana")
    joins(role=Role.GUARDIAN, number=2, name="Rafi B.", called="Rafi", signs=False)
    joins(role=Role.GUARDIAN, number=3, name="Zoe B.", called="Zoe", gone=True)
    joins(role=Role.INTERPRETER, name="Lin Wu", called="Lin", signs=False)
    lee = seen_by(at=f"/agreements/{sealed.agreement_id}/stop/")
    assert lee.page.form_with("Record it").offered["by_role"] == {
        "client", "partner", "guardian", "therapist", "sooner", "both",
    }  # fmt: skip
    assert "Ana takes the consent back, at once" in lee.page.main
    lee.press("Record it", by_role="guardian", how="said")
    [ending] = Ending.objects.all()
    assert (ending.by_role, ending.day.isoformat(), ending.reason) == ("guardian", "2026-11-23", "")
    told = "Ana took the consent back. Texting stopped on 23 November 2026."
    assert told in lee.open(f"/clients/{sealed.agreement.client_id}/log/").main
    page, _card = sheets(lee.client.get(f"/agreements/{sealed.agreement_id}/ended/").content)
    assert told in page
