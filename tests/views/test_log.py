"""How we got there: a plain line for each event, for the therapist alone."""

from __future__ import annotations

import re

import pytest

from agreements.actions import audit
from agreements.management.walk import Script
from agreements.models import AuditEvent, Draft
from agreements.rules.steps import Step
from tests import builders, tablet
from tests.doors import Visitor, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def lines(lee: Visitor) -> list[str]:
    """The lines of the page as they are read, without the day and who recorded it."""
    return [line.partition(" 23 November")[0] for line in whole(lee)]


def whole(lee: Visitor) -> list[str]:
    found = re.findall(r"<li><p>(.*?)</p></li>", lee.page.main)
    return [" ".join(re.sub(r"<[^>]+>", "", line).replace("&#x27;", "'").split()) for line in found]


def log_of(draft: Draft) -> Visitor:
    lee = seen_by(at=f"/clients/{draft.agreement.client_id}/")
    lee.follow("How we got there")
    return lee


def test_a_decision_says_who_wanted_what_what_was_decided_when_and_who_recorded_it():
    lee = log_of(
        builders.a_draft(until=Step.HARD, script=Script(decisions={"often": "three_five", "night": "open:client"}))
    )
    told = whole(lee)
    assert told[-2:] == [
        "How often: Maya: Most days. Dr Lee: 3 to 5 a week. Decided: 3 to 5 a week."
        " 23 November 2026, 10:00 a.m., recorded by Dr Lee",
        "At night: Maya: 10 pm to 7 am. Dr Lee: 9 pm to 8 am. Left open until the review. Until then Maya’s answer:"
        " 10 pm to 7 am. 23 November 2026, 10:00 a.m., recorded by Dr Lee",
    ]
    assert len(told) == AuditEvent.objects.filter(chain=Draft.objects.get().agreement_id).count()


TOLD = (
    "This round began.",
    "Maya takes part, client.",
    "Dr Lee takes part, therapist.",
    "The two sat down together.",
    "The two go through it together.",
    "The crisis steps were read.",
    "How often: Maya: Most days. Dr Lee: 3 to 5 a week. Both saw the two answers.",
    "Both compared.",
    "When answers come: Maya changed the answer to: The same day, weekends too.",
    "When answers come: Dr Lee’s reason: “I have more time now.”",
    "When answers come: Dr Lee changed the answer to: The same day, weekends too.",
    "Misread texts: Maya: I can live with it.",
    "How often: Maya said why: “It is enough to feel held.”",
    "Maya signed, typed on screen.",
    "The tablet was handed over.",
    "Locked, as a PDF.",
    "A copy to take home: Photographed.",
    "The therapist took the screen back.",
)


def test_every_moment_of_a_round_gone_through_together_has_words_of_its_own():
    draft = builders.a_draft(until=Step.START)
    lee = seen_by(at=f"/room/{draft.pk}/start/")
    lee.press("We go through it together")
    lee.press("This is right for me")
    lee.press(value="also_feelings")
    for key, value in tablet.TURN.items():
        lee.press("Save and see both answers", **{key: value})
        lee.press("Go on") if key == "look_again" else lee.follow("Next question")
    lee.open(f"/room/{draft.pk}/turn/")
    lee.press("Save and compare", window="same_day")
    lee.open(f"/room/{draft.pk}/own/window/")
    lee.press("Save my answer", window="same_day", window_reason="I have more time now.")
    tablet.talk(lee)
    lee.press("Save and go on", **tablet.HARD)
    lee.follow("Does it fit? Misread texts")
    lee.press("Save and go back", client="lives")
    lee.press("This works for both of us")
    lee.press("Yes, this is what we mean")
    lee.follow("Why How often")
    lee.press("Save and go back", why="It is enough to feel held.", why_of="client")
    tablet.sign(lee)
    lee.press(value="photo")
    lee.open(f"/room/{draft.pk}/kept/")
    lee.leave()
    lee.open(f"/agreements/{draft.agreement_id}/stop/")
    lee.press("Record it", by_role="sooner", reason="cannot")
    lee.follow("Back")
    lee.follow("How we got there")
    told = lines(lee)
    assert {line: told.count(line) for line in TOLD} == dict.fromkeys(TOLD, 1)
    assert told[-1] == "Dr Lee stopped texting on"
    assert whole(lee)[-1].startswith(
        "Dr Lee stopped texting on 23 November 2026, without the agreed notice: I cannot go on."
    )
    assert any(line.startswith("Dr Lee’s own answers. Texts between sessions: Practise reaching out") for line in told)


def test_an_event_without_words_of_its_own_is_named_as_it_is():
    draft = builders.a_draft(until=Step.START)
    audit.record(chain=draft.agreement, kind="something new", by=None, now=builders.NOW)
    lee = log_of(draft)
    assert whole(lee)[-1] == "Something new. 23 November 2026, 10:00 a.m., recorded by the program"


def test_rounds_stand_apart_the_newest_first_and_only_of_this_client():
    first = builders.a_sealed_document().version.draft
    other = builders.a_draft(until=Step.HARD, client=builders.a_client(name="Noor B.", called="Noor"))
    lee = seen_by(at=f"/clients/{first.agreement.client_id}/")
    lee.press("Look again together")
    lee.leave()
    lee.open(f"/clients/{first.agreement.client_id}/log/")
    assert lee.page.main.count("The round from 23 November 2026") == 2
    told = lines(lee)
    assert [at for at, line in enumerate(told) if line == "The two look again."][0] == 0
    assert "Noor" not in lee.page.html
    assert len(told) == AuditEvent.objects.filter(chain=first.agreement_id).count()
    assert other.agreement_id != first.agreement_id


def test_a_client_without_a_round_has_an_empty_log():
    client = builders.a_client()
    lee = seen_by(at=f"/clients/{client.pk}/")
    assert "How we got there" not in lee.page.main
    assert "Nothing yet." in lee.open(f"/clients/{client.pk}/log/").main


def test_it_is_never_shown_in_the_room():
    draft = builders.a_draft(until=Step.TURN)
    lee = seen_by(at=f"/room/{draft.pk}/turn/")
    assert lee.open(f"/clients/{draft.agreement.client_id}/log/").status == 403
