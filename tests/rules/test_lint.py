"""Each remark on an edition's wording is made where it belongs, and nowhere else."""

from copy import deepcopy
from typing import Any

import pytest

from agreements.rules import lint
from tests.rules.edition import EDITION


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
        ("often", "texts.en.heading", "Boundaries", "Avoid “Boundaries”."),
        ("often", "texts.en.hint", "Call 988.", "Phone numbers come from the practice, not from the text: Call 988."),
        ("often", "texts.en.hint", " ".join(["word"] * 20), f"This sentence is long: {' '.join(['word'] * 20)}"),
        ("often", "texts.en.hint", "For [[name]].", "[[name]] is not a placeholder."),
        ("often", "texts.en.heading", "[[client]]", "Headings and options take no placeholders."),
        ("often", "options.0.texts.en.label", "[[client]]", "Headings and options take no placeholders."),
        ("often", "texts.en.words", "As agreed.", "The text never shows the answer: [[chosen]] is missing."),
        ("extra", "texts.en.words", "As agreed.", "The text never shows the answer: [[words]] is missing."),
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
        ("often", "options.0.order", 2, "Options are numbered from 1."),
        ("often", "kind", "words", "The code does not know this topic in this kind of clause."),
        (
            "late",
            "texts.en.hint",
            "In danger text first.",
            "This sentence breaks the safety rule H7: In danger text first.",
        ),
        (
            "often",
            "suggested",
            {"chosen": ["one_two"], "words": ""},
            "Nothing is suggested here: this answer is the pair's own.",
        ),
        (
            "late",
            "suggested",
            {"chosen": ["wave"], "words": ""},
            "The code cannot read {'chosen': ['wave'], 'words': ''}: late has no option 'wave'.",
        ),
        (
            "late",
            "options.0.meaning",
            {"step": "wave"},
            "The code cannot read ('nudge',): step is one of: nudge, call, session, comfort.",
        ),
    ],
)
def test_a_remark_is_made_at_its_clause(key: str, path: str, value: Any, remark: str) -> None:
    found = lint.lint(changed(key, path, value))
    assert {one.text for one in found if one.where == key} >= {remark}
    assert {one.where for one in found} <= {key, ""}


@pytest.mark.parametrize(
    ("key", "path", "value", "remark"),
    [
        ("often", "order", 9, "Keys are unique and clauses are numbered from 1."),
        ("often", "key", "purpose", "Keys are unique and clauses are numbered from 1."),
        ("window", "topic", "", "No clause asks: window."),
        ("often", "texts.en.words", "[[chosen]] " + "Yes. " * 10, "The longest document has 395 words; two pages hold 390."),
    ],
)  # fmt: skip
def test_a_remark_is_made_on_the_whole(key: str, path: str, value: Any, remark: str) -> None:
    assert [one.text for one in lint.lint(changed(key, path, value)) if one.where == ""] == [remark]


def test_no_texting_is_missed() -> None:
    edition = deepcopy(EDITION)
    del edition["clauses"][0]["options"][5]
    assert lint.lint(edition) == [lint.Remark("", "“No texting” is not among the choices.")]


@pytest.mark.parametrize("part", ["hint", "words"])
def test_hard_words_raise_the_grade(part: str) -> None:
    hard = "Administrative documentation necessitates considerable multidisciplinary deliberation. " * 5 + "[[chosen]]"
    found = [one for one in lint.lint(changed("often", f"texts.en.{part}", hard)) if "grade" in one.text]
    assert [(one.where, one.text.split(" is about ")[0]) for one in found] == [("often", "The reading grade")]


def test_a_clause_of_the_practice_s_own_may_stand_beside_the_topics() -> None:
    edition = deepcopy(EDITION)
    own = {
        "order": 17, "key": "emoji", "topic": "", "kind": "words", "mode": "optional", "asked": "how",
        "texts": {"en": {"heading": "Emoji", "question": "Which?", "hint": "", "words": "[[words]]"}}, "options": [],
    }  # fmt: skip
    edition["clauses"].append(own)
    assert [one for one in lint.lint(edition) if one.where] == []


def test_a_turn_question_has_at_most_four_options() -> None:
    edition = deepcopy(EDITION)
    often = edition["clauses"][1]
    fifth = {**deepcopy(often["options"][3]), "key": "fifth", "order": 5}
    often["options"].append(fifth)
    assert [one.text for one in lint.lint(edition)] == ["More than 4 options beside “not sure yet”."]
