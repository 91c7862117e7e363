"""The read-through with a sentence that may not agree with the crisis box: both stand side by side, both ways equal."""

import re

import pytest
from django.test import Client

from agreements.actions import negotiation
from agreements.models import Draft, Looked, Version
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Answer
from tests import builders
from tests.doors import BACKEND, sit_down

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
OURS = "If I am suicidal I will text Dr Lee."


@pytest.fixture
def lee() -> Client:
    client = Client()
    client.force_login(builders.a_therapist(), backend=BACKEND)
    return client


def a_draft_that_says(lee: Client, words: str) -> Draft:
    draft = builders.a_draft(until=Step.READ)
    term = draft.terms.get(clause__key="extra")
    by = draft.agreement.therapist
    negotiation.decide(term=term, value=Answer((), words), seen_rev=term.rev, by=by, now=builders.NOW)
    sit_down(lee, draft)
    return draft


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page).group(1)


def post(lee: Client, address: str, page: str, **sent: str):
    return lee.post(address, {name: hidden(page, name) for name in ("form_key", "draft_rev")} | sent)


def test_h07_both_texts_and_two_equal_ways_stand_there(lee) -> None:
    draft = a_draft_that_says(lee, f"All good. {OURS}")
    page = lee.get(f"/room/{draft.pk}/read/")
    [asked] = page.context["asked"]
    text = page.content.decode()
    assert (page.status_code, asked.sentence) == (200, OURS)
    side = text.split('id="look-1"')[1].split("</section>\n")
    assert "What we wrote" in side[0] and f"<p>{OURS}</p>" in side[0]
    assert "The crisis box" in side[1] and "<p>2 · Suicidal, but not about to act. Do not text." in side[1]
    ways = re.findall(r'class="(button[^"]*)"[^>]*>([^<]+)<', text.split('id="look-1"')[1])[:2]
    assert ways == [("button quiet", "Change ours"), ("button quiet", "We looked at both. Ours stays.")]
    assert f'href="/room/{draft.pk}/change/extra/"' in text.split('id="look-1"')[1]


def test_h07_signing_is_held_until_they_looked(lee) -> None:
    draft = a_draft_that_says(lee, OURS)
    address = f"/room/{draft.pk}/read/"
    page = lee.get(address).content.decode()
    held = post(lee, address, page)
    assert (held.status_code, Version.objects.count()) == (422, 0)
    assert "Look at two texts side by side" in held.content.decode()
    assert lee.get(f"/room/{draft.pk}/looked/").status_code == 405
    answer = post(lee, f"/room/{draft.pk}/looked/", page, sentence=hidden(page, "sentence"))
    assert answer.headers["Location"] == address
    page = lee.get(address)
    assert (page.context["asked"], Looked.objects.get().sentence) == ([], OURS)
    assert post(lee, address, page.content.decode()).headers["Location"] == f"/room/{draft.pk}/"


def test_h17_a_number_of_their_own_is_asked_about_and_one_look_answers_all_that_asks(lee) -> None:
    draft = a_draft_that_says(lee, "If I am suicidal I text 555-123-4567.")
    address = f"/room/{draft.pk}/read/"
    page = lee.get(address)
    assert [each.rule for each in page.context["asked"]] == ["H7", "H17"]
    html = page.content.decode()
    assert "“555-123-4567” Leave numbers to the crisis box." in html.replace("&quot;", '"')
    assert post(lee, address, html).status_code == 422
    post(lee, f"/room/{draft.pk}/looked/", html, sentence=hidden(html, "sentence"))
    assert lee.get(address).context["asked"] == []


def test_h08_what_is_forbidden_offers_no_way_to_keep_it(lee) -> None:
    draft = a_draft_that_says(lee, "I promise not to kill myself.")
    page = lee.get(f"/room/{draft.pk}/read/")
    assert ([each.rule for each in page.context["blocked"]], page.context["asked"]) == (["H8"], [])
    assert "Ours stays" not in page.content.decode()


def test_h26_a_warning_is_shown_and_stops_nobody(lee) -> None:
    draft = a_draft_that_says(lee, "Texting is a privilege.")
    address = f"/room/{draft.pk}/read/"
    page = lee.get(address).content.decode()
    assert "Is this what you both mean?" in page and "“Texting is a privilege.”" in page
    assert post(lee, address, page).status_code == 302
    assert Version.objects.count() == 1
