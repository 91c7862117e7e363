"""The preview of an edition: the screens and papers of two sample people, nothing saved, nothing that can be sent."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client as Browser
from pypdf import PdfReader

from agreements.actions import library
from agreements.models import ClauseText, Edition, User
from tests import builders
from tests.admin.desk import an_editor, clause, signed_in
from tests.builders import NOW
from tests.papers import sheets
from tests.reads.test_sample import nobody_texts
from tests.views.test_headers import POLICY, contents

pytestmark = pytest.mark.django_db
SCREENS = ["start", "box", "privacy", "turn", "seen", "talk", "hard", "how", "what-if", "read"]


@pytest.fixture
def editor() -> User:
    return an_editor()


@pytest.fixture
def desk(editor: User) -> Browser:
    return signed_in(editor)


@pytest.fixture
def draft(editor: User) -> Edition:
    return library.copy(edition=builders.an_edition(), by=editor, now=NOW)


def preview(edition: Edition, name: str = "") -> str:
    return f"/library/{edition.pk}/preview/{name}/" if name else f"/library/{edition.pk}/preview/"


def html(desk: Browser, edition: Edition, name: str) -> str:
    answer = desk.get(preview(edition, name))
    assert (name, answer.status_code) == (name, 200)
    return answer.content.decode()


def test_every_screen_of_a_draft_and_of_what_is_published_is_shown_and_nothing_is_saved(
    desk: Browser, draft: Edition
) -> None:
    before = contents()
    for edition in (draft, builders.an_edition()):
        offered = [name for name, _label in desk.get(preview(edition)).context["screens"]]
        assert offered == SCREENS
        for name in SCREENS:
            page = html(desk, edition, name)
            assert (name, page.count("<h1>"), re.findall(r"<script|<header|<a [^>]*href=", page)) == (name, 1, [])
    assert contents() == before


def test_the_screens_say_what_the_draft_says(desk: Browser, draft: Edition) -> None:
    for key, name in (("often", "turn"), ("limit", "hard"), ("misread", "how"), ("privacy", "privacy")):
        text = clause(draft, key).texts.get()
        text.question, text.heading, text.words = f"New {key}?", f"New {key}", f"New words {key} [[words]] [[chosen]]"
        text.save()
        assert f"New {key}" in html(desk, draft, name) or f"New words {key}" in html(desk, draft, name)
        assert f"New words {key}" in html(desk, draft, "read")


def test_the_two_differ_on_one_question_and_the_therapist_s_limit_is_heard(desk: Browser, draft: Edition) -> None:
    assert "How often" in html(desk, draft, "talk")
    assert "Maya heard or saw this" in html(desk, draft, "hard")
    turn = html(desk, draft, "turn")
    assert " checked" not in re.sub(r"<aside.*?</aside>", "", turn)


def test_the_frames_are_ours_and_let_nothing_run_or_be_sent(desk: Browser, draft: Edition) -> None:
    page = desk.get(f"{preview(draft)}?screen=turn")
    frames = re.findall(r"<iframe[^>]*>", page.content.decode())
    assert [re.findall(r'(?:width|sandbox|src)="([^"]*)"', frame) for frame in frames] == [
        ["320", "allow-same-origin", preview(draft, "turn")],
        ["820", "allow-same-origin", preview(draft, "turn")],
    ]
    assert "Preview, nothing is saved." in page.content.decode()
    framed = {**POLICY, "frame-ancestors": "'self'", "frame-src": "'self'"}
    for answer in (page, desk.get(preview(draft, "turn"))):
        policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
        assert (policy, answer.headers["X-Frame-Options"]) == (framed, "SAMEORIGIN")
    assert desk.get("/admin/").headers["X-Frame-Options"] == "DENY"


def test_an_unknown_screen_falls_back_on_the_page_and_is_nothing_in_a_frame(desk: Browser, draft: Edition) -> None:
    assert desk.get(f"{preview(draft)}?screen=nothing").context["chosen"] == "start"
    assert desk.get(preview(draft, "nothing")).status_code == 404
    assert desk.get(preview(draft, "short")).status_code == 404
    assert desk.get(f"/library/{draft.pk}/sample-legal.pdf").status_code == 404
    assert desk.get("/library/00000000-0000-4000-8000-000000000000/preview/").status_code == 404
    assert desk.post(preview(draft, "turn")).status_code == 405


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595, 842))])
def test_both_papers_say_on_each_page_that_they_are_samples(
    desk: Browser, draft: Edition, paper: str, size: Any
) -> None:
    answer = desk.get(f"/library/{draft.pk}/sample-{paper}.pdf")
    assert (answer.headers["Content-Type"], answer.content[:4]) == ("application/pdf", b"%PDF")
    box = PdfReader(BytesIO(answer.content)).pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == size
    assert [("Sample, not an agreement" in page) for page in sheets(answer.content)] == [True, True, True]


def test_an_edition_where_nobody_texts_is_shown_as_its_one_page(desk: Browser) -> None:
    edition = library.read_in(data=nobody_texts(), by=None, now=NOW)
    assert [name for name, _label in desk.get(preview(edition)).context["screens"]] == ["start", "box", "short"]
    assert "We do not text, so there is no limit to set." in html(desk, edition, "short")


def test_what_cannot_be_shown_yet_says_so(desk: Browser, draft: Edition) -> None:
    ClauseText.objects.filter(clause=clause(draft, "night")).update(words="[[moon]]")
    for address in (preview(draft, "read"), f"/library/{draft.pk}/sample-letter.pdf"):
        answer = desk.get(address)
        assert (answer.status_code, "unknown placeholder [[moon]]" in answer.content.decode()) == (422, True)
    ClauseText.objects.filter(clause=clause(draft, "night")).delete()
    assert desk.get(preview(draft)).status_code == 200
    assert desk.get(preview(draft, "turn")).status_code == 422
