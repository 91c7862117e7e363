"""The sentences of moments.md as people meet them: the room's page, its footer, the sealed paper and its card."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from itertools import cycle

import pytest

from agreements.actions import people
from agreements.rules import crisis
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Outcome, Voice
from tests import builders
from tests.builders import NOW
from tests.doors import seen_by
from tests.papers import freshly, sheets
from tests.records import a_short_record
from tests.records import resources as shipped
from tests.rules.agreed import facts
from tests.rules.box_words import CONTACT, HEADS, LAST, PLACES, steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def plain(markup: str) -> str:
    """What a page says, tags left out and white space made single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())


def whole(place: tuple[str, str], voice: Voice) -> list[str]:
    """Heading and text of each step, then the last line."""
    return [f"{head} {words}" for head, words in zip(HEADS, steps(PLACES[place], voice), strict=True)] + [LAST]


@pytest.mark.parametrize(("country", "area"), sorted(PLACES))
def test_the_rooms_page_and_its_footer_say_what_moments_says(country, area):
    draft = builders.a_draft(until=Step.BOX)
    lee = seen_by()
    for voice in Voice:
        people.change_client(
            client=draft.agreement.client, by=draft.agreement.therapist, now=NOW, country=country, area=area,
            voice=voice, contact=CONTACT[voice],
        )  # fmt: skip
        page = lee.open(f"/room/{draft.pk}/box/")
        footer = page.html.split("<footer", 1)[1]
        for text in (plain(page.main), plain(footer)):
            assert [line for line in whole((country, area), voice) if line not in text] == []


@pytest.mark.parametrize(("place", "voice"), list(zip(sorted(PLACES), cycle(Voice), strict=False)))
def test_the_paper_and_the_card_say_what_moments_says(place, voice):
    """Every place, each with one of the three voices; what all of them say is in tests/rules/test_crisis_wording.py."""
    record, (country, area) = a_short_record(Outcome.NOT_FOR_NOW), place
    known = facts(country, area=area, voice=voice, contact=CONTACT[voice])
    box, rows = crisis.box(known, shipped()), crisis.carried(known, shipped())
    printed = replace(
        record.box, country=country, area=area, voice=voice, contact=CONTACT[voice], steps=box.steps,
        card=crisis.card(known, rows), more=box.more,
    )  # fmt: skip
    first, *_rest, card = sheets(freshly(replace(record, box=printed, crisis=rows)))
    for page in (first, card):
        squeezed = page.replace(" ", "")
        assert [line for line in whole(place, voice) if line.replace(" ", "") not in squeezed] == []
