"""A couple at the screen: each answers alone, all compare, each signs alone; who raised something is not told on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.actions import negotiation, reviews, signers, transcription
from agreements.models import Document, Draft, Position, Raised
from agreements.reads import how, talk
from agreements.reads import room as rooms
from agreements.rules.record import transcript
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Amount, Answer, AskedOn, Role
from tests import builders, family, tablet
from tests.doors import Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
LATER = builders.NOW + timedelta(minutes=30)
OFTEN = {"client": "one_two", "partner": "most_days", "therapist": "three_five"}


def answered(draft: Draft, who: str, often: str) -> dict[str, str | list[str]]:
    """What somebody fills in: the first option of everything, and how often."""
    given: dict[str, str | list[str]] = {}
    for seen in rooms.enter(draft.pk, positions_of=()).asked(AskedOn.TURN):
        key = seen.choices[0].key
        given[seen.key] = [key] if seen.clause.kind == "many" else key
    return {**given, "often": often}


@pytest.fixture
def turn() -> tuple[Visitor, Draft]:
    """The screen at Maya's turn; Dr Lee has prepared."""
    draft = family.a_couple(until=Step.TURN)
    therapist = draft.agreement.parties.get(role=Role.THERAPIST)
    Position.objects.filter(party=therapist, term__clause__key="often").update(value=Answer(("three_five",)).to_json())
    return seen_by(at=f"/room/{draft.pk}/"), draft


def test_each_answers_alone_and_nobody_sees_another_s_answers_before_all_are_given(turn) -> None:
    lee, draft = turn
    assert tablet.at(lee.page) == "turn"
    assert "Each of you answers alone." in lee.page.main
    lee.press("Save and compare", **answered(draft, "client", "one_two"))
    assert lee.page.path.endswith("/turn-of/partner/")
    assert "Sam’s turn" in lee.page.main
    assert lee.page.values("often") == []
    for elsewhere in ("seen", "turn"):
        lee.open(f"/room/{draft.pk}/{elsewhere}/")
        assert lee.page.path.endswith("/turn-of/partner/")
    lee.press("Save and compare", **answered(draft, "partner", "most_days"))
    assert tablet.at(lee.page) == "seen"
    room = rooms.enter(draft.pk)
    often = talk.difference(room, room.by_key["often"])
    labels = {choice.key: choice.label for choice in room.by_key["often"].choices}
    assert [(side.who, side.words) for side in often.sides] == [
        ("Maya", labels["one_two"]), ("Sam", labels["most_days"]), ("Dr Lee", labels["three_five"]),
    ]  # fmt: skip
    assert often.sentence == "You chose different things."
    assert {button.value: button.whose for button in often.decisions if button.whose} == {
        "one_two": "Maya", "most_days": "Sam", "three_five": "Dr Lee",
    }  # fmt: skip
    assert sorted(button.value for button in often.leaving_open) == ["open:client", "open:partner", "open:therapist"]


def test_what_all_but_the_partner_want_is_not_decided_without_them(turn) -> None:
    lee, draft = turn
    lee.press("Save and compare", **answered(draft, "client", "three_five"))
    lee.press("Save and compare", **answered(draft, "partner", "most_days"))
    room = rooms.enter(draft.pk)
    assert "often" in [seen.key for seen in talk.overview(room).different]
    negotiation.leave_open(
        term=room.by_key["often"].term, interim_of="partner", seen_rev=1, by=draft.agreement.therapist, now=builders.NOW
    )
    assert rooms.enter(draft.pk).by_key["often"].interim == Answer(("most_days",))


def test_a_partner_s_tap_is_saved_as_theirs_and_nobody_else_answers_there(turn) -> None:
    lee, draft = turn
    lee.press("Save and compare", **answered(draft, "client", "one_two"))
    sent = {"value": "most_days", "rev": "0"}
    assert lee.post(f"/room/{draft.pk}/turn-of/partner/often/", sent).status == 200
    said = {seen.key: seen for seen in rooms.enter(draft.pk).terms}["often"]
    assert {who: said.position(who).chosen[0] for who in OFTEN} == OFTEN
    for nobody in ("therapist", "partner-2", "aunt"):
        lee.open(f"/room/{draft.pk}/turn-of/partner/")
        assert lee.page.values("often") == ["most_days"]
        assert lee.post(f"/room/{draft.pk}/turn-of/{nobody}/often/", sent).status == 404
        assert lee.open(f"/room/{draft.pk}/turn-of/{nobody}/").status == 404


def test_each_signs_alone_reading_the_whole_paper_and_its_file_can_be_written_over() -> None:
    draft = family.a_couple(until=Step.SIGN)
    lee = seen_by(at=f"/room/{draft.pk}/")
    lee.press("Sign as", typed="Maya R.")
    assert tablet.at(lee.page) == "partner"
    assert "Please read all of it first" in lee.page.main
    assert "Thank you, Maya. Please hand the tablet to Sam." in lee.page.main
    lee.press("Sign as", typed="Sam Okafor")
    assert "Thank you, Sam. Please hand the tablet to Dr Lee." in lee.page.main
    lee.press("Sign as", typed="Dr J. Lee")
    first = Document.objects.get()
    lee.open(f"/clients/{draft.agreement.client_id}/log/")
    file = {"format": "between-sessions/1", "agreement": first.version.snapshot}
    again = transcription.transcribe(told=transcript(file), therapist=draft.agreement.therapist, now=builders.NOW)
    assert again.version.snapshot["parties"] == first.version.snapshot["parties"]
    assert again.version.signers == ["client", "partner", "therapist"]
    assert {row.known for row in again.version.signatures.all()} == {""}


def test_who_of_a_couple_raised_it_is_not_told_on() -> None:
    draft = family.a_couple()
    by = draft.agreement.therapist
    reviews.raise_texting(agreement=draft.agreement, by_role=Role.CLIENT, amount=Amount.MUCH, by=by, now=LATER)
    main = seen_by(at=f"/clients/{draft.agreement.client_id}/").page.main
    assert "One of you raised it on" in main
    assert "Maya raised" not in main
    signers.take_out(person=draft.agreement.parties.get(role=Role.PARTNER), by=by, now=LATER)
    main = seen_by(at=f"/clients/{draft.agreement.client_id}/").page.main
    assert "One of you raised it on" in main
    assert "Maya raised" not in main


def test_either_of_a_couple_raises_it_and_it_is_not_kept_which() -> None:
    draft = family.a_couple()
    lee = seen_by(at=f"/agreements/{draft.agreement_id}/look/")
    assert [label in lee.page.main for label in ("Maya or Sam", "Dr Lee", "either of you", "you two")] == [
        True, True, False, False,
    ]  # fmt: skip
    lee.press("Put it first next time", by_role="client", amount="much")
    assert "One of you raised it on" in lee.page.main
    assert [row.by_role for row in Raised.objects.all()] == ["client"]


def test_a_partner_says_too_if_suggested_words_fit_and_can_own_a_why() -> None:
    draft = family.a_couple(until=Step.HOW)
    lee = seen_by(at=f"/room/{draft.pk}/fits/misread/")
    assert [lee.page.values(who) for who in OFTEN] == [[], [], []]
    lee.press("Save and go back", client="works", partner="not", therapist="works")
    assert tablet.at(lee.page) == "misread"
    lee.press("Save for all of us", misread_words="We ask what was meant.")
    assert tablet.at(lee.page) == "how"
    lee.open(f"/room/{draft.pk}/fits/misread/")
    lee.press("Save and go back", partner="lives")
    assert "Sam: I can live with it" in lee.page.main
    lee.press("This works for all of us")
    lee.press("Yes, this is what we mean")
    assert tablet.at(lee.page) == "read"
    lee.open(f"/room/{draft.pk}/why/often/")
    lee.press("Save and go back", why="I worry less.", why_of="partner")
    assert "Sam: “I worry less.”" in lee.page.main


def test_words_that_did_not_work_for_somebody_who_left_hold_nothing_up() -> None:
    draft = family.a_couple(until=Step.HOW)
    lee = seen_by(at=f"/room/{draft.pk}/fits/misread/")
    lee.press("Save and go back", partner="not")
    room = rooms.enter(draft.pk)
    assert [seen.key for seen in how.to_change(room, how.said(room))] == ["misread"]
    signers.take_out(person=room.parties["partner"], by=draft.agreement.therapist, now=LATER)
    room = rooms.enter(draft.pk)
    assert how.to_change(room, how.said(room)) == []
