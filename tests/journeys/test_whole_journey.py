"""The journey from a new client to the sealed PDF as a browser without scripts walks it."""

from __future__ import annotations

import hashlib

import pytest

from agreements.models import Client, Document, Review, Term, Version
from agreements.rules.vocabulary import SignatureKind, TermState
from tests import tablet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def test_two_people_with_two_differences_reach_the_sealed_page_and_the_pdf():
    lee = tablet.lee()
    assert tablet.at(tablet.add_client(lee)) == str(Client.objects.get().pk)
    tablet.prepare(lee)
    assert tablet.at(lee.page) == "start"
    assert tablet.at(tablet.begin(lee)) == "turn"
    assert tablet.at(tablet.take_turn(lee)) == "seen"
    assert tablet.talk(lee) == ["often", "night"]
    assert tablet.at(lee.page) == "hard"
    assert tablet.at(tablet.second_half(lee)) == "read"
    assert tablet.at(tablet.sign(lee)) == "kept"
    assert "Signed by both, and locked" in lee.page.html
    document = Document.objects.get()
    assert [row.kind for row in document.version.signatures.all()] == [SignatureKind.TYPED] * 2
    assert Review.objects.get().due_on.isoformat() == "2026-12-21"
    served = lee.press("Save the PDF").response
    assert hashlib.sha256(served.content).hexdigest() == document.sha256
    assert served.headers["Content-Disposition"] == 'attachment; filename="texting-agreement-v1.pdf"'


def test_the_journey_takes_the_posts_that_the_plan_counts():
    lee = tablet.lee()
    tablet.add_client(lee)
    tablet.prepare(lee)
    before = lee.posts
    tablet.begin(lee)
    tablet.take_turn(lee)
    tablet.talk(lee)
    tablet.second_half(lee)
    assert lee.posts - before == 10  # 3 before the turn, the turn, what we see, 2 differences, 3 pages after them


def test_two_who_agree_on_everything_skip_the_talk():
    lee = tablet.lee()
    tablet.until_turn(lee)
    tablet.take_turn(lee, often="three_five", night="nine_eight")
    assert "Not the same yet" not in lee.page.html
    assert tablet.at(lee.press("Go on")) == "hard"
    assert set(Term.objects.filter(clause__asked="turn").values_list("state", flat=True)) == {TermState.AGREED}


def test_somebody_unsure_about_everything_decides_each_term_together():
    lee = tablet.lee()
    tablet.until_turn(lee)
    tablet.take_turn(lee, **{**dict.fromkeys(tablet.TURN, "unsure"), "purpose": ["unsure"]})
    assert "Not the same yet" not in lee.page.html
    decisions = {**tablet.TURN, "purpose": "reach_out still_there", "often": "open:therapist", "night": "nine_eight"}
    came = tablet.talk(lee, decisions)
    assert sorted(came) == sorted(tablet.TURN)
    assert tablet.at(lee.page) == "hard"
    assert Term.objects.get(clause__key="often").interim["chosen"] == ["three_five"]


def test_a_term_left_open_shows_its_interim_and_the_day_it_is_looked_at_again():
    lee = tablet.lee()
    tablet.until_turn(lee)
    tablet.take_turn(lee)
    tablet.talk(lee, {**tablet.AGREED, "often": "open:client"})
    tablet.second_half(lee)
    assert lee.page.main.count("Until then Maya’s answer:") == 1
    assert "21 December 2026" in lee.page.main
    lee.press("This is right.")
    [often] = [term for term in Version.objects.get().snapshot["terms"] if term["key"] == "often"]
    assert often["state"] == "open"
    assert often["interim"]["value"]["chosen"] == ["most_days"]
    assert often["open_until"] == "2026-12-21"


def test_signing_on_paper_leaves_a_line_for_each():
    lee = tablet.lee()
    tablet.until_read(lee)
    lee.press("This is right.")
    lee.press("I sign on paper")
    assert tablet.at(lee.press("I sign on paper")) == "kept"
    assert [row.kind for row in Document.objects.get().version.signatures.all()] == [SignatureKind.PAPER] * 2
