"""No is a whole answer: few taps, no signature, no reason, and the crisis box on the screen and on the paper (H14)."""

from __future__ import annotations

import io

import pypdf
import pytest

from agreements.models import Document, Draft, Review, Signature
from agreements.rules.vocabulary import Outcome
from tests import tablet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

NO_TEXTING = "No texting between sessions"


def paper(document: Document) -> str:
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document.content)).pages)
    return "".join(text.split())


def ready() -> tablet.Visitor:
    lee = tablet.lee()
    tablet.add_client(lee)
    tablet.prepare(lee)
    lee.posts = 0
    return lee


@pytest.mark.parametrize(
    ("button", "outcome", "words"),
    [
        (NO_TEXTING, Outcome.NO_TEXTING, "We do not text between sessions"),
        ("Not for now", Outcome.NOT_FOR_NOW, "Not for now"),
    ],
)
def test_a_no_takes_at_most_six_posts_and_gives_the_box(button, outcome, words):
    lee = ready()
    lee.press(button)
    assert tablet.at(lee.page) == "box"
    lee.press("This is right for me")
    assert f"<h1>{words}</h1>" in lee.page.main
    assert '<strong class="number">911</strong>' in lee.page.main
    assert tablet.at(lee.press("Make the page to take home")) == "kept"
    document = Document.objects.get()
    lee.press("Save the PDF")
    assert lee.posts <= 6
    assert lee.page.response.content == document.content
    assert document.version.outcome == outcome
    assert document.version.snapshot["terms"] == []
    assert "Call911(UnitedStates)" in paper(document)
    assert "Toreachthepractice:ElmStreetPractice,(555)010-0143." in paper(document)
    assert (Signature.objects.count(), Review.objects.count()) == (0, 0)


def test_no_texting_chosen_in_the_turn_needs_no_other_answer():
    lee = ready()
    tablet.begin(lee)
    lee.press("Save and compare", purpose=["no_texting"])
    assert tablet.at(lee.page) == "short"
    assert Draft.objects.get().outcome == Outcome.NO_TEXTING
    assert '<strong class="number">911</strong>' in lee.page.main
    assert lee.posts == 4  # two more to the paper make six


def test_no_texting_can_be_decided_together_where_the_two_were_apart():
    lee = ready()
    tablet.begin(lee)
    lee.press("Save and compare", **{**dict.fromkeys(tablet.TURN, "unsure"), "purpose": ["unsure"]})
    lee.press("Talk about the first one")
    lee.open(lee.page.path.rsplit("/talk/", 1)[0] + "/change/purpose/")
    lee.press("Save for both of us", purpose=["no_texting"])
    assert tablet.at(lee.page) == "short"


def test_a_change_of_mind_leads_back_to_the_same_place():
    lee = ready()
    tablet.begin(lee)
    lee.press("Save and compare", purpose=["no_texting"])
    lee.press("We do want to talk about texting")
    assert tablet.at(lee.page) == "turn"
    assert lee.page.values("purpose") == ["no_texting"]
