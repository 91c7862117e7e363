"""A couple looks again: each says alone how it went, nobody sees anything before all have, and each counts."""

from __future__ import annotations

import pytest

from agreements.actions import signers
from agreements.models import AuditEvent, Draft, Look
from agreements.reads import room as rooms
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Role
from tests import family, tablet
from tests.doors import Visitor
from tests.looking_again import CLIENT, DUE, THERAPIST, listed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house", "quick_paper", "due")]
SEEN, REST = "works", "All others are working"
MARKS = {"client": "Marmalade at teatime", "partner": "Plums in August", "therapist": "Quince in October"}
SAID = {"client": {"often": "not_working"}, "partner": {"night": "not_used"}, "therapist": {"window": "not_working"}}


def this_round() -> Draft:
    return Draft.objects.latest("number")


def answers(who: str) -> dict[str, str]:
    """What somebody fills in that is theirs alone."""
    openly = THERAPIST if who == "therapist" else CLIENT
    return {**openly, "hurt": "talk", "hurt_words": MARKS[who], "missing": MARKS[who], **SAID[who]}


@pytest.fixture
def lee() -> Visitor:
    """The screen at Maya's page; Maya and Sam signed with Dr Lee some weeks ago."""
    agreement = family.a_couple().agreement
    visitor = tablet.lee()
    visitor.open(f"/clients/{agreement.client_id}/")
    visitor.press("Look again together")
    visitor.press("This is right for me")
    assert tablet.at(visitor.page) == "since"
    return visitor


def of_others(lee: Visitor, who: str) -> list[str]:
    """Whose words stand in this page that are not this person's."""
    return [mark for key, mark in MARKS.items() if key != who and mark in lee.page.html]


def test_each_says_it_alone_and_all_see_it_when_all_have_said(lee) -> None:
    assert "You see each other’s when all of you have said." in lee.page.main
    lee.press(REST, **answers("client"))
    lee.follow("Now it is Sam’s turn")
    assert (tablet.at(lee.page), of_others(lee, "partner"), " checked" in lee.page.main) == ("partner", [], False)
    assert "Is our texting too much, too little, or about right?" in lee.page.main
    refused = lee.press("Save what I chose", **CLIENT)
    assert (refused.status, of_others(lee, "partner")) == (422, [])
    lee.press(REST, **answers("partner"))
    assert (tablet.at(lee.page), of_others(lee, "partner")) == ("filled", [])
    lee.follow("Now it is Dr Lee’s turn")
    assert (tablet.at(lee.page), of_others(lee, "therapist"), " checked" in lee.page.main) == ("other", [], False)
    draft = this_round()
    assert not AuditEvent.objects.filter(kind="looked back").exists()
    lee.press(REST, **answers("therapist"))
    assert tablet.at(lee.page) == "works"
    assert [lee.page.main.count(mark) for mark in MARKS.values()] == [2, 2, 2]
    assert listed(lee.page, "Not working for one of us") == ["How often", "When answers come"]
    assert listed(lee.page, "Not used so far") == ["At night"]
    assert "Working for both of us" not in lee.page.main and listed(lee.page, "Working for all of us")
    event = AuditEvent.objects.get(kind="looked back", subject=draft.pk)
    assert {who: said["night"] for who, said in event.details.items()} == {
        "client": "working", "partner": "not_used", "therapist": "working",
    }  # fmt: skip
    for who in ("Maya", "Sam", "Dr Lee"):
        lee.follow(f"Change my answers {who}")
        assert "All of you look at it once more." in lee.page.main
        lee.open(f"/room/{draft.pk}/{SEEN}/")
    lee.leave()
    log = lee.open(f"/clients/{draft.agreement.client_id}/log/").main
    assert [f"{who} said how it went." in log for who in ("Maya", "Sam", "Dr Lee")] == [True] * 3


def test_whoever_has_said_finds_their_page_closed_until_all_have(lee) -> None:
    draft = this_round()
    lee.open(f"/room/{draft.pk}/since/partner/")
    assert tablet.at(lee.page) == "since"
    lee.press(REST, **answers("client"))
    lee.follow("Now it is Sam’s turn")
    lee.press("Stop for today", missing=MARKS["partner"])
    assert tablet.at(lee.page) == "pause"
    lee.follow("Go on after all")
    assert (tablet.at(lee.page), lee.page.values("missing")) == ("partner", [MARKS["partner"]])
    lee.follow("Maya wants to change something")
    assert "Nobody sees the answers before Sam and Dr Lee have said it too." in lee.page.main
    assert of_others(lee, "") == []
    for elsewhere in ("since/filled/", "since/other/", "works/"):
        lee.open(f"/room/{draft.pk}/{elsewhere}")
        assert tablet.at(lee.page) == "partner"
    lee.press(REST, **answers("partner"))
    lee.follow("Now it is Dr Lee’s turn")
    lee.follow("Sam wants to change something")
    assert "Nobody sees the answers before Dr Lee has said it too." in lee.page.main
    assert of_others(lee, "") == []
    lee.press("I am Sam, and I want to change my answers")
    assert (tablet.at(lee.page), lee.page.values("missing")) == ("partner", [MARKS["partner"]])
    lee.open(f"/room/{draft.pk}/since/other/")
    assert tablet.at(lee.page) == "partner"
    lee.press("Save what I chose", missing="")
    assert tablet.at(lee.page) == "other"
    for nobody in ("therapist", "partner-2", "aunt", "client-2"):
        assert lee.open(f"/room/{draft.pk}/since/{nobody}/").status == 404


def test_what_the_therapist_said_alone_waits_for_the_partner_too(lee) -> None:
    draft = this_round()
    lee.leave()
    lee.follow("My own answers, for me alone")
    assert "They stay hidden until all of you have answered." in lee.page.main
    lee.press(REST, **answers("therapist"))
    lee.open(f"/clients/{draft.agreement.client_id}/")
    lee.press("Go on together")
    lee.press(REST, **answers("client"))
    lee.follow("Now it is Sam’s turn")
    lee.press(REST, **answers("partner"))
    assert of_others(lee, "partner") == []
    lee.follow("See what we all said")
    assert tablet.at(lee.page) == "works"


def test_where_nothing_changes_each_agrees_with_one_tap(lee) -> None:
    for who, then in (("client", "Now it is Sam’s turn"), ("partner", "Now it is Dr Lee’s turn"), ("therapist", "")):
        lee.press(REST, **(THERAPIST if who == "therapist" else CLIENT))
        if then:
            lee.follow(then)
    lee.press("Maya heard or saw this. Go on")
    for who in ("Maya", "Dr Lee"):
        lee.press(f"{who}: I agree")
    assert not Look.objects.exists()
    lee.press("Sam: I agree")
    assert "Looked at on" in lee.page.main
    assert Look.objects.exists()


def test_who_is_gone_is_asked_nothing_and_counts_no_more(lee) -> None:
    draft = this_round()
    lee.press(REST, **CLIENT)
    lee.follow("Now it is Sam’s turn")
    lee.press("Save what I chose", **answers("partner"))
    signers.take_out(person=rooms.enter(draft.pk).parties["partner"], by=draft.agreement.therapist, now=DUE)
    lee.open(f"/room/{draft.pk}/")
    assert tablet.at(lee.page) == "other"
    assert lee.open(f"/room/{draft.pk}/since/partner/").status == 404
    lee.open(f"/room/{draft.pk}/since/other/")
    lee.press(REST, **THERAPIST)
    assert of_others(lee, "") == []
    assert "Working for both of us" in lee.page.main
    lee.press("Maya heard or saw this. Go on")
    assert tablet.at(lee.page) == "changes"


def test_who_joined_since_it_was_signed_is_asked_how_it_is_for_them_before_they_go_on(lee) -> None:
    draft = this_round()
    for then in ("Now it is Sam’s turn", "Now it is Dr Lee’s turn"):
        lee.press(REST, **CLIENT)
        assert "Signed before you joined" not in lee.page.html
        lee.follow(then)
    lee.press(REST, **THERAPIST)
    lee.press("Maya heard or saw this. Go on")
    assert rooms.enter(draft.pk).next_step is Step.CHANGES
    family.joins(draft, Role.PARTNER, "Kim Okafor", "Kim")
    lee.open(f"/room/{draft.pk}/changes/")
    assert tablet.at(lee.page) == "partner-2"
    assert "Signed before you joined: does each of these work for you?" in lee.page.main
    lee.press(REST, **CLIENT, often="not_working")
    lee.follow("See what we all said")
    assert listed(lee.page, "Not working for one of us") == ["How often"]
    lee.press("Maya heard or saw this. Talk about the first one")
    assert tablet.at(lee.page) == "often"
    assert [seen.key for seen in rooms.enter(draft.pk).terms if not seen.decided] == ["often"]
    assert "please say your reason first" not in lee.page.main
