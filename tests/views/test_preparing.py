"""Before the session: usual answers are offered to each client, the limit never is."""

from __future__ import annotations

import pytest

from agreements.models import Position, UsualAnswer
from tests import tablet
from tests.doors import seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def test_usual_answers_are_offered_for_the_next_client_and_the_limit_is_empty():
    lee = seen_by(at="/usual/adult-outpatient/")
    usual = {key: value for key, value in tablet.PREPARED.items() if not key.startswith("limit")}
    assert "limit" not in lee.page.form_with("Save my usual answers").offered
    lee.press("Save my usual answers", **usual)
    assert set(UsualAnswer.objects.values_list("clause_key", flat=True)) == set(tablet.TURN)
    tablet.add_client(lee)
    tablet.start(lee)
    shown = lee.page.form_with("Save and begin together").given
    assert {key: shown[key] for key in usual} == {k: [v] if isinstance(v, str) else v for k, v in usual.items()}
    assert (shown["limit_words"], shown.get("limit", [])) == ([""], [])


def test_preparing_without_the_limit_says_what_is_missing_and_keeps_the_rest():
    lee = seen_by()
    tablet.add_client(lee)
    tablet.prepare(lee, limit=[], limit_words="")
    assert lee.page.status == 422
    assert "Please write a few words." in lee.page.main
    assert (lee.page.values("often"), lee.page.values("often_reason")) == (
        ["three_five"],
        ["Most days is more than I can."],
    )
    assert not Position.objects.filter(party__role="therapist").exists()
