"""What an edition always says beside an answer cannot be edited out of it."""

import pytest

from tests.rules.edition import CLAUSES
from tests.rules.test_lint import changed
from tests.rules.test_lint_blocks import blocks

PRINTED = "The printed words must say something like “%s” (%s)"
HOPE, NEVER_COST = "a hope, not a promise", "Crisis steps never cost."
WARNING, CHANGE = "Others may read ordinary texts.", "This can change any time."
PRIVACY = str(CLAUSES["privacy"]["texts"]["en"]["words"])


@pytest.mark.parametrize(
    ("key", "words", "missing"),
    [
        ("window", "Answers come [[chosen]].", [(HOPE, "H9")]),
        ("window", "We hope for answers: [[chosen]].", []),
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
    words = "The question or its hint must say something like “You are free to say no.” (H13)"
    assert blocks(changed("privacy", "texts.en.hint", "Others can read ordinary texts.")) == [("privacy", words)]
    assert blocks(changed("privacy", "texts.en.hint", "It is up to you.")) == []
