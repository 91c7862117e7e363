"""The words of an option agree with what the rules read in it, or it is not published."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from agreements.rules.lint_meaning import BLOCKED, of_clause
from agreements.rules.meaning_words import reading
from agreements.rules.said_amounts import Amount, amounts, hours, numbers
from tests.rules.edition import CLAUSES
from tests.rules.test_families import EDITIONS


def against(key: str, option: str, **texts: str) -> list[str]:
    """The texts of one option that are said to speak against its meaning, once these are changed."""
    clause = deepcopy(CLAUSES[key])
    [found] = [each for each in clause["options"] if each["key"] == option]
    found["texts"]["en"] |= texts
    return [remark.text.split("the same: “")[1][:-2] for remark in of_clause(clause, "en")]


LIES = [
    ("notice", "two_sessions", "label", "No notice at all"),
    ("notice", "two_sessions", "words", "no notice at all"),
    ("notice", "two_sessions", "words", "four sessions’ notice"),
    ("notice", "two_sessions", "label", "The same day"),
    ("notice", "two_sessions", "label", "2 sessions before, or at once"),
    ("notice", "two_sessions", "label", "2 sessions before by text"),
    ("notice", "two_sessions", "words", "2 days’ notice"),
    ("notice", "two_sessions", "consequence", "It can change without warning. You have little time."),
    ("look_again", "four_weeks", "label", "Never again"),
    ("look_again", "four_weeks", "words", "We never look again."),
    ("look_again", "four_weeks", "words", "After 4 weeks, then never again."),
    ("look_again", "four_weeks", "words", "After forty weeks, then every 3 months or so."),
    ("look_again", "four_weeks", "words", "After 4 weeks, then every 3 years."),
    ("look_again", "four_weeks", "words", "After 3 months, then every 4 weeks."),
    ("look_again", "four_weeks", "label", "Some day"),
    ("look_again", "four_weeks", "label", "In 4 weeks, if we remember"),
    ("look_again", "four_weeks", "consequence", "We will not be asked before 20 weeks are over. A bad fit lasts."),
    ("ending", "taper", "words", "It just stops."),
    ("ending", "date", "words", "It just stops on a set day."),
    ("ending", "pause", "words", "It just stops."),
    ("ending", "session", "label", "It just stops"),
    ("ending", "session", "words", "After a session, without good-bye."),
    ("ending", "taper", "consequence", "It ends all at once. The good-bye is short."),
    ("ending", "taper", "words", "As before, until a set day."),
    ("window", "two_days", "label", "Within the hour"),
    ("window", "two_days", "words", "Most within the hour"),
    ("window", "two_days", "words", "Most in 5 working days, some in 6"),
    ("window", "two_days", "words", "Most in two minutes"),
    ("window", "two_days", "label", "Within 2 working days, mostly at once"),
    ("window", "two_days", "label", "Within 2 days, weekends too"),
    ("window", "two_days", "label", "The same day"),
    ("window", "two_days", "consequence", "Answers come within 3 hours. It is hard to keep up."),
    ("window", "session", "label", "By text, always"),
    ("window", "next_day", "label", "The next day"),
    ("purpose", "no_texting", "label", "All of these, any time"),
    ("purpose", "no_texting", "words", "all of these"),
    ("purpose", "no_texting", "label", "No texting, except on hard days"),
    ("purpose", "note", "words", "no texting"),
    ("purpose", "note", "label", "We do not text"),
    ("purpose", "times", "label", "How I feel"),
    ("too_much", "first_notice", "label", "Nobody says so first"),
    ("too_much", "monthly", "words", "We ask each other every session."),
    ("too_much", "note", "words", "Who notices first keeps quiet, note or no note."),
    ("limit", "family", "words", "other clients"),
    ("late", "session", "words", "ask the office"),
    ("often", "one_two", "label", "20 a week"),
    ("often", "no_number", "label", "At most 3 a week"),
    ("night", "nine_eight", "words", "11 pm to 5 am: write it."),
    ("night", "none", "label", "10 pm to 7 am"),
    ("away", "slower", "label", "No texts"),
    ("away", "card", "words", "Texts go on. A card comes."),
    ("privacy", "times_only", "words", "how you are"),
]
TRUE = [
    ("notice", "two_sessions", "label", "Two sessions ahead"),
    ("notice", "two_sessions", "words", "two sessions’ notice, about 2 weeks"),
    ("look_again", "four_weeks", "label", "After four weeks"),
    ("look_again", "four_weeks", "label", "In a month"),
    ("look_again", "four_weeks", "words", "In 4 weeks, and then each quarter."),
    ("look_again", "four_weeks", "consequence", "We have seen one or two weeks. A month can be long."),
    ("ending", "taper", "words", "Fewer texts, step by step."),
    ("ending", "date", "words", "We choose the last day together."),
    ("ending", "pause", "label", "A break first"),
    ("ending", "session", "words", "We meet and talk about it."),
    ("window", "two_days", "words", "Mostly in two working days, at times in three"),
    ("window", "next_day", "label", "By the next working day"),
    ("window", "session", "words", "In session, once a week"),
    ("purpose", "no_texting", "label", "We do not text"),
    ("purpose", "no_texting", "words", "no texts at all"),
    ("purpose", "note", "label", "Something for our next session"),
    ("too_much", "first_notice", "words", "Whoever feels it says so."),
    ("too_much", "monthly", "label", "Every month we ask"),
    ("limit", "family", "words", "home and children"),
    ("often", "one_two", "label", "One or two a week"),
    ("night", "nine_eight", "label", "From 21:00 to 8:00"),
    ("away", "one_text", "label", "A single text"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "option", "text", "says"), LIES)
def test_words_that_say_something_else_than_the_rules_read_are_named(
    key: str, option: str, text: str, says: str
) -> None:
    assert says in against(key, option, **{text: says})


@pytest.mark.parametrize(("key", "option", "text", "says"), TRUE)
def test_other_words_for_the_same_are_let_be(key: str, option: str, text: str, says: str) -> None:
    assert against(key, option, **{text: says}) == []


@pytest.mark.parametrize("name", EDITIONS)
def test_every_starter_family_says_what_it_means(name: str) -> None:
    assert [remark for clause in EDITIONS[name]["clauses"] for remark in of_clause(clause, "en")] == []


def test_swapped_meanings_are_found_and_what_matters_blocks() -> None:
    swapped = set()
    for key, clause in CLAUSES.items():
        turned = deepcopy(clause)
        meanings = [option["meaning"] for option in turned["options"]]
        for option, meaning in zip(turned["options"], meanings[1:] + meanings[:1], strict=True):
            option["meaning"] = meaning
        if remarks := of_clause(turned, "en"):
            swapped.add(key)
            assert {remark.blocks for remark in remarks} == {key in BLOCKED}
    assert swapped == {key for key, clause in CLAUSES.items() if clause["options"]} - {"silence"}


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("look_again", "[[chosen]] Or never, if nobody asks."),
        ("notice", "Both sign changes. [[chosen]], or without any notice."),
        ("ending", "[[chosen]] Or it just stops."),
        ("away", "[[therapist]] gives three weeks’ notice. [[chosen]]"),
    ],
)
def test_what_the_clause_prints_around_its_options_is_read_too(key: str, words: str) -> None:
    clause = deepcopy(CLAUSES[key])
    clause["texts"]["en"]["words"] = words
    assert words in [remark.text.split("the same: “")[1][:-2] for remark in of_clause(clause, "en")]


def test_a_remark_says_what_the_rules_read() -> None:
    clause = deepcopy(CLAUSES["look_again"])
    clause["options"][0]["texts"]["en"]["label"] = "Never again"
    label = clause["options"][0]["meaning"]["first_weeks"]
    [remark] = of_clause(clause, "en")
    assert remark.text == (
        f"The rules read the option “Never again” as: look again after {label} weeks, then every 3 months. "
        "Its words must say the same: “Never again”."
    )
    assert of_clause(clause, "de") == []


@pytest.mark.parametrize(
    ("topic", "meaning", "said"),
    [
        ("look_again", {"first_weeks": 4, "then_months": 1}, "look again after 4 weeks, then every month"),
        ("notice", {"sessions": 1}, "1 session of notice before a change"),
        ("purpose", {"use": "no_texting"}, "nobody texts"),
        ("purpose", {"use": "note"}, "texts for: note"),
        ("often", {"least": None, "most": None}, "no set number of texts"),
        (
            "window",
            {"working_days": 2, "outer_days": 3, "weekends": False},
            "most answers in 2 days; late after 3 days, Monday to Friday",
        ),
        ("night", {"start": "22:00", "end": "07:00", "send_after": "08:00"},
         "quiet from 22:00 to 07:00; texts go out after 08:00"),
        ("away", {"texting": "none", "substitute": "none", "notice_weeks": 2},
         "no texts while away; nothing in their place; told 2 weeks before"),
        ("ending", {"manner": "taper"}, "texting ends with less each week"),
        ("ending", {"manner": "shout"}, ""),
        ("", {}, ""),
    ],
)  # fmt: skip
def test_what_the_rules_read_is_said_in_words(topic: str, meaning: dict[str, Any], said: str) -> None:
    assert reading(topic, "a", meaning) == said


def test_amounts_and_hours_are_read_in_digits_and_in_words() -> None:
    assert amounts("In four weeks, then every 3 months or so.") == [Amount(4, "week"), Amount(3, "month")]
    assert amounts("A month’s break, half a year, 2 to 3 working days") == [
        Amount(1, "month"), Amount(0.5, "year"), Amount(2, "day"), Amount(3, "day"),
    ]  # fmt: skip
    assert (hours("10 pm to 7 a.m., 21:30, 12 am"), numbers("one of us, twenty or 3")) == (
        [1320, 420, 1290, 0],
        [20, 3],
    )
