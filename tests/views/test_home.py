"""The first page: what needs the therapist, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.actions import people
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Voice
from tests import builders
from tests.doors import seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def test_nothing_is_asked_of_a_therapist_without_clients():
    lee = seen_by()
    assert "Needs you" not in lee.page.main
    assert "No clients yet." in lee.page.main


def test_a_round_that_is_not_signed_stands_under_needs_you():
    builders.a_draft(until=Step.START)
    assert "Maya: not signed yet" in seen_by().page.main


def test_whoever_signed_before_the_text_changed_signs_again():
    draft = builders.a_draft(until=Step.SIGN)
    lee = seen_by()
    lee.open(f"/room/{draft.pk}/sign/client/")
    lee.press("Sign as Maya R.")
    assert "Maya: not signed yet" in seen_by().page.main
    client = draft.agreement.client
    people.change_client(client=client, by=client.therapist, now=builders.NOW, voice=Voice.NO_VOICE)
    lee = seen_by()
    assert "Maya: the text changed after signing; please read it together and sign again" in lee.page.main
    assert "signed, then the text changed" in lee.page.main
    lee.open(f"/clients/{client.pk}/")
    assert "What was signed no longer counts." in lee.page.main


def test_a_review_stands_under_needs_you_from_its_day_on(sealed, on_the_day):
    assert "time to look again" not in seen_by().page.main
    on_the_day.shift(timedelta(days=27))
    assert "time to look again" not in seen_by().page.main
    on_the_day.shift(timedelta(days=1))
    assert "Maya: time to look again, 21 December" in seen_by().page.main


def test_crisis_lines_stand_under_needs_you_thirty_days_before_their_check_ends(on_the_day):
    builders.a_client()
    assert "to check" not in seen_by().page.main
    on_the_day.shift(timedelta(days=340))
    assert "crisis lines to check" in seen_by().page.main
