"""The client's turn: nothing of the therapist's answers is in its bytes, and each tap is saved with what it saw."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.http import HttpResponse

from agreements.management import walk
from agreements.models import Draft, Position
from agreements.rules.steps import Step
from tests import builders
from tests.doors import Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

MARK = "Marmalade at teatime"


@pytest.fixture
def draft() -> Draft:
    script = walk.Script()
    reasons = dict.fromkeys(script.therapist, MARK)
    return builders.a_draft(until=Step.TURN, script=replace(script, reasons=reasons))


def tap(lee: Visitor, draft: Draft, key: str, value: str | list[str], rev: int = 0, **more: str) -> HttpResponse:
    token = {"csrfmiddlewaretoken": lee.token}
    return lee.client.post(f"/room/{draft.pk}/turn/{key}/", {"value": value, "rev": rev, **more, **token})


def saved(draft: Draft, key: str) -> list[str]:
    """What the client's answer is now; empty while there is none."""
    found = Position.objects.filter(term__draft=draft, term__clause__key=key, party__role="client").first()
    return found.value["chosen"] if found else []


def test_the_page_does_not_hold_the_therapists_answers_or_reasons(draft):
    lee = seen_by(at=f"/room/{draft.pk}/turn/")
    assert MARK.encode() not in lee.page.response.content
    assert " checked" not in lee.page.html
    before = lee.page.main
    for position in Position.objects.filter(party__role="therapist", term__clause__kind="choose"):
        other = next(o.key for o in position.term.clause.options.all() if o.key not in position.value["chosen"])
        position.value = {"chosen": [other], "words": ""}
        position.save()
    after = lee.open(f"/room/{draft.pk}/turn/").main
    assert unkeyed(after) == unkeyed(before)
    refused = lee.press("Save and compare", often="one_two")
    assert refused.status == 422
    assert MARK.encode() not in refused.response.content
    assert MARK not in tap(lee, draft, "often", "most_days").content.decode()
    assert MARK not in lee.open(f"/room/{draft.pk}/pause/").html


def unkeyed(html: str) -> list[str]:
    return [line for line in html.splitlines() if "form_key" not in line and "csrfmiddlewaretoken" not in line]


def test_a_tap_is_saved_with_its_number_and_hour(draft):
    lee = seen_by(at=f"/room/{draft.pk}/turn/")
    answer = tap(lee, draft, "often", "most_days")
    assert (answer.status_code, answer.headers["X-Saved"]) == (200, "1")
    assert json.loads(answer.content)["rev"] == 1
    assert set(json.loads(answer.content)) == {"rev", "at"}
    assert json.loads(tap(lee, draft, "often", "one_two", rev=1).content)["rev"] == 2
    assert saved(draft, "often") == ["one_two"]


def test_a_tap_that_saw_an_older_answer_gets_the_saved_one_and_changes_nothing(draft):
    lee = seen_by(at=f"/room/{draft.pk}/turn/")
    tap(lee, draft, "purpose", ["note", "times"])
    answer = tap(lee, draft, "purpose", ["skill"], rev=0)
    assert answer.status_code == 409
    told = json.loads(answer.content)
    assert (told["rev"], told["chosen"]) == (1, ["note", "times"])
    assert saved(draft, "purpose") == ["note", "times"]


def test_the_same_tap_twice_is_one_answer(draft):
    lee = seen_by(at=f"/room/{draft.pk}/turn/")
    key = "11111111-1111-4111-8111-111111111111"
    first = tap(lee, draft, "often", "most_days", form_key=key)
    second = tap(lee, draft, "often", "most_days", form_key=key)
    assert [json.loads(each.content)["rev"] for each in (first, second)] == [1, 1]


@pytest.mark.parametrize(
    ("key", "value", "status"),
    [
        ("often", "nothing", 422),
        ("often", ["one_two", "most_days"], 422),
        ("often", "x" * 50_000, 422),
        ("limit", "clients", 404),
        ("too_much", "monthly", 404),
        ("nothing", "x", 404),
    ],
)
def test_a_tap_that_is_no_answer_is_refused_in_plain_words(key, value, status, draft):
    lee = seen_by(at=f"/room/{draft.pk}/turn/")
    answer = tap(lee, draft, key, value)
    assert answer.status_code == status
    assert set(json.loads(answer.content)) == ({"message"} if status == 422 else set())
    assert saved(draft, key) == []


def test_no_texting_beside_other_uses_is_asked_about_and_keeps_what_was_chosen(draft):
    lee = seen_by(at=f"/room/{draft.pk}/turn/")
    lee.press("Save and compare", purpose=["note", "no_texting"], often="most_days")
    assert lee.page.status == 422
    assert "Two of these do not fit together." in lee.page.main
    assert lee.page.values("purpose") == ["note", "no_texting"]
    assert lee.page.values("often") == ["most_days"]


def test_a_question_without_an_answer_is_named_and_the_others_are_saved(draft):
    lee = seen_by(at=f"/room/{draft.pk}/turn/")
    lee.press("Save and compare", often="most_days", purpose=["note"])
    assert lee.page.status == 422
    assert lee.page.main.count('<li><a href="#id_') == 4
    assert "“Not sure yet” is an answer too." in lee.page.main
    assert [saved(draft, key) for key in ("often", "purpose", "window")] == [["most_days"], ["note"], []]
