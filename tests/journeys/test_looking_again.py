"""The two look again at what they signed: two changes make a version 3, no change makes none, and nothing is seen early."""

from __future__ import annotations

from datetime import date

import pytest

from agreements.models import Agreement, AuditEvent, Document, Draft, Look, Review, Verdict, Version
from agreements.rules.digest import code_in_address, sha256
from tests import builders, tablet
from tests.doors import Page, Visitor
from tests.looking_again import CLIENT, OPEN, THERAPIST, both_say, listed, one_version, sign, sit_down, two_versions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def test_two_changes_make_a_version_that_names_its_predecessor_which_stays_byte_for_byte(due):
    """T35: most are working, two are not, one is open."""
    agreement = two_versions(OPEN)
    second = Document.objects.get(number=2)
    kept = (bytes(second.content), second.sha256, second.version.snapshot)
    lee = sit_down(agreement)
    both_say(lee, {"window": "not_working"}, {"late": "not_working"})
    assert listed(lee.page, "Not working for one of us") == ["When answers come", "A late answer"]
    assert listed(lee.page, "Still open") == ["How often"]
    assert len(listed(lee.page, "Working for both of us")) == 13
    assert "I read texts twice a day" in lee.page.main
    lee.press("Maya heard or saw this. Talk about the first one")
    assert (tablet.at(lee.page), lee.page.main.count("1 of 3")) == ("window", 1)
    lee.press(value="two_days")
    assert tablet.at(lee.page) == "late"
    assert "please say your reason first" in lee.page.main
    lee.press("Save my reason", reason="Nudges reach me in sessions.")
    assert "Nudges reach me in sessions." in lee.page.main
    lee.press(value="session")
    assert tablet.at(lee.page) == "often"
    lee.press(value="open")
    assert tablet.at(lee.page) == "changes"
    assert "2 things change." in lee.page.main
    assert "The other 14 stay as signed on 21 December 2026." in lee.page.main
    assert "1 is still open." in lee.page.main
    assert lee.page.main.count("<dt>Was</dt>") == 2
    sign(lee)
    third = Document.objects.get(number=3)
    second.refresh_from_db()
    assert (bytes(second.content), second.sha256, second.version.snapshot) == kept
    assert third.version.replaces == second.version.digest == sha256(second.version.snapshot)
    assert third.version.snapshot["changed"] == ["When answers come", "A late answer"]
    assert third.version.review.due_on == third.version.review_on == date(2027, 4, 18)
    states = {term["key"]: term["state"] for term in third.version.snapshot["terms"]}
    assert (states.pop("often"), set(states.values())) == ("open", {"agreed"})
    public = Visitor()
    page = public.open(f"/v/{code_in_address(second.version.digest)}").main
    assert "It was replaced on 18 January 2027" in page


@pytest.mark.usefixtures("quick_paper")
def test_nothing_changed_makes_no_version_and_is_one_tap_each(due):
    """T36."""
    agreement = one_version()
    lee = sit_down(agreement)
    both_say(lee)
    lee.press("Maya heard or saw this. Go on")
    assert (tablet.at(lee.page), lee.page.title) == ("changes", "Nothing changes · Texting agreement")
    lee.press("Maya: I agree")
    assert "Maya agrees." in lee.page.main
    assert not Look.objects.exists()
    lee.press("Dr Lee: I agree")
    assert "Looked at on 18 January 2027" in lee.page.main
    look = Look.objects.get()
    assert (look.held_on, look.next_on) == (date(2027, 1, 18), date(2027, 4, 18))
    assert (Version.objects.count(), Document.objects.count()) == (1, 1)
    review = Review.objects.get()
    assert (review.due_on, review.sequence) == (look.next_on, 1)
    lee.leave()
    assert "Last looked at on 18 January 2027, and nothing changed." in lee.page.main
    assert "Look again together" in lee.page.main
    kept = lee.open(f"/room/{Version.objects.get().draft_id}/kept/").main
    assert "Last looked at on 18 January 2027, and nothing changed." in kept
    assert "We look at this again on <strong>18 April 2027</strong>" in kept
    assert "time to look again" not in lee.open("/").main
    event = AuditEvent.objects.get(kind="looked at again")
    assert (event.details["held_on"], event.details["next_on"]) == ("2027-01-18", "2027-04-18")


@pytest.mark.usefixtures("quick_paper")
def test_nobody_can_sign_what_did_not_change(due):
    agreement = one_version()
    lee = sit_down(agreement)
    both_say(lee)
    lee.press("Maya heard or saw this. Go on")
    lee.post(lee.page.path, {})
    assert "Nothing changed." in lee.page.html
    assert Version.objects.count() == 1


MARKS = {"client": "Marmalade at teatime", "therapist": "Quince in October"}
PERSONAL = {"hurt": "talk", "often": "not_working", "night": "not_used"}


def unkeyed(page: Page) -> list[str]:
    return [line for line in page.html.splitlines() if "form_key" not in line and "csrfmiddlewaretoken" not in line]


@pytest.mark.usefixtures("quick_paper")
def test_what_the_client_said_is_not_in_the_therapists_page_before_both_said(due):
    pages = []
    for answers in (CLIENT, {**PERSONAL, "texting": "much", "hurt_words": MARKS["client"], "missing": MARKS["client"]}):
        lee = sit_down(one_version())
        lee.press("All others are working", **answers)
        assert tablet.at(lee.follow("Now it is Dr Lee’s turn")) == "other"
        assert MARKS["client"] not in lee.page.html
        assert " checked" not in lee.page.main
        draft = str(Draft.objects.latest("started_at").pk)
        pages.append([line.replace(draft, "") for line in unkeyed(lee.page)])
        refused = lee.press("Save what I chose", **THERAPIST)
        assert (refused.status, MARKS["client"] in refused.html) == (422, False)
        lee.leave()
        Agreement.objects.all().update(client=builders.a_client(name="Noor B.", called="Noor"))
    assert pages[0] == pages[1]


@pytest.mark.usefixtures("quick_paper")
def test_what_the_therapist_said_alone_is_not_in_the_clients_page_before_both_said(due):
    agreement = one_version()
    lee = tablet.lee()
    lee.open(f"/clients/{agreement.client_id}/")
    lee.press("My own answers first, for me alone")
    words = {"hurt_words": MARKS["therapist"], "missing": MARKS["therapist"], "texting": "strain"}
    lee.press("All others are working", **{**PERSONAL, **words})
    assert tablet.at(lee.page) == str(agreement.client_id)
    assert Verdict.objects.filter(party__role="therapist").count() == 16
    lee.press("Go on together at “Crisis steps”")
    lee.press("This is right for me")
    assert tablet.at(lee.page) == "since"
    assert MARKS["therapist"] not in lee.page.html
    assert " checked" not in lee.page.main
    lee.press("All others are working", **CLIENT)
    assert MARKS["therapist"] not in lee.page.html
    lee.follow("See what we both said")
    assert tablet.at(lee.page) == "works"
    assert lee.page.main.count(MARKS["therapist"]) == 2
    assert listed(lee.page, "Not working for one of us") == ["How often"]
