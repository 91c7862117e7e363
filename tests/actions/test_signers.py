"""More people than the two: who takes part, who must sign, and the facts that are kept with each signature."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from agreements.actions import documents, drafting, reminders, reviews, sealing, signers
from agreements.actions.refusals import NotNow, Stale, Unreadable
from agreements.models import Agreement, AuditEvent, Draft, Party, Reminder, Review, SeenInk, Signature
from agreements.reads import home
from agreements.reads import room as rooms
from agreements.rules.record import AgreementRecord
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Known, Role, SignatureKind
from tests import builders, family
from tests.builders import NOW
from tests.views.conftest import house

__all__ = ["house"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
DAY = timedelta(days=1)


def sign(draft: Draft, key: str, *, now=NOW, kind=SignatureKind.TYPED, **facts: Any) -> Signature:
    name = rooms.enter(draft.pk).parties[key].name
    seen = {"digest_seen": draft.versions.latest().digest, "typed": name, **facts}
    return sealing.sign(draft=draft, role=key, kind=kind, by=draft.agreement.therapist, now=now, **seen)


def signed_by(draft: Draft, *keys: str) -> None:
    for key in keys:
        sign(draft, key)


@pytest.fixture
def young() -> Draft:
    """Noor's draft with two guardians who must sign and an interpreter, read through."""
    return family.a_young_person(until=Step.SIGN)


def test_nobody_but_the_two_is_there_before_the_therapist_says_so() -> None:
    draft = builders.a_draft(until=Step.SIGN)
    assert draft.versions.get().signers == ["client", "therapist"]


def test_a_version_holds_who_takes_part_and_who_must_sign(young: Draft) -> None:
    version = young.versions.get()
    record = AgreementRecord.from_json(version.snapshot)
    assert version.signers == ["client", "guardian", "guardian-2", "therapist"]
    assert [(person.role, person.name, person.named_only) for person in record.parties] == [
        (Role.CLIENT, "Noor B.", False),
        (Role.GUARDIAN, "Ana B.", False),
        (Role.GUARDIAN, "Rafi B.", False),
        (Role.THERAPIST, "Dr J. Lee", False),
        (Role.INTERPRETER, "Lin Wu", True),
    ]


def test_h20_everybody_who_must_sign_is_awaited_by_name_until_they_signed(young: Draft) -> None:
    version, now = young.versions.get(), NOW + timedelta(minutes=5)
    assert sealing.awaited(version) == ["client", "guardian", "guardian-2", "therapist"]
    signed_by(young, "client", "guardian-2")
    assert sealing.awaited(version) == ["guardian", "therapist"]
    with pytest.raises(NotNow, match=r"still waits for a signature: Ana and Dr Lee\."):
        documents.issue(version=version, by=None, now=now)
    [seen] = home.clients(young.agreement.therapist, now)
    assert (seen.waits_for, seen.unsealed) == ("A.B. and you", None)


@pytest.mark.parametrize(
    ("before", "key", "words"),
    [
        ((), "guardian", "The client signs first."),
        (("client",), "therapist", "Dr Lee signs last."),
        (("client",), "interpreter", "This person signs nothing here."),
        (("client",), "partner", "This person signs nothing here."),
    ],
)
def test_h15_nobody_signs_out_of_turn_or_who_is_no_party(young: Draft, before, key: str, words: str) -> None:
    signed_by(young, *before)
    with pytest.raises(NotNow, match=words):
        sealing.sign(
            draft=young, role=key, kind=SignatureKind.PAPER, digest_seen=young.versions.get().digest,
            by=young.agreement.therapist, now=NOW,
        )  # fmt: skip
    assert Signature.objects.count() == len(before)


def test_h15_a_guardian_cannot_sign_with_another_s_name(young: Draft) -> None:
    sign(young, "client")
    with pytest.raises(Unreadable, match=r"Ana B\."):
        sign(young, "guardian", typed="Rafi B.")
    assert sign(young, "guardian", typed=" Ana  B. ").typed == "Ana B."


def test_the_facts_of_each_signature_are_kept_as_they_were_said(young: Draft) -> None:
    signed_by(young, "client", "guardian")
    sign(young, "guardian-2", kind=SignatureKind.PAPER)
    screen = "I agree to sign on a screen. I can ask for paper."
    consent = "I consent to this. I mean this as my signature."
    facts = Signature.objects.order_by("party__role", "party__number")
    assert [(row.name, row.intent, row.agreed, row.known) for row in facts] == [
        ("Noor B.", "I agree to this. I mean this as my signature.", screen, Known.PERSON),
        ("Ana B.", consent, screen, Known.DOCUMENT),
        ("Rafi B.", consent, "", Known.INTRODUCED),
    ]
    details = AuditEvent.objects.filter(kind="signed").order_by("sequence").last().details
    assert {**details, "row": None} == {
        "row": None, "role": "guardian-2", "kind": "paper", "digest": young.versions.get().digest,
        "intent": consent, "agreed": "", "known": "introduced",
    }  # fmt: skip


def test_a_name_that_changes_later_stays_as_it_was_signed(young: Draft) -> None:
    signed_by(young, "client", "guardian")
    person = Party.objects.get(role=Role.GUARDIAN, number=1)
    signers.change(
        person=person, name="Ana Bell", called="Ana", signs=True, known=Known.PERSON, by=young.agreement.therapist, now=NOW
    )  # fmt: skip
    assert Signature.objects.get(party=person).name == "Ana B."


def test_somebody_may_sign_another_day_and_what_was_signed_still_counts(young: Draft) -> None:
    sign(young, "client")
    later = NOW + 9 * DAY
    assert not rooms.enter(young.pk).was_read_before(later)
    for key in ("guardian-2", "guardian", "therapist"):
        sign(young, key, now=later)
    assert sealing.awaited(young.versions.get()) == []
    assert rooms.enter(young.pk).was_read_before(NOW + 30 * DAY) is False


@pytest.mark.parametrize(
    ("days", "signed", "again"), [(1, (), True), (14, ("client",), False), (15, ("client",), True)]
)
def test_a_text_that_waited_too_long_or_that_nobody_signed_is_read_again(young, days, signed, again) -> None:
    signed_by(young, *signed)
    assert rooms.enter(young.pk).was_read_before(NOW + days * DAY) is again


def add(agreement: Agreement, **facts: Any) -> Party:
    given = {"role": Role.GUARDIAN, "name": "Ana B.", "called": "Ana", "signs": True, "known": Known.PERSON, **facts}
    return signers.add(agreement=agreement, by=agreement.therapist, now=NOW, **given)


def test_a_change_of_who_takes_part_voids_what_was_signed_in_an_open_round() -> None:
    draft = builders.a_draft(until=Step.SIGN)
    sign(draft, "client")
    digest = draft.versions.get().digest
    person = add(draft.agreement)
    assert rooms.enter(draft.pk).version is None
    with pytest.raises(Stale):
        sign(draft, "therapist", digest_seen=digest)
    signers.take_out(person=person, by=draft.agreement.therapist, now=NOW)
    assert sorted(rooms.enter(draft.pk).parties) == ["client", "therapist"]
    assert add(draft.agreement).key == "guardian-2"


def test_a_sealed_paper_stays_as_it_is_when_somebody_joins(quick_seal) -> None:
    document = builders.a_sealed_document()
    add(document.agreement)
    again = documents.sealed_record(document.version)
    assert [person.role for person in again.agreement.parties] == [Role.CLIENT, Role.THERAPIST]
    assert sealing.awaited(document.version) == []


def test_whoever_helps_signs_nothing_whatever_was_asked_for() -> None:
    agreement = builders.a_draft().agreement
    assert not add(agreement, role=Role.INTERPRETER).signs
    with pytest.raises(NotNow):
        add(agreement, role=Role.THERAPIST)


@pytest.mark.parametrize("name", ["\U00010380 Ana", "Ana \u202e", "123"])
def test_a_name_that_cannot_be_printed_is_refused_when_it_is_written_down(name: str) -> None:
    agreement = builders.a_draft().agreement
    with pytest.raises(Unreadable) as refused:
        add(agreement, name=name)
    assert (refused.value.field, agreement.parties.count()) == ("name", 2)


def test_two_guardians_of_one_name_are_told_apart_and_one_post_is_one_person() -> None:
    agreement = builders.a_draft().agreement
    key = uuid4()
    assert add(agreement, form_key=key) == add(agreement, form_key=key)
    with pytest.raises(Unreadable, match="already"):
        add(agreement)
    assert agreement.parties.filter(role=Role.GUARDIAN).count() == 1


def test_nothing_of_a_name_stands_in_the_log_of_who_takes_part() -> None:
    draft = builders.a_draft()
    event = AuditEvent.objects.get(kind="takes part", subject=add(draft.agreement).pk)
    row = event.details.pop("row")
    assert event.details == {"role": "guardian", "signs": True, "known": "person"}
    assert {key: type(value) for key, value in row.items()} == {"of": list, "sha256": str}


def test_ink_that_somebody_saw_is_written_down_once_and_never_by_the_signer() -> None:
    draft = builders.a_draft(until=Step.SIGN)
    signature = sign(draft, "client", kind=SignatureKind.PAPER)
    seen = {"signature": signature, "by": draft.agreement.therapist, "now": NOW}
    with pytest.raises(Unreadable, match="who else"):
        sealing.see_ink(witness="Maya  R.", **seen)
    first = sealing.see_ink(witness="Dr J. Lee", **seen)
    assert sealing.see_ink(witness="Somebody", **seen) == first == SeenInk.objects.get()
    details = AuditEvent.objects.get(kind="ink seen").details
    assert {**details, "row": None} == {"row": None, "role": "client", "witness": "Dr J. Lee"}
    with pytest.raises(NotNow):
        sealing.see_ink(witness="Maya R.", **{**seen, "signature": sign(draft, "therapist")})


def test_coming_of_age_is_the_day_of_the_look_when_it_comes_first() -> None:
    draft = family.a_young_person(until=Step.READ)
    reviews.comes_of_age(agreement=draft.agreement, on=date(2026, 12, 1), by=draft.agreement.therapist, now=NOW)
    version = sealing.freeze(draft=draft, by=draft.agreement.therapist, now=NOW)
    assert (str(version.review_on), version.snapshot["review_on"]) == ("2026-12-01", "2026-12-01")


def test_a_day_written_down_after_the_seal_makes_the_look_due_too(quick_seal) -> None:
    document = builders.a_sealed_document()
    lee, at = document.agreement.therapist, NOW + 5 * DAY
    assert not home.clients(lee, at)[0].standing.time_to_look
    reminders.plan(now=NOW)
    reviews.comes_of_age(agreement=document.agreement, on=at.date(), by=lee, now=NOW)
    assert home.clients(lee, at)[0].standing.time_to_look
    reminders.plan(now=at)
    assert list(Reminder.objects.filter(kind="review", state="waiting").values_list("due_on")) == [(at.date(),)]
    feed = Review.objects.get()
    assert (feed.due_on, feed.sequence) == (at.date(), 1)
    assert drafting.start(client=document.agreement.client, edition=builders.an_edition(), by=lee, now=at)


@pytest.mark.parametrize("on", [None, date(2026, 11, 1), date(2040, 1, 1)])
def test_a_day_that_is_past_or_far_or_taken_away_moves_no_look(on: date | None, quick_seal) -> None:
    document = builders.a_sealed_document()
    agreed = document.version.review_on
    reviews.comes_of_age(agreement=document.agreement, on=on, by=document.agreement.therapist, now=NOW)
    assert Review.objects.values_list("due_on", "sequence").get() == (agreed, 0)
