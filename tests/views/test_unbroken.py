"""A telephone number on a screen stays on one line."""

import pytest

from agreements.templatetags.wording_tags import unbroken


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Call (555) 010-0147 then.", "Call (555)\N{NO-BREAK SPACE}010-0147 then."),
        ("+44 20 7946 0000", "+44\N{NO-BREAK SPACE}20\N{NO-BREAK SPACE}7946\N{NO-BREAK SPACE}0000"),
        ("2 or 3 texts, by 9 pm", "2 or 3 texts, by 9 pm"),
    ],
)
def test_a_number_stays_whole(text: str, shown: str) -> None:
    assert unbroken(text) == shown
