"""The journey by touch, on a tablet between two chairs: at most 26 taps, no keystroke, and a sealed PDF in hand."""

from __future__ import annotations

from pathlib import Path

from agreements.models import Document, Signature, User
from tests.browser import journey
from tests.browser.conftest import Opener
from tests.browser.window import Window
from tests.tools import needs

pytestmark = needs("chromium")

BEFORE = ["client_new", "client", "begin", "prepare", "start"]
WAY = ["box", "privacy", "turn", "seen", "talk", "talk", "hard", "how", "what_if", "read", "sign", "sign", "kept"]
PROMISED = {  # page: taps, as moments.md counts the journey with two differences
    "start": 1, "box": 1, "privacy": 1, "turn": 6 + 1, "seen": 1, "talk": 2, "hard": 4 + 1, "how": 1, "what_if": 1, "read": 1,
    "sign": 2 + 2, "kept": 1,
}  # fmt: skip
DECISIONS = {"often": "three_five", "night": "nine_eight"}


def save_pdf(window: Window) -> Path:
    """The last tap: the PDF comes down to the machine."""
    window.count()
    with window.page.expect_download() as coming:
        window.press(window.choice("saved"))
    assert coming.value.suggested_filename == "texting-agreement-v1.pdf"
    return coming.value.path()


def test_two_differences_take_26_taps_and_no_keystroke(opened: Opener, therapist: User) -> None:
    window = opened(user=therapist)
    journey.add_client(window)
    journey.prepare(window)
    journey.first_half(window)
    journey.settle(window, DECISIONS)
    journey.second_half(window)
    journey.sign_drawn(window)
    pdf = save_pdf(window).read_bytes()
    assert (dict(window.taps_on), window.taps) == (PROMISED, 26)
    assert [name for name in window.pages if name != "document"] == BEFORE + WAY
    assert window.names_shown("Maya", "Lee") == []
    document = Document.objects.get()
    assert pdf == document.content
    assert pdf.startswith(b"%PDF")
    assert document.version.review.due_on == document.version.review_on
    assert list(Signature.objects.values_list("kind", flat=True)) == ["drawn", "drawn"]
    window.page.reload()
    window.page.get_by_text("Saved", exact=False).first.wait_for()


def test_without_a_difference_24_taps(opened: Opener, therapist: User) -> None:
    window = opened(user=therapist)
    journey.add_client(window)
    journey.prepare(window, journey.ANSWERS)
    journey.first_half(window)
    journey.settle(window, {})
    journey.second_half(window)
    journey.sign_drawn(window)
    save_pdf(window)
    assert (dict(window.taps_on), window.taps) == (
        {page: taps for page, taps in PROMISED.items() if page != "talk"},
        24,
    )
    assert [name for name in window.pages if name != "document"] == BEFORE + [name for name in WAY if name != "talk"]
