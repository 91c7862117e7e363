"""What is written the other way round than the paper is set its own way, a paragraph at a time."""

from __future__ import annotations

import pytest

from agreements.actions.pdf_sides import SLOT, framed, sided

NAME = "\u2068מאיה\u2069"


@pytest.mark.parametrize(
    ("inner", "turns"),
    [
        ("You can stop at any time.", True),
        (f"Between {NAME} and {NAME}, version 1.", True),
        ("\u206623 November 2026\u2069, \u206610:01 a.m.\u2069", True),
        ("בלילה", False),
        ("Until then: בלילה", False),
        (NAME, False),
        ("\u2066(555) 010-0143\u2069", False),
        ("&#x27;12&#x27;", False),
    ],
)
def test_a_paragraph_without_a_letter_from_right_to_left_goes_its_own_way(inner: str, turns: bool) -> None:
    side = ' dir="ltr"' if turns else ""
    page = f'<td><p class="small">{inner}</p></td>'
    assert sided(page, right_to_left=True) == f'<td><p class="small"{side}>{inner}</p></td>'


@pytest.mark.parametrize(
    ("inner", "turns"),
    [
        ("מסתכלים שוב ב-\u20669:00\u2069.", True),
        ("في الليل", True),
        ("Until then: בלילה", False),
        (f"Between {NAME} and {NAME}.", False),
        (NAME, False),
        ("You can stop at any time.", False),
    ],
)
def test_on_a_paper_from_left_to_right_a_paragraph_in_hebrew_does(inner: str, turns: bool) -> None:
    side = ' dir="rtl"' if turns else ""
    assert sided(f"<li><p>{inner}</p></li>", right_to_left=False) == f"<li><p{side}>{inner}</p></li>"


def test_the_foot_keeps_its_code_beside_the_label() -> None:
    foot = '<body data-foot="check code 1">'
    assert sided(foot, right_to_left=True) == '<body data-foot="\u2068check code 1\u2069">'
    assert sided(foot, right_to_left=False) == foot


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("About 3.", ["Until then: About 3. We look on 4 March."]),
        ("12.", ["Until then: 12. We look on 4 March."]),
        ("בערך 3.", ["Until then:", "בערך 3.", "We look on 4 March."]),
    ],
)
def test_an_answer_written_the_other_way_round_stands_for_itself(words: str, lines: list[str]) -> None:
    assert framed(f"Until then: {SLOT} We look on 4 March.", words) == lines


def test_in_a_translated_sentence_it_is_the_other_way_about() -> None:
    assert framed(f"עד אז: {SLOT}", "בערך 3.") == ["עד אז: בערך 3."]
    assert framed(f"עד אז: {SLOT}", "About 3.") == ["עד אז:", "About 3."]
    assert framed(f"{SLOT} בינתיים", "About 3.") == ["About 3.", "בינתיים"]
