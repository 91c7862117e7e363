"""Before the session: usual answers are offered to each client, the limit never is."""

from __future__ import annotations

import re

import pytest

from agreements.actions import people
from agreements.management import walk
from agreements.models import Draft, Position, UsualAnswer
from agreements.rules.steps import Step
from tests import builders, tablet
from tests.doors import seen_by
from tests.papers import sheets

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def test_usual_answers_are_offered_for_the_next_client_and_the_limit_is_empty():
    lee = seen_by(at="/usual/adult-outpatient/")
    usual = {key: value for key, value in tablet.PREPARED.items() if not key.startswith("limit")}
    assert "limit" not in lee.page.form_with("Save my usual answers").offered
    lee.press("Save my usual answers", **usual)
    assert set(UsualAnswer.objects.values_list("clause_key", flat=True)) == set(tablet.TURN)
    tablet.add_client(lee)
    tablet.start(lee)
    shown = lee.page.form_with("Save and begin together").given
    assert {key: shown[key] for key in usual} == {k: [v] if isinstance(v, str) else v for k, v in usual.items()}
    assert (shown["limit_words"], shown.get("limit", [])) == ([""], [])


def test_preparing_without_the_limit_says_what_is_missing_and_keeps_the_rest():
    lee = seen_by()
    tablet.add_client(lee)
    tablet.prepare(lee, limit=[], limit_words="")
    assert lee.page.status == 422
    assert "Please write a few words." in lee.page.main
    assert (lee.page.values("often"), lee.page.values("often_reason")) == (
        ["three_five"],
        ["Most days is more than I can."],
    )
    assert not Position.objects.filter(party__role="therapist").exists()


WORDS = {
    "often_reason": "Zinnias need my mornings.",
    "night_reason": "Zebras wake me at nine.",
    "limit_words": "Zero texts while I teach.",
}
IN_THE_ROOM = ["start", "box", "about-me", "privacy", "turn", "pause", "draft-to-take-home.pdf"]
FRESH = re.compile(r'name="(?:csrfmiddlewaretoken|form_key)" value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}')


def a_round(answers: dict[str, str], reasons: bool) -> Draft:
    """A round up to the client's turn, prepared by the usual answers and by what is tweaked for this client."""
    own = {key: walk.choose(*([answer] if isinstance(answer, str) else answer)) for key, answer in answers.items()}
    therapist = builders.a_therapist()
    said = {key.removesuffix("_reason"): text if reasons else "" for key, text in WORDS.items()}
    family = builders.an_edition().family
    facts = {"channel": "sms", "text_number": "(555) 010-0147", "answers": own, "reasons": said}
    people.keep_usual_answers(by=therapist, now=builders.NOW, family=family, **facts)
    limit = walk.choose("family", words=WORDS["limit_words"] if reasons else "Some.")
    script = walk.Script(therapist=own, reasons=said, limit=limit)
    return builders.a_draft(until=Step.TURN, script=script)


def shown(draft: Draft) -> dict[str, str]:
    """Every page of the room before the two compare, in session mode, without what is new each time it is shown."""
    lee = seen_by(at=f"/room/{draft.pk}/")
    found = {}
    for page in IN_THE_ROOM:
        answer = lee.client.get(f"/room/{draft.pk}/{page}" + ("" if page.endswith("pdf") else "/"))
        assert (page, answer.status_code) == (page, 200)
        text = " ".join(sheets(answer.content)) if page.endswith("pdf") else answer.content.decode()
        found[page] = FRESH.sub("", text) + str({**answer.headers, "Content-Length": ""})
    return found


def test_what_the_therapist_wants_is_in_no_byte_of_the_room_before_the_two_compare():
    mine = shown(a_round(tablet.TURN, reasons=True))
    assert {page for page, text in mine.items() for words in WORDS.values() if words in text} == set()
    other = {"purpose": ["times"], "often": "one_two", "window": "session", "night": "none", "away": "slower"}
    theirs = shown(a_round({**other, "look_again": "two_weeks"}, reasons=False))
    assert mine == theirs


def test_after_comparing_the_stricter_ones_reason_is_there():
    draft = a_round({**tablet.TURN, "often": "one_two"}, reasons=True)
    lee = seen_by(at=f"/room/{draft.pk}/")
    tablet.take_turn(lee)
    lee.press("Talk about the first one")
    assert WORDS["often_reason"] in lee.page.main  # else the test above could not fail


def test_in_session_mode_neither_usual_nor_own_answers_open():
    draft = a_round(tablet.TURN, reasons=True)
    lee = seen_by(at=f"/room/{draft.pk}/")
    closed = ["/usual/", "/usual/adult-outpatient/", f"/room/{draft.pk}/prepare/"]
    assert {path: lee.client.get(path).status_code for path in closed} == dict.fromkeys(closed, 403)


def test_a_slip_of_the_hand_is_no_number_for_texts():
    lee = seen_by()
    tablet.add_client(lee)
    tablet.prepare(lee, text_number="5")
    assert (lee.page.status, "Please write the whole number, or an address." in lee.page.main) == (422, True)
    lee.press("Save and begin together", **{**tablet.PREPARED, "text_number": "maya@example.org"})
    assert tablet.at(lee.page) == "start"


def test_positions_that_may_be_the_stricter_say_so_and_the_end_names_those_without_a_reason():
    lee = seen_by()
    tablet.add_client(lee)
    tablet.prepare(lee, often_reason="", purpose_reason="")
    lee.leave()
    lee.open(f"/room/{Draft.objects.get().pk}/prepare/")
    hint = "If Maya wants more, the page will ask you for this reason."
    assert lee.page.main.count(hint) == 5
    assert "Still without your reason: Texts between sessions, How often." in lee.page.main
