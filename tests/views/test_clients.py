"""A client added with what an agreement needs; the client page, whose one main button says what is next."""

from __future__ import annotations

import re

import pytest

from agreements.actions import endings, library
from agreements.forms import zones
from agreements.management import walk
from agreements.models import ClauseText, Client, Draft
from agreements.reads import library as reads
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Hearing, Role
from tests import builders, editions, tablet
from tests.doors import Page, Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
FIELD = re.compile(r"<(input|select|textarea)\b([^>]*)>")
CHOSEN = re.compile(r'type="(?:hidden|radio|checkbox)"')


def page_of(client: Client) -> Page:
    return seen_by(at=f"/clients/{client.pk}/").page


def main_buttons(page: Page) -> list[str]:
    """What the buttons say that are not quiet ones."""
    found = re.findall(r'class="button"[^>]*>(.*?)</(?:button|a)>', page.main, re.S)
    return [" ".join(words.split()) for words in found]


NEXT = {
    Step.PREPARE: "Go on together: first your own answers",
    Step.START: "Go on together at “Start”",
    Step.BOX: "Go on together at “Crisis steps”",
    Step.PRIVACY: "Go on together at “How private texts are”",
    Step.TURN: "Go on together at “Maya’s turn”",
    Step.SEEN: "Go on together at “What we see”",
    Step.TALK: "Go on together at “Not the same yet”",
    Step.HARD: "Go on together at “If it gets hard”",
    Step.HOW: "Go on together at “How we text”",
    Step.WHAT_IF: "Go on together at “What would happen if …”",
    Step.READ: "Go on together at “Read it through”",
    Step.SIGN: "Go on together at “Sign”",
    Step.KEPT: "Make the PDF again",
}


@pytest.mark.parametrize("step", list(NEXT))
def test_the_one_main_button_says_where_the_two_go_on(step):
    draft = builders.a_draft(until=step)
    assert main_buttons(page_of(draft.agreement.client)) == [NEXT[step]]


def test_before_anything_is_begun_it_says_start_and_with_an_agreement_look_again():
    assert main_buttons(page_of(builders.a_client())) == ["Start together"]
    document = builders.a_sealed_document()
    assert main_buttons(page_of(document.agreement.client)) == ["Look again together"]
    facts = {"by_role": Role.CLIENT, "effective_on": builders.NOW.date(), "now": builders.NOW}
    endings.stop(agreement=document.agreement, by=document.agreement.therapist, **facts)
    assert main_buttons(page_of(document.agreement.client)) == ["Start together"]
    no_texting = builders.a_sealed_document(script=builders.NO_TEXTING).agreement
    assert main_buttons(page_of(no_texting.client)) == ["Start together"]


def test_the_short_page_is_named_too():
    draft = builders.a_draft(until=Step.SHORT, script=builders.NOT_FOR_NOW)
    assert main_buttons(page_of(draft.agreement.client)) == ["Go on together at “Our page”"]


def test_the_pdf_is_made_again_by_that_button():
    draft = builders.a_draft(until=Step.KEPT)
    lee = seen_by(at=f"/clients/{draft.agreement.client_id}/")
    lee.press("Make the PDF again")
    assert (lee.page.path, "Signed by both, and locked" in lee.page.main) == (f"/room/{draft.pk}/kept/", True)


@pytest.mark.parametrize(
    ("step", "prepares", "takes_home"),
    [
        (Step.PREPARE, False, True),
        (Step.TURN, True, True),
        (Step.SEEN, False, True),
        (Step.SIGN, False, True),
        (Step.KEPT, False, False),
    ],
)
def test_own_answers_are_tweaked_until_the_two_compare_and_a_draft_goes_home_until_both_signed(
    step, prepares, takes_home
):
    draft = builders.a_draft(until=step)
    links = page_of(draft.agreement.client).links
    assert links.get("My own answers, for me alone") == (f"/room/{draft.pk}/prepare/" if prepares else None)
    home = f"/room/{draft.pk}/draft-to-take-home.pdf"
    assert links.get("A draft to take home (PDF)") == (home if takes_home else None)


def in_spanish(name: str) -> dict[str, object]:
    """A starter edition with every text in Spanish too."""
    file = editions.data(name)
    for part in [*file["clauses"], *(option for clause in file["clauses"] for option in clause["options"])]:
        part["texts"]["es"] = part["texts"]["en"]
    return file


def test_with_one_language_there_is_nothing_to_choose_and_it_is_said():
    lee = seen_by(at="/clients/new/")
    form = lee.page.form_with("Save")
    assert "language" not in form.offered
    assert '<strong>Language of the agreement</strong><br><span lang="en">English</span>' in lee.page.main
    tablet.add_client(lee)
    assert Client.objects.get().language == "en"
    lee.open(f"/clients/{Client.objects.get().pk}/change/")
    assert ("language" in lee.page.form_with("Save").offered, "English" in lee.page.main) == (False, True)


@pytest.mark.usefixtures("lax_library")
def test_the_languages_are_those_of_the_published_library():
    editions.published(in_spanish("times-and-dates"), hearing=Hearing.NEW)
    lee = seen_by(at="/clients/new/")
    form = lee.page.form_with("Save")
    assert (form.offered["language"], form.given.get("language")) == ({"en", "es"}, None)
    lee.press("Save", name="Ana", called="Ana", **tablet.CLIENT)
    assert (lee.page.status, "Please choose the language." in lee.page.main) == (422, True)
    lee.press("Save", language="es")
    client = Client.objects.get()
    assert client.language == "es"
    lee.press("Start together")
    assert Draft.objects.get().edition.family.key == "times-and-dates"  # the only one in their language
    assert Draft.objects.get().agreement.language == "es"
    lee.open(f"/clients/{client.pk}/change/")
    assert lee.page.values("language") == ["es"]


@pytest.mark.usefixtures("lax_library")
def test_a_draft_edition_brings_no_language():
    library.read_in(data=in_spanish("times-and-dates"), by=None, now=builders.NOW)
    assert ClauseText.objects.filter(language="es").exists()
    assert "language" not in seen_by(at="/clients/new/").page.form_with("Save").offered


@pytest.fixture
def lax_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The remarks on texts are not what these tests are about."""
    monkeypatch.setattr(reads, "lint", lambda file, language: [])


def test_no_browser_offers_what_was_typed_about_another_client():
    draft = builders.a_draft(until=Step.PRIVACY)
    client, room = draft.agreement.client_id, f"/room/{draft.pk}"
    sealed = builders.a_sealed_document(script=walk.Script()).agreement
    lee, found = seen_by(), {}
    alone = ["/", "/clients/new/", f"/clients/{client}/change/", f"{room}/prepare/", "/usual/adult-outpatient/"]
    alone += [f"/agreements/{sealed.pk}/look/", f"/agreements/{sealed.pk}/stop/"]
    for path in [*alone, f"{room}/about-me/", f"{room}/channel/"]:
        fields = typed(lee, path)
        found[path] = (len(fields) > 0, [field for field in fields if 'autocomplete="off"' not in field])
    assert found == dict.fromkeys(found, (True, []))


def typed(lee: Visitor, path: str) -> list[str]:
    """The fields of a page that a browser might fill in by itself."""
    lee.open(path)
    assert (path, lee.page.path) == (path, path)
    return [attrs for _tag, attrs in FIELD.findall(lee.page.main) if not CHOSEN.search(attrs)]


def test_the_time_zones_of_the_country_come_first_and_every_other_after_them():
    (near, first), (_others, rest) = zones.choices("US")
    assert (near, first[0][0], first[-1][0], len(first)) == (
        "In this country",
        "America/New_York",
        "Pacific/Honolulu",
        29,
    )
    assert sorted(zone for zone, _label in [*first, *rest]) == zones.ZONES
    assert zones.choices("XX") == [(zone, zone) for zone in zones.ZONES]
    html = seen_by(at="/clients/new/").page.html
    assert html.index('value="Pacific/Honolulu"') < html.index('value="Africa/Abidjan"')
