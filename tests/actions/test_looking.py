"""H7 asks about the pair's own words: signing waits until the two have looked at both texts, and no longer."""

import json
from datetime import timedelta

import pytest

from agreements.actions import drafting, negotiation, sealing
from agreements.actions.refusals import NotNow, Unsafe
from agreements.management.walk import walk
from agreements.models import AuditEvent, Draft, Looked, Version
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Answer
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
OURS = "If I am suicidal I will text Dr Lee."
ANOTHER = "In danger I text Dr Lee."
PROMISE = "I promise not to kill myself."
LAST = "If anything in this agreement says otherwise, this box wins."


@pytest.fixture
def draft() -> Draft:
    return says(builders.a_draft(until=Step.READ), OURS)


def says(draft: Draft, words: str, key: str = "extra") -> Draft:
    """The draft with these words of the pair's own in a term."""
    term = draft.terms.get(clause__key=key)
    by = draft.agreement.therapist
    negotiation.decide(term=term, value=Answer((), words), seen_rev=term.rev, by=by, now=NOW)
    draft.refresh_from_db()
    return draft


def look(draft: Draft, sentence: str = OURS) -> Looked:
    return sealing.look(draft=draft, sentence=sentence, by=draft.agreement.therapist, now=NOW)


def held(draft: Draft, now=NOW) -> list[tuple[str, str]]:
    """The rule and the sentence of each finding that stops signing; nothing when a version is frozen."""
    try:
        sealing.freeze(draft=draft, by=draft.agreement.therapist, now=now)
    except Unsafe as unsafe:
        return [(finding.rule, finding.sentence) for finding in unsafe.findings]
    return []


def test_h07_signing_waits_until_the_two_have_looked(draft: Draft) -> None:
    assert held(draft) == [("H7", OURS)]
    assert Version.objects.count() == 0
    look(draft)
    assert held(draft) == []
    snapshot = Version.objects.get().snapshot
    assert snapshot["box"]["last"] == LAST
    assert [term["words"] for term in snapshot["terms"] if term["key"] == "extra"] == [OURS]


def test_h07_another_sentence_asks_again(draft: Draft) -> None:
    look(draft)
    says(draft, f"{OURS} {ANOTHER}")
    assert held(draft) == [("H7", ANOTHER)]
    says(draft, OURS)
    assert held(draft) == []
    look(says(draft, ANOTHER), ANOTHER)
    assert held(draft) == []


def test_h07_a_look_counts_for_its_own_round(draft: Draft, quick_seal) -> None:
    look(draft)
    walk(draft, by=draft.agreement.therapist, now=NOW)
    client, later = draft.agreement.client, NOW + timedelta(days=28)
    again = drafting.start(client=client, edition=builders.an_edition(), by=client.therapist, now=later)
    walk(again, by=client.therapist, now=later, until=Step.READ)
    assert held(says(again, OURS), later) == [("H7", OURS)]


def test_h07_looking_is_logged_without_the_words_and_twice_is_once(draft: Draft) -> None:
    first = look(draft)
    assert look(draft) == first == Looked.objects.get()
    [event] = AuditEvent.objects.filter(kind="looked at both texts")
    assert (event.subject, {**event.details, "row": None}) == (first.pk, {"row": None})
    assert OURS not in json.dumps(event.details)


def test_h07_no_rule_that_forbids_can_be_looked_away(draft: Draft) -> None:
    says(draft, PROMISE)
    assert held(draft) == [("H8", PROMISE)]
    for sentence in (PROMISE, "", "Anything."):
        with pytest.raises(NotNow, match="Please look once more"):
            look(draft, sentence)
    assert Looked.objects.count() == 0
