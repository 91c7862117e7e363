"""What an editor types and must not: code, phone numbers in any spelling; also in what is said about the edition."""

from __future__ import annotations

from copy import deepcopy

import pytest

from agreements.rules import lint
from tests.rules.edition import CLAUSES, EDITION
from tests.rules.test_lint import changed
from tests.rules.test_lint_blocks import blocks

IS_CODE = (
    "“%s” looks like code of a web page or a program. It would be printed just as it stands. Please use plain words."
)
PLACES = [
    ("late", "texts.en.heading"),
    ("late", "texts.en.question"),
    ("late", "texts.en.hint"),
    ("late", "texts.en.words"),
    ("late", "options.0.texts.en.label"),
    ("late", "options.0.texts.en.consequence"),
    ("late", "options.0.texts.en.words"),
    ("misread", "suggested.words"),
]


def at(key: str, path: str) -> str:
    """The text of the starter edition at this place."""
    found = CLAUSES[key]
    for step in path.split("."):
        found = found[int(step)] if isinstance(found, list) else found[step]
    return str(found)


@pytest.mark.parametrize("code", ["{{ x }}", "{% load x %}", "{# x #}", "<b>", "<script>", "<img src=x>", "&nbsp;"])
@pytest.mark.parametrize(("key", "path"), PLACES)
def test_code_keeps_an_edition_from_being_published(key: str, path: str, code: str) -> None:
    assert (key, IS_CODE % code) in blocks(changed(key, path, f"{at(key, path)} {code} more"))


@pytest.mark.parametrize("text", ["3 < 4", "{", "a <3 b", "AT&T; {50%}"])
@pytest.mark.parametrize(("key", "path"), PLACES)
def test_a_lone_sign_is_no_code(key: str, path: str, text: str) -> None:
    assert blocks(changed(key, path, f"{at(key, path)} {text}")) == []


def test_code_in_another_language_is_named_too() -> None:
    edition = deepcopy(EDITION)
    for clause in edition["clauses"]:
        for part in (clause, *clause["options"]):
            part["texts"]["es"] = deepcopy(part["texts"]["en"])
    edition["clauses"][1]["texts"]["es"]["hint"] = "<b>Hola</b>"
    found = [(where, words) for where, words in blocks(edition) if where]
    assert found == [("often", IS_CODE % "<b>")]


@pytest.mark.parametrize(
    ("part", "name", "said"),
    [
        ("family", "name", "The name of the family"),
        ("family", "about", "For whom it is"),
        ("edition", "update_rule", "When it is read again"),
        ("edition", "funding", "Who paid for it"),
    ],
)
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Made with {{ care }}.", IS_CODE % "{{ care }}"),
        (
            "Call 988.",
            "“988” looks like a phone number. Numbers come from the crisis lines and the practice: "
            "use the crisis box or [[phone]]. (H17)",
        ),
        (
            "In danger text first.",
            "This seems to say something else than the crisis box. Say it with the crisis box: “In danger use the "
            "box, at any hour.” (H7) Please change: “In danger text first.”",
        ),
    ],
)
def test_what_is_said_about_an_edition_is_read_like_a_clause(
    part: str, name: str, said: str, text: str, why: str
) -> None:
    edition = deepcopy(EDITION)
    edition[part][name] = text
    assert blocks(edition) == [("", f"{said}: {why}")]


def test_who_read_an_edition_is_no_phone_number() -> None:
    edition = deepcopy(EDITION)
    edition["edition"]["read_by"] = "Dr A. Wren, 2026-11-02"
    assert lint.lint(edition) == []
    edition["edition"]["read_by"] = "Dr <b>Wren</b>"
    assert blocks(edition) == [("", f"Who read it: {IS_CODE % '<b>'}")]


@pytest.mark.parametrize(
    "text", ["call 911 first", "Dr Wren, 555 123 4567", "call the hotline", "In danger text Dr Wren", "x" * 141]
)
def test_h17_who_read_an_edition_is_a_name_and_nothing_else(text: str) -> None:
    edition = deepcopy(EDITION)
    edition["edition"]["read_by"] = text
    [(where, said)] = blocks(edition)
    assert (where, said.split(":")[0]) == ("", "Who read it")


def test_each_word_to_avoid_is_named_once() -> None:
    found = lint.lint(changed("often", "texts.en.hint", "You shall keep our policy. You shall, and/or may."))
    assert [one.text for one in found if one.where == "often"] == [
        "Avoid “shall”.",
        "Avoid “policy”.",
        "Avoid “and/or”.",
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Call nine eight eight.", "nine eight eight"),
        ("Or Nine-One-One now.", "Nine-One-One"),
        ("Dial one one two.", "one one two"),
        ("Ring nine nine nine.", "nine nine nine"),
        ("Triple zero helps.", "Triple zero"),
        ("Call nine-eleven.", "nine-eleven"),
        ("Ring one double four.", "one double four"),
        ("Ring ９８８ now.", "988"),
        ("Ring ٩٨٨ now.", "٩٨٨"),
        ("Ring ९८८ now.", "९८८"),
        ("Dial 9‑1‑1.", "9‐1‐1"),
        ("Dial 9–1–1.", "9–1–1"),
        ("Dial 9\u200b1\u200b1.", "911"),
        ("Ring ⑨⑧⑧.", "988"),
    ],
)
def test_h17_a_phone_number_in_any_spelling_is_never_typed(text: str, number: str) -> None:
    [(where, said)] = blocks(changed("often", "texts.en.hint", text))
    assert (where, said.split(" looks like a phone number.")[0]) == ("often", f"“{number}”")


@pytest.mark.parametrize(
    "text",
    [
        "Count one, two, three.",
        "One two three, and breathe.",
        "Two or three a week.",
        "At nine, one text.",
        "Between nine and eleven.",
        "One or two one day, none the next.",
        "One one-hour session.",
    ],
)
def test_h17_a_number_in_words_that_is_no_phone_number_may_stand(text: str) -> None:
    assert blocks(changed("often", "texts.en.hint", text)) == []
