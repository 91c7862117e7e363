"""Who carries a number that no longer holds: the right agreements, and only those."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.actions import endings, people
from agreements.actions.recalls import answer
from agreements.actions.refusals import NotNow
from agreements.models import Agreement, Practice, Recall, RecallAnswer
from agreements.reads import recalls
from agreements.rules.crisis_rows import Parts
from agreements.rules.vocabulary import Role, Told
from tests import builders
from tests.builders import NO_TEXTING, NOT_FOR_NOW, NOW
from tests.recalls import changed, draft_of, published, quick_paper, row, withdrawn

__all__ = ["quick_paper"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]


def sealed(name: str, *, again: bool = False, script: object = NO_TEXTING, **facts: object) -> Agreement:
    """An agreement with a kept paper of somebody who lives in the United States unless the facts say otherwise."""
    client = builders.a_client(name=name, called=name, **facts)
    return builders.a_sealed_agreement(client=client, script=script)


def listed(who: str = "lee") -> list[tuple[str, str]]:
    """(client, service or number) of everything that waits for a therapist."""
    found = [each for each in recalls.of_clients(builders.a_therapist(who).clients.all()) if not each.is_past]
    each = sorted((each.agreement.client.called, each.change.name) for each in found if each.is_open)
    by_recall = [
        v.agreement.client.called for change in recalls.changes() for v in recalls.concerned(change, NOW.date())
    ]
    if who == "lee":
        assert sorted(by_recall) == sorted(each.agreement.client.called for each in found)
    return each


def text(parts: Parts) -> str:
    return "".join(part.text for part in parts)


def told(agreement: Agreement, how: Told, now: datetime = NOW) -> None:
    recall = recalls.of_agreement(agreement)[0].recall
    answer(recall=recall, agreement=agreement, how=how, by=agreement.therapist, now=now)


def stopped(agreement: Agreement) -> None:
    facts = {"by_role": Role.CLIENT, "planned": False, "effective_on": NOW.date()}
    endings.stop(agreement=agreement, by=agreement.therapist, now=NOW, **facts)


SERVICE = "988 Suicide & Crisis Lifeline"


def test_every_outcome_that_carries_the_row_is_found_and_nobody_else() -> None:
    sealed("Ana")
    sealed("Ben", script=NOT_FOR_NOW)
    sealed("Cleo", country="CA")
    sealed("Dov", country="CA", travels_to=["US"])
    builders.a_client(name="Eve", called="Eve")
    assert listed() == []
    changed("us-988")
    assert listed() == [("Ana", SERVICE), ("Ben", SERVICE), ("Dov", SERVICE)]


def test_a_round_that_is_not_sealed_and_an_ended_agreement_are_not_concerned() -> None:
    stopped(sealed("Ana", script=None))
    builders.a_draft(client=builders.a_client(name="Ben", called="Ben"))
    changed("us-988")
    assert listed() == []


def test_the_last_paper_of_an_ended_agreement_is_found_and_needs_nobody() -> None:
    ended = sealed("Ana", script=None)
    stopped(ended)
    changed("us-988")
    [found] = recalls.of_clients([ended.client])
    assert (found.is_past, found.is_open, found.agreement, listed()) == (True, False, ended, [])
    told(ended, Told.TOLD)
    assert [each.is_done for each in recalls.of_clients([ended.client])] == [True]


def test_a_later_paper_of_the_same_client_is_the_one_that_counts() -> None:
    ended = sealed("Ana", script=None)
    stopped(ended)
    changed("us-988")
    builders.a_sealed_document(client=ended.client, script=NO_TEXTING, now=NOW + timedelta(days=1))
    assert recalls.of_clients([ended.client]) == []


def test_a_newer_paper_without_the_number_settles_it() -> None:
    ana = sealed("Ana")
    changed("us-988")
    assert listed() == [("Ana", SERVICE)]
    builders.a_sealed_document(client=ana.client, script=NO_TEXTING, now=NOW + timedelta(days=1))
    assert (listed(), ana.versions.count()) == ([], 2)


def test_a_withdrawn_row_has_nothing_that_holds_now() -> None:
    ana = sealed("Ana")
    withdrawn("us-ctl")
    [found] = recalls.of_agreement(ana)
    assert (text(found.was()), text(found.now())) == (
        "Crisis Text Line: text HOME to 741741 (United States), any hour",
        "",
    )


def test_a_phone_that_changed_is_found_as_it_was_printed() -> None:
    ana = sealed("Ana")
    practice = Practice.objects.get()
    facts = {name: getattr(practice, name) for name in ("name", "call_hours", "call_days", "call_from", "call_until")}
    facts |= {"zone": practice.zone, "country": "US", "paper": practice.paper}
    people.set_up_practice(now=NOW, phone="(555) 010-0199", **facts)
    [found] = recalls.of_agreement(ana)
    assert (text(found.was()), text(found.now())) == ("(555) 010-0143", "(555) 010-0199")
    people.set_up_practice(now=NOW, phone="(555) 010-0143", **facts)
    assert recalls.of_agreement(ana) == []


def test_what_was_recorded_leaves_the_list_and_could_not_reach_stays_said() -> None:
    ana = sealed("Ana")
    changed("us-988")
    told(ana, Told.UNREACHED)
    [found] = recalls.of_agreement(ana)
    assert (listed(), found.is_open, found.is_done) == ([], False, False)
    told(ana, Told.HANDED, NOW + timedelta(hours=1))
    [found] = recalls.of_agreement(ana)
    assert (found.answer.how, found.is_done) == (Told.HANDED, True)


def test_of_two_changes_to_one_service_the_newest_is_told_and_asked_anew() -> None:
    ana = sealed("Ana")
    changed("us-988", call="989")
    told(ana, Told.HANDED)
    sealed("Ben")
    changed("us-988", now=NOW + timedelta(days=1), call="990")
    assert listed() == [("Ana", SERVICE), ("Ben", SERVICE)]
    assert {text(each.now()) for each in recalls.of_clients(ana.therapist.clients.all())} == {
        f"{SERVICE}: call 990 (United States), or text 988 (United States), any hour, or chat at 988lifeline.org"
    }


def test_a_slip_that_was_put_right_concerns_only_who_was_told_of_it() -> None:
    ana = sealed("Ana")
    sealed("Ben")
    changed("us-988", call="989")
    told(ana, Told.TOLD)
    changed("us-988", now=NOW + timedelta(days=1), call="988")
    assert listed() == [("Ana", SERVICE)]


def test_a_row_replaced_by_one_that_prints_the_same_is_still_found_later() -> None:
    sealed("Ana")
    published(draft_of("us-988", note="Read again."))
    assert listed() == []
    changed("us-988")
    assert listed() == [("Ana", SERVICE)]
    assert Recall.objects.get().resource != row("us-988")


def test_another_therapist_has_nothing_to_do_with_it() -> None:
    sealed("Ana")
    changed("us-988")
    assert listed("roe") == []


def test_it_asks_as_often_for_many_clients_and_changes_as_for_few() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert recalls.of_clients(therapist.clients.all())
        return len(queries)

    therapist = sealed("Ana").therapist
    changed("us-988")
    few = asked()
    for number in range(6):
        sealed(f"C{number}")
    changed("us-ctl", text_to="741742")
    changed("us-911", service="Emergency services")
    assert (asked(), few) == (7, 7)


def test_a_recall_is_not_answered_for_somebody_whose_newest_paper_does_not_carry_the_number() -> None:
    ana, cleo = sealed("Ana"), sealed("Cleo", country="CA")
    changed()
    recall = recalls.of_agreement(ana)[0].recall
    with pytest.raises(NotNow, match="Nothing is left to do here"):
        answer(recall=recall, agreement=cleo, how=Told.TOLD, by=cleo.therapist, now=NOW)
    assert (RecallAnswer.objects.count(), listed()) == (0, [("Ana", SERVICE)])
