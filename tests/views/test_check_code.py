"""Where the QR on a paper leads: the crisis lines first, then whether the paper is in force. Nobody is named."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from agreements.models import Practice
from agreements.reads import proof
from agreements.rules.digest import check_code, code_in_address
from agreements.rules.steps import Step
from tests import builders
from tests.doors import Visitor
from tests.views.test_proving import IN_FORCE, again, kept, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.fixture
def stranger() -> Client:
    """Somebody whom nobody knows."""
    return Client()


def lines(response) -> list[str]:
    box = response.content.decode().split('class="crisis-box"')[1].split("</div>")[0]
    return [" ".join(re.sub(r"<[^>]+>", "", each).split()) for each in re.findall(r"<p[^>]*>(.*?)</p>", box, re.S)]


US = [
    "Danger now: call 911 (United States) or go to the nearest emergency room.",
    "Thoughts of suicide: call 988 (United States) right away, any hour.",
]


def test_a_check_code_shows_the_lines_first_and_then_whether_it_is_in_force(stranger, sealed):
    response = stranger.get(f"/v/{code_in_address(sealed.version.digest)}")
    html = response.content.decode()
    assert response.status_code == 200
    assert lines(response)[:2] == US
    assert html.index("988") < html.index(IN_FORCE.removeprefix("Yes. "))
    again(sealed, days=10)
    assert "It was replaced on" in stranger.get(f"/v/{code_in_address(sealed.version.digest)}").content.decode()


@pytest.mark.parametrize("between", [" ", "-", "%20", "\u2011", ". "])
@pytest.mark.parametrize("after", ["", "/", " /"])
def test_a_code_typed_as_it_is_printed_finds_the_paper(stranger, sealed, between, after):
    typed = check_code(sealed.version.digest).replace(" ", between).upper().replace("%20".upper(), "%20")
    assert stranger.get(f"/v/{typed}{after}").status_code == 200


def test_the_numbers_are_tapped_as_people_dial_them_and_not_in_the_room(stranger, sealed):
    html = stranger.get("/v/x").content.decode()
    assert re.findall(r'href="((?:tel|sms):[^"]*)"', html) == ["tel:911", "tel:988", "sms:988"]
    lee = Visitor(builders.a_therapist())
    assert "tel:" not in lee.open(f"/room/{sealed.version.draft_id}/kept/").html


@pytest.mark.parametrize("code", ["", "0" * 16, "xyz", "0" * 15, "0" * 64, "9b73 8fb2 0000 0000/", "a/b", "a%0Ab"])
def test_an_unknown_code_has_the_same_lines(stranger, sealed, code):
    response, known = (stranger.get(f"/v/{each}") for each in (code, code_in_address(sealed.version.digest)))
    assert response.status_code == 404
    assert lines(response) == lines(known)
    assert "No paper with this check code is kept here." in response.content.decode()


def test_a_text_that_was_only_frozen_is_not_known(stranger):
    version = builders.a_draft(until=Step.SIGN).versions.get()
    assert stranger.get(f"/v/{code_in_address(version.digest)}").status_code == 404


def test_only_checked_lines_of_the_practices_country_are_shown(stranger, sealed):
    assert not [line for line in lines(stranger.get("/v/x")) if "Canada" in line or "England" in line]
    old = timezone.now() + timedelta(days=800)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: old)
        (first, _last) = lines(stranger.get("/v/x"))
    assert first.startswith("Danger now: call your local emergency number")


def test_no_line_tells_anyone_to_wait(stranger, sealed):
    said = " ".join(lines(stranger.get("/v/x")))
    assert not re.search(r"\bwait\b|minute|call back", said, re.I)


def test_nobody_and_no_term_is_named(stranger, sealed):
    pages = [
        stranger.get("/verify/"), stranger.post("/verify/", upload(kept(sealed))), stranger.get("/v/x"),
        stranger.get(f"/v/{code_in_address(sealed.version.digest)}"),
    ]  # fmt: skip
    told = re.compile(r"Maya|Lee|Elm Street|\(555\)|texting agreement|adult|outpatient", re.I)
    for page in pages:
        assert told.findall(page.content.decode().split("<main", 1)[1]) == []
        assert re.findall(r"<title>(.*?)</title>", page.content.decode()) in (["Check a file"], ["Check a paper"])
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert page.headers["Cache-Control"] == "no-store"
        assert not page.cookies


def test_both_pages_are_locked_in_session_mode(sealed):
    draft = builders.a_draft(until=Step.TURN, client=builders.a_client(name="Noor B.", called="Noor"))
    visitor = Visitor(builders.a_therapist())
    visitor.open(f"/room/{draft.pk}/turn/")
    bodies = set()
    for path in ("/verify/", f"/v/{code_in_address(sealed.version.digest)}", "/v/x", "/nowhere/"):
        response = visitor.client.get(path)
        assert response.status_code == 403
        bodies.add(response.content)
    bodies.add(visitor.client.post("/verify/", {"sha256": sealed.sha256}).content)
    assert len(bodies) == 1


def test_without_a_practice_both_answer(stranger):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Practice.objects, "first", lambda: None)
        assert stranger.get("/v/x").status_code == 404


def test_the_address_for_the_paper_stands_only_with_a_public_address(sealed):
    assert proof.address(sealed.version.digest) is None
    with override_settings(PUBLIC_ADDRESS="https://agreements.example"):
        address = proof.address(sealed.version.digest)
    code = check_code(sealed.version.digest).replace(" ", "")
    assert address == f"https://agreements.example/v/{code}"
