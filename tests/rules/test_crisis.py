"""The crisis box: its words, its variants, and what holds in every place, voice and set-up."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from functools import cache
from itertools import product
from typing import Any

import pytest

from agreements.rules import crisis, crisis_rows
from agreements.rules.crisis import CallTimes, Step
from agreements.rules.vocabulary import CallDays, CallHours, Contact, Voice
from tests.rules.agreed import HOURS, PHONE, facts, resources

ROWS = resources()
PLACES = sorted({(row.country, row.area) for row in ROWS})
ANY, NEVER = CallTimes(CallHours.ANY), CallTimes(CallHours.NEVER)
UNKNOWN = CallTimes(CallHours.THESE)
HEADS = [
    "Danger now.",
    "Suicidal, but not about to act.",
    "You cannot speak, or it is not safe to:",
    "You texted anyway?",
]


def box(country: str = "US", **changes: Any) -> tuple[Step, ...]:
    return crisis.box(facts(country, **changes), ROWS).steps


def set_ups(country: str, area: str) -> Iterator[crisis.BoxFacts]:
    """Every voice, call mode, phone, contact and registration in one place."""
    for voice, calls, phone, contact, registered in product(
        Voice, (HOURS, ANY, NEVER, UNKNOWN), (PHONE, ""), Contact, (False, True)
    ):
        yield facts(country, area=area, voice=voice, calls=calls, phone=phone, contact=contact, registered=registered)


@cache
def steps_of(of: crisis.BoxFacts) -> tuple[Step, ...]:
    return crisis.box(of, ROWS).steps


def test_the_box_says_exactly_this() -> None:
    built = crisis.box(facts(), ROWS)
    assert [step.line for step in built.steps] == [
        "1 · Danger now. You may act on thoughts of suicide, you have already hurt yourself or taken something, or "
        "someone may be hurt: do not text. Call 911 (United States) or go to the nearest emergency room.",
        "2 · Suicidal, but not about to act. Do not text. Call Dr Lee, (555) 010-0143, Monday to Friday, 9 am to 6 pm. "
        "No answer, other hours, or time away: call 988 (United States) right away, any hour. A voicemail is fine; "
        "do not wait for a call back. Line busy: text HOME to 741741 (Crisis Text Line, United States). "
        "Getting worse: step 1. Not sure which step: call 988.",
        "3 · You cannot speak, or it is not safe to: Danger now: text 911 (United States) where it works (a message "
        "tells you if not), or use relay or TTY. Not about to act: text 988 (United States), any hour, or chat at "
        "988lifeline.org, or use an ASL videophone.",
        "4 · You texted anyway? You are not in trouble. It may not be seen for hours. Start at step 1 or 2 now. When "
        "Dr Lee sees it, Dr Lee will try to reach you by phone and may ask emergency help to come.",
    ]
    assert built.last == "If anything in this agreement says otherwise, this box wins."


def test_numbers_are_bold_and_the_text_is_whole() -> None:
    danger, suicidal, *_ = box()
    assert [part.text for part in danger.parts if part.strong] == ["911"]
    assert [part.text for part in suicidal.parts if part.strong] == [PHONE, "988", "HOME", "741741", "988"]
    assert danger.words == "".join(part.text for part in danger.parts)


def test_a_service_is_named_unless_its_number_is_its_name() -> None:
    assert "call Samaritans, 116 123 (United Kingdom) right away" in box("GB")[1].words
    assert "call 3114 (France) right away" in box("FR")[1].words


@pytest.mark.parametrize(
    ("calls", "phone", "says"),
    [
        (
            ANY,
            PHONE,
            "Do not text. Call Dr Lee, (555) 010-0143, at any hour. No answer, or time away: call 988 (United",
        ),
        (
            NEVER,
            PHONE,
            "Do not text. Call 988 (United States) right away, any hour. Dr Lee cannot take these calls, so",
        ),
        (HOURS, "", "Do not text. Call 988 (United States) right away, any hour. Line busy:"),
        (UNKNOWN, PHONE, "Do not text. Call 988 (United States) right away, any hour. Line busy:"),
    ],
)
def test_call_hours_have_their_variants(calls: CallTimes, phone: str, says: str) -> None:
    words = box(calls=calls, phone=phone)[1].words
    assert words.startswith(says)
    assert ("voicemail" in words) == (calls is ANY)


@pytest.mark.parametrize(
    ("start", "end", "days", "says"),
    [
        (time(9), time(18), CallDays.WEEKDAYS, "Monday to Friday, 9 am to 6 pm"),
        (time(8, 30), time(21, 5), CallDays.DAILY, "every day, 8:30 am to 9:05 pm"),
        (time(0), time(12), CallDays.DAILY, "every day, midnight to noon"),
        (time(0, 15), time(12, 15), CallDays.DAILY, "every day, 12:15 am to 12:15 pm"),
    ],
)
def test_call_hours_in_words(start: time, end: time, days: CallDays, says: str) -> None:
    assert crisis.call_hours(CallTimes(CallHours.THESE, days, start, end)) == says


@pytest.mark.parametrize(
    ("zone", "time_of"), [("", ""), ("America/New_York", ", New York time"), ("America/Indiana/Knox", ", Knox time")]
)
def test_call_hours_say_whose_time_they_are(zone: str, time_of: str) -> None:
    hours = replace(HOURS, zone=zone)
    assert crisis.call_hours(hours) == f"Monday to Friday, 9 am to 6 pm{time_of}"
    assert f"Call Dr Lee, {PHONE}, Monday to Friday, 9 am to 6 pm{time_of}. No answer, " in box(calls=hours)[1].words
    assert crisis.call_hours(replace(ANY, zone=zone)) == "at any hour"


def test_contact_has_its_variants_and_never_promises() -> None:
    seen = {contact: box(contact=contact)[3].words.split("now. ")[1] for contact in Contact}
    assert seen == {
        Contact.CALL: "When Dr Lee sees it, Dr Lee will try to reach you by phone and may ask emergency help to come.",
        Contact.TEXT: "When Dr Lee sees it, Dr Lee will try to reach you by text and may ask emergency help to come.",
        Contact.RELAY: "When Dr Lee sees it, Dr Lee will try to reach you by relay or video call and may ask emergency "
        "help to come.",
        Contact.NONE: "When Dr Lee sees it, Dr Lee may ask emergency help to come.",
    }


def test_a_contact_person_prints_only_when_named() -> None:
    named = box(contact_person="Ana")[3].words
    assert named.endswith("Dr Lee may also contact Ana, whom you named.")
    assert "contact" not in box()[3].words


def test_who_uses_text_or_video_gets_no_voice_only_step() -> None:
    danger, suicidal, cannot, _texted = box(voice=Voice.NO_VOICE, contact=Contact.RELAY)
    assert "do not text Dr Lee. Instead: text 911 (United States) where it works" in danger.words
    assert suicidal.words == (
        "Do not text Dr Lee. Right away: text 988 (United States), any hour, or chat at 988lifeline.org, or use an ASL "
        "videophone. You can also call Dr Lee by relay or video, (555) 010-0143, Monday to Friday, 9 am to 6 pm. "
        "No answer: text 988 right away. Line busy: text HOME to 741741 (Crisis Text Line, United States). "
        "Getting worse: step 1. Not sure which step: text 988."
    )
    assert (
        "Someone safe near you can also call for you: 911 (United States) in danger, 988 (United States)"
        in cannot.words
    )


def test_who_cannot_always_speak_has_both_ways() -> None:
    danger, suicidal, *_ = box("GB", voice=Voice.UNSAFE)
    assert "Safe to speak: call 999 (United Kingdom). Not safe: ask someone safe near you to call 999" in danger.words
    assert "Not safe to speak: text SHOUT to 85258 (Shout, United Kingdom), any hour." in suicidal.words
    assert "Safe to speak: call Dr Lee, (555) 010-0143" in suicidal.words


@pytest.mark.parametrize("country", ["FR", "ES", "FI", "IN", "KR", "PT"])
def test_where_no_line_takes_texts_who_is_not_safe_to_speak_is_led_to_the_silent_step(country: str) -> None:
    suicidal = box(country, voice=Voice.UNSAFE)[1].words
    assert suicidal.endswith(", or not safe to speak: step 1.")


def test_who_hears_is_not_sent_to_a_tty_first() -> None:
    helper = "ask someone safe near you to call 000 (Australia), or call 106 (Australia) by TTY."
    assert f"Not safe: {helper} Or go to the nearest emergency room." in box("AU", voice=Voice.UNSAFE)[0].words
    assert f"Danger now: {helper} Or go to the nearest emergency room." in box("AU")[2].words
    assert "Instead: call 106 (Australia) by TTY." in box("AU", voice=Voice.NO_VOICE, contact=Contact.TEXT)[0].words


@pytest.mark.parametrize(
    ("country", "route"), [("GB", "text 999"), ("CA", "text 911"), ("SG", "emergency text service")]
)
def test_a_route_that_needs_registering_prints_only_after_yes(country: str, route: str) -> None:
    for voice in Voice:
        said = {known: " ".join(step.words for step in box(country, voice=voice, registered=known)) for known in (0, 1)}
        assert route not in said[False] and route in said[True]


@pytest.mark.parametrize(("country", "area"), PLACES)
def test_the_card_is_the_box_word_for_word(country: str, area: str) -> None:
    for of in set_ups(country, area):
        assert crisis.card(of, ROWS) == crisis.box(of, ROWS).steps


def test_the_card_leaves_no_sentence_out() -> None:
    for voice in Voice:
        _danger, suicidal, _cannot, texted = crisis.card(facts(voice=voice, contact=Contact.TEXT), ROWS)
        assert ("A voicemail is fine; do not wait for a call back." in suicidal.words) == (voice != Voice.NO_VOICE)
        assert "Not sure which step: " in suicidal.words
        assert "It may not be seen for hours." in texted.words


def test_names_are_never_read_as_blanks() -> None:
    odd = "%(emergency)s <b> [[client]] %d"
    assert f"When {odd} sees it" in box(therapist=odd)[3].words


@pytest.mark.parametrize(("country", "area"), [*PLACES, ("", ""), ("IE", "")])
def test_every_box_is_whole(country: str, area: str) -> None:
    for of in set_ups(country, area):
        steps = steps_of(of)
        assert [step.number for step in steps] == [1, 2, 3, 4]
        assert [step.head for step in steps] == HEADS
        for step in steps:
            assert step.words.endswith(".") and not re.search(r"%\(|  |\(\)|\[\[|, ,|,\.|\.\.| \.", step.words)


@pytest.mark.parametrize(("country", "area"), PLACES)
def test_no_box_delays_charges_or_ends_at_voicemail(country: str, area: str) -> None:
    for of in set_ups(country, area):
        steps = steps_of(of)
        words = " ".join(step.words for step in steps).replace("do not wait for a call back", "")
        assert not re.search(r"\bwait|minute|\b\d+ hours?\b|\bcost|\bfee\b|charge|press \d", words, re.I)
        assert not re.search(r"(?<!not )text Dr Lee", words)
        suicidal = steps[1].words
        line = crisis_rows.line(crisis.for_place(ROWS, country, area))
        assert line is not None
        assert line.call in suicidal.split("voicemail")[-1] or "Line busy" in suicidal.split("voicemail")[-1]
        assert "Getting worse: step 1." in suicidal


@pytest.mark.parametrize(("country", "area"), PLACES)
def test_who_can_call_finds_the_emergency_number_first(country: str, area: str) -> None:
    number = crisis_rows.emergency(crisis.for_place(ROWS, country, area))
    assert number is not None
    for of in set_ups(country, area):
        steps = steps_of(of)
        if of.voice != Voice.NO_VOICE:
            assert f"all {number.call} (" in steps[0].words


@pytest.mark.parametrize(("country", "area"), PLACES)
def test_h16_steps_one_and_two_work_without_voice_everywhere(country: str, area: str) -> None:
    here = crisis.for_place(ROWS, country, area)
    written = [way for row in here if row.is_line for way in (row.text_to, row.chat) if way]
    for of in set_ups(country, area):
        silent = crisis_rows.silent_emergency(here, of.registered)
        route = silent.non_voice.split("1")[0] if silent else "ask someone safe near you to call"
        if of.voice == Voice.CALLS:
            assert route in crisis.box(of, ROWS).steps[2].words
            continue
        danger, suicidal, *_ = steps_of(of)
        assert route in danger.words
        assert any(way in suicidal.words for way in written) or "ask someone safe near you" in suicidal.words
        if not written:
            assert "We found no crisis line here that takes texts or chat." in suicidal.words


@pytest.mark.parametrize(("country", "area"), PLACES)
def test_trap_2_the_country_stands_beside_every_number(country: str, area: str) -> None:
    places = {crisis_rows.place_name(row) for row in crisis.for_place(ROWS, country, area)}
    for of in set_ups(country, area):
        for step in steps_of(of):
            seen = {PHONE}
            for part, after in zip(step.parts, (*step.parts[1:], None), strict=True):
                is_number = part.strong and re.search(r"\d", part.text) and "." not in part.text
                if is_number and part.text not in seen:
                    assert after and re.match(rf"( on \w+)? \(([^)]*, )?({'|'.join(places)})\)", after.text), step.line
                    seen.add(part.text)


@pytest.mark.parametrize(("country", "area"), PLACES)
def test_rows_of_other_places_and_their_order_change_nothing(country: str, area: str) -> None:
    for of in (facts(country, area=area, voice=voice) for voice in Voice):
        alone = [row for row in ROWS if row.country == country and row.area in ("", area)]
        for given in (alone, list(reversed(ROWS)), crisis.for_place(ROWS, country, area)):
            assert crisis.box(of, given) == crisis.box(of, ROWS)
            assert crisis.card(of, given) == crisis.card(of, ROWS)


def test_without_any_row_it_still_sends_to_live_help() -> None:
    for voice in Voice:
        danger, suicidal, *_ = crisis.box(facts("IE", voice=voice), ROWS).steps
        assert "call your local emergency number" in danger.words.lower()
        assert "call your local emergency number" in suicidal.words.lower()


def test_a_line_for_young_people_or_with_hours_is_not_the_line() -> None:
    us = [row for row in ROWS if row.key == "us-988"][0]
    day = replace(us, key="us-day", call="555 0100", hours="9-17", service="Day line")
    young = replace(us, key="us-young", call="1", kind="youth", service="Young line")
    assert "call 988 (United States)" in crisis.box(facts(), [day, young, *ROWS]).steps[1].words


def test_resources_survive_json_and_refuse_what_they_do_not_know() -> None:
    for row in ROWS:
        assert crisis.Resource.from_json(row.to_json()) == row
    with pytest.raises(ValueError, match="crisis.colour"):
        crisis.Resource.from_json({**ROWS[0].to_json(), "colour": "red"})
