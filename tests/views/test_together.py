"""Going through it together: one question at a time, and the therapist's answer only after the client's was saved."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.management.walk import ORIGIN, Script, choose
from agreements.models import AuditEvent, Draft, Position, StepTaken, Term
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Outcome, Role, TermState
from tests import builders, tablet
from tests.doors import Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

MARK = "Marmalade at teatime"
KEYS = list(ORIGIN)


@pytest.fixture
def lee() -> Visitor:
    """Dr Lee and Maya at the first page, with a reason of Dr Lee's beside each answer."""
    draft = builders.a_draft(until=Step.START, script=replace(Script(), reasons=dict.fromkeys(KEYS, MARK)))
    return seen_by(at=f"/room/{draft.pk}/start/")


def begin(lee: Visitor) -> None:
    lee.press("We go through it together")
    lee.press("This is right for me")
    lee.press(value="also_feelings")


def where(lee: Visitor) -> str:
    """The question in view, and whether both answers are."""
    return urlsplit(lee.page.path).path.partition("/together/")[2].strip("/")


def answer(lee: Visitor, key: str, *chosen: str) -> None:
    lee.press("Save and see both answers", **{key: list(chosen or ORIGIN[key].chosen)})


def of_client(key: str) -> Position:
    return Position.objects.get(term__clause__key=key, party__role=Role.CLIENT)


def test_the_two_ways_stand_side_by_side_and_can_be_changed_until_the_turn_began(lee):
    ways = [label for form in lee.page.forms for label, name, _value in form.buttons if name == "way"]
    assert ways == [
        "Maya answers first, then we compareAll questions on one page, in peace.",
        "We go through it togetherRead aloud, one question at a time.",
    ]
    draft = Draft.objects.get()
    for label, together in (("We go through", True), ("Maya answers first", False), ("We go through", True)):
        lee.press(label)
        assert (label, Draft.objects.get().together) == (label, together)
        lee.open(f"/room/{draft.pk}/start/")
    assert AuditEvent.objects.filter(kind__startswith="way").count() == 3
    lee.open(f"/room/{draft.pk}/")
    lee.press("This is right for me")
    lee.press(value="also_feelings")
    answer(lee, "purpose")
    lee.open(f"/room/{draft.pk}/start/")
    assert "answers first" not in lee.page.main
    lee.post(f"/room/{draft.pk}/start/", {"way": "client"})
    assert "The turn has begun. We go on in the way we began." in lee.page.main
    assert (Draft.objects.get().together, where(lee)) == (True, "often")


def test_the_questions_come_one_by_one_and_end_with_what_we_see(lee):
    begin(lee)
    way = []
    for number, key in enumerate(KEYS, 1):
        way.append(where(lee))
        assert f"Question {number} of 6, read aloud or signed" in lee.page.main
        assert " checked" not in lee.page.html
        answer(lee, key)
        way.append(where(lee))
        assert of_client(key).compared
        if key != KEYS[-1]:
            lee.follow("Next question")
    assert way == [step for key in KEYS for step in (key, f"{key}/both")]
    assert not StepTaken.objects.filter(step=Step.TURN).exists()
    lee.press("Go on")
    assert tablet.at(lee.page) == "seen"
    assert tablet.talk(lee) == ["often", "night"]
    assert tablet.at(lee.page) == "hard"
    assert AuditEvent.objects.filter(kind="compared").count() == 6
    assert AuditEvent.objects.get(kind="page turn").details == {key: ORIGIN[key].to_json() for key in KEYS}


def test_the_therapists_answer_is_in_no_byte_of_a_question_before_its_own_answer_is_saved(lee):
    begin(lee)
    before = lee.open(lee.page.path).main
    therapist = Position.objects.filter(party__role=Role.THERAPIST, term__clause__key="purpose")
    therapist.update(value=choose("times").to_json())
    assert unkeyed(lee.open(lee.page.path).main) == unkeyed(before)
    draft = Draft.objects.get()
    for path in (f"together/{key}/both/" for key in KEYS):
        lee.open(f"/room/{draft.pk}/{path}")
        assert (path, where(lee)) == (path, path.split("/")[1])
        assert MARK not in lee.page.html
    lee.open(f"/room/{draft.pk}/")
    refused = lee.press("Save and see both answers")
    assert (refused.status, MARK in refused.html) == (422, False)
    answer(lee, "purpose", "times", "note")
    assert "“Marmalade at teatime”" in lee.page.main
    assert "Both: Times and dates. Only Maya: A note for session." in lee.page.main
    lee.follow("Next question")
    assert MARK not in lee.page.html
    tapped = f"/room/{draft.pk}/turn/often/"
    lee.client.post(tapped, {"value": "most_days", "rev": 0, "csrfmiddlewaretoken": lee.token})
    assert (where(lee), of_client("often").compared) == ("often", False)
    lee.open(f"/room/{draft.pk}/together/often/both/")
    assert (where(lee), MARK in lee.page.html, lee.page.values("often")) == ("often", False, ["most_days"])


def unkeyed(html: str) -> list[str]:
    return [line for line in html.splitlines() if "form_key" not in line and "csrfmiddlewaretoken" not in line]


def test_the_therapists_answer_is_not_read_from_the_database_before(lee):
    begin(lee)
    theirs = {str(pk.hex) for pk in Position.objects.filter(party__role=Role.THERAPIST).values_list("pk", flat=True)}
    read = []
    load = Position.from_db.__func__

    def from_db(cls, db, names, values):
        read.append(values[0].hex if hasattr(values[0], "hex") else str(values[0]))
        return load(cls, db, names, values)

    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection):
        patch.setattr(Position, "from_db", classmethod(from_db))
        lee.open(lee.page.path)
        assert (bool(read), theirs & set(read)) == (True, set())
        answer(lee, "purpose")
        assert len(theirs & set(read)) == 1


def test_stopping_and_going_on_opens_the_same_question_with_what_was_chosen(lee):
    begin(lee)
    answer(lee, "purpose")
    lee.follow("Next question")
    lee.press("Stop for today", often="no_number")
    assert "Stopped for today" in lee.page.title
    assert (of_client("often").rev, of_client("often").compared) == (1, False)
    lee.follow("Go on after all")
    assert (where(lee), lee.page.values("often")) == ("often", ["no_number"])


def test_back_loses_nothing(lee):
    begin(lee)
    answer(lee, "purpose", "note", "times")
    lee.follow("Back")
    assert (where(lee), lee.page.values("purpose")) == ("purpose", ["note", "times"])
    lee.follow("Back")
    assert tablet.at(lee.page) == "privacy"
    lee.open(f"/room/{Draft.objects.get().pk}/")
    assert where(lee) == "often"
    lee.follow("Back")
    assert where(lee) == "purpose/both"
    assert AuditEvent.objects.filter(kind="compared").count() == 1


def test_a_change_after_both_were_seen_is_logged_as_a_change_and_only_for_that_question(lee):
    begin(lee)
    answer(lee, "purpose")
    lee.follow("Next question")
    answer(lee, "often", "most_days")
    lee.follow("Maya: change my answer")
    assert lee.page.values("often") == ["most_days"]
    answer(lee, "often", "one_two")
    [event] = AuditEvent.objects.filter(kind="position of client")
    assert event.details == {
        "clause": "often", "before": choose("most_days").to_json(), "after": choose("one_two").to_json(),
    }  # fmt: skip
    lee.follow("Next question")
    draft, token = Draft.objects.get(), lee.token
    for rev, value in enumerate(("same_day", "two_days")):
        data = {"value": value, "rev": rev, "csrfmiddlewaretoken": token}
        assert lee.client.post(f"/room/{draft.pk}/turn/window/", data).status_code == 200
    assert AuditEvent.objects.filter(kind="position of client").count() == 1


def test_no_texting_is_a_whole_answer_here_too(lee):
    begin(lee)
    answer(lee, "purpose", "no_texting")
    assert (tablet.at(lee.page), Draft.objects.get().outcome) == ("short", Outcome.NO_TEXTING)
    assert MARK not in lee.page.html
    lee.press("We do want to talk about texting")
    assert where(lee) == "purpose"
    draft = Draft.objects.get()
    for key in KEYS:
        lee.open(f"/room/{draft.pk}/together/{key}/both/")
        assert (key, where(lee)) == (key, key)


def test_an_answer_given_twice_is_one_and_one_changed_elsewhere_is_asked_about(lee):
    begin(lee)
    form = lee.page.form_with("Save and see both answers")
    data = form.filled(purpose=["note"])
    for _ in range(2):
        assert lee.client.post(lee.page.path, data).status_code == 302
    assert (of_client("purpose").rev, AuditEvent.objects.filter(kind="compared").count()) == (1, 1)
    answered = lee.post(lee.page.path, {**data, "purpose": ["times"]})
    assert answered.status == 409
    assert ("A note for session" in answered.main, "Times and dates" in answered.main) == (True, True)
    assert of_client("purpose").value["chosen"] == ["note"]


def test_who_said_nothing_is_named_so_and_a_bare_stricter_answer_waits_for_its_reason():
    script = Script(therapist={**ORIGIN, "often": choose("one_two")}, reasons={})
    draft = builders.a_draft(until=Step.START, script=script)
    Position.objects.filter(term__draft=draft, party__role=Role.THERAPIST, term__clause__key="purpose").delete()
    lee = seen_by(at=f"/room/{draft.pk}/start/")
    begin(lee)
    answer(lee, "purpose", "note")
    assert "Dr Lee has not said yet" in lee.page.main
    assert "Dr Lee has not said yet. Maya suggests: A note for session." in lee.page.main
    lee.follow("Next question")
    answer(lee, "often", "most_days")
    assert "please say your reason first" in lee.page.main
    assert "Next question" not in lee.page.main
    refused = lee.press("Save my reason", reason="x" * 141)
    assert (refused.status, refused.values("reason")) == (422, ["x" * 141])
    lee.press("Save my reason", reason="I have three children.")
    assert "“I have three children.”" in lee.page.main
    lee.follow("Next question")
    assert where(lee) == "window"


def test_a_question_that_is_none_and_the_way_not_chosen_are_not_there(lee):
    draft = Draft.objects.get()
    begin(lee)
    for key in ("limit", "silence", "nothing"):
        assert lee.open(f"/room/{draft.pk}/together/{key}/").status == 404
    other = builders.a_draft(until=Step.TURN, client=builders.a_client(name="Noor B.", called="Noor"))
    noor = seen_by(at=f"/room/{other.pk}/turn/")
    assert noor.open(f"/room/{other.pk}/together/often/").status == 404


def test_after_comparing_the_client_changes_answers_on_one_page(lee):
    begin(lee)
    for key in KEYS:
        answer(lee, key)
        if key != KEYS[-1]:
            lee.follow("Next question")
    lee.press("Go on")
    tablet.talk(lee)
    lee.open(f"/room/{Draft.objects.get().pk}/seen/")
    lee.follow("Maya: change my answers")
    assert "Change what no longer fits." in lee.page.main
    lee.press("Save and compare", window="same_day")
    assert (tablet.at(lee.page), Term.objects.get(clause__key="window").state) == ("seen", TermState.UNDECIDED)
    assert AuditEvent.objects.filter(kind="position of client").count() == 1
