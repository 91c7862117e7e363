"""When a crisis line is busy, step 2 leads on to another one, and else to step 1."""

from dataclasses import replace

import pytest

from agreements.rules import crisis, crisis_rows
from agreements.rules.crisis import CallTimes
from agreements.rules.vocabulary import CallHours, Voice
from tests.rules.agreed import HOURS, facts, resources

ROWS = resources()
PLACES = sorted({(row.country, row.area) for row in ROWS})


def step_two(of: crisis.BoxFacts) -> str:
    return crisis.box(of, ROWS).steps[1].words


@pytest.mark.parametrize(
    ("country", "area", "second"),
    [
        ("SG", "", "Line busy: national mindline, 1771 (Singapore)."),
        ("GB", "", "Line busy: text SHOUT to 85258 (Shout, United Kingdom)."),
        ("GB", "ENG", "Line busy: NHS 111, mental health option, 111 then 2 (England)."),
        ("AU", "", "Line busy: text 0477 13 11 14 (Lifeline, Australia), the same service. No answer there: call 000"),
        ("DE", "", "Line busy: TelefonSeelsorge (zweite Nummer), 0800 111 0 222 (Germany)."),
        ("FR", "", "Line busy: call 112 (France)."),
    ],
)
def test_a_busy_line_leads_on(country: str, area: str, second: str) -> None:
    assert second in step_two(facts(country, area=area))


@pytest.mark.parametrize(
    ("country", "area", "second"),
    [
        ("US", "", "text HOME to 741741 (Crisis Text Line, United States)."),
        ("SG", "", "national mindline, 1771 (Singapore)."),
        ("GB", "ENG", "NHS 111, mental health option, 111 then 2 (England)."),
        ("CA", "", "step 1."),
        ("AU", "", "step 1."),
        ("NZ", "", "step 1."),
        ("GB", "", "step 1."),
        ("FR", "", "step 1."),
    ],
)
def test_who_is_not_safe_to_speak_is_led_on_to_another_service(country: str, area: str, second: str) -> None:
    assert f"Line busy: {second} Getting worse" in step_two(facts(country, area=area, voice=Voice.UNSAFE))


@pytest.mark.parametrize(("country", "area"), PLACES)
def test_a_busy_line_never_leads_back_to_what_was_offered(country: str, area: str) -> None:
    here = crisis.for_place(ROWS, country, area)
    found = [crisis_rows.text_here(row) for row in here if row.text_to]
    found += [crisis_rows.call_here(row) for row in here if row.call]
    ways = ["".join(part.text for part in way) for way in found]
    for calls in (HOURS, CallTimes(CallHours.ANY), CallTimes(CallHours.NEVER)):
        before, busy = step_two(facts(country, area=area, voice=Voice.UNSAFE, calls=calls)).split(" Line busy: ")
        after = busy.split(" Getting worse: ")[0]
        assert [way for way in ways if way == after.removesuffix(".") and way in before] == []


def test_h03_a_busy_line_is_not_given_again_as_its_own_second_line() -> None:
    """After a change and a withdrawal one service is left, under a name with the old digits and its own text."""
    left = [
        replace(row, call="989", text_to="989") if row.key == "us-988" else row for row in ROWS if row.key != "us-ctl"
    ]
    [second] = [step.words for step in crisis.box(facts(), left).steps if step.number == 2]
    assert (
        "Line busy: text 989 (988 Suicide & Crisis Lifeline, United States), the same service. "
        "No answer there: call 911 (United States). Getting worse: step 1." in second
    )
    texting = replace(next(row for row in ROWS if row.key == "us-988"), key="us-988-text", call="")
    [second] = [step.words for step in crisis.box(facts(), [*left, texting]).steps if step.number == 2]
    assert "the same service. No answer there: call 911 (United States)." in second
