"""Suggested words: each may say whether they work; what does not work for one of the two is changed first."""

from __future__ import annotations

import pytest

from agreements.models import AuditEvent, Draft, StepTaken, Term
from agreements.rules.steps import Step
from agreements.rules.vocabulary import TermState
from tests import builders, tablet
from tests.doors import Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

WORDS = ["asking", "misread", "extra"]


@pytest.fixture
def lee() -> Visitor:
    draft = builders.a_draft(until=Step.HOW)
    return seen_by(at=f"/room/{draft.pk}/how/")


def fit_links(lee: Visitor) -> list[str]:
    return [url.rstrip("/").rsplit("/", 1)[-1] for words, url in lee.page.links.items() if words.startswith("Does it")]


def kept() -> list[tuple[str, str, str, str]]:
    """What the log has: which words, who said it, what, and who recorded it."""
    return [
        (event.details["clause"], event.details["role"], event.details["fit"], event.by.called)
        for event in AuditEvent.objects.filter(kind="fit").order_by("sequence")
    ]


def test_each_suggested_text_can_be_spoken_of_and_nobody_has_to(lee):
    assert fit_links(lee) == WORDS
    lee.press("This works for both of us")
    assert (tablet.at(lee.page), kept()) == ("what-if", [])


def test_nothing_is_chosen_beforehand_and_one_of_the_two_is_enough(lee):
    lee.follow("Does it fit? Misread texts")
    assert "The sender says sorry first." in lee.page.main
    for role in ("client", "therapist"):
        assert lee.page.values(role) == []
        assert lee.page.forms[0].offered[role] == {"works", "lives", "not"}
    lee.press("Save and go back", client="lives")
    assert tablet.at(lee.page) == "how"
    assert "Maya: I can live with it" in lee.page.main
    assert kept() == [("misread", "client", "lives", "Dr Lee")]
    lee.follow("Does it fit? Misread texts")
    assert (lee.page.values("client"), lee.page.values("therapist")) == (["lives"], [])
    lee.press("Save and go back", therapist="works")
    assert kept() == [("misread", "client", "lives", "Dr Lee"), ("misread", "therapist", "works", "Dr Lee")]
    lee.press("This works for both of us")
    assert tablet.at(lee.page) == "what-if"


def test_what_does_not_work_is_changed_before_the_page_is_done(lee):
    lee.follow("Does it fit? Asking clearly")
    lee.press("Save and go back", client="works", therapist="not")
    assert (tablet.at(lee.page), "Change: Asking clearly" in lee.page.main) == ("asking", True)
    lee.follow("Back")
    lee.press("This works for both of us")
    assert (lee.page.status, lee.page.title.startswith("Error: ")) == (422, True)
    assert not StepTaken.objects.filter(step=Step.HOW).exists()
    lee.follow("It does not work for one of you. Change it together: Asking clearly")
    lee.press("Save for both of us", asking_words="We say it in the first line.")
    assert tablet.at(lee.page) == "how"
    assert "Dr Lee: Does not work for me" not in lee.page.main  # that was said of other words
    lee.press("This works for both of us")
    assert tablet.at(lee.page) == "what-if"
    assert Term.objects.get(clause__key="asking").value["words"] == "We say it in the first line."


def test_who_can_live_with_it_after_all_goes_on_with_the_same_words(lee):
    lee.follow("Does it fit? Asking clearly")
    lee.press("Save and go back", client="not")
    lee.follow("Back")
    lee.follow("Does it fit? Asking clearly")
    lee.press("Save and go back", client="lives")
    lee.press("This works for both of us")
    assert tablet.at(lee.page) == "what-if"
    assert [fit for _key, _role, fit, _by in kept()] == ["not", "lives"]


def test_it_can_be_left_out_instead(lee):
    lee.follow("Does it fit? Texting is")
    lee.press("Save and go back", client="not")
    lee.press("Save for both of us", extra="leave_out", extra_words="")
    lee.press("This works for both of us")
    assert tablet.at(lee.page) == "what-if"
    assert Term.objects.get(clause__key="extra").value == {"chosen": [], "words": ""}


def test_what_does_not_work_later_opens_the_page_again(lee):
    lee.press("This works for both of us")
    draft = Draft.objects.get()
    lee.open(f"/room/{draft.pk}/fits/misread/")
    lee.press("Save and go back", client="not")
    lee.open(f"/room/{draft.pk}/read/")
    assert tablet.at(lee.page) == "how"
    lee.press("This works for both of us")
    assert lee.page.status == 422


def test_the_same_post_twice_is_in_the_log_once_and_the_words_stay_undecided(lee):
    lee.follow("Does it fit? Misread texts")
    data = lee.page.form_with("Save and go back").filled(client="works", therapist="works")
    for _ in range(2):
        assert lee.client.post(lee.page.path, data).status_code == 302
    assert len(kept()) == 2
    assert Term.objects.get(clause__key="misread").state == TermState.UNDECIDED


@pytest.mark.parametrize("key", ["late", "silence", "often", "nothing"])
def test_only_words_on_that_page_are_asked_about(key, lee):
    assert lee.open(f"/room/{Draft.objects.get().pk}/fits/{key}/").status == 404


def test_what_is_no_such_answer_is_refused(lee):
    lee.follow("Does it fit? Misread texts")
    assert lee.post(lee.page.path, {"client": "never"}).status == 422
    assert kept() == []
