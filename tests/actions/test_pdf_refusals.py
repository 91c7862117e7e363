"""A paper that did not come out right is refused, in plain words."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from agreements.actions import pdf_setting
from agreements.actions.pdf import RenderRefused, render
from agreements.actions.pdf_glyphs import missing_glyphs
from agreements.rules.vocabulary import Answer, Outcome, SignatureKind
from tests.papers import freshly, named, on_paper, sheets, worded
from tests.records import a_record, a_short_record, marks, signed


def test_a_blank_that_was_not_filled_in_is_refused() -> None:
    with pytest.raises(RenderRefused, match="A blank in “Texts between sessions”"):
        on_paper(worded("[[client]] may stop."))


def test_a_blank_that_somebody_typed_is_text() -> None:
    record = worded("We say: [[phone]].")
    said = replace(record.terms[0], value=Answer(words="[[phone]]"))
    assert "[[phone]]" in sheets(on_paper(replace(record, terms=(said, *record.terms[1:]))))[0]


def test_a_character_that_no_font_has_is_refused_by_name() -> None:
    with pytest.raises(RenderRefused, match=r"山 \(U\+5C71\)"):
        on_paper(named("山田", "Dr J. Lee", "Maya"))


def test_missing_glyphs_names_each_once() -> None:
    assert missing_glyphs("Zoë Ánh Ґ ש ع क ’—…") == []
    assert missing_glyphs("山a山🙂") == ["山"]
    assert missing_glyphs("a\x07b\u202ec\nd") == ["\x07", "\u202e"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"strokes": ()}, "The drawing of Maya R. is empty"),
        ({"strokes": ((),)}, "The drawing of Maya R. is empty"),
        ({"kind": SignatureKind.TYPED, "typed": " "}, "The typed name of Maya R. is empty"),
    ],
)
def test_an_empty_signature_is_refused(change: dict[str, Any], reason: str) -> None:
    first, second = marks(a_record())
    with pytest.raises(RenderRefused, match=reason):
        render(signed(a_record()), [replace(first, **change), second])


def test_any_warning_of_the_renderer_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    style = pdf_setting.style_sheet("paper")
    monkeypatch.setattr(pdf_setting, "style_sheet", lambda name: style + "p { colour: none }")
    for _ in range(2):  # what was parsed with a warning is not kept
        with pytest.raises(RenderRefused, match="colour"):
            freshly(a_record())


def test_fonts_are_read_once_and_again_when_their_folder_was_cleared_away() -> None:
    short = a_short_record(Outcome.NOT_FOR_NOW)
    style = pdf_setting.style_sheet("paper")
    freshly(short)
    held = pdf_setting._held[style]
    freshly(short)
    assert pdf_setting._held[style] is held
    for path in held.files:
        path.unlink()
    made = freshly(short)
    assert pdf_setting._held[style] is not held
    assert all("Noto-Sans" in name for name in fonts_of(made))


def fonts_of(made: bytes) -> set[str]:
    pages = PdfReader(BytesIO(made)).pages
    return {font["/BaseFont"] for page in pages for font in page["/Resources"]["/Font"].values()}


@pytest.mark.parametrize("address", ["file:///etc/passwd", "https://example.org/x.png", "data:image/gif;base64,R0lGOD"])
def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    style = pdf_setting.style_sheet("paper")
    monkeypatch.setattr(pdf_setting, "style_sheet", lambda name: style + f"h1 {{ background: url('{address}') }}")
    with pytest.raises(RenderRefused, match="nothing is fetched"):
        freshly(a_record())


def test_words_that_got_lost_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    style = pdf_setting.style_sheet("paper")
    monkeypatch.setattr(pdf_setting, "style_sheet", lambda name: style + ".terms tbody tr:last-child { display: none }")
    with pytest.raises(RenderRefused, match="The paper lost these words: Privacy"):
        freshly(a_record())


def test_something_left_over_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    style = pdf_setting.style_sheet("paper")
    monkeypatch.setattr(pdf_setting, "style_sheet", lambda name: style + 'h1::after { content: " None" }')
    with pytest.raises(RenderRefused, match="left over on the paper: None"):
        freshly(a_record())
