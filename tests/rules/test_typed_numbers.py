"""Phone numbers that somebody types, however they are written (H17); and numbers that are none."""

from __future__ import annotations

import pytest

from agreements.rules import safety
from agreements.rules.lookalikes import mixed_fault
from agreements.rules.safety_phrases import refused
from agreements.rules.typed_numbers import is_phone, number_in
from tests.rules.agreed import TODAY, saying
from tests.rules.test_lint import changed
from tests.rules.test_lint_blocks import blocks
from tests.rules.test_safety_phrases import CHECKS

NUMBERS = [
    "9, 8, 8", "9·8·8", "9/8/8", "9_8_8", "9 - 8 - 8", "9 88", "98-8", "9 then 8 then 8", "nine, eight, eight",
    "nine eighty-eight", "one-twelve", "nueve ocho ocho", "九八八", "9-1-1", "55 50 12", "(555) 010-0199", "nine-eleven",
    "NINE ONE ONE", "triple zero", "one double four", "nine hundred eighty-eight", "9eight8", "9, 88", "9-11",
    "nine dash eight dash eight", "555-123-4567", "1 7 3 7", "nine and eight and eight", "741 741", "9\n8\n8",
]  # fmt: skip
NONE = [
    "4 to 6 weeks", "10 pm to 7 am", "2, 3 or 4 texts", "Since 2024.", "10:30 to 11:30.", "24 hours.", "1 or 2 a week",
    "9-8", "11-2", "9-17", "9 to 5", "Count one, two, three.", "Between nine and eleven.", "One one-hour session.",
    "2 November 2026", "May 3, 2026", "May 10 2026", "2026-11-02", "$100", "at most 160 characters", "100%",
    "5, 3, 1 a week", "one ten-minute call a week", "One twelve-week break.", "Step 1. 2 texts at most.",
    "10-12 and 14-16", "at 10, 2 and 4", "from 9:00 to 17:30", "3, 10 and 17 May", "8 a.m.-9 p.m.", "9-11 a.m.",
    "At 9, 11 and 3.", "10.30 to 11.30", "one, two or three", "one text, one answer", "twenty-four hours",
    "B2B and a1a",
]  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS)
def test_h17_a_phone_number_is_found_as_one_would_dial_it(text: str) -> None:
    assert number_in(f"Please call {text} at once.") == text


@pytest.mark.parametrize("text", ["n1ne eight eight", "N1NE E1GHT e1ght", "nine e1ght eight"])
def test_h17_a_number_is_found_in_words_that_hide_letters(text: str) -> None:
    assert number_in(f"Please call {text} at once.") == text


@pytest.mark.parametrize("text", NUMBERS)
def test_h17_an_edition_holds_no_typed_number(text: str) -> None:
    [(where, said)] = blocks(changed("often", "texts.en.hint", f"Or {text}."))
    assert (where, said.split(" looks like")[0]) == ("often", f"“{text}”")


@pytest.mark.parametrize("text", ["Dial 9\u200b8\u200b8.", "Dial 9️⃣8️⃣8️⃣.", "Dial ⑨⑧⑧.", "Dial ٩٨٨."])
def test_h17_digits_of_any_form_with_nothing_seen_between_them_are_one_number(text: str) -> None:
    assert number_in(text) != ""


@pytest.mark.parametrize("text", NONE)
def test_h17_a_number_of_another_kind_may_stand(text: str) -> None:
    assert number_in(f"We say {text}") == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [("Call 555-123-4567 if it is bad.", "555-123-4567"), ("Then call nine eight eight.", "nine eight eight")],
)
def test_h17_a_number_in_the_pairs_own_words_is_asked_about(text: str, number: str) -> None:
    found = safety.findings(saying(f"Kindly. {text}"), today=TODAY, checks=CHECKS)
    [hit] = [each for each in found if each.rule == "H17"]
    assert (hit.where, hit.sentence, hit.asks, hit.blocks) == ("extra", text, True, True)
    assert hit.words == f"This looks like a phone number: “{number}” Leave numbers to the crisis box."
    assert hit.beside.startswith("1 · Danger now.")


def test_h07_what_nobody_sees_hides_no_phrase() -> None:
    assert refused("H7", "en", "If I d\u200bie or plan to di\u00ade, te\u034fxt me.") != []


def test_a_word_in_letters_of_two_scripts_is_named() -> None:
    words = "This word mixes letters of two scripts: “%s”. Please type it anew."
    assert mixed_fault("I am ѕuicidal.") == words % "ѕuicidal"
    assert mixed_fault("te\u200bхt me") == words % "teхt"
    fine = ["Привет, Dr Lee.", "naïve café", "Νίκος and Maya", "5 µg", "AA制", ""]
    assert [mixed_fault(text) for text in fine] == [""] * len(fine)
    assert blocks(changed("often", "texts.en.hint", "A ѕhort one.")) == [("often", words % "ѕhort")]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("(555) 010-0143", True), ("+44 20 7946 0018", True), ("555.010.0143 ext. 12", True), ("5550100 x7", True),
        ("", False), ("1", False), ("()", False), ("ext 12345", False), ("555 0100: text me", False),
        ("555 0100, I always answer", False), ("555 0100 ext", False), ("555 0100\nif suicidal text", False),
    ],
)  # fmt: skip
def test_h23_a_phone_is_a_number_and_nothing_else(text: str, is_one: bool) -> None:
    assert is_phone(text) is is_one
