"""A practice writes its agreement anew: what is signed stays, and at a review the two choose the new words or theirs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from agreements.actions import library
from agreements.models import AuditEvent, Client, Draft, Version
from agreements.rules.vocabulary import Hearing
from tests import builders, editions, recalls, tablet
from tests.doors import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

NEW = "Text first, then breathe."
TALK = {"hearing": Hearing.TALK, "talk_before": date(2026, 12, 24)}


def new_wording(**facts: Any) -> Any:
    """The next adult edition, with other words about a late answer."""
    file = editions.data()
    late = next(clause for clause in file["clauses"] if clause["key"] == "late")
    late["texts"]["en"]["words"] = "[[client]] may now [[chosen]]. Unsafe? Do not wait. Use the box."
    return editions.published(file, **{"now": builders.NOW + timedelta(minutes=30), **facts})


def at_review(**facts: Any) -> Visitor:
    """Dr Lee beside Maya, whose agreement is in force, after the practice published new wording."""
    lee = tablet.lee()
    document = builders.a_sealed_document()
    new_wording(**facts)
    lee.open(f"/clients/{document.agreement.client_id}/")
    return lee


def test_the_two_read_was_and_now_and_take_the_new_wording():
    lee = at_review()
    before = Version.objects.get().snapshot
    lee.press("Look again together")
    assert tablet.at(lee.page) == "wording"
    assert lee.page.main.count('<section class="card">') == 1
    assert "Maya may … Unsafe?" in lee.page.main
    assert "Maya may now … Unsafe?" in lee.page.main
    lee.press("Take the new wording")
    assert tablet.at(lee.page) == "box"
    assert list(Draft.objects.order_by("number").values_list("edition__number", flat=True)) == [1, 2]
    assert Version.objects.get().snapshot == before


def test_the_two_keep_theirs_and_are_asked_again_at_the_next_review():
    lee = at_review()
    lee.press("Look again together")
    lee.press("Keep ours")
    draft = Draft.objects.get(number=2)
    assert (tablet.at(lee.page), draft.edition.number) == ("box", 1)


def test_why_they_look_sooner_is_kept_past_the_page_with_the_new_wording():
    lee = at_review()
    lee.press("After a hurt")
    assert tablet.at(lee.page) == "wording"
    lee.press("Keep ours")
    began = AuditEvent.objects.filter(kind="agreement started").latest("sequence")
    assert (tablet.at(lee.page), began.details["reason"]) == ("box", "hurt")


def test_own_answers_alone_are_not_offered_before_the_two_chose_their_wording():
    lee = at_review()
    assert "My own answers first" not in lee.page.main
    assert "The two of you choose it first, together." in lee.page.main
    lee.press("Look again together")
    lee.press("Keep ours")
    lee.leave()
    assert "The two of you choose it first" not in lee.page.main


def test_h17_a_changed_number_stands_before_the_new_wording():
    lee = at_review()
    assert "New since your last paper" not in lee.press("Look again together").main
    recalls.changed()
    lee.open(f"/clients/{Client.objects.get().pk}/")
    page = lee.press("Look again together").main
    assert tablet.at(lee.page) == "wording"
    number, words = page.index("New since your last paper"), page.index("New wording from the practice")
    assert number < page.index("988") < page.index("989") < words


def test_looking_at_the_page_begins_nothing():
    lee = at_review()
    lee.press("Look again together")
    assert Draft.objects.count() == 1


def test_both_ways_are_buttons_of_the_same_kind():
    lee = at_review()
    page = lee.press("Look again together").main
    assert page.count('<button class="button" name="take"') == 2


def test_a_round_in_progress_stays_on_its_edition():
    lee = tablet.lee()
    draft = builders.a_draft()
    new_wording()
    lee.open(f"/clients/{draft.agreement.client_id}/")
    assert tablet.at(lee.press("Go on together")) == "prepare"
    assert Draft.objects.get().edition.number == 1


def test_wording_for_new_agreements_only_is_not_offered():
    lee = at_review(hearing=Hearing.NEW)
    assert tablet.at(lee.press("Look again together")) == "box"
    assert Draft.objects.get(number=2).edition.number == 1


def test_retired_wording_is_not_offered_and_ours_goes_on_though_retired():
    lee = at_review()
    for edition in Draft.objects.get().edition.family.editions.all():
        library.retire(edition=edition, by=builders.a_therapist(), now=builders.NOW)
    lee.press("Look again together")
    assert (tablet.at(lee.page), Draft.objects.get(number=2).edition.number) == ("box", 1)


def test_a_draft_edition_is_never_seen():
    lee = tablet.lee()
    client = builders.a_client()
    library.read_in(data=editions.data("couple-one-thread"), by=None, now=builders.NOW)
    lee.open(f"/clients/{client.pk}/")
    page = lee.press("Start together").main
    for name in ("couple", "young person", "DBT"):
        assert name not in page
    lee.open("/usual/dbt-coaching/")
    assert lee.page.forms[-1].buttons == [("Sign out", "", "")]


def test_the_therapist_chooses_among_the_families_and_nothing_is_chosen_before():
    lee = tablet.lee()
    client = builders.a_client()
    new_wording()
    lee.open(f"/clients/{client.pk}/")
    lee.press("Start together")
    choices = [label for form in lee.page.forms for label, name, _value in form.buttons if name == "edition"]
    assert choices == [
        "No texting between sessions For when nobody texts. One page on how we do it instead.",
        "Texting, adult outpatient For adults. Texts between sessions, as you both choose.",
        "Texting, times and dates only To set or move a time by text, and for nothing else.",
    ]
    assert "checked" not in lee.page.main
    lee.press("Texting, adult")
    assert Draft.objects.get().edition.number == 2


def test_with_one_family_no_page_is_in_between():
    lee = tablet.lee()
    client = builders.a_client()
    for name in ("no-texting", "times-and-dates"):
        family = editions.data(name)["family"]["key"]
        edition = library.Edition.objects.get(family__key=family)
        library.retire(edition=edition, by=builders.a_therapist(), now=builders.NOW)
    lee.open(f"/clients/{client.pk}/")
    assert tablet.at(lee.press("Start together")) == "prepare"


def test_a_round_begun_with_the_wrong_kind_is_laid_down_and_begun_anew():
    lee = tablet.lee()
    tablet.add_client(lee)
    tablet.start(lee, "No texting")
    lee.leave()
    lee.follow("Begin anew, with another kind of agreement")
    assert "It is set aside when you choose here." in lee.page.main
    lee.press("Texting, times and dates only")
    assert tablet.at(lee.page) == "prepare"
    drafts = Draft.objects.order_by("number")
    assert [(draft.edition.family.key, draft.set_aside_at is None) for draft in drafts] == [
        ("no-texting", False),
        ("times-and-dates", True),
    ]


def test_who_chose_no_texting_may_choose_anew():
    lee = tablet.lee()
    document = builders.a_sealed_document(script=builders.NO_TEXTING)
    lee.open(f"/clients/{document.agreement.client_id}/")
    assert tablet.at(lee.press("Start together")) == "begin"
    lee.press("Texting, times and dates only")
    assert Draft.objects.get(number=2).agreement == document.agreement


def needs(lee: Visitor) -> list[str]:
    """What the home page says about new wording."""
    lee.open("/")
    return [line.split("</span>")[0] for line in lee.page.main.split("<span>") if "new wording" in line]


def test_a_talk_is_under_needs_you_until_the_page_was_chosen_from():
    lee = at_review(**TALK)
    assert needs(lee) == ["M.R.: new wording to talk about before 24 December"]
    lee.open(f"/clients/{Client.objects.get().pk}/")
    lee.press("Look again together")
    assert needs(lee) == ["M.R.: new wording to talk about before 24 December"]
    lee.open(f"/clients/{Client.objects.get().pk}/wording/")
    lee.press("Keep ours")
    assert needs(lee) == []


def test_wording_that_can_wait_for_the_review_is_not_under_needs_you():
    assert needs(at_review()) == []


def test_a_talk_is_not_asked_of_who_does_not_text_or_stopped():
    lee = tablet.lee()
    builders.a_sealed_document(script=builders.NO_TEXTING)
    new_wording(**TALK)
    assert needs(lee) == []
