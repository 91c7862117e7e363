"""The rules that ask a term for something: a guardian, time away, a pause after self-harm (H20, H23, H24)."""

from dataclasses import replace
from itertools import product

import pytest

from agreements.rules import crisis, safety
from agreements.rules.record import AgreementRecord, InterimRecord, PartyRecord, TermRecord
from agreements.rules.safety import Check
from agreements.rules.safety_phrases import lacks, rests
from agreements.rules.vocabulary import UNSURE, Answer, CallHours, CheckedHow, Contact, Outcome, Role, TermState, Voice
from tests.rules.agreed import HOURS, TODAY, an_agreement, facts, resources, saying, without

CHECKS = {row.key: Check(TODAY, CheckedHow.CALLED) for row in resources()}
TOLD = "Ana sees the times and dates of texts. If there is serious danger, Dr Lee may tell Ana."
HELD = (
    "Ask for coaching before you act on an urge. If you have hurt yourself, get care first. "
    "Then coaching waits 24 hours. The crisis steps and repair calls never wait."
)


def found(record: AgreementRecord, rule: str) -> list[tuple[str, bool]]:
    hits = safety.findings(record, today=TODAY, checks=CHECKS)
    return [(hit.where, hit.blocks) for hit in hits if hit.rule == rule]


def with_term(topic: str, words: str, value: Answer | None = None, **changes: object) -> AgreementRecord:
    """An agreement with one more term, of a family's own topic."""
    term = TermRecord(topic, topic, "Heading", TermState.AGREED, value or Answer(("some",)), words)
    record = an_agreement()
    return replace(record, terms=(*record.terms, replace(term, **changes)))


def test_h20_a_young_person_is_told_what_a_guardian_sees() -> None:
    assert found(with_term("guardian", TOLD), "H20") == []
    assert found(with_term("guardian", "Ana is a good mother."), "H20") == [("guardian", True)]
    for value in (Answer((UNSURE,)), Answer()):
        assert found(with_term("guardian", TOLD, value), "H20") == [("guardian", True)]
    until = {"state": TermState.OPEN, "interim": InterimRecord(Answer(("some",)), TOLD)}
    left_open = with_term("guardian", TOLD, **until, open_until=an_agreement().review_on)
    assert found(left_open, "H20") == [("guardian", True)]
    assert found(replace(with_term("guardian", "-"), outcome=Outcome.NO_TEXTING), "H20") == []


def test_h20_a_guardian_takes_part_only_where_it_is_said_what_they_see() -> None:
    ana = PartyRecord(Role.GUARDIAN, "Ana B.", "Ana")
    told = with_term("guardian", TOLD)
    assert found(replace(told, parties=(*told.parties, ana)), "H20") == []
    silent = replace(an_agreement(), parties=(*an_agreement().parties, ana))
    assert found(silent, "H20") == [("guardian", True)]
    assert found(replace(silent, outcome=Outcome.NO_TEXTING), "H20") == []


def test_h23_time_away_is_answered() -> None:
    assert found(an_agreement(), "H23") == []
    for record in (without("away"), without("away", Answer()), without("away", Answer((UNSURE,)))):
        assert found(record, "H23") == [("away", True)]
        assert found(replace(record, outcome=Outcome.NO_TEXTING), "H23") == []


def test_h23_step_2_covers_time_away_for_every_voice_and_in_all_call_hours() -> None:
    rows = crisis.for_place(resources(), "US", "")
    modes = (HOURS, crisis.CallTimes(CallHours.ANY), crisis.CallTimes(CallHours.NEVER))
    for voice, calls in product(Voice, modes):
        step = crisis.box(facts(voice=voice, calls=calls, contact=Contact.TEXT), rows).steps[1].words
        therapist, line = step.find("call Dr Lee"), step.find("988")
        assert line >= 0
        assert therapist < 0 or line < therapist or "time away" in step, (voice, calls, step)


LACKING = [
    "After self-harm, coaching rests for 24 hours.",
    "After self-harm, coaching waits 24 hours.",
    "No coaching for 24 hours after self-harm. The crisis steps never wait.",
    "If you have hurt yourself, coaching waits 24 hours. Get care first.",
    "We pause texting for two days after an overdose. Care comes first. Talks to repair never wait.",
    "If you cut yourself, texts stop for 48 hours.",
]
WHOLE = [
    HELD,
    "No coaching for 24 hours after self-harm. Medical care, the crisis steps and repair talks never wait.",
    "After self-harm, texting stops for 48 hours. Care first. This never holds up the crisis steps or a repair talk.",
]
OTHERWISE = [
    "Coaching does not wait 24 hours after self-harm.",
    "Most answers come within 24 hours.",
    "After self-harm we talk about it in session.",
    "No texts for 24 hours before a holiday.",
]


@pytest.mark.parametrize("text", LACKING)
def test_h24_a_pause_after_self_harm_prints_what_never_waits(text: str) -> None:
    assert found(saying(text), "H24") == [("extra", True)]
    assert (rests("en", text), lacks("H24", "en", text)) == (True, True)


@pytest.mark.parametrize("text", WHOLE)
def test_h24_a_pause_with_its_exceptions_may_stand(text: str) -> None:
    assert [hit for hit in safety.findings(saying(text), today=TODAY, checks=CHECKS) if hit.blocks] == []
    assert (rests("en", text), lacks("H24", "en", text)) == (True, False)


@pytest.mark.parametrize("text", OTHERWISE)
def test_h24_asks_nothing_where_nothing_rests(text: str) -> None:
    assert found(saying(text), "H24") == []


def test_h24_a_coaching_term_is_about_self_harm_without_saying_so() -> None:
    assert found(with_term("coaching", "Coaching waits 24 hours."), "H24") == [("coaching", True)]
    assert found(saying("Coaching waits 24 hours."), "H24") == []
    assert found(with_term("coaching", HELD), "H24") == []
    until = {"state": TermState.OPEN, "interim": InterimRecord(Answer(("some",)), LACKING[0])}
    left_open = with_term("coaching", "", **until, open_until=an_agreement().review_on)
    assert found(left_open, "H24") == [("coaching", True)]
