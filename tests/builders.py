"""What tests work with, built through the real actions. Every time is given; nothing is read from the clock."""

from __future__ import annotations

from datetime import UTC, datetime, time
from functools import cache, partial
from typing import Any

from django.contrib.auth.hashers import make_password

from agreements.actions import crisis, drafting, people
from agreements.management import first_run, walk
from agreements.models import Agreement, Client, CrisisResource, Document, Draft, Edition, Practice, User
from agreements.rules.steps import Step
from agreements.rules.vocabulary import CallDays, CallHours, CheckedHow, Contact, Outcome, Paper, Voice
from tests import photographs

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
PASSWORD = "a quiet room with two chairs"


def a_practice(*, now: datetime = NOW, **changes: Any) -> Practice:
    """The practice with its keys, the starter library and crisis lines that were called today."""
    if not Practice.objects.exists():
        first_run.prepare_keys(now=now)
        photographs.once(partial(open_practice, now=now, **changes), now, *sorted(changes.items()))
    return Practice.objects.get()


def open_practice(*, now: datetime, **changes: Any) -> None:
    """Everything a practice has on its first day but its keys."""
    facts: dict[str, Any] = {
        "name": "Elm Street Practice",
        "phone": "(555) 010-0143",
        "call_hours": CallHours.THESE,
        "call_days": CallDays.WEEKDAYS,
        "call_from": time(9),
        "call_until": time(18),
        "zone": "America/New_York",
        "country": "US",
        "paper": Paper.LETTER,
    }
    people.set_up_practice(now=now, **{**facts, **changes})
    first_run.load_starter(by=None, now=now)
    for resource in CrisisResource.objects.all():
        crisis.check(resource=resource, how=CheckedHow.CALLED, by=None, today=now.date(), now=now)


def an_edition() -> Edition:
    """The published starter edition."""
    return Edition.objects.get(family__key="adult-outpatient", number=1)


def a_therapist(username: str = "lee", *, name: str = "Dr J. Lee", called: str = "Dr Lee") -> User:
    """A therapist who can sign in with PASSWORD."""
    if known := User.objects.filter(username=username).first():
        return known
    facts = {"name": name, "called": called, "text_number": "(555) 010-0147"}
    return User.objects.create(username=username, email=f"{username}@example.org", password=hashed(), **facts)


@cache
def hashed() -> str:
    """PASSWORD as the database keeps it; hashing is slow on purpose, so it is done once."""
    return make_password(PASSWORD)


def a_client(therapist: User | None = None, *, now: datetime = NOW, **changes: Any) -> Client:
    """A client who lives in the United States and can speak on the phone."""
    a_practice(now=now)
    facts: dict[str, Any] = {
        "name": "Maya R.",
        "called": "Maya",
        "zone": "America/New_York",
        "country": "US",
        "area": "",
        "voice": Voice.CALLS,
        "contact": Contact.CALL,
        "registered": False,
        "contact_person": "",
        "language": "en",
        "paper": Paper.LETTER,
    }
    return people.add_client(by=therapist or a_therapist(), now=now, **{**facts, **changes})


def a_draft(
    *, until: Step = Step.PREPARE, client: Client | None = None, now: datetime = NOW, script: walk.Script | None = None
) -> Draft:
    """A draft whose pages before `until` are finished: two differences unless the script says otherwise."""
    client = client or a_client(now=now)
    draft = drafting.start(client=client, edition=an_edition(), by=client.therapist, now=now)
    return walk.walk(draft, by=client.therapist, now=now, until=until, script=script)


def a_sealed_document(
    *, client: Client | None = None, now: datetime = NOW, script: walk.Script | None = None
) -> Document:
    """A signed and locked document with its first review."""
    client = client or a_client(now=now)
    draft = drafting.start(client=client, edition=an_edition(), by=client.therapist, now=now)
    walk.walk(draft, by=client.therapist, now=now, script=script)
    return Document.objects.get(version__draft=draft)


def a_sealed_agreement(**facts: Any) -> Agreement:
    """The agreement of such a document."""
    return a_sealed_document(**facts).agreement


NO_TEXTING = walk.Script(outcome=Outcome.NO_TEXTING)
NOT_FOR_NOW = walk.Script(outcome=Outcome.NOT_FOR_NOW)
