"""The answers of "If it gets hard" are saved as they are given; whoever answers on another screen is in the log."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from agreements.actions import negotiation
from agreements.management.walk import LIMIT
from agreements.models import AuditEvent, Draft, Position, Signature, StepTaken, Term
from agreements.reads import log
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Answer, Role, TermState
from tests import builders
from tests.doors import Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
SIGNED = "Maya has signed. A change means that Maya signs again."
GONE = "What Maya signed no longer counts."

CHANGING = (
    "turn/", "seen/", "own/", "own/often/", "talk/often/", "channel/", "hard/", "how/", "fits/asking/", "change/late/",
    "what-if/", "read/",
)  # fmt: skip


def at(step: Step) -> tuple[Visitor, Draft]:
    draft = builders.a_draft(until=step)
    visitor = Visitor(builders.a_therapist())
    visitor.open(f"/room/{draft.pk}/{step}/")
    return visitor, draft


def tap(lee: Visitor, key: str, rev: int, *values: str, page: str = "hard", **more: Any) -> tuple[int, dict[str, Any]]:
    data = {"value": values, "rev": rev, "csrfmiddlewaretoken": lee.token, **more}
    answer = lee.client.post(f"/room/{Draft.objects.get().pk}/{page}/{key}/", data)
    return answer.status_code, json.loads(answer.content)


def term(key: str) -> Term:
    return Term.objects.get(clause__key=key)


def outside() -> int:
    return AuditEvent.objects.filter(kind="outside session").count()


def test_each_answer_of_the_hard_page_is_saved_and_there_again():
    lee, draft = at(Step.HARD)
    rev = term("notice").rev
    assert tap(lee, "notice", rev, "two_sessions")[1]["rev"] == rev + 1
    assert tap(lee, "limit", term("limit").rev, "heard")[0] == 200
    lee.open(f"/room/{draft.pk}/hard/")
    assert (lee.page.values("notice"), lee.page.values("limit_heard")) == (["two_sessions"], ["heard"])
    assert lee.page.values("notice-rev") == [str(rev + 1)]
    assert term("limit").value["words"] == LIMIT.words
    assert not StepTaken.objects.filter(draft=draft, step=Step.HARD).exists()


def test_what_was_heard_may_be_unheard():
    lee, _draft = at(Step.HARD)
    heard = tap(lee, "limit", term("limit").rev, "heard")[1]["rev"]
    assert term("limit").state == TermState.AGREED
    assert tap(lee, "limit", heard)[1]["rev"] == heard + 1
    assert (term("limit").state, term("limit").value) == (TermState.UNDECIDED, None)


def test_two_screens_on_the_hard_page_are_told_both_values():
    lee, _draft = at(Step.HARD)
    rev = term("notice").rev
    tap(lee, "notice", rev, "two_sessions")
    status, told = tap(lee, "notice", rev, "four_sessions")
    assert (status, told["chosen"], told["rev"]) == (409, ["two_sessions"], rev + 1)
    heard = term("limit").rev
    tap(lee, "limit", heard, "heard")
    status, told = tap(lee, "limit", heard)
    assert (status, told["chosen"]) == (409, ["heard"])


def test_the_same_answer_from_another_screen_is_told_as_such_and_an_own_one_that_comes_twice_is_not():
    lee, _draft = at(Step.TURN)
    own = {"page": "turn", "form_key": str(uuid4())}
    assert [tap(lee, "often", 0, "one_two", **own)[0] for _ in range(2)] == [200, 200]
    status, told = tap(lee, "often", 0, "one_two", page="turn", form_key=str(uuid4()))
    assert (status, told["chosen"], told["rev"]) == (409, ["one_two"], 1)


def test_the_same_decision_from_another_screen_is_told_as_such():
    lee, _draft = at(Step.HARD)
    rev, key = term("notice").rev, str(uuid4())
    assert [tap(lee, "notice", rev, "two_sessions", form_key=key)[0] for _ in range(2)] == [200, 200]
    status, told = tap(lee, "notice", rev, "two_sessions", form_key=str(uuid4()))
    assert (status, told["chosen"], told["rev"]) == (409, ["two_sessions"], rev + 1)


def test_the_whole_page_from_an_older_screen_asks_with_both_values():
    lee, draft = at(Step.HARD)
    facts = {"by": draft.agreement.therapist, "now": builders.NOW, "seen_rev": term("notice").rev}
    negotiation.decide(term=term("notice"), value=Answer(("two_sessions",)), **facts)
    chosen = {"limit_heard": "heard", "too_much": "first_notice", "notice": "four_sessions", "ending": "taper"}
    lee.press("Save and go on", **chosen)
    assert lee.page.status == 409
    assert term("notice").value["chosen"] == ["two_sessions"]
    lee.press("Use mine")
    assert lee.page.path.endswith("/how/")
    assert term("notice").value["chosen"] == ["four_sessions"]


def test_a_difference_decided_at_another_screen_stays_there_and_asks():
    lee, draft = at(Step.TALK)
    lee.open(f"/room/{draft.pk}/talk/often/")
    facts = {"by": draft.agreement.therapist, "now": builders.NOW, "seen_rev": term("often").rev}
    negotiation.leave_open(term=term("often"), interim_of=Role.CLIENT, **facts)
    lee.press(value="three_five")
    assert (lee.page.status, lee.page.path.endswith("/talk/often/")) == (409, True)
    assert "Left open. Until then Maya’s answer: Most days" in lee.page.main
    assert "3 to 5" in lee.page.main
    lee.press("Use mine")
    assert term("often").value["chosen"] == ["three_five"]


def test_a_second_try_of_an_incomplete_turn_is_no_clash():
    lee, _draft = at(Step.TURN)
    lee.press("Save and compare", often="one_two")
    assert lee.page.status == 422
    lee.press("Save and compare", often="most_days")
    assert lee.page.status == 422
    position = Position.objects.get(term__clause__key="often", party__role=Role.CLIENT)
    assert position.value["chosen"] == ["most_days"]


def test_outside_session_mode_nothing_is_answered_before_its_turn_and_the_log_says_the_rest():
    lee, draft = at(Step.TURN)
    assert tap(lee, "often", 0, "one_two", page="turn")[0] == 200
    assert outside() == 0
    lee.leave()
    assert tap(lee, "often", 1, "most_days", page="turn")[0] == 200
    assert outside() == 1
    lee.post(f"/room/{draft.pk}/turn/", {"often": "one_two", "often-rev": "2"})
    assert outside() == 2
    assert tap(lee, "notice", 1, "two_sessions")[0] == 422
    early = builders.a_draft(until=Step.START, client=builders.a_client(name="Noor B.", called="Noor"))
    answer = lee.client.post(
        f"/room/{early.pk}/turn/often/", {"value": "one_two", "rev": 0, "csrfmiddlewaretoken": lee.token}
    )
    assert (answer.status_code, answer.json()) == (422, {"message": "Earlier pages come first."})
    lee.open(f"/clients/{draft.agreement.client_id}/log/")
    told = "Maya’s answer came from a screen that was not theirs alone."
    lines = [(line.about, line.words) for line in log.rounds(draft.agreement.client)[0].lines]
    assert [about for about, words in lines if words == told] == ["How often", ""]
    assert told in lee.page.main


def test_a_change_after_a_signature_is_announced_before_and_told_after():
    lee, draft = signed()
    for page in CHANGING:
        lee.open(f"/room/{draft.pk}/{page}")
        assert (page, SIGNED in lee.page.main) == (page, True)
    assert "This is right. Dr Lee signs now" in lee.page.main
    lee.open(f"/room/{draft.pk}/change/late/")
    lee.press("Save for both of us", late="call")
    assert (GONE in lee.page.main, SIGNED in lee.page.main) == (True, False)


def test_a_tap_that_takes_a_signature_away_says_so_at_once_and_the_log_says_it_once():
    lee, draft = signed()
    rev = Position.objects.get(term__clause__key="often", party__role=Role.CLIENT).rev
    told = [
        tap(lee, "often", rev + each, value, page="turn")[1] for each, value in enumerate(("one_two", "three_five"))
    ]
    assert [(each["rev"], str(each["at"]).partition(". ")[2]) for each in told] == [(rev + 1, GONE), (rev + 2, GONE)]
    lee.open(f"/room/{draft.pk}/seen/")
    assert (GONE in lee.page.main, SIGNED in lee.page.main) == (True, False)
    lost = AuditEvent.objects.filter(kind="signature no longer counts")
    assert [(event.details, event.subject) for event in lost] == [({"role": "client"}, Signature.objects.get().pk)]
    lee.leave()
    lee.open(f"/clients/{draft.agreement.client_id}/log/")
    assert lee.page.main.count("The text changes. What Maya signed no longer counts.") == 1


def signed() -> tuple[Visitor, Draft]:
    draft = builders.a_draft(until=Step.SIGN)
    lee = seen_by(at=f"/room/{draft.pk}/sign/client/")
    lee.press("Sign as Maya R.")
    return lee, draft


def test_without_a_change_a_signature_stays_and_nothing_is_said():
    lee, draft = signed()
    lee.open(f"/room/{draft.pk}/why/often/")
    lee.press("Save and go back", why="It is enough.", why_of="client")
    assert (GONE in lee.page.main, SIGNED in lee.page.main) == (False, True)


def test_once_it_is_kept_no_earlier_signature_raises_an_alarm():
    lee, draft = signed()
    lee.open(f"/room/{draft.pk}/change/late/")
    lee.press("Save for both of us", late="call")
    lee.open(f"/room/{draft.pk}/read/")
    lee.press("This is right.")
    lee.press("Sign as Maya R.")
    lee.press("Sign as Dr J. Lee")
    lee.open(f"/room/{draft.pk}/sign/therapist/")
    assert lee.page.path.endswith("/kept/")
    assert "no longer counts" not in lee.page.main
