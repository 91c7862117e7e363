"""Looking again goes other ways, too: what is raised, strain, what was left open, a stop, another day, a new paper."""

from __future__ import annotations

from datetime import date

import pytest

from agreements.actions import reviews
from agreements.models import Absence, AuditEvent, Document, Draft, Review, Term
from agreements.reads import away
from agreements.rules.vocabulary import Amount, Role
from tests import tablet
from tests.looking_again import DAY, DUE, FIRST, OPEN, THERAPIST, both_say, listed, one_version, sign, sit_down

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.mark.usefixtures("quick_paper")
def test_strain_and_too_little_open_the_limit_and_how_often(due):
    agreement = one_version()
    lee = sit_down(agreement)
    page = both_say(lee, {"texting": "little"}, {"texting": "much"})
    assert listed(page, "Working, and one of us asks about it") == ["How often", "Without strain"]
    lee.press("Maya heard or saw this. Talk about the first one")
    assert tablet.at(lee.page) == "often"
    lee.press(value="keep")
    assert tablet.at(lee.page) == "limit"
    lee.press("Save for both of us", limit_words="I read texts once a day.", limit=["health"])
    assert "I read texts once a day." in lee.page.main
    assert "1 thing changes." in lee.page.main


@pytest.mark.usefixtures("quick_paper")
def test_what_was_raised_comes_first_and_a_look_settles_it(due):
    agreement = one_version()
    facts = {"by_role": Role.CLIENT, "amount": Amount.LITTLE, "clause_key": "night", "by": agreement.therapist}
    reviews.raise_texting(agreement=agreement, now=DUE - DAY, **facts)
    lee = sit_down(agreement)
    assert "First today: At night" in lee.page.main
    both_say(lee, {"often": "not_working"})
    assert "First today: At night" in lee.page.main
    lee.press("Maya heard or saw this. Talk about the first one")
    came = []
    while "/again/" in lee.page.path:
        came.append(tablet.at(lee.page))
        lee.press(value="keep")
    assert came == ["night", "often"]
    lee.press("Maya: I agree")
    lee.press("Dr Lee: I agree")
    lee.leave()
    assert "comes first next time" not in lee.page.main


@pytest.mark.usefixtures("quick_paper")
def test_a_second_round_decides_what_was_left_open(due, on_the_day):
    agreement = one_version(OPEN)
    lee = sit_down(agreement)
    both_say(lee)
    lee.press("Maya heard or saw this. Talk about the first one")
    lee.press(value="open")
    lee.press("Maya: I agree")
    lee.press("Dr Lee: I agree")
    lee.leave()
    on_the_day.move_to(DUE + 100 * DAY)
    lee = sit_down(agreement)
    both_say(lee)
    lee.press("Maya heard or saw this. Talk about the first one")
    assert "Not decided yet. Until now:" in lee.page.main
    lee.press(value="three_five")
    assert "<dt>Was</dt>" in lee.page.main
    sign(lee)
    newest = Document.objects.latest("number")
    assert (newest.number, newest.version.snapshot["changed"]) == (2, ["How often"])
    assert not Term.objects.filter(draft=newest.version.draft, state="open").exists()


@pytest.mark.usefixtures("quick_paper")
def test_changed_answers_lead_past_what_the_two_see_once_more(due):
    agreement = one_version()
    lee = sit_down(agreement)
    both_say(lee, {"often": "not_working"})
    lee.press("Maya heard or saw this. Talk about the first one")
    lee.press(value="one_two")
    assert tablet.at(lee.page) == "changes"
    lee.open(lee.page.path.replace("changes", "works"))
    lee.follow("Change my answers Maya")
    lee.press("Save what I chose", window="not_working")
    assert tablet.at(lee.page) == "works"
    lee.press("Maya heard or saw this. Talk about the first one")
    assert tablet.at(lee.page) == "window"
    lee.press(value="keep")
    assert "1 thing changes." in lee.page.main


@pytest.mark.usefixtures("quick_paper")
def test_stopping_for_today_keeps_what_was_tapped(due):
    agreement = one_version()
    lee = sit_down(agreement)
    lee.press("Stop for today", texting="right", often="not_working", missing="Photos")
    assert tablet.at(lee.page) == "pause"
    lee.follow("Go on after all")
    assert (lee.page.values("often"), lee.page.values("texting")) == (["not_working"], ["right"])
    assert lee.page.values("missing") == ["Photos"]
    refused = lee.press("All others are working")
    assert (refused.status, "Error:" in refused.title) == (422, True)
    assert refused.main.count("Please choose an answer.") == 2
    lee.press("All others are working", hurt="unsure")
    assert tablet.at(lee.page) == "filled"


@pytest.mark.usefixtures("quick_paper")
def test_both_move_the_day_in_session_and_nobody_alone(due):
    agreement = one_version()
    lee = tablet.lee()
    lee.open(f"/clients/{agreement.client_id}/")
    lee.press("Look again together")
    lee.follow("Not today: we both move the day")
    assert "We agreed on 21 December 2026." in lee.page.main
    wrong = lee.press("We both move it to this day", due_on="2027-01-18")
    assert (wrong.status, "Please choose a day after today" in wrong.main) == (422, True)
    lee.press("We both move it to 1 February 2027")
    assert "You both moved it. We look again on 1 February 2027." in lee.page.html
    review = Review.objects.get()
    assert (review.due_on, review.sequence) == (date(2027, 2, 1), 1)
    assert AuditEvent.objects.get(kind="review moved").details == {"was": "2026-12-21", "now": "2027-02-01"}
    draft = Draft.objects.latest("number")
    lee.leave()
    assert "time to look again" not in lee.page.main
    answer = lee.client.post(f"/room/{draft.pk}/move/", {"csrfmiddlewaretoken": lee.token, "due_on": "2027-03-01"})
    assert answer.status_code == 302
    assert Review.objects.get().due_on == date(2027, 2, 1)


@pytest.mark.usefixtures("quick_paper")
def test_sooner_than_planned_may_say_why(on_the_day):
    agreement = one_version()
    lee = tablet.lee()
    lee.open(f"/clients/{agreement.client_id}/")
    lee.press("After a hurt")
    assert tablet.at(lee.page) == "box"
    began = AuditEvent.objects.filter(kind="agreement started").latest("sequence")
    said = {"review": str(Review.objects.get().pk), "reason": "hurt"}
    assert began.details == {**said, "row": began.details["row"]}
    lee.leave()
    assert (
        "The two look again, sooner than planned: after a hurt."
        in lee.open(f"/clients/{agreement.client_id}/log/").main
    )


@pytest.mark.usefixtures("quick_paper")
def test_a_client_who_moved_gets_a_new_paper_though_no_term_changed(due):
    agreement = one_version()
    lee = tablet.lee()
    lee.open(f"/clients/{agreement.client_id}/")
    lee.press("Look again together")
    lee.follow("Change place, phone or how to reach me")
    lee.press("Save and show", voice="no_voice", contact="text")
    lee.press("This is right for me")
    both_say(lee)
    lee.press("Maya heard or saw this. Go on")
    assert "Also new on the paper: the crisis steps." in lee.page.main
    sign(lee)
    assert Document.objects.count() == 2


@pytest.mark.usefixtures("quick_paper")
def test_a_choice_that_is_none_decides_nothing_and_a_reason_is_not_skipped(due):
    agreement = one_version()
    lee = sit_down(agreement)
    both_say(lee, {"often": "not_working"}, {"late": "not_working"})
    lee.press("Maya heard or saw this. Talk about the first one")
    for choice in ("", "nothing", "one_two two_three", "unsure", "leave_out"):
        assert lee.post(lee.page.path, {"choice": choice, "rev": "2"}).status == 422
    assert lee.open(lee.page.path.replace("often", "nothing")).status == 404
    bare = lee.open(lee.page.path.replace("nothing", "late"))
    lee.post(bare.path, {"choice": "session", "rev": "2"})
    assert "please say your reason first" in lee.page.main
    assert set(
        Term.objects.filter(draft=Draft.objects.latest("number"), clause__key__in=["often", "late"]).values_list(
            "state", flat=True
        )
    ) == {"undecided"}


@pytest.mark.usefixtures("quick_paper")
def test_in_the_therapists_turn_nothing_that_the_client_said_is_in_a_page(due):
    agreement = one_version()
    lee = sit_down(agreement)
    said = {"texting": "much", "hurt": "talk", "hurt_words": "A silence in May.", "window": "not_working"}
    lee.press("All others are working", **said)
    lee.press("Change How often")
    assert (tablet.at(lee.page), lee.page.values("hurt_words")) == ("since", ["A silence in May."])
    lee.press("All others are working", missing="Photos")
    assert lee.page.path.endswith("/since/other/")
    [draft] = Draft.objects.filter(set_aside_at=None, review__isnull=False)
    for address in ("since/filled/", "since/", "since/other/"):
        lee.open(f"/room/{draft.pk}/{address}")
        for words in ("A silence in May.", "Photos", " checked"):
            assert words not in lee.page.html
    lee.follow("Maya wants to change something")
    assert "Nobody sees the answers before Dr Lee has said it too." in lee.page.main
    lee.press("I am Maya, and I want to change my answers")
    assert lee.page.values("missing") == ["Photos"]
    lee.open(f"/room/{draft.pk}/since/other/")
    assert tablet.at(lee.page) == "since"
    lee.press("Save what I chose", missing="")
    lee.press("All others are working", **THERAPIST)
    assert "A silence in May." in lee.page.main and "Photos" not in lee.page.main


@pytest.mark.usefixtures("quick_paper")
def test_how_the_time_away_was_is_asked_in_the_review_once(due):
    agreement = one_version()
    day = Review.objects.get().due_on
    facts = {"therapist": agreement.therapist, "cover": "lines", "at": FIRST}
    Absence.objects.create(starts_on=day - 9 * DAY, ends_on=day - 5 * DAY, **facts)
    lee = sit_down(agreement)
    assert "Dr Lee was away 12 December to 16 December. How was it? (optional)" in lee.page.main
    both_say(lee, client={"away_words": "Long, and then all right."}, therapist={"away_words": ""})
    assert "“Long, and then all right.”" in lee.page.main
    lee.press("Maya heard or saw this. Go on")
    lee.press("Maya: I agree")
    lee.press("Dr Lee: I agree")
    assert away.to_ask_about(agreement, today=day + 90 * DAY) == []


@pytest.mark.usefixtures("quick_paper")
def test_what_the_therapist_can_no_longer_do_is_not_working_for_both(due):
    lee = sit_down(one_version())
    page = both_say(lee, therapist={"texting": "strain"})
    assert "What Dr Lee can do without strain" not in listed(page, "Working for both of us")


@pytest.mark.usefixtures("quick_paper")
def test_what_is_no_longer_without_strain_cannot_stay_until_it_is_eased_and_said_anew(due):
    agreement = one_version()
    lee = sit_down(agreement)
    both_say(lee, therapist={"texting": "strain"})
    lee.press("Maya heard or saw this. Talk about the first one")
    assert tablet.at(lee.page) == "limit"
    why = "Dr Lee said today: no longer without strain."
    assert lee.page.main.count(why) == 1 and 'value="keep"' not in lee.page.main
    limit = lee.page.path
    refused = lee.post(limit, {"choice": "keep", "rev": "2"})
    assert (refused.status, refused.main.count(why)) == (422, 1)
    refused = lee.press("Save for both of us", limit=["health"])
    assert (refused.status, refused.main.count(why)) == (422, 1)
    lee.open(limit)
    lee.follow("Change “How often”")
    lee.press(value="one_two")
    assert (tablet.at(lee.page), why in lee.page.main) == ("limit", False)
    lee.press("Dr Lee says it anew today: I can do this without strain")
    assert "1 thing changes." in lee.page.main
    lee.follow("Change How often")
    lee.press(value="keep")
    assert "One more thing first" in lee.page.main and why in lee.page.main
    assert "I agree" not in lee.page.main
    lee.follow("Dr Lee answers that question anew")
    lee.press("Save what I chose", texting="fine")
    lee.press("Maya heard or saw this. Go on")
    lee.press("Maya: I agree")
    lee.press("Dr Lee: I agree")
    assert "Nothing changed." in lee.page.main


@pytest.mark.usefixtures("quick_paper")
def test_what_is_getting_much_stands_when_the_therapist_says_it_anew_and_each_time_they_say_so(due):
    lee = sit_down(one_version())
    both_say(lee, therapist={"texting": "much"})
    anew = "Dr Lee says it anew today: I can do this without strain"
    lee.press("Maya heard or saw this. Talk about the first one")
    lee.press(anew)
    assert "Maya: I agree" in lee.page.main
    lee.open(lee.page.path.replace("changes", "works"))
    lee.follow("Change my answers Dr Lee")
    lee.press("Save what I chose", texting="strain")
    lee.press("Maya heard or saw this. Talk about the first one")
    assert (tablet.at(lee.page), anew in lee.page.main) == ("limit", False)
    lee.follow("Dr Lee answers that question anew")
    lee.press("Save what I chose", texting="much")
    lee.press("Maya heard or saw this. Talk about the first one")
    lee.press(anew)
    assert "Maya: I agree" in lee.page.main
