"""The plain words of the log."""

import pytest

from agreements.rules import log_words


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        (["Maya: Most days", "Decided: 3 to 5"], "Maya: Most days. Decided: 3 to 5."),
        (["Maya: We ask.", "Dr Lee: “Are you still there?”"], "Maya: We ask. Dr Lee: “Are you still there?”"),
        (["Both saw the two answers."], "Both saw the two answers."),
        ([], ""),
    ],
)
def test_each_part_is_one_sentence(parts, line):
    assert log_words.sentences(parts) == line


@pytest.mark.parametrize(
    ("who", "said", "line"),
    [
        ("client", {"often": "working"}, "Each term is working for Maya."),
        ("client", {"often": "working", "our texting": "right"}, "Each term is working for Maya. Our texting is: About right."),
        ("partner-2", {"often": "not_used", "our texting": "little"}, "Each term is working for Maya, or was not used. Our texting is: Too little."),
        ("therapist", {"often": "working", "our texting": "much"}, "Each term is working for Maya. Without strain? It is getting much."),
        ("therapist", {"often": "not_working", "night": "not_used", "our texting": "strain"}, "Not working for Maya: OFTEN. Without strain? No longer."),
    ],
)  # fmt: skip
def test_how_it_went_is_told_as_it_was_said(who, said, line):
    assert log_words.sentences(log_words.looked_back("Maya", who, said, str.upper)) == line


def test_an_answer_told_before_is_not_told_again():
    assert log_words.own_answers("Dr Lee", ["How often: 3 to 5"]) == "Dr Lee’s own answers. How often: 3 to 5."
    assert log_words.own_answers("Dr Lee", []) == "Dr Lee looked at their own answers again."
    assert (
        log_words.compared("Maya", ["How often: Most days"]) == "Maya’s answers. How often: Most days. Both compared."
    )
    assert log_words.compared("Maya", []) == "Both compared."


@pytest.mark.parametrize(
    ("name", "without", "line"),
    [
        ("Maya", False, "Maya stopped texting on 1 May."),
        ("Dr Lee", True, "Dr Lee stopped texting on 1 May, without the agreed notice: Illness."),
        ("", False, "Both ended texting as planned, on 1 May."),
    ],
)
def test_h21_who_stopped_and_how(name, without, line):
    assert log_words.stopped(name, "1 May", without_notice=without, reason="Illness" if without else "") == line


def test_a_kind_without_words_is_named_as_it_is():
    assert log_words.simple("page box") == "The crisis steps were read."
    assert log_words.simple("renamed") == "The client’s name was changed."
    assert log_words.simple("something new") == "Something new."
