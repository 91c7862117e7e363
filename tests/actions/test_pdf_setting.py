"""What WeasyPrint is given, and what it is spared."""

from __future__ import annotations

import pytest

from agreements.actions.pdf import INDENT
from agreements.actions.pdf_setting import NOTES


def test_only_the_rules_for_notes_are_left_out_of_weasyprints_own_style_sheet() -> None:
    """Should it name them otherwise one day, nothing is lost but time; and nothing else may go."""
    from weasyprint.html import UA

    left_out = [rule.split(" ")[0] for rule in NOTES.findall(UA)]
    assert left_out == ["::footnote-call", "::footnote-marker", "::note-call", "::note-marker", "::note-callback"]


@pytest.mark.parametrize(
    ("html", "lean"),
    [
        ("<section>\n  <p>Call <b>988</b>\n</p>\n</section>", "<section><p>Call <b>988</b></p></section>"),
        (
            "<p><b>One</b>\n  <span>two</span>\n <b>three</b></p>",
            "<p><b>One</b>\n  <span>two</span>\n <b>three</b></p>",
        ),
        ("<tr>\n <td>At\nnight</td>\n <td>\n9 pm</td>\n</tr>", "<tr><td>At\nnight</td><td>\n9 pm</td></tr>"),
        ("<p>One <b>two</b> <p>three", "<p>One <b>two</b> <p>three"),
    ],
)
def test_the_indents_of_the_templates_go_and_no_space_between_words_does(html: str, lean: str) -> None:
    assert INDENT.sub("", html) == lean
