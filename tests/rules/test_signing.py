"""Whose turn it is to sign, how long a text waits for somebody, and the sentences that are kept with a signature."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules import signing
from agreements.rules.vocabulary import Known, Role, SignatureKind

DAY = date(2026, 11, 23)
OTHERS = ("partner", "guardian", "guardian-2", "guardian-10", "covering")
FAMILY = ("client", "guardian", "guardian-2", "therapist")


def test_keys_name_nobody_and_are_read_back() -> None:
    assert [signing.key_of(Role.GUARDIAN, number) for number in (1, 2, 10)] == ["guardian", "guardian-2", "guardian-10"]
    assert [signing.role_of(key) for key in FAMILY] == [Role.CLIENT, Role.GUARDIAN, Role.GUARDIAN, Role.THERAPIST]
    with pytest.raises(ValueError):
        signing.role_of("aunt")


def test_the_client_signs_first_and_the_therapist_after_everybody() -> None:
    shuffled = ["therapist", "covering", "guardian-10", "guardian-2", "helper", "partner", "guardian", "client"]
    order = ["client", "partner", "guardian", "guardian-2", "guardian-10", "covering", "therapist", "helper"]
    assert signing.in_order(shuffled) == order
    assert signing.awaited(shuffled[:3], ["covering"]) == ["guardian-10", "therapist"]


@given(st.lists(st.sampled_from(OTHERS), unique=True), st.randoms(use_true_random=False))
def test_whoever_may_sign_next_everybody_signs_once_with_the_client_first_and_the_therapist_last(
    others, chance
) -> None:
    signers, signed = ["client", *others, "therapist"], []
    while left := [key for key in signers if signing.may_sign(key, signers, signed)]:
        signed.append(chance.choice(left))
    assert sorted(signed) == sorted(signers)
    assert (signed[0], signed[-1]) == ("client", "therapist")


@pytest.mark.parametrize(
    ("key", "signed", "may"),
    [
        ("guardian", [], False),
        ("guardian-2", ["client"], True),
        ("therapist", ["client", "guardian"], False),
        ("therapist", ["client", "guardian", "guardian-2"], True),
        ("client", ["client"], False),
        ("helper", ["client"], False),
    ],
)
def test_nobody_signs_out_of_turn(key: str, signed: list[str], may: bool) -> None:
    assert signing.may_sign(key, FAMILY, signed) is may


def waits(days: int, *, signers=FAMILY, signed=("client",), review_on: date | None = DAY + timedelta(28)) -> bool:
    today = DAY + timedelta(days)
    return signing.waits_for_somebody(DAY, today, review_on=review_on, signers=signers, signed=signed)


def test_what_the_client_signed_waits_two_weeks_for_somebody_who_comes_another_day() -> None:
    assert [waits(days) for days in (1, 14, 15)] == [True, True, False]
    assert [waits(days, review_on=DAY + timedelta(7)) for days in (6, 7)] == [True, False]
    assert [waits(days, review_on=None) for days in (14, 15)] == [True, False]


def test_it_waits_for_nobody_before_the_client_signed_or_where_only_the_two_sign() -> None:
    assert not waits(1, signed=())
    assert not waits(1, signers=("client", "therapist"))


def test_each_role_says_in_its_own_voice_what_it_means() -> None:
    said = {role: signing.intent(role, therapist="Dr Lee") for role in (Role.CLIENT, Role.GUARDIAN, Role.COVERING)}
    assert said == {
        Role.CLIENT: "I agree to this. I mean this as my signature.",
        Role.GUARDIAN: "I consent to this. I mean this as my signature.",
        Role.COVERING: "I have read this. I stand in when Dr Lee is away. I mean this as my signature.",
    }
    assert signing.intent(Role.PARTNER, therapist="") == signing.intent(Role.THERAPIST, therapist="") == said["client"]


def test_agreeing_to_a_screen_is_said_on_a_screen_only() -> None:
    drawn, typed, paper = (signing.on_screen(kind) for kind in SignatureKind)
    assert drawn == typed == "I agree to sign on a screen. I can ask for paper."
    assert paper == ""


def test_who_knew_the_person_and_how_and_nothing_where_nothing_was_recorded() -> None:
    words = [signing.known_words(known, client="Maya", therapist="Dr Lee") for known in ("", *Known)]
    assert words == [
        "",
        "Known to Dr Lee in person.",
        "Showed Dr Lee a document with a photo.",
        "Introduced to Dr Lee by Maya, in the room.",
        "Signed in with their own password.",
    ]
