"""What may be said about danger, by an edition and by the two: read the other way round from the phrase lists."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from agreements.rules import lint_typing, safety
from agreements.rules.danger import contradictions, is_fine, speaks
from agreements.rules.phrase_lists import REFUSED
from tests.rules.agreed import TODAY, an_agreement
from tests.rules.more_sentences import REPORTED, UNSAFE
from tests.rules.safe_sentences import SAFE
from tests.rules.sentences import INNOCENT, NASTY
from tests.rules.test_lint_blocks import blocks, with_clause
from tests.rules.test_safety_phrases import CHECKS, FINE, REFUSALS, found
from tests.rules.thoughts import NEIGHBOURS, OTHERS, THOUGHTS


def printed(words: str, heading: str = "Own") -> list[str]:
    """What blocks an edition in which a locked clause says this."""
    text = {"heading": heading or "Own", "question": "", "hint": "", "words": words}
    return [said for _where, said in blocks(with_clause(texts={"en": text}))]


def typed(words: str, heading: str = "") -> list[str]:
    """The rules that hold signing when the two wrote this."""
    return [each.rule for each in found(f"{heading}: {words}" if heading else words) if each.blocks]


@pytest.mark.parametrize("rule", REPORTED)
def test_every_sentence_that_got_past_is_refused_where_it_is_printed_and_where_it_is_typed(rule: str) -> None:
    for words in REPORTED[rule]:
        assert any(f"({rule})" in each for each in printed(words)), words
        assert rule in typed(words), words


@pytest.mark.parametrize(("heading", "words"), [*UNSAFE, *sum(THOUGHTS.values(), []), *OTHERS])
def test_sentences_of_other_shapes_are_refused(heading: str, words: str) -> None:
    assert (printed(words, heading) != [], typed(words, heading) != []) == (True, True)


@pytest.mark.parametrize(("heading", "words"), [*SAFE, *NEIGHBOURS, *(("", words) for words in (*INNOCENT, *FINE))])
def test_what_a_practice_says_well_is_let_be(heading: str, words: str) -> None:
    assert (printed(words, heading), typed(words, heading)) == ([], [])


def test_the_long_lists_hold_for_what_is_printed_too() -> None:
    for lists in (NASTY, REFUSALS):
        for rule in set(lists) - {"H22", "H26"}:
            assert [words for words in lists[rule] if not printed(words.replace("[[client]]", "Maya"))] == [], rule


def choosing(**option: str) -> dict[str, Any]:
    said = {"label": "One", "consequence": "", "words": "", **option}
    return {"key": "one", "order": 1, "meaning": {}, "texts": {"en": said}}


@pytest.mark.parametrize(
    ("heading", "question", "words", "label"),
    [
        ("When you feel suicidal", "What then?", "[[client]] will [[chosen]].", "text Dr Lee and wait"),
        ("Own", "What do you do when you feel suicidal?", "[[chosen]].", "leave a voicemail"),
        ("Own", "What do you do when you feel suicidal?", "[[chosen]].", "text Dr Lee and wait"),
        ("In an emergency", "What then?", "[[chosen]].", "hope for an answer"),
        ("Crisis calls", "What do they cost?", "[[chosen]].", "40 dollars each"),
        ("Maya promises", "What?", "[[chosen]].", "to stay safe"),
    ],
)
def test_a_heading_or_a_question_and_its_options_are_one_thought(
    heading: str, question: str, words: str, label: str
) -> None:
    other = {**choosing(label="A heart"), "key": "two", "order": 2}
    text = {"heading": heading, "question": question, "hint": "", "words": words}
    asked = {"kind": "choose", "mode": "required", "options": [choosing(label=label), other]}
    assert blocks(with_clause(texts={"en": text}, **asked)) != []
    fine = {**asked, "options": [choosing(label="use the box, at any hour"), other]}
    plain = {**text, "heading": "Own", "question": "What then?"}
    assert blocks(with_clause(texts={"en": plain}, **fine)) == []


def test_h07_an_agreement_is_read_with_its_headings() -> None:
    term = replace(an_agreement().terms[-2], heading="In an emergency", words="Text Dr Lee first.")
    record = an_agreement(terms=tuple(term if each.key == term.key else each for each in an_agreement().terms))
    [hit] = [each for each in safety.findings(record, today=TODAY, checks=CHECKS) if each.rule == "H7"]
    assert (hit.where, hit.asks, hit.sentence) == (term.key, False, "In an emergency Text Dr Lee first.")


@pytest.mark.parametrize("rule", sorted(set(REFUSED["en"]) - {"H22", "H26", "H28"}))
def test_a_refusal_shows_words_that_pass(rule: str) -> None:
    *_why, example = lint_typing.why(rule).split("“")
    words = example.split("”")[0]
    assert (printed(words), typed(words)) == ([], []), words


@pytest.mark.parametrize(
    ("text", "is_about", "fine"),
    [
        ("In danger use the box, at any hour.", True, True),
        ("Unsafe? Do not wait.", True, True),
        ("In danger use the box, but text us first.", True, False),
        ("We text about the week.", False, False),
        ("My phone is dead, so I text later.", False, False),
    ],
)
def test_a_sentence_about_danger_stands_in_an_allowed_shape_or_not(text: str, is_about: bool, fine: bool) -> None:
    assert (speaks(text), is_fine(text)) == (is_about, fine)


def test_what_is_printed_is_read_as_a_whole_and_what_is_typed_with_its_neighbours() -> None:
    assert contradictions(["A crisis is hard.", "A cat helps.", "Text us at noon."]) == []
    assert contradictions(["A crisis is hard.", "A cat helps."], printed=True) == ["A crisis is hard."]
    fine = ["A crisis is hard.", "A cat helps.", "Use the box, at any hour."]
    assert contradictions(fine, printed=True) == []
    assert contradictions([*fine, "Text us at noon."], printed=True) == ["A crisis is hard. Text us at noon."]
    assert contradictions(["In danger use the box.", "Before that, text us."]) == [
        "In danger use the box. Before that, text us."
    ]


@pytest.mark.parametrize("word", ["t3xt", "su1cidal", "техt", "текст", "ᴛᴇxᴛ"])
def test_a_word_that_is_not_in_plain_letters_is_not_published(word: str) -> None:
    assert printed(f"We {word} on Mondays.") != []


def test_a_language_the_rules_cannot_read_is_not_published() -> None:
    clause = with_clause()["clauses"][-1]
    german = {**clause, "key": "why_not", "texts": {"de": clause["texts"]["en"]}}
    [(where, said)] = [each for each in blocks({"clauses": [german]}) if "(H7)" in each[1]]
    assert (where, said.startswith("The safety rules cannot read “de” yet, only: en.")) == ("", True)


def test_h07_what_is_said_about_a_family_is_read_as_strictly_as_a_clause() -> None:
    assert lint_typing.about("For young people who reach out to us when they cannot go on.") != []
    assert lint_typing.about("For people who are in danger.") != []
    assert lint_typing.about("For two partners. You both see one thread.") == []


def test_a_very_long_sentence_is_shown_by_its_first_words() -> None:
    [said] = [each for each in printed(f"In danger text us {'and again ' * 200}.") if "(H7)" in each]
    assert said.endswith("and again …”") and len(said) < 500
