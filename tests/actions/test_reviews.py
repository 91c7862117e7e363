"""Either of the two raises their texting: one row, one event, nothing sent; nothing where there is no agreement."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core import mail

from agreements.actions import endings, reviews
from agreements.actions.refusals import NotNow
from agreements.models import Agreement, AuditEvent, Draft, Raised
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Amount, Role
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def raised(agreement: Agreement, **facts: object) -> Raised:
    said = {"by_role": Role.CLIENT, "amount": Amount.MUCH, "clause_key": "often", **facts}
    return reviews.raise_texting(agreement=agreement, by=agreement.therapist, now=NOW, **said)


def test_it_is_written_down_with_who_and_what_and_nobody_is_told(quick_seal) -> None:
    agreement = builders.a_sealed_agreement()
    rounds = Draft.objects.count()
    row = raised(agreement, by_role=Role.THERAPIST, amount=Amount.LITTLE)
    assert [Raised.objects.get()] == [row]
    assert (row.by_role, row.amount, row.clause_key, row.by, row.at) == (
        "therapist", "little", "often", agreement.therapist, NOW,
    )  # fmt: skip
    event = AuditEvent.objects.get(kind="texting raised")
    assert (event.chain, event.subject, event.by) == (agreement.pk, row.pk, agreement.therapist)
    assert {**event.details, "row": None} == {
        "row": None,
        "by_role": "therapist",
        "amount": "little",
        "clause_key": "often",
    }
    assert (mail.outbox, Draft.objects.count()) == ([], rounds)


def test_the_same_post_twice_is_once(quick_seal) -> None:
    agreement, key = builders.a_sealed_agreement(), uuid4()
    first, second = (raised(agreement, form_key=key) for _ in range(2))
    assert first == second == Raised.objects.get()
    assert AuditEvent.objects.filter(kind="texting raised").count() == 1


@pytest.mark.parametrize("script", [builders.NO_TEXTING, builders.NOT_FOR_NOW])
def test_who_does_not_text_may_want_to_look_at_that_too(script, quick_seal) -> None:
    assert raised(builders.a_sealed_agreement(script=script), clause_key="").clause_key == ""


def test_before_there_is_an_agreement_and_after_its_end_there_is_nothing_to_look_at(quick_seal) -> None:
    begun = builders.a_draft(until=Step.SIGN).agreement
    with pytest.raises(NotNow, match="no agreement to look at yet"):
        raised(begun)
    ended = builders.a_sealed_agreement()
    endings.stop(agreement=ended, by_role=Role.CLIENT, effective_on=NOW.date(), by=ended.therapist, now=NOW)
    with pytest.raises(NotNow, match="Texting has stopped"):
        raised(ended)
    assert not Raised.objects.exists()
    assert not AuditEvent.objects.filter(kind="texting raised").exists()
