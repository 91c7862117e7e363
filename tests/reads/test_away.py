"""What holds of a time away: what the next review asks about, and how long the lines of a place hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agreements.actions import absences
from agreements.models import Agreement, Practice
from agreements.reads import away
from agreements.reads.absences import affected
from agreements.rules.away_words import Hold
from tests import builders
from tests.away import a_time_away, announced
from tests.builders import NOW
from tests.views.conftest import house, sealed

__all__ = ["house", "sealed"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
DAY, TODAY = timedelta(days=1), NOW.date()
LAST = date(2026, 12, 27)


def test_after_the_return_the_next_review_asks_how_it_was(sealed) -> None:
    agreement = Agreement.objects.get(pk=sealed.agreement_id)
    first = a_time_away(agreement)
    assert away.to_ask_about(agreement, today=LAST) == []
    assert away.to_ask_about(agreement, today=LAST + DAY) == [first]
    second = announced(agreement.therapist, LAST + 9 * DAY, LAST + 9 * DAY)
    announced(builders.a_therapist("other"))
    assert away.to_ask_about(agreement, today=LAST + 30 * DAY) == [first, second]
    absences.call_off(absence=second, by=agreement.therapist, now=NOW)
    assert away.to_ask_about(agreement, today=LAST + 30 * DAY) == [first]


def test_a_place_has_its_own_lines_and_those_of_its_country(sealed) -> None:
    year = date(2027, 11, 23)
    found = away.lines_until([("US", ""), ("GB", "ENG"), ("ZZ", "")], demo=False)
    assert found == {("US", ""): year, ("GB", "ENG"): year, ("ZZ", ""): None}


def test_who_is_not_in_force_then_is_not_affected(sealed) -> None:
    builders.a_sealed_document(client=builders.a_client(name="Noor B.", called="Noor"), script=builders.NO_TEXTING)
    absence = announced(sealed.agreement.therapist)
    [one] = affected(absence, now=NOW)
    assert (one.label, one.say_by, one.lacks, one.whole, one.late_days) == ("M.R.", date(2026, 11, 30), (), False, 0)
    assert (
        one.words == "Dr Lee gives two weeks’ notice. No texts, though allowed. A handwritten card is mailed half-way."
    )
    assert (one.holds.texting, one.holds.hold, one.holds.planned) == ("none", Hold.NONE, False)
    assert Practice.objects.get().demo is False
