"""What no text of a crisis row may say, and what every honest row says."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from agreements.rules import crisis_faults, safety
from agreements.rules.crisis_phrases import NAMED, WORDS, Ours, row_faults
from agreements.rules.crisis_rows import Resource
from agreements.rules.record import AgreementRecord
from agreements.rules.safety import Check
from agreements.rules.vocabulary import CheckedHow
from tests.rules.agreed import PHONE, TODAY, a_box, an_agreement, facts, resources

ROWS = resources()
CHECKS = {row.key: Check(TODAY, CheckedHow.CALLED) for row in ROWS}
OURS = Ours(("Dr Lee", "Maya"), (PHONE,))
UNSAFE = {
    "H3": (
        "leave a message after the tone", "voicemail", "Voice-mail", "use the answering machine", "wait",
        "do not hesitate to wait", "do not call and wait until morning", "they call you back", "help within two hours",
        "try again tomorrow", "hold off, sleep on it", "after a delay", "vo\u200bicemail", "ｗａｉｔ", f"text {PHONE}",
        "call 555-010-0143", "No fee, but wait", "hold until a person is free", "you are put on hold",
        "stay on the line until someone is available",
    ),
    "H6": (
        "Pay $5 per call line", "costs 2 dollars, no wait", "a fee of 3 euros", "only after two calls", "not free: $5",
        "limited to one call", "we bill you",
    ),
    "H7": (
        "leave Dr Lee a voicemail and wait until morning", "text Dr. Roe", "text us",
        "text Dr Lee at (555) 010-0147 and wait for an answer", "text your therapist first", "message your counsellor",
        "ask Maya", "Do not call 911", "bring it to session",
    ),
    "H8": ("promise not to hurt yourself",),
    "H9": ("we always answer", "a guaranteed reply", "count on an answer"),
}  # fmt: skip
SAFE = (
    "text 911 where it works (a message tells you if not), or use relay or TTY", "ASL videophone", "any hour",
    "do not wait", "no need to wait", "never leave a voicemail", "free of charge", "calls cost nothing", "no fee",
    "reach 114 by text, app, video or web", "text HOPE to 741741 to chat with a trained counselor", "call 106 by TTY",
    "text REGISTER to 999 first, once", "a nurse in charge answers", "hold on to hope", "text 999 only if registered",
    "Bill Wilson Center", "hold the side button and the volume button", "hold down 5", "use the 112 app, or text 112", "do not text Dr Lee", "message the crisis team on WhatsApp",
)  # fmt: skip
HOURS = (
    "24/7", "9 in the morning to 10 at night", "Monday until Friday, 9 to 5", "only between 9 and 17", "after 5 pm",
)  # fmt: skip


def saying(text: str, field: str = "non_voice") -> Resource:
    return replace(ROWS[0], **{field: text})


def refused_by(text: str, field: str = "non_voice") -> list[tuple[str, str]]:
    return [(fault.field, fault.rule) for fault in row_faults(saying(text, field), OURS)]


def every(rule: str) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    for text in UNSAFE[rule]:
        for field in ("non_voice", "service"):
            yield text, field, [(field, rule)]


def test_every_row_that_ships_says_nothing_unsafe() -> None:
    assert [(row.key, row_faults(row, OURS)) for row in ROWS if row_faults(row, OURS)] == []
    for row in ROWS:
        others = [each for each in ROWS if each.country == row.country and each != row]
        numbers = {number for each in others for number in (each.call, each.text_to) if number}
        keys = {each.key for each in others}
        assert crisis_faults.faults(row, keys_there=keys, numbers_there=numbers, ours=OURS) == {}


@pytest.mark.parametrize("field", [field for field in WORDS if field != "hours"])
@pytest.mark.parametrize("text", SAFE)
def test_what_an_honest_row_says_is_let_be(text: str, field: str) -> None:
    assert refused_by(text, field) == ([] if field not in NAMED or "Dr Lee" not in text else [(field, "H7")])


@pytest.mark.parametrize("text", HOURS)
def test_hours_are_told_from_a_wait(text: str) -> None:
    assert refused_by(text, "hours") == []


def test_h03_no_row_ends_at_a_voicemail_a_wait_or_the_practice() -> None:
    for text, field, faults in every("H3"):
        assert refused_by(text, field) == faults, text


def test_h06_no_row_charges_or_caps() -> None:
    for text, field, faults in every("H6"):
        assert refused_by(text, field) == faults, text


def test_h07_no_row_leads_to_the_therapist_or_away_from_help() -> None:
    for text, field, faults in every("H7"):
        assert refused_by(text, field) == faults, text


def test_h08_h09_no_row_promises() -> None:
    for text, field, faults in (*every("H8"), *every("H9")):
        assert refused_by(text, field) == faults, text


@pytest.mark.parametrize("field", WORDS)
def test_h03_every_text_of_a_row_is_read(field: str) -> None:
    assert refused_by("leave a voicemail", field) == [(field, "H3")]
    assert list(crisis_faults.faults(saying("leave a voicemail", field), keys_there=set())).count(field) == 1


def carrying(field: str, text: str) -> AgreementRecord:
    """A record whose own row says this and whose box is built from it, as one made before it was refused."""
    rows = [replace(row, **{field: text}) if row.key == "us-911" else row for row in an_agreement().crisis]
    return an_agreement(crisis=tuple(rows), box=a_box(facts(), tuple(rows)))


@pytest.mark.parametrize(
    ("rule", "field", "text"),
    [
        ("H3", "non_voice", "leave a voicemail"),
        ("H3", "note", f"or text {PHONE}"),
        ("H6", "service", "Pay $5 per call line"),
        ("H7", "non_voice", "text Dr Lee at (555) 010-0147 and wait for an answer"),
        ("H9", "place", "Guaranteed, USA"),
    ],
)
def test_h07_a_bad_row_that_is_there_already_never_reaches_paper(rule: str, field: str, text: str) -> None:
    found = safety.findings(carrying(field, text), today=TODAY, checks=CHECKS)
    assert [(each.rule, each.where, each.blocks, each.asks) for each in found] == [(rule, "crisis", True, False)]
    assert text in found[0].words
    assert safety.findings(carrying(field, "text 911"), today=TODAY, checks=CHECKS) == []
