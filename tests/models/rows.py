"""One row of every kept table, made directly: what a session would leave behind, without a session."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Model

from agreements.actions import audit, crisis
from agreements.models import (
    Absence,
    Agreement,
    AuditEvent,
    AwayPlan,
    AwaySheet,
    AwayTold,
    CalledOff,
    CarriedResource,
    Clause,
    ClauseText,
    CopyRecord,
    CrisisCheck,
    CrisisResource,
    Document,
    Draft,
    Edition,
    EndedSooner,
    Ending,
    EndingPage,
    Family,
    LargePrint,
    LogHead,
    Look,
    Looked,
    Option,
    OptionText,
    Party,
    Practice,
    Raised,
    Recall,
    RecallAnswer,
    Retirement,
    SeenInk,
    Signature,
    Tightening,
    User,
    Version,
    Withdrawal,
)
from agreements.rules.vocabulary import Amount, CheckedHow, CopyGiven, Role, SignatureKind, Told
from tests import review_rows
from tests.review_rows import MADE

NEVER_REWRITTEN = (
    Absence, AuditEvent, AwayPlan, AwaySheet, AwayTold, CalledOff, CarriedResource, Clause, ClauseText, CopyRecord,
    CrisisCheck, CrisisResource, Document, Edition, EndedSooner, Ending, EndingPage, Family, LargePrint, LogHead, Look,
    Looked, Option, OptionText, Raised, Recall, RecallAnswer, Retirement, SeenInk, Signature, Tightening, Version,
    Withdrawal,
)  # fmt: skip
PARTS = (Clause, ClauseText, Option, OptionText)
LINE: dict[str, Any] = {
    "key": "us-988", "country": "US", "place": "United States", "service": "988 Lifeline", "kind": "suicide",
    "call": "988", "hours": "24/7", "languages": ["en"], "read_from": "988lifeline.org", "as_of": "2026-01",
}  # fmt: skip


def an_edition(*, number: int = 1, published: bool) -> Edition:
    """An edition of one clause with one option, as a draft or published, as no editor could make it."""
    family, _ = Family.objects.get_or_create(key="small", defaults={"name": "Small"})
    edition = Edition.objects.create(family=family, number=number, read_by="nobody yet", update_rule="-", funding="-")
    clause = Clause.objects.create(edition=edition, order=1, key="extra", kind="choose", mode="optional", asked="how")
    ClauseText.objects.create(clause=clause, language="en", heading="Extra", words="[[chosen]]")
    option = Option.objects.create(clause=clause, order=1, key="yes", meaning={"a": 1})
    OptionText.objects.create(option=option, language="en", label="Yes")
    if published:
        edition.published_at = MADE
        edition.save()
    return edition


def parts_of(edition: Edition) -> dict[type[Model], Model]:
    """The one clause, option and texts of such an edition."""
    clause = edition.clauses.get()
    option = clause.options.get()
    return {Clause: clause, ClauseText: clause.texts.get(), Option: option, OptionText: option.texts.get()}


def around_a_time_away(therapist: User, agreement: Agreement) -> list[Model]:
    """A time away that was told, gone through, printed and called off."""
    absence = Absence.objects.create(therapist=therapist, starts_on=MADE.date(), ends_on=MADE.date(), at=MADE)
    of = {"absence": absence, "agreement": agreement, "by": therapist, "at": MADE}
    return [
        absence,
        AwayTold.objects.create(on=MADE.date(), **of),
        AwayPlan.objects.create(texting="none", hold="card", as_agreed=True, mailer="Rosa", instead="A walk.", **of),
        AwaySheet.objects.create(**of),
        CalledOff.objects.create(absence=absence, by=therapist, at=MADE),
    ]


def around_an_end(therapist: User, agreement: Agreement) -> list[Model]:
    """An end that was announced, then came sooner; its page; and a term said to get stricter."""
    day, of = MADE.date(), {"by": therapist, "at": MADE}
    ending = Ending.objects.create(agreement=agreement, by_role=Role.CLIENT, effective_on=day, at=MADE, reason="x")
    return [
        ending,
        EndedSooner.objects.create(ending=ending, by_role=Role.CLIENT, on=day, at=MADE),
        EndingPage.objects.create(ending=ending, instead="A note.", last_text_on=day, **of),
        Tightening.objects.create(agreement=agreement, clause_key="often", from_on=day, **of),
    ]


def one_of_each() -> dict[type[Model], Model]:
    """Model → its row, for every kept table."""
    practice: Practice = review_rows.a_practice()
    therapist: User = review_rows.a_therapist()
    agreement = review_rows.an_agreement(therapist)
    version = review_rows.a_sealed_version(agreement, review_on=date(2026, 12, 21))
    document = Document.objects.get()
    edition = an_edition(published=True)
    crisis.read_in(rows=[LINE], by=None, now=MADE)
    line = CrisisResource.objects.get()
    client = Party.objects.create(agreement=agreement, role=Role.CLIENT, name="Maya R.", called="Maya")
    rows: list[Model] = [
        version, document, edition, edition.family, line,
        *parts_of(edition).values(),
        audit.record(chain=practice, kind="test", by=therapist, now=MADE, details={"name": "Maya"}),
        LogHead.objects.get(chain=practice.pk),
        CarriedResource.objects.create(version=version, resource=line),
        CopyRecord.objects.create(document=document, kind=CopyGiven.PRINTED, at=MADE),
        CrisisCheck.objects.create(resource=line, how=CheckedHow.CALLED, by=therapist, checked_on=MADE.date()),
        *around_a_time_away(therapist, agreement),
        *around_an_end(therapist, agreement),
        LargePrint.objects.create(document=document, content=b"%PDF", sha256="b" * 64, size=4, tools={}, sealed_at=MADE),
        Look.objects.create(review=review_rows.the_review(version), draft=version.draft, held_on=MADE, next_on=MADE, by=therapist, at=MADE),
        Looked.objects.create(draft=Draft.objects.get(), rule="H7", sentence="We text.", by=therapist, at=MADE),
        Raised.objects.create(agreement=agreement, by_role=Role.CLIENT, amount=Amount.MUCH, by=therapist, at=MADE),
        recall := Recall.objects.create(resource=line, by=therapist, at=MADE),
        RecallAnswer.objects.create(recall=recall, agreement=agreement, how=Told.TOLD, by=therapist, at=MADE),
        Retirement.objects.create(edition=edition, at=MADE, by=therapist),
        signature := Signature.objects.create(
            version=version, party=client, role=Role.CLIENT, kind=SignatureKind.TYPED, typed="Maya R.",
            digest=version.digest, at=MADE, zone="America/New_York",
        ),
        SeenInk.objects.create(signature=signature, witness="Dr J. Lee", by=therapist, at=MADE),
        Withdrawal.objects.create(resource=line, by=therapist, at=MADE),
    ]  # fmt: skip
    return {type(row): row for row in rows}


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
