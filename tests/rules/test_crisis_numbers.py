"""Trap 3: a short code is no international number. And a number that changed is not left standing elsewhere."""

from dataclasses import replace

import pytest

from agreements.rules import crisis_faults
from agreements.rules.crisis_numbers import left_behind
from agreements.rules.crisis_rows import Resource
from agreements.rules.vocabulary import ResourceKind
from tests.rules.agreed import resources

ROWS = {row.key: row for row in resources()}
WORDS = "Please write the number exactly as people dial it there, without a country code."
THERE = ("85258", "741741", "116 123")
BEHIND_A_CODE = [
    ("US", "+1911"), ("GB", "+44116123"), ("GB", "+4485258"), ("GB", "+441741741"), ("US", "+441741741"),
    ("US", "+1988"), ("US", "+1 741741"), ("US", "1911"), ("US", "(1) 988"), ("GB", "0044 999"), ("GB", "44 85258"),
    ("US", "011 44 116123"), ("AU", "0011 61 13 11 14"), ("DE", "+49 800 1110111"), ("US", "+1 (800) 273-8255"),
    ("US", "+1 988 then 1"), ("ZZ", "+911"),
]  # fmt: skip
DIALLED = [
    ("US", "988"), ("AU", "000"), ("US", "1-800-273-8255"), ("US", "+65 6669 1771"), ("GB", "111 then 2"),
    ("IN", "14416"), ("NL", "0800-0113"), ("AU", "13 11 14"), ("FI", "09 2525 0111"), ("IN", "011 2338 9090"),
    ("PT", "1411"), ("NL", "112"), ("DE", "0800 111 0 111"), ("ZZ", "119"),
]  # fmt: skip


def faults(row: Resource) -> dict[str, str]:
    return crisis_faults.faults(row, keys_there=set(), numbers_there=THERE)


@pytest.mark.parametrize(("country", "typed"), BEHIND_A_CODE)
def test_trap_3_a_country_code_before_what_people_dial_is_refused(country: str, typed: str) -> None:
    for kind in (ResourceKind.SUICIDE, ResourceKind.EMERGENCY):
        assert faults(replace(ROWS["us-988"], country=country, call=typed, kind=kind)) == {"call": WORDS}
    if "then" not in typed:
        assert faults(replace(ROWS["us-988"], country=country, text_to=typed)) == {"text_to": WORDS}


@pytest.mark.parametrize(("country", "typed"), DIALLED)
def test_trap_3_what_people_dial_is_taken_as_it_is(country: str, typed: str) -> None:
    assert faults(replace(ROWS["us-988"], country=country, call=typed)) == {}


def test_trap_3_an_emergency_number_is_never_abroad() -> None:
    assert faults(replace(ROWS["us-911"], call="+65 6669 1771")) == {"call": WORDS}


def test_trap_3_an_app_takes_the_whole_number_and_no_short_code() -> None:
    app = replace(ROWS["sg-1771"], text_to="+65 6669 1771")
    assert faults(app) == {}
    assert faults(replace(app, text_to="+65 1771")) == {"text_to": WORDS}
    assert faults(replace(app, text_app="")) == {"text_to": WORDS}


@pytest.mark.parametrize("field", ["non_voice", "service"])
def test_trap_3_a_phrase_holds_no_short_code_with_a_country_code(field: str) -> None:
    for phrase in ("text +1911", "text 0044 999 now"):
        assert faults(replace(ROWS["us-911"], **{field: phrase})) == {field: WORDS}
    assert faults(replace(ROWS["us-911"], **{field: "message +44 7700 900 123"})) == {}


@pytest.mark.parametrize("field", ["call", "text_to", "service", "non_voice", "hours", "note"])
def test_digits_of_another_form_are_refused_in_plain_words(field: str) -> None:
    assert faults(replace(ROWS["us-988"], **{field: "９８８"})) == {field: "Write the digits 0 to 9."}


def test_a_number_that_changed_is_named_wherever_it_still_stands() -> None:
    old = replace(ROWS["us-988"], note="Dial 9-8-8.")
    words = "The old number 988 still stands here. Is that right?"
    new = replace(old, call="989")
    assert left_behind(old, new) == dict.fromkeys(("text_to", "service", "chat", "note"), words)
    whole = replace(new, text_to="989", service="989 Lifeline", chat="", note="Not 9880, not 1988.")
    assert left_behind(old, whole) == {}
    assert left_behind(old, replace(old, hours="9 to 5")) == {}
