"""What an answer means: every topic reads its own meanings strictly and refuses everything else."""

from contextlib import suppress
from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.rules import topics
from agreements.rules.family_topics import Coaching, GuardianSees
from agreements.rules.lint_structure import meaning_fault
from agreements.rules.topics import (
    Away,
    Ending,
    Frequency,
    Labels,
    LateStep,
    Limit,
    Meaning,
    Notice,
    Open,
    Privacy,
    Purpose,
    QuietHours,
    ReplyWindow,
    ReviewRhythm,
    Signal,
    Silence,
)
from agreements.rules.vocabulary import UNSURE, Answer

GOOD: list[tuple[str, list[dict[str, Any]], str, Meaning]] = [
    ("purpose", [{"use": "times"}, {"use": "note"}], "", Purpose(("times", "note"))),
    ("often", [{"least": 1, "most": 2}], "", Frequency(1, 2)),
    ("often", [{"least": None, "most": None}], "", Frequency(None, None)),
    ("window", [{"working_days": 1, "outer_days": 2, "weekends": False}], "", ReplyWindow(1, 2, False)),
    ("window", [{"working_days": None, "outer_days": 7, "weekends": True}], "", ReplyWindow(None, 7, True)),
    (
        "night",
        [{"start": "21:00", "end": "08:00", "send_after": "09:00"}],
        "",
        QuietHours(time(21), time(8), time(9)),
    ),
    ("night", [{"start": None, "end": None, "send_after": None}], "", QuietHours(None, None, None)),
    ("away", [{"texting": "none", "substitute": "card", "notice_weeks": 2}], "", Away("none", "card", 2)),
    ("look_again", [{"first_weeks": 4, "then_months": 3}], "", ReviewRhythm(4, 3)),
    ("limit", [{"depends_on": "family"}], " Five a week ", Limit("Five a week", ("family",))),
    ("too_much", [{"way": "note"}], "", Signal("note")),
    ("notice", [{"sessions": 2}], "", Notice(2)),
    ("ending", [{"manner": "taper"}], "", Ending("taper")),
    ("silence", [{"reason": "sleep"}], "", Silence(("sleep",))),
    ("late", [{"step": "nudge"}], "", LateStep("nudge")),
    ("asking", [], " Just sharing. ", Labels("Just sharing.")),
    ("privacy", [{"choice": "secure_app"}], "", Privacy("secure_app")),
    ("coaching", [{"hours": 24}], "", Coaching(24)),
    ("coaching", [{"hours": None}], "", Coaching(None)),
    ("guardian", [{"sees": "times"}], "", GuardianSees("times")),
]
BAD: list[tuple[str, list[Any], str]] = [
    ("purpose", [], ""),
    ("purpose", [{"use": "times"}, {"use": "no_texting"}], ""),
    ("purpose", [{"use": ""}], ""),
    ("purpose", [{"use": "times"}], "and more"),
    ("often", [{"least": 3, "most": 2}], ""),
    ("often", [{"least": None, "most": 2}], ""),
    ("often", [{"least": 1, "most": True}], ""),
    ("often", [{"least": 1, "most": 2, "a": 1}], ""),
    ("often", [{"least": 1, "most": 2}, {"least": 3, "most": 5}], ""),
    ("window", [{"working_days": 2, "outer_days": 2, "weekends": False}], ""),
    ("window", [{"working_days": 2, "outer_days": 15, "weekends": False}], ""),
    ("window", [{"working_days": None, "outer_days": 0, "weekends": False}], ""),
    ("window", [{"working_days": 1, "outer_days": None, "weekends": False}], ""),
    ("window", [{"working_days": 1, "outer_days": 2, "weekends": "no"}], ""),
    ("night", [{"start": "21:00", "end": "21:00", "send_after": "22:00"}], ""),
    ("night", [{"start": "21:00", "end": "08:00", "send_after": "07:00"}], ""),
    ("night", [{"start": "01:00", "end": "08:00", "send_after": "07:00"}], ""),
    ("night", [{"start": "21:00", "end": None, "send_after": "09:00"}], ""),
    ("night", [{"start": "9 pm", "end": "08:00", "send_after": "09:00"}], ""),
    ("night", [{"start": "21:00+02:00", "end": "08:00", "send_after": "09:00"}], ""),
    ("away", [{"texting": "never", "substitute": "card", "notice_weeks": 2}], ""),
    ("away", [{"texting": "none", "substitute": "card", "notice_weeks": 0}], ""),
    ("look_again", [{"first_weeks": 0, "then_months": 3}], ""),
    ("limit", [], "Five a week"),
    ("too_much", [{"way": "shout"}], ""),
    ("notice", [{"sessions": "2"}], ""),
    ("ending", ["taper"], ""),
    ("silence", [{"reason": 1}], ""),
    ("late", [{"step": ["nudge"]}], ""),
    ("asking", [], "  "),
    ("misread", [{"a": 1}], "We ask."),
    ("privacy", [], ""),
    ("coaching", [{"hours": 0}], ""),
    ("coaching", [{"hours": True}], ""),
    ("guardian", [{"sees": "some"}], ""),
    ("often", [{"least": 0, "most": 101}], ""),
    ("away", [{"texting": "none", "substitute": "card", "notice_weeks": 27}], ""),
    ("notice", [{"sessions": 27}], ""),
    ("coaching", [{"hours": 49}], ""),
]


@pytest.mark.parametrize(("topic", "meanings", "words", "expected"), GOOD)
def test_a_meaning_is_read(topic: str, meanings: list[dict[str, Any]], words: str, expected: Meaning) -> None:
    assert topics.TOPICS[topic].parse(meanings, words) == expected


@pytest.mark.parametrize(("topic", "meanings", "words"), BAD)
def test_anything_else_is_refused(topic: str, meanings: list[Any], words: str) -> None:
    with pytest.raises(ValueError):
        topics.TOPICS[topic].parse(meanings, words)


@pytest.mark.parametrize(
    ("first", "then", "fault"),
    [
        (13, 12, ""),
        (14, 3, "first_weeks is a whole number from 1 to 13"),
        (5200, 3, "first_weeks is a whole number from 1 to 13"),
        (10**7, 3, "first_weeks is a whole number from 1 to 13"),
        (4, 13, "then_months is a whole number from 1 to 12"),
    ],
)
def test_a_look_that_returns_lies_no_further_off_than_anybody_waits(first: int, then: int, fault: str) -> None:
    assert meaning_fault("look_again", "choose", "a", {"first_weeks": first, "then_months": then}) == fault


values = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)
keys = st.sampled_from(
    ["use", "least", "most", "way", "step", "start", "end", "send_after", "choice", "sessions", "hours", "sees"]
)


@given(
    topic=st.sampled_from(list(topics.TOPICS)),
    meanings=st.lists(st.dictionaries(keys, values) | values, max_size=3),
    words=st.text(max_size=5),
)
def test_whatever_comes_is_a_meaning_or_a_value_error(topic: str, meanings: list[Any], words: str) -> None:
    with suppress(ValueError):
        assert type(topics.TOPICS[topic].parse(meanings, words)) is topics.TOPICS[topic]


def test_labels_repair_and_extra_with_the_same_words_are_not_the_same() -> None:
    assert topics.Labels("We ask.") != topics.Repair("We ask.")


def test_read_takes_the_chosen_options_in_the_order_chosen() -> None:
    meanings = {"a": {"reason": "sleep"}, "b": {"reason": "family"}}
    assert topics.read("silence", Answer(("b", "a")), meanings) == Silence(("family", "sleep"))


@pytest.mark.parametrize(
    ("topic", "answer", "problem"),
    [
        ("weather", Answer(("a",)), "unknown topic 'weather'"),
        ("silence", Answer(("z",)), "silence has no option 'z'"),
        ("silence", Answer(("a", "a")), "silence names an option twice"),
        ("silence", Answer((UNSURE,)), "“not sure yet” decides nothing"),
    ],
)
def test_read_names_what_is_wrong(topic: str, answer: Answer, problem: str) -> None:
    with pytest.raises(ValueError) as refused:
        topics.read(topic, answer, {"a": {"reason": "sleep"}})
    assert str(refused.value) == problem


def test_an_open_term_goes_by_its_interim() -> None:
    assert topics.in_force(Open(Notice(2))) == topics.in_force(Notice(2)) == Notice(2)


def test_the_five_answers_are_topics_of_their_own() -> None:
    assert [topic for topic in topics.FIVE if topic in topics.TOPICS] == list(topics.FIVE)
    assert len(set(topics.FIVE)) == 5


@pytest.mark.parametrize(
    ("choice", "ordinary"),
    [("times_only", True), ("also_feelings", True), ("secure_app", False), ("no_ordinary", False)],
)
def test_privacy_knows_which_choices_allow_ordinary_texts(choice: str, ordinary: bool) -> None:
    assert Privacy(choice).ordinary_texts is ordinary
