"""A young person with two guardians and an interpreter, at the screen: from who signs to the page for guardians."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from pypdf import PdfReader

from agreements.models import Agreement, Document, Draft
from agreements.rules.steps import Step
from agreements.rules.vocabulary import CopyGiven, Role
from tests import builders, family, tablet
from tests.doors import Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
ANA = {"role": "guardian", "name": "Ana B.", "called": "Ana", "part": "signs", "known": "document"}
WHY = "My mother was ill."


def words_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


@pytest.fixture
def noor() -> Draft:
    """Noor's round with the two guardians, up to the reading page; one term left open, one with a why."""
    draft = family.a_young_person(until=Step.READ)
    draft.terms.filter(clause__key="often").update(why=WHY, why_of=Role.CLIENT)
    return draft


def at_the_screen(draft: Draft) -> Visitor:
    return seen_by(at=f"/room/{draft.pk}/")


def test_the_therapist_says_who_takes_part_and_nothing_is_chosen_beforehand() -> None:
    lee = seen_by()
    draft = builders.a_draft(client=builders.a_client(name="Noor B.", called="Noor"))
    lee.open(f"/clients/{draft.agreement.client_id}/")
    lee.follow("Who takes part, and who signs")
    assert "<b>Noor B.</b>, client" in lee.page.main and "<b>Dr J. Lee</b>, therapist" in lee.page.main
    lee.follow("Somebody else takes part")
    assert [lee.page.values(name) for name in ("role", "part", "known")] == [[], [], []]
    lee.press("Save", role="guardian", name="Ana B.", called="Ana")
    assert lee.page.status == 422
    assert "Please choose whether they sign." in lee.page.main
    lee.press("Save", **ANA)
    assert "does not say what a guardian sees, so it cannot be signed" in lee.page.main
    lee.follow("Somebody else takes part")
    lee.press("Save", role="interpreter", name="Lin Wu", called="Lin")
    assert "Helps. No party, and signs nothing." in lee.page.main
    lee.follow("Change Ana")
    lee.press("Save", name="Ana  Bell", part="named")
    assert "<b>Ana Bell</b>" in lee.page.main and "Is named, and does not sign." in lee.page.main
    lee.follow("Change Ana")
    lee.press("Takes part no longer")
    assert "Ana Bell" not in lee.page.main
    lee.press("Save the day", on="2027-05-14")
    assert lee.page.values("on") == ["2027-05-14"]
    agreement = Agreement.objects.get()
    assert [party.key for party in agreement.parties.filter(gone=False).order_by("role")] == [
        "client", "interpreter", "therapist",
    ]  # fmt: skip
    assert seen_by(builders.a_therapist("kim")).open(f"/agreements/{agreement.pk}/people/").status == 404


def test_h20_an_edition_that_does_not_say_what_a_guardian_sees_cannot_be_signed() -> None:
    draft = builders.a_draft(until=Step.READ)
    family.joins(draft, Role.GUARDIAN, "Ana B.", "Ana")
    lee = at_the_screen(draft)
    lee.press("This is right.")
    assert lee.page.status == 422
    assert "nothing here says what a guardian sees" in lee.page.main


def test_a_guardian_joins_at_the_read_through_and_sees_what_the_paper_says_and_no_more(noor: Draft) -> None:
    lee = at_the_screen(noor)
    assert tablet.at(lee.page) == "read"
    assert "The guardians join us here." in lee.page.main
    assert WHY not in lee.page.html
    assert [link for link in lee.page.links.values() if "/change/" in link or "/why/" in link or "/turn/" in link] == []
    lee.press("This is right.")
    assert "I agree to this. I mean this as my signature." in lee.page.main
    lee.press("Sign as", typed="Noor B.")
    assert tablet.at(lee.page) == "guardian"
    assert "Thank you, Noor. Please hand the tablet to Ana." in lee.page.main
    assert "I consent to this. I mean this as my signature." in lee.page.main
    assert "Guardians see" in lee.page.main
    assert WHY not in lee.page.html and "Back" not in lee.page.links and "Not sure yet" not in lee.page.html


FOR_THE_TWO = (
    "start", "privacy", "about-me", "channel", "turn", "own", "own/often", "seen", "talk/often", "change/often", "hard",
    "how", "fits/misread", "what-if", "why/often",
)  # fmt: skip


@pytest.mark.parametrize("signed", [False, True])
def test_with_a_guardian_there_a_typed_address_shows_nobody_s_answers(noor: Draft, signed: bool) -> None:
    lee = at_the_screen(noor)
    if signed:
        lee.press("This is right.")
        lee.press("Sign as", typed="Noor B.")
    for page in FOR_THE_TWO:
        lee.open(f"/room/{noor.pk}/{page}/")
        assert tablet.at(lee.page) == ("guardian" if signed else "read"), page
        assert "That page is for the two alone." in lee.page.main, page
    lee.post(f"/room/{noor.pk}/change/often/", {"often": "one_two"})
    assert "That page is for the two alone." in lee.page.main
    lee.open(f"/room/{noor.pk}/read/?two")
    assert WHY not in lee.page.html


def test_the_two_change_something_alone_once_the_therapist_opens_the_screen(noor: Draft) -> None:
    lee = at_the_screen(noor)
    lee.press("Just the two of us, to change something")
    assert lee.page.status == 403
    assert "The therapist opens it." in lee.page.main
    assert lee.open(f"/room/{noor.pk}/own/").status == 403
    lee.press("Open it again", password=builders.PASSWORD)
    assert WHY in lee.page.main
    lee.follow("Noor: change my answers")
    assert tablet.at(lee.page) == "turn"
    lee.open(f"/room/{noor.pk}/read/")
    assert WHY in lee.page.main
    lee.press("Ana reads along again")
    assert (tablet.at(lee.page), WHY in lee.page.html) == ("read", False)
    assert tablet.at(lee.open(f"/room/{noor.pk}/own/")) == "read"


def test_one_guardian_signs_another_day_and_the_status_says_who_is_awaited(noor: Draft, on_the_day) -> None:
    lee = at_the_screen(noor)
    lee.press("This is right.")
    lee.press("Sign as", typed="Noor B.")
    lee.follow("Rafi")
    lee.press("Sign as", typed="Rafi B.")
    assert tablet.at(lee.page) == "guardian"
    lee.press("Not quite yet")
    assert "Still to sign: Ana and Dr Lee." in lee.page.main
    assert "A draft to take home (PDF)" not in lee.page.links
    on_the_day.shift(9 * 24 * 3600)
    lee = seen_by()
    assert "N.B.: still to sign: A.B. and you" in lee.page.main
    lee.open(f"/clients/{noor.agreement.client_id}/")
    assert "Read through. Still to sign: Ana and Dr Lee." in lee.page.main
    lee = at_the_screen(noor)
    assert tablet.at(lee.page) == "guardian"
    lee.press("Sign as", typed="Ana B.")
    assert tablet.at(lee.page) == "therapist"
    lee.press("Sign as", typed="Dr J. Lee")
    assert "Signed by all, and locked" in lee.page.main


def test_the_paper_names_everybody_and_guardians_have_a_page_of_their_own(noor: Draft) -> None:
    lee = at_the_screen(noor)
    lee.press("This is right.")
    for name in ("Noor B.", "Ana B.", "Rafi B.", "Dr J. Lee"):
        lee.press("Sign as", typed=name)
    lee.press(value="guardian")
    assert lee.page.path.endswith("/page/")
    page = words_of(lee.page.response.content)
    assert page.startswith("1·Dangernow.")
    assert "Ifyouareworriedtonight" in page and "Whatyoumaysee" in page and "Guardianssee" in page
    document = Document.objects.get()
    assert [copy.kind for copy in document.copies.all()] == [CopyGiven.GUARDIAN]
    paper = words_of(document.content)
    for says in (
        "Between Noor B. and Dr J. Lee. Ana B. and Rafi B. consent as guardians. "
        "Helped by Lin Wu, interpreter; not a party.",
        "Ana B., guardian",
        "I consent to this. I mean this as my signature. "
        "Typed on screen. I agree to sign on a screen. I can ask for paper.",
        "Showed Dr Lee a document with a photo.",
        "Introduced to Dr Lee by Noor, in the room.",
        "Signed in with their own password.",
    ):
        assert "".join(says.split()) in paper, says
    assert "Lin Wu, interpreter" not in paper.replace("LinWu,interpreter;notaparty", "")
    attached = json.loads(PdfReader(BytesIO(document.content)).attachments["agreement.json"][0])
    assert [(each["role"], each["name"]) for each in attached["signatures"]] == [
        ("client", "Noor B."), ("guardian", "Ana B."), ("guardian", "Rafi B."), ("therapist", "Dr J. Lee"),
    ]  # fmt: skip
    assert {each["digest"] for each in attached["signatures"]} == {attached["digest"]}
