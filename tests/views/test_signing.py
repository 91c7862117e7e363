"""From the second signature to the PDF, and what stands on the page when the PDF cannot be made."""

from __future__ import annotations

import errno
import hashlib
import html
from pathlib import Path

import pytest
from django.conf import settings

from agreements.actions import documents
from agreements.models import Document, Draft, Review, SealAttempt, Signature, StepTaken, Term, Version
from agreements.rules.steps import Step
from tests import builders, tablet
from tests.doors import Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.fixture
def one_left() -> Visitor:
    """Dr Lee, whose client has signed: one signature before the seal."""
    draft = builders.a_draft(until=Step.SIGN)
    lee = seen_by(at=f"/room/{draft.pk}/")
    lee.press("Sign as", typed="Maya R.")
    return lee


def full_disk(*args, **kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


def rows() -> tuple[int, int, int]:
    return Signature.objects.count(), Document.objects.count(), Review.objects.count()


def seals_after_trying_again(lee: Visitor) -> None:
    lee.press("Try again")
    assert "Signed by both, and locked" in lee.page.main
    assert rows() == (2, 1, 1)
    document = Document.objects.get()
    assert hashlib.sha256(document.content).hexdigest() == document.sha256


def test_a_missing_key_file_keeps_the_signatures_and_the_seal_comes_when_it_is_back(one_left):
    path = Path(settings.KEY_DIR) / "seal.key"
    away = path.rename(path.with_suffix(".away"))
    try:
        one_left.press("Sign as", typed="Dr J. Lee")
        assert "What you signed is kept. Nobody has to sign again." in one_left.page.main
        assert SealAttempt.objects.get().reason in html.unescape(one_left.page.main)
        assert SealAttempt.objects.get().reason.startswith("The key for the seal is missing.")
        assert str(settings.KEY_DIR) not in one_left.page.main
        assert rows() == (2, 0, 0)
        one_left.leave()
        one_left.open("/")
        assert "M.R.: signed, the PDF is not ready" in one_left.page.main
        one_left.follow("Look M.R.")
    finally:
        away.rename(path)
    seals_after_trying_again(one_left)


def test_a_key_that_cannot_be_read_keeps_the_signatures(one_left):
    path = Path(settings.KEY_DIR) / "seal.key"
    whole = path.read_bytes()
    try:
        path.write_bytes(b"not a key")
        one_left.press("Sign as", typed="Dr J. Lee")
        assert "The PDF is not ready yet" in one_left.page.main
        assert rows() == (2, 0, 0)
    finally:
        path.write_bytes(whole)
    seals_after_trying_again(one_left)


def test_a_full_disk_keeps_the_signatures_and_leaves_no_half_document(one_left, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(Document.objects, "create", full_disk)
        one_left.press("Sign as", typed="Dr J. Lee")
        assert "No space left on device" in one_left.page.main
        assert rows() == (2, 0, 0)
        assert "Signed by both" not in one_left.press("Try again").main
    seals_after_trying_again(one_left)


def test_a_full_disk_while_no_texting_is_made_says_so_and_goes_on_later(monkeypatch):
    draft = builders.a_draft(until=Step.SHORT, script=builders.NO_TEXTING)
    lee = seen_by(at=f"/room/{draft.pk}/")
    with monkeypatch.context() as full:
        full.setattr(documents.pdf, "render", full_disk)
        lee.press("Make the page to take home")
        assert "No space left on device" in lee.page.main
        assert '<strong class="number">911</strong>' in lee.page.main
        assert Document.objects.count() == 0
    lee.press("Make the page to take home")
    assert "Your page is ready" in lee.page.main
    assert rows() == (0, 1, 0)


def test_each_page_of_signing_offers_three_ways_and_not_quite_yet():
    draft = builders.a_draft(until=Step.SIGN)
    lee = seen_by(at=f"/room/{draft.pk}/")
    form = lee.page.form_with("Not quite yet")
    assert [value for _label, name, value in form.buttons if name == "kind"] == [
        "drawn", "later", "typed", "later", "paper", "later",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["limit", "too_much", "look_again", "notice", "ending"])
def test_a_draft_with_one_of_the_five_unanswered_cannot_be_signed(key):
    draft = builders.a_draft(until=Step.READ)
    Term.objects.filter(draft=draft, clause__key=key).update(state="undecided", value=None)
    lee = seen_by(at=f"/room/{draft.pk}/")
    assert tablet.at(lee.page) in ("hard", "look_again")
    lee.post(f"/room/{draft.pk}/read/", {})
    assert "Here is where we are. Earlier pages come first." in lee.page.main
    assert tablet.at(lee.page) in ("hard", "look_again")
    lee.post(f"/room/{draft.pk}/sign/client/", {"kind": "paper", "digest": "0" * 64})
    assert (Version.objects.count(), Signature.objects.count()) == (0, 0)


def test_the_hard_page_names_each_of_the_five_that_is_missing():
    draft = builders.a_draft(until=Step.HARD)
    lee = seen_by(at=f"/room/{draft.pk}/")
    lee.press("Save and go on")
    assert lee.page.status == 422
    assert "Please say or sign this one first." in lee.page.main
    assert lee.page.main.count('<a href="#id_') == 4
    lee.press("Save and go on", **{**tablet.HARD, "notice": []})
    assert lee.page.main.count('<a href="#id_') == 1
    assert lee.page.values("ending") == ["taper"]
    assert not StepTaken.objects.filter(step=Step.HARD).exists()


def test_a_person_who_signed_is_told_so_and_signs_once():
    draft = builders.a_draft(until=Step.SIGN)
    lee = seen_by(at=f"/room/{draft.pk}/")
    lee.press("Sign as", typed="Maya R.")
    assert tablet.at(lee.page) == "therapist"
    lee.open(f"/room/{draft.pk}/sign/client/")
    assert "You have signed." in lee.page.main
    assert tablet.at(lee.follow("Go on")) == "therapist"
    assert Draft.objects.get().versions.get().signatures.get().role == "client"
