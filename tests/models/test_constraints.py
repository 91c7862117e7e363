"""Each rule that the database itself keeps about one row among its like."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from agreements.models import (
    Absence,
    AbsenceTask,
    Agreement,
    AuditEvent,
    CalendarFeed,
    CarriedResource,
    Clause,
    ClauseText,
    CrisisResource,
    Document,
    Draft,
    Edition,
    Ending,
    Family,
    OpenlyAsked,
    Option,
    OptionText,
    Party,
    Position,
    Practice,
    Recall,
    Reminder,
    Review,
    SealAttempt,
    Signature,
    StepTaken,
    Term,
    User,
    UsualAnswer,
    Verdict,
    Version,
)
from agreements.rules.vocabulary import CallDays, CallHours, Role
from tests.models import rows
from tests.review_rows import MADE
from tests.wishing import a_wish

pytestmark = pytest.mark.django_db
TODAY = MADE.date()
ABOUT = {"kind": "review", "subject": uuid4(), "due_on": TODAY, "zone": "UTC", "due_at": MADE}


def twice(model: Any, **facts: Any) -> None:
    for _ in range(2):
        model.objects.create(**facts)


def a_draft_edition() -> Edition:
    return rows.an_edition(number=2, published=False)


def the_term() -> Term:
    draft = Draft.objects.get()
    return Term.objects.create(draft=draft, clause=rows.parts_of(a_draft_edition())[Clause])


def two_positions() -> None:
    twice(Position, term=the_term(), party=Party.objects.get(), value={})


def two_therapists() -> None:
    for number in (1, 2):
        Party.objects.create(agreement=Agreement.objects.get(), role=Role.THERAPIST, number=number)


def two_free_topics(topic: str) -> None:
    edition = a_draft_edition()
    for order in (2, 3):
        Clause.objects.create(edition=edition, order=order, key=f"free_{order}", topic=topic, kind="words")


def two_events_in_one_place() -> None:
    event = AuditEvent.objects.latest("sequence")
    AuditEvent.objects.create(
        chain=event.chain, sequence=event.sequence, at=MADE, subject=event.chain, details={}, digest="d"
    )


def two_documents_of_one_number() -> None:
    first = Document.objects.get()
    draft = Draft.objects.create(agreement=first.agreement, edition=Edition.objects.first(), number=2, started_at=MADE)
    version = Version.objects.create(
        agreement=first.agreement, draft=draft, draft_rev=1, number=1, snapshot={}, digest="d", frozen_at=MADE
    )
    Document.objects.create(
        version=version, agreement=first.agreement, number=first.number, content=b"", sha256="s", size=0, tools={},
        sealed_at=MADE,
    )  # fmt: skip


BREAKS: dict[str, Callable[[], object]] = {
    "absence_ends_after_it_starts": lambda: Absence.objects.create(
        therapist=User.objects.get(), starts_on=TODAY, ends_on=TODAY - timedelta(days=1)
    ),
    "one_away_task_a_kind": lambda: twice(
        AbsenceTask, absence=Absence.objects.get(), agreement=Agreement.objects.get(), kind="write", due_on=TODAY
    ),
    "call_hours_are_complete": lambda: Practice.objects.update(call_hours=CallHours.THESE, call_days=CallDays.DAILY),
    "no_usual_limit": lambda: UsualAnswer.objects.create(
        therapist=User.objects.get(), family=Family.objects.first(), clause_key="limit", value={}
    ),
    "one_clause_a_key": lambda: Clause.objects.create(edition=a_draft_edition(), order=2, key="extra"),
    "one_clause_a_topic": lambda: two_free_topics("extra"),
    "one_clause_text_a_language": lambda: ClauseText.objects.create(
        clause=rows.parts_of(a_draft_edition())[Clause], language="en"
    ),
    "helpers_sign_nothing": lambda: Party.objects.create(agreement=Agreement.objects.get(), role=Role.HELPER),
    "one_client_and_one_therapist": two_therapists,
    "one_document_a_number": two_documents_of_one_number,
    "one_draft_a_number": lambda: Draft.objects.create(
        agreement=Agreement.objects.get(), edition=Edition.objects.first(), number=1, started_at=MADE
    ),
    "one_edition_a_number": lambda: Edition.objects.create(family=Family.objects.get(key="small"), number=1),
    "one_event_a_place": two_events_in_one_place,
    "one_number_a_role": lambda: twice(Party, agreement=Agreement.objects.get(), role=Role.GUARDIAN),
    "one_option_a_key": lambda: Option.objects.create(clause=rows.parts_of(a_draft_edition())[Clause], order=2, key="yes"),
    "one_option_text_a_language": lambda: OptionText.objects.create(
        option=rows.parts_of(a_draft_edition())[Option], language="en"
    ),
    "one_position_a_party": two_positions,
    "a_reminder_goes_to_one_person": lambda: Reminder.objects.create(**ABOUT),
    "one_calendar_feed_a_therapist": lambda: [
        CalendarFeed.objects.create(therapist=User.objects.get(), token="t", token_sha256=each, made_at=MADE)
        for each in "ab"
    ],
    "one_reminder_an_occurrence_and_recipient": lambda: twice(Reminder, **ABOUT, recipient=User.objects.get()),
    "one_reminder_an_occurrence_and_wish": lambda: twice(Reminder, **ABOUT, wish=a_wish(Agreement.objects.get())),
    "one_wish_for_reminders_at_a_time": lambda: [a_wish(Agreement.objects.get()) for _ in range(2)],
    "one_row_a_resource": lambda: CarriedResource.objects.create(
        version=Version.objects.get(), resource=CrisisResource.objects.get()
    ),
    "one_row_a_step": lambda: twice(StepTaken, draft=Draft.objects.get(), step="start", at=MADE),
    "one_signature_a_party": lambda: Signature.objects.create(
        version=Version.objects.get(), party=Party.objects.get(), role=Role.CLIENT, kind="paper", digest="d", at=MADE
    ),
    "one_verdict_a_party": lambda: twice(Verdict, term=the_term(), party=Party.objects.first(), says="working"),
    "one_set_of_answers_a_party": lambda: twice(
        OpenlyAsked, draft=Draft.objects.first(), party=Party.objects.first()
    ),
    "one_term_a_clause": lambda: twice(
        Term, draft=Draft.objects.get(), clause=rows.parts_of(a_draft_edition())[Clause]
    ),
    "recall_of_a_row_or_a_phone": lambda: Recall.objects.create(at=MADE),
    "one_usual_answer_a_clause": lambda: twice(
        UsualAnswer, therapist=User.objects.get(), family=Family.objects.first(), clause_key="often", value={}
    ),
}  # fmt: skip


@pytest.fixture
def kept() -> None:
    rows.one_of_each()


def test_every_named_constraint_has_its_test() -> None:
    models = apps.get_app_config("agreements").get_models()
    assert sorted(each.name for model in models for each in model._meta.constraints) == sorted(BREAKS)


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses_what_breaks(name: str, kept: None) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BREAKS[name]()
    if connection.vendor == "postgresql":
        assert name in str(refusal.value)
    else:
        assert re.search("constraint failed|a kept row cannot be changed", str(refusal.value), re.IGNORECASE)


@pytest.mark.parametrize(
    "again",
    [
        lambda: Ending.objects.create(agreement=Agreement.objects.get(), by_role=Role.CLIENT, effective_on=TODAY, at=MADE),
        lambda: twice(Review, version=Version.objects.get(), due_on=TODAY, created_at=MADE),
        lambda: twice(SealAttempt, version=Version.objects.get(), leased_until=MADE),
        lambda: Document.objects.create(
            version=Version.objects.get(), agreement=Agreement.objects.get(), number=2, content=b"", sha256="s",
            size=0, tools={}, sealed_at=MADE,
        ),
    ],
    ids=["ending", "review", "attempt", "document"],
)  # fmt: skip
def test_there_is_one_of_each_for_its_owner(again: Callable[[], object], kept: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        again()


def test_clauses_without_a_topic_may_be_many(kept: None) -> None:
    two_free_topics("")
    assert Clause.objects.filter(topic="", edition__published_at=None).count() == 3
