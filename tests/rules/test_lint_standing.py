"""What an edition always says beside an answer cannot be edited out of it."""

import pytest

from tests.rules.edition import CLAUSES
from tests.rules.test_lint import changed
from tests.rules.test_lint_blocks import blocks

PRINTED = "The printed words must hold a sentence such as “%s”, whole and not taken back (%s)"
HOPE, NEVER_COST = "a hope, not a promise", "Crisis steps never cost."
WARNING, CHANGE = "Others may read ordinary texts.", "This can change any time."
UNSAFE, ANY_HOUR = "Unsafe? Do not wait. Use the box.", "In danger use the box, at any hour."
PRIVACY = str(CLAUSES["privacy"]["texts"]["en"]["words"])


@pytest.mark.parametrize(
    ("key", "words", "missing"),
    [
        ("window", "Answers come [[chosen]].", [(HOPE, "H9")]),
        ("window", "We hope for answers: [[chosen]].", [(HOPE, "H9")]),
        ("window", "Answers come [[chosen]]. We hope for answers by then.", []),
        ("window", "[[chosen]]. This is not a promise.", []),
        ("window", "[[chosen]]: sure as a promise, no hope needed.", [(HOPE, "H9")]),
        ("window", "[[chosen]]: a hope, not a promise. Just kidding.", [(HOPE, "H9")]),
        ("late", "[[client]] may [[chosen]]. Never wait to open the box of tea.", [(UNSAFE, "H6")]),
        ("late", "[[client]] may [[chosen]]. Unsafe? Do not wait. Use the box. That was a joke.", [(UNSAFE, "H6")]),
        ("late", "[[client]] may [[chosen]]. If you feel unsafe: do not wait, use the crisis box now.", []),
        ("late", "[[client]] may [[chosen]]. In danger use the box, and do not wait.", []),
        ("night", "[[chosen]] In danger use the box, at any hour. Never mind.", [(ANY_HOUR, "H6")]),
        ("night", "[[chosen]] In danger, any hour: the box.", []),
        ("late", "[[client]] may [[chosen]].", [("Unsafe? Do not wait. Use the box.", "H6")]),
        ("late", "[[client]] may [[chosen]]. Unsafe? Do not wait.", [("Unsafe? Do not wait. Use the box.", "H6")]),
        ("late", "[[client]] may [[chosen]]. If you feel unsafe, do not wait. Go by the crisis box.", []),
        ("night", "[[chosen]]", [("In danger use the box, at any hour.", "H6")]),
        ("night", "[[chosen]] If you are in danger, use the crisis steps, day and night.", []),
        (
            "privacy",
            PRIVACY.replace("Others may read ordinary texts. ", "").replace("see them, ", ""),
            [(WARNING, "H13")],
        ),
        ("privacy", PRIVACY.replace("This can change any time. ", ""), [(CHANGE, "H13")]),
        ("privacy", PRIVACY.replace(" Crisis steps never cost.", ""), [(NEVER_COST, "H25")]),
        (
            "privacy",
            "[[chosen]]. Law may ask. Texting costs nothing.",
            [(WARNING, "H13"), (CHANGE, "H13"), (NEVER_COST, "H25")],
        ),
    ],
)
def test_h06_h09_h13_h25_what_is_printed_whatever_is_chosen(
    key: str, words: str, missing: list[tuple[str, str]]
) -> None:
    found = [said for where, said in blocks(changed(key, "texts.en.words", words)) if where == key]
    assert found == [PRINTED % each for each in missing]


def test_h13_the_question_about_ordinary_texts_says_that_no_is_free() -> None:
    words = "The question or its hint must hold words such as “You are free to say no.”, whole and not taken back (H13)"
    assert blocks(changed("privacy", "texts.en.hint", "Others can read ordinary texts.")) == [("privacy", words)]
    assert blocks(changed("privacy", "texts.en.hint", "It is up to you.")) == []
    assert ("privacy", words) in blocks(changed("privacy", "texts.en.hint", "Whoever is free to say nothing says no."))
