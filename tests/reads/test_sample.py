"""Two sample people with an edition: all in memory, the same for a draft, whole for an edition where nobody texts."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
import zeal
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from agreements.actions import library, sample_paper
from agreements.models import Edition, Practice
from agreements.reads import library as editions
from agreements.reads import sample, talk
from agreements.reads.room import Room
from agreements.rules.edition_file import FORMAT
from agreements.rules.vocabulary import Outcome, Paper, Voice
from tests import builders
from tests.actions.test_library import adult
from tests.builders import NOW
from tests.papers import sheets
from tests.views.test_headers import contents

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Practice:
    return builders.a_practice()


def nobody_texts() -> dict[str, Any]:
    """An edition of two fixed clauses."""
    clauses = [
        {
            "order": number, "key": key, "topic": "", "kind": "fixed", "mode": "locked", "asked": "how",
            "texts": {"en": {"heading": heading, "words": words}},
        }
        for number, (key, heading, words) in enumerate(
            [("why_not", "Why not", "We do not text, so there is no limit to set."), ("calls", "Calls", "We call [[phone]].")], 1
        )
    ]  # fmt: skip
    facts = {"number": 1, "read_by": "nobody yet", "update_rule": "Once a year.", "funding": "Nobody paid."}
    family = {"key": "no-texting", "name": "No texting"}
    return {"format": FORMAT, "family": family, "edition": facts, "clauses": clauses}


def a_draft(data: dict[str, Any]) -> Edition:
    return editions.whole(library.read_in(data=data, by=None, now=NOW).pk)


def a_room(edition: Edition, practice: Practice, stage: sample.Stage) -> Room:
    return sample.room(edition, practice, stage=stage, now=NOW)


def test_before_the_turn_nobody_has_answered(practice: Practice) -> None:
    room = a_room(a_draft(adult()), practice, sample.Stage.BEGUN)
    assert {(seen.decided, len(seen.positions)) for seen in room.terms} == {(False, 0)}
    assert (room.client.called, room.therapist.called) == ("Maya", "Dr Lee")


def test_after_the_turn_they_differ_on_one_question_and_the_limit_is_stated(practice: Practice) -> None:
    room = a_room(a_draft(adult()), practice, sample.Stage.ANSWERED)
    found = talk.overview(room)
    assert ([seen.key for seen in found.different], [seen.key for seen in found.unsure]) == (["often"], [])
    assert sample.differing(room) == found.different[0]
    therapist = talk.difference(room, found.different[0]).sides[1]
    assert (therapist.who, therapist.words, therapist.reason) == (
        "Dr Lee",
        "1 or 2 a week",
        "My evenings are for my family.",
    )
    assert [seen.key for seen in room.terms if set(seen.positions) == {"therapist"}] == ["limit"]


def test_a_room_asks_nothing_of_the_database(practice: Practice) -> None:
    edition = a_draft(adult())
    with CaptureQueriesContext(connection) as asked, zeal.zeal_context():
        for stage in sample.Stage:
            a_room(edition, practice, stage)
    assert len(asked) == 0


def test_the_paper_of_a_draft_is_two_pages_and_the_cards_says_that_it_is_a_sample_and_leaves_no_trace(
    practice: Practice,
) -> None:
    edition, before = a_draft(adult()), None
    before = contents()
    for size, (width, height) in {Paper.LETTER: (612, 792), Paper.A4: (595, 842)}.items():
        made = sample_paper.sample_paper(edition=edition, practice=practice, paper=size, now=NOW)
        assert (made.pdf[:4], made.pages, made.cards) == (b"%PDF", 2, 1)
        box = PdfReader(BytesIO(made.pdf)).pages[0].mediabox
        assert (round(float(box.width)), round(float(box.height))) == (width, height)
        said = sheets(made.pdf)
        assert [page.count("Sample, not an agreement") >= 1 for page in said] == [True, True, True]
        assert "edition 2 of 23 November 2026, read by nobody yet" in " ".join(said)
        assert b"/Sig" not in made.pdf
    assert contents() == before


@pytest.mark.parametrize(("country", "voice"), [("US", Voice.UNSAFE), ("FR", Voice.UNSAFE)])
def test_the_longest_paper_is_that_of_the_longest_box(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, country: str, voice: Voice
) -> None:
    practice.country = country
    monkeypatch.setattr(sample_paper, "paper_of", lambda room, now: room)
    made = sample_paper.longest_paper(edition=a_draft(adult()), practice=practice, paper=Paper.LETTER, now=NOW)
    assert made.draft.agreement.client.voice == voice
    purpose, often = (next(seen for seen in made.terms if seen.key == key) for key in ("purpose", "often"))
    assert purpose.answer.chosen == tuple(choice.key for choice in purpose.choices if choice.key != "no_texting")
    [chosen] = [choice for choice in often.choices if choice.key in often.answer.chosen]
    assert len(chosen.words or chosen.label) == max(len(choice.words or choice.label) for choice in often.choices)


def test_a_paper_of_real_people_says_nothing_of_a_sample() -> None:
    from tests.papers import on_paper
    from tests.records import a_record

    assert not any("Sample" in page for page in sheets(on_paper(a_record())))


def test_an_edition_where_nobody_texts_prints_its_own_words(practice: Practice) -> None:
    edition = a_draft(nobody_texts())
    room = a_room(edition, practice, sample.Stage.BEGUN)
    assert room.draft.outcome == Outcome.NO_TEXTING
    made = sample_paper.sample_paper(edition=edition, practice=practice, paper=Paper.LETTER, now=NOW)
    said = " ".join(sheets(made.pdf))
    assert ("We do not text, so there is no limit to set." in said, "We call (555) 010-0143." in said) == (True, True)
    assert (made.pages, made.cards) == (1, 1)


def test_an_edition_with_words_missing_cannot_be_shown(practice: Practice) -> None:
    edition = a_draft(adult())
    edition.clauses.all()[3].texts.all().delete()
    with pytest.raises(sample.NotWhole, match="night"):
        a_room(editions.whole(edition.pk), practice, sample.Stage.BEGUN)
