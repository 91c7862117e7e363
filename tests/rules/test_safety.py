"""The safety rules over a record: nothing found in a sound agreement, and each rule finds what it is there for."""

import ast
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from agreements.rules import safety
from agreements.rules.crisis import CallTimes, Part, Step
from agreements.rules.record import AgreementRecord, ChannelRecord, InterimRecord
from agreements.rules.safety import PLACES, Check, Finding
from agreements.rules.topics import FIVE, TOPICS
from agreements.rules.vocabulary import (
    ORDINARY_CHANNELS,
    UNSURE,
    Answer,
    CallHours,
    Channel,
    CheckedHow,
    Contact,
    Outcome,
    TermState,
    Voice,
)
from tests.rules.agreed import HOURS, TODAY, an_agreement, facts, resources, terms, without

ROOT = Path(__file__).resolve().parents[2]
CHECKS = {row.key: Check(TODAY, CheckedHow.CALLED) for row in resources()}
PLACES_SHIPPED = sorted({(row.country, row.area) for row in resources()})
NO_WAY = {"ES": "Spain", "FI": "Finland", "IN": "India", "KR": "South Korea", "PT": "Portugal"}
NEVER = CallTimes(CallHours.NEVER)


def found(record: AgreementRecord, checks: dict[str, Check] | None = None, today: date = TODAY) -> list[Finding]:
    return safety.findings(record, today=today, checks=CHECKS if checks is None else checks)


def rules(record: AgreementRecord) -> set[str]:
    return {finding.rule for finding in found(record)}


def where(record: AgreementRecord, rule: str) -> list[str]:
    return [finding.where for finding in found(record) if finding.rule == rule]


def by(channel: Channel, record: AgreementRecord) -> AgreementRecord:
    return replace(record, channel=ChannelRecord(channel, "(555) 010-0147"))


def boxed(record: AgreementRecord, **changes: object) -> AgreementRecord:
    return replace(record, box=replace(record.box, **changes))


def reworded(number: int, old: str, new: str) -> AgreementRecord:
    """An agreement whose box says `new` instead of `old` in one step."""

    def change(step: Step) -> Step:
        parts = tuple(Part(part.text.replace(old, new), part.strong) for part in step.parts)
        assert step.number != number or parts != step.parts
        return replace(step, parts=parts) if step.number == number else step

    record = an_agreement()
    return boxed(record, steps=tuple(change(step) for step in record.box.steps))


@pytest.mark.parametrize("option", range(6))
def test_the_starter_library_breaks_no_rule(option: int) -> None:
    assert found(by(Channel.SIGNAL, an_agreement(terms=terms(option)))) == []


@pytest.mark.parametrize("outcome", [Outcome.NO_TEXTING, Outcome.NOT_FOR_NOW])
def test_the_short_agreements_break_no_rule(outcome: Outcome) -> None:
    assert found(an_agreement(outcome=outcome, terms=(), channel=None, review_on=None, before_text=())) == []


@pytest.mark.parametrize(("country", "area"), PLACES_SHIPPED)
def test_no_place_voice_or_call_mode_breaks_a_rule(country: str, area: str) -> None:
    modes = product(Voice, (HOURS, CallTimes(CallHours.ANY), NEVER), (True, False), (Contact.RELAY, Contact.NONE))
    for voice, calls, registered, contact in modes:
        of = facts(country, area=area, voice=voice, calls=calls, registered=registered, contact=contact)
        unheard = voice == Voice.NO_VOICE and country in NO_WAY
        assert [(f.rule, f.where, f.blocks) for f in found(an_agreement(of))] == [("H16", "crisis", True)] * unheard


def test_h01_danger_now_is_the_step_as_built() -> None:
    for changed in (reworded(1, "911", "912"), reworded(1, "do not text", "text first")):
        assert "H1" in rules(changed)
    assert "H1" in rules(boxed(an_agreement(), steps=()))
    assert "Call 911 (United States)" in next(f.words for f in found(reworded(1, "911", "912")) if f.rule == "H1")


def test_h02_suicidal_goes_to_live_help() -> None:
    assert "H2" in rules(reworded(2, "Do not text. Call", "Text or call"))
    assert "H2" in rules(boxed(an_agreement(), steps=an_agreement().box.steps[:1]))


def test_h03_call_hours_are_set_and_a_line_follows_the_therapist() -> None:
    assert where(an_agreement(facts(calls=CallTimes(CallHours.THESE))), "H3") == ["practice"]
    assert where(an_agreement(facts(phone="")), "H3") == ["practice"]
    assert where(an_agreement(facts(phone="", calls=NEVER)), "H3") == []
    alone = Step(2, "Suicidal", (Part("Call 988 or Dr Lee, (555) 010-0143, and leave a voicemail."),))
    record = an_agreement()
    assert where(boxed(record, steps=(record.box.steps[0], alone, *record.box.steps[2:])), "H3") == ["box"]


def test_h04_an_emergency_number_and_a_line_for_the_place() -> None:
    record = an_agreement()
    for kept, misses in (("us-911", "crisis line"), ("us-988", "emergency number"), ("us-ctl", "crisis line")):
        bare = replace(record, crisis=tuple(row for row in record.crisis if row.key == kept))
        assert any(f.rule == "H4" and misses in f.words for f in found(bare))
    office = tuple(replace(row, hours="9-17") for row in record.crisis)
    assert "H4" in rules(replace(record, crisis=office))


def test_h05_the_box_is_whole_and_in_its_own_words() -> None:
    record = an_agreement()
    broken = [
        boxed(record, last="This agreement wins."),
        boxed(record, card=record.box.card[:3]),
        boxed(record, steps=record.box.steps[::-1]),
        boxed(record, steps=record.box.steps[:3]),
        boxed(record, steps=(*record.box.steps, record.box.steps[0])),
        boxed(record, contact_person="Ana"),
        reworded(4, "You are not in trouble. ", ""),
    ]
    assert all("H5" in rules(changed) for changed in broken)


def test_h09_the_window_and_the_late_step_are_there() -> None:
    assert where(without("window"), "H9") == ["window"]
    assert where(without("late"), "H9") == ["late"]
    with pytest.raises(ValueError, match="outer limit"):
        TOPICS["window"].parse([{"working_days": 2, "outer_days": 2, "weekends": False}], "")


def test_h13_the_choice_about_ordinary_texts_is_made() -> None:
    assert "H13" in rules(without("privacy"))
    assert "H13" in rules(without("privacy", Answer((UNSURE,))))
    assert "H13" in rules(without("privacy", Answer()))
    assert "H13" in rules(opened("privacy"))


@pytest.mark.parametrize("choice", ["secure_app", "no_ordinary"])
def test_h13_messages_go_no_ordinary_way_when_the_client_chose_none(choice: str) -> None:
    record = without("privacy", Answer((choice,)))
    found_by = {channel: "H13" in rules(by(channel, record)) for channel in Channel}
    assert found_by == {channel: channel in ORDINARY_CHANNELS for channel in Channel}


def test_h16_steps_one_and_two_work_without_voice() -> None:
    calls = an_agreement(facts(contact=Contact.TEXT))
    for voice in (Voice.NO_VOICE, Voice.UNSAFE):
        assert "H16" in rules(boxed(calls, voice=voice))
        assert "H16" not in rules(an_agreement(facts(voice=voice, contact=Contact.TEXT)))
    assert "H16" in rules(an_agreement(facts(voice=Voice.NO_VOICE, contact=Contact.CALL)))


@pytest.mark.parametrize(("country", "place"), NO_WAY.items())
def test_h16_who_cannot_speak_reaches_somebody(country: str, place: str) -> None:
    alone = an_agreement(facts(country, voice=Voice.NO_VOICE, contact=Contact.TEXT))
    assert [f.words for f in found(alone)] == [
        f"No way to reach help without speaking is known for {place}. Please add one to the crisis lines first."
    ]


@pytest.mark.parametrize("way", [{"text_to": "555"}, {"chat": "help.example"}, {"non_voice": "text 112"}])
def test_h16_one_way_without_voice_is_enough(way: dict[str, Any]) -> None:
    record = an_agreement(facts("ES", voice=Voice.NO_VOICE, contact=Contact.TEXT))
    emergency = "non_voice" in way
    rows = [replace(row, **way) if (row.kind == "emergency") is emergency else row for row in record.crisis]
    assert no_way_in(replace(record, crisis=tuple(rows))) is False
    closed = [replace(row, hours="9-17", non_voice_needs_registering=True) for row in rows]
    assert no_way_in(replace(record, crisis=tuple(closed))) is True
    assert no_way_in(boxed(replace(record, crisis=tuple(closed)), registered=True)) is not emergency


def no_way_in(record: AgreementRecord) -> bool:
    return any(f.rule == "H16" and f.where == "crisis" for f in found(record))


def test_h17_checks_count_for_twelve_months() -> None:
    record = an_agreement()
    last = date(2027, 11, 23)
    for how in (CheckedHow.CALLED, CheckedHow.TEXTED, CheckedHow.READ):
        checks = {key: Check(TODAY, how) for key in CHECKS}
        assert found(record, checks, last) == []
        assert len(found(record, checks, date(2027, 11, 24))) == 3
    missing = {key: check for key, check in CHECKS.items() if key != "us-988"}
    assert [(f.rule, "988 Suicide" in f.words) for f in found(record, missing)] == [("H17", True)]
    assert len(found(record, {key: Check(last, CheckedHow.CALLED) for key in CHECKS})) == 3
    assert safety.expires_on(Check(date(2028, 2, 29), CheckedHow.READ)) == date(2029, 2, 28)


def test_h17_a_demo_check_counts_only_in_a_demo_record() -> None:
    demo = {key: Check(TODAY, CheckedHow.DEMO) for key in CHECKS}
    assert found(an_agreement(demo=True), demo) == []
    assert {f.rule for f in found(an_agreement(), demo)} == {"H17"}


def test_h18_every_number_is_of_the_clients_place() -> None:
    record = an_agreement()
    assert "H18" in rules(boxed(record, country=""))
    for key in ("ca-988", "gb-eng-111"):
        foreign = next(row for row in resources() if row.key == key)
        assert "H18" in rules(replace(record, crisis=(*record.crisis, foreign)))
    assert "H18" in rules(boxed(an_agreement(facts("GB", area="ENG")), area="SCT"))


def opened(topic: str, interim: Answer | None = None) -> AgreementRecord:
    """An agreement in which one term is left open, with the agreed answer holding until then."""

    def left_open(record: AgreementRecord) -> AgreementRecord:
        changed = [
            replace(
                term,
                state=TermState.OPEN,
                interim=InterimRecord(interim or term.value, term.words),
                open_until=record.review_on,
            )
            if term.topic == topic
            else term
            for term in record.terms
        ]
        return replace(record, terms=tuple(changed))

    return left_open(an_agreement())


@pytest.mark.parametrize("topic", FIVE)
def test_five_is_each_answered_on_its_own(topic: str) -> None:
    unanswered = (
        without(topic),
        without(topic, Answer()),
        without(topic, Answer((UNSURE,))),
        without(topic, Answer((), " ")),
    )
    for record in unanswered:
        assert where(record, "FIVE") == [topic]
    assert where(opened(topic), "FIVE") == []
    assert where(opened(topic, Answer((UNSURE,))), "FIVE") == [topic]


def test_five_needs_a_day_for_the_next_look() -> None:
    assert where(an_agreement(review_on=None), "FIVE") == ["look_again"]
    assert where(an_agreement(review_on=TODAY), "FIVE") == ["look_again"]


def test_five_is_not_asked_without_texting() -> None:
    for outcome in (Outcome.NO_TEXTING, Outcome.NOT_FOR_NOW):
        assert found(an_agreement(outcome=outcome, terms=())) == []


def test_every_rule_has_a_place_and_a_test() -> None:
    assert sorted(PLACES, key=lambda key: int(key[1:])) == [f"H{number}" for number in range(1, 29)]
    collected = [name for path in sorted((ROOT / "tests").rglob("test_*.py")) for name in functions(path)]
    for rule, (module, keeps, test) in PLACES.items():
        assert keeps in functions(ROOT / module), f"{rule}: no {keeps} in {module}"
        assert test.startswith(f"test_h{int(rule[1:]):02}_") and collected.count(test) == 1, f"{rule}: no one {test}"


def functions(path: Path) -> list[str]:
    """The functions of a module, as pytest collects them: not what only looks like one in a text."""
    return [node.name for node in ast.parse(path.read_bytes()).body if isinstance(node, ast.FunctionDef)]


def test_every_rule_stands_in_the_document() -> None:
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    for name in (*PLACES, *(f"O{number}" for number in range(1, 12))):
        assert len(re.findall(rf"^\| {name} \|", text, re.M)) == 1, name


def all_rules() -> list[Callable[[AgreementRecord], list[Finding]]]:
    return [getattr(safety, name) for name in dir(safety) if re.fullmatch(r"h\d\d", name) and name != "h17"]


def test_every_function_is_asked() -> None:
    names = {f"H{int(rule.__name__[1:])}" for rule in all_rules()} | {"H17"}
    assert names == {key for key, (module, *_) in PLACES.items() if module.startswith("agreements/rules/safety")}
