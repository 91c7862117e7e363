"""Where a name is printed stands a name, on every way in (H3, H7)."""

from dataclasses import replace

import pytest

from agreements.rules import safety
from agreements.rules.crisis_faults import faults
from agreements.rules.crisis_phrases import Ours
from agreements.rules.record import AgreementRecord
from agreements.rules.safety_phrases import is_no_name
from agreements.rules.vocabulary import Role
from tests.rules.agreed import TODAY, an_agreement, facts, resources
from tests.rules.test_safety_phrases import CHECKS

BAD = [
    "Dr Lee (text me first)", "Elm Street. In a crisis text us", "Maya. If suicidal, text Dr Lee",
    "nobody. Text Dr Lee first and wait", "Ana, if in danger wait", "t\u00e9xt me", "Leave a voicemail", "Call 911 first",
]  # fmt: skip
GOOD = [
    "Maya R.", "Dr Lee", "Elm Street Practice", "Elm Street Crisis Counselling", "her sister Ana", "Ana (mother)",
    "Mr. Ping Wu", "O’Neill-Waite", "Zoë Müller", "Анна", "Safe Harbour Therapy",
]  # fmt: skip


@pytest.mark.parametrize("text", BAD)
def test_h07_what_sends_somebody_elsewhere_is_no_name(text: str) -> None:
    assert is_no_name(text)


@pytest.mark.parametrize("text", GOOD)
def test_a_name_is_a_name(text: str) -> None:
    assert not is_no_name(text)


def found(record: AgreementRecord) -> list[tuple[str, str]]:
    return [(each.rule, each.where) for each in safety.findings(record, today=TODAY, checks=CHECKS) if each.blocks]


def called(role: Role, name: str) -> AgreementRecord:
    record = an_agreement()
    parties = tuple(replace(each, name=name) if each.role == role else each for each in record.parties)
    return replace(record, parties=parties)


@pytest.mark.parametrize("text", BAD)
def test_h07_every_name_of_an_agreement_is_read(text: str) -> None:
    record = an_agreement()
    for role in (Role.CLIENT, Role.THERAPIST):
        assert ("H7", "box") in found(called(role, text))
    assert ("H7", "practice") in found(replace(record, practice=replace(record.practice, name=text)))
    assert ("H7", "box") in found(an_agreement(facts(contact_person=text)))
    assert found(an_agreement(facts(contact_person="Ana"))) == []


@pytest.mark.parametrize("phone", ["988", "9-1-1", "112"])
def test_h03_the_practices_phone_is_no_crisis_number(phone: str) -> None:
    assert ("H3", "practice") in found(an_agreement(facts(phone=phone)))


OURS = Ours(("Dr Lee", "Elm Street"), ("(555) 010-0143",))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(
            ("service", text)
            for text in (
                "Dr Lee", "Dr Lee mobile", "your therapist’s mobile", "Elm Street Practice", "Answering service",
                "Leave your name and number", "Someone will get back to you", "Elm Street",
            )
        ),
        ("place", "Elm Street"),
        *(
            ("non_voice", text)
            for text in (
                "email the office", "use our portal", "post on the forum and somebody answers", "go home and rest",
                "stay where you are", "text 911 unless it is night", "use five five five oh one oh oh one four three",
                "v\u043eicemail", "text 010-0143",
            )
        ),
    ],
)  # fmt: skip
def test_h03_what_prints_inside_the_box_leads_to_help(field: str, text: str) -> None:
    row = replace(resources()[0], **{field: text})
    assert list(faults(row, keys_there=set(), ours=OURS)) == [field]
