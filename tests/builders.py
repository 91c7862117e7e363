"""What tests work with, built through the real actions. Every time is given; nothing is read from the clock."""

from __future__ import annotations

from datetime import UTC, datetime, time
from functools import cache, partial
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import Model

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


def open_practice(*, now: datetime, **changes: Any) -> Practice:
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
    practice = people.set_up_practice(now=now, **{**facts, **changes})
    first_run.load_starter(by=None, now=now)
    for resource in CrisisResource.objects.all():
        crisis.check(resource=resource, how=CheckedHow.CALLED, by=None, today=now.date(), now=now)
    return practice


def an_edition() -> Edition:
    """The published starter edition."""
    return Edition.objects.get(family__key="adult-outpatient", number=1)


def a_therapist(username: str = "lee", *, name: str = "Dr J. Lee", called: str = "Dr Lee") -> User:
    """A therapist who can sign in with PASSWORD."""
    if known := User.objects.filter(username=username).first():
        return known
    facts = {"name": name, "called": called, "text_number": "(555) 010-0147"}
    create = partial(
        User.objects.create, username=username, email=f"{username}@example.org", password=hashed(), **facts
    )
    return photographs.once(create, username, name, called)


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
    add = partial(people.add_client, by=therapist or a_therapist(), now=now, **{**facts, **changes})
    return photographs.once(add, *as_it_is(therapist), now, str({**facts, **changes}))


def as_it_is(row: Model | None) -> list[object]:
    """What a row holds, for who builds on it."""
    return [] if row is None else [str(getattr(row, field.attname)) for field in row._meta.concrete_fields]


def a_draft(
    *, until: Step = Step.PREPARE, client: Client | None = None, now: datetime = NOW, script: walk.Script | None = None
) -> Draft:
    """A draft whose pages before `until` are finished: two differences unless the script says otherwise."""
    client = client or a_client(now=now)
    return photographs.once(
        partial(begun, client, until=until, now=now, script=script), *as_it_is(client), now, until, repr(script)
    )


def a_sealed_document(
    *, client: Client | None = None, now: datetime = NOW, script: walk.Script | None = None
) -> Document:
    """A signed and locked document with its first review."""
    client = client or a_client(now=now)
    return photographs.once(partial(kept, client, now=now, script=script), *as_it_is(client), now, repr(script))


def begun(client: Client, *, until: Step | None, now: datetime, script: walk.Script | None) -> Draft:
    """The first draft of a client, as far as that."""
    draft = drafting.start(client=client, edition=an_edition(), by=client.therapist, now=now)
    return walk.walk(draft, by=client.therapist, now=now, until=until, script=script)


def kept(client: Client, *, now: datetime, script: walk.Script | None) -> Document:
    """The document of a client after the whole journey."""
    return Document.objects.get(version__draft=begun(client, until=None, now=now, script=script))


def a_sealed_agreement(**facts: Any) -> Agreement:
    """The agreement of such a document."""
    return a_sealed_document(**facts).agreement


NO_TEXTING = walk.Script(outcome=Outcome.NO_TEXTING)
NOT_FOR_NOW = walk.Script(outcome=Outcome.NOT_FOR_NOW)
