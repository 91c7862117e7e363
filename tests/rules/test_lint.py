"""Each remark on an edition's wording is made where it belongs, and nowhere else."""

from copy import deepcopy
from typing import Any

import pytest

from agreements.rules import lint, wording
from tests.rules.edition import CLAUSES, EDITION


def changed(key: str, path: str, value: Any) -> dict[str, Any]:
    """The starter edition with one value replaced; `path` leads from the clause, with dots."""
    edition = deepcopy(EDITION)
    where: Any = next(clause for clause in edition["clauses"] if clause["key"] == key)
    *way, last = path.split(".")
    for step in way:
        where = where[int(step)] if isinstance(where, list) else where[step]
    where[last] = value
    return edition


@pytest.mark.parametrize(
    ("key", "path", "value", "remark"),
    [
        ("often", "texts.en.hint", "This is our policy.", "Avoid “policy”."),
        ("often", "texts.en.hint", "Now and/or later.", "Avoid “and/or”."),
        ("often", "texts.en.hint", "You shall see.", "Avoid “shall”."),
        ("often", "texts.en.heading", "Boundaries", "Avoid “Boundaries”."),
        ("often", "options.2.texts.en.label", "Needy days", "Avoid “Needy”."),
        ("misread", "suggested.words", "It is excessive.", "Avoid “excessive”."),
        ("often", "texts.en.hint", " ".join(["word"] * 20), f"This sentence is long: {' '.join(['word'] * 20)}"),
        ("often", "options.0.texts.en.consequence", "", "Every option has a consequence line, or none has."),
        (
            "often",
            "options.0.texts.en.consequence",
            "Good. Bad.",
            "Consequence lines are of about equal length: one good side, one hard side.",
        ),
        (
            "often",
            "options.0.texts.en.consequence",
            "It is easy to keep up, and every week stays light.",
            "Consequence lines are of about equal length: one good side, one hard side.",
        ),
        (
            "often",
            "texts.en.words",
            "[[chosen]] " + "Yes. " * 41,
            "This clause can print 48 words; aim for 45 or fewer.",
        ),
    ],
)
def test_the_wording_of_a_clause_is_remarked_and_may_stay(key: str, path: str, value: Any, remark: str) -> None:
    found = [one for one in lint.lint(changed(key, path, value)) if one not in lint.lint(EDITION)]
    assert {(one.where, one.blocks) for one in found if one.where} == {(key, False)}
    assert remark in [one.text for one in found]


def test_a_long_sentence_is_remarked_once_as_it_was_typed() -> None:
    long = " ".join(["word"] * 20) + "."
    edition = changed("late", "options.0.texts.en.words", long)
    said = [one.text for one in lint.lint(edition) if one.text.startswith("This sentence is long")]
    assert len(said) == 1 and not said[0].endswith("..")


def test_nothing_is_to_be_said_of_the_starter_edition() -> None:
    assert lint.lint(EDITION) == []


def test_a_document_longer_than_two_pages_is_remarked() -> None:
    edition = changed("often", "texts.en.words", "[[chosen]] " + "Yes. " * 35)
    words = lint.document_words(edition["clauses"], "en")
    assert words > 390
    assert lint.lint(edition) == [lint.Remark("", f"The longest document has {words} words; two pages hold 390.")]


def test_no_texting_is_missed() -> None:
    edition = deepcopy(EDITION)
    del edition["clauses"][0]["options"][5]
    assert lint.Remark("", "“No texting” is not among the choices.") in lint.lint(edition)


@pytest.mark.parametrize("part", ["hint", "words"])
def test_hard_words_raise_the_grade(part: str) -> None:
    hard = "Administrative documentation necessitates considerable multidisciplinary deliberation. " * 5 + "[[chosen]]"
    found = [one for one in lint.lint(changed("often", f"texts.en.{part}", hard)) if "grade" in one.text]
    assert [(one.where, one.text.split(" is about ")[0]) for one in found] == [("often", "The reading grade")]


def test_another_language_is_not_graded_and_says_so() -> None:
    edition = deepcopy(EDITION)
    hard = "Administrative documentation necessitates considerable multidisciplinary deliberation. " * 5 + "[[chosen]]"
    for clause in edition["clauses"]:
        for part in (clause, *clause["options"]):
            part["texts"] = {"es": part["texts"]["en"]}
    edition["clauses"][1]["texts"]["es"]["words"] = hard
    graded = [one.text for one in lint.lint(edition) if "grade" in one.text]
    assert graded == ["The reading grade of “es” is not estimated: that works for English only."]


def test_a_clause_of_the_practice_s_own_may_stand_beside_the_topics() -> None:
    edition = deepcopy(EDITION)
    own = {
        "order": 17, "key": "emoji", "topic": "", "kind": "words", "mode": "optional", "asked": "how",
        "texts": {"en": {"heading": "Emoji", "question": "Which?", "hint": "", "words": "[[words]]"}}, "options": [],
    }  # fmt: skip
    edition["clauses"].append(own)
    assert [one for one in lint.lint(edition) if one.where == "emoji"] == []


def test_a_turn_question_has_five_options_with_not_sure_yet_among_them() -> None:
    edition = deepcopy(EDITION)
    often = edition["clauses"][1]
    often["options"].append({**deepcopy(often["options"][3]), "key": "fifth", "order": 5})
    assert [one.text for one in lint.lint(edition) if one.where == "often"] == [
        "More than 5 options, “not sure yet” among them, are hard to choose from."
    ]


def test_what_blocks_comes_first() -> None:
    edition = changed("often", "texts.en.hint", "This is our policy.")
    edition["clauses"][15]["texts"]["en"]["hint"] = "You are free to say no. [[name]]."
    assert [one.blocks for one in lint.lint(edition)] == [True, False]


def test_the_grade_of_the_document_is_that_of_its_longest_form() -> None:
    whole = "\n".join(lint.longest(clause, "en") for clause in CLAUSES.values())
    assert lint.document_grade(list(CLAUSES.values()), "en") == wording.grade(whole, "en") == 1.2
    assert lint.document_grade(list(CLAUSES.values()), "es") is None
