"""The wording of the box and of the card equals moments.md for every place and each answer about voice."""

import pytest

from agreements.rules import crisis
from agreements.rules.vocabulary import Voice
from tests.rules.agreed import facts, resources
from tests.rules.box_words import CONTACT, HEADS, LAST, PLACES, steps

ROWS = resources()


def test_every_place_that_ships_is_spelled_out() -> None:
    assert set(PLACES) == {(row.country, row.area) for row in ROWS}


@pytest.mark.parametrize("voice", list(Voice))
@pytest.mark.parametrize(("country", "area"), sorted(PLACES))
def test_the_box_and_the_card_say_what_moments_says(country: str, area: str, voice: Voice) -> None:
    known = facts(country, area=area, voice=voice, contact=CONTACT[voice])
    box = crisis.box(known, ROWS)
    assert [step.words for step in box.steps] == steps(PLACES[country, area], voice)
    assert [step.head for step in box.steps] == HEADS
    assert box.last == LAST
    assert [step.words for step in crisis.card(known, ROWS)] == steps(PLACES[country, area], voice)
