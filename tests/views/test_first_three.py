"""Many differences: the first three today, the others open until the review, each with a rule that says whose it is."""

from __future__ import annotations

import pytest

from agreements.management.walk import ORIGIN, Script, choose
from agreements.models import AuditEvent, Draft, Term, Version
from agreements.rules.steps import Step
from agreements.rules.vocabulary import TermState
from tests import builders, tablet
from tests.doors import Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

# Steps apart: window 1, away 1, look_again 1, often 2, night 2, purpose 3. Maya is the stricter one about how often, Dr
# Lee about the night, nobody about what for.
MAYA = {**ORIGIN, "often": choose("one_two")}
SIX = {
    "purpose": choose("note"),
    "often": choose("most_days"),
    "window": choose("same_day"),
    "night": choose("eight_eight"),
    "away": choose("keepsake"),
    "look_again": choose("three_months"),
}
FIVE = {**SIX, "purpose": ORIGIN["purpose"]}
FOUR = {**FIVE, "away": ORIGIN["away"]}
REASON = {"night": "My children go to bed at nine.", "purpose": "Notes I can keep up."}
OFFER = "The first three today"


def at_what_we_see(therapist: dict, reasons: dict[str, str] = REASON) -> Visitor:
    draft = builders.a_draft(until=Step.SEEN, script=Script(client=MAYA, therapist=therapist, reasons=reasons))
    return seen_by(at=f"/room/{draft.pk}/seen/")


def offers(lee: Visitor) -> list[str]:
    return [label for form in lee.page.forms for label, name, _value in form.buttons if name == "today"]


def left_open() -> dict[str, str]:
    terms = Term.objects.filter(state=TermState.OPEN).select_related("clause")
    return {term.clause.key: term.interim_of for term in terms}


def talk_through(lee: Visitor) -> list[str]:
    """Each page of the talk, decided as the therapist said; which they were, and how they were counted."""
    came = []
    while "/talk/" in lee.page.path:
        counted = lee.page.main.partition("Not the same yet: ")[2].partition("<")[0]
        came.append(f"{tablet.at(lee.page)} {counted}")
        lee.press(value=next(v for f in lee.page.forms for _l, n, v in f.buttons if n == "choice"))
    return came


@pytest.mark.parametrize(("therapist", "offered"), [(FOUR, []), (FIVE, [OFFER]), (SIX, [OFFER])])
def test_it_is_offered_for_more_than_four(therapist, offered):
    lee = at_what_we_see(therapist)
    assert offers(lee) == offered
    assert [button for form in lee.page.forms for button in form.buttons if button[0] == "Talk about the first one"]


def test_the_fewest_steps_come_first_and_the_others_stay_open_with_the_stricter_answer():
    lee = at_what_we_see(FIVE)
    told = lee.page.main.partition("If you talk about the first three today")[2]
    assert "<b>How often:</b> 1 or 2 a week (Maya’s answer)" in told
    assert "<b>At night:</b> 8 pm to 8 am (Dr Lee’s answer)" in told
    assert told.count("<li>") == 2
    lee.press(OFFER)
    assert left_open() == {"often": "client", "night": "therapist"}
    assert talk_through(lee) == ["window 1 of 3", "away 2 of 3", "look_again 3 of 3"]
    assert tablet.at(lee.page) == "hard"
    kept = [event.details for event in AuditEvent.objects.filter(kind="decided") if event.details["state"] == "open"]
    assert {(each["clause"], each["interim_of"]) for each in kept} == {("often", "client"), ("night", "therapist")}


def test_without_the_offer_each_difference_is_talked_about():
    lee = at_what_we_see(FIVE)
    lee.press("Talk about the first one")
    assert talk_through(lee) == ["window 1 of 5", "away 2 of 5", "look_again 3 of 5", "often 4 of 5", "night 5 of 5"]
    assert left_open() == {}


def test_where_neither_is_stricter_the_therapists_answer_holds():
    apart = {**SIX, "night": choose("nine_eight"), "look_again": ORIGIN["look_again"]}
    lee = at_what_we_see(apart)
    lee.press(OFFER)
    assert left_open() == {"often": "client", "purpose": "therapist"}


def test_a_stricter_answer_without_a_reason_is_not_left_standing_bare():
    lee = at_what_we_see(FIVE, {})
    assert "<b>At night:</b> first Dr Lee says a reason" in lee.page.main
    lee.press(OFFER)
    assert left_open() == {"often": "client"}
    for number in (1, 2, 3):
        assert f"Not the same yet: {number} of 3" in lee.page.main
        lee.press(value=next(v for f in lee.page.forms for _l, n, v in f.buttons if n == "choice"))
    assert tablet.at(lee.page) == "night"
    assert "Not the same yet:" not in lee.page.main
    lee.press("Save my reason", reason="My children go to bed at nine.")
    assert (tablet.at(lee.page), left_open()) == ("hard", {"often": "client", "night": "therapist"})


def test_that_nobody_texts_is_never_a_rule_that_only_holds_for_now():
    lee = at_what_we_see({**SIX, "purpose": choose("no_texting")}, dict.fromkeys(ORIGIN, "I can keep that up."))
    assert "we talk about it today, too" in lee.page.main
    lee.press(OFFER)
    assert "purpose" not in left_open()


def test_the_same_post_twice_leaves_open_once():
    lee = at_what_we_see(FIVE)
    form = lee.page.form_with(OFFER)
    data = {**form.filled(), "today": ["three"]}
    before = Draft.objects.get().rev
    for _ in range(2):
        assert lee.client.post(lee.page.path, data).status_code == 302
    assert set(Term.objects.filter(state=TermState.OPEN).values_list("rev", flat=True)) == {2}
    assert Draft.objects.get().rev == before + 3  # what was the same, and the two


def test_what_stays_open_says_whose_rule_holds_can_be_changed_when_read_and_is_signed():
    lee = at_what_we_see(FIVE)
    lee.press(OFFER)
    talk_through(lee)
    tablet.second_half(lee)
    assert "Until then Maya’s answer:" in lee.page.main
    assert "Until then Dr Lee’s answer:" in lee.page.main
    assert "Dr Lee: “My children go to bed at nine.”" in lee.page.main
    lee.follow("Change How often")
    assert tablet.at(lee.page) == "often"
    lee.press(value="open:therapist")
    assert (tablet.at(lee.page), left_open()["often"]) == ("read", "therapist")
    tablet.sign(lee)
    assert tablet.at(lee.page) == "kept"
    terms = {term["key"]: term for term in Version.objects.get().snapshot["terms"]}
    assert {key: (terms[key]["state"], terms[key]["open_until"]) for key in ("often", "night", "window")} == {
        "often": ("open", "2026-12-07"),
        "night": ("open", "2026-12-07"),
        "window": ("agreed", None),
    }
