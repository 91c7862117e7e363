"""The therapist says their own answers anew, in their own turn: after the two compared, logged, and reopening."""

from __future__ import annotations

import pytest

from agreements.management.walk import choose
from agreements.models import AuditEvent, Draft, Position, Term
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Role, TermState
from tests import builders, tablet
from tests.doors import Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.fixture
def lee() -> Visitor:
    draft = builders.a_draft(until=Step.READ)
    return seen_by(at=f"/room/{draft.pk}/read/")


def theirs(key: str) -> Position:
    return Position.objects.get(term__clause__key=key, party__role=Role.THERAPIST)


def test_both_may_change_their_answers_from_what_we_see_and_from_the_reading_page(lee):
    wanted = {"Maya: change my answers", "Dr Lee: change my answers"}
    assert {words for words in lee.page.links if words.endswith("change my answers")} == wanted
    lee.open(f"/room/{Draft.objects.get().pk}/seen/")
    assert {words for words in lee.page.links if words.endswith("change my answers")} == wanted


def test_a_changed_answer_is_logged_with_its_reason_and_opens_what_came_of_it(lee):
    lee.follow("Dr Lee: change my answers")
    assert "3 to 5 a week" in lee.page.main
    lee.follow("Change How often")
    assert (lee.page.values("often"), lee.page.values("often_reason")) == (
        ["three_five"], ["I want to read each one well, and most days is more than I can."],
    )  # fmt: skip
    lee.press("Save my answer", often="one_two", often_reason="I have three children.")
    assert tablet.at(lee.page) == "seen"
    assert (theirs("often").value["chosen"], theirs("often").reason) == (["one_two"], "I have three children.")
    assert Term.objects.get(clause__key="often").state == TermState.UNDECIDED
    [changed] = AuditEvent.objects.filter(kind="position of therapist")
    assert changed.details == {
        "clause": "often", "before": choose("three_five").to_json(), "after": choose("one_two").to_json(),
    }  # fmt: skip
    assert AuditEvent.objects.get(kind="reason given").details == {"clause": "often", "words": "I have three children."}
    lee.press("Talk about the first one")
    assert "“I have three children.”" in lee.page.main


def test_the_same_answer_again_changes_nothing(lee):
    before = AuditEvent.objects.count()
    lee.follow("Dr Lee: change my answers")
    lee.follow("Change At night")
    lee.press("Save my answer")
    assert tablet.at(lee.page) == "read"
    assert AuditEvent.objects.count() == before


def test_a_reason_can_be_taken_away_and_is_asked_for_where_it_is_needed(lee):
    lee.follow("Dr Lee: change my answers")
    lee.follow("Change At night")
    lee.press("Save my answer", night="eight_eight", night_reason="")
    lee.press("Talk about the first one")
    assert "please say your reason first" in lee.page.main
    assert AuditEvent.objects.get(kind="reason given").details == {"clause": "night", "words": ""}


def test_an_answer_that_was_never_given_is_given_here_and_is_in_the_log():
    draft = builders.a_draft(until=Step.SEEN)
    Position.objects.filter(term__draft=draft, party__role=Role.THERAPIST, term__clause__key="away").delete()
    lee = seen_by(at=f"/room/{draft.pk}/own/")
    assert "Dr Lee has not said yet" in lee.page.main
    lee.follow("Change Time away")
    assert lee.page.values("away") == []
    lee.press("Save my answer", away="card")
    assert theirs("away").value["chosen"] == ["card"]
    assert AuditEvent.objects.filter(kind="position of therapist").count() == 1


def test_before_the_two_compared_nothing_of_it_is_shown():
    draft = builders.a_draft(until=Step.TURN)
    lee = seen_by(at=f"/room/{draft.pk}/turn/")
    for page in ("own/", "own/often/"):
        lee.open(f"/room/{draft.pk}/{page}")
        assert (page, tablet.at(lee.page)) == (page, "turn")
    lee.post(f"/room/{draft.pk}/own/often/", {"often": "one_two"})
    assert theirs("often").value["chosen"] == ["three_five"]


def test_a_page_that_changed_meanwhile_and_an_unknown_question_change_nothing(lee):
    draft = Draft.objects.get()
    lee.open(f"/room/{draft.pk}/own/often/")
    Draft.objects.filter(pk=draft.pk).update(rev=draft.rev + 1)
    lee.press("Save my answer", often="one_two")
    assert "This was changed on another screen." in lee.page.main
    assert theirs("often").value["chosen"] == ["three_five"]
    assert {lee.open(f"/room/{draft.pk}/own/{key}/").status for key in ("limit", "silence", "nothing")} == {404}


def test_the_client_changes_answers_from_the_reading_page_and_comes_back_when_nothing_changed(lee):
    lee.follow("Maya: change my answers")
    assert tablet.at(lee.press("Save and compare")) == "read"
    lee.follow("Maya: change my answers")
    lee.press("Save and compare", often="one_two")
    assert tablet.at(lee.page) == "seen"
    assert AuditEvent.objects.filter(kind="position of client").count() == 1
    assert theirs("often").value["chosen"] == ["three_five"]
