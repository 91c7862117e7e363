"""What a guardian does who is worried tonight: a call, never a text, never a wait."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from agreements.rules import worried
from agreements.rules.crisis_rows import Parts
from agreements.rules.safety_box import box_facts
from tests.records import a_record, resources


def words(country: str, *, rows=None, phone: str = "(555) 010-0143") -> list[str]:
    facts = replace(box_facts(a_record()), country=country, area="", phone=phone)
    steps: tuple[Parts, ...] = worried.steps(facts, resources() if rows is None else rows, young="Maya")
    return ["".join(part.text for part in step) for step in steps]


def test_in_the_united_states_it_says() -> None:
    assert words("US") == [
        "Danger now: Maya may act on thoughts of suicide, is hurt, or has taken something. Stay with Maya. "
        "Call 911 (United States) or go to the nearest emergency room.",
        "Worried, and no danger now: call 988 (United States) right away, any hour. Say that you are worried about "
        "somebody. Line busy: call 911 (United States). Not sure if it is danger: call 911 (United States).",
        "Dr Lee wants to know too: call (555) 010-0143. Do not wait for a call back: go by the steps.",
    ]


@pytest.mark.parametrize("country", sorted({row.country for row in resources()}))
def test_h1_in_every_country_it_sends_nobody_to_a_text_or_a_wait(country: str) -> None:
    said = " ".join(words(country))
    assert re.findall(r"\btext|\bchat\b|minutes|\bSMS\b", said, re.IGNORECASE) == []
    call = [row.call for row in resources() if row.country == country and row.kind == "emergency" and not row.area]
    assert call[0] in said


def test_without_rows_it_still_says_whom_to_call() -> None:
    danger, worry = words("US", rows=(), phone="")
    assert danger.count("Call your local emergency number") == 1
    assert worry.startswith("Worried, and no danger now: call your local emergency number right away, any hour.")
