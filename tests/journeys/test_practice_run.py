"""Try it alone: the whole journey with a sample client on the real installation, and not one row more than before."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from pypdf import PdfReader

from agreements.models import UsualAnswer
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Answer
from tests import builders, tablet
from tests.doors import BACKEND, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
MARK = "Practice run with a sample client. Nothing is kept."


def rows() -> dict[str, int]:
    """How many rows each table has, but for the browsers' sessions."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model is not Session and model._meta.managed
    }


@pytest.fixture
def lee() -> Visitor:
    """Dr Lee on the first page of a practice run, their own answers given."""
    visitor = tablet.lee()
    visitor.open("/")
    visitor.press("Try it alone")
    return visitor


def prepared(lee: Visitor) -> Visitor:
    lee.press("Save and begin together", **tablet.PREPARED)
    return lee


def test_the_whole_journey_leaves_no_row_behind():
    lee = tablet.lee()
    before = rows()
    lee.open("/")
    lee.press("Try it alone")
    assert tablet.at(lee.page) == "prepare"
    address = lee.page.path.rsplit("/", 2)[0]
    prepared(lee)
    for press in (
        lambda: lee.press("Sam answers first"),
        lambda: lee.press("This is right for me"),
        lambda: lee.press(value="also_feelings"),
        lambda: tablet.take_turn(lee),
    ):
        assert MARK in lee.page.html
        press()
        assert rows() == before
    assert tablet.talk(lee) == ["often", "night"]
    tablet.second_half(lee)
    assert tablet.at(lee.page) == "read"
    assert "A text on most days" not in lee.page.main
    assert "About 3 to 5 texts a week." in lee.page.main
    assert lee.page.path == f"{address}/read/"
    lee.press("This is right.")
    assert "Here the two of you would sign" in lee.page.main
    paper = lee.client.get(lee.page.links["See the paper"])
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages)
    assert "Sam S." in text
    assert "Sample" in text
    assert rows() == before


def test_a_tap_is_saved_for_the_run_and_survives_a_reload(lee):
    prepared(lee)
    lee.press("Sam answers first")
    lee.press("This is right for me")
    lee.press(value="also_feelings")
    save = f"{lee.page.path}often/"
    reply = lee.client.post(save, {"value": "one_two", "rev": "0", "csrfmiddlewaretoken": lee.token})
    assert (reply.status_code, reply.json()["rev"], reply.headers["X-Saved"]) == (200, 1, "1")
    lee.open(lee.page.path)
    assert lee.page.values("often") == ["one_two"]
    clash = lee.client.post(save, {"value": "most_days", "rev": "0", "csrfmiddlewaretoken": lee.token})
    assert (clash.status_code, clash.json()["chosen"]) == (409, ["one_two"])


def test_it_begins_with_the_therapists_own_usual_answers():
    lee = tablet.lee()
    therapist = builders.a_therapist()
    UsualAnswer.objects.create(
        therapist=therapist,
        family=builders.an_edition().family,
        clause_key="often",
        value=Answer(("one_two",)).to_json(),
    )
    lee.open("/")
    lee.press("Try it alone")
    assert lee.page.values("often") == ["one_two"]


def test_a_fault_is_shown_and_not_remembered(lee):
    lee.press("Save and begin together")
    assert lee.page.status == 422
    prepared(lee)
    assert tablet.at(lee.page) == "start"


def test_what_was_sent_stands_nowhere_in_clear(lee):
    prepared(lee)
    for session in Session.objects.all():
        assert tablet.LIMIT not in str(session.get_decoded())
        assert "555" not in str(session.get_decoded())


def test_ending_it_forgets_it(lee):
    address = lee.page.path
    lee.press("End the practice run")
    assert lee.page.path == "/"
    assert lee.client.get(address).status_code == 404
    assert lee.client.get("/practice-run/paper.pdf").status_code == 404


def test_it_is_nobody_elses(lee):
    kim = Client()
    kim.force_login(builders.a_therapist("kim"), backend=BACKEND)
    assert kim.get(lee.page.path).status_code == 404
    assert Client().get(lee.page.path).status_code == 302


def test_stopping_and_saving_for_later_lead_somewhere(lee):
    lee.press("Save for later", **tablet.PREPARED)
    assert (lee.page.path, lee.page.status) == ("/", 200)
    lee.press("Try it alone")
    prepared(lee)
    lee.press("Sam answers first")
    lee.press("Stop for today")
    assert "Stopped for today" in lee.page.main
    lee.follow("Go on after all")
    assert tablet.at(lee.page) == "box"


def test_no_texting_ends_the_run_too(lee):
    prepared(lee)
    lee.press(value="no_texting")
    lee.press("This is right for me")
    lee.press("Make the page to take home")
    assert "Here the two of you would sign" in lee.page.main


def test_in_session_mode_there_is_no_practice_run():
    draft = builders.a_draft(until=Step.TURN)
    lee = Visitor(builders.a_therapist())
    lee.open(f"/room/{draft.pk}/turn/")
    assert lee.client.post("/practice-run/", {"csrfmiddlewaretoken": lee.token}).status_code == 403
