"""An exported agreement transcribed is sealed as an equal one; anything else is refused by its rule or its key."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from agreements.actions import drafting, keys, pdf_signature, people, sealing, transcription
from agreements.actions.documents import SealingFailed, sealed_record
from agreements.actions.pdf import RenderRefused
from agreements.actions.refusals import Unreadable, Unsafe
from agreements.management import walk
from agreements.models import Agreement, AuditEvent, Client, Document, Practice, Review, Signature, User
from agreements.rules import crisis, safety
from agreements.rules.record import AgreementRecord, BoxRecord, TermRecord
from agreements.rules.steps import Step
from agreements.rules.vocabulary import Answer, Contact, Outcome, Paper, Role, SignatureKind, Voice
from tests import builders
from tests.papers import sheets

pytestmark = pytest.mark.django_db

LATER = builders.NOW + timedelta(days=100)
LEFT_OPEN = walk.Script(decisions={"often": "open:therapist", "night": "open:client"})


def told_by(script: walk.Script | None = None, **facts: Any) -> AgreementRecord:
    """What a file says that holds an agreement as it is frozen here, ready to be signed."""
    short = script is not None and script.outcome != Outcome.TEXTING
    draft = builders.a_draft(until=Step.SHORT if short else Step.READ, script=script, **facts)
    version = sealing.freeze(draft=draft, by=draft.agreement.therapist, now=builders.NOW)
    return AgreementRecord.from_json(version.snapshot)


def transcribe(told: AgreementRecord, therapist: User | None = None) -> Document:
    return transcription.transcribe(told=told, therapist=therapist or User.objects.get(), now=LATER)


def lasting(told: AgreementRecord) -> dict[str, Any]:
    """An agreement less its nonce, number and dates."""
    dates = {"made_on": None, "review_on": None}
    kept = {**told.to_json(), **dates, "nonce": None, "number": None}
    kept["edition"] = {**kept["edition"], "published_on": None}
    kept["terms"] = [{**term, "open_until": None} for term in kept["terms"]]
    return kept


def nothing_was_kept() -> bool:
    """Only the agreement from which the file came is there."""
    return (Client.objects.count(), Agreement.objects.count(), Document.objects.count()) == (1, 1, 0)


@pytest.mark.parametrize("script", [walk.Script(), LEFT_OPEN, builders.NO_TEXTING, builders.NOT_FOR_NOW])
def test_the_sealed_agreement_says_what_the_file_says(script: walk.Script) -> None:
    told = told_by(script=script)
    document = transcribe(told)
    sealed = sealed_record(document.version).agreement
    assert lasting(sealed) == lasting(told)
    assert sealed.nonce != told.nonce and sealed.made_on > told.made_on
    assert Agreement.objects.count() == 2
    assert pdf_signature.judge(bytes(document.content), keys.root_certificate()).status == pdf_signature.GENUINE


def test_it_is_signed_by_hand_and_comes_back_for_review() -> None:
    document = transcribe(told_by(script=LEFT_OPEN))
    signatures = Signature.objects.filter(version=document.version)
    assert {(row.role, row.kind) for row in signatures} == {
        (Role.CLIENT, SignatureKind.PAPER),
        (Role.THERAPIST, SignatureKind.PAPER),
    }
    review = Review.objects.get(version=document.version)
    assert review.due_on == sealed_record(document.version).agreement.review_on > LATER.date()
    assert AuditEvent.objects.filter(chain=document.agreement_id, kind="transcribed").count() == 1
    # No answer is put into the client's mouth: what was left open counts as not sure yet.
    positions = {
        (position.term.clause.key, position.party.role): position.value["chosen"]
        for term in document.version.draft.terms.all()
        for position in term.positions.all()
    }
    assert positions["often", "client"] == ["unsure"] and positions["often", "therapist"] == ["three_five"]
    assert positions["away", "client"] == ["card"]


def test_a_term_may_be_open_on_any_page() -> None:
    told = told_by(script=LEFT_OPEN)
    model = next(term for term in told.terms if term.interim is not None)
    assert model.interim is not None
    terms = tuple(
        replace(
            term,
            state=model.state,
            value=Answer(),
            words="",
            interim=replace(model.interim, value=term.value, words=term.words),
            open_until=model.open_until,
        )
        if term.key in ("limit", "too_much", "silence")
        else term
        for term in told.terms
    )
    told = replace(told, terms=terms)
    assert lasting(sealed_record(transcribe(told).version).agreement) == lasting(told)


def test_where_they_travel_comes_along_and_is_carried() -> None:
    told = told_by(client=builders.a_client(travels_to=["CA", "GB.ENG"]))
    document = transcribe(told)
    assert lasting(sealed_record(document.version).agreement) == lasting(told)
    assert [line.words.split(",")[0] for line in told.box.more] == ["Canada", "England"]
    carried = document.version.carried.values_list("resource__key", flat=True)
    assert set(carried) == {"us-911", "us-988", "us-ctl", "ca-911", "ca-988", "gb-999", "gb-samaritans"}
    assert "Canada, where you said you go." in sheets(bytes(document.content))[0]


def test_people_and_place_are_the_files() -> None:
    client = builders.a_client(
        name="Zoë Ćirić", called="Zoë", country="GB", voice=Voice.NO_VOICE, contact=Contact.TEXT, paper=Paper.A4
    )
    told = told_by(client=client)
    document = transcribe(told)
    made = document.agreement.client
    assert made.pk != client.pk
    for field in ("name", "called", "country", "area", "voice", "contact", "registered", "paper", "language"):
        assert getattr(made, field) == getattr(client, field)


@pytest.mark.parametrize("zone", ["America/New_York", "America/Los_Angeles"])
def test_call_hours_keep_whose_time_they_are(zone: str) -> None:
    told = told_by(client=builders.a_client(zone=zone))
    apart = zone != "America/New_York"
    assert told.box.calls.zone == ("America/New_York" if apart else "")
    assert ("9 am to 6 pm, New York time." in told.box.steps[1].words) == apart
    document = transcribe(told)
    assert lasting(sealed_record(document.version).agreement) == lasting(told)
    assert (document.agreement.client.zone == "America/New_York") != apart


def test_what_is_usual_or_new_here_does_not_get_in() -> None:
    told = told_by()
    therapist = User.objects.get()
    people.keep_usual_answers(
        by=therapist,
        now=LATER,
        family=builders.an_edition().family,
        channel="signal",
        text_number="(555) 010-0199",
        answers={"often": walk.choose("no_number"), "late": walk.choose("wait")},
        reasons={},
    )
    other = builders.a_client(name="Bo K.", called="Bo")
    draft = drafting.start(client=other, edition=builders.an_edition(), by=therapist, now=LATER)
    assert lasting(sealed_record(transcribe(told).version).agreement) == lasting(told)
    draft.refresh_from_db()
    assert draft.rev == 1 and draft.set_aside_at is None


def with_term(told: AgreementRecord, which: str, **changes: Any) -> AgreementRecord:
    return replace(told, terms=tuple(replace(term, **changes) if term.key == which else term for term in told.terms))


def less(told: AgreementRecord, which: str) -> tuple[TermRecord, ...]:
    return tuple(term for term in told.terms if term.key != which)


def rebuilt(told: AgreementRecord, rows: tuple[crisis.Resource, ...]) -> AgreementRecord:
    """The record with other crisis rows, and a box that follows from them."""
    facts = safety.box_facts(told)
    box, card = crisis.box(facts, rows), crisis.card(facts, rows)
    changed: BoxRecord = replace(told.box, steps=box.steps, last=box.last, card=card)
    return replace(told, crisis=rows, box=changed)


SPOILT: list[tuple[str, Callable[[AgreementRecord], AgreementRecord]]] = [
    ("H4", lambda told: rebuilt(told, tuple(row for row in told.crisis if row.kind != "emergency"))),
    ("H5", lambda told: replace(told, box=replace(told.box, last="The clauses win."))),
    ("H1", lambda told: replace(told, box=replace(told.box, steps=told.box.steps[1:]))),
    ("H8", lambda told: with_term(told, "extra", words="I promise not to kill myself.")),
    ("H13", lambda told: replace(told, terms=less(told, "privacy"))),
    ("H17", lambda told: rebuilt(told, (*told.crisis, replace(told.crisis[-1], key="us-mine", call="555 0100")))),
    ("H18", lambda told: rebuilt(told, tuple(replace(row, country="GB") for row in told.crisis))),
    ("FIVE", lambda told: replace(told, terms=less(told, "ending"))),
    ("FIVE", lambda told: replace(told, review_on=None)),
]


def test_a_rule_refuses_by_its_name() -> None:
    told = told_by()
    for rule, spoil in SPOILT:
        with pytest.raises(Unsafe) as refused:
            transcribe(spoil(told))
        assert rule in {finding.rule for finding in refused.value.findings}
        assert nothing_was_kept()


DIFFERENT: list[tuple[str, Callable[[AgreementRecord], AgreementRecord]]] = [
    ("terms[1].words: the file says “About 9 ", lambda told: with_term(told, "often", words="About 9 texts a week.")),
    ("terms[1].heading: ", lambda told: with_term(told, "often", heading="Now and then")),
    ("terms[1].words: ", lambda told: with_term(told, "often", value=Answer(("most_days",)))),
    ("terms (often): ", lambda told: with_term(told, "often", value=Answer(("hourly",)))),
    ("terms (limit, ", lambda told: with_term(told, "limit", value=Answer(("clients",), "x" * 301))),
    ("terms (silence): ", lambda told: with_term(told, "silence", value=Answer(("unsure",)))),
    ("terms: “misread” is missing", lambda told: replace(told, terms=less(told, "misread"))),
    ("terms: the edition has no clause “a_cat”", lambda told: with_term(told, "asking", key="a_cat")),
    ("practice.name: ", lambda told: replace(told, practice=replace(told.practice, name="Other"))),
    ("box.calls.zone: ", lambda told: in_the_time_of(told, "Asia/Tokyo")),
    ("practice.zone: ", lambda told: replace(told, practice=replace(told.practice, zone="Asia/Tokyo"))),
    ("edition: ", lambda told: replace(told, edition=replace(told.edition, number=7))),
    ("edition.funding: ", lambda told: replace(told, edition=replace(told.edition, funding="A shop."))),
    ("language: ", lambda told: replace(told, language="de")),
    ("replaces: ", lambda told: replace(told, replaces="0" * 64)),
    ("before_text: ", lambda told: replace(told, before_text=("Hello.",))),
    ("crisis[1].note: ", lambda told: replace(told, crisis=noted(told))),
    ("parties[1].name: ", lambda told: replace(told, parties=renamed(told))),
    ("outcome: ", lambda told: with_term(told, "purpose", value=Answer(("no_texting",)))),
]


def test_what_differs_is_named() -> None:
    told = told_by()
    for key, spoil in DIFFERENT:
        with pytest.raises(Unreadable) as refused:
            transcribe(spoil(told))
        assert str(refused.value).startswith(f"agreement.{key}")
        assert str(refused.value).endswith(".") and not str(refused.value).endswith("..")
        assert nothing_was_kept()


def in_the_time_of(told: AgreementRecord, zone: str) -> AgreementRecord:
    box = replace(told.box, calls=replace(told.box.calls, zone=zone))
    return rebuilt(replace(told, box=box), told.crisis)


def noted(told: AgreementRecord) -> tuple[crisis.Resource, ...]:
    return (told.crisis[0], replace(told.crisis[1], note="Something else."), *told.crisis[2:])


def renamed(told: AgreementRecord) -> tuple[Any, ...]:
    return (told.parties[0], replace(told.parties[1], name="Dr M. Lee"))


def test_a_crisis_number_must_be_the_practices_own() -> None:
    told = told_by()
    line = next(number for number, row in enumerate(told.crisis) if row.kind == "suicide")
    rows = tuple(replace(row, call="555") if number == line else row for number, row in enumerate(told.crisis))
    with pytest.raises(Unreadable) as refused:
        transcribe(rebuilt(told, rows))
    assert str(refused.value).startswith(f"agreement.crisis[{line}].call: the file says “555”")
    assert nothing_was_kept()


def test_a_file_from_a_demo_makes_no_demo() -> None:
    with pytest.raises(Unreadable, match="agreement.demo"):
        transcribe(replace(told_by(), demo=True))
    assert not Practice.objects.get().demo


@pytest.mark.parametrize("problem", [RenderRefused("a character no font has"), keys.KeyMissing("no key")])
def test_a_pdf_that_cannot_be_made_leaves_nothing(problem: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    told = told_by()

    def fail(*_: object) -> bytes:
        raise problem

    monkeypatch.setattr("agreements.actions.documents.pdf.render", fail)
    with pytest.raises(SealingFailed):
        transcribe(told)
    assert nothing_was_kept()
