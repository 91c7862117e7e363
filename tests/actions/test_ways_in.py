"""Each safety rule stands on every way in: the read-through, a new round, a file, an edition of a practice's own."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from agreements.actions import drafting, library, negotiation, sealing, transcription
from agreements.actions.refusals import Unsafe
from agreements.management.walk import walk
from agreements.models import Client, Draft, User, Version
from agreements.rules.record import AgreementRecord
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Answer
from tests import builders, editions
from tests.builders import NOW
from tests.rules.sentences import NASTY
from tests.rules.test_safety_terms import LACKING

pytestmark = pytest.mark.django_db
WORDS = {rule: texts[0] for rule, texts in NASTY.items() if rule not in ("H22", "H26")} | {"H24": LACKING[0]}


def says(draft: Draft, words: str, now=NOW) -> Draft:
    term = draft.terms.get(clause__key="extra")
    by = draft.agreement.therapist
    negotiation.decide(term=term, value=Answer((), words), seen_rev=term.rev, by=by, now=now)
    draft.refresh_from_db()
    return draft


def held(draft: Draft, now=NOW) -> set[str]:
    """The rules that stop signing."""
    before = Version.objects.count()
    with pytest.raises(Unsafe) as unsafe:
        sealing.freeze(draft=draft, by=draft.agreement.therapist, now=now)
    assert Version.objects.count() == before
    return {finding.rule for finding in unsafe.value.findings}


def test_on_the_screens() -> None:
    draft = builders.a_draft(until=Step.READ)
    assert {rule: held(says(draft, words)) for rule, words in WORDS.items()} == {rule: {rule} for rule in WORDS}


def test_in_a_new_round(quick_seal: None) -> None:
    client = builders.a_client()
    first = builders.a_draft(until=Step.READ, client=client)
    walk(first, by=client.therapist, now=NOW)
    later = NOW + timedelta(days=28)
    again = drafting.start(client=client, edition=builders.an_edition(), by=client.therapist, now=later)
    walk(again, by=client.therapist, now=later, until=Step.READ)
    found = {rule: held(says(again, words, later), later) for rule, words in WORDS.items()}
    assert found == {rule: {rule} for rule in WORDS}


def test_in_a_file_where_nobody_can_look() -> None:
    draft = builders.a_draft(until=Step.READ)
    told = AgreementRecord.from_json(sealing.freeze(draft=draft, by=User.objects.get(), now=NOW).snapshot)
    for rule, words in WORDS.items():
        changed = [replace(t, value=Answer((), words), words=words) if t.key == "extra" else t for t in told.terms]
        with pytest.raises(Unsafe) as unsafe:
            transcription.transcribe(told=replace(told, terms=tuple(changed)), therapist=User.objects.get(), now=NOW)
        assert {finding.rule for finding in unsafe.value.findings} == {rule}
    assert Client.objects.count() == 1


@pytest.mark.parametrize("place", ["words", "option"])
def test_in_an_edition_of_the_practices_own(place: str) -> None:
    builders.a_practice()
    assert [rule for rule, words in WORDS.items() if rule not in blocked(place, words)] == []
    assert blocked(place, "Emoji are fine.") == set()


@pytest.mark.parametrize(
    "words", ["If you can’t go on, text me.", "If you think of ending it, wait for our next session."]
)
def test_h07_danger_said_softly_is_held_on_the_screen_and_in_an_edition(words: str) -> None:
    draft = builders.a_draft(until=Step.READ)
    assert held(says(draft, words)) == {"H7"}
    assert blocked("words", words) == blocked("option", words) == {"H7"}


def test_h07_a_texting_arrangement_that_ends_is_no_danger() -> None:
    words = "If one of us thinks of ending the texting, we wait until our next session."
    draft = builders.a_draft(until=Step.READ)
    assert sealing.freeze(draft=says(draft, words), by=draft.agreement.therapist, now=NOW).draft == draft
    assert blocked("words", words) == set()


def blocked(place: str, words: str) -> set[str]:
    """The rules that stop publishing an edition with this sentence; nothing of it is published then."""
    data: dict[str, Any] = editions.data()
    silence = next(clause for clause in data["clauses"] if clause["key"] == "silence")
    where = silence["texts"]["en"] if place == "words" else silence["options"][0]["texts"]["en"]
    where["words"] = f"{where['words']} {words}" if place == "words" else words
    edition = library.read_in(data=data, by=None, now=NOW)
    try:
        library.publish(edition=edition, by=None, now=NOW)
    except library.Faulty as faulty:
        edition.refresh_from_db()
        assert edition.published_at is None
        return {each.text.split("(")[1].split(")")[0] for each in faulty.remarks}
    return set()
