"""Reviews as the database holds them, where a test needs many: sealing each for real would take minutes.

What a whole session leaves behind is in builders.py.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

from agreements.actions import installation, reminders
from agreements.models import (
    Agreement,
    Client,
    Document,
    Draft,
    Edition,
    Family,
    Practice,
    Reminder,
    Review,
    User,
    Version,
)
from agreements.rules.vocabulary import CallHours, Contact, Outcome, Paper, Voice

MADE = datetime(2026, 11, 23, 15, tzinfo=UTC)
EMAIL = "dr.lee@clinic.test"


def a_practice(zone: str = "America/New_York") -> Practice:
    """The practice, with the keys of this installation."""
    installation.ensure_keys(now=MADE)
    return Practice.objects.create(
        name="Riverside", phone="(555) 010-0142", call_hours=CallHours.ANY, zone=zone, country="US", paper=Paper.LETTER
    )


def a_therapist(username: str = "lee", email: str = EMAIL) -> User:
    """A therapist with a name that must not leak."""
    return User.objects.create(username=username, email=email, name="Dr J. Lee", called="Dr Lee")


def an_agreement(therapist: User) -> Agreement:
    """An agreement with a client whose name must not leak."""
    client = Client.objects.create(
        therapist=therapist, name="Maya R.", called="Maya", zone="America/New_York", country="US", voice=Voice.CALLS,
        contact=Contact.CALL, paper=Paper.LETTER, created_at=MADE,
    )  # fmt: skip
    return Agreement.objects.create(client=client, therapist=therapist, language="en", created_at=MADE)


def a_sealed_version(agreement: Agreement, *, number: int = 1, review_on: date | None = None) -> Version:
    """A version with its document."""
    family, _ = Family.objects.get_or_create(key="adult", name="Texting")
    edition, _ = Edition.objects.get_or_create(
        family=family, number=1, read_by="nobody yet", update_rule="-", funding="-"
    )
    draft = Draft.objects.create(agreement=agreement, edition=edition, number=number, started_at=MADE)
    version = Version.objects.create(
        agreement=agreement, draft=draft, draft_rev=1, number=number, outcome=Outcome.TEXTING, snapshot={},
        digest=uuid4().hex, review_on=review_on, frozen_at=MADE,
    )  # fmt: skip
    Document.objects.create(
        version=version, agreement=agreement, number=number, content=b"%PDF", sha256=uuid4().hex, size=4, tools={},
        sealed_at=MADE,
    )  # fmt: skip
    return version


def the_review(version: Version) -> Review:
    """The review of a version, due four weeks after it was made."""
    return Review.objects.create(version=version, due_on=date(2026, 12, 21), created_at=MADE)


def a_review(due_on: date, *, therapist: User) -> Review:
    """The review of the first version of a new agreement."""
    version = a_sealed_version(an_agreement(therapist), review_on=due_on)
    return Review.objects.create(version=version, due_on=due_on, created_at=MADE)


def claim_one(*, now: datetime) -> Reminder | None:
    """The reminder whose turn it is at `now`, held, as a program claims it that begins then."""
    return next(reminders.claims(clock=lambda: now), None)
