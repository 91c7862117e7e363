"""Papers from right to left: what is not yet in their language is set from left to right, a paragraph at a time."""

from __future__ import annotations

import pytest

from agreements.actions.pdf_sides import sided

NAME = "\u2068מאיה\u2069"


@pytest.mark.parametrize(
    ("inner", "turns"),
    [
        ("You can stop at any time.", True),
        (f"Between {NAME} and {NAME}, version 1.", True),
        ("בלילה", False),
        ("Until then: בלילה", False),
        (NAME, False),
        ("\u2066(555) 010-0143\u2069", False),
        ("&#x27;12&#x27;", False),
    ],
)
def test_a_paragraph_without_a_letter_from_right_to_left_goes_its_own_way(inner: str, turns: bool) -> None:
    side = ' dir="ltr"' if turns else ""
    assert sided(f'<td><p class="small">{inner}</p></td>') == f'<td><p class="small"{side}>{inner}</p></td>'


def test_the_foot_keeps_its_code_beside_the_label() -> None:
    assert sided('<body data-foot="check code 1">') == '<body data-foot="\u2068check code 1\u2069">'
